"""Stories and copy groups: articles that belong together, given how similar pairs of them are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

THRESHOLD = 0.5  # the similarity is calibrated: above it, one story is likelier than two


def copy_groups(n: int, a: NDArray[np.int32], b: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return the group of each of n articles, int32, given pairs of copies: the lowest row of its group.

    >>> copy_groups(5, np.array([3, 1]), np.array([4, 3])).tolist()
    [0, 1, 2, 1, 1]
    """
    label = np.arange(n, dtype=np.int32)
    while True:
        low = np.minimum(label[a], label[b])
        fresh = label.copy()
        np.minimum.at(fresh, label[a], low)
        np.minimum.at(fresh, label[b], low)
        while not np.array_equal(fresh, fresh[fresh]):
            fresh = fresh[fresh]
        if np.array_equal(fresh, label):
            return label
        label = fresh


def stories(
    n: int,
    a: NDArray[np.int32],
    b: NDArray[np.int32],
    similarity: NDArray[np.float32],
    *,
    threshold: float = THRESHOLD,
    copies: NDArray[np.int32] | None = None,
    measure: Callable[[NDArray[np.int32], NDArray[np.int32]], NDArray[np.float32]] | None = None,
) -> NDArray[np.int32]:
    """Return the story of each of n articles, int32: the lowest row of its story. Average linkage, greedy.

    `copies`: the copy group of each article (`copy_groups`), whose members stay together.
    `measure`: gives the similarity of pairs that are not among (a, b); they count as 0 without it.

    >>> pairs = np.array([0, 1]), np.array([1, 2])
    >>> stories(4, *pairs, np.array([0.9, 0.6], dtype=np.float32)).tolist()
    [0, 0, 2, 3]
    """
    label = np.arange(n, dtype=np.int32) if copies is None else copies.astype(np.int32)
    order = np.lexsort((b, a, -similarity))
    sums: dict[int, dict[int, float]] = {}
    size = np.bincount(label, minlength=n)
    for x, y, s in zip(label[a[order]].tolist(), label[b[order]].tolist(), similarity[order].tolist(), strict=True):
        if x != y:
            sums.setdefault(x, {}).setdefault(y, s)
            sums.setdefault(y, {}).setdefault(x, s)
    return _merge(label, sums, threshold)


def _merge(label: NDArray[np.int32], sums: dict[int, dict[int, float]], threshold: float) -> NDArray[np.int32]:
    import heapq

    size = dict.fromkeys(sums, 1)
    heap = [(-s, x, y, 1) for x, row in sums.items() for y, s in row.items() if x < y and s >= threshold]
    heapq.heapify(heap)
    into: dict[int, int] = {}
    while heap:
        s, x, y, _ = heapq.heappop(heap)
        if x in into or y in into or -s != sums[x].get(y, 0.0) / (size[x] * size[y]):
            continue
        into[y] = x
        size[x] += size[y]
        for z, t in sums.pop(y).items():
            del sums[z][y]
            if z != x:
                sums[x][z] = sums[z][x] = sums[x].get(z, 0.0) + t
        for z, t in sums[x].items():
            mean = t / (size[x] * size[z])
            if mean >= threshold:
                heapq.heappush(heap, (-mean, min(x, z), max(x, z), 0))
    return np.array([_root(into, x) for x in label.tolist()], dtype=np.int32)


def _root(into: dict[int, int], x: int) -> int:
    while x in into:
        x = into[x]
    return x
