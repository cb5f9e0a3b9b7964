"""From raw text to words and keys in one go, chunk by chunk: of more texts than would fit in memory as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .keys import TEXTS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..config import Config
    from ..words.chunks import Room
    from .keys import Part, Words


class Keying:
    """Makes the words and the keys of encoded texts, on any thread; needs numba.

    Kept of each text are its words, as numbers of 32 bits, and its keys: some 2.9 kB for 500 words. The memory
    that one chunk took while it was worked on is used for the next: fresh memory is slow.
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
