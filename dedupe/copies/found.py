"""What was found: groups of copies and the pairs behind them, made when they are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple, overload

import numpy as np
from numpy.typing import NDArray

from .. import cluster
from ..jobs import collector_paused
from ..model import Skipped
from .names import Names, values_of


class Copy(NamedTuple):
    """Two texts of which most is the same, a < b by id.

    `jaccard`: the part of all their shingles that both have; `containment`: the part of the shorter one's that the
    longer one has; counted, not estimated. `identical`: the same words in the same order.
    """

    a: str
    b: str
    jaccard: float
    containment: float
    identical: bool


class CopyGroup(NamedTuple):
    """The ids of texts that are copies of each other, sorted, and what each goes by: its title, or how it starts."""

    members: tuple[str, ...]
    titles: tuple[str, ...]


class CopyPairs(Sequence[Copy]):
    """Pairs as columns, which become `Copy` values one by one; `ids` ascend, `a` and `b` are their places in it."""

    def __init__(
        self,
        ids: list[str],
        a: NDArray[np.int64],
        b: NDArray[np.int64],
        shares: NDArray[np.float64],
        exact: NDArray[np.bool_],
    ) -> None:
        self._ids, self._a, self._b, self._shares, self._exact = ids, a, b, shares, exact

    def __repr__(self) -> str:
        return f"<CopyPairs: {len(self):,}>"

    def __len__(self) -> int:
        return len(self._a)

    @overload
    def __getitem__(self, at: int) -> Copy: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Copy]: ...
    def __getitem__(self, at: int | slice) -> Copy | Sequence[Copy]:
        if isinstance(at, slice):
            return CopyPairs(self._ids, self._a[at], self._b[at], self._shares[at], self._exact[at])
        jaccard, containment = self._shares[at].tolist()
        return Copy(self._ids[self._a[at]], self._ids[self._b[at]], jaccard, containment, bool(self._exact[at]))


class ClosePairs(NamedTuple):
    """The pairs as columns; `a` and `b` are rows of the texts."""

    a: NDArray[np.int64]
    b: NDArray[np.int64]
    jaccard: NDArray[np.float32]
    containment: NDArray[np.float32]
    exact: NDArray[np.bool_]


class NearDuplicates:
    """What was found: how many `texts` were compared, `groups` of copies, `pairs`, and what was `skipped` and why.

    `pages`: whether any was a page of HTML. Groups and pairs are made when they are first asked for.
    """

    def __init__(
        self, texts: int, close: ClosePairs, names: Sequence[Names], threshold: float, skipped: tuple[Skipped, ...]
    ) -> None:
        self.texts = texts
        self.pages = any(part.pages for part in names)
        self.skipped = skipped
        self._close, self._names, self._threshold = close, names, threshold

    def __repr__(self) -> str:
        counts = f"{self.texts:,} texts, {len(self.groups):,} groups, {len(self.pairs):,} pairs"
        return f"<NearDuplicates: {counts}, {len(self.skipped):,} skipped>"

    @cached_property
    def pairs(self) -> CopyPairs:
        """Texts that are copies, or of which one stands in the other, in order of their ids."""
        rows, ids, a, b = self._ids
        order = np.argsort(a * max(len(rows), 1) + b)
        shares = np.stack((self._close.jaccard, self._close.containment), axis=1).astype(np.float64)
        return CopyPairs(ids, a[order], b[order], np.round(shares[order], 4), self._close.exact[order])

    @cached_property
    @collector_paused(kept=True)
    def groups(self) -> tuple[CopyGroup, ...]:
        """Texts that hang together by pairs alike enough, the largest group first, then by the first id."""
        rows, ids, a, b = self._ids
        alike = self._close.jaccard >= self._threshold
        label = cluster.connected(len(rows), a[alike].astype(np.int32), b[alike].astype(np.int32))
        grouped = np.bincount(label, minlength=len(rows))[label] > 1
        members = np.flatnonzero(grouped)
        members = members[np.argsort(label[members], kind="stable")]
        starts = np.flatnonzero(np.diff(label[members], prepend=-1))
        stops = np.append(starts[1:], len(members))
        listed = [ids[member] for member in members.tolist()]
        titles = values_of([part.titles for part in self._names], rows[members])
        order = np.argsort(starts - stops, kind="stable")
        return tuple(
            CopyGroup(tuple(listed[low:high]), tuple(titles[low:high]))
            for low, high in zip(starts[order].tolist(), stops[order].tolist(), strict=True)
        )

    @cached_property
    def _ids(self) -> tuple[NDArray[np.int64], list[str], NDArray[np.int64], NDArray[np.int64]]:
        """Return (rows, ids, a, b): the texts that have pairs by id, and the pairs by their places among these."""
        rank = np.full(sum(len(part.place) for part in self._names), -1, dtype=np.int64)
        rank[self._close.a] = rank[self._close.b] = 0
        rows = np.flatnonzero(rank == 0)
        ids = values_of([part.ids for part in self._names], rows)
        order = sorted(range(len(ids)), key=ids.__getitem__)
        rank[rows[order]] = np.arange(len(rows))
        a, b = rank[self._close.a], rank[self._close.b]
        return rows[order], [ids[i] for i in order], np.minimum(a, b), np.maximum(a, b)
