"""Which words lie in each block, and the sum of them that `repeats` makes a key of."""

from __future__ import annotations

import numpy as np
from numba import njit

from ...words.kernel import mixed
from ...words.plain import NUMERIC
from ..repeats import BASE, NUMBER


@njit(nogil=True, cache=True)
def rows_of_blocks(token_first, token_start, blocks_first, start):
    """Return int64[m + 1]: where each block's words start; see `repeats.block_tokens`."""
    out = np.empty(len(start) + 1, dtype=np.int64)
    out[len(start)] = len(token_start)
    for page in range(len(blocks_first) - 1):
        low = token_first[page]
        for block in range(blocks_first[page], blocks_first[page + 1]):
            high = token_first[page + 1]
            while low < high:
                middle = (low + high) >> 1
                if token_start[middle] < start[block]:
                    low = middle + 1
                else:
                    high = middle
            out[block] = low
    return out


@njit(nogil=True, cache=True)
def key_sums(hashes, flags, first):
    """Return the sum of each block's words, each mixed with its place, uint64 of shape (m,)."""
    out = np.zeros(len(first) - 1, dtype=np.uint64)
    for block in range(len(first) - 1):
        place, total = np.uint64(0), np.uint64(0)
        for at in range(first[block], first[block + 1]):
            value = NUMBER if flags[at] & NUMERIC else np.uint64(hashes[at])
            total += mixed(value + place)
            place += BASE
        out[block] = total
    return out
