"""Signatures, compiled: the same bytes as the plain version, so datasketch's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit

from .plain import EMPTY, permutation_constants

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MIX_1, _MIX_2 = np.uint32(0x85EBCA6B), np.uint32(0xC2B2AE35)
_S16, _S13 = np.uint32(16), np.uint32(13)


@njit(nogil=True, cache=True)
def _premix(value):
    value = np.uint32(np.uint32(value ^ (value >> _S16)) * _MIX_1)
    value = np.uint32(np.uint32(value ^ (value >> _S13)) * _MIX_2)
    return np.uint32(value ^ (value >> _S16))


@njit(nogil=True, cache=True)
def _affine(a, value, b):
    return np.uint32(np.uint32(a * value) + b)  # numba widens uint32; cut back, the compiler keeps 16 lanes


@njit(nogil=True, cache=True)
def _signatures(first, hashes, a, b, signature):
    for text in range(len(first) - 1):
        row = signature[text]
        row[:] = EMPTY
        i, stop = first[text], first[text + 1]
        while i + 4 <= stop:  # four shingles for each time that the constants and the slot are read
            h0, h1, h2, h3 = _premix(hashes[i]), _premix(hashes[i + 1]), _premix(hashes[i + 2]), _premix(hashes[i + 3])
            for k in range(len(a)):
                one = min(_affine(a[k], h0, b[k]), _affine(a[k], h1, b[k]))
                other = min(_affine(a[k], h2, b[k]), _affine(a[k], h3, b[k]))
                row[k] = min(row[k], min(one, other))
            i += 4
        while i < stop:
            h0 = _premix(hashes[i])
            for k in range(len(a)):
                row[k] = min(row[k], _affine(a[k], h0, b[k]))
            i += 1


def signatures(
    first: NDArray[np.int64], hashes: NDArray[np.uint32], permutations: int = 128, seed: int = 1
) -> NDArray[np.uint32]:
    """Return what the plain version returns."""
    signature = np.empty((len(first) - 1, permutations), np.uint32)
    _signatures(first, hashes, *permutation_constants(permutations, seed), signature)
    return signature
