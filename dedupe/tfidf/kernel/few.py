"""Terms of few texts counted by one sort, and how common they are: the same as in `terms` and `weights`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ...compiling.load import kernel, maker, step
from ...model import IN_LEAD, IN_TITLE, NAME, NUMBER
from ...words import CAPITAL, NUMERIC, SINGLE
from ...words.kernel import mixed
from ..background import load_common, share
from ..terms import CAPITAL_BIT, LEAD, LEAD_BIT, MOST, NAMES, NUMBER_BIT, TITLE_BIT, Terms
from ..weights import COMMON, ENOUGH, ENOUGH_UNRANKED, RANKED, STRANGE
from .places import place
from .weigh import table_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ...words import Tokens
    from ..background import Background

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


def rates_few(terms: Terms, background: Background) -> NDArray[np.float64]:
    """Return what `weights.background_rates` does, quicker where there are few texts."""
    found, said, common = np.empty((5, len(terms.key))), np.zeros(2), load_common()
    rate: NDArray[np.float64]
    rate, estimate, everywhere, ranked, unranked = found
    tables = table_of(background), background.rate, background.unseen, table_of(common), common.rate
    if not _rate(terms.first, terms.term, terms.count, terms.key, *tables, found, said):
        return rate
    for words, here, enough in zip(said.tolist(), (ranked, unranked), (ENOUGH, ENOUGH_UNRANKED), strict=True):
        if words:
            estimate = np.maximum(estimate, share(here / max(words, enough)))
    return np.where(ranked + unranked > 0.5 * everywhere, np.maximum(rate, estimate), rate)


@kernel
def _rate(first, term, count, key, listed, rate, unseen, common, common_rate, found, said):
    """Write each term's rate, and where a text is of a strange language its rate among the commonest words of many;
    then how often it stands in all texts, in strange ones with ranked words, and in the others. Return whether any is.

    `said`: how many words the strange texts of either kind have.
    """
    for i in range(len(key)):
        at = place(listed, key[i])
        found[0, i] = rate[at] if at >= 0 else unseen
    strange = False
    for row in range(len(first) - 1):
        every, often = 0.0, 0.0
        for i in range(first[row], first[row + 1]):
            every += count[i]
            often += count[i] if found[0, term[i]] > COMMON else 0
        if often < STRANGE * every:
            if not strange:
                for i in range(len(key)):
                    at = place(common, key[i])
                    found[1, i] = common_rate[at] if at >= 0 else 0.0
                found[2:] = 0.0
                strange = True
            known = 0.0
            for i in range(first[row], first[row + 1]):
                known += count[i] if found[1, term[i]] > 0.0 else 0
            kind = 0 if known >= RANKED * every else 1
            said[kind] += every
            for i in range(first[row], first[row + 1]):
                found[3 + kind, term[i]] += count[i]
    if strange:
        for i in range(len(term)):
            found[2, term[i]] += count[i]
    return strange
