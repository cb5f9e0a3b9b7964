"""What the nearest articles say once they are found, compiled: which pairs they make, how crowded it is around one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ...compiling.load import kernel, step
from ..surroundings import STEPS
from .order import largest

if TYPE_CHECKING:
    from numpy.typing import NDArray


def each_once(
    near: NDArray[np.int32], cosine: NDArray[np.float64]
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float64]]:
    """Return what `neighbours._each_once` does, given what `search.nearest` found."""
    a, b, cosines = _pairs(near, cosine)
    order = _order(a, _order(b, np.arange(len(a), dtype=np.int32), len(near)), len(near))
    return a[order], b[order], cosines[order]


@kernel
def _pairs(near, cosine):
    """Return each pair of near articles once, a < b, and its cosine."""
    low, high, cosines = np.empty(near.size, np.int32), np.empty(near.size, np.int32), np.empty(near.size)
    count = 0
    for row in range(len(near)):
        for i in range(near.shape[1]):
            other = near[row, i]
            if other < 0:
                break
            low[count], high[count], cosines[count] = min(row, other), max(row, other), cosine[row, i]
            count += row > other or not _among(row, near[other])  # else it is told there
    return low[:count], high[:count], cosines[:count]


@step
def _among(wanted, rows):
    found = False
    for row in rows:
        found |= row == wanted
    return found


@kernel
def _order(values, order, most):
    """Return the order in which values below `most` ascend, equals as in the order given."""
    place, result = np.zeros(most + 1, np.int64), np.empty_like(order)
    for value in values:
        place[value + 1] += 1
    for value in range(most):
        place[value + 1] += place[value]
    for i in order:
        result[place[values[i]]] = i
        place[values[i]] += 1
    return result


def crowding(
    n: int, a: NDArray[np.int32], b: NDArray[np.int32], nearness: NDArray[np.float32], start: int, stop: int
) -> NDArray[np.float32]:
    """Return what `surroundings.crowding` does, up to rank `stop`."""
    found = np.zeros((n, 2), np.float32)
    _crowding(a, b, nearness, start, stop, found)
    return found


@kernel
def _crowding(a, b, nearness, start, stop, found):
    place, values = np.zeros(len(found) + 1, np.int64), np.empty(2 * len(a), np.float32)
    for i in range(len(a)):
        place[a[i]] += 1
        place[b[i]] += 1
    longest, done = 0, 0
    for row in range(len(found)):
        longest, done = max(longest, place[row]), done + place[row]
        place[row] = done
    place[-1] = done
    for i in range(len(a)):  # from the end of each row's values to its start
        for row in (a[i], b[i]):
            place[row] -= 1
            values[place[row]] = nearness[i]
    space = np.empty(longest, np.float32)
    for row in range(len(found)):
        its = values[place[row] : place[row + 1]]
        if len(its):
            found[row, 0] = its.max()
            found[row, 1] = (_sum(its, stop, space) - _sum(its, start, space)) / (STEPS * (stop - start))


@step
def _sum(values, number, space):
    """Return the sum of so many largest values, in steps."""
    total, left = 0.0, min(number, len(values))
    if left == 0:
        return total
    edge = largest(values, left, space)
    for value in values:
        if value > edge:
            total += np.rint(np.float64(value) * STEPS)
            left -= 1
    return total + left * np.rint(np.float64(edge) * STEPS)
