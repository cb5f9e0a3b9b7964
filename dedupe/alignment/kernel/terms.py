"""The words of one text, or of both, made ready: what stands between them, and the terms that they count as."""

import numpy as np

from ...compiling.load import kernel
from ...words.kernel import table_size
from ..sentences import EMPTY_LINE, LINE

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
    size = table_size(total)
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
