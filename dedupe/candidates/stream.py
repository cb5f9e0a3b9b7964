"""Near-duplicates of more texts than their words would fit in memory: from raw text to pairs without keeping words."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from ..words import cores
from .ahead import ahead
from .find import Candidates, search

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from numpy.typing import NDArray

    from ..config import Config
    from ..words.chunks import Room
    from .keys import Part, Words

_TEXTS, _CHARACTERS = 4096, 1 << 21  # of a chunk: its words stay in a thread's cache

Chunk = TypeVar("Chunk")


def find_texts(texts: Iterable[str], config: Config, jobs: int | None = None) -> Candidates:
    """Return the candidate pairs of texts that come one after the other, as `find` does of their words.

    Kept of each text are its words, as numbers of 32 bits, and its keys: some 2.9 kB for 500 words. Reading goes on
    while `jobs` threads work. Needs numba.

    >>> from dedupe.config import Config
    >>> found = find_texts(iter(["a b c d e f g", "no", "A B C D E F G!"]), Config())
    >>> found.a.tolist(), found.b.tolist(), found.exact.tolist()
    ([0], [2], [True])
    """
    from ..words.chunks import encode

    return find_chunks(_chunks(texts), encode, config, jobs)


def find_chunks(
    parts: Iterable[Chunk],
    encode: Callable[[Chunk], tuple[NDArray[np.uint8], NDArray[np.int64]]],
    config: Config,
    jobs: int | None = None,
) -> Candidates:
    """Return the candidate pairs of texts that come in chunks of at most 65,536; a thread encodes each chunk.

    `encode` returns (data, bounds) as `words.chunks.encode` does: text i is the UTF-8 data[bounds[i] : bounds[i + 1]].
    """
    jobs = jobs or cores()
    words, keys = _words_and_keys(parts, encode, config, jobs)
    if not keys:
        return find_texts([""], config, jobs)
    return search(keys, words, config, jobs, large=True)


def _words_and_keys(
    parts: Iterable[Chunk],
    encode: Callable[[Chunk], tuple[NDArray[np.uint8], NDArray[np.int64]]],
    config: Config,
    jobs: int,
) -> tuple[list[Words], list[Part]]:
    """Return the words and the keys of each chunk, made on `jobs` threads."""
    from ..words import chunks
    from .chunk import constants_of, keys_of_chunk

    constants = constants_of(config)
    spare: list[Room] = []

    def work(part: Chunk) -> tuple[Words, Part]:
        data, bounds = encode(part)
        space = spare.pop() if spare else None
        if space is None or not chunks.fits(space, bounds):
            space = chunks.room(2 * int(np.diff(bounds).max(initial=0)), 2 * len(data), 2 * len(bounds))
        found = keys_of_chunk(data, bounds, config, constants, space)
        spare.append(space)
        return found

    words: list[Words] = []
    keys: list[Part] = []
    with ThreadPoolExecutor(jobs) as pool:
        for its_words, its_keys in ahead(pool, work, parts, 2 * jobs):
            words.append(its_words)
            keys.append(its_keys)
    return words, keys


def _chunks(texts: Iterable[str]) -> Iterator[list[str]]:
    """Yield the texts in lists of at most some thousands and some megabytes."""
    texts, chunk, size = iter(texts), list[str](), 0
    while block := list(islice(texts, 64)):
        chunk += block
        size += sum(map(len, block))
        if size >= _CHARACTERS or len(chunk) >= _TEXTS:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk
