"""How many words two texts have in common, compiled: the same as in `figures`."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ...compiling.load import kernel, maker


def shared_words(
    first: NDArray[np.int64], hashed: NDArray[np.uint32], a: NDArray[np.int32], b: NDArray[np.int32]
) -> NDArray[np.int64]:
    """Return what `figures.shared_words` does."""
    found = np.empty((3, len(a)), np.int64)
    _shared(first, hashed, a.astype(np.int64), b.astype(np.int64), found)
    return found


@kernel
def _shared(first, hashed, a, b, found):
    for pair in range(len(a)):
        one = _each_once(hashed[first[a[pair]] : first[a[pair] + 1]])
        other = _each_once(hashed[first[b[pair]] : first[b[pair] + 1]])
        shared, at = 0, 0
        for word in one:
            while at < len(other) and other[at] < word:
                at += 1
            shared += at < len(other) and other[at] == word
        found[0, pair], found[1, pair], found[2, pair] = shared, len(one), len(other)


@maker
def _each_once(words):
    """Return the words ascending, each once."""
    ordered, count = words.copy(), 0
    ordered.sort()
    for word in ordered:
        if count == 0 or word != ordered[count - 1]:
            ordered[count] = word
            count += 1
    return ordered[:count]
