"""The true overlap of pairs: shingles counted, not estimated."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .buckets import HALF, ranges

if TYPE_CHECKING:
    from numpy.typing import NDArray

_ENTRIES = 1 << 21  # shingles that are sorted at a time


def shared_shingles(
    first: NDArray[np.int64], hashes: NDArray[np.uint32], a: NDArray[np.int64], b: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return for each pair (a[i], b[i]) how many shingles both texts have, given the distinct shingles of each.

    >>> first, hashes = np.array([0, 2, 5]), np.array([1, 7, 1, 6, 7], dtype=np.uint32)
    >>> shared_shingles(first, hashes, np.array([0]), np.array([1])).tolist()
    [2]
    """
    size = np.diff(first)
    entries = np.cumsum(size[a] + size[b])
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
