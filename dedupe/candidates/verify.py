"""The true overlap of pairs: shingles counted, not estimated."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from .. import shingle
from ..words import compiled, ranges, threaded
from .buckets import HALF

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

_PAIRS = 1 << 11  # pairs that are looked up at a time
_WORDS = 1 << 22  # of the texts that are shingled at a time, for each thread: some 80 MB


class Overlap(NamedTuple):
    """Of pairs, each int64 of shape (pairs,): the distinct shingles both texts have, and those of either."""

    shared: NDArray[np.int64]
    size_a: NDArray[np.int64]
    size_b: NDArray[np.int64]

    def shares(self) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
        """Return Jaccard and the containments of a and of b, float32; texts without shingles share nothing."""
        either = self.size_a + self.size_b - self.shared
        jaccard, of_a, of_b = (
            (self.shared / np.maximum(whole, 1)).astype(np.float32) for whole in (either, self.size_a, self.size_b)
        )
        return jaccard, of_a, of_b


def overlap(
    a: NDArray[np.int64],
    b: NDArray[np.int64],
    length: NDArray[np.int64],
    words: Callable[[NDArray[np.int64]], tuple[NDArray[np.int64], NDArray[np.uint32]]],
    size: int,
    jobs: int,
    large: bool,
) -> Overlap:
    """Return the overlap of the pairs (a[i], b[i]).

    `words` returns (first, hash) of the words of the rows it is given, `length` is about how many each row has. Texts
    are shingled again for a block of pairs at a time: to keep the shingles of a million would take 2 GB. Pairs that
    hang together stand in one block, so that few texts are shingled twice.
    """
    order, cuts = _blocks(a, b, length, large)
    found = Overlap(*(np.empty(len(a), dtype=np.int64) for _ in range(3)))

    def block(rows: tuple[int, int]) -> None:
        pair = order[slice(*rows)]
        here = np.zeros(len(length), dtype=bool)
        here[a[pair]] = here[b[pair]] = True
        row = np.flatnonzero(here)
        first, hashes = shingle.distinct(*shingle.windows(*words(row), size, large), large=large)
        left, right = np.searchsorted(row, a[pair]), np.searchsorted(row, b[pair])
        found.shared[pair] = shared_shingles(first, hashes, left, right, large)
        found.size_a[pair], found.size_b[pair] = np.diff(first)[left], np.diff(first)[right]

    threaded(block, pairwise(cuts), jobs)
    return found


def _blocks(
    a: NDArray[np.int64], b: NDArray[np.int64], length: NDArray[np.int64], large: bool
) -> tuple[NDArray[np.int64], list[int]]:
    """Return (order, cuts): pairs order[cuts[i] : cuts[i + 1]] are a block, those of a connected component together."""
    if not large or not len(a):
        return np.arange(len(a)), [0, len(a)]
    from . import kernel

    order = np.argsort(kernel.roots(a, b, len(length))[a], kind="stable")
    return order, kernel.cuts(a[order], b[order], length, _WORDS).tolist()


def shared_shingles(
    first: NDArray[np.int64],
    hashes: NDArray[np.uint32],
    a: NDArray[np.int64],
    b: NDArray[np.int64],
    large: bool | None = None,
) -> NDArray[np.int64]:
    """Return for each pair (a[i], b[i]) how many shingles both texts have, given the distinct shingles of each.

    >>> first, hashes = np.array([0, 2, 5]), np.array([1, 7, 1, 6, 7], dtype=np.uint32)
    >>> shared_shingles(first, hashes, np.array([0]), np.array([1])).tolist()
    [2]
    """
    size = np.diff(first)
    if compiled(int(np.minimum(size[a], size[b]).sum()), __package__) if large is None else large:
        from . import kernel

        merged: NDArray[np.int64] = kernel.shared_shingles(first, hashes, a, b)
        return merged
    row, _ = ranges(first[:-1], size)
    packed = row.astype(np.uint64) << HALF | hashes  # ascends
    shared = np.zeros(len(a), dtype=np.int64)
    short, long = np.where(size[a] <= size[b], a, b), np.where(size[a] <= size[b], b, a)
    for low in range(0, len(a), _PAIRS):
        part = slice(low, low + _PAIRS)
        pair, place = ranges(first[short[part]], size[short[part]])
        wanted = long[part][pair].astype(np.uint64) << HALF | hashes[place]
        at = np.minimum(np.searchsorted(packed, wanted), max(len(packed) - 1, 0))
        shared[part] = np.bincount(pair[packed[at] == wanted], minlength=len(short[part]))
    return shared
