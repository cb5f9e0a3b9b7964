"""The pairs of articles that must still be measured before two clusters can be merged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from ..rows import places_in, ranges
from .links import Links

MOST = 400  # pairs measured between two clusters; of more, so many spread evenly stand for all
SEEN = 1 << 16  # pairs of two clusters of which those that are missing are found; of more, MOST of all stand for them
_STRIDE = 0x9E3779B1  # 2**32 over the golden ratio


@dataclass(slots=True, eq=False)
class Measured:
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
        """Measure what is missing of the links, so that their totals are those of all pairs; one call for all links.

        What some pairs stood for before counts as measured, and is not added again.
        """
        order = np.argsort(label[units], kind="stable")
        members, cluster = units[order].astype(np.int64), label[units][order].astype(np.int64)
        link, key = self._missing(members, *(_runs(cluster, side[partial]) for side in (links.a, links.b)))
        missing = np.bincount(link, minlength=len(partial))
        chosen = _spread(missing)
        asked, owner = key[chosen], link[chosen]
        value = measure((asked // self.n).astype(np.int32), (asked % self.n).astype(np.int32)).astype(np.float64)
        mean = np.bincount(owner, weights=value, minlength=len(partial)) / np.clip(missing, 1, MOST)
        mean = np.where(missing > 0, mean, links.total[partial] / links.count[partial])
        pairs = links.size[links.a[partial]] * links.size[links.b[partial]]
        links.total[partial] += mean * (pairs - links.count[partial])
        links.count[partial] = pairs
        asked.sort()  # no pair is of two links, and none was measured before
        self.key = np.insert(self.key, np.searchsorted(self.key, asked), asked)

    def _missing(
        self, members: NDArray[np.int64], one: NDArray[np.int64], other: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return (link, key) of the pairs that are not measured, ascending, given where either side's members stand."""
        (low, many), (start, count) = one, other
        pairs = many * count
        taken = np.where(pairs > SEEN, MOST, pairs)
        link, nth = ranges(np.zeros_like(low), taken)
        row, column = np.divmod(nth * pairs[link] // taken[link], count[link])
        column = (column + row * _STRIDE) % count[link]  # evenly spread places may all be in a few columns
        a, b = members[low[link] + row], members[start[link] + column]
        key = np.minimum(a, b) * self.n + np.maximum(a, b)
        fresh = places_in(self.key, key) < 0
        link, key = link[fresh], key[fresh]
        order = np.lexsort((key, link))
        return link[order], key[order]


def _runs(cluster: NDArray[np.int64], wanted: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return where the members of each of the wanted clusters start in ascending ones, and how many there are."""
    low, high = (np.searchsorted(cluster, wanted, side) for side in ("left", "right"))
    return np.stack((low, high - low)).astype(np.int64)


def _spread(missing: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the rows of pairs to be measured, MOST of each link's, which follow each other.

    >>> _spread(np.array([2, 800])).tolist()[:5]
    [0, 1, 2, 4, 6]
    """
    kept = np.minimum(missing, MOST)
    link, nth = ranges(np.zeros_like(kept), kept)
    return (np.cumsum(missing) - missing)[link] + nth * missing[link] // kept[link]
