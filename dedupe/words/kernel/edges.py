"""Where words start and end in UTF-8, compiled: 64 bytes at once where they are ASCII, else character by character."""

import numpy as np

from ...compiling.intrinsics import classify, lowest, many
from ...compiling.load import step
from ..plain import ALONE, CLASS, DIVIDER, MARK
from .utf8 import decode

_ONE = np.uint64(1)


@step
def ascii_edges(data, low, high, edge):
    """Write where words of an ASCII text start and end, in turns; return how many edges there are, -1 if it is not."""
    count, carry = 0, np.uint64(0)
    for place in range(low, high, 64):
        word, foreign = classify(data, place)
        if high - place < 64:
            inside = (_ONE << np.uint64(high - place)) - _ONE
            word, foreign = word & inside, foreign & inside
        if foreign != 0:
            return -1
        turns = word ^ (word << _ONE | carry)
        carry = word >> np.uint64(63)
        edges = count + many(turns)
        while count < edges:  # four at a time, some of them for nothing: how often is easier to foresee
            for k in range(4):
                edge[count + k] = place - low + lowest(turns)
                turns &= turns - _ONE
            count += 4
        count = edges
    if count & 1:
        edge[count] = high - low
        count += 1
    return count


@step
def all_edges(data, low, high, classes, edge, char, other):
    """Write where words start and end, in bytes and in characters; mark the words that are not ASCII.

    A state is 0 between words, 1 in a word, 2 in a character that is a word of its own. Where 64 bytes are ASCII they
    are taken at once, as above.
    """
    count, state, extra = 0, 0, 0
    i = low
    while i < high:
        word, foreign = classify(data, i)
        if foreign == 0 and high - i >= 64 and state < 2:
            turns = word ^ (word << _ONE | np.uint64(state))
            while turns != 0:
                edge[count] = i - low + lowest(turns)
                char[count] = edge[count] - extra
                other[count] = 0
                turns &= turns - _ONE
                count += 1
            state = 1 if word >> np.uint64(63) else 0
            i += 64
            continue
        stop = min(i + 64, high)
        while i < stop:
            point, size = decode(data, i, high)
            kind = classes[point] & CLASS
            fresh = kind != MARK
            now = state
            if fresh:
                now = 0 if kind == DIVIDER else 2 if kind == ALONE else 1
            cut = fresh and now != 0 and (now == 2 or state == 2)
            if state != 0 and (now == 0 or cut):
                edge[count], char[count] = i - low, i - low - extra
                count += 1
            if now != 0 and (state == 0 or cut):
                edge[count], char[count], other[count] = i - low, i - low - extra, 0
                count += 1
            if now != 0 and size > 1:
                other[count - 1] = 1
            state = now
            i += size
            extra += size - 1
    if state != 0:
        edge[count], char[count] = high - low, high - low - extra
        count += 1
    return count
