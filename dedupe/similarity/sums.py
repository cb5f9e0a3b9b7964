"""What two articles' terms have in common, kind by kind: the plain version, and the oracle of the kernel."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..model import IN_LEAD, IN_TITLE, NAME, NUMBER, Weights
from ..rows import lengths, places_in, ranges

# The kinds of terms: all, names, numbers, the title's, those of title or opening, the names among these last, and what
# the title says was done: its words that are neither names nor numbers. A term is of a kind if it has one of these
# flags, once `marked` has set three more.
EVERY, ACTOR, DEED = 16, 32, 64
KINDS = (EVERY, NAME, NUMBER, IN_TITLE, IN_TITLE | IN_LEAD, ACTOR, DEED)
SUMS = 3 * len(KINDS)  # for each kind: sum of products, and of each article's weight that stands in the other

_PAIRS = 4096  # at a time: some 20 MB of terms


def marked(flags: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return flags of terms with EVERY set, ACTOR on a name in title or opening, DEED on another word of the title."""
    actor = ((flags & NAME) != 0) & ((flags & (IN_TITLE | IN_LEAD)) != 0)
    deed = (flags & (NAME | NUMBER | IN_TITLE)) == IN_TITLE
    return flags | np.uint8(EVERY) | np.where(actor, np.uint8(ACTOR), 0) | np.where(deed, np.uint8(DEED), 0)


def pair_sums(weights: Weights, a: NDArray[np.int32], b: NDArray[np.int32]) -> NDArray[np.float64]:
    """Return what each pair has in common, float64 of shape (pairs, SUMS).

    For each kind: the sum of products of the weights of the terms that are of it in both articles; the weight of a's
    terms of the kind that stand anywhere in b; and of b's that stand in a. All sums are exact, whatever their order.
    """
    result = np.zeros((len(a), SUMS))
    for low in range(0, len(a), _PAIRS):
        result[low : low + _PAIRS] = _some_sums(weights, a[low : low + _PAIRS], b[low : low + _PAIRS])
    return result


def _some_sums(weights: Weights, a: NDArray[np.int32], b: NDArray[np.int32]) -> NDArray[np.float64]:
    pair, one, other = _common(weights, a, b)
    left, right = weights.weight[one].astype(np.float64), weights.weight[other].astype(np.float64)
    left_flags, right_flags = marked(weights.flags[one]), marked(weights.flags[other])
    result = np.zeros((len(a), SUMS))
    for column, kind in enumerate(KINDS):
        in_left, in_right = (left_flags & kind) != 0, (right_flags & kind) != 0
        both = in_left & in_right
        result[:, 3 * column] = np.bincount(pair[both], weights=(left * right)[both], minlength=len(a))
        result[:, 3 * column + 1] = np.bincount(pair[in_left], weights=left[in_left], minlength=len(a))
        result[:, 3 * column + 2] = np.bincount(pair[in_right], weights=right[in_right], minlength=len(a))
    return result


def _common(
    weights: Weights, a: NDArray[np.int32], b: NDArray[np.int32]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return the entries that pairs have in common: the pair, the entry of its a and that of its b."""
    width = np.int64(len(weights.key))
    touched, place = np.unique(b, return_inverse=True)
    row, entry = _entries_of(weights, touched)
    code = row * width + weights.term[entry]  # ascends: rows do, and terms within a row
    pair, one = _entries_of(weights, a)
    wanted = place[pair] * width + weights.term[one]
    found = places_in(code, wanted)
    same = found >= 0
    return pair[same], one[same], entry[found[same]]


def _entries_of(weights: Weights, rows: NDArray[np.int32]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the entries of rows one after another: which of the rows, and the entry, int64 each."""
    return ranges(weights.first[rows], lengths(weights.first)[rows])


def row_sums(weights: Weights, rows: NDArray[np.int32]) -> NDArray[np.float64]:
    """Return of each row and kind the sum of squared weights and that of weights, float64, (rows, 2 x kinds)."""
    owner, entry = _entries_of(weights, rows)
    weight, flags = weights.weight[entry].astype(np.float64), marked(weights.flags[entry])
    result = np.zeros((len(rows), 2 * len(KINDS)))
    for column, kind in enumerate(KINDS):
        inside = (flags & kind) != 0
        result[:, 2 * column] = np.bincount(owner[inside], weights=weight[inside] ** 2, minlength=len(rows))
        result[:, 2 * column + 1] = np.bincount(owner[inside], weights=weight[inside], minlength=len(rows))
    return result
