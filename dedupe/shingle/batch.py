"""Which version makes the shingles of a batch: numpy for a few articles, the kernel for many; the same bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..compiling import compiled
from . import plain

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ..words import Tokens


def windows(
    first: NDArray[np.int64], words: NDArray[np.uint32], size: int, large: bool = False
) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    """Return what `plain.windows` returns, from the kernel for a part of a large batch."""
    if large:
        from . import kernel

        return kernel.windows(first, words, size)
    return plain.windows(first, words, size)


def distinct(
    first: NDArray[np.int64], hashes: NDArray[np.uint32], scale: int = 1, large: bool = False
) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    """Return what `plain.distinct` returns, from the kernel for a part of a large batch."""
    if large:
        from . import kernel

        return kernel.distinct(first, hashes, scale)
    return plain.distinct(first, hashes, scale)


def shingles(tokens: Tokens, size: int = 5) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    """Return (first, hash): the shingles of text i, sorted and each once, are hash[first[i] : first[i + 1]].

    >>> from dedupe.words import tokenize
    >>> first, hashes = shingles(tokenize(["a rose is a rose is a rose", "two words", ""]), size=4)
    >>> first.tolist()
    [0, 3, 4, 4]
    """
    large = compiled(len(tokens.hash), __package__)
    return distinct(*windows(tokens.first, tokens.hash, size, large), large=large)
