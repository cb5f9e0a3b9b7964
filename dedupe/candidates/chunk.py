"""The keys of a chunk of texts, encoded or given their words, made in one go."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ..minhash.plain import band_weights, permutation_constants
from ..shingle.plain import weights
from ..words.chunks import _tables
from . import kernel
from .kernel import chunk
from .keys import SLICES, TABLE, Entries, Keys, Part, Words, finished, slice_shift

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..config import Config
    from ..words.chunks import Room


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


def keys_of_chunk(
    data: NDArray[np.uint8], bounds: NDArray[np.int64], config: Config, constants: Constants, space: Room
) -> tuple[Words, Part]:
    """Return the words of encoded texts, of which there are at most 65,536, and their keys."""
    texts = len(bounds) - 1
    first, sketch_first, exact = (
        np.empty(texts + 1, np.int64),
        np.empty(texts + 1, np.int64),
        np.empty(texts, np.uint64),
    )
    bands = np.empty((config.bands, texts), np.uint32)
    sketch = space.start.view(np.uint32)  # nobody wants to know here where words start
    chunk.keys(data, bounds, _tables(), space[:3], constants, space.hash, first, exact, bands, sketch_first, sketch)
    entries = Entries(
        *kernel.sliced(sketch_first, sketch[: sketch_first[-1]], SLICES, slice_shift(config.sketch_scale))
    )
    words = space.hash[: first[-1]].copy()
    return Words(first, words), Part(finished(exact, np.diff(first)), bands, entries)


def keys_of_words(first: NDArray[np.int64], words: NDArray[np.uint32], config: Config) -> Keys:
    """Return what `keys.keys_of_words_plain` does."""
    texts = len(first) - 1
    exact, sketch_first = np.empty(texts, np.uint64), np.empty(texts + 1, np.int64)
    bands, sketch = np.empty((texts, config.bands), np.uint64), np.empty(int(first[-1]), np.uint32)
    chunk.keys_of_words(first, words, constants_of(config), exact, bands, sketch_first, sketch)
    return Keys(exact, bands, sketch_first, sketch[: sketch_first[-1]].copy())
