"""Near-duplicates of more texts than their words would fit in memory: from raw text to pairs without keeping words."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import chain, islice
from typing import TYPE_CHECKING

import numpy as np

from ..words import cores
from .ahead import ahead
from .find import Candidates, search
from .keys import TEXTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from ..config import Config
    from ..words.chunks import Room
    from .keys import Part, Words

_TEXTS, _CHARACTERS = 4096, 1 << 21  # of a chunk: its words stay in a thread's cache


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

    jobs, keyed = jobs or cores(), Keying(config)
    with ThreadPoolExecutor(jobs) as pool:
        done = list(chain.from_iterable(ahead(pool, lambda chunk: keyed(*encode(chunk)), _chunks(texts), 2 * jobs)))
    words, keys = (list(column) for column in zip(*(done or keyed(*encode([""]))), strict=True))
    return search(keys, words, config, jobs, large=True)


class Keying:
    """Makes the words and the keys of encoded texts, on any thread; needs numba.

    The memory that one chunk took while it was worked on is used for the next: fresh memory is slow.
    """

    def __init__(self, config: Config) -> None:
        from .chunk import constants_of

        self._config = config
        self._constants = constants_of(config)
        self._spare: list[Room] = []

    def __call__(self, data: NDArray[np.uint8], bounds: NDArray[np.int64]) -> list[tuple[Words, Part]]:
        """Return the words and the keys of texts, in parts: text i is the UTF-8 data[bounds[i] : bounds[i + 1]].

        64 bytes follow the last.
        """
        parts = range(0, max(len(bounds) - 1, 1), TEXTS)
        return [self._part(data, bounds[low : low + TEXTS + 1]) for low in parts]

    def _part(self, data: NDArray[np.uint8], bounds: NDArray[np.int64]) -> tuple[Words, Part]:
        from ..words import chunks
        from .chunk import keys_of_chunk

        space = self._spare.pop() if self._spare else None
        if space is None or not chunks.fits(space, bounds):
            total = int(bounds[-1] - bounds[0])
            space = chunks.room(2 * int(np.diff(bounds).max(initial=0)), 2 * total, 2 * len(bounds))
        found = keys_of_chunk(data, bounds, self._config, self._constants, space)
        self._spare.append(space)
        return found


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
