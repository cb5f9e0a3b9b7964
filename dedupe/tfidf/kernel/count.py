"""Terms counted, text by text on several threads: the same columns as the plain version in `terms`."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numba import njit

from ...model import IN_LEAD, IN_TITLE, NAME, NUMBER
from ...words import CAPITAL, NUMERIC, threaded
from ..terms import (
    CAPITAL_BIT,
    LEAD,
    LEAD_BIT,
    MOST,
    NAMES,
    NUMBER_BIT,
    TITLE_BIT,
    Terms,
    are_names,
    distinct,
    entry_flags,
)
from ..terms import term_keys as keys_of
from .places import Places, place, places

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ...words import Tokens

_CHUNKS = 4  # for each thread, so that none is idle for long
_KEYS = 1 << 20  # occurrences whose distinct keys are found at a time
_BITS = np.uint64(4)  # below the key, as in `terms`
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
    body = _column(bodies)
    title = (
        _column(titles) if titles else Column(np.zeros_like(body.first), body.key[:0], body.flags[:0], body.word[:0])
    )
    runs = [side.key[low : low + _KEYS] for side in (body, title) for low in range(0, len(side.key), _KEYS)]
    vocabulary = distinct(np.concatenate([body.key[:0], *threaded(distinct, runs, jobs)]))
    table = places(vocabulary)
    edges = _edges(body.first, jobs * _CHUNKS)
    found = threaded(lambda part: _counted(body, title, *part, table), list(pairwise(edges)), jobs)
    size, term, count, bits = (np.concatenate([part[i] for part in found]) for i in range(4))
    capitals, in_bodies, numeric = (np.sum([part[i] for part in found], axis=0) for i in range(4, 7))
    flags = entry_flags(bits, are_names(capitals, in_bodies, numeric > 0)[term], (numeric > 0)[term])
    return Terms(np.concatenate(([0], np.cumsum(size))), term, count, flags, vocabulary)


def count_few(bodies: Tokens, titles: Tokens | None) -> Terms:
    """Return what `terms.count_terms` does, quicker where there are few texts: their occurrences are sorted."""
    body = _column(bodies)
    title = _column(titles) if titles else body._replace(first=np.zeros_like(body.first), word=body.word[:0])
    packed = np.empty(int(body.first[-1] + title.first[-1]), np.uint64)
    _pack(body, False, packed[: body.first[-1]])
    _pack(title, True, packed[body.first[-1] :])
    packed.sort()
    vocabulary = distinct((packed >> _BITS).astype(np.uint32))
    size = len(packed)
    term, times, flags = np.empty(size, np.int32), np.empty(size, np.uint16), np.empty(size, np.uint8)
    first = np.zeros(len(body.first), np.int64)
    done = _tally(packed, vocabulary, first, term, times, flags, np.zeros((3, len(vocabulary)), np.int64))
    return Terms(first, term[:done], times[:done], flags[:done], vocabulary)


@njit(nogil=True, cache=True)
def _pack(column, title, packed):
    """Write each occurrence as `terms` does: text, key and the bits of the occurrence in one number."""
    for row in range(len(column.first) - 1):
        for i in range(column.first[row], column.first[row + 1]):
            bits = NUMBER_BIT if column.flags[i] & _NUMERIC else 0
            if title:
                bits |= TITLE_BIT
            else:
                word = column.word[i] if len(column.word) else i - column.first[row]
                bits |= (CAPITAL_BIT if column.flags[i] & _CAPITAL else 0) | (LEAD_BIT if word < _LEAD else 0)
            packed[i] = (np.uint64(row) << np.uint64(32) | np.uint64(column.key[i])) << _BITS | np.uint64(bits)


@njit(nogil=True, cache=True)
def _tally(packed, vocabulary, first, term, times, flags, sums):
    """Count sorted occurrences; return how many entries they make. `sums`: capitals, in bodies, numbers of terms."""
    done, at, row = 0, 0, 0
    for i in range(len(packed)):
        whole, bits = packed[i] >> _BITS, np.uint8(packed[i] & np.uint64(15))
        if i == 0 or whole != packed[i - 1] >> _BITS:
            while row < np.int64(whole >> np.uint64(32)):
                row += 1
                first[row] = done
                at = 0
            at = _next(vocabulary, at, np.uint32(whole & np.uint64(0xFFFFFFFF)))
            term[done], times[done], flags[done] = at, 0, 0
            done += 1
        times[done - 1] = min(times[done - 1] + 1, _MOST)
        if bits & NUMBER_BIT and not flags[done - 1] & NUMBER_BIT:
            sums[2, at] += 1
        flags[done - 1] |= bits
        sums[0, at] += bits & CAPITAL_BIT
        sums[1, at] += (bits & TITLE_BIT) == 0
    first[row + 1 :] = done
    for i in range(done):
        numeric = sums[2, term[i]] > 0
        named = sums[0, term[i]] > 0 and sums[0, term[i]] >= NAMES * sums[1, term[i]] and not numeric
        made = (IN_TITLE if flags[i] & TITLE_BIT else 0) | (IN_LEAD if flags[i] & LEAD_BIT else 0)
        flags[i] = made | (NAME if named else 0) | (NUMBER if numeric else 0)
    return done


@njit(nogil=True, cache=True)
def _next(vocabulary, low, key):
    """Return where a key stands, which is at `low` or after it: in steps that double, then halve."""
    step = 1
    while low + step < len(vocabulary) and vocabulary[low + step] <= key:
        low += step
        step *= 2
    high = min(low + step, len(vocabulary))
    while high - low > 1:
        middle = (low + high) >> 1
        if vocabulary[middle] <= key:
            low = middle
        else:
            high = middle
    return low


def _column(tokens: Tokens) -> Column:
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


def _counted(body: Column, title: Column, low: int, high: int, table: Places) -> tuple[Any, ...]:
    """Return (terms of each text, term, count, bits, and of each term capitals, occurrences in bodies, numbers)."""
    room, terms = sum(int(side.first[high] - side.first[low]) for side in (body, title)), len(table.key)
    size = np.empty(high - low, np.int64)
    entries = np.empty(room, np.int32), np.empty(room, np.uint16), np.empty(room, np.uint8)
    sums = np.zeros(terms, np.int64), np.zeros(terms, np.int64), np.zeros(terms, np.int64)
    space = np.zeros(terms, np.int32), np.zeros(terms, np.uint8)
    done = _count(body, title, low, high, table, size, *entries, *sums, *space)
    return size, *(column[:done].copy() for column in entries), *sums


@njit(nogil=True, cache=True)
def _met(at, bits, count, anywhere, capitals, in_bodies, numeric):
    """Count one occurrence of a term."""
    count[at] += 1
    anywhere[at] |= bits
    capitals[at] += bits & CAPITAL_BIT
    in_bodies[at] += (bits & TITLE_BIT) == 0
    numeric[at] += (bits & NUMBER_BIT) != 0


@njit(nogil=True, cache=True)
def _count(body, title, low, high, table, size, term, times, bits, capitals, in_bodies, numeric, count, anywhere):
    """Count the terms of the texts from low to high; return how many entries there are."""
    touched = np.empty(len(term) if len(term) < len(count) else len(count), np.int32)
    done = 0
    for row in range(low, high):
        met = 0
        for i in range(body.first[row], body.first[row + 1]):
            at = place(table, body.key[i])
            word = body.word[i] if len(body.word) else i - body.first[row]
            flag = CAPITAL_BIT if body.flags[i] & _CAPITAL else 0
            flag |= NUMBER_BIT if body.flags[i] & _NUMERIC else 0
            flag |= LEAD_BIT if word < _LEAD else 0
            if count[at] == 0:
                touched[met] = at
                met += 1
            _met(at, flag, count, anywhere, capitals, in_bodies, numeric)
        for i in range(title.first[row], title.first[row + 1]):
            at = place(table, title.key[i])
            flag = TITLE_BIT | (NUMBER_BIT if title.flags[i] & _NUMERIC else 0)
            if count[at] == 0:
                touched[met] = at
                met += 1
            _met(at, flag, count, anywhere, capitals, in_bodies, numeric)
        touched[:met].sort()
        for i in range(met):
            at = touched[i]
            term[done], times[done], bits[done] = at, min(count[at], _MOST), anywhere[at]
            count[at], anywhere[at] = 0, 0
            done += 1
        size[row - low] = met
    return done
