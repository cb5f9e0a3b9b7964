"""Signatures and band keys in numpy: those of few texts, and the oracle of the kernel."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from ..rows import lengths
from ..words import mix

EMPTY = np.uint32(0xFFFFFFFF)  # every slot of the signature of a text without shingles, as in datasketch


@cache
def permutation_constants(permutations: int, seed: int) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Return (a, b), each uint32 of shape (permutations,): slot k of a signature is the least a[k] * h + b[k].

    They are those of `datasketch.MinHash(permutations, seed=seed)`: `a` is odd, so each map is a bijection of 32 bits.

    >>> a, b = permutation_constants(4, seed=1)
    >>> (a % 2).tolist(), b.dtype.name
    ([1, 1, 1, 1], 'uint32')
    """
    generator = np.random.RandomState(seed)  # the generator that datasketch uses
    a = generator.randint(0, 1 << 31, permutations, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    b = generator.randint(0, 1 << 32, permutations, dtype=np.uint32)
    a.flags.writeable = b.flags.writeable = False  # all callers share them
    return a, b


def premix(hashes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Return the hashes after the finaliser of MurmurHash3, which datasketch applies before its permutations."""
    hashes = (hashes ^ (hashes >> np.uint32(16))) * np.uint32(0x85EBCA6B)
    hashes = (hashes ^ (hashes >> np.uint32(13))) * np.uint32(0xC2B2AE35)
    return hashes ^ (hashes >> np.uint32(16))


def signatures(
    first: NDArray[np.int64], hashes: NDArray[np.uint32], permutations: int = 128, seed: int = 1
) -> NDArray[np.uint32]:
    """Return the signatures, uint32 of shape (texts, permutations); text i has hashes[first[i] : first[i + 1]].

    Bit for bit what `datasketch.MinHash(permutations, seed=seed, hashfunc=int)` holds after `update_batch(hashes)`.
    A text without shingles has the largest number in every slot, and two such are alike: give them no keys.

    >>> signatures(np.array([0, 2, 2]), np.array([3, 5], dtype=np.uint32), permutations=2)[1].tolist()
    [4294967295, 4294967295]
    """
    signature = np.full((len(first) - 1, permutations), EMPTY, dtype=np.uint32)
    filled = np.flatnonzero(lengths(first))
    if len(filled):
        a, b = permutation_constants(permutations, seed)
        mixed = premix(hashes[: first[-1]])
        for slot in range(permutations):
            signature[filled, slot] = np.minimum.reduceat(mixed * a[slot] + b[slot], first[filled])
    return signature


@cache
def band_weights(bands: int, rows: int) -> NDArray[np.uint64]:
    """Return the constants of the band keys, uint64 of shape (bands, rows + 1); other in each band."""
    count = np.arange(1, bands * (rows + 1) + 1, dtype=np.uint64)
    weights = mix(count * np.uint64(0xD1B54A32D192ED03)).reshape(bands, rows + 1) | np.uint64(1)
    weights.flags.writeable = False  # all callers share them
    return weights


def band_keys(signature: NDArray[np.uint32], bands: int = 32, rows: int = 4) -> NDArray[np.uint64]:
    """Return the bucket keys, uint64 of shape (texts, bands), one for each `rows` slots of a signature.

    Texts with equal keys in any band are candidates. Keys of different bands never meet, for the band salts them. An
    empty text's keys are 0, which is no key: it meets nobody.

    >>> alike = np.array([[1, 2, 3, 4], [1, 2, 9, 9]], dtype=np.uint32)
    >>> keys = band_keys(alike, bands=2, rows=2)
    >>> (keys[0] == keys[1]).tolist()
    [True, False]
    """
    constant = band_weights(bands, rows)
    slots = signature[:, : bands * rows].reshape(-1, bands, rows)
    keys = np.broadcast_to(constant[:, rows], slots.shape[:2]).copy()
    for row in range(rows):
        keys += slots[:, :, row] * constant[:, row]
    keys = np.maximum(mix(keys), np.uint64(1))
    keys[(signature == EMPTY).all(axis=1)] = 0
    return keys
