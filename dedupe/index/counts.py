"""In how many articles each word stands: sorted arrays of changes on disk, one sorted array in memory.

Each settling appends a level of changes; levels merge into larger ones, as runs of postings do, so that a word is
written a few times and not again with every two thousand articles. Counts are whole numbers: in any order of adding the
same articles, and in any process, they are the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .. import tfidf
from ..compiling import compiled, kernel_of
from ..rows import lengths, runs
from . import arrays
from .arrays import Connection

Counts = tuple[NDArray[np.uint32], NDArray[np.int32]]

ARRAYS = 2  # of a level: its words, ascending, and the change of each one's count
NONE: Counts = (np.zeros(0, dtype=np.uint32), np.zeros(0, dtype=np.int32))


@dataclass(frozen=True, slots=True)
class Level:
    """Where a level is: its words are in array `array`, their changes in the next."""

    array: int
    terms: int


class Added(NamedTuple):
    """What texts add to the counts: in how many of them each word stands, and how many of them have words."""

    words: Counts
    texts: int


def total(levels: Sequence[Counts]) -> Counts:
    """Return the sums of levels, without words whose sum is 0.

    >>> a = np.array([3, 7], dtype=np.uint32), np.array([1, 2], dtype=np.int32)
    >>> b = np.array([3, 9], dtype=np.uint32), np.array([-1, 1], dtype=np.int32)
    >>> [column.tolist() for column in total([a, b])]
    [[7, 9], [2, 1]]
    """
    if not levels:
        return NONE
    terms = np.concatenate([terms for terms, _ in levels])
    order = np.argsort(terms, kind="stable")
    terms = terms[order]
    changes = np.concatenate([changes for _, changes in levels])[order]
    start = runs(terms)[:-1]
    sums = np.add.reduceat(changes, start, dtype=np.int32) if len(start) else changes
    kept = sums != 0
    return terms[start][kept], sums[kept]


def added(words: Sequence[NDArray[np.uint32]]) -> Added:
    """Return what texts add to the counts, given the words of each, which it names once."""
    return Added(tallied(words, 1), sum(map(bool, map(len, words))))


def tallied(words: Sequence[NDArray[np.uint32]], sign: int) -> Counts:
    """Return in how many texts each word stands, times `sign`, given the words of each, which it names once."""
    terms = np.sort(np.concatenate([NONE[0], *words]))
    bounds = runs(terms)
    return terms[bounds[:-1]], (sign * lengths(bounds)).astype(np.int32)


def write(db: Connection, array: int, counts: Counts) -> Level:
    """Write a level and return it."""
    for place, column in enumerate(counts):
        arrays.write_bytes(db, array + place, column.astype(f"<{column.dtype.kind}4").tobytes())
    return Level(array, len(counts[0]))


def read(db: Connection, level: Level) -> Counts:
    """Return a level."""
    terms, changes = (arrays.read_bytes(db, level.array + place, 4 * level.terms) for place in range(ARRAYS))
    return terms.view("<u4"), changes.view("<i4")


class Table:
    """Counts in which words are looked up: with the kernels by a table of their upper bits, made when first needed."""

    def __init__(self, counts: Counts) -> None:
        self.counts = counts
        self._places: Any = None

    def look_up(self, terms: NDArray[np.uint32]) -> NDArray[np.int64]:
        """Return the count of each word, int64; 0 of one that is not there."""
        if not compiled(len(terms), tfidf.__name__):
            return look_up(self.counts, terms)
        kernel = kernel_of(tfidf.__name__)
        known, count = self.counts
        if self._places is None:
            self._places = kernel.places(known)
        found = np.empty(len(terms), dtype=np.int64)
        kernel.look_up(terms, self._places, count, 0, found)
        return found


def look_up(counts: Counts, terms: NDArray[np.uint32]) -> NDArray[np.int64]:
    """Return the count of each word, int64; 0 of one that is not there."""
    known, count = counts
    if not len(known):
        return np.zeros(len(terms), dtype=np.int64)
    place = np.minimum(known.searchsorted(terms), len(known) - 1)
    return np.where(known[place] == terms, count[place], 0).astype(np.int64)


def halved(counts: Counts) -> Counts:
    """Return half of each count, rounded down, without those that come to nothing.

    >>> words, half = halved((np.array([3, 7, 9], dtype=np.uint32), np.array([1, 4, 5], dtype=np.int32)))
    >>> words.tolist(), half.tolist()
    ([7, 9], [2, 2])
    """
    half = np.maximum(counts[1], 0) // 2
    kept = half > 0
    return counts[0][kept], half[kept].astype(np.int32)
