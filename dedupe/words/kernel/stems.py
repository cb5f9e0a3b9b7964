"""The stems of words, compiled: the same as in `stems`."""

from __future__ import annotations

import numpy as np

from ...compiling.load import kernel, step
from ..plain import NOTHING, SPREAD
from ..stems import STEM
from .hash import mixed
from .utf8 import encode

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
        sign = folded[points[at]]
        at += 1
        if sign != NOTHING:
            written, size = encode(sign)
            taken += 1
            block |= np.uint64(written) << np.uint64(8 * filled)
            filled += size
            if filled >= 8:
                total += block * power
                power, filled = power * _BASE, filled - 8
                block = np.uint64(written) >> np.uint64(8 * (size - filled))
    return np.uint32(mixed(total + block * power) >> np.uint64(32))
