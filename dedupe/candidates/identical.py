"""Identical texts: one stands for all while pairs are sought, and the pairs are given back to the others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..rows import bounds_of, lengths, owners, ranges, runs
from .buckets import order_of


@dataclass(frozen=True, slots=True, eq=False)
class Identical:
    """Groups of identical texts. `head`: int64, the first row of each group, ascending. `group`: int64, for each row
    the index of its group, -1 for an empty text. `first`, `member`: the rows of group g, ascending, are
    member[first[g] : first[g + 1]].
    """

    head: NDArray[np.int64]
    group: NDArray[np.int64]
    first: NDArray[np.int64]
    member: NDArray[np.int64]


def collapse(exact: NDArray[np.uint64], large: bool = False) -> Identical:
    """Return the groups of equal keys; key 0 belongs to none.

    >>> identical = collapse(np.array([9, 0, 4, 9], dtype=np.uint64))
    >>> identical.head.tolist(), identical.group.tolist(), identical.member.tolist()
    ([0, 2], [0, -1, 1, 0], [0, 3, 2])
    """
    filled = np.flatnonzero(exact)
    order = filled[_together(exact[filled], large)]
    alike = runs(exact[order])
    least = order[alike[:-1]]
    first = np.zeros(len(exact), dtype=bool)
    first[least] = True
    group = np.full(len(exact), -1, dtype=np.int64)
    group[order] = (np.cumsum(first) - 1)[least][owners(alike)]  # in the order of their first
    member = filled[order_of(group[filled].astype(np.uint64), len(least).bit_length(), large)]
    bounds = bounds_of(np.bincount(group[filled], minlength=len(least)))
    return Identical(np.flatnonzero(first), group, bounds, member)


def _together(keys: NDArray[np.uint64], large: bool) -> NDArray[np.int64]:
    """Return an order in which equal keys are together, the lower row first."""
    bits = 64 - len(keys).bit_length()
    order = order_of(keys >> np.uint64(64 - bits), bits, large)
    key = keys[order]
    if (key[1:] < key[:-1]).any():  # two that differ only in the bits that were left out
        return np.argsort(keys, kind="stable")
    return order


def expand(
    identical: Identical, a: NDArray[np.int64], b: NDArray[np.int64], limit: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return (a, b, pair): all the pairs that the pairs of heads stand for, and the number of the one that does.

    A pair of a head with itself stands for the pairs inside its group. Members of groups of up to `limit` meet all
    with all; of a larger group only the head meets others, and its members meet their head, so that the pairs stay
    linear in the texts.
    """
    count = lengths(identical.first)
    self = a == b
    other = np.flatnonzero(~self)
    inner_a, inner_b, inner = _inner(identical, count, identical.group[a[self]], np.flatnonzero(self), limit)
    reach = np.where(count > limit, 1, count)  # members that meet other groups
    group_a, group_b = identical.group[a[other]], identical.group[b[other]]
    pair, nth = ranges(np.zeros(len(other), dtype=np.int64), reach[group_a] * reach[group_b])
    left = identical.member[identical.first[group_a[pair]] + nth // reach[group_b[pair]]]
    right = identical.member[identical.first[group_b[pair]] + nth % reach[group_b[pair]]]
    return (np.concatenate((inner_a, left)), np.concatenate((inner_b, right)), np.concatenate((inner, other[pair])))


def _inner(
    identical: Identical, count: NDArray[np.int64], group: NDArray[np.int64], pair: NDArray[np.int64], limit: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return the pairs inside groups: all with all, or with the head in a group of more than `limit`."""
    owner, place = ranges(identical.first[group], count[group])  # members, after one another
    nth = place - identical.first[group][owner]
    met = np.where(count[group][owner] > limit, np.minimum(nth, 1), nth)  # earlier members it meets
    later, earlier = ranges(identical.first[group][owner], met)
    return identical.member[earlier], identical.member[place[later]], pair[owner[later]]
