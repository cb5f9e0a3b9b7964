"""Which version makes the shingles of a batch: numpy for a few articles, the kernel for many; the same bytes."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..compiling import compiled
from ..words import Tokens
from . import plain

Hashes = tuple[NDArray[np.int64], NDArray[np.uint32]]


def shingles(tokens: Tokens, size: int = 5) -> Hashes:
    """Return (first, hash): the shingles of text i, sorted and each once, are hash[first[i] : first[i + 1]].

    >>> from dedupe.words import tokenize
    >>> first, hashes = shingles(tokenize(["a rose is a rose is a rose", "two words", ""]), size=4)
    >>> first.tolist()
    [0, 3, 4, 4]
    """
    version = _version(len(tokens.hash))
    return version.distinct(*version.windows(tokens.first, tokens.hash, size))


def distinct(first: NDArray[np.int64], hashes: NDArray[np.uint32]) -> Hashes:
    """Return the hashes of each text sorted, each once, in the same form; see `plain.distinct`."""
    return _version(len(hashes)).distinct(first, hashes)


def _version(words: int) -> Any:
    """Return the module that suits so many words."""
    if not compiled(words, __package__):
        return plain
    from . import kernel

    return kernel
