"""Loops over columns, compiled; `near` and `pages` have the plain ones.

Which articles meet the one asked about by enough of its keys; what an article is found by, and which of its terms weigh
most.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...compiling.load import kernel, maker, step
from ...words import SPREAD
from ...words.kernel import mixed, table_size
from ..pages import BAND, EXACT, SKETCH, TERM

_HALF = np.uint64(32)
_LOW = np.int64(0xFFFFFFFF)


@kernel
def met(
    first: NDArray[np.int64], kind: NDArray[np.uint8], weight: NDArray[np.float64], which: NDArray[np.int64],
    start: NDArray[np.int64], aids: NDArray[np.uint32], kinds: tuple[int, int], shared: int, least: float,
) -> tuple[NDArray[Any], ...]:  # fmt: skip
    """Return the columns of `near.Met`, given those of `near.Led`; `kinds`: those of sketches and of terms.

    Pairs are left out that share no band, less than `shared` of the sketch and less than `least` of the terms.
    """
    sketch, term = kinds
    most = np.int64(0)
    for row in range(len(first) - 1):
        led = np.int64(0)
        for place in range(first[row], first[row + 1]):
            led += start[which[place] + 1] - start[which[place]]
        most = max(most, led)
    slots = table_size(most)
    slot_of = np.full(slots, -1, np.int32)  # the number of each article among those of the row, in open addresses
    slot, aid, in_sketch, in_bands = np.empty((4, most), np.int64)
    part, worth = np.empty(most), np.empty(most, np.int64)
    room = 1024
    whole, shares, done = np.empty((4, room), np.int64), np.empty(room), 0
    for row in range(len(first) - 1):
        count = 0
        for place in range(first[row], first[row + 1]):
            for at in range(start[which[place]], start[which[place] + 1]):
                key = np.uint64(aids[at])
                here = np.int64((key * SPREAD) >> _HALF) & (slots - 1)
                while slot_of[here] >= 0 and aid[slot_of[here]] != np.int64(key):
                    here = (here + 1) & (slots - 1)
                if slot_of[here] < 0:
                    slot_of[here], slot[count], aid[count] = count, here, np.int64(key)
                    in_sketch[count], in_bands[count], part[count] = 0, 0, 0.0
                    count += 1
                i = slot_of[here]
                if kind[place] == term:
                    part[i] += weight[place] * weight[place]
                elif kind[place] == sketch:
                    in_sketch[i] += 1
                else:
                    in_bands[i] += 1
        kept = 0
        for i in range(count):
            slot_of[slot[i]] = -1
            if in_bands[i] > 0 or in_sketch[i] >= shared or part[i] >= least:
                worth[kept] = aid[i] << np.int64(32) | i
                kept += 1
        worth[:kept].sort()
        if done + kept > room:
            room = 2 * (done + kept)
            whole, shares = _wider(whole, room), _wider(shares.reshape(1, -1), room)[0]
        for at in range(kept):
            i = worth[at] & _LOW
            whole[0, done], whole[1, done], whole[2, done], whole[3, done] = row, aid[i], in_sketch[i], in_bands[i]
            shares[done] = part[i]
            done += 1
    return whole[0, :done], whole[1, :done], whole[2, :done], whole[3, :done], shares[:done]


@maker
def _wider(columns, room):
    """Return the columns with room for more."""
    wider = np.empty((len(columns), room), columns.dtype)
    wider[:, : columns.shape[1]] = columns
    return wider


@kernel
def heaviest(first: NDArray[np.int64], weight: NDArray[np.float32], most: int) -> NDArray[np.int64]:
    """Return the entries of each row's `most` heaviest terms, the heaviest first, of equals the first."""
    kept = np.empty(min((len(first) - 1) * most, len(weight)), np.int64)
    done = 0
    for row in range(len(first) - 1):
        start = done
        for entry in range(first[row], first[row + 1]):
            if done - start == most:
                if weight[entry] <= weight[kept[done - 1]]:
                    continue
            else:
                done += 1
            place = done - 1
            while place > start and weight[kept[place - 1]] < weight[entry]:
                kept[place] = kept[place - 1]
                place -= 1
            kept[place] = entry
    return kept[:done]


@kernel
def wanted(exact, bands, sketch_first, sketch, first, term, weight, key, most, salts):
    """Return the columns of `pages.Wanted`, given those of `candidates.Keys` and of `model.Weights`."""
    rows, heavy = len(exact), heaviest(first, weight, most)
    start = np.zeros(rows + 1, np.int64)
    for row in range(rows):
        terms = min(first[row + 1] - first[row], most)
        own = 1 + bands.shape[1] if exact[row] else 0
        start[row + 1] = start[row] + own + sketch_first[row + 1] - sketch_first[row] + terms
    keys, kinds, share = np.empty(start[-1], np.uint32), np.empty(start[-1], np.uint8), np.zeros(start[-1])
    at = done = 0
    for row in range(rows):
        if exact[row]:
            keys[at], kinds[at] = _spread(exact[row], salts[EXACT]), EXACT
            at += 1
            for band in bands[row]:
                keys[at], kinds[at] = _spread(band, salts[BAND]), BAND
                at += 1
        for place in range(sketch_first[row], sketch_first[row + 1]):
            keys[at], kinds[at] = _spread(np.uint64(sketch[place]), salts[SKETCH]), SKETCH
            at += 1
        while at < start[row + 1]:
            entry = heavy[done]
            keys[at], kinds[at] = _spread(np.uint64(key[term[entry]]), salts[TERM]), TERM
            share[at] = weight[entry]
            at, done = at + 1, done + 1
    return start, keys, kinds, share


@step
def _spread(value, salt):
    """Return a value as a key, as `sites.spread` does."""
    return mixed(value ^ salt) >> _HALF


@kernel
def strongest(row: NDArray[np.int64], strength: NDArray[np.float64], most: int) -> NDArray[np.int64]:
    """Return what `near.strongest` does, given float64."""
    kept, done, low = np.empty(len(row), np.int64), 0, 0
    best = np.empty(most)  # the largest of a row, descending
    while low < len(row):
        high, filled = low, 0
        while high < len(row) and row[high] == row[low]:
            value = strength[high]
            if filled < most or value > best[most - 1]:
                filled = min(filled + 1, most)
                place = filled - 1
                while place > 0 and best[place - 1] < value:
                    best[place] = best[place - 1]
                    place -= 1
                best[place] = value
            high += 1
        least, equals = best[filled - 1], 0  # of those that equal the least the first are kept
        for place in range(filled):
            equals += best[place] == least
        for at in range(low, high):
            if strength[at] > least or (strength[at] == least and equals > 0):
                equals -= strength[at] == least
                kept[done] = at
                done += 1
        low = high
    return kept[:done]
