"""The true overlap of pairs: shingles counted, not estimated."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .. import shingle
from ..compiling import compiled
from ..config import Config
from ..jobs import threaded
from ..rows import bounds_of, lengths, places_in, ranges
from ..shingle import plain
from .buckets import HALF, order_of
from .keys import Words

_PAIRS = 1 << 11  # pairs that are looked up at a time
_LEAST, _MOST = 1 << 22, 1 << 24  # words of texts that are shingled at a time: their shingles are 64 MB at most
_PIECES = 4  # for each thread


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

    def worth(self, config: Config) -> NDArray[np.bool_]:
        """Return which pairs are worth keeping: those that share a passage, or a part of the shorter text."""
        least = np.maximum(config.excerpt_containment * np.minimum(self.size_a, self.size_b), 1)
        return self.shared >= np.minimum(least, config.excerpt_shingles)


def overlap(
    a: NDArray[np.int64], b: NDArray[np.int64], words: Sequence[Words], size: int, jobs: int, large: bool
) -> Overlap:
    """Return the overlap of the pairs of rows (a[i], b[i]), whose words these are."""
    turned = a > b
    a, b = np.minimum(a, b), np.maximum(a, b)
    found = _by_blocks(a, b, words, size, jobs) if large and len(a) else _at_once(a, b, words, size)
    if turned.any():
        size_a = np.where(turned, found.size_b, found.size_a)
        return Overlap(found.shared, size_a, np.where(turned, found.size_a, found.size_b))
    return found


def _at_once(a: NDArray[np.int64], b: NDArray[np.int64], words: Sequence[Words], size: int) -> Overlap:
    first, hashes = words[0]
    row = np.unique(np.concatenate((a, b)))
    count = lengths(first)[row]
    _, place = ranges(first[row], count)
    first, hashes = plain.distinct(*plain.windows(bounds_of(count), hashes[place], size))
    left, right = np.searchsorted(row, a), np.searchsorted(row, b)
    shared = shared_shingles(first[:-1], first[1:], hashes, left, right, large=False)
    return Overlap(shared, lengths(first)[left], lengths(first)[right])


def _by_blocks(a: NDArray[np.int64], b: NDArray[np.int64], words: Sequence[Words], size: int, jobs: int) -> Overlap:
    """Return what `_at_once` does.

    Texts are shingled again for a block of pairs at a time: to keep the shingles of a million would take 2 GB. Pairs
    that hang together stand in one block, so that few texts are shingled twice; in a large component those stand
    together that were read together, which mostly have to do with each other.
    """
    from . import kernel

    length = np.concatenate([lengths(part.first) for part in words])
    address = np.concatenate([part.hash.ctypes.data + part.hash.itemsize * part.first[:-1] for part in words])
    root, bits = kernel.roots(a, b, len(length)), len(length).bit_length()
    order = order_of((root[a] << bits | a).astype(np.uint64), 2 * bits, large=True)
    paired = np.zeros(len(length), dtype=np.bool_)
    paired[a] = paired[b] = True
    largest = int(np.bincount(root[paired], weights=length[paired]).max())  # of the components
    cuts, rows, row_cuts, left, right = kernel.blocks(a[order], b[order], length, min(max(largest, _LEAST), _MOST))
    largest_block = int(np.add.reduceat(length[rows], row_cuts[:-1]).max())
    hashes = np.empty(largest_block, dtype=np.uint32)  # of one block at a time
    found = Overlap(*(np.empty(len(a), dtype=np.int64) for _ in range(3)))
    for (low, high), (first, last) in zip(pairwise(cuts.tolist()), pairwise(row_cuts.tolist()), strict=True):
        pair, row = order[low:high], rows[first:last]
        start, stop = _shingled(address[row], length[row], size, hashes, jobs)
        found.size_a[pair], found.size_b[pair] = ((stop - start)[side[low:high]] for side in (left, right))
        found.shared[pair] = shared_shingles(start, stop, hashes, left[low:high], right[low:high], True, jobs)
    return found


def _shingled(
    address: NDArray[np.int64], length: NDArray[np.int64], size: int, hashes: NDArray[np.uint32], jobs: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return (start, stop): the distinct shingles of text i are hashes[start[i] : stop[i]], ascending.

    Its words are `length[i]` uint32 that stand in memory from address[i] on.
    """
    from . import kernel

    start, stop = np.cumsum(length) - length, np.empty(len(length), dtype=np.int64)

    def work(piece: slice) -> None:
        kernel.shingled(address[piece], length[piece], size, shingle.weights(size), start[piece], stop[piece], hashes)

    threaded(work, _pieces(len(length), jobs), jobs)
    return start, stop


def _pieces(count: int, jobs: int) -> list[slice]:
    """Return slices that make up so many, a few for each thread, so that none waits long for the other."""
    many = min(_PIECES * jobs if jobs > 1 else 1, count)
    cuts = [count * piece // many for piece in range(many + 1)] if many else []
    return [slice(low, high) for low, high in pairwise(cuts)]


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

        counted = threaded(
            lambda piece: kernel.shared_shingles(start, stop, hashes, a[piece], b[piece]), _pieces(len(a), jobs), jobs
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
        shared[part] = np.bincount(pair[places_in(packed, wanted) >= 0], minlength=len(short[part]))
    return shared
