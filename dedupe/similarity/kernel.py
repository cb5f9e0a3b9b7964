"""What `sums` adds up and `features` makes of it, compiled. Weights are multiples of 2**-20, so all sums are exact."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..compiling.intrinsics import prefetch
from ..compiling.load import kernel, step
from ..model import Weights
from ..rows import lengths
from . import features as plain
from .datelines import YEAR
from .features import Sums, Told
from .sums import KINDS, SUMS, marked

_MASKS = np.array(KINDS, dtype=np.uint8)
_MARKS = marked(np.arange(256, dtype=np.uint8))  # of a term with such flags
_NAMES, _NUMBERS, _TITLE, _NAMED, _ACTORS, _DEEDS = 1, 2, 3, 5, 5, 6  # of KINDS; the first _NAMED are evidence each
_WEEKS = np.minimum(np.log2(1.0 + np.arange(50) / 7.0), 3.0)  # of so many days beyond the first eight


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


def evidence(
    published: NDArray[np.float64], weights: Weights, a: NDArray[np.int32], b: NDArray[np.int32], sums_of: Sums,
    rarity: float, opens: Told,
) -> NDArray[np.float32]:  # fmt: skip
    """Return what `features.evidence` does."""
    columns, long = np.empty((len(plain.FEATURES), len(a)), np.float32), np.log(np.maximum(opens.words, plain.SHORT))
    of_rows = long, opens.days, opens.many, opens.places, weights.days, weights.surroundings, np.floor(published)
    _evidence(*sums_of, a, b, *of_rows, rarity, _WEEKS, columns)
    return columns


@kernel
def _evidence(
    shared, alone, place, a, b, long, days, many, places, weekdays, surroundings, published, rarity, weeks, columns
):  # fmt: skip
    likeness, known = np.empty((len(KINDS), 3)), np.empty(len(KINDS), np.bool_)
    for pair in range(len(a)):
        one, other = a[pair], b[pair]
        mine, theirs = alone[place[one]], alone[place[other]]
        for kind in range(len(KINDS)):
            there = _part(shared[pair, 3 * kind + 1], mine[2 * kind + 1])
            here = _part(shared[pair, 3 * kind + 2], theirs[2 * kind + 1])
            likeness[kind, 0] = _part(shared[pair, 3 * kind], np.sqrt(mine[2 * kind] * theirs[2 * kind]))
            likeness[kind, 1], likeness[kind, 2] = max(there, here), min(there, here)
            known[kind] = mine[2 * kind + 1] > 0 and theirs[2 * kind + 1] > 0
        cosine, near, far = likeness[0, 0], surroundings[one], surroundings[other]
        least, most = np.float64(min(near[0], far[0])), np.float64(max(near[0], far[0]))
        gap = abs(published[one] - published[other])
        if np.isnan(gap):
            within = abs(days[one] - days[other])
            gap = min(within, YEAR - within)
        dated = not np.isnan(gap)
        gap = gap if dated else 0.0
        on, on_other = weekdays[one], weekdays[other]
        others = _faded(plain.OTHER_NAMES - likeness[_ACTORS, 1], plain.FADING)
        others *= _faded(plain.OTHER_NUMBERS - likeness[_NUMBERS, 1], plain.FADING)
        apart = abs(places[one]) != abs(places[other]) and places[one] != 0 and places[other] != 0
        apart &= max(places[one], places[other]) > 0
        rest = (
            cosine * (1.0 - known[_TITLE]),
            max((np.float64(near[1]) + np.float64(far[1])) / 2, plain.LEAST_CROWD),
            min(cosine / max(most, plain.LEAST_NEAREST), 1.0),
            min(cosine / max(least, plain.LEAST_NEAREST), 1.0),
            min(long[one], long[other]),
            max(long[one], long[other]),
            rarity * (dated and gap <= 1),
            min(max(gap - 1.0, 0.0), plain.DAYS - 1.0),
            weeks[int(min(max(gap - plain.DAYS, 0.0), len(weeks) - 1.0))],
            1.0 * (on & on_other != 0),
            1.0 * (on != 0 and on_other != 0 and on & on_other == 0),
            likeness[_DEEDS, 2],
            1.0 * (many[one] != many[other] or (0 < cosine < 1 and shared[pair, 0] == shared[pair, 3 * _NUMBERS])),
            others * (known[_ACTORS] and known[_NUMBERS]),
            _faded(plain.STRANGE - likeness[_NAMES, 0], plain.STRANGE - plain.SAME) * apart,
            (_usual(near) + _usual(far)) / 2,
        )
        for kind in range(_NAMED):
            for which in range(3):
                columns[3 * kind + which, pair] = likeness[kind, which]
        for kind in range(1, _NAMED):
            columns[3 * _NAMED + kind - 1, pair] = known[kind]
        for at in range(len(rest)):
            columns[4 * _NAMED - 1 + at, pair] = rest[at]


@step
def _part(above, below):
    return above / (below if below > 0 else 1.0)


@step
def _faded(value, whole):
    return min(max(value / whole, 0.0), 1.0)


@step
def _usual(surroundings):
    most = plain.MOST_AROUND if surroundings[1] < plain.FORM else np.inf
    return min(max(np.float64(surroundings[2]), plain.LEAST_AROUND), most)
