"""Where sentences begin, in any script, from what stands between two words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..words import ALL_CAPITALS, CAPITAL, NUMERIC, SINGLE, code_points

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..words import Tokens

STOPS = ".!?…؟۔।॥։።။។‼⁇⁈⁉"  # end a sentence where a space follows
FULL_STOPS = "。！？｡．"  # of scripts without spaces: they end it at once
SHORTEST = 3  # words; a shorter one (an initial, a number, "He said") says nothing alone and joins the next


def first_words(text: str, tokens: Tokens) -> NDArray[np.int64]:
    """Return where each sentence of one text begins, as word numbers, then the number of words.

    `tokens` are the words of `text` alone. A sentence ends at a stop that white space follows, unless the next word
    begins with a small letter or the last was one letter; at a full stop of a script without spaces; at an empty line.

    >>> from dedupe.words import tokenize
    >>> text = "He left at once. She did not, said J. Smith at 3.15 today! Why, then?"
    >>> first_words(text, tokenize([text])).tolist()
    [0, 4, 16]
    """
    count = len(tokens.start)
    if not count:
        return np.zeros(1, dtype=np.int64)
    points = code_points(text)
    space = np.isin(points, np.array([9, 10, 13, 32, 0xA0, 0x3000], dtype=np.uint32))
    stop = np.isin(points, code_points(STOPS))
    full = np.isin(points, code_points(FULL_STOPS))
    line = points == 10
    before, after = tokens.end[:-1], tokens.start[1:]  # the gap between each word and the next

    def within(mark: NDArray[np.bool_]) -> NDArray[np.int64]:
        total = np.concatenate(([0], np.cumsum(mark)))
        gaps: NDArray[np.int64] = total[after] - total[before]
        return gaps

    upper = tokens.flags[1:] & (CAPITAL | ALL_CAPITALS | NUMERIC | SINGLE) != 0
    caseless = tokens.flags[1:] & CAPITAL == 0
    small = caseless & ~upper & _lower(points[tokens.start[1:]])
    initial = (tokens.end[:-1] - tokens.start[:-1] == 1) & (tokens.flags[:-1] & CAPITAL != 0)
    ends = (within(stop) > 0) & (within(space) > 0) & ~small & ~initial
    ends |= (within(full) > 0) | (within(line) > 1)
    return _join_short(np.flatnonzero(ends) + 1, count)


def _lower(points: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Return which characters are small letters of the Latin, Greek, Cyrillic or Armenian script."""
    return np.array([chr(point).islower() for point in points.tolist()], dtype=np.bool_)


def _join_short(starts: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    kept = [0]
    for start in [*starts.tolist(), count]:
        if start - kept[-1] >= SHORTEST:
            kept.append(start)
        elif start == count:
            if len(kept) > 1:
                kept[-1] = count
            else:
                kept.append(count)
    return np.array(kept, dtype=np.int64)
