"""The stems of words, compiled: the same as in `stems`."""

from __future__ import annotations

import numpy as np

from ...compiling.load import kernel, step
from ..plain import NOTHING, SPREAD
from ..stems import STEM
from .hash import mixed

_BASE = np.uint64(SPREAD)  # of the hash of words


@kernel
def stem_hashes(points, start, end, folded):
    """Return the hash of the stem of each word points[start:end], uint32."""
    found = np.empty(len(start), np.uint32)
    for i in range(len(start)):
        found[i] = stem_hash(points, start[i], end[i], folded)
    return found


@step
def stem_hash(points, at, stop, folded):
    """Return the hash of the first letters of a word: that of `plain.hash_words`, eight bytes of UTF-8 at a time."""
    total, block, power, filled, taken = np.uint64(0), np.uint64(0), np.uint64(1), 0, 0
    while at < stop and taken < STEM:
        sign = np.uint64(folded[points[at]])
        at, taken = at + 1, taken + (1 if sign != NOTHING else 0)
        size = (sign != NOTHING) + (sign >= 0x80) + (sign >= 0x800) + (sign >= 0x10000)
        for byte in range(size):
            block |= _byte(sign, size, byte) << np.uint64(8 * filled)
            filled += 1
            if filled == 8:
                total += block * power
                power *= _BASE
                block, filled = np.uint64(0), 0
    return np.uint32(mixed(total + block * power) >> np.uint64(32))


@step
def _byte(sign, size, byte):
    """Return one of the `size` bytes of a character in UTF-8."""
    if size == 1:
        return sign
    if byte:
        return np.uint64(0x80) | (sign >> np.uint64(6 * (size - 1 - byte))) & np.uint64(0x3F)
    return np.uint64((0xF00 >> size) & 0xFF) | sign >> np.uint64(6 * (size - 1))
