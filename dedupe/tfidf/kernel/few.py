"""Terms of few texts counted by one sort: the same columns as the plain version in `terms`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ...model import IN_LEAD, IN_TITLE, NAME, NUMBER
from ...words import CAPITAL, NUMERIC
from ...words.load import kernel, maker
from ..terms import CAPITAL_BIT, LEAD, LEAD_BIT, MOST, NAMES, NUMBER_BIT, TITLE_BIT, Terms
from .count import column_of

if TYPE_CHECKING:
    from ...words import Tokens

_BITS = np.uint64(4)  # of an occurrence, below its text, which stands below the key
_HALF, _KEY, _TEXT = np.uint64(32), np.uint64(28), np.uint64((1 << 28) - 1)
_CAPITALS, _TITLE, _LEADS, _NUMBER = (np.uint64(bit) for bit in (CAPITAL_BIT, TITLE_BIT, LEAD_BIT, NUMBER_BIT))
_MOST, _LEAD, _CAPITAL, _NUMERIC = MOST, LEAD, CAPITAL, NUMERIC
_MANY = 1 << 12  # occurrences from which on three digits of 11 bits are sorted by in less time than four of 8


def count_few(bodies: Tokens, titles: Tokens | None) -> Terms:
    """Return what `terms.count_terms` does, quicker where there are few texts: their occurrences are sorted by term."""
    body = column_of(bodies)
    title = column_of(titles) if titles else body._replace(first=np.zeros_like(body.first), word=body.word[:0])
    return Terms(*_counted(body, title))


@kernel
def _counted(body, title):
    """Return the columns of `Terms`."""
    return _tally(_by_key(_packed(body, title)), len(body.first) - 1)


@maker
def _packed(body, title):
    """Return each occurrence, text by text, as one number: its key, its text, and the bits that `terms` gives it."""
    packed, at = np.empty(body.first[-1] + title.first[-1], np.uint64), 0
    for row in range(len(body.first) - 1):
        for i in range(body.first[row], body.first[row + 1]):
            word = body.word[i] if len(body.word) else i - body.first[row]
            bits = (CAPITAL_BIT if body.flags[i] & _CAPITAL else 0) | (LEAD_BIT if word < _LEAD else 0)
            bits |= NUMBER_BIT if body.flags[i] & _NUMERIC else 0
            packed[at] = np.uint64(body.key[i]) << _HALF | np.uint64(row) << _BITS | np.uint64(bits)
            at += 1
        for i in range(title.first[row], title.first[row + 1]):
            bits = TITLE_BIT | (NUMBER_BIT if title.flags[i] & _NUMERIC else 0)
            packed[at] = np.uint64(title.key[i]) << _HALF | np.uint64(row) << _BITS | np.uint64(bits)
            at += 1
    return packed


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
