"""What a text is looked up by: plain integers that memory and the index on disk join on."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from .. import minhash, shingle
from ..words import compiled, cores, mix, ranges

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from ..config import Config
    from ..words import Tokens

_TABLE = mix(np.arange(1, 4097, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)) | np.uint64(1)
_CHUNK = 1 << 18  # words: what a thread takes at a time


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


def keys(tokens: Tokens, config: Config, jobs: int | None = None) -> Keys:
    """Return the keys of each text.

    >>> from dedupe.config import Config
    >>> from dedupe.words import tokenize
    >>> found = keys(tokenize(["The cat sat.", "the cat sat", ""]), Config())
    >>> bool(found.exact[0] == found.exact[1]), int(found.exact[2]), found.bands.shape
    (True, 0, (3, 32))
    """
    return _joined(parts_of(tokens, config, jobs))


def parts_of(tokens: Tokens, config: Config, jobs: int | None = None) -> list[Keys]:
    """Return the keys of the texts chunk by chunk, in order, made on `jobs` threads."""
    large = compiled(len(tokens.hash))
    ends = tokens.first[1:]
    cuts = np.unique(np.searchsorted(ends, np.arange(_CHUNK, len(tokens.hash), _CHUNK)) + 1) if large else ends[:0]
    edges = [0, *cuts[cuts < len(ends)].tolist(), len(ends)]

    def part(low: int, high: int) -> Keys:
        first = tokens.first[low : high + 1]
        return keys_of_words(first - first[0], tokens.hash[first[0] : first[-1]], config, large)

    with ThreadPoolExecutor(jobs or cores()) as pool:
        return list(pool.map(part, edges[:-1], edges[1:]))


def keys_of_words(first: NDArray[np.int64], words: NDArray[np.uint32], config: Config, large: bool) -> Keys:
    """Return the keys of texts whose word hashes are words[first[i] : first[i + 1]]."""
    at, hashes = shingle.windows(first, words, config.shingle_size, large)
    signature = minhash.signatures(at, hashes, config.permutations, config.seed, large)
    sketch_first, sketch = shingle.distinct(at, hashes, config.sketch_scale, large)
    bands = minhash.band_keys(signature, config.bands, config.rows, large)
    return Keys(exact_keys(first, words, large), bands, sketch_first, sketch.copy())


def exact_keys(first: NDArray[np.int64], words: NDArray[np.uint32], large: bool = False) -> NDArray[np.uint64]:
    """Return a key of the whole sequence of words of each text, uint64; 0 for a text without words.

    Word i counts table[i % 4096] * table[i / 4096] times, an odd number of 64 bits.

    >>> exact_keys(np.array([0, 2, 4, 4]), np.array([5, 6, 6, 5], dtype=np.uint32)).tolist()[2]
    0
    """
    length = np.diff(first)
    if large:
        from . import kernel

        sums = kernel.word_sums(first, words, _TABLE)
    else:
        _, place = ranges(np.zeros_like(length), length)
        terms = words * _TABLE[place & 4095] * _TABLE[(place >> 12) & 4095]
        sums = np.zeros(len(length), dtype=np.uint64)
        sums[length > 0] = np.add.reduceat(terms, first[:-1][length > 0]) if len(terms) else 0
    exact = np.maximum(mix(sums + length.astype(np.uint64)), np.uint64(1))
    exact[length == 0] = 0
    return exact


class Sketches(NamedTuple):
    """The sketches of the texts from `row` on, as in `Keys`."""

    row: int
    sketch_first: NDArray[np.int64]
    sketch: NDArray[np.uint32]


class Part(NamedTuple):
    """The keys of consecutive texts as the search in memory wants them.

    `exact` as in `Keys`. `bands`: uint32 of shape (bands, texts), the upper halves of the band keys: what meets by
    chance is found out when the pair is verified.
    """

    exact: NDArray[np.uint64]
    bands: NDArray[np.uint32]
    sketches: Sketches


def halved(keys: Iterable[Keys]) -> list[Part]:
    """Return the keys of consecutive texts in the form in which they are searched."""
    parts: list[Part] = []
    row = 0
    for key in keys:
        bands = np.ascontiguousarray((key.bands >> np.uint64(32)).astype(np.uint32).T)
        parts.append(Part(key.exact, bands, Sketches(row, key.sketch_first, key.sketch)))
        row += len(key.exact)
    return parts


def _joined(parts: list[Keys]) -> Keys:
    before = np.cumsum([0, *(len(part.sketch) for part in parts)])
    first = [part.sketch_first[1:] + shift for part, shift in zip(parts, before[:-1], strict=True)]
    return Keys(
        np.concatenate([part.exact for part in parts]),
        np.concatenate([part.bands for part in parts]),
        np.concatenate([np.zeros(1, dtype=np.int64), *first]),
        np.concatenate([part.sketch for part in parts]),
    )
