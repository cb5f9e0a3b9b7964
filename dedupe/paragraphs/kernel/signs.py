"""Words of a block that stand elsewhere on its page, as `signs` counts them: a table of words for each page."""

import numpy as np

from ...compiling.load import maker, step
from ...words.kernel import longest_of, table_size
from ...words.plain import CAPITAL, SINGLE
from ..signs import LONG, NAME

_SPREAD = np.uint32(0x9E3779B1)
_SEVERAL = -2  # blocks of the core have the word
_NONE = -1


@step
def _slot(hashed, words, rows, last):
    """Return the slot of a word in a table with open addresses, where it is or would be."""
    slot = np.int64((hashed * _SPREAD) >> np.uint32(7)) & last
    while rows[slot] != _NONE and words[slot] != hashed:
        slot = (slot + 1) & last
    return slot


@maker
def met_in_core(hashes, start, end, flags, first, core, blocks_first):
    """Return (shared, long), int64 of shape (m,): a block's longer words, and those another core block has too."""
    shared, long = np.zeros(len(first) - 1, dtype=np.int64), np.zeros(len(first) - 1, dtype=np.int64)
    table = table_size(longest_of(first[blocks_first]))
    words, rows = np.empty(table, dtype=np.uint32), np.empty(table, dtype=np.int32)
    for page in range(len(blocks_first) - 1):
        low, high = blocks_first[page], blocks_first[page + 1]
        last = table_size(first[high] - first[low]) - 1
        rows[: last + 1] = _NONE
        blocks = 0
        for block in range(low, high):
            if not core[block]:
                continue
            blocks += 1
            for at in range(first[block], first[block + 1]):
                if end[at] - start[at] >= LONG or flags[at] & SINGLE:
                    slot = _slot(hashes[at], words, rows, last)
                    if rows[slot] == _NONE:
                        words[slot], rows[slot] = hashes[at], block - low
                    elif rows[slot] != block - low:
                        rows[slot] = _SEVERAL
        for block in range(low, high):
            others = blocks - core[block]  # of most plain texts the core is one block, which no other shares words with
            for at in range(first[block], first[block + 1]):
                if end[at] - start[at] >= LONG or flags[at] & SINGLE:
                    long[block] += 1
                    if others:
                        row = rows[_slot(hashes[at], words, rows, last)]
                        shared[block] += row != _NONE and row != block - low
    return shared, long


@maker
def met_in_lines(hashes, start, end, flags, first, line, blocks_first):
    """Return (met, opening), int64 of shape (m,): a block's words that are names of its page's bylines, those first."""
    met, opening = np.zeros(len(first) - 1, dtype=np.int64), np.zeros(len(first) - 1, dtype=np.int64)
    for page in range(len(blocks_first) - 1):
        low, high = blocks_first[page], blocks_first[page + 1]
        named = 0
        for block in range(low, high):
            named += first[block + 1] - first[block] if line[block] else 0
        if named == 0:
            continue
        last = table_size(named) - 1
        words, rows = np.empty(last + 1, dtype=np.uint32), np.full(last + 1, _NONE, dtype=np.int32)
        for block in range(low, high):
            if line[block]:
                for at in range(first[block], first[block + 1]):
                    if flags[at] & CAPITAL and end[at] - start[at] >= NAME:
                        slot = _slot(hashes[at], words, rows, last)
                        words[slot], rows[slot] = hashes[at], 0
        for block in range(low, high):
            if line[block]:
                continue
            for at in range(first[block], first[block + 1]):
                name = flags[at] & CAPITAL and end[at] - start[at] >= NAME
                if name and rows[_slot(hashes[at], words, rows, last)] != _NONE:
                    met[block] += 1
                    opening[block] += at - first[block] < 2
    return met, opening
