"""Terms counted, text by text on several threads: the same columns as the plain version in `terms`."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ...model import IN_LEAD, IN_TITLE, NAME, NUMBER
from ...words import CAPITAL, NUMERIC, threaded
from ...words.load import kernel, step
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
from .order import ascend
from .places import Places, place, places

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ...words import Tokens

_CHUNKS = 4  # for each thread, so that none is idle for long
_KEYS = 1 << 20  # occurrences whose distinct keys are found at a time
_BITS = np.uint64(4)  # below the key, as in `terms`; of few texts below the text, which stands below the key
_HALF, _KEY, _TEXT = np.uint64(32), np.uint64(28), np.uint64((1 << 28) - 1)
_CAPITALS, _TITLE, _LEADS, _NUMBER = (np.uint64(bit) for bit in (CAPITAL_BIT, TITLE_BIT, LEAD_BIT, NUMBER_BIT))
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
    """Return what `terms.count_terms` does, quicker where there are few texts: their occurrences are sorted by term."""
    body = _column(bodies)
    title = _column(titles) if titles else body._replace(first=np.zeros_like(body.first), word=body.word[:0])
    packed = np.empty(int(body.first[-1] + title.first[-1]), np.uint64)
    first = np.zeros(len(body.first), np.int64)
    _pack(body, title, packed)
    packed.sort()
    return Terms(first, *_tally(packed, first))


@kernel
def _pack(body, title, packed):
    """Write each occurrence as one number: its key, its text, and the bits that `terms` gives it."""
    at = 0
    for column in (body, title):
        for row in range(len(column.first) - 1):
            for i in range(column.first[row], column.first[row + 1]):
                bits = NUMBER_BIT if column.flags[i] & _NUMERIC else 0
                if at >= body.first[-1]:
                    bits |= TITLE_BIT
                else:
                    word = column.word[i] if len(column.word) else i - column.first[row]
                    bits |= (CAPITAL_BIT if column.flags[i] & _CAPITAL else 0) | (LEAD_BIT if word < _LEAD else 0)
                packed[at] = np.uint64(column.key[i]) << _HALF | np.uint64(row) << _BITS | np.uint64(bits)
                at += 1


@kernel
def _tally(packed, first):
    """Return (term, count, flags, key) of sorted occurrences, and write where each text's entries start to `first`."""
    keys = entries = 0
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
    return term, times, flags, vocabulary


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
    space = np.zeros(terms, np.int32), np.zeros(terms, np.uint8), np.empty(min(room, terms), np.uint64)
    done = _count(body, title, low, high, table, size, *entries, *sums, *space)
    return size, *(column[:done].copy() for column in entries), *sums


@step
def _met(at, bits, count, anywhere, capitals, in_bodies, numeric):
    """Count one occurrence of a term."""
    count[at] += 1
    anywhere[at] |= bits
    capitals[at] += bits & CAPITAL_BIT
    in_bodies[at] += (bits & TITLE_BIT) == 0
    numeric[at] += (bits & NUMBER_BIT) != 0


@kernel
def _count(
    body, title, low, high, table, size, term, times, bits, capitals, in_bodies, numeric, count, anywhere, touched
):
    """Count the terms of the texts from low to high; return how many entries there are."""
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
        ascend(touched[:met])
        for i in range(met):
            at = np.int64(touched[i])
            term[done], times[done], bits[done] = at, min(count[at], _MOST), anywhere[at]
            count[at], anywhere[at] = 0, 0
            done += 1
        size[row - low] = met
    return done
