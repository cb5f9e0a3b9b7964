"""Pairs of texts out of buckets, by sorting packed (key, row) integers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

LOW = np.uint64(0xFFFFFFFF)
HALF = np.uint64(32)


def ranges(start: NDArray[np.int64], count: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return (owner, place): for each range i, count[i] times i and start[i], start[i] + 1, ...

    >>> owner, place = ranges(np.array([10, 20, 30]), np.array([2, 0, 1]))
    >>> owner.tolist(), place.tolist()
    ([0, 0, 2], [10, 11, 30])
    """
    owner = np.repeat(np.arange(len(count)), count)
    return owner, np.arange(len(owner)) + np.repeat(start - np.cumsum(count) + count, count)


def band_pairs(bands: NDArray[np.uint64], limit: int) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Return (pairs, large): the packed pairs that share a bucket of any band, and the sizes of buckets over `limit`.

    A pair is packed as a << 32 | b with rows a < b; pairs ascend, each once. Only the upper halves of the keys are
    compared: what meets by chance is found out when the pair is verified.
    """
    found, sizes = [np.zeros(0, dtype=np.uint64)], [np.zeros(0, dtype=np.int64)]
    for band in range(bands.shape[1]):
        row = np.flatnonzero(bands[:, band]).astype(np.uint64)
        pairs, large = bucket_pairs(np.sort((bands[row, band] & ~LOW) | row), limit)
        found.append(pairs)
        sizes.append(large)
    return distinct_counted(np.concatenate(found))[0], np.concatenate(sizes)


def sketch_pairs(
    first: NDArray[np.int64], sketch: NDArray[np.uint32], shared: int, limit: int
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Return (pairs, large): the packed pairs whose sketches share so many shingles, and the sizes of large buckets."""
    row = np.repeat(np.arange(len(first) - 1, dtype=np.uint64), np.diff(first))
    pairs, large = bucket_pairs(np.sort(sketch.astype(np.uint64) << HALF | row), limit)
    pairs, count = distinct_counted(pairs)
    return pairs[count >= shared], large


def bucket_pairs(packed: NDArray[np.uint64], limit: int) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Return (pairs, large) of sorted packed key << 32 | row: what equal keys put together.

    The members of a bucket meet all with all; in one of more than `limit` each meets the first and the next, so that
    the work stays linear. `large` are the sizes of those buckets.

    >>> packed = np.array([1 << 32 | 4, 2 << 32 | 0, 2 << 32 | 5, 2 << 32 | 9], dtype=np.uint64)
    >>> [(int(pair) >> 32, int(pair) & 0xFFFFFFFF) for pair in bucket_pairs(packed, limit=3)[0]]
    [(0, 5), (5, 9), (0, 9)]
    """
    key = packed >> HALF
    bounds = np.flatnonzero(np.concatenate(([True], key[1:] != key[:-1], [True])))
    size = np.diff(bounds)
    shared = size > 1
    size, start = size[shared], bounds[:-1][shared]
    end = np.repeat(start + size, size)
    _, at = ranges(start, size)
    row = packed & LOW
    small = np.repeat(size <= limit, size)
    left, stop = at[small], end[small]
    found = []
    for step in range(1, limit):
        inside = left + step < stop
        left, stop = left[inside], stop[inside]
        if not len(left):
            break
        found.append(row[left] << HALF | row[left + step])
    head = row[np.repeat(start, size)]
    large = ~small & (row[at] != head)
    found += [head[large] << HALF | row[at[large]], row[at[large] - 1] << HALF | row[at[large]]]
    return np.concatenate(found), size[size > limit]


def distinct_counted(values: NDArray[np.uint64]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Return the values ascending, each once, and how often each occurs."""
    values = np.sort(values)
    if not len(values):
        return values, np.zeros(0, dtype=np.int64)
    bounds = np.flatnonzero(np.concatenate(([True], values[1:] != values[:-1], [True])))
    return values[bounds[:-1]], np.diff(bounds)
