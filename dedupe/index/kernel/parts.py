"""Parts of runs: which may hold a key, whether they are whole, whom they lead to. The same as in `lookup`."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ...compiling.load import kernel, step
from ...words import SPREAD

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
def ascending(keys, order):
    """Write the places of keys in their order, equal ones as they stand."""
    packed, sorted_already = np.empty(len(keys), np.uint64), True
    for i in range(len(keys)):
        packed[i] = np.uint64(keys[i]) << _HALF | np.uint64(i)
        sorted_already &= i == 0 or packed[i] > packed[i - 1]
    if not sorted_already:
        packed.sort()
    for i in range(len(keys)):
        order[i] = packed[i] & np.uint64(_LOW)


@kernel
def may_have(words, keys, probes, maybe):
    """Write which keys pass a filter. Of many, before they are located: what a filter takes is then in a cache."""
    for i in range(len(keys)):
        maybe[i] = _passes(words, keys[i], probes)


@step
def _passes(words, key, probes):
    """Return whether a key passes a filter."""
    bits, state, passed = np.uint64(len(words)) << _WORD, np.uint64(key), True
    for _ in range(probes):
        state = state * SPREAD + _ONE
        bit = ((state >> _HALF) * bits) >> _HALF
        passed &= (words[np.int64(bit >> _WORD)] >> (bit & _BIT)) & _ONE != 0
    return passed


@kernel
def locate(keys, order, words, maybe, fences, starts, place, back, probes, asked, count, numbers, parts):
    """Write which parts of a run have to be read after `parts` of others for `count` keys; return both counts then.

    Of each key that passes the filter, in their order: its place, and the rows of `numbers` of the first part that may
    hold it and of the last; at most `back` parts before that are read. `place`: that of the run's first part. `maybe`:
    which keys pass, if that was asked before, or empty.
    """
    shift = 32
    while 1 << (32 - shift) < len(starts) - 1:
        shift -= 1
    latest = -1  # the part that was written last
    for i in order:
        key = np.int64(keys[i])
        if not (maybe[i] if len(maybe) else _passes(words, key, probes)):
            continue
        low, high = starts[key >> shift], starts[(key >> shift) + 1]
        while low < high:  # to the first part that starts after the key
            middle = (low + high) >> 1
            if fences[middle] <= key:
                low = middle + 1
            else:
                high = middle
        end = max(low - 1, 0)
        start = end
        while start > max(end - back, 0) and fences[start] == key:
            start -= 1
        asked[0, count], asked[1, count] = i, parts - max(latest + 1 - start, 0)
        for part in range(max(start, latest + 1), end + 1):
            numbers[parts] = place + part
            latest, parts = part, parts + 1
        asked[2, count] = parts - 1
        count += 1
    return count, parts


@kernel
def first_broken(parts: NDArray[np.uint32], numbers: NDArray[np.int64], table: NDArray[np.uint32]) -> int:
    """Return the row of the first part whose checksum differs, or how many parts there are; see `arrays.checksum`.

    `parts`: uint32 of shape (parts, 1 + an even number): the checksum, then what it is of beside the part's number.
    Four parts are gone through side by side: each step of one waits for the step before.
    """
    a = b = c = d = _ALL
    for low in range(0, len(parts), 4):
        i, j, k = min(low + 1, len(parts) - 1), min(low + 2, len(parts) - 1), min(low + 3, len(parts) - 1)
        a, b = _crc_of_number(numbers[low], table), _crc_of_number(numbers[i], table)
        c, d = _crc_of_number(numbers[j], table), _crc_of_number(numbers[k], table)
        for at in range(1, parts.shape[1], 2):
            a = _crc_of(a, parts[low, at], parts[low, at + 1], table)
            b = _crc_of(b, parts[i, at], parts[i, at + 1], table)
            c = _crc_of(c, parts[j, at], parts[j, at + 1], table)
            d = _crc_of(d, parts[k, at], parts[k, at + 1], table)
        if (a ^ parts[low, 0]) & (b ^ parts[i, 0]) & (c ^ parts[j, 0]) & (d ^ parts[k, 0]) != _ALL:
            for row, crc in ((low, a), (i, b), (j, c)):
                if crc ^ parts[row, 0] != _ALL:
                    return row
            return k
    return len(parts)


@step
def _crc_of_number(number, table):
    """Return the checksum after a part's number."""
    return _crc_of(_ALL, np.uint32(np.uint64(number) & np.uint64(_LOW)), np.uint32(np.uint64(number) >> _HALF), table)


@step
def _crc_of(crc, one, other, table):
    """Return the checksum after eight bytes more."""
    one ^= crc
    return (
        table[7, one & 255] ^ table[6, (one >> 8) & 255] ^ table[5, (one >> 16) & 255] ^ table[4, one >> 24]
        ^ table[3, other & 255] ^ table[2, (other >> 8) & 255] ^ table[1, (other >> 16) & 255] ^ table[0, other >> 24]
    )  # fmt: skip


@kernel
def gather(parts, numbers, table, keys, asked, count, places, newest, limit, story, last, without, first, many):
    """Return (row of the first broken part, number of an article that never came, articles), and write where those of
    each key start, and how many were looked at. Where all is well the numbers are that of the parts and 0.

    `parts`: a checksum, then keys, then articles. `asked` is as `locate` writes it, oldest run first; `newest` the
    pending articles, found for the keys at `places`. Of a key no more is taken once `limit` articles were found.
    """
    broken = first_broken(parts, numbers, table)
    size = np.zeros(count, np.int64)
    if broken < len(parts):
        return broken, np.uint32(0), np.empty(0, np.uint32)
    entries, total = parts.shape[1] >> 1, len(newest)
    begin, following = np.empty((2, count), np.int64)
    head = np.full(len(keys), -1, np.int64)
    many[:] = 0
    for i in range(len(places)):
        many[places[i]] += 1
    for i in range(count - 1, -1, -1):  # the newest run first
        place = asked[0, i]
        if many[place] < limit:
            low = _before(parts, asked[1, i], entries, keys[place], False)
            high = (asked[2, i] - asked[1, i]) * entries + _before(parts, asked[2, i], entries, keys[place], True)
            begin[i], size[i] = max(low, high - limit), high - max(low, high - limit)
            following[i], head[place] = head[place], i  # the oldest ends up first
            many[place] += size[i]
            total += size[i]
    articles, done, at = np.empty(total, np.uint32), 0, 0
    for place in range(len(keys)):
        first[place] = done
        i = head[place]
        while i >= 0:
            row, column = asked[1, i] + begin[i] // entries, 1 + entries + begin[i] % entries
            for _ in range(size[i]):
                article = parts[row, column]
                if article > last:
                    return broken, article, articles[:0]
                articles[done] = article
                done += story[article] != 0 and article != without
                column += 1
                if column == parts.shape[1]:
                    row, column = row + 1, 1 + entries
            i = following[i]
        while at < len(places) and places[at] == place:
            if newest[at] > last:
                return broken, newest[at], articles[:0]
            articles[done] = newest[at]
            done += story[newest[at]] != 0 and newest[at] != without
            at += 1
    first[len(keys)] = done
    return broken, np.uint32(0), articles[:done]


@step
def _before(parts, row, entries, key, equal):
    """Return how many of the entries of a part have a smaller key, or one that is equal."""
    low, high = 0, entries
    while low < high:
        middle = (low + high) >> 1
        held = parts[row, 1 + middle]
        if held < key or (equal and held == key):
            low = middle + 1
        else:
            high = middle
    return low
