"""The pairs of articles that must still be measured before two clusters can be merged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from .links import Links

MOST = 400  # pairs measured between two clusters; of more, so many spread evenly stand for all


@dataclass(slots=True, eq=False)
class Known:
    """The pairs of articles that are measured: `key` int64, a * n + b, ascending."""

    n: int
    key: NDArray[np.int64]

    @classmethod
    def of(cls, n: int, links: Links) -> Self:
        """Return the pairs of links between single articles."""
        return cls(n, links.a * n + links.b)

    def complete(
        self,
        links: Links,
        partial: NDArray[np.int64],
        units: NDArray[np.int32],
        label: NDArray[np.int32],
        measure: Callable[[NDArray[np.int32], NDArray[np.int32]], NDArray[Any]],
    ) -> None:
        """Measure what is missing of the links, so that their totals are those of all pairs; one call for all links."""
        order = np.argsort(label[units], kind="stable")
        members, cluster = units[order].astype(np.int64), label[units][order].astype(np.int64)
        sides = (_members(members, cluster, side[partial]) for side in (links.a, links.b))
        keys = [self._missing(*pair) for pair in zip(*sides, strict=True)]
        chosen = [key if len(key) <= MOST else key[_spread(len(key))] for key in keys]
        asked = np.concatenate(chosen)
        value = measure((asked // self.n).astype(np.int32), (asked % self.n).astype(np.int32)).astype(np.float64)
        owner = np.repeat(np.arange(len(chosen)), [len(key) for key in chosen])
        mean = np.bincount(owner, weights=value, minlength=len(chosen)) / [max(len(key), 1) for key in chosen]
        links.total[partial] += mean * [len(key) for key in keys]
        links.count[partial] = links.size[links.a[partial]] * links.size[links.b[partial]]
        asked.sort()  # no pair is of two links, and none was measured before
        self.key = np.insert(self.key, np.searchsorted(self.key, asked), asked)

    def _missing(self, one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.int64]:
        low, high = np.minimum.outer(one, other).ravel(), np.maximum.outer(one, other).ravel()
        key = np.sort(low * self.n + high)
        place = np.minimum(np.searchsorted(self.key, key), max(len(self.key) - 1, 0))
        return key[self.key[place] != key] if len(self.key) else key


def _members(
    members: NDArray[np.int64], cluster: NDArray[np.int64], wanted: NDArray[np.int64]
) -> list[NDArray[np.int64]]:
    """Return the members of each of the wanted clusters."""
    low, high = (np.searchsorted(cluster, wanted, side).tolist() for side in ("left", "right"))
    return [members[i:j] for i, j in zip(low, high, strict=True)]


def _spread(count: int) -> NDArray[np.int64]:
    return np.arange(MOST, dtype=np.int64) * count // MOST
