"""`pair_sums` and `row_sums` compiled, for many pairs. Weights are multiples of 2**-20, so all sums are exact."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit

from .sums import EVERY, KINDS, SUMS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..model import Weights

_MASKS = np.array(KINDS, dtype=np.uint8)


@njit(nogil=True, cache=True)
def _pairs(first, term, weight, flags, a, b, masks, entry, result):
    """Add up what each pair shares; `entry`, zeros, has a place for each term: there stands its entry in a, plus 1.

    Pairs with the same a should be neighbours: its terms are put in their places once.
    """
    filled = -1
    for pair in range(len(a)):
        if a[pair] != filled:
            if filled >= 0:
                for i in range(first[filled], first[filled + 1]):
                    entry[term[i]] = 0
            filled = a[pair]
            for i in range(first[filled], first[filled + 1]):
                entry[term[i]] = i + 1
        for j in range(first[b[pair]], first[b[pair] + 1]):
            i = entry[term[j]] - 1
            if i >= 0:
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


def pair_sums(weights: Weights, a: NDArray[np.int32], b: NDArray[np.int32]) -> NDArray[np.float64]:
    """Return what `sums.pair_sums` does."""
    result, w = np.zeros((len(a), SUMS)), weights
    _pairs(w.first, w.term, w.weight, w.flags, a, b, _MASKS, np.zeros(len(w.key), np.int32), result)
    return result


def row_sums(weights: Weights, rows: NDArray[np.int32]) -> NDArray[np.float64]:
    """Return what `sums.row_sums` does."""
    result = np.zeros((len(rows), 2 * len(KINDS) + 1))
    _rows(weights.first, weights.count, weights.weight, weights.flags, rows, _MASKS, result)
    return result
