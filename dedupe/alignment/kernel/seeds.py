"""Where two texts meet: sentences that resemble each other, runs of equal words, words in the same order."""

from math import sqrt

import numpy as np

from ...compiling.load import kernel, maker
from ...words.kernel import table_size


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
def runs(word_a, word_b, gram_a, gram_b, repeats):
    """Return the longest runs of equal words met reading A from its start: rows of (a, b, length)."""
    size = table_size(len(gram_b))
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
