"""Where a block stands on its page, and the columns of the blocks around it, as `place` has them."""

import numpy as np

from ...compiling.load import maker, step
from ...words.kernel import longest_of
from ..place import GAP, PROSE


@maker
def stretch(letters, first):
    """Return the first block and the end of each page's stretch of prose; see `place.stretch`."""
    start, end = first[:-1].copy(), first[:-1].copy()
    for page in range(len(first) - 1):
        total, lowest, best, floor = 0.0, 0.0, 0.0, first[page]
        for block in range(first[page], first[page + 1]):
            if total <= lowest:
                lowest, floor = total, block
            total += letters[block] if letters[block] >= PROSE else -GAP
            if total - lowest > best:
                best, start[page], end[page] = total - lowest, floor, block + 1
    return start, end


@maker
def around(columns, offsets, windows, first, rows, out, at):
    """Write the columns of blocks so far on, -1 where there are none, and their means over windows, 0 over none.

    They are written, of the blocks `rows`, into `out` from column `at` on. Rows are sliced, since a place in them that
    is a sum might be one counted from the end, for all that the compiler knows, and no such loop is made of vectors.
    """
    own = columns.shape[1]
    longest = longest_of(first)
    total = np.zeros((longest + 1, own), dtype=np.float64)
    row = 0
    for page in range(len(first) - 1):
        low, high = first[page], first[page + 1]
        if row == len(rows) or rows[row] >= high:
            continue
        for block in range(low, high):
            before, after, here = total[block - low], total[block - low + 1], columns[block]
            for column in range(own):
                after[column] = before[column] + here[column]
        while row < len(rows) and rows[row] < high:
            block, place = rows[row], at
            for by in offsets:
                beside = out[row, place : place + own]
                if low <= block + by < high:
                    copy(columns[block + by], beside)
                else:
                    beside[:] = -1
                place += own
            for number in range(len(windows)):
                start = min(max(block + windows[number, 0], low), high) - low
                end = min(max(block + windows[number, 1] + 1, low), high) - low
                count, mean = max(end - start, 1), out[row, place : place + own]
                before, after = total[start], total[end]
                for column in range(own):
                    mean[column] = (after[column] - before[column]) / count
                place += own
            row += 1


@step
def copy(numbers, out):
    """Write a row of numbers: to assign one takes seconds to compile, for what is to be said when it does not fit."""
    for column in range(len(numbers)):
        out[column] = numbers[column]


@maker
def together(columns, group, first):
    """Return the means of the columns over the blocks of a page that are in one group, numbered from -1 on."""
    out = np.empty_like(columns)
    for page in range(len(first) - 1):
        low, high = first[page], first[page + 1]
        groups = 0
        for block in range(low, high):
            groups = max(groups, group[block] + 2)
        total, count = np.zeros((groups, columns.shape[1]), dtype=np.float64), np.zeros(groups, dtype=np.int64)
        for block in range(low, high):
            own = group[block] + 1
            count[own] += 1
            for column in range(columns.shape[1]):
                total[own, column] += columns[block, column]
        for block in range(low, high):
            own = group[block] + 1
            for column in range(columns.shape[1]):
                out[block, column] = total[own, column] / count[own]
    return out


@maker
def beside(marked, first):
    """Return how near the last marked block before each block of a page is, and the next one after, by columns."""
    since, until = np.zeros(marked.shape, dtype=np.float32), np.zeros(marked.shape, dtype=np.float32)
    for page in range(len(first) - 1):
        low, high = first[page], first[page + 1]
        for column in range(marked.shape[1]):
            last = -1
            for block in range(low, high):
                if last >= 0:
                    since[block, column] = 1 / np.sqrt(block - last)
                last = block if marked[block, column] else last
            last = -1
            for block in range(high - 1, low - 1, -1):
                if last >= 0:
                    until[block, column] = 1 / np.sqrt(last - block)
                last = block if marked[block, column] else last
    return since, until
