"""The search for neighbours in a large corpus, compiled: heavy terms first, exact cosines of what they lead to."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
from numba import njit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ...model import Weights

# Measured on the 53,224 Reuters articles against the exact ten nearest with a cosine of at least 0.3; see
# benchmarks/neighbours.py for the recall of other values.
HEAVY = 48  # terms of an article that are looked up
LONGEST = 2000  # articles of a term's list that are read; of a commoner term, those in which it weighs most
CHOSEN = 4  # times the neighbours wanted: so many candidates, by what the heavy terms say, get an exact cosine
_BATCH = 512  # articles of one task


@njit(nogil=True, cache=True)
def _heaviest(first, weight, low, high, most, out, count):
    """Write the entries of each row's heaviest terms, in the order of the row; of equals the earlier.

    A term that weighs nothing is none of them.
    """
    for row in range(low, high):
        start, stop = first[row], first[row + 1]
        length = stop - start
        if length <= most:
            for i in range(start, stop):
                if weight[i] > 0:
                    out[row, count[row]] = i
                    count[row] += 1
            continue
        ordered = np.sort(weight[start:stop])
        edge = ordered[length - most]
        above = 0
        for i in range(start, stop):
            if weight[i] > edge:
                above += 1
        equals = most - above
        for i in range(start, stop):
            if weight[i] > 0 and (weight[i] > edge or (weight[i] == edge and equals > 0)):
                if weight[i] == edge:
                    equals -= 1
                out[row, count[row]] = i
                count[row] += 1


@njit(nogil=True, cache=True)
def _lists(entries, count, term, weight, terms, longest):
    """Return each term's list of the articles in whose heavy terms it is: where lists start and stop, rows, weights.

    Of a list that is too long the articles are kept in which the term weighs most; of equals the earlier.
    """
    length = np.zeros(terms + 1, dtype=np.int64)
    for row in range(len(count)):
        for i in range(count[row]):
            length[term[entries[row, i]] + 1] += 1
    start = np.cumsum(length)
    stop = start[:-1].copy()
    row_of = np.zeros(start[-1], dtype=np.int32)
    weight_of = np.zeros(start[-1], dtype=np.float32)
    for row in range(len(count)):
        for i in range(count[row]):
            t = term[entries[row, i]]
            row_of[stop[t]] = row
            weight_of[stop[t]] = weight[entries[row, i]]
            stop[t] += 1
    for t in range(terms):
        if stop[t] - start[t] <= longest:
            continue
        edge = np.sort(weight_of[start[t] : stop[t]])[-longest]
        equals = longest
        for place in range(start[t], stop[t]):
            equals -= weight_of[place] > edge
        filled = start[t]
        for place in range(start[t], stop[t]):
            if weight_of[place] > edge or (weight_of[place] == edge and equals > 0):
                equals -= weight_of[place] == edge
                row_of[filled] = row_of[place]
                weight_of[filled] = weight_of[place]
                filled += 1
        stop[t] = filled
    return start, stop, row_of, weight_of


@njit(nogil=True, cache=True)
def _search(
    first,
    term,
    weight,
    entries,
    count,
    start,
    stop,
    row_of,
    weight_of,
    low,
    high,
    chosen,
    most,
    least,
    out_row,
    out_cos,
):
    rows = len(count)
    score = np.zeros(rows, dtype=np.float32)
    touched = np.zeros(rows, dtype=np.int32)
    mine = np.zeros(len(stop), dtype=np.float32)
    best_row = np.zeros(chosen, dtype=np.int32)
    best_score = np.zeros(chosen, dtype=np.float32)
    for row in range(low, high):
        met = 0
        for i in range(count[row]):
            entry = entries[row, i]
            t = term[entry]
            value = weight[entry]
            for place in range(start[t], stop[t]):
                other = row_of[place]
                if score[other] == 0.0:
                    touched[met] = other
                    met += 1
                score[other] += value * weight_of[place]
        kept = 0
        lowest = np.float32(0.0)
        for i in range(met):  # the candidates of the largest partial sums, by insertion
            other = touched[i]
            value = score[other]
            score[other] = 0.0
            if other == row or (kept == chosen and value <= lowest):
                continue
            place = kept if kept < chosen else chosen - 1
            while place > 0 and (
                best_score[place - 1] < value or (best_score[place - 1] == value and best_row[place - 1] > other)
            ):
                best_score[place] = best_score[place - 1]
                best_row[place] = best_row[place - 1]
                place -= 1
            best_score[place] = value
            best_row[place] = other
            if kept < chosen:
                kept += 1
            lowest = best_score[kept - 1]
        for i in range(first[row], first[row + 1]):
            mine[term[i]] = weight[i]
        found = 0
        for i in range(kept):
            other = best_row[i]
            cosine = 0.0
            for j in range(first[other], first[other + 1]):
                cosine += np.float64(mine[term[j]]) * np.float64(weight[j])
            if cosine < least or (found == most and cosine < out_cos[row, most - 1]):
                continue
            place = found if found < most else most - 1
            if found == most and cosine == out_cos[row, place] and out_row[row, place] < other:
                continue
            while place > 0 and (
                out_cos[row, place - 1] < cosine
                or (out_cos[row, place - 1] == cosine and out_row[row, place - 1] > other)
            ):
                out_cos[row, place] = out_cos[row, place - 1]
                out_row[row, place] = out_row[row, place - 1]
                place -= 1
            out_cos[row, place] = cosine
            out_row[row, place] = other
            if found < most:
                found += 1
        for i in range(first[row], first[row + 1]):
            mine[term[i]] = 0.0


def nearest(
    weights: Weights,
    most: int,
    least: float,
    jobs: int,
    *,
    heavy: int = HEAVY,
    longest: int = LONGEST,
    chosen: int = CHOSEN,
) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    """Return the nearest neighbours of each article and their exact cosines, int32 and float64 of shape (n, most).

    Rows descend by cosine, of equals the first article first; where there are fewer, the row is -1 and the cosine 0.
    """
    n, w = len(weights.first) - 1, weights
    entries, count = np.zeros((n, heavy), dtype=np.int64), np.zeros(n, dtype=np.int64)
    near, cosine = np.full((n, most), -1, dtype=np.int32), np.zeros((n, most))
    lows = range(0, n, _BATCH)

    def look_up(low: int) -> None:
        _heaviest(w.first, w.weight, low, min(low + _BATCH, n), heavy, entries, count)

    with ThreadPoolExecutor(jobs) as pool:
        list(pool.map(look_up, lows))
        start, stop, row_of, weight_of = _lists(entries, count, w.term, w.weight, len(w.key), longest)

        def search(low: int) -> None:
            high, candidates = min(low + _BATCH, n), chosen * most
            _search(
                w.first, w.term, w.weight, entries, count, start, stop, row_of, weight_of, low, high, candidates, most,
                least, near, cosine,
            )  # fmt: skip

        list(pool.map(search, lows))
    return near, cosine
