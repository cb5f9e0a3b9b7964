"""The true overlap of pairs: shingles counted, not estimated."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from .. import shingle
from ..words import compiled, ranges, threaded
from .buckets import HALF, order_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from .keys import Words

_PAIRS = 1 << 11  # pairs that are looked up at a time
_WORDS = 1 << 23  # of the texts that are shingled at a time: their shingles are 32 MB
_ROWS = 1 << 10  # that a thread shingles at a time
_PIECES = 4  # into which each thread's pairs are cut, so that none waits long for the other


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
    a: NDArray[np.int64], b: NDArray[np.int64], words: Sequence[Words], size: int, jobs: int, large: bool
) -> Overlap:
    """Return the overlap of the pairs of rows (a[i], b[i]), whose words these are.

    Texts are shingled again for a block of pairs at a time: to keep the shingles of a million would take 2 GB. Pairs
    that hang together stand in one block, so that few texts are shingled twice.
    """
    length = np.concatenate([np.diff(part.first) for part in words])
    turned = a > b
    a, b = np.minimum(a, b), np.maximum(a, b)
    order, cuts = _blocks(a, b, length, large)
    found = Overlap(*(np.empty(len(a), dtype=np.int64) for _ in range(3)))
    for low, high in pairwise(cuts):
        pair = order[low:high]
        here = np.zeros(len(length), dtype=bool)
        here[a[pair]] = here[b[pair]] = True
        row = np.flatnonzero(here)
        place = np.cumsum(here) - 1
        left, right = place[a[pair]], place[b[pair]]
        start, stop, hashes = _shingled(words, row, length[row], size, jobs, large)
        found.size_a[pair], found.size_b[pair] = (stop - start)[left], (stop - start)[right]
        found.shared[pair] = shared_shingles(start, stop, hashes, left, right, large, jobs)
    if turned.any():
        size_a = np.where(turned, found.size_b, found.size_a)
        return Overlap(found.shared, size_a, np.where(turned, found.size_a, found.size_b))
    return found


def _shingled(
    words: Sequence[Words], row: NDArray[np.int64], length: NDArray[np.int64], size: int, jobs: int, large: bool
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.uint32]]:
    """Return (start, stop, hash): the distinct shingles of row[i] are hash[start[i] : stop[i]], ascending.

    `length`: how many words each of the rows has. Rows ascend.
    """
    if not large:
        ((first, hashes),) = words
        first, hashes = shingle.distinct(*shingle.windows(*_chosen(first, hashes, row), size))
        return first[:-1], first[1:], hashes
    from . import kernel

    bounds, stop = np.concatenate(([0], np.cumsum(length))), np.empty(len(row), dtype=np.int64)
    start, hashes = bounds[:-1], np.empty(bounds[-1], dtype=np.uint32)
    before = np.cumsum([0, *(len(part.first) - 1 for part in words)])
    cuts = np.searchsorted(row, before).tolist()

    def shingled(piece: tuple[int, int, int]) -> None:
        part, low, high = piece
        own = (row[low:high] - before[part], size, shingle.weights(size), start[low:high], stop[low:high], hashes)
        kernel.shingled(*words[part], *own)

    pieces = (
        (part, low, min(low + _ROWS, last))
        for part, (first, last) in enumerate(pairwise(cuts))
        for low in range(first, last, _ROWS)
    )
    threaded(shingled, pieces, jobs)
    return start, stop, hashes


def _chosen(
    first: NDArray[np.int64], words: NDArray[np.uint32], row: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    """Return (first, hash) of the words of some of the texts."""
    count = first[row + 1] - first[row]
    _, place = ranges(first[row], count)
    return np.concatenate(([0], np.cumsum(count))), words[place]


def _blocks(
    a: NDArray[np.int64], b: NDArray[np.int64], length: NDArray[np.int64], large: bool
) -> tuple[NDArray[np.int64], list[int]]:
    """Return (order, cuts): pairs order[cuts[i] : cuts[i + 1]] are a block, those of a connected component together.

    What was read together stands together in a large component, too: it mostly has to do with each other.
    """
    if not large or not len(a):
        return np.arange(len(a)), [0, len(a)]
    from . import kernel

    bits = len(length).bit_length()
    root = kernel.roots(a, b, len(length))[a]
    order = order_of((root << bits | a).astype(np.uint64), 2 * bits, large)
    return order, kernel.cuts(a[order], b[order], length, _WORDS).tolist()


def shared_shingles(
    start: NDArray[np.int64],
    stop: NDArray[np.int64],
    hashes: NDArray[np.uint32],
    a: NDArray[np.int64],
    b: NDArray[np.int64],
    large: bool | None = None,
    jobs: int = 1,
) -> NDArray[np.int64]:
    """Return for each pair (a[i], b[i]) how many shingles both texts have; those of text i, hashes[start[i] : stop[i]],
    are distinct and ascend.

    >>> first, hashes = np.array([0, 2, 5]), np.array([1, 7, 1, 6, 7], dtype=np.uint32)
    >>> shared_shingles(first[:-1], first[1:], hashes, np.array([0]), np.array([1])).tolist()
    [2]
    """
    size = stop - start
    if compiled(int(np.minimum(size[a], size[b]).sum()), __package__) if large is None else large:
        from . import kernel

        pieces = min(_PIECES * jobs if jobs > 1 else 1, len(a))
        cuts = np.linspace(0, len(a), pieces + 1).astype(np.int64).tolist()
        counted = threaded(
            lambda part: kernel.shared_shingles(start, stop, hashes, a[slice(*part)], b[slice(*part)]),
            pairwise(cuts),
            jobs,
        )
        return np.concatenate([np.zeros(0, dtype=np.int64), *counted])
    row, place = ranges(start, size)
    packed = row.astype(np.uint64) << HALF | hashes[place]  # ascends
    shared = np.zeros(len(a), dtype=np.int64)
    short, long = np.where(size[a] <= size[b], a, b), np.where(size[a] <= size[b], b, a)
    for low in range(0, len(a), _PAIRS):
        part = slice(low, low + _PAIRS)
        pair, place = ranges(start[short[part]], size[short[part]])
        wanted = long[part][pair].astype(np.uint64) << HALF | hashes[place]
        at = np.minimum(np.searchsorted(packed, wanted), max(len(packed) - 1, 0))
        shared[part] = np.bincount(pair[packed[at] == wanted], minlength=len(short[part]))
    return shared
