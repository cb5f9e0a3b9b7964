"""What a text is looked up by: plain integers that memory and the index on disk join on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ..minhash import band_keys, signatures
from ..shingle import shingles
from ..words import Tokens, mix

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..config import Config


@dataclass(frozen=True, slots=True, eq=False)
class Keys:
    """The keys of n texts.

    `exact`: uint64 of shape (n,), equal for texts of the same words in the same order; 0 for a text without words.
    `bands`: uint64 of shape (n, bands), a bucket key for each band; 0, which is no key, for a text without words.
    `sketch_first`, `sketch`: int64 of shape (n + 1,) and uint32: the sketch of text i, those of its shingles that are
    below 2**32 / sketch_scale, ascending (FracMinHash, Irber et al. 2022), is sketch[first[i] : first[i + 1]]. The
    sketch of a larger scale is the start of it.
    """

    exact: NDArray[np.uint64]
    bands: NDArray[np.uint64]
    sketch_first: NDArray[np.int64]
    sketch: NDArray[np.uint32]


def keys(tokens: Tokens, config: Config) -> Keys:
    """Return the keys of each text.

    >>> from dedupe.config import Config
    >>> from dedupe.words import tokenize
    >>> found = keys(tokenize(["The cat sat.", "the cat sat", ""]), Config())
    >>> bool(found.exact[0] == found.exact[1]), int(found.exact[2]), found.bands.shape
    (True, 0, (3, 32))
    """
    first, hashes = shingles(tokens, config.shingle_size)
    signature = signatures(first, hashes, config.permutations, config.seed)
    sketch_first, sketch = sketches(first, hashes, config.sketch_scale)
    return Keys(exact_keys(tokens), band_keys(signature, config.bands, config.rows), sketch_first, sketch)


def exact_keys(tokens: Tokens) -> NDArray[np.uint64]:
    """Return a key of the whole sequence of words of each text, uint64; 0 for a text without words."""
    words = np.diff(tokens.first)
    filled = np.flatnonzero(words)
    exact = np.zeros(len(words), dtype=np.uint64)
    if len(filled):
        place = np.arange(len(tokens.hash)) - np.repeat(tokens.first[:-1], words)
        terms = mix(place.astype(np.uint64) << np.uint64(32) | tokens.hash)
        exact[filled] = np.maximum(mix(np.add.reduceat(terms, tokens.first[filled])), np.uint64(1))
    return exact


def sketches(
    first: NDArray[np.int64], hashes: NDArray[np.uint32], scale: int
) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    """Return (first, hash): of each text the shingles below 2**32 / scale.

    >>> first, sketch = sketches(np.array([0, 2, 3]), np.array([5, 2**31, 7], dtype=np.uint32), scale=2)
    >>> first.tolist(), sketch.tolist()
    ([0, 1, 2], [5, 7])
    """
    low = hashes < np.uint64((1 << 32) // scale)
    return np.concatenate(([0], np.cumsum(low)))[first], hashes[low]
