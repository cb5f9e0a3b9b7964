"""The hot loops of alignment, compiled: each gives what its plain version gives."""

# mypy: disable-error-code="no-untyped-def, no-untyped-call, misc"

from __future__ import annotations

import numpy as np
from numba import njit


@njit(nogil=True, cache=True)
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


@njit(nogil=True, cache=True)
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


@njit(nogil=True, cache=True)
def products(first_a, term_a, first_b, term_b, square):
    """Return (a, b, sum of squared weights, number of common terms) of the sentences with a term in common."""
    begin = np.zeros(len(square) + 1, np.int64)
    for term in term_b:
        begin[term + 1] += 1
    for term in range(len(square)):
        begin[term + 1] += begin[term]
    fill = begin[:-1].copy()
    owner = np.empty(len(term_b), np.int64)
    for j in range(len(first_b) - 1):
        for k in range(first_b[j], first_b[j + 1]):
            owner[fill[term_b[k]]] = j
            fill[term_b[k]] += 1
    dot = np.zeros(len(first_b) - 1, np.int64)
    common = np.zeros(len(first_b) - 1, np.int64)
    touched = np.empty(len(first_b) - 1, np.int64)
    room = 1024
    out = np.empty((room, 4), np.int64)
    n = 0
    for i in range(len(first_a) - 1):
        met = 0
        for k in range(first_a[i], first_a[i + 1]):
            term = term_a[k]
            if square[term] == 0:
                continue
            for place in range(begin[term], begin[term + 1]):
                j = owner[place]
                if common[j] == 0:
                    touched[met] = j
                    met += 1
                common[j] += 1
                dot[j] += square[term]
        while n + met > room:
            bigger = np.empty((2 * room, 4), np.int64)
            bigger[:n] = out[:n]
            out, room = bigger, 2 * room
        for k in range(met):
            j = touched[k]
            out[n, 0], out[n, 1], out[n, 2], out[n, 3] = i, j, dot[j], common[j]
            n += 1
            dot[j] = 0
            common[j] = 0
    return out[:n, 0], out[:n, 1], out[:n, 2], out[:n, 3]


@njit(nogil=True, cache=True)
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


@njit(nogil=True, cache=True)
def fit(term, core_start, core_end, edges, other, count, worth, penalty, left):
    """Return the best stretch of `term` between two `edges`, and its score; see `refine.fit`."""
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
                value[i - low] = worth[min(count[v], len(worth) - 1)]
            else:
                value[i - low] = penalty
            i += step
    for v in other:
        left[v] = 0
    best = -(1 << 62)
    best_start, best_end, total, start = core_start, core_end, 0, low
    for e in range(len(edges) - 1):
        if total <= 0:
            total, start = 0, edges[e]
        for i in range(edges[e], edges[e + 1]):
            total += value[i - low]
        if total > best and edges[e + 1] > core_start and start < core_end:
            best, best_start, best_end = total, start, edges[e + 1]
    return best_start, best_end, best


@njit(nogil=True, cache=True)
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
