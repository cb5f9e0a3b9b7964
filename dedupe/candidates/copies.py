"""Identical texts: one stands for all while pairs are sought, and the pairs are given back to the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .buckets import ranges

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Copies:
    """Groups of identical texts. `head`: int64, the first row of each group, ascending. `group`: int64, for each row
    the index of its group, -1 for an empty text. `first`, `member`: the rows of group g, ascending, are
    member[first[g] : first[g + 1]].
    """

    head: NDArray[np.int64]
    group: NDArray[np.int64]
    first: NDArray[np.int64]
    member: NDArray[np.int64]


def collapse(exact: NDArray[np.uint64]) -> Copies:
    """Return the groups of equal keys; key 0 belongs to none.

    >>> copies = collapse(np.array([9, 0, 4, 9], dtype=np.uint64))
    >>> copies.head.tolist(), copies.group.tolist(), copies.member.tolist()
    ([0, 2], [0, -1, 1, 0], [0, 3, 2])
    """
    filled = np.flatnonzero(exact)
    order = filled[np.argsort(exact[filled], kind="stable")]
    key = exact[order]
    new = np.ones(len(order), dtype=bool)
    new[1:] = key[1:] != key[:-1]
    head = np.sort(order[new])
    group = np.full(len(exact), -1, dtype=np.int64)
    group[order] = np.searchsorted(head, order[new])[np.cumsum(new) - 1] if len(order) else 0
    member = filled[np.argsort(group[filled], kind="stable")]
    return Copies(head, group, np.searchsorted(group[member], np.arange(len(head) + 1)), member)


def expand(
    copies: Copies,
    a: NDArray[np.int64],
    b: NDArray[np.int64],
    shared: NDArray[np.int64],
    size: NDArray[np.int64],
    limit: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_], NDArray[np.int64]]:
    """Return (a, b, shared, exact, left out) of all pairs, given those of the heads; sorted by a, then b.

    Two groups that have up to `limit` members each meet all with all, and so do the members of such a group; of a
    larger one only the head meets others, and its members meet their head, so that the pairs stay linear in the
    texts. `left out` are the sizes of the larger groups.
    """
    count = np.diff(copies.first)
    reach = np.where(count > limit, 1, count)  # members that meet other groups
    inner_a, inner_b = _inner(copies, count, limit)
    group_a, group_b = copies.group[a], copies.group[b]
    times = reach[group_a] * reach[group_b]
    pair, nth = ranges(np.zeros(len(a), dtype=np.int64), times)
    left = copies.member[copies.first[group_a[pair]] + nth // reach[group_b[pair]]]
    right = copies.member[copies.first[group_b[pair]] + nth % reach[group_b[pair]]]
    all_a = np.concatenate((inner_a, np.minimum(left, right)))
    all_b = np.concatenate((inner_b, np.maximum(left, right)))
    all_shared = np.concatenate((size[inner_a], shared[pair]))
    exact = np.arange(len(all_a)) < len(inner_a)
    order = np.lexsort((all_b, all_a))
    return all_a[order], all_b[order], all_shared[order], exact[order], count[count > limit]


def _inner(copies: Copies, count: NDArray[np.int64], limit: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the pairs inside the groups: all with all, or with the head in a group of more than `limit`."""
    width = np.repeat(count, count)  # for each member, the size of its group
    start = np.repeat(copies.first[:-1], count)
    place = np.arange(len(copies.member)) - start
    times = np.where(width > limit, np.minimum(place, 1), place)  # earlier members it meets
    later, earlier = ranges(start, times)
    return copies.member[earlier], copies.member[later]
