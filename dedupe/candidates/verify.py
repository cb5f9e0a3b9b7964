"""The true overlap of pairs: shingles counted, not estimated."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from .. import shingle
from ..words import compiled, ranges
from .buckets import HALF

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

_ENTRIES = 1 << 21  # shingles that are sorted at a time
_PAIRS = 1 << 15  # pairs whose texts are shingled at a time: of 500 words each at most 130 MB


class Overlap(NamedTuple):
    """Of pairs, each int64 of shape (pairs,): the distinct shingles both texts have, and those of either."""

    shared: NDArray[np.int64]
    size_a: NDArray[np.int64]
    size_b: NDArray[np.int64]


def overlap(
    a: NDArray[np.int64],
    b: NDArray[np.int64],
    words: Callable[[NDArray[np.int64]], tuple[NDArray[np.int64], NDArray[np.uint32]]],
    size: int,
    jobs: int,
    large: bool,
) -> Overlap:
    """Return the overlap of the pairs (a[i], b[i]); `words` returns (first, hash) of the words of the rows it is given.

    Texts are shingled again for a block of pairs at a time: to keep the shingles of a million would take 2 GB. Pairs
    that hang together stand in one block, so that few texts are shingled twice.
    """
    order = _together(a, b, large)
    found = Overlap(*(np.empty(len(a), dtype=np.int64) for _ in range(3)))

    def block(start: int) -> None:
        pair = order[start : start + _PAIRS]
        row, place = np.unique(np.concatenate((a[pair], b[pair])), return_inverse=True)
        first, hashes = shingle.distinct(*shingle.windows(*words(row), size, large), large=large)
        left, right = place[: len(pair)], place[len(pair) :]
        found.shared[pair] = shared_shingles(first, hashes, left, right, large)
        found.size_a[pair], found.size_b[pair] = np.diff(first)[left], np.diff(first)[right]

    with ThreadPoolExecutor(jobs) as pool:
        list(pool.map(block, range(0, len(a), _PAIRS)))
    return found


def _together(a: NDArray[np.int64], b: NDArray[np.int64], large: bool) -> NDArray[np.int64]:
    """Return an order of the pairs in which those of one connected component stand together."""
    if not large or len(a) <= _PAIRS:
        return np.arange(len(a))
    from . import kernel

    return np.argsort(kernel.roots(a, b, int(b.max()) + 1)[a], kind="stable")


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
    entries = np.cumsum(size[a] + size[b])
    if compiled(int(entries[-1])) if large is None and len(a) else large:
        from . import kernel

        merged: NDArray[np.int64] = kernel.shared_shingles(first, hashes, a, b)
        return merged
    cuts = np.searchsorted(entries, np.arange(_ENTRIES, entries[-1] if len(a) else 0, _ENTRIES))
    shared = np.zeros(len(a), dtype=np.int64)
    for low, high in zip([0, *cuts.tolist()], [*cuts.tolist(), len(a)], strict=True):
        sides = []
        for side in (a[low:high], b[low:high]):
            pair, place = ranges(first[side], size[side])
            sides.append(pair.astype(np.uint64) << HALF | hashes[place])
        both = np.sort(np.concatenate(sides))
        twice = both[1:][both[1:] == both[:-1]] >> HALF
        shared[low:high] = np.bincount(twice.astype(np.int64), minlength=high - low)
    return shared
