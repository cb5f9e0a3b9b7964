"""The search for neighbours in a large corpus, compiled: heavy terms first, exact cosines of what they lead to."""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import NDArray

from ...compiling.intrinsics import at_least, lowest, prefetch
from ...compiling.load import kernel, step
from ...jobs import threaded
from ...model import Weights
from .layout import laid_out
from .order import largest

# Measured on the 53,224 Reuters articles against the exact ten nearest with a cosine of at least 0.3, as
# benchmarks/neighbours.py does.
HEAVY = 64  # terms of an article that are looked up
LONGEST = 2000  # articles of a term's list that are read; of a commoner term, those in which it weighs most
CHOSEN = 4  # times the neighbours wanted: so many candidates, by what the heavy terms say, get an exact cosine
_BATCH = 512  # articles of one task
_AHEAD = 2  # candidates whose terms are on their way: half again as fast
_BEGINNING = 128  # articles of a term's list that are on their way while the list before is read: a tenth faster
_HALF, _LOW = np.uint64(32), np.uint32(0xFFFFFFFF)
_BLOCK, _SHIFT = 64, np.uint32(6)  # scores that are looked at together, and the bits that number them
_TOPS = 512  # largest scores that bound the others: with four times as many as are chosen, hardly more are looked at


@kernel
def _heaviest(first, weight, low, high, most, out, count, space):
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
        edge = largest(weight[start:stop], most, space)
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


@kernel
def _lists(entries, count, of, term, weight, longest, start, stop, row_of, weight_of, keys, space):
    """Write each term's list of the articles in whose heavy terms it is: where lists start and stop, rows, weights.

    Of a list that is too long the articles are kept in which the term weighs most; of equals the earlier.
    """
    for row in range(len(count)):
        for i in range(count[row]):
            start[term[entries[row, i]] + 1] += 1
    for t in range(len(stop)):
        start[t + 1] += start[t]
        stop[t] = start[t]
    for row in range(len(count)):
        for i in range(count[row]):
            t = term[entries[row, i]]
            row_of[stop[t]] = row
            weight_of[stop[t]] = weight[entries[row, i]]
            stop[t] += 1
    bits = weight_of.view(np.uint32)  # of floats above 0: they order as these do
    for t in range(len(stop)):
        low, size = start[t], stop[t] - start[t]
        if size <= longest:
            continue
        for i in range(size):
            keys[i] = np.uint64(bits[low + i]) << _HALF | np.uint64(_LOW - np.uint32(of[row_of[low + i]]))
        edge, filled = largest(keys[:size], longest, space), low
        for i in range(size):
            if keys[i] >= edge:
                row_of[filled], weight_of[filled] = row_of[low + i], weight_of[low + i]
                filled += 1
        stop[t] = filled


@step
def _fetch_list(row_of, weight_of, start):
    """Ask for the beginning of the next term's list while one is read; what follows is fetched as it is read."""
    for place in range(start, start + _BEGINNING, 16):
        prefetch(row_of, place)
        prefetch(weight_of, place)


@step
def _likely(row, mine, entries, term, weight, of, place_of, lists, scores, met, tops, space, keys, best):
    """Fill `best` with the others of the largest sums over heavy terms, of equals the first; return how many.

    `scores`, zeros, and their bits, which order as they do, are looked at `_BLOCK` at a time, in the blocks that are
    `met`. Each of `tops` is the largest of some scores. If `best` has k places, k scores are as large as the k-th of
    the `tops`, so that smaller scores can be passed over.
    """
    start, stop, row_of, weight_of = lists
    score, bits = scores
    for i in range(mine):
        value, t = weight[entries[row, i]], term[entries[row, i]]
        if i + 1 < mine:
            _fetch_list(row_of, weight_of, start[term[entries[row, i + 1]]])
        its_rows, its_weights = row_of[start[t] : stop[t]], weight_of[start[t] : stop[t]]
        for place in range(len(its_rows)):
            other = its_rows[place]
            score[other] += value * its_weights[place]
            met[other >> _SHIFT] = True
    score[row] = 0.0
    turn = 0
    tops[:] = 0
    for block in range(len(met)):
        if met[block]:
            low, turn = block * _BLOCK, (turn + _BLOCK) % len(tops)
            here, top = bits[low : low + _BLOCK], tops[turn : turn + _BLOCK]
            for i in range(_BLOCK):
                top[i] = max(top[i], here[i])
    cut, found = max(largest(tops, len(best), space), np.uint32(1)), 0
    for block in range(len(met)):
        if met[block]:
            low = block * _BLOCK
            above = at_least(bits, low, cut)
            while above:
                other = low + lowest(above)
                keys[found] = np.uint64(bits[other]) << _HALF | np.uint64(_LOW - np.uint32(of[other]))
                found, above = found + 1, above & (above - np.uint64(1))
            score[low : low + _BLOCK] = 0.0
            met[block] = False
    least = largest(keys[:found], len(best), keys[len(keys) // 2 :]) if found > len(best) else np.uint64(0)
    kept = 0
    for key in keys[:found]:
        if key >= least:
            best[kept] = place_of[_LOW - np.uint32(key & np.uint64(_LOW))]
            kept += 1
    return kept


@partial(step, fastmath={"reassoc", "nsz"})
def _cosine(mine, term, weight):
    """Return the sum of products with a row laid out by term; exact in any order, so eight at a time."""
    cosine = 0.0
    for j in range(len(term)):
        cosine += np.float64(mine[term[j]]) * np.float64(weight[j])
    return cosine


@step
def _fetch(term, weight, first, row):
    """Ask for the terms of a row before they are multiplied: its memory is slower than the work."""
    for j in range(first[row], first[row + 1], 16):
        prefetch(term, j)
        prefetch(weight, j)


@step
def _rank(other, cosine, found, rows, cosines):
    """Put an article among the nearest, the largest cosine first, of equals the first article; return how many."""
    most = len(rows)
    if found == most and (cosine < cosines[-1] or (cosine == cosines[-1] and rows[-1] < other)):
        return found
    place = min(found, most - 1)
    while place > 0 and (cosines[place - 1] < cosine or (cosines[place - 1] == cosine and rows[place - 1] > other)):
        cosines[place], rows[place] = cosines[place - 1], rows[place - 1]
        place -= 1
    cosines[place], rows[place] = cosine, other
    return min(found + 1, most)


@kernel
def _choose(low, high, asks, layout, entries, count, lists, scores, met, tops, space, keys, best, kept):
    """Write the likely neighbours of the rows from low to high that ask for them, and how many there are."""
    _, term, weight, of, place = layout
    for row in range(low, high):
        kept[row - low] = 0
        if asks[of[row]]:
            kept[row - low] = _likely(
                row, count[row], entries, term, weight, of, place, lists, scores, met, tops, space, keys,
                best[row - low],
            )  # fmt: skip


@kernel
def _search(low, high, layout, best, kept, least, out_row, out_cos, mine):
    """Write the nearest of the rows from low to high, and their cosines, given the likely ones."""
    first, term, weight, of, _ = layout
    for row in range(low, high):
        likely, count, found, article = best[row - low], kept[row - low], 0, of[row]
        for i in range(first[row], first[row + 1]):
            mine[term[i]] = weight[i]
        for i in range(count):
            if i + _AHEAD < count:
                _fetch(term, weight, first, likely[i + _AHEAD])
            start, stop = first[likely[i]], first[likely[i] + 1]
            cosine = _cosine(mine, term[start:stop], weight[start:stop])
            if cosine >= least:
                found = _rank(of[likely[i]], cosine, found, out_row[article], out_cos[article])
        for i in range(first[row], first[row + 1]):
            mine[term[i]] = 0.0


def nearest(
    weights: Weights,
    most: int,
    least: float,
    jobs: int,
    *,
    rows: NDArray[np.int64] | None = None,
    asks: NDArray[np.bool_] | None = None,
    heavy: int = HEAVY,
    longest: int = LONGEST,
    chosen: int = CHOSEN,
) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    """Return the nearest neighbours of each article and their exact cosines, int32 and float64 of shape (n, most).

    Neighbours descend by cosine, of equals the first article first; where there are fewer, the row is -1 and the cosine
    0. `rows`: the articles that are looked at, ascending; the first of them is row 0. `asks`: of each of them, whether
    its neighbours are sought; else it has none.
    """
    layout = laid_out(weights, np.arange(len(weights.first) - 1) if rows is None else rows, jobs)
    first, term, weight, of, _ = layout
    n, terms, widest = len(first) - 1, len(weights.key), int(np.diff(first).max(initial=0))
    entries, count = np.zeros((n, heavy), dtype=np.int64), np.zeros(n, dtype=np.int64)
    near, cosine = np.full((n, most), -1, dtype=np.int32), np.zeros((n, most))
    lows, asks = range(0, n, _BATCH), np.ones(n, dtype=np.bool_) if asks is None else asks

    def look_up(low: int) -> None:
        _heaviest(first, weight, low, min(low + _BATCH, n), heavy, entries, count, np.empty(widest, np.float32))

    threaded(look_up, lows, jobs)
    total = int(count.sum())
    lists = (
        np.zeros(terms + 1, np.int64), np.zeros(terms, np.int64), np.zeros(total, np.uint32),
        np.zeros(total, np.float32),
    )  # fmt: skip
    _lists(entries, count, of, term, weight, longest, *lists, *np.empty((2, n), np.uint64))

    def search(low: int) -> None:
        high, blocks = min(low + _BATCH, n), n // _BLOCK + 1
        score, tops = np.zeros(blocks * _BLOCK, np.float32), max(_TOPS, -(-chosen * most // _BLOCK) * _BLOCK)
        space = (
            (score, score.view(np.uint32)), np.zeros(blocks, np.bool_), np.zeros(tops, np.uint32),
            np.zeros(tops, np.uint32), np.zeros(2 * len(score), np.uint64),
        )  # fmt: skip
        best, kept = np.zeros((_BATCH, chosen * most), np.uint32), np.zeros(_BATCH, np.int64)
        _choose(low, high, asks, layout, entries, count, lists, *space, best, kept)
        # apart, since either fills a cache with what it looks up
        _search(low, high, layout, best, kept, least, near, cosine, np.zeros(terms, np.float32))

    threaded(search, lows, jobs)
    return near, cosine


def all_cosines(weights: Weights, rows: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return what `neighbours.all_cosines` does."""
    cosines = np.zeros((len(rows), len(rows)))
    _every(weights.first, weights.term, weights.weight, rows, np.zeros(len(weights.key), np.float32), cosines)
    return cosines


@kernel
def _every(first, term, weight, rows, mine, cosines):
    for one in range(len(rows)):
        low, high = first[rows[one]], first[rows[one] + 1]
        for i in range(low, high):
            mine[term[i]] = weight[i]
        for other in range(one + 1, len(rows)):
            start, stop = first[rows[other]], first[rows[other] + 1]
            cosine = _cosine(mine, term[start:stop], weight[start:stop])
            cosines[one, other] = cosines[other, one] = cosine
        for i in range(low, high):
            mine[term[i]] = 0.0
