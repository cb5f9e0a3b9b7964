"""The true overlap of pairs, compiled: the same values as the plain version."""

from __future__ import annotations

import numpy as np

from ...words.load import kernel, step

_TABLE_BITS = 20  # at most: 4 MB, of which a text of 500 words takes 256 kB
_LONGEST = 1 << 15  # shingles of a text that is put into the table
_PLACES = 64  # of the table for each shingle, so that few find theirs taken: looking those up takes longest


@step
def _found(values, wanted):
    """Return how many of the ascending `wanted` are among the ascending `values`, which are many more."""
    count, low = 0, 0
    for value in wanted:
        high = len(values)
        while low < high:
            middle = (low + high) >> 1
            if values[middle] < value:
                low = middle + 1
            else:
                high = middle
        count += low < len(values) and values[low] == value
    return count


@step
def _merged(one, other):
    """Return how many values two ascending arrays share."""
    count, i, j = 0, 0, 0
    while i < len(one) and j < len(other):
        x, y = one[i], other[j]
        count += x == y
        i += x <= y
        j += y <= x
    return count


@step
def _fill(table, shift, values, rest):
    """Put each value in its place of the table; return how many found theirs taken, which `rest` holds, ascending."""
    left = 0
    for value in values:
        place = value >> shift
        if table[place] or value == 0:
            rest[left] = value
            left += 1
        else:
            table[place] = value
    return left


@step
def _empty(table, shift, values):
    """Take the values out of the table, quicker than to write all of it."""
    for value in values:
        table[value >> shift] = 0


@kernel
def shared_shingles(first, hashes, a, b):
    """Return how many hashes the texts of each pair share; each text's are sorted and distinct.

    The hashes of a are spread over a table, in which those of b are looked up without a branch: twenty times as fast
    as merging, where pairs with the same a follow each other. Texts of very different lengths are compared by looking
    up the shorter one's in the longer, so that no book is read for each of its quotes.
    """
    shared = np.zeros(len(a), np.int64)
    table, rest = np.zeros(1 << _TABLE_BITS, np.uint32), np.empty(_LONGEST, np.uint32)
    filled, left, shift = np.int64(-1), 0, 31
    for pair in range(len(a)):
        one, other = hashes[first[a[pair]] : first[a[pair] + 1]], hashes[first[b[pair]] : first[b[pair] + 1]]
        if len(one) > 16 * len(other):
            shared[pair] = _found(one, other)
        elif len(other) > 16 * len(one):
            shared[pair] = _found(other, one)
        elif len(one) > len(rest):
            shared[pair] = _merged(one, other)
        else:
            if filled != a[pair]:
                if filled >= 0:
                    _empty(table, shift, hashes[first[filled] : first[filled + 1]])
                filled, shift = a[pair], 32 - _TABLE_BITS
                while shift < 26 and (1 << (31 - shift)) >= _PLACES * len(one):
                    shift += 1
                left = _fill(table, shift, one, rest)
            count = 0
            for j in range(len(other)):
                count += table[other[j] >> shift] == other[j]
            if len(other) > 0 and other[0] == 0:
                count -= table[0] == 0
            shared[pair] = count + _found(other, rest[:left])
    return shared
