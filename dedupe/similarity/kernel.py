"""`pair_sums` and `row_sums` compiled, for many pairs. Weights are multiples of 2**-20, so all sums are exact."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from ..compiling.intrinsics import prefetch
from ..compiling.load import kernel, step
from ..rows import lengths
from .sums import KINDS, SUMS, marked

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..model import Weights

_MASKS = np.array(KINDS, dtype=np.uint8)
_MARKS = marked(np.arange(256, dtype=np.uint8))  # of a term with such flags


@step
def _fetch(term, weight, flags, start, stop):
    """Ask for the next pair's row while this one is added up: its memory takes a fifth of the time."""
    for i in range(start, stop, 16):
        prefetch(term, i)
        prefetch(weight, i)
    for i in range(start, stop, 64):
        prefetch(flags, i)


@kernel
def _pairs(first, term, weight, flags, a, b, marks, masks, entry, space, result):
    """Add up what each pair shares; `entry`, zeros, has a place for each term: there stands its entry in a, plus 1.

    Pairs with the same a should be neighbours: its terms are put in their places once.
    """
    there, here, one, mine, other, theirs = space
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
            known = entry[its[j]]
            there[count], here[count] = j, known
            count += known != 0
        for k in range(count):
            x, y = np.int64(here[k]) - 1, low + there[k]
            one[k], mine[k], other[k], theirs[k] = weight[x], marks[flags[x]], weight[y], marks[flags[y]]
        for kind in range(len(masks)):
            both, left, right = _added(one, mine, other, theirs, count, masks[kind])
            result[pair, 3 * kind], result[pair, 3 * kind + 1], result[pair, 3 * kind + 2] = both, left, right


@partial(step, fastmath={"reassoc"})
def _added(one, mine, other, theirs, count, mask):
    """Return the sums over the first terms of two texts, of those of a kind in either.

    In any order, for they are exact: so several are added at once.
    """
    both = left = right = 0.0
    for k in range(count):
        x = one[k] if mine[k] & mask else 0.0
        y = other[k] if theirs[k] & mask else 0.0
        both += x * y
        left += x
        right += y
    return both, left, right


@kernel
def _rows(first, weight, flags, rows, marks, masks, space, result):
    """Add up each row as a pair of it with itself."""
    _, _, one, mine, _, _ = space
    for place in range(len(rows)):
        low, high = first[rows[place]], first[rows[place] + 1]
        for i in range(low, high):
            one[i - low], mine[i - low] = weight[i], marks[flags[i]]
        for kind in range(len(masks)):
            squares, total, _ = _added(one, mine, one, mine, high - low, masks[kind])
            result[place, 2 * kind], result[place, 2 * kind + 1] = squares, total


def _space(weights: Weights) -> tuple[NDArray[Any], ...]:
    """Return room for the terms that two rows share: their places in either, their weights and marks there."""
    longest = int(lengths(weights.first).max(initial=0)) + 1
    places = np.empty(longest, np.int32), np.empty(longest, np.uint32)
    return *places, *(np.empty(longest, kind) for kind in (np.float64, np.uint8, np.float64, np.uint8))


def pair_sums(weights: Weights, a: NDArray[np.int32], b: NDArray[np.int32]) -> NDArray[np.float64]:
    """Return what `sums.pair_sums` does."""
    result, w = np.zeros((len(a), SUMS)), weights
    term, entry = w.term.view(np.uint32), np.zeros(len(w.key), np.uint32)  # below 0 there is nothing
    _pairs(w.first, term, w.weight, w.flags, a, b, _MARKS, _MASKS, entry, _space(w), result)
    return result


def row_sums(weights: Weights, rows: NDArray[np.int32]) -> NDArray[np.float64]:
    """Return what `sums.row_sums` does."""
    result, w = np.zeros((len(rows), 2 * len(KINDS))), weights
    _rows(w.first, w.weight, w.flags, rows, _MARKS, _MASKS, _space(w), result)
    return result


@kernel
def add_columns(columns, slopes, total):
    """Add each column times its slope, those of no slope left out, one after another as the plain version does."""
    for column in range(len(slopes)):
        slope = slopes[column]
        if slope != 0:
            for row in range(len(total)):
                total[row] += slope * np.float64(columns[column, row])
