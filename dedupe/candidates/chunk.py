"""Keys made by the kernel in one pass, from encoded texts or from their words."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..config import Config
from ..minhash.plain import band_weights, permutation_constants
from ..rows import lengths
from ..shingle.plain import weights
from ..words import chunks
from . import kernel
from .kernel import chunk
from .keys import SLICES, TABLE, TEXTS, Entries, Keys, Part, Words, finished, slice_shift


class Constants(NamedTuple):
    """What the kernel multiplies and compares with."""

    size: int  # of a shingle
    weight: NDArray[np.uint64]
    a: NDArray[np.uint32]
    b: NDArray[np.uint32]
    band_weight: NDArray[np.uint64]
    table: NDArray[np.uint64]
    limit: np.uint32  # of the hashes of a sketch


def constants_of(config: Config) -> Constants:
    """Return what the settings make of words, shingles and slots."""
    return Constants(
        config.shingle_size,
        weights(config.shingle_size),
        *permutation_constants(config.permutations, config.seed),
        band_weights(config.bands, config.rows),
        TABLE,
        np.uint32((1 << 32) // config.sketch_scale - 1),
    )


class Keying:
    """Makes the words and the keys of encoded texts, on any thread, of more texts than fit in memory.

    Of each text only its words, as numbers of 32 bits, and its keys are kept: some 2.9 kB for 500 words. The memory
    that one chunk took while it was worked on is used for the next: fresh memory is slow.
    """

    def __init__(self, config: Config) -> None:
        self._config = config
        self._constants = constants_of(config)
        self._spare: list[chunks.Room] = []

    def __call__(self, data: NDArray[np.uint8], bounds: NDArray[np.int64]) -> list[tuple[Words, Part]]:
        """Return the words and the keys of texts, in parts: text i is the UTF-8 data[bounds[i] : bounds[i + 1]].

        64 bytes follow the last.
        """
        parts = range(0, max(len(bounds) - 1, 1), TEXTS)
        return [self._part(data, bounds[low : low + TEXTS + 1]) for low in parts]

    def _part(self, data: NDArray[np.uint8], bounds: NDArray[np.int64]) -> tuple[Words, Part]:
        """Return the words and the keys of at most TEXTS texts."""
        space = self._spare.pop() if self._spare else None
        if space is None or not chunks.fits(space, bounds):
            total = int(bounds[-1] - bounds[0])
            space = chunks.room(2 * int(lengths(bounds).max(initial=0)), 2 * total, 2 * len(bounds))
        texts, bands = len(bounds) - 1, self._config.bands
        first, sketch_first = np.empty(texts + 1, np.int64), np.empty(texts + 1, np.int64)
        exact, band_keys = np.empty(texts, np.uint64), np.empty((bands, texts), np.uint32)
        sketch = space.start.view(np.uint32)  # nobody wants to know here where words start
        kept = self._constants, space.hash, first, exact, band_keys, sketch_first, sketch
        chunk.keys(data, bounds, chunks._tables(), space[:3], *kept)
        slices = SLICES, slice_shift(self._config.sketch_scale)
        entries = Entries(*kernel.sliced(sketch_first, sketch[: sketch_first[-1]], *slices))
        words = Words(first, space.hash[: first[-1]].copy())
        self._spare.append(space)
        return words, Part(finished(exact, lengths(first)), band_keys, entries)


def keys_of_words(first: NDArray[np.int64], words: NDArray[np.uint32], config: Config) -> Keys:
    """Return what `keys.keys_of_words_plain` does."""
    texts = len(first) - 1
    exact, sketch_first = np.empty(texts, np.uint64), np.empty(texts + 1, np.int64)
    bands, sketch = np.empty((texts, config.bands), np.uint64), np.empty(int(first[-1]), np.uint32)
    chunk.keys_of_words(first, words, constants_of(config), exact, bands, sketch_first, sketch)
    return Keys(exact, bands, sketch_first, sketch[: sketch_first[-1]].copy())
