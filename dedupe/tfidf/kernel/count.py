"""Terms counted, text by text on several threads: the same columns as the plain version in `terms`."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ...compiling.intrinsics import prefetch
from ...compiling.load import kernel, maker, step
from ...jobs import threaded
from ...model import IN_LEAD, IN_TITLE, NAME, NUMBER
from ...words import CAPITAL, NUMERIC, distinct
from ..terms import (
    CAPITAL_BIT,
    LEAD,
    LEAD_BIT,
    MOST,
    NUMBER_BIT,
    TITLE_BIT,
    Terms,
    are_names,
)
from ..terms import term_keys as keys_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ...words import Tokens

_AHEAD = 16  # terms whose place in the vocabulary is on its way
_CHUNKS = 2  # for each thread, so that none is idle for long
_MOST, _LEAD, _CAPITAL, _NUMERIC = MOST, LEAD, CAPITAL, NUMERIC


class Column(NamedTuple):
    """The occurrences of terms in texts: those of text i from first[i] on, with the flags of the words they start with.

    `word` is the place of that word in its text; it is empty where every word is one occurrence.
    """

    first: NDArray[np.int64]
    key: NDArray[np.uint32]
    flags: NDArray[np.uint8]
    word: NDArray[np.int32]


def count_terms(bodies: Tokens, titles: Tokens | None, jobs: int) -> Terms:
    """Return what `terms.count_terms` does."""
    body = column_of(bodies)
    title = (
        column_of(titles) if titles else Column(np.zeros_like(body.first), body.key[:0], body.flags[:0], body.word[:0])
    )
    parts = list(pairwise(_edges(body.first, jobs * _CHUNKS)))
    counted = threaded(lambda part: _counted(body, title, *part), parts, jobs)
    vocabulary = distinct(np.concatenate([body.key[:0], *(rows.key for rows in counted)]))
    rank, whole = [np.searchsorted(vocabulary, rows.key) for rows in counted], np.zeros((len(vocabulary), 3), np.int64)
    for place, rows in zip(rank, counted, strict=True):
        whole[place] += rows.whole
    numeric = whole[:, 2] > 0
    kind = np.where(numeric, np.uint8(NUMBER), are_names(whole[:, 0], whole[:, 1], numeric) * np.uint8(NAME))
    first = np.concatenate(([0], np.cumsum(np.concatenate([rows.size for rows in counted]))))
    term, flags = np.empty(first[-1], np.int32), np.empty(first[-1], np.uint8)
    own = [slice(first[low], first[high]) for low, high in parts]
    threaded(
        lambda part: _number(part[0].number, part[0].bits, part[1], kind, term[part[2]], flags[part[2]]),
        zip(counted, rank, own, strict=True),
        jobs,
    )
    return Terms(first, term, np.concatenate([rows.times for rows in counted]), flags, vocabulary)


def column_of(tokens: Tokens) -> Column:
    keys, words = keys_of(tokens)
    if words is None:
        return Column(tokens.first, keys, tokens.flags, np.zeros(0, dtype=np.int32))
    first = np.searchsorted(words, tokens.first).astype(np.int64)
    row = np.repeat(np.arange(len(first) - 1), np.diff(first))
    return Column(first, keys, tokens.flags[words], (words - tokens.first[row]).astype(np.int32))


def _edges(first: NDArray[np.int64], parts: int) -> list[int]:
    """Return where to cut the texts so that the parts have about as many occurrences each."""
    cuts = np.searchsorted(first, np.linspace(0, first[-1], parts + 1)[1:-1])
    edges: list[int] = np.unique(np.concatenate(([0], cuts, [len(first) - 1]))).tolist()
    return edges


class Rows(NamedTuple):
    """The terms of some texts. `size`: how many each has. `key`: of the terms by number, as they are met.

    `whole`: of each term its occurrences with a capital, those in bodies, and the texts in which it is a number.
    Of each entry, by text, then key: the `number` of its term, how many `times` it occurs, and the `bits` of any time.
    """

    size: NDArray[np.int64]
    key: NDArray[np.uint32]
    whole: NDArray[np.int64]
    number: NDArray[np.int32]
    times: NDArray[np.uint16]
    bits: NDArray[np.uint8]


def _counted(body: Column, title: Column, low: int, high: int) -> Rows:
    """Return the terms of the texts from low to high."""
    words = np.diff(body.first[low : high + 1]) + np.diff(title.first[low : high + 1])
    room, longest = int(words.sum()), int(words.max(initial=0))
    size = np.empty(high - low, np.int64)
    number, times, bits = np.empty(room, np.int32), np.empty(room, np.uint16), np.empty(room, np.uint8)
    slot_of = np.full((1 << (2 * longest).bit_length()) + longest, -1, np.int32)
    space = np.empty((4, longest), np.int32), np.empty(longest, np.int32), np.empty(longest, np.uint32)
    done, key, whole = _count(body, title, low, high, size, number, times, bits, slot_of, *space)
    return Rows(size, key, whole, number[:done], times[:done], bits[:done])


@kernel
def _count(body, title, low, high, size, number, times, bits, slot_of, said, order, known):
    """Count the terms of the texts from low to high; return how many entries there are, and the terms' keys and sums.

    The terms of a text are met in open addresses by their upper bits, which are even: so they are nearly in order.
    """
    slots, keys, whole = np.full(1 << 12, -1, np.int32), np.empty(1 << 11, np.uint32), np.zeros((1 << 11, 3), np.int64)
    done = terms = 0
    for row in range(low, high):
        words, shift, met = body.first[row + 1] - body.first[row] + title.first[row + 1] - title.first[row], 32, 0
        while 1 << (32 - shift) < 2 * words:
            shift -= 1
        for side in range(2):
            column = title if side else body
            for i in range(column.first[row], column.first[row + 1]):
                key, flags = column.key[i], column.flags[i]
                word = column.word[i] if len(column.word) else i - column.first[row]
                slot = np.int64(key) >> shift
                while slot_of[slot] >= 0 and known[slot_of[slot]] != key:
                    slot += 1
                at = slot_of[slot]
                if at < 0:
                    at = slot_of[slot] = met
                    known[at] = key
                    said[0, at] = said[1, at] = said[2, at] = said[3, at] = 0
                    met += 1
                capital = flags & _CAPITAL != 0 and side == 0
                said[0, at] += 1
                said[1, at] |= NUMBER_BIT if flags & _NUMERIC else 0
                said[1, at] |= TITLE_BIT if side else LEAD_BIT if word < _LEAD else 0
                said[1, at] |= CAPITAL_BIT if capital else 0
                said[2, at] += capital
                said[3, at] += side == 0
        here = found = 0
        while found < met:
            at = slot_of[here]
            if at >= 0:
                lower = found
                while lower > 0 and known[order[lower - 1]] > known[at]:
                    order[lower] = order[lower - 1]
                    lower -= 1
                order[lower], slot_of[here] = at, -1
                found += 1
            here += 1
        if terms + met > len(keys):
            slots, keys, whole = _wider(slots, keys, whole, terms, terms + met)
        for place in range(met):
            if place + _AHEAD < met:
                prefetch(slots, np.int64(known[order[place + _AHEAD]]) & (len(slots) - 1))
            if place + _AHEAD // 2 < met:
                _fetch_sums(slots, keys, whole, known[order[place + _AHEAD // 2]])
            at = order[place]
            slot = _slot(slots, keys, known[at])
            term = slots[slot]
            if term < 0:
                term = slots[slot] = terms
                keys[term] = known[at]
                terms += 1
            whole[term, 0] += said[2, at]
            whole[term, 1] += said[3, at]
            whole[term, 2] += said[1, at] & NUMBER_BIT != 0
            number[done], times[done], bits[done] = term, min(said[0, at], _MOST), said[1, at]
            done += 1
        size[row - low] = met
    return done, keys[:terms], whole[:terms]


@step
def _fetch_sums(slots, keys, whole, key):
    """Ask for the sums of the term that a key likely leads to, before they are added to."""
    term = slots[np.int64(key) & (len(slots) - 1)]
    if term >= 0:
        prefetch(keys, term)
        prefetch(whole, 3 * term)


@step
def _slot(slots, keys, key):
    """Return the slot that has the number of a term, or the empty one where it belongs."""
    slot = np.int64(key) & (len(slots) - 1)
    while slots[slot] >= 0 and keys[slots[slot]] != key:
        slot = (slot + 1) & (len(slots) - 1)
    return slot


@maker
def _wider(slots, keys, whole, terms, wanted):
    """Return the terms with room for more than are wanted; of the slots at most half are taken."""
    room = len(keys)
    while room < wanted:
        room *= 4
    wider, longer, sums = np.full(2 * room, -1, np.int32), np.empty(room, np.uint32), np.zeros((room, 3), np.int64)
    for term in range(terms):
        longer[term] = keys[term]
        sums[term] = whole[term]
        wider[_slot(wider, longer, keys[term])] = term
    return wider, longer, sums


@kernel
def _number(number, bits, rank, kind, term, flags):
    """Write the term of each entry by the rank of its number, and its flags, given what the terms are."""
    for i in range(len(number)):
        its = rank[number[i]]
        term[i] = its
        flags[i] = kind[its] | (IN_TITLE if bits[i] & TITLE_BIT else 0) | (IN_LEAD if bits[i] & LEAD_BIT else 0)
