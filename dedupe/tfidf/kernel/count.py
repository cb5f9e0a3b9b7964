"""Terms counted, text by text on several threads: the same columns as the plain version in `terms`."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ...model import IN_LEAD, IN_TITLE, NAME, NUMBER
from ...words import CAPITAL, NUMERIC, distinct, threaded
from ...words.load import kernel
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
from .places import each_once, place, places

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ...words import Tokens

_CHUNKS = 4  # for each thread, so that none is idle for long
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
    known = threaded(lambda rows: each_once(rows.key), counted, jobs)
    vocabulary = distinct(np.concatenate([body.key[:0], *known]))
    first = np.concatenate(([0], np.cumsum(np.concatenate([rows.size for rows in counted]))))
    term, flags = np.empty(first[-1], np.int32), np.empty(first[-1], np.uint8)
    places_of = [(rows, slice(first[low], first[high])) for rows, (low, high) in zip(counted, parts, strict=True)]
    table, whole = places(vocabulary), np.zeros((len(vocabulary), 3), np.int64)
    threaded(lambda own: _place(own[0].key, table, term[own[1]]), places_of, jobs)
    for rows, own in places_of:
        _sum(rows, term[own], whole)
    numeric = whole[:, 2] > 0
    kind = np.where(numeric, np.uint8(NUMBER), are_names(whole[:, 0], whole[:, 1], numeric) * np.uint8(NAME))
    threaded(lambda own: _flag(own[0].bits, term[own[1]], kind, flags[own[1]]), places_of, jobs)
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
    """How many terms each text has, and of each entry, by text, then key: its key, count, bits, and occurrences."""

    size: NDArray[np.int64]
    key: NDArray[np.uint32]
    times: NDArray[np.uint16]
    bits: NDArray[np.uint8]
    capitals: NDArray[np.int32]
    in_bodies: NDArray[np.int32]


def _counted(body: Column, title: Column, low: int, high: int) -> Rows:
    """Return the terms of the texts from low to high."""
    words = np.diff(body.first[low : high + 1]) + np.diff(title.first[low : high + 1])
    room, longest = int(words.sum()), int(words.max(initial=0))
    rows = Rows(
        np.empty(high - low, np.int64), np.empty(room, np.uint32), np.empty(room, np.uint16), np.empty(room, np.uint8),
        np.empty(room, np.int32), np.empty(room, np.int32),
    )  # fmt: skip
    slot_of = np.full((1 << (2 * longest).bit_length()) + longest, -1, np.int32)
    space = np.empty((4, longest), np.int32), np.empty(longest, np.int32), np.empty(longest, np.uint32)
    done = _count(body, title, low, high, rows, slot_of, *space)
    return rows._replace(**{name: column[:done].copy() for name, column in rows._asdict().items() if name != "size"})


@kernel
def _count(body, title, low, high, rows, slot_of, said, order, known):
    """Count the terms of the texts from low to high; return how many entries there are.

    The terms of a text are met in open addresses by their upper bits, which are even: so they are nearly in order.
    """
    done = 0
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
        for at in order[:met]:
            rows.key[done], rows.times[done], rows.bits[done] = known[at], min(said[0, at], _MOST), said[1, at]
            rows.capitals[done], rows.in_bodies[done] = said[2, at], said[3, at]
            done += 1
        rows.size[row - low] = met
    return done


@kernel
def _place(key, table, term):
    """Write where each key stands among those of the table."""
    for i in range(len(key)):
        term[i] = place(table, key[i])


@kernel
def _sum(rows, term, whole):
    """Sum the occurrences of each term with a capital and in bodies, and count the entries in which it is a number."""
    for i in range(len(term)):
        whole[term[i], 0] += rows.capitals[i]
        whole[term[i], 1] += rows.in_bodies[i]
        whole[term[i], 2] += rows.bits[i] & NUMBER_BIT != 0


@kernel
def _flag(bits, term, kind, flags):
    """Write the flags of entries, given the bits of any of their occurrences and what their terms are."""
    for i in range(len(term)):
        flags[i] = kind[term[i]] | (IN_TITLE if bits[i] & TITLE_BIT else 0) | (IN_LEAD if bits[i] & LEAD_BIT else 0)
