"""Both articles of each pair compared with the other, chunk by chunk on several threads."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...compiling.load import kernel, step
from ...jobs import threaded
from ...words.kernel import table_size
from ..columns import ROW, Columns
from ..rules import RULES
from .numbers import list_paragraphs, number, shared_ahead
from .order import may_follow
from .paragraphs import add_norms, compare_paragraph
from .runs import find_runs, mark_stretches

# That a thread takes at a time: for what is Python's in between it waits until another thread lets go of the lock, and
# so took twice as long beside a busy one with 1,024.
_PAIRS = 4096
_ROWS = 16384  # that are written at a time, and room for those of one pair
_COLUMNS = ("article", "other", "paragraph", "other_paragraph", "words", "kind")  # of what the kernel writes


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
        longest, most = _largest(columns, np.concatenate((a[part], b[part])))
        room = _ROWS + 2 * (longest + longest + most)
        space, found, similarity = _space(longest, most), np.empty((room, 6), np.int64), np.empty(room)
        parts, done = [], 0
        while done < len(a[part]):
            n, done = _compare_chunk(
                *fixed, a[part], b[part], covered, quoted, shared[part], *space, found, similarity, done
            )
            rows = np.empty(n, dtype=ROW)
            for column, name in enumerate(_COLUMNS):
                rows[name] = found[:n, column]
            rows["similarity"] = similarity[:n]
            parts.append(rows)
        return np.concatenate(parts)

    parts = threaded(chunk, range(0, len(a), _PAIRS), jobs)
    return np.concatenate([np.empty(0, dtype=ROW), *parts]), covered, quoted, shared


def _largest(columns: Columns, articles: NDArray[np.int32]) -> tuple[int, int]:
    """Return the words of the longest of some articles, and the paragraphs of the one that has most."""
    low, high = columns.first[articles], columns.first[articles + 1]
    filled = low < high
    paragraphs = columns.owner[high[filled] - 1] - columns.owner[low[filled]] + 1
    return max(16, int((high - low).max())), int(paragraphs.max(initial=16))


def _space(longest: int, most: int) -> tuple[tuple[Any, ...], ...]:
    """Return room for what is known of two articles' words, and for what is found from either side."""
    slots, blocks = table_size.py_func(longest), RULES.longest // 64 + 1
    words = (np.empty(slots, np.uint32), np.empty(slots, np.int32), *np.empty((5, longest), np.int32))
    order = (
        np.full(longest, -1, np.int32), np.empty(RULES.longest, np.int32),
        np.empty((RULES.longest, blocks), np.uint64), np.empty(blocks, np.uint64),
    )  # fmt: skip
    counts = (np.zeros(most, np.int64), np.full(most, -1, np.int64), np.empty(most, np.int64))
    paragraph = (*np.zeros((2, most), np.int64), *np.empty((2, RULES.longest), np.int32), order, counts)
    runs = np.empty((longest // RULES.gram + 2, 3), np.int64)
    following, *places = np.empty((6, longest), np.int32)
    paragraphs = (np.empty((2, most + 1), np.int64), np.empty((2, most), np.int64), np.empty((2, most), np.bool_))
    return words, paragraphs, (following, runs, *places, paragraph)


@kernel
def _compare_chunk(
    rules, first, word, spoken, owner, weight, a, b, covered, quoted, shared_words, words, paragraphs, side, rows,
    similarity, i,
):  # fmt: skip
    """Write the rows of the pairs from i on while there is room; return (rows, where it went on to)."""
    key, slot, number_x, number_y, ahead_x, ahead_y, times = words
    bounds, _, may = paragraphs
    room = side[-1][2:5]
    n = 0
    while i < len(a):
        x, y = slice(first[a[i]], first[a[i] + 1]), slice(first[b[i]], first[b[i] + 1])
        own, theirs = number_x[: x.stop - x.start], number_y[: y.stop - y.start]
        if n + 2 * (len(own) + len(theirs) + may.shape[1]) > len(rows):  # a pair has no more
            break
        if len(own) and len(theirs):
            count = number(word[x], word[y], key, slot, own, theirs)
            shared_ahead(own, theirs, count, times, ahead_x, ahead_y)
            one = (own, spoken[x], owner[x], weight[x])
            other = (theirs, spoken[y], owner[y], weight[y])
            known = (rules, count, slot, times, may_follow(rules, one, other, paragraphs, room))
            marks, before = (covered[x], quoted[x]), n
            n, reused, runs = _compare(
                known, one, other, (ahead_x, ahead_y), may[0], bounds[1], marks, side, rows, similarity, n
            )
            rows[before:n, 0], rows[before:n, 1], shared_words[i, 0] = a[i], b[i], reused
            if known[-1] or runs:
                marks, before = (covered[y], quoted[y]), n
                n, reused, runs = _compare(
                    known, other, one, (ahead_y, ahead_x), may[1], bounds[0], marks, side, rows, similarity, n
                )
                rows[before:n, 0], rows[before:n, 1], shared_words[i, 1] = b[i], a[i], reused
        i += 1
    return n, i


@step
def _compare(known, here, there, ahead, may, bounds, marks, side, rows, similarity, n):
    """Write the rows of one article's paragraphs that stand in the other; return (rows, its reused words, runs)."""
    rules, count, slot, times, follows = known
    following, runs, to, speech_to, first, filled, listed, paragraph = side
    numbers, spoken, owner, _ = here
    found = find_runs(rules, numbers, there[0], ahead[0], ahead[1], slot, following, runs)
    to[: len(numbers)] = -1
    speech_to[: len(numbers)] = -1
    if not mark_stretches(rules, spoken, runs, found, to, speech_to) and not follows:
        return n, 0, found
    if follows:
        add_norms(there[1], there[2], there[3], paragraph[5][0])
        list_paragraphs(rules.tried, there[0], there[1], there[2], count, times, first, filled, listed)
    lists = (times, first, filled, listed, bounds)
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
