"""The kinds of characters of each block, as `shape` counts them."""

from __future__ import annotations

import numpy as np
from numba import njit

from ..shape import BETWEEN_DAYS, KINDS, MOST_BETWEEN, K

_KINDS = len(KINDS)
_DIGIT, _COLON = K["digit"], K["colon"]


@njit(nogil=True, cache=True)
def count_kinds(points, start, end, kinds):
    """Return (counts, clocks, dates) of the blocks points[start:end], int64 of shape (m, kinds), float32 of (m,)."""
    counts = np.zeros((len(start), _KINDS), dtype=np.int64)
    clocks, dates = np.zeros(len(start), dtype=np.float32), np.zeros(len(start), dtype=np.float32)
    here = np.zeros(256, dtype=np.int32)
    for block in range(len(start)):
        here[:] = 0
        for at in range(start[block], end[block]):
            here[kinds[points[at]]] += 1
        for kind in range(_KINDS):
            counts[block, kind] = here[kind]
        if here[_DIGIT] >= 2:
            clocks[block], dates[block] = _between_digits(points, start[block], end[block], kinds)
    return counts, clocks, dates


@njit(nogil=True, cache=True)
def _between_digits(points, start, end, kinds):
    """Return how often a colon, and how often a sign of dates, stands between two digits."""
    clocks, dates = 0, 0
    for at in range(max(start, 1), min(end, len(points) - 1)):
        kind = kinds[points[at]]
        if kind == _DIGIT or kinds[points[at - 1]] != _DIGIT or kinds[points[at + 1]] != _DIGIT:
            continue
        clocks += 1 if kind == _COLON else 0
        for number in range(len(BETWEEN_DAYS)):
            dates += 1 if points[at] == BETWEEN_DAYS[number] else 0
    return min(clocks, MOST_BETWEEN), min(dates, MOST_BETWEEN)
