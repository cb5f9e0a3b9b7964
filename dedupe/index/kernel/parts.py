"""Parts of a run: which may hold a key, whether they are whole, whom they lead to. The same as in `postings`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ...words import SPREAD
from ...words.load import kernel, step

if TYPE_CHECKING:
    from numpy.typing import NDArray

_ONE, _HALF = np.uint64(1), np.uint64(32)
_WORD, _BIT = np.uint64(6), np.uint64(63)
_LOW = np.int64(0xFFFFFFFF)
_ALL = np.uint32(0xFFFFFFFF)


def _crc_table() -> NDArray[np.uint32]:
    """Return the CRC-32 of each byte before 0 to 7 zero bytes, uint32 of shape (8, 256).

    "Slicing by 8" (Kounavis and Berry 2005): eight bytes are looked up at once.
    """
    table = np.zeros((8, 256), np.uint32)
    table[0] = np.arange(256, dtype=np.uint32)
    for _ in range(8):
        table[0] = np.where(table[0] & 1, np.uint32(0xEDB88320), np.uint32(0)) ^ (table[0] >> np.uint32(1))
    for zeros in range(1, 8):
        table[zeros] = table[0][table[zeros - 1] & 255] ^ (table[zeros - 1] >> np.uint32(8))
    return table


CRC = _crc_table()


@kernel
def locate(
    keys: NDArray[np.uint32], words: NDArray[np.uint64], fences: NDArray[np.uint32], back: int, probes: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return (positions of keys that pass the filter, the first part to read for each, the last that may hold it).

    At most `back` parts before the last one are read. Then come the numbers of all these parts, ascending.
    """
    places, first, last = np.empty((3, len(keys)), np.int64)
    bits, found = np.uint64(len(words)) << _WORD, 0
    for i in range(len(keys)):
        state, passed = np.uint64(keys[i]), True
        for _ in range(probes):
            state = state * SPREAD + _ONE
            bit = ((state >> _HALF) * bits) >> _HALF
            passed &= (words[np.int64(bit >> _WORD)] >> (bit & _BIT)) & _ONE != 0
        if not passed:
            continue
        low, high = 0, len(fences)  # the first part that starts after the key
        while low < high:
            middle = (low + high) >> 1
            if fences[middle] <= keys[i]:
                low = middle + 1
            else:
                high = middle
        end = max(low - 1, 0)
        start = end
        while start > max(end - back, 0) and fences[start] == keys[i]:
            start -= 1
        places[found], first[found], last[found] = i, start, end
        found += 1
    return places[:found], first[:found], last[:found], _numbers(first[:found], last[:found])


@kernel
def _numbers(first, last):
    """Return the numbers of the parts from any first to its last, ascending, each once."""
    total = 0
    for i in range(len(first)):
        total += last[i] - first[i] + 1
    several = np.empty(total, np.int64)
    at = 0
    for i in range(len(first)):
        for number in range(first[i], last[i] + 1):
            several[at] = number
            at += 1
    several.sort()
    kept = 0
    for i in range(total):
        if i == 0 or several[i] != several[kept - 1]:
            several[kept] = several[i]
            kept += 1
    return several[:kept]


@kernel
def first_broken(parts: NDArray[np.uint32], numbers: NDArray[np.int64], table: NDArray[np.uint32]) -> int:
    """Return the row of the first part whose checksum differs, or how many parts there are; see `arrays.checksum`.

    `parts`: uint32 of shape (parts, 1 + an even number): the checksum, then what it is of beside the part's number.
    """
    for row in range(len(parts)):
        number = np.uint64(numbers[row])
        crc = _crc_of(_ALL, np.uint32(number & np.uint64(_LOW)), np.uint32(number >> _HALF), table)
        for i in range(1, parts.shape[1], 2):
            crc = _crc_of(crc, parts[row, i], parts[row, i + 1], table)
        if crc ^ parts[row, 0] != _ALL:
            return row
    return len(parts)


@step
def _crc_of(crc, one, other, table):
    """Return the checksum after eight bytes more."""
    one ^= crc
    return (
        table[7, one & 255] ^ table[6, (one >> 8) & 255] ^ table[5, (one >> 16) & 255] ^ table[4, one >> 24]
        ^ table[3, other & 255] ^ table[2, (other >> 8) & 255] ^ table[1, (other >> 16) & 255] ^ table[0, other >> 24]
    )  # fmt: skip


@kernel
def gather(
    parts: NDArray[np.uint32], numbers: NDArray[np.int64], keys: NDArray[np.uint32], places: NDArray[np.int64],
    first: NDArray[np.int64], last: NDArray[np.int64], limit: int,
) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:  # fmt: skip
    """Return (places, articles): of each key the newest `limit` articles, in order.

    `parts`: uint32 of shape (parts, 1 + 2 x entries), those with the ascending `numbers`: a checksum, keys, articles.
    The others are as `locate` gives them.
    """
    entries = parts.shape[1] >> 1
    low_of, high_of = np.empty((2, len(places)), np.int64)
    total = 0
    for i in range(len(places)):
        base = np.searchsorted(numbers, first[i]) * entries
        room = (last[i] - first[i] + 1) * entries
        key = keys[places[i]]
        high = base + _before(parts, base, room, entries, key, True)
        low = base + _before(parts, base, room, entries, key, False)
        low_of[i], high_of[i] = max(low, high - limit), high
        total += high_of[i] - low_of[i]
    whose, articles = np.empty(total, np.int64), np.empty(total, np.uint32)
    at = 0
    for i in range(len(places)):
        for place in range(low_of[i], high_of[i]):
            whose[at], articles[at] = places[i], parts[place // entries, 1 + entries + place % entries]
            at += 1
    return whose, articles


@step
def _before(parts, base, room, entries, key, equal):
    """Return how many of the entries from `base` on have a smaller key, or one that is equal."""
    low, high = 0, room
    while low < high:
        middle = (low + high) >> 1
        held = parts[(base + middle) // entries, 1 + (base + middle) % entries]
        if held < key or (equal and held == key):
            low = middle + 1
        else:
            high = middle
    return low
