"""Shingles in numpy: what small batches use, and the oracle of the kernel."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..words import Tokens, mix

if TYPE_CHECKING:
    from numpy.typing import NDArray

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)


def weights(size: int) -> NDArray[np.uint64]:
    """Return the constants of the shingle hash, uint64 of shape (2 * size + 1,).

    The first `size` multiply the words of a shingle; number size + m is added to a shingle of m words.
    """
    return mix(np.arange(1, 2 * size + 2, dtype=np.uint64) * _GOLDEN)


def windows(tokens: Tokens, size: int) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    """Return (first, hash): the shingles of text i, in its order, are hash[first[i] : first[i + 1]].

    `first` is int64 of shape (texts + 1,), `hash` uint32. The hash is multilinear, the upper half of
    c + sum of weight[j] * word[j] modulo 2**64, strongly universal (Lemire & Kaser 2014).

    >>> from dedupe.words import tokenize
    >>> first, hashes = windows(tokenize(["a rose is a rose is a rose", "two words", ""]), size=4)
    >>> first.tolist(), int(hashes[0] == hashes[3]), len(set(hashes[:5].tolist()))
    ([0, 5, 6, 6], 1, 3)

    A text shorter than `size` is one shingle, so that a two-line wire flash can still equal another. An empty
    text has none.
    """
    constant = weights(size)
    words = np.diff(tokens.first)
    count = np.where(words >= size, words - size + 1, np.minimum(words, 1))
    first = np.concatenate(([0], np.cumsum(count)))
    word = tokens.hash.astype(np.uint64)
    hashes = np.zeros(first[-1], dtype=np.uint32)
    for length in range(1, size + 1):  # of the shingle: size, but for the texts that are shorter
        row = np.flatnonzero(words == length) if length < size else np.flatnonzero(words >= size)
        if not len(row):
            continue
        at = np.repeat(first[row] - np.concatenate(([0], np.cumsum(count[row])[:-1])), count[row])
        at += np.arange(len(at))
        source = at + np.repeat(tokens.first[row] - first[row], count[row])
        total = np.full(len(at), constant[size + length], dtype=np.uint64)
        for j in range(length):
            total += constant[j] * word[source + j]
        hashes[at] = total >> np.uint64(32)
    return first, hashes


def distinct(first: NDArray[np.int64], hashes: NDArray[np.uint32]) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    """Return the hashes of each text sorted, each once, in the same form.

    >>> first, hashes = distinct(np.array([0, 3, 3, 5]), np.array([7, 2, 7, 9, 1], dtype=np.uint32))
    >>> first.tolist(), hashes.tolist()
    ([0, 2, 2, 4], [2, 7, 1, 9])
    """
    row = np.repeat(np.arange(len(first) - 1, dtype=np.uint64), np.diff(first))
    packed = row << np.uint64(32) | hashes
    packed.sort()
    new = np.ones(len(packed), dtype=bool)
    new[1:] = packed[1:] != packed[:-1]
    packed = packed[new]
    bounds = np.searchsorted(packed, np.arange(len(first), dtype=np.uint64) << np.uint64(32))
    return bounds.astype(np.int64), (packed & np.uint64(0xFFFFFFFF)).astype(np.uint32)


def shingles(tokens: Tokens, size: int = 5) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    """Return (first, hash): the shingles of text i, sorted and each once, are hash[first[i] : first[i + 1]].

    >>> from dedupe.words import tokenize
    >>> first, hashes = shingles(tokenize(["a rose is a rose is a rose", "two words", ""]), size=4)
    >>> first.tolist()
    [0, 3, 4, 4]
    """
    return distinct(*windows(tokens, size))
