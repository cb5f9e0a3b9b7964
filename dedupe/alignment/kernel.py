"""The hot loops of alignment, compiled: each gives what its plain version gives."""

# mypy: disable-error-code="no-untyped-def, no-untyped-call, misc"

from __future__ import annotations

from math import log1p, sqrt

import numpy as np

from ..compiling.load import kernel, maker
from .sentences import EMPTY_LINE, LINE

_BASE = np.uint64(0x9E3779B97F4A7C15)


@kernel
def gaps(points, marks, start, end):
    """Return the marks between each word and the next, see `sentences.gaps`."""
    found = np.zeros(max(len(start) - 1, 0), np.uint8)
    for i in range(len(found)):
        for at in range(end[i], start[i + 1]):
            mark = marks[points[at]]
            if mark & found[i] & LINE:
                mark |= EMPTY_LINE
            found[i] |= mark
    return found


@kernel
def letters(points, folded, start, end, size):
    """Return a number for the first letters of each word, see `prepare.letters`."""
    sums = np.empty(len(start), np.uint64)
    for i in range(len(start)):
        total = np.uint64(0)
        for k in range(size):
            letter = np.uint64(folded[points[start[i] + k]]) if start[i] + k < end[i] else np.uint64(0)
            total = total * _BASE + letter
        sums[i] = total
    return sums


@kernel
def number_terms(stem_a, stem_b):
    """Return the terms of both texts as numbers in the order of their first appearance, and how many there are."""
    total = len(stem_a) + len(stem_b)
    size = 16
    while size < 2 * total:
        size *= 2
    key = np.zeros(size, np.uint32)
    value = np.full(size, -1, np.int64)
    number = np.empty(total, np.int64)
    count = 0
    for i in range(total):
        stem = stem_a[i] if i < len(stem_a) else stem_b[i - len(stem_a)]
        slot = np.int64(stem) & (size - 1)
        while value[slot] >= 0 and key[slot] != stem:
            slot = (slot + 1) & (size - 1)
        if value[slot] < 0:
            key[slot] = stem
            value[slot] = count
            count += 1
        number[i] = value[slot]
    return number[: len(stem_a)], number[len(stem_a) :], count


@kernel
def bags(term, sentence, size):
    """Return the different terms of each sentence, in the order of their first appearance in it."""
    last = np.full(size, -1, np.int64)
    first = np.zeros(len(sentence), np.int64)
    out = np.empty(len(term), np.int64)
    n = 0
    for s in range(len(sentence) - 1):
        for i in range(sentence[s], sentence[s + 1]):
            if last[term[i]] != s:
                last[term[i]] = s
                out[n] = term[i]
                n += 1
        first[s + 1] = n
    return first, out[:n]


@maker
def _sizes(first, term, square):
    """Return each sentence's squared length, and how many of its terms have a weight."""
    length, size = np.zeros(len(first) - 1, np.int64), np.zeros(len(first) - 1, np.int64)
    for i in range(len(first) - 1):
        for k in range(first[i], first[i + 1]):
            length[i] += square[term[k]]
            size[i] += square[term[k]] > 0
    return length, size


@maker
def _postings(first, term, terms):
    """Return the sentences that have each term, as rows begin[term] to begin[term + 1]."""
    begin = np.zeros(terms + 1, np.int64)
    for v in term:
        begin[v + 1] += 1
    for v in range(terms):
        begin[v + 1] += begin[v]
    fill = begin[:-1].copy()
    sentence = np.empty(len(term), np.int64)
    for j in range(len(first) - 1):
        for k in range(first[j], first[j + 1]):
            sentence[fill[term[k]]] = j
            fill[term[k]] += 1
    return begin, sentence


@kernel
def seeds(first_a, term_a, first_b, term_b, square, least):
    """Return (a, b, cosine, Dice) of the sentences with a cosine above the least, in any order."""
    length_a, size_a = _sizes(first_a, term_a, square)
    length_b, size_b = _sizes(first_b, term_b, square)
    begin, sentence = _postings(first_b, term_b, len(square))
    count_b = len(first_b) - 1
    product, common, touched = np.zeros(count_b, np.int64), np.zeros(count_b, np.int64), np.empty(count_b, np.int64)
    pairs, values = np.empty((256, 2), np.int64), np.empty((256, 2), np.float64)
    n = 0
    for i in range(len(first_a) - 1):
        met = 0
        for k in range(first_a[i], first_a[i + 1]):
            weight = square[term_a[k]]
            if weight == 0:
                continue
            for place in range(begin[term_a[k]], begin[term_a[k] + 1]):
                j = sentence[place]
                if common[j] == 0:
                    touched[met] = j
                    met += 1
                common[j] += 1
                product[j] += weight
        if n + met > len(pairs):
            more_pairs, more_values = np.empty((2 * (n + met), 2), np.int64), np.empty((2 * (n + met), 2), np.float64)
            more_pairs[:n], more_values[:n] = pairs[:n], values[:n]
            pairs, values = more_pairs, more_values
        for k in range(met):
            j = touched[k]
            cosine = product[j] / sqrt(float(length_a[i]) * float(length_b[j]))
            if cosine > least:
                pairs[n, 0], pairs[n, 1] = i, j
                values[n, 0], values[n, 1] = cosine, 2 * common[j] / (size_a[i] + size_b[j])
                n += 1
            product[j] = 0
            common[j] = 0
    return pairs[:n, 0], pairs[:n, 1], values[:n, 0], values[:n, 1]


@kernel
def runs(word_a, word_b, gram_a, gram_b, repeats):
    """Return the longest runs of equal words met reading A from its start: rows of (a, b, length)."""
    size = 16
    while size < 2 * len(gram_b):
        size *= 2
    mask = np.uint64(size - 1)
    head = np.full(size, -1, np.int64)
    following = np.full(len(gram_b), -1, np.int64)
    for j in range(len(gram_b) - 1, -1, -1):  # chains in ascending order
        slot = np.int64(gram_b[j] & mask)
        following[j] = head[slot]
        head[slot] = j
    out = np.empty((64, 3), np.int64)
    n = 0
    i = 0
    while i < len(gram_a):
        longest, there, tried = 0, -1, 0
        j = head[np.int64(gram_a[i] & mask)]
        while j >= 0 and tried < repeats:
            if gram_b[j] == gram_a[i]:
                tried += 1
                length = 0
                while (
                    i + length < len(word_a) and j + length < len(word_b) and word_a[i + length] == word_b[j + length]
                ):
                    length += 1
                if length > longest:
                    longest, there = length, j
            j = following[j]
        if longest:
            if n == len(out):
                bigger = np.empty((2 * n, 3), np.int64)
                bigger[:n] = out
                out = bigger
            out[n, 0], out[n, 1], out[n, 2] = i, there, longest
            n += 1
        i += max(longest, 1)
    return out[:n]


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
    for phase in range(3):
        step = 1
        if phase == 0:
            i, stop = core_start, core_end
        elif phase == 1:
            i, stop = core_end, high
        else:
            i, stop, step = core_start - 1, low - 1, -1
        while i != stop:
            v = term[i]
            if left[v] > 0:
                left[v] -= 1
                value[i - low] = max(int(unit * log1p(odds / (count[v] * len(other))) + 0.5), 1)
            else:
                value[i - low] = penalty
            i += step
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


@kernel
def clusters(row, column, gap):
    """Return the cluster of each seed, numbered in no particular order, and how many there are."""
    order = np.arange(len(row))
    label = np.zeros(len(row), np.int64)
    stack = np.empty((len(row) + 1, 4), np.int64)  # start, end, side to cut, whether the other side had no gap
    stack[0] = (0, len(row), 0, 0)
    waiting, found = 1, 0
    while waiting:
        waiting -= 1
        start, end, side, whole = stack[waiting]
        place = row[order[start:end]] if side == 0 else column[order[start:end]]
        by_place = np.argsort(place, kind="mergesort")
        order[start:end] = order[start:end][by_place]
        place = place[by_place]
        cuts = 0
        for k in range(1, end - start):
            cuts += place[k] - place[k - 1] - 1 > gap
        if not cuts and whole:
            label[order[start:end]] = found
            found += 1
            continue
        first = 0
        for k in range(1, end - start + 1):
            if k == end - start or place[k] - place[k - 1] - 1 > gap:
                stack[waiting] = (start + first, start + k, 1 - side, int(cuts == 0))
                waiting += 1
                first = k
    return label, found


@kernel
def in_order(first, last, order, words_b, nearest):
    """Return the length of the longest ascending chain of places order[first[i]:last[i]], one for each i."""
    tails = np.empty(len(first), np.int64)
    length = 0
    for i in range(len(first)):
        low, high = first[i], last[i]
        if low == high:
            continue
        begin = low + np.searchsorted(order[low:high], i * words_b // len(first)) - nearest // 2
        begin = max(min(begin, high - nearest), low)
        for k in range(min(begin + nearest, high) - 1, begin - 1, -1):
            at = np.searchsorted(tails[:length], order[k])
            tails[at] = order[k]
            if at == length:
                length += 1
    return length
