"""Near-duplicates of more texts than their words would fit in memory: from raw text to pairs without keeping words."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from ..words import cores
from .ahead import ahead
from .find import Candidates, search
from .keys import Keys, halved, keys_of_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from ..config import Config
    from ..words.chunks import Room

_TEXTS, _CHARACTERS = 4096, 1 << 21  # of a chunk: its words stay in a thread's cache
_BYTES = 6  # of a word and its space, about


def find_texts(texts: Iterable[str], config: Config, jobs: int | None = None) -> Candidates:
    """Return the candidate pairs of texts that come one after the other, as `find` does of their words.

    Kept of each text are its UTF-8 and its keys, some 700 bytes for 500 words; the words of those that meet others
    are counted again. Reading goes on while `jobs` threads work. Needs numba.

    >>> from dedupe.config import Config
    >>> found = find_texts(iter(["a b c d e f g", "no", "A B C D E F G!"]), Config())
    >>> found.a.tolist(), found.b.tolist(), found.exact.tolist()
    ([0], [2], [True])
    """
    from ..words import chunks

    jobs = jobs or cores()
    spare: list[Room] = []

    def keyed(chunk: list[str]) -> tuple[NDArray[np.uint8], NDArray[np.int64], Keys]:
        data, bounds = chunks.encode(chunk)
        space = spare.pop() if spare else None
        if space is None or not chunks.fits(space, bounds):
            space = chunks.room(2 * int(np.diff(bounds).max()), 2 * len(data), 2 * len(chunk))
        key = keys_of_words(*chunks.hash_chunk(data, bounds, space), config, large=True)
        spare.append(space)
        return data, bounds, key

    encoded: list[tuple[NDArray[np.uint8], NDArray[np.int64]]] = []

    def kept() -> Iterator[Keys]:
        for data, bounds, key in ahead(pool, keyed, _chunks(texts), 2 * jobs):
            encoded.append((data, bounds))
            yield key

    with ThreadPoolExecutor(jobs) as pool:
        parts = halved(kept())
    if not parts:
        return find_texts([""], config, jobs)
    row = np.cumsum([0, *(len(bounds) - 1 for _, bounds in encoded)])

    def words(rows: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
        chunk = np.searchsorted(row, rows, side="right") - 1
        pieces = [
            data[bounds[place] : bounds[place + 1]]
            for (data, bounds), place in zip(
                map(encoded.__getitem__, chunk.tolist()), (rows - row[chunk]).tolist(), strict=True
            )
        ]
        data, bounds = chunks.joined(pieces)
        space = chunks.room(int(np.diff(bounds).max(initial=0)), len(data), len(rows))
        return chunks.hash_chunk(data, bounds, space)

    length = np.concatenate([np.diff(bounds) for _, bounds in encoded]) // _BYTES + 1
    return search(parts, length, words, config, jobs, large=True)


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
