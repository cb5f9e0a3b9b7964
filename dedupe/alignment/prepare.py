"""A text made ready for alignment: its words, the terms these count as in two texts, sentences and units."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ..rows import bounds_of
from ..words import NOTHING, SINGLE, SPREAD, Tokens, character_table, code_points, mix, tokenize
from .sentences import divide

STEM = 5  # letters a word is known by, so that "denied" meets "denies"; 4 and 6 gave less on PAN-13


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """One text as columns over its words.

    `word`: uint32, equal for equal words. `stem`: uint32, equal for words that begin alike.
    `start`, `end`: int32, character offsets. `sentence`, `unit`: int64, where each begins, then the number of words.
    """

    word: NDArray[np.uint32]
    stem: NDArray[np.uint32]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    sentence: NDArray[np.int64]
    unit: NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """What the words of both texts count as: numbers below len(count), the same for words with the same stem.

    `a`, `b`: int64, one for each word. `count`: int64, how often each term occurs in both texts together.
    `left`: int64 of the same shape, all zeros: room the kernels work in and leave as it was.
    """

    a: NDArray[np.int64]
    b: NDArray[np.int64]
    count: NDArray[np.int64]
    left: NDArray[np.int64]


@lru_cache(maxsize=4)  # an article is often held against many: it is the same each time
def prepare(text: str, large: bool) -> Side:
    """Return the columns of a text; `large` chooses how they are computed, not what they are."""
    if large:
        from ..words import chunks

        size = len(text.encode("utf-8", "surrogatepass"))
        tokens = chunks.token_chunk([text], chunks.room(size, size, 1))
    else:
        tokens = tokenize([text])
    points = code_points(text)
    sentence, unit = divide(points, tokens, large)
    return Side(tokens.hash, stems(points, tokens, large), tokens.start, tokens.end, sentence, unit)


def stems(points: NDArray[np.uint32], tokens: Tokens, large: bool) -> NDArray[np.uint32]:
    """Return a hash of each word's first STEM letters; in scripts without spaces, of a character and the next.

    >>> from dedupe.words import code_points, tokenize
    >>> first, second = stems(code_points("Denied, denies"), tokenize(["Denied, denies"]), large=False)
    >>> bool(first == second)
    True
    """
    sums = letters(points, tokens, large)
    single = tokens.flags & SINGLE != 0
    if single.any():
        first = np.flatnonzero(single[:-1] & single[1:] & (tokens.end[:-1] == tokens.start[1:]))
        sums[first] = mix(sums[first]) + sums[first + 1]  # the right side is read before any is written
    return (mix(sums) >> np.uint64(32)).astype(np.uint32)


def letters(points: NDArray[np.uint32], tokens: Tokens, large: bool) -> NDArray[np.uint64]:
    """Return a number for the first STEM letters of each word, folded: the same for the same letters."""
    _, folded = character_table()
    first, last = tokens.start, tokens.end
    if (gone := folded[points] == NOTHING).any():
        moved = bounds_of(~gone).astype(np.int32)
        points, first, last = points[~gone], moved[first], moved[last]
    if large:
        from . import kernel

        return kernel.letters(points, folded, first, last, STEM)
    start, end = first.astype(np.int64), last.astype(np.int64)
    sums = np.zeros(len(start), dtype=np.uint64)
    for place in range(STEM):
        letter = folded[points[np.minimum(start + place, len(points) - 1)]].astype(np.uint64)
        sums = sums * SPREAD + np.where(start + place < end, letter, np.uint64(0))
    return sums


def number_terms(a: Side, b: Side, large: bool) -> Terms:
    """Return the stems of both texts as numbers. Which number a stem gets changes no result."""
    if large:
        from . import kernel

        in_a, in_b, size = kernel.number_terms(a.stem, b.stem)
    else:
        _, number = np.unique(np.concatenate((a.stem, b.stem)), return_inverse=True)
        in_a, in_b, size = number[: len(a.stem)], number[len(a.stem) :], int(number.max()) + 1
    count = np.bincount(in_a, minlength=size) + np.bincount(in_b, minlength=size)
    return Terms(in_a, in_b, count, np.zeros(size, dtype=np.int64))
