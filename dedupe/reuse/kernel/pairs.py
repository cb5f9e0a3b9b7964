"""Both articles of each pair compared with the other, chunk by chunk on several threads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit

from ...words import threaded
from ..columns import ROW
from ..rules import RULES
from .numbers import list_paragraphs, number, shared_ahead
from .order import may_follow
from .paragraphs import add_norms, compare_paragraph
from .runs import find_runs, mark_stretches

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..columns import Columns

_PAIRS = 256  # that a thread takes at a time


def compare_pairs(
    columns: Columns, a: NDArray[np.int32], b: NDArray[np.int32], jobs: int
) -> tuple[NDArray[np.void], NDArray[np.bool_], NDArray[np.bool_], NDArray[np.int32]]:
    """Return (rows, reused words, shared speech, words shared by each pair from either side).

    The threads write to the same columns of marks: they only ever set one, so their order changes nothing.
    """
    words = len(columns.hash)
    covered, quoted = np.zeros(words, dtype=np.bool_), np.zeros(words, dtype=np.bool_)
    shared = np.zeros((len(a), 2), dtype=np.int32)
    fixed = (RULES, columns.first, columns.hash, columns.spoken, columns.owner, columns.weight)

    def chunk(start: int) -> NDArray[np.void]:
        part = slice(start, start + _PAIRS)
        found, similarity, places = _compare_chunk(*fixed, a[part], b[part], covered, quoted, shared[part])
        rows = np.empty(len(found), dtype=ROW)
        rows["article"], rows["other"] = places.T
        rows["paragraph"], rows["other_paragraph"], rows["words"], rows["kind"] = found.T
        rows["similarity"] = similarity
        return rows

    parts = threaded(chunk, range(0, len(a), _PAIRS), jobs)
    return np.concatenate([np.empty(0, dtype=ROW), *parts]), covered, quoted, shared


@njit(nogil=True, cache=True)
def _compare_chunk(rules, first, word, spoken, owner, weight, a, b, covered, quoted, shared_words):
    longest, most = _largest(first, owner, a, b)
    words, paragraphs, side = _space(rules, longest, most)
    rows, similarity, places = np.empty((1024, 4), np.int64), np.empty(1024), np.empty((1024, 2), np.int32)
    n = 0
    for i in range(len(a)):
        x, y = slice(first[a[i]], first[a[i] + 1]), slice(first[b[i]], first[b[i] + 1])
        if x.start == x.stop or y.start == y.stop:
            continue
        key, slot, number_x, number_y, ahead_x, ahead_y, times = words
        own, theirs = number_x[: x.stop - x.start], number_y[: y.stop - y.start]
        count = number(word[x], word[y], key, slot, own, theirs)
        shared_ahead(own, theirs, count, times, ahead_x, ahead_y)
        one = (own, spoken[x], owner[x], weight[x])
        other = (theirs, spoken[y], owner[y], weight[y])
        need = n + 2 * (len(own) + len(theirs) + most)
        if need > len(rows):
            rows, similarity, places = _grown(rows, 2 * need), _grown(similarity, 2 * need), _grown(places, 2 * need)
        known = (rules, count, slot, times, may_follow(rules, one, other, count, times, paragraphs))
        may, before = paragraphs[2], n
        ahead, marks = (ahead_x, ahead_y), (covered[x], quoted[x])
        n, reused, runs = _compare(known, one, other, ahead, may[0], marks, side, rows, similarity, n)
        places[before:n, 0], places[before:n, 1], shared_words[i, 0] = a[i], b[i], reused
        if not known[-1] and not runs:
            continue
        ahead, marks, before = (ahead_y, ahead_x), (covered[y], quoted[y]), n
        n, reused, runs = _compare(known, other, one, ahead, may[1], marks, side, rows, similarity, n)
        places[before:n, 0], places[before:n, 1], shared_words[i, 1] = b[i], a[i], reused
    return rows[:n], similarity[:n], places[:n]


@njit(nogil=True, cache=True)
def _compare(known, here, there, ahead, may, marks, side, rows, similarity, n):
    """Write the rows of one article's paragraphs that stand in the other; return (rows, its reused words, runs)."""
    rules, count, slot, times, follows = known
    following, runs, to, speech_to, first, filled, listed, paragraph = side
    numbers, spoken, owner, _ = here
    found = find_runs(rules, numbers, there[0], ahead[0], ahead[1], slot, following, runs)
    if not found and not follows:
        return n, 0, found
    to[: len(numbers)] = -1
    speech_to[: len(numbers)] = -1
    mark_stretches(rules, spoken, runs, found, to, speech_to)
    if follows:
        add_norms(there[1], there[2], there[3], paragraph[5][0])
        list_paragraphs(rules.tried, there[0], there[1], there[2], count, times, first, filled, listed)
    lists = (times, first, filled, listed)
    reused, start = 0, 0
    while start < len(owner):
        end = start
        while end < len(owner) and owner[end] == owner[start]:
            end += 1
        follow = may[owner[start] - owner[0]]
        n, words = compare_paragraph(
            rules, here, there, start, end, (to, speech_to), lists, follow, paragraph, marks, rows, similarity, n
        )
        reused += words
        start = end
    return n, reused, found


@njit(nogil=True, cache=True)
def _largest(first, owner, a, b):
    """Return the words of the longest article, and the paragraphs of the one that has most."""
    longest, most = 16, 16
    for i in range(len(a)):
        for article in (a[i], b[i]):
            start, end = first[article], first[article + 1]
            longest = max(longest, end - start)
            if end > start:
                most = max(most, owner[end - 1] - owner[start] + 1)
    return longest, most


@njit(nogil=True, cache=True)
def _space(rules, longest, most):
    """Return room for what is known of two articles' words, and for what is found from either side."""
    slots = 16
    while slots < 2 * longest:
        slots *= 2
    blocks = rules.longest // 64 + 1
    words = (
        np.empty(slots, np.uint32), np.empty(slots, np.int32), np.empty(longest, np.int32),
        np.empty(longest, np.int32), np.empty(longest, np.int32), np.empty(longest, np.int32),
        np.empty(longest, np.int32),
    )  # fmt: skip
    order = (
        np.full(longest, -1, np.int32), np.empty(rules.longest, np.int32),
        np.empty((rules.longest, blocks), np.uint64), np.empty(blocks, np.uint64),
    )  # fmt: skip
    counts = (np.zeros(most, np.int64), np.full(most, -1, np.int64), np.empty(most, np.int64))
    paragraph = (
        np.zeros(most, np.int64), np.zeros(most, np.int64), np.empty(rules.longest, np.int32),
        np.empty(rules.longest, np.int32), order, counts,
    )  # fmt: skip
    side = (
        np.empty(longest, np.int32), np.empty((longest // rules.gram + 2, 3), np.int64),
        np.empty(longest, np.int32), np.empty(longest, np.int32), np.empty(longest, np.int32),
        np.empty(longest, np.int32), np.empty(longest, np.int32), paragraph,
    )  # fmt: skip
    paragraphs = (np.empty((2, most + 1), np.int64), np.empty((2, most), np.int64), np.empty((2, most), np.bool_))
    return words, paragraphs, side


@njit(nogil=True, cache=True)
def _grown(rows, size):
    """Return the rows with room for more."""
    more = np.empty((size,) + rows.shape[1:], rows.dtype)  # noqa: RUF005 (numba unpacks no tuple)
    more[: len(rows)] = rows
    return more
