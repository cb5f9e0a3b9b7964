"""How crowded it is around articles, compiled: the same as in `surroundings`."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ...compiling.load import kernel, step
from ..surroundings import STEPS
from .order import largest


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
