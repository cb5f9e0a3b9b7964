"""Where a passage begins and ends."""

from math import log1p

import numpy as np

from ...compiling.load import kernel, maker


@kernel
def refine(term_a, term_b, unit_a, unit_b, a_start, a_end, b_start, b_end, count, left, rules):
    """Return (a start, a end, b start, b end, lower score) of the passage around a core; see `refine.refine`.

    `rules` are its constants: a compiled function kept on disk would not notice that one of them changed.
    """
    kept, penalty, reach, rounds, least, unit = rules
    core_a, core_b = (a_start, a_end), (b_start, b_end)
    total = max(len(term_a) + len(term_b), least)
    worth = (kept * total, penalty, unit)
    score_a, score_b = 0, 0
    for _ in range(rounds):
        edges = _edges(unit_a, a_start, a_end, core_a, reach)
        x0, x1, score_a = _fit(term_a, a_start, a_end, edges, term_b[b_start:b_end], count, left, worth)
        edges = _edges(unit_b, b_start, b_end, core_b, reach)
        y0, y1, score_b = _fit(term_b, b_start, b_end, edges, term_a[x0:x1], count, left, worth)
        same = x0 == a_start and x1 == a_end and y0 == b_start and y1 == b_end
        a_start, a_end, b_start, b_end = x0, x1, y0, y1
        if same:
            break
    return a_start, a_end, b_start, b_end, min(score_a, score_b)


@maker
def _edges(unit, start, end, core, reach):
    """Return the edges of units within reach of a stretch, its own and its core's, ascending, each once."""
    low = np.searchsorted(unit, start - reach)
    high = np.searchsorted(unit, end + reach + 1)
    edges = np.empty(high - low + 4, np.int64)
    edges[: high - low] = unit[low:high]
    n = high - low
    for edge in (start, end, core[0], core[1]):
        if edge < start - reach or edge > end + reach:
            continue
        at = np.searchsorted(edges[:n], edge)
        if at < n and edges[at] == edge:
            continue
        for k in range(n, at, -1):
            edges[k] = edges[k - 1]
        edges[at] = edge
        n += 1
    return edges[:n]


@maker
def _fit(term, core_start, core_end, edges, other, count, left, worth):
    """Return (start, end, score) of the best stretch of `term` between two edges; see `refine.fit`."""
    odds, penalty, unit = worth
    for v in other:
        left[v] += 1
    low, high = edges[0], edges[-1]
    value = np.empty(high - low, np.int64)
    for begin, stop, step in ((core_start, core_end, 1), (core_end, high, 1), (core_start - 1, low - 1, -1)):
        for i in range(begin, stop, step):
            v = term[i]
            value[i - low] = penalty
            if left[v] > 0:
                left[v] -= 1
                value[i - low] = max(int(unit * log1p(odds / (count[v] * len(other))) + 0.5), 1)
    for v in other:
        left[v] = 0
    best, lowest = -(1 << 62), 1 << 62
    best_start, best_end, score, start = core_start, core_end, 0, low
    for e in range(len(edges) - 1):
        if edges[e] < core_end and score < lowest:
            lowest, start = score, edges[e]
        for i in range(edges[e], edges[e + 1]):
            score += value[i - low]
        if edges[e + 1] > core_start and score - lowest > best:
            best, best_start, best_end = score - lowest, start, edges[e + 1]
    return best_start, best_end, best
