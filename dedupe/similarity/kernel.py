"""`pair_sums` and `row_sums` compiled, for many pairs. Weights are multiples of 2**-20, so all sums are exact."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
from numba import njit

from .sums import EVERY, KINDS, SUMS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..model import Weights

_MASKS = np.array(KINDS, dtype=np.uint8)
_BATCH = 8192  # pairs of one task


@njit(nogil=True, cache=True)
def _pairs(first, term, weight, flags, a, b, masks, low, high, result):
    for pair in range(low, high):
        i, i_end = first[a[pair]], first[a[pair] + 1]
        j, j_end = first[b[pair]], first[b[pair] + 1]
        while i < i_end and j < j_end:
            if term[i] < term[j]:
                i += 1
            elif term[j] < term[i]:
                j += 1
            else:
                left, right = np.float64(weight[i]), np.float64(weight[j])
                for kind in range(len(masks)):
                    in_left = ((flags[i] | EVERY) & masks[kind]) != 0
                    in_right = ((flags[j] | EVERY) & masks[kind]) != 0
                    if in_left:
                        result[pair, 3 * kind + 1] += left
                        if in_right:
                            result[pair, 3 * kind] += left * right
                    if in_right:
                        result[pair, 3 * kind + 2] += right
                i += 1
                j += 1


@njit(nogil=True, cache=True)
def _rows(first, count, weight, flags, rows, masks, result):
    for place in range(len(rows)):
        for i in range(first[rows[place]], first[rows[place] + 1]):
            value = np.float64(weight[i])
            for kind in range(len(masks)):
                if ((flags[i] | EVERY) & masks[kind]) != 0:
                    result[place, 2 * kind] += value * value
                    result[place, 2 * kind + 1] += value
            result[place, 2 * len(masks)] += count[i]


def pair_sums(weights: Weights, a: NDArray[np.int32], b: NDArray[np.int32], jobs: int) -> NDArray[np.float64]:
    """Return what `sums.pair_sums` does."""
    result = np.zeros((len(a), SUMS))
    w = weights

    def work(low: int) -> None:
        _pairs(w.first, w.term, w.weight, w.flags, a, b, _MASKS, low, min(low + _BATCH, len(a)), result)

    with ThreadPoolExecutor(jobs) as pool:
        list(pool.map(work, range(0, len(a), _BATCH)))
    return result


def row_sums(weights: Weights, rows: NDArray[np.int32]) -> NDArray[np.float64]:
    """Return what `sums.row_sums` does."""
    result = np.zeros((len(rows), 2 * len(KINDS) + 1))
    _rows(weights.first, weights.count, weights.weight, weights.flags, rows, _MASKS, result)
    return result
