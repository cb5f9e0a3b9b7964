"""The loops of the search for pairs, compiled: the same values as the plain versions beside them."""

from __future__ import annotations

import numpy as np
from numba import njit

_LOW, _HALF = np.uint64(0xFFFFFFFF), np.uint64(32)


@njit(nogil=True, cache=True)
def word_sums(first, words, table):
    """Return for each text the sum of word i times table[i % 4096] * table[i / 4096], modulo 2**64."""
    sums = np.zeros(len(first) - 1, np.uint64)
    for text in range(len(first) - 1):
        for block in range(first[text], first[text + 1], 4096):
            part = np.uint64(0)
            for i in range(min(4096, first[text + 1] - block)):
                part += np.uint64(words[block + i]) * table[i]
            sums[text] += part * table[((block - first[text]) >> 12) & 4095]
    return sums


@njit(nogil=True, cache=True)
def entries(row, first, sketch, alone, low, high):
    """Return hash << 32 | row of the entries from low to high of the rows that take part; each sketch ascends."""
    count = 0
    start = np.empty(len(first) - 1, np.int64)
    stop = np.empty(len(first) - 1, np.int64)
    for text in range(len(first) - 1):
        start[text] = stop[text] = 0
        if alone[row + text]:
            part = sketch[first[text] : first[text + 1]]
            start[text] = first[text] + np.searchsorted(part, low)
            stop[text] = first[text] + np.searchsorted(part, high)
            count += stop[text] - start[text]
    packed = np.empty(count, np.uint64)
    count = 0
    for text in range(len(first) - 1):
        for i in range(start[text], stop[text]):
            packed[count] = np.uint64(sketch[i]) << _HALF | np.uint64(row + text)
            count += 1
    return packed


@njit(nogil=True, cache=True)
def _bucket_sizes(packed, limit):
    """Return how many pairs the buckets make, and how many of them are over the limit."""
    pairs, large, start = 0, 0, 0
    for i in range(1, len(packed) + 1):
        if i == len(packed) or packed[i] >> _HALF != packed[start] >> _HALF:
            size = i - start
            if size > limit:
                large += 1
                pairs += 2 * size - 2
            else:
                pairs += size * (size - 1) // 2
            start = i
    return pairs, large


@njit(nogil=True, cache=True)
def bucket_pairs(packed, limit):
    """Return (pairs, sizes); the order of the pairs is not that of the plain version."""
    pairs, large = _bucket_sizes(packed, limit)
    found, sizes = np.empty(pairs, np.uint64), np.empty(large, np.int64)
    pairs, large, start = 0, 0, 0
    for i in range(1, len(packed) + 1):
        if i < len(packed) and packed[i] >> _HALF == packed[start] >> _HALF:
            continue
        if i - start > limit:
            sizes[large] = i - start
            large += 1
            head = (packed[start] & _LOW) << _HALF
            for j in range(start + 1, i):
                found[pairs] = head | packed[j] & _LOW
                found[pairs + 1] = (packed[j - 1] & _LOW) << _HALF | packed[j] & _LOW
                pairs += 2
        else:
            for j in range(start, i):
                for k in range(j + 1, i):
                    found[pairs] = (packed[j] & _LOW) << _HALF | packed[k] & _LOW
                    pairs += 1
        start = i
    return found, sizes


@njit(nogil=True, cache=True)
def roots(a, b, count):
    """Return for each row the least row that pairs connect it with (union-find, paths halved)."""
    root = np.arange(count)
    for i in range(len(a)):
        x, y = a[i], b[i]
        while root[x] != x:
            root[x] = root[root[x]]
            x = root[x]
        while root[y] != y:
            root[y] = root[root[y]]
            y = root[y]
        if x < y:
            root[y] = x
        else:
            root[x] = y
    for i in range(count):
        root[i] = root[root[i]]
    return root


@njit(nogil=True, cache=True)
def shared_shingles(first, hashes, a, b):
    """Return how many hashes the texts of each pair share, by merging; each text's are sorted and distinct."""
    shared = np.zeros(len(a), np.int64)
    for pair in range(len(a)):
        i, i_end = first[a[pair]], first[a[pair] + 1]
        j, j_end = first[b[pair]], first[b[pair] + 1]
        count = 0
        while i < i_end and j < j_end:
            x, y = hashes[i], hashes[j]
            count += x == y
            i += x <= y
            j += y <= x
        shared[pair] = count
    return shared
