"""What a text is looked up by: plain integers that memory and the index on disk join on."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .. import minhash
from ..compiling import compiled, kernel_of
from ..config import Config
from ..jobs import cores, threaded
from ..rows import bounds_of, lengths, ranges
from ..shingle import plain
from ..words import SPREAD, Tokens, mix

TABLE = mix(np.arange(1, 4097, dtype=np.uint64) * SPREAD) | np.uint64(1)
_CHUNK = 1 << 18  # words: what a thread takes at a time
TEXTS = 1 << 16  # at most in a chunk: their numbers take 16 bits
SLICES = 64  # of the range of hashes: a slice of the sketches of a million texts fits in a cache


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
    by_words = np.searchsorted(ends, np.arange(_CHUNK, len(tokens.hash), _CHUNK)) + 1 if large else ends[:0]
    cuts = np.unique(np.concatenate((by_words, np.arange(TEXTS, len(ends), TEXTS))))
    edges = [0, *cuts[cuts < len(ends)].tolist(), len(ends)]

    def keyed(texts: tuple[int, int]) -> Keys:
        first = tokens.first[texts[0] : texts[1] + 1]
        return keys_of_words(first - first[0], tokens.hash[first[0] : first[-1]], config, large)

    return threaded(keyed, pairwise(edges), jobs or cores())


def keys_of_words(first: NDArray[np.int64], words: NDArray[np.uint32], config: Config, large: bool) -> Keys:
    """Return the keys of texts whose word hashes are words[first[i] : first[i + 1]]; `large`: with the kernel."""
    if large:
        from . import chunk

        return chunk.keys_of_words(first, words, config)
    return keys_of_words_plain(first, words, config)


def keys_of_words_plain(first: NDArray[np.int64], words: NDArray[np.uint32], config: Config) -> Keys:
    """Return what `keys_of_words` does, one kind of keys after the other."""
    at, hashes = plain.windows(first, words, config.shingle_size)
    signature = minhash.signatures(at, hashes, config.permutations, config.seed)
    sketch_first, sketch = plain.distinct(at, hashes, config.sketch_scale)
    bands = minhash.band_keys(signature, config.bands, config.rows)
    return Keys(exact_keys(first, words), bands, sketch_first, sketch.copy())


def exact_keys(first: NDArray[np.int64], words: NDArray[np.uint32]) -> NDArray[np.uint64]:
    """Return a key of the whole sequence of words of each text, uint64; 0 for a text without words.

    Word i counts table[i % 4096] * table[i / 4096] times, an odd number of 64 bits.

    >>> exact_keys(np.array([0, 2, 4, 4]), np.array([5, 6, 6, 5], dtype=np.uint32)).tolist()[2]
    0
    """
    length = lengths(first)
    _, place = ranges(np.zeros_like(length), length)
    terms = words * TABLE[place & 4095] * TABLE[(place >> 12) & 4095]
    sums = np.zeros(len(length), dtype=np.uint64)
    sums[length > 0] = np.add.reduceat(terms, first[:-1][length > 0]) if len(terms) else 0
    return finished(sums, length)


def finished(sums: NDArray[np.uint64], length: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Return the exact keys of texts of which these are the sums of words and the numbers of words."""
    exact = np.maximum(mix(sums + length.astype(np.uint64)), np.uint64(1))
    exact[length == 0] = 0
    return exact


class Words(NamedTuple):
    """The words of consecutive texts: those of text i are hash[first[i] : first[i + 1]]."""

    first: NDArray[np.int64]
    hash: NDArray[np.uint32]


class Entries(NamedTuple):
    """The sketches of at most 65,536 texts in slices of the range of hashes, in which they are searched.

    Slice i is hash[first[i] : first[i + 1]], uint32 in any order, maybe with repeats; `text`, uint16, tells
    whose each is.
    """

    first: NDArray[np.int64]
    hash: NDArray[np.uint32]
    text: NDArray[np.uint16]


class Part(NamedTuple):
    """The keys of consecutive texts as the search in memory wants them.

    `exact` as in `Keys`. `bands`: uint32 of shape (bands, texts), the upper halves of the band keys: what meets by
    chance is found out when the pair is verified.
    """

    exact: NDArray[np.uint64]
    bands: NDArray[np.uint32]
    entries: Entries


def slice_shift(scale: int) -> int:
    """Return by how many bits the hash of an entry of a sketch is shifted to make the number of its slice.

    >>> ((1 << 32) // 4 - 1) >> slice_shift(4)
    63
    """
    return max(((1 << 32) // scale - 1).bit_length() - SLICES.bit_length() + 1, 0)


def halved(key: Keys, scale: int, large: bool) -> Part:
    """Return the keys of at most 65,536 consecutive texts in the form in which they are searched."""
    bands = np.ascontiguousarray((key.bands >> np.uint64(32)).astype(np.uint32).T)
    shift = slice_shift(scale)
    if large:
        kernel = kernel_of(__package__)
        return Part(key.exact, bands, Entries(*kernel.sliced(key.sketch_first, key.sketch, SLICES, shift)))
    text = np.repeat(np.arange(len(key.exact), dtype=np.uint16), lengths(key.sketch_first))
    order = np.argsort(key.sketch >> np.uint32(shift), kind="stable")
    first = np.searchsorted(key.sketch[order] >> np.uint32(shift), np.arange(SLICES + 1))
    return Part(key.exact, bands, Entries(first, key.sketch[order], text[order]))


def _joined(parts: list[Keys]) -> Keys:
    before = bounds_of([len(part.sketch) for part in parts])
    first = [part.sketch_first[1:] + shift for part, shift in zip(parts, before[:-1], strict=True)]
    return Keys(
        np.concatenate([part.exact for part in parts]),
        np.concatenate([part.bands for part in parts]),
        np.concatenate([np.zeros(1, dtype=np.int64), *first]),
        np.concatenate([part.sketch for part in parts]),
    )
