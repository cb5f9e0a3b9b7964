"""Where sentences begin, in any script, from what stands between two words."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from ..rows import bounds_of
from ..words import CAPITAL, Tokens, code_points, small_letters

SHORTEST = 5  # words; shorter ones (an initial, a number, a heading) resemble too much and join what follows
LONGEST = 80  # words; longer ones are a list, or a text without capitals, and are cut

STOP, FULL, LINE, SPACE, EMPTY_LINE = (np.uint8(1 << bit) for bit in range(5))  # what stands between two words
_CHARACTERS = (
    (STOP, ".!?…؟۔।॥։።။។‼⁇⁈⁉"),  # end a sentence where white space follows
    (FULL, "。！？｡．"),  # of scripts without spaces: end it at once
    (LINE, "\n\r\u2028\u2029"),
    (SPACE, "\t\n\r \u00a0\u2003\u2028\u2029\u202f\u3000"),
)


def divide(points: NDArray[np.uint32], tokens: Tokens, large: bool) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return where sentences and where units begin in a text, as word numbers, then the number of words.

    `tokens` are the words of that text alone. A sentence ends at a stop before white space or at the end of a line,
    unless the next word begins with a small letter or the last was one capital; at a full stop of a script without
    spaces; and at an empty line. One of fewer than SHORTEST words joins the next, one of more than LONGEST is cut. A
    unit ends at every stop and line.

    >>> from dedupe.words import code_points, tokenize
    >>> text = "He left at once, he said. She did not, said J. Smith at 3.15 today! Why?"
    >>> [part.tolist() for part in divide(code_points(text), tokenize([text]), large=False)]
    [[0, 6, 17], [0, 6, 11, 14, 16, 17]]
    """
    count = len(tokens.start)
    if not count:
        return np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int64)
    between = gaps(points, tokens, large)
    small = small_letters()[points[tokens.start[1:]]]
    initial = (tokens.end[:-1] - tokens.start[:-1] == 1) & (tokens.flags[:-1] & CAPITAL != 0)
    stops = (between & (STOP | SPACE) == STOP | SPACE) & ~initial
    ends = (stops | (between & LINE != 0)) & ~small | (between & (FULL | EMPTY_LINE) != 0)
    units = np.concatenate(([0], np.flatnonzero(between & (STOP | FULL | LINE)) + 1, [count]))
    starts = np.concatenate(([0], np.flatnonzero(ends) + 1, [count]))
    for finer in (units, np.arange(0, count, LONGEST // 2)):  # text without capitals, or without stops
        starts = _cut_long(starts, finer)
    return _join_short(starts[1:-1], count), units.astype(np.int64)


def gaps(points: NDArray[np.uint32], tokens: Tokens, large: bool) -> NDArray[np.uint8]:
    """Return what stands between each word and the next: bits of STOP, FULL, LINE, SPACE, and EMPTY_LINE for two."""
    marks = _marks()
    if large:
        from . import kernel

        return kernel.gaps(points, marks, tokens.start, tokens.end)
    kinds, between = marks[points], np.zeros(max(len(tokens.start) - 1, 0), dtype=np.uint8)
    for mark in (STOP, FULL, LINE, SPACE):
        total = bounds_of(kinds & mark != 0)
        count = total[tokens.start[1:]] - total[tokens.end[:-1]]
        between |= np.where(count > 0, mark, np.uint8(0))
        if mark == LINE:
            between |= np.where(count > 1, EMPTY_LINE, np.uint8(0))
    return between


@cache
def _marks() -> NDArray[np.uint8]:
    """Return what each code point is of _CHARACTERS, uint8 of shape (0x110000,)."""
    marks = np.zeros(0x110000, dtype=np.uint8)
    for mark, characters in _CHARACTERS:
        marks[code_points(characters)] |= mark
    return marks


def _cut_long(starts: NDArray[np.int64], finer: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the starts with those of the finer ones that lie in sentences of more than LONGEST words."""
    length = np.diff(starts)
    if not len(length) or length.max() <= LONGEST:
        return starts
    owner = np.clip(np.searchsorted(starts, finer, side="right") - 1, 0, len(length) - 1)
    return np.union1d(starts, finer[length[owner] > LONGEST])


def _join_short(starts: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """Return the starts and the count without those that leave fewer than SHORTEST words before the next."""
    kept = [0]
    for start in starts.tolist():
        if start - kept[-1] >= SHORTEST:
            kept.append(start)
    if len(kept) > 1 and count - kept[-1] < SHORTEST:
        kept.pop()
    return np.array([*kept, count], dtype=np.int64)
