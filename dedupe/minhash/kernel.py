"""The loops of signatures and band keys, compiled: the same bytes as the plain version, so datasketch's."""

import numpy as np

from ..compiling.intrinsics import LANES, lower
from ..compiling.load import kernel, step
from ..words.kernel import mixed
from .plain import EMPTY

_MIX_1, _MIX_2 = np.uint32(0x85EBCA6B), np.uint32(0xC2B2AE35)
_S16, _S13 = np.uint32(16), np.uint32(13)


@step
def _premix(value):
    value = np.uint32(np.uint32(value ^ (value >> _S16)) * _MIX_1)
    value = np.uint32(np.uint32(value ^ (value >> _S13)) * _MIX_2)
    return np.uint32(value ^ (value >> _S16))


@step
def _affine(a, value, b):
    return np.uint32(np.uint32(a * value) + b)  # numba widens uint32


@kernel
def signatures_of(first, hashes, a, b, premixed, signature):
    """Write the signature of each text; `premixed` has room for the hashes of the longest."""
    whole = len(a) - len(a) % LANES
    for text in range(len(first) - 1):
        row, its = signature[text], hashes[first[text] : first[text + 1]]
        row[:] = EMPTY
        for i in range(len(its)):
            premixed[i] = _premix(its[i])
        for k in range(0, whole, LANES):
            lower(row, a, b, k, premixed, len(its))
        for k in range(whole, len(a)):
            for i in range(len(its)):
                row[k] = min(row[k], _affine(a[k], premixed[i], b[k]))


@kernel
def band_keys_of(signature, weight, keys):
    """Write the band keys of each signature."""
    bands, rows = weight.shape[0], weight.shape[1] - 1
    for text in range(len(signature)):
        row = signature[text]
        empty = True
        for slot in row:
            empty = empty and slot == EMPTY
        for band in range(bands):
            key = weight[band, rows]
            for i in range(rows):
                key += np.uint64(row[band * rows + i]) * weight[band, i]
            keys[text, band] = np.uint64(0) if empty else max(mixed(key), np.uint64(1))
