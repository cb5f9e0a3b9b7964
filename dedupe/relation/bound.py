"""Which pairs may be copies, excerpts or one form filled in twice: an upper bound from their shared shingles."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .decide import BORDER, FORM, MOST, PIECE, PIECE_PART
from .features import GRAMS, LONGEST_TEXT, RUN, STRETCH
from .score import copying_at_most


def may_be_copies(
    shared: NDArray[Any], distinct: NDArray[Any], words: NDArray[Any], size: int, late: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Return which pairs may be copies, whole or in part, or one form filled in twice, bool of shape (pairs,).

    `shared`: how many distinct shingles of `size` words both texts have. `distinct`, `words`: of shape (2, pairs), how
    many distinct shingles and how many words each text has. `late`: which pairs are of different weeks. It is a bound,
    since all words of a shared run stand in shared shingles, at most RUN in each, and since a shingle can stand in a
    text again at most once for each of its shingles that is not distinct.

    >>> shared, one = np.array([40, 60]), (np.full((2, 2), 496), np.full((2, 2), 500))
    >>> may_be_copies(shared, *one, size=5, late=np.array([True, True])).tolist()
    [False, True]
    >>> may_be_copies(shared, *one, size=5, late=np.array([False, False])).tolist()
    [True, True]
    """
    if size > RUN:  # a shared run may be shorter than a shingle
        return np.ones(len(shared), dtype=np.bool_)
    again = np.maximum(np.maximum(words - size + 1, 1) - distinct, 0)
    places = shared + again  # where a shared shingle starts, in either text
    compared = np.minimum(words, LONGEST_TEXT)
    verbatim = np.minimum(RUN * places / np.maximum(compared, 1), 1).max(axis=0)
    grams = np.minimum(places / np.maximum(compared - GRAMS + 1 - again, 1), 1).max(axis=0)
    run = places.min(axis=0) + size - 1
    possible: NDArray[np.bool_] = verbatim >= min(FORM, MOST)
    starts = PIECE * (STRETCH - RUN + 1) / STRETCH  # of shingles in a piece, if its runs are as short as may be
    possible |= ~late & (places.min(axis=0) >= starts) & (verbatim >= PIECE_PART)
    return possible | (copying_at_most(verbatim, run, grams) >= BORDER)
