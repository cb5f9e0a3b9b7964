"""Terms of few texts counted by one sort: the same columns as the plain version in `terms`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ...model import IN_LEAD, IN_TITLE, NAME, NUMBER
from ...words import CAPITAL, NUMERIC, SINGLE
from ...words.kernel import mixed
from ...words.load import kernel, maker, step
from ..terms import CAPITAL_BIT, LEAD, LEAD_BIT, MOST, NAMES, NUMBER_BIT, TITLE_BIT, Terms

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ...words import Tokens

_BITS = np.uint64(4)  # of an occurrence, below its text, which stands below the key
_HALF, _KEY, _TEXT = np.uint64(32), np.uint64(28), np.uint64((1 << 28) - 1)
_CAPITALS, _TITLE, _LEADS, _NUMBER = (np.uint64(bit) for bit in (CAPITAL_BIT, TITLE_BIT, LEAD_BIT, NUMBER_BIT))
_MOST, _LEAD, _CAPITAL, _NUMERIC, _SINGLE = MOST, LEAD, CAPITAL, NUMERIC, SINGLE
_MANY = 1 << 12  # occurrences from which on three digits of 11 bits are sorted by in less time than four of 8


def count_few(bodies: Tokens, titles: Tokens | None) -> Terms:
    """Return what `terms.count_terms` does, quicker where there are few texts: their occurrences are sorted by term."""
    first = titles.first if titles else np.zeros_like(bodies.first)
    return Terms(*_counted(bodies.first, *_columns(bodies), first, *_columns(titles or bodies)))


def _columns(tokens: Tokens) -> tuple[NDArray[Any], ...]:
    return tokens.hash, tokens.start, tokens.end, tokens.flags


@kernel
def _counted(
    body_first, body, body_start, body_end, body_flags, title_first, title, title_start, title_end, title_flags
):
    """Return the columns of `Terms`."""
    packed, at = np.empty(body_first[-1] + title_first[-1], np.uint64), 0
    for row in range(len(body_first) - 1):
        at = _add(body_first, body, body_start, body_end, body_flags, row, 0, packed, at)
        at = _add(title_first, title, title_start, title_end, title_flags, row, TITLE_BIT, packed, at)
    return _tally(_by_key(packed[:at]), len(body_first) - 1)


@step
def _add(first, hashes, start, end, flags, row, title, packed, at):
    """Write each occurrence in a text as one number: its key, its text, and the bits that `terms` gives it.

    Keys are those of `terms.term_keys`. Return how many there are by now.
    """
    low, high = first[row], first[row + 1]
    for i in range(low, high):
        key, bits = np.uint64(hashes[i]), title | (NUMBER_BIT if flags[i] & _NUMERIC else 0)
        if flags[i] & _SINGLE:
            if i + 1 < high and flags[i + 1] & _SINGLE and end[i] == start[i + 1]:
                key = mixed(key << _HALF | np.uint64(hashes[i + 1])) >> _HALF
            elif i > low and flags[i - 1] & _SINGLE and end[i - 1] == start[i]:
                continue  # the last character of a run is in the pair before it
        if not title:
            bits |= (CAPITAL_BIT if flags[i] & _CAPITAL else 0) | (LEAD_BIT if i - low < _LEAD else 0)
        packed[at] = key << _HALF | np.uint64(row) << _BITS | np.uint64(bits)
        at += 1
    return at


@maker
def _by_key(packed):
    """Return the occurrences by their keys, of one key as they came: a digit at a time, the lowest first."""
    bits = 8 if len(packed) < _MANY else 11
    here, there, end = packed, np.empty_like(packed), np.empty(1 << bits, np.int64)
    last = np.uint64(len(end) - 1)
    for low in range(32, 64, bits):
        shift = np.uint64(low)
        end[:] = 0
        for value in here:
            end[np.int64((value >> shift) & last)] += 1
        total = np.int64(0)
        for digit in range(len(end)):
            total += end[digit]
            end[digit] = total - end[digit]
        for value in here:
            slot = np.int64((value >> shift) & last)
            there[end[slot]] = value
            end[slot] += 1
        here, there = there, here
    return here


@maker
def _tally(packed, texts):
    """Return the columns of `Terms`, given occurrences by key, then text."""
    first, keys, entries = np.zeros(texts + 1, np.int64), 0, 0
    for i in range(len(packed)):
        whole = packed[i] >> _BITS
        entries += i == 0 or whole != packed[i - 1] >> _BITS
        keys += i == 0 or whole >> _KEY != packed[i - 1] >> _HALF
        if i == 0 or whole != packed[i - 1] >> _BITS:
            first[1 + np.int64(whole & _TEXT)] += 1
    for row in range(1, len(first)):
        first[row] += first[row - 1]
    term, times, flags = np.empty(entries, np.int32), np.empty(entries, np.uint16), np.empty(entries, np.uint8)
    vocabulary, place = np.empty(keys, np.uint32), first[:-1].copy()
    low = number = 0
    while low < len(packed):
        key, high, numeric, capitals, in_bodies = packed[low] >> _HALF, low, np.uint64(0), 0, 0
        while high < len(packed) and packed[high] >> _HALF == key:
            numeric |= packed[high] & _NUMBER
            capitals += packed[high] & _CAPITALS != 0
            in_bodies += packed[high] & _TITLE == 0
            high += 1
        vocabulary[number] = key
        kind = NUMBER if numeric else NAME if capitals > 0 and capitals >= NAMES * in_bodies else 0
        while low < high:
            whole, count, bits = packed[low] >> _BITS, 0, np.uint64(0)
            while low < high and packed[low] >> _BITS == whole:
                bits |= packed[low]
                count += 1
                low += 1
            at = place[np.int64(whole & _TEXT)]
            place[np.int64(whole & _TEXT)] += 1
            term[at], times[at] = number, min(count, _MOST)
            flags[at] = kind | (IN_TITLE if bits & _TITLE else 0) | (IN_LEAD if bits & _LEADS else 0)
        number += 1
    return first, term, times, flags, vocabulary
