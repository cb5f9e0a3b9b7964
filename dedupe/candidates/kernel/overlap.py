"""The true overlap of pairs, compiled: the same values as the plain version."""

import numpy as np

from ...compiling.intrinsics import words_at
from ...compiling.load import kernel, step
from ...shingle.kernel import BUCKETS, distinct_of, windows_of

_TABLE_BITS = 20  # at most: 4 MB, of which a text of 500 words takes 256 kB
_LONGEST = 1 << 15  # shingles of a text that is put into the table
_PLACES = 64  # of the table for each shingle, so that few find theirs taken: looking those up takes longest
FEW = 48  # pairs that are merged instead: to clear the table takes as long


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
def shingled(address, length, size, weight, start, stop, hashes):
    """Write the distinct shingles of texts, sorted, those of text i from start[i] on, and where they end.

    Its words are `length[i]` uint32 from address[i] on.
    """
    longest = 0
    for count in length:
        longest = max(longest, count)
    windows, values, other = (
        np.empty(longest, np.uint32),
        np.empty(longest + 1, np.uint32),
        np.empty(longest + 1, np.uint32),
    )
    bucket, one, at, ends = (
        np.empty(BUCKETS, np.int32),
        np.zeros(2, np.int64),
        np.zeros(2, np.int64),
        np.zeros(2, np.int64),
    )
    for i in range(len(length)):
        one[1] = length[i]
        windows_of(one, words_at(address[i], length[i]), size, weight, at, windows)
        every = np.uint32(0xFFFFFFFF)
        stop[i] = start[i] + distinct_of(at, windows, every, values, other, bucket, ends, hashes[start[i] :])


@kernel
def blocks(a, b, length, budget):
    """Return (cuts, rows, row_cuts, left, right): pairs cuts[i] to cuts[i + 1] are a block, whose texts are
    rows[row_cuts[i] : row_cuts[i + 1]], in which pair p has places left[p] and right[p].

    The texts of a block, each counted once, have at most `budget` words together, or twice those of the longest if that
    is more: else a text as long as the budget would be shingled anew for each of its pairs.
    """
    place, rows = np.full(len(length), -1, np.int32), np.empty(2 * len(a), np.int32)
    left, right = np.empty(len(a), np.int32), np.empty(len(a), np.int32)
    cuts, row_cuts = [0], [0]
    used = longest = count = 0
    for i in range(len(a)):
        fresh = 0
        for row in (a[i], b[i]):
            if place[row] < row_cuts[-1]:
                fresh += length[row]
        longest = max(longest, length[a[i]], length[b[i]])
        if used + fresh > max(budget, 2 * longest) and used > 0:
            cuts.append(i)
            row_cuts.append(count)
            used, fresh, longest = 0, length[a[i]] + length[b[i]], max(length[a[i]], length[b[i]])
        for row in (a[i], b[i]):
            if place[row] < row_cuts[-1]:
                place[row] = count
                rows[count] = row
                count += 1
        left[i], right[i] = place[a[i]] - row_cuts[-1], place[b[i]] - row_cuts[-1]
        used += fresh
    cuts.append(len(a))
    row_cuts.append(count)
    return np.array(cuts), rows[:count], np.array(row_cuts), left, right


@kernel
def shared_shingles(start, stop, hashes, a, b):
    """Return how many hashes the texts of each pair share; those of text i, hashes[start[i] : stop[i]], are sorted and
    distinct.

    The hashes of a are spread over a table, in which those of b are looked up without a branch: twenty times as fast
    as merging, where pairs with the same a follow each other. Texts of very different lengths are compared by looking
    up the shorter one's in the longer, so that no book is read for each of its quotes.
    """
    shared, few = np.zeros(len(a), np.int64), len(a) <= FEW
    table, rest = np.zeros(0 if few else 1 << _TABLE_BITS, np.uint32), np.empty(0 if few else _LONGEST, np.uint32)
    filled, left, shift = np.int64(-1), 0, 31
    for pair in range(len(a)):
        one, other = hashes[start[a[pair]] : stop[a[pair]]], hashes[start[b[pair]] : stop[b[pair]]]
        if len(one) > 16 * len(other):
            shared[pair] = _found(one, other)
        elif len(other) > 16 * len(one):
            shared[pair] = _found(other, one)
        elif few or len(one) > len(rest):
            shared[pair] = _merged(one, other)
        else:
            if filled != a[pair]:
                if filled >= 0:
                    _empty(table, shift, hashes[start[filled] : stop[filled]])
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
