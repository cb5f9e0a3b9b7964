"""`pair_sums` and `row_sums` compiled, for many pairs. Weights are multiples of 2**-20, so all sums are exact."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..words import lengths
from ..words.intrinsics import prefetch
from ..words.load import kernel, step
from .sums import KINDS, SUMS, marked

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..model import Weights

_MASKS = np.array(KINDS, dtype=np.uint8)
_LANES = 8  # the kinds and some that are always zero, for one register
_SHARE = np.zeros((256, _LANES))  # 1 where a term with such flags is of a kind
_SHARE[:, : len(KINDS)] = (marked(np.arange(256, dtype=np.uint8))[:, None] & _MASKS) != 0


@step
def _fetch(term, weight, flags, start, stop):
    """Ask for the next pair's row while this one is added up: its memory takes a fifth of the time."""
    for i in range(start, stop, 16):
        prefetch(term, i)
        prefetch(weight, i)
    for i in range(start, stop, 64):
        prefetch(flags, i)


@kernel
def _pairs(first, term, weight, flags, a, b, share, entry, common, result):
    """Add up what each pair shares; `entry`, zeros, has a place for each term: there stands its entry in a, plus 1.

    Pairs with the same a should be neighbours: its terms are put in their places once. `common` is room for a row.
    """
    both, left, right = np.empty(_LANES), np.empty(_LANES), np.empty(_LANES)
    filled = -1
    for pair in range(len(a)):
        if a[pair] != filled:
            if filled >= 0:
                for i in range(first[filled], first[filled + 1]):
                    entry[term[i]] = 0
            filled = a[pair]
            for i in range(first[filled], first[filled + 1]):
                entry[term[i]] = i + 1
        if pair + 1 < len(a):
            _fetch(term, weight, flags, first[b[pair + 1]], first[b[pair + 1] + 1])
        count, low = 0, first[b[pair]]
        its = term[low : first[b[pair] + 1]]
        for j in range(len(its)):  # without a branch, which would be guessed wrong too often
            common[count] = j
            count += entry[its[j]] != 0
        both[:], left[:], right[:] = 0, 0, 0
        for place in common[:count]:
            mine, theirs = np.int64(entry[its[place]]) - 1, low + place
            for kind in range(_LANES):
                one = np.float64(weight[mine]) * share[flags[mine], kind]
                other = np.float64(weight[theirs]) * share[flags[theirs], kind]
                both[kind] += one * other
                left[kind] += one
                right[kind] += other
        for kind in range(result.shape[1] // 3):
            result[pair, 3 * kind], result[pair, 3 * kind + 1] = both[kind], left[kind]
            result[pair, 3 * kind + 2] = right[kind]


@kernel
def _rows(first, count, weight, flags, rows, share, result):
    kinds = result.shape[1] // 2
    for place in range(len(rows)):
        for i in range(first[rows[place]], first[rows[place] + 1]):
            value = np.float64(weight[i])
            for kind in range(kinds):
                if share[flags[i], kind] != 0:
                    result[place, 2 * kind] += value * value
                    result[place, 2 * kind + 1] += value
            result[place, 2 * kinds] += count[i]


def pair_sums(weights: Weights, a: NDArray[np.int32], b: NDArray[np.int32]) -> NDArray[np.float64]:
    """Return what `sums.pair_sums` does."""
    result, w = np.zeros((len(a), SUMS)), weights
    common = np.empty(int(lengths(w.first).max(initial=0)) + 1, np.int64)
    term = w.term.view(np.uint32)  # below 0 there is nothing
    _pairs(w.first, term, w.weight, w.flags, a, b, _SHARE, np.zeros(len(w.key), np.uint32), common, result)
    return result


def row_sums(weights: Weights, rows: NDArray[np.int32]) -> NDArray[np.float64]:
    """Return what `sums.row_sums` does."""
    result = np.zeros((len(rows), 2 * len(KINDS) + 1))
    _rows(weights.first, weights.count, weights.weight, weights.flags, rows, _SHARE, result)
    return result
