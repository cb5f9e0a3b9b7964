"""Which of the names that two texts share stand most often in the first, compiled: as `shared.frequent_plain` tells."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from ...compiling.load import kernel, maker, step
from ...rows import bounds_of
from ...words import code_points, row_chunks
from ...words.kernel import longest_of, table_size
from ..shared import Places
from .numbers import longer
from .texts import slot_of

_CHAINS = 128  # of the places of a text, by the lowest bits of the sign that stands there


def frequent(
    texts: Sequence[str], runs: NDArray[np.int64], places: Places, not_names: Collection[str], shortest: int, most: int
) -> Places:
    """Return what `shared.frequent_plain` does: texts[i] is the first one of the pairs runs[i] to runs[i + 1]."""
    first, low, high = places
    count = np.zeros(len(first) - 1, np.int64)
    found = np.zeros((2, len(first) - 1, most), np.int32)
    words = code_points("".join(not_names)), bounds_of(list(map(len, not_names)))
    for start, stop in row_chunks(texts):
        own = texts[start:stop]
        origin = bounds_of(list(map(len, own)))
        _frequent(
            code_points("".join(own)), origin, runs[start : stop + 1], first, low, high, *words, shortest, count, *found
        )
    kept = np.arange(most) < count[:, np.newaxis]
    return bounds_of(count), found[0][kept], found[1][kept]


@kernel
def _frequent(points, origin, runs, first, low, high, signs, bounds, shortest, count, begins, ends):
    """Write where the most frequent names of each pair stand first in its first text, and how many these are."""
    none, none_row = _table(len(bounds))
    for word in range(len(bounds) - 1):
        key = _key(signs, bounds[word], bounds[word + 1])
        slot = slot_of(none, none_row, len(none), key)
        none[slot], none_row[slot] = key, word
    keys, row = _table(2 * longest_of(first[runs[0] : runs[-1] + 1]))
    begin, size, times, listed = np.zeros((4, len(keys)), np.int64)
    head, following = np.empty(_CHAINS, np.int64), np.empty(longest_of(origin), np.int32)
    for text in range(len(origin) - 1):
        own, known = points[origin[text] : origin[text + 1]], len(keys)
        _chain(own, head, following)
        for pair in range(runs[text], runs[text + 1]):
            if 2 * (known + first[pair + 1] - first[pair]) > len(keys):
                row[:], known = -1, 0
            n = 0
            for k in range(first[pair], first[pair + 1]):
                if high[k] - low[k] < shortest:
                    continue
                key = _key(own, low[k], high[k])
                slot = slot_of(keys, row, len(keys), key)
                if row[slot] < 0:
                    keys[slot], row[slot] = key, known
                    is_none = none_row[slot_of(none, none_row, len(none), key)] >= 0
                    begin[known] = -1 if is_none else _first(own, low[k], high[k], head, following)
                    size[known], times[known] = high[k] - low[k], 0
                    known += 1
                name = row[slot]
                if begin[name] >= 0:
                    if not times[name]:
                        listed[n] = name
                        n += 1
                    times[name] += 1
            count[pair] = min(n, begins.shape[1])
            _rank(listed, n, count[pair], times, begin)
            for k in range(n):
                name = listed[k]
                if k < count[pair]:
                    begins[pair, k], ends[pair, k] = begin[name], begin[name] + size[name]
                times[name] = 0


@maker
def _table(words):
    """Return an empty table for so many keys: these, and the rows that they have, -1 where there is none."""
    slots = table_size(words)
    return np.zeros(slots, np.uint64), np.full(slots, -1, np.int32)


@step
def _key(points, low, high):
    key = np.uint64(high - low)
    for at in range(low, high):
        key = longer(key, points[at])
    return key


@step
def _chain(points, head, following):
    """Chain the places of a text, ascending, whose signs have the same lowest bits."""
    head[:] = -1
    for at in range(len(points) - 1, -1, -1):
        chain = points[at] & (_CHAINS - 1)
        following[at] = head[chain]
        head[chain] = at


@step
def _first(points, low, high, head, following):
    """Return where the signs that stand at low to high stand first."""
    at = head[points[low] & (_CHAINS - 1)]
    while at < low:
        same = 0
        while low + same < high and points[at + same] == points[low + same]:
            same += 1
        if low + same == high:
            return at
        at = following[at]
    return low


@step
def _rank(listed, n, most, times, begin):
    """Put the first ones of n names in order: the most frequent first, then as they begin, then as they are listed."""
    for rank in range(most):
        best = rank
        for k in range(rank + 1, n):
            more = times[listed[k]] - times[listed[best]]
            if more > 0 or (more == 0 and begin[listed[k]] < begin[listed[best]]):
                best = k
        name = listed[best]
        for k in range(best, rank, -1):
            listed[k] = listed[k - 1]
        listed[rank] = name
