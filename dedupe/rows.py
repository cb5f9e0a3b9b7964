"""Rows that belong together: where the parts of a column start and end, whose each row is, where a value stands.

A column of parts that lie one after the other goes with their bounds, mostly called `first`: part i is rows first[i] to
first[i + 1].
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Number = TypeVar("Number", bound=np.generic)


def lengths(first: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return how many rows there are from first[i] to first[i + 1]; `np.diff` takes four times as long.

    >>> lengths(np.array([0, 2, 2, 5])).tolist()
    [2, 0, 3]
    """
    return first[1:] - first[:-1]


def marked(rows: NDArray[Any], first: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return how many of the rows from first[i] to first[i + 1] are not 0.

    >>> marked(np.array([True, False, True, True, False]), np.array([0, 2, 2, 5])).tolist()
    [1, 0, 2]
    """
    return lengths(np.searchsorted(np.flatnonzero(rows), first))


def owners(first: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return of each of the rows first[i] to first[i + 1] whose it is, i.

    >>> owners(np.array([0, 2, 2, 5])).tolist()
    [0, 0, 2, 2, 2]
    """
    return np.arange(len(first) - 1).repeat(lengths(first))


def owners_of(first: NDArray[np.int64], rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return of each of some rows whose it is: the last i with first[i] at or before it.

    >>> owners_of(np.array([0, 2, 2, 5]), np.array([4, 1])).tolist()
    [2, 0]
    """
    return first.searchsorted(rows, side="right") - 1


def bounds_of(sizes: Sequence[int] | NDArray[Any]) -> NDArray[np.int64]:
    """Return where parts of these sizes that lie one after the other start and end, int64 of shape (sizes + 1,).

    >>> bounds_of([3, 1, 2]).tolist(), bounds_of(np.array([3, 1])).tolist()
    ([0, 3, 4, 6], [0, 3, 4])
    """
    if not isinstance(sizes, np.ndarray):  # a few numbers of Python's: a third of the time
        return np.fromiter(accumulate(sizes, initial=0), dtype=np.int64, count=len(sizes) + 1)
    bounds = np.zeros(len(sizes) + 1, dtype=np.int64)
    sizes.cumsum(out=bounds[1:])
    return bounds


def above_and_below(some: NDArray[np.bool_], first: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return how many of some rows stand above each row of a part, and how many below it.

    >>> above, below = above_and_below(np.array([True, False, True, True]), np.array([0, 3, 4]))
    >>> above.tolist(), below.tolist()
    ([0, 1, 1, 0], [1, 1, 0, 0])
    """
    before, count = bounds_of(some), lengths(first)
    above = before[:-1] - np.repeat(before[first[:-1]], count)
    return above, np.repeat(before[first[1:]], count) - before[1:]


def runs(*columns: NDArray[Any]) -> NDArray[np.int64]:
    """Return where the runs of rows start and end in which all columns are equal, int64 of shape (runs + 1,).

    >>> runs(np.array([7, 7, 3, 7]), np.array([0, 0, 0, 0])).tolist()
    [0, 2, 3, 4]
    """
    count = len(columns[0])
    ends = np.zeros(max(count - 1, 0), dtype=np.bool_)
    for column in columns:
        ends |= column[1:] != column[:-1]
    return np.concatenate((np.zeros(min(count, 1), dtype=np.int64), np.flatnonzero(ends) + 1, [count]))


def ranges(start: NDArray[np.int64], count: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return (owner, place): for each range i, count[i] times i and start[i], start[i] + 1, ...

    >>> owner, place = ranges(np.array([10, 20, 30]), np.array([2, 0, 1]))
    >>> owner.tolist(), place.tolist()
    ([0, 0, 2], [10, 11, 30])
    """
    owner = np.repeat(np.arange(len(count)), count)
    return owner, np.arange(len(owner)) + np.repeat(start - np.cumsum(count) + count, count)


def distinct(values: NDArray[Number]) -> NDArray[Number]:
    """Return the values ascending, each once; `np.unique` takes five times as long for those of one page.

    >>> distinct(np.array([7, 3, 7])).tolist()
    [3, 7]
    """
    return each_once(np.sort(values))


def each_once(values: NDArray[Number]) -> NDArray[Number]:
    """Return values of which equal ones are neighbours, each once.

    >>> each_once(np.array([7, 7, 3])).tolist()
    [7, 3]
    """
    fresh = np.ones(len(values), dtype=np.bool_)
    np.not_equal(values[1:], values[:-1], out=fresh[1:])
    return values[fresh]


def places_in(ordered: NDArray[Number], values: NDArray[Number]) -> NDArray[np.int64]:
    """Return where each value stands among ascending ones, int64, -1 where it does not.

    >>> places_in(np.array([2, 5, 9]), np.array([9, 1, 2, 2])).tolist()
    [2, -1, 0, 0]
    """
    if not len(ordered):
        return np.full(len(values), -1, dtype=np.int64)
    place = np.minimum(ordered.searchsorted(values), len(ordered) - 1)
    return np.where(ordered[place] == values, place, -1)
