"""Shingles in numpy: those of few texts, and the oracle of the kernel."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from ..rows import bounds_of, each_once, lengths, owners, ranges
from ..words import SPREAD, mix


@cache
def weights(size: int) -> NDArray[np.uint64]:
    """Return the constants of the shingle hash, uint64 of shape (2 * size + 1,).

    The first `size` multiply the words of a shingle; number size + m is added to a shingle of m words.
    """
    return mix(np.arange(1, 2 * size + 2, dtype=np.uint64) * SPREAD)


def windows(
    first: NDArray[np.int64], words: NDArray[np.uint32], size: int
) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    """Return (first, hash): the shingles of text i, in its order, are hash[first[i] : first[i + 1]].

    `first` is int64 of shape (texts + 1,), `hash` uint32. The hash is multilinear, the upper half of
    c + sum of weight[j] * word[j] modulo 2**64, strongly universal (Lemire & Kaser 2014).

    >>> a, rose, is_ = 1, 2, 3
    >>> first, hashes = windows(np.array([0, 8, 10, 10]), np.array([a, rose, is_, a, rose, is_, a, rose, 4, 5]), size=4)
    >>> first.tolist(), bool(hashes[0] == hashes[3]), len(set(hashes[:5].tolist()))
    ([0, 5, 6, 6], True, 3)

    A text shorter than `size` is one shingle, so that a two-line wire flash can still equal another. An empty
    text has none.
    """
    constant = weights(size)
    length = lengths(first)
    count = np.where(length >= size, length - size + 1, np.minimum(length, 1))
    starts = bounds_of(count)
    word = words.astype(np.uint64)
    hashes = np.zeros(starts[-1], dtype=np.uint32)
    for many in range(1, size + 1):  # words of a shingle: size, but for the texts that are shorter
        row = np.flatnonzero(length == many) if many < size else np.flatnonzero(length >= size)
        if not len(row):
            continue
        _, at = ranges(starts[row], count[row])
        _, source = ranges(first[row], count[row])
        total = np.full(len(at), constant[size + many], dtype=np.uint64)
        for j in range(many):
            total += constant[j] * word[source + j]
        hashes[at] = total >> np.uint64(32)
    return starts, hashes


def distinct(
    first: NDArray[np.int64], hashes: NDArray[np.uint32], scale: int = 1
) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    """Return the hashes of each text that are below 2**32 / scale, sorted, each once, in the same form.

    >>> first, hashes = distinct(np.array([0, 3, 3, 5]), np.array([7, 2, 7, 9, 1], dtype=np.uint32))
    >>> first.tolist(), hashes.tolist()
    ([0, 2, 2, 4], [2, 7, 1, 9])
    """
    row = owners(first).astype(np.uint64)
    packed = row << np.uint64(32) | hashes
    packed = packed[hashes < (1 << 32) // scale]
    packed.sort()
    packed = each_once(packed)
    bounds = np.searchsorted(packed, np.arange(len(first), dtype=np.uint64) << np.uint64(32))
    return bounds.astype(np.int64), (packed & np.uint64(0xFFFFFFFF)).astype(np.uint32)
