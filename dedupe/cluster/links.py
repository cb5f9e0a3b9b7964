"""Pairs of clusters and what is known of their similarity, as columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from ..rows import lengths, owners, runs
from .connected import connected


@dataclass(slots=True, eq=False)
class Links:
    """Pairs of clusters a < b, named by their lowest articles, sorted; and of each of n articles, its cluster's inside.

    `total`, `count`: sum and number of the similarities measured between them. `barred`: found to be two stories.
    `size`, `inner`: float64 of shape (n,), the articles of the cluster with this lowest article, and the sum of the
    similarities of all pairs of them.
    """

    a: NDArray[np.int64]
    b: NDArray[np.int64]
    total: NDArray[np.float64]
    count: NDArray[np.float64]
    barred: NDArray[np.bool_]
    size: NDArray[np.float64]
    inner: NDArray[np.float64]

    @classmethod
    def between(cls, n: int, a: NDArray[np.int32], b: NDArray[np.int32], similarity: NDArray[np.float32]) -> Self:
        """Return the links of n single articles; of several values for one pair (copies of both) the mean is taken."""
        a, b, similarity = a[a != b], b[a != b], similarity[a != b]
        low, high = np.minimum(a, b).astype(np.int64), np.maximum(a, b).astype(np.int64)
        order = _ordered(low * n + high, similarity)
        bounds = runs(low[order], high[order])
        total, count = _sums(similarity[order].astype(np.float64), bounds), lengths(bounds)
        first = order[bounds[:-1]]
        one = np.ones(len(first))
        return cls(low[first], high[first], total / count, one, one < 0, np.ones(n), np.zeros(n))

    def means(self, *, partial: bool) -> NDArray[np.float64]:
        """Return the mean similarity of each link: of the measured pairs if `partial`, else with the others as 0."""
        return self.total / (self.count if partial else self.size[self.a] * self.size[self.b])

    def within_reach(self, threshold: float, *, partial: bool) -> Links:
        """Return the links of clusters that links of at least the threshold still connect.

        A mean of means is never above the largest of them, so the other clusters can no longer meet.
        """
        strong = self.means(partial=partial) >= threshold
        piece = connected(len(self.size), self.a[strong].astype(np.int32), self.b[strong].astype(np.int32))
        kept = piece[self.a] == piece[self.b]
        pairs = self.a[kept], self.b[kept], self.total[kept], self.count[kept], self.barred[kept]
        return Links(*pairs, self.size, self.inner)

    def nearest(self, threshold: float, alone: float, *, partial: bool) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Return the links of clusters that are each other's nearest, and whether all their pairs are measured.

        `partial`: judge a link by the pairs that are measured; else those that are not count as 0. `alone`: how
        far on the way from the threshold to 1 a link of a single pair has to be.
        """
        pairs = self.size[self.a] * self.size[self.b]
        mean = self.means(partial=partial)
        near = np.flatnonzero((mean >= threshold + np.where(pairs <= 1, alone * (1 - threshold), 0.0)) & ~self.barred)
        best = np.zeros(len(self.size))
        np.maximum.at(best, self.a[near], mean[near])
        np.maximum.at(best, self.b[near], mean[near])
        near = near[(mean[near] == best[self.a[near]]) & (mean[near] == best[self.b[near]])]
        first = np.full(len(self.size), len(self.a))
        np.minimum.at(first, self.a[near], near)
        np.minimum.at(first, self.b[near], near)
        near = near[(first[self.a[near]] == near) & (first[self.b[near]] == near)]  # of equals the lowest articles
        return near, (self.count[near] >= pairs[near]) | (not partial)

    def in_one_piece(self, links: NDArray[np.int64], contrast: float, several: int) -> NDArray[np.bool_]:
        """Return of links whether their two clusters are about as similar to each other as each is within."""
        a, b = self.a[links], self.b[links]
        between = self.total[links] / (self.size[a] * self.size[b])
        within = (self._within(a) + self._within(b)) / 2
        return (np.minimum(self.size[a], self.size[b]) < several) | (between >= contrast * within)

    def _within(self, cluster: NDArray[np.int64]) -> NDArray[np.float64]:
        size = self.size[cluster]
        return self.inner[cluster] / np.maximum(size * (size - 1) / 2, 1)

    def joined(self, root: NDArray[np.int32]) -> Links:
        """Return the links after clusters have become part of their roots."""
        n = len(root)
        a, b = root[self.a].astype(np.int64), root[self.b].astype(np.int64)
        changed = np.bincount(root, minlength=n) > 1
        size = _by_root(root, self.size)
        inside = a == b
        inner = _by_root(root, self.inner) + np.bincount(a[inside], weights=self.total[inside], minlength=n)
        low, high = np.minimum(a, b)[~inside], np.maximum(a, b)[~inside]
        key = low * n + high
        order = np.argsort(key, kind="stable")
        bounds = runs(key[order])
        first = order[bounds[:-1]]
        low, high = low[first], high[first]
        barred = self.barred[~inside][first] & ~(changed[low] | changed[high])
        total, count = _sums(self.total[~inside][order], bounds), _sums(self.count[~inside][order], bounds)
        return Links(low, high, total, count, barred, size, inner)


def _ordered(key: NDArray[np.int64], similarity: NDArray[np.float32]) -> NDArray[np.int64]:
    """Return the order by key, of equals by value, so that sums do not depend on the order of the input.

    The keys nearly ascend, and few are equal: only these are put in order by both.
    """
    order = np.argsort(key, kind="stable")
    same = key[order[1:]] == key[order[:-1]]
    several = np.flatnonzero(np.append(same, False) | np.append(False, same)) if len(key) else order
    rows = order[several]
    order[several] = rows[np.lexsort((similarity[rows], key[rows]))]
    return order


def _sums(values: NDArray[np.float64], bounds: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the sum of each of the runs of values between these bounds, added one after another."""
    return np.bincount(owners(bounds), weights=values, minlength=len(bounds) - 1).astype(np.float64, copy=False)


def _by_root(root: NDArray[np.int32], values: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.bincount(root, weights=values, minlength=len(root)).astype(np.float64, copy=False)
