"""The stem of a word: its first letters, which its forms share in any language that inflects ("Москва", "Москвы").

Cut after five letters, words of European languages are found about as well as by what knows their endings (McNamee and
Mayfield 2004).
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from ..compiling import compiled
from .plain import NOTHING, NUMERIC, Tokens, character_table, hash_words, joined_points

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

STEM = 5  # characters of a word that its stem keeps: announced, announces, announcement are one
_CHUNK = 1 << 22  # characters worked on at a time, for the sake of memory


def stems(texts: Sequence[str], tokens: Tokens) -> NDArray[np.uint32]:
    """Return the hash of each word's stem; a short word or a number is its own.

    >>> from dedupe.words import tokenize
    >>> texts = ["Москва", "Москвы 2019", "Рим"]
    >>> words, found = tokenize(texts), stems(texts, tokenize(texts))
    >>> bool(found[0] == found[1]), (found == words.hash).tolist()
    (True, [False, False, True, True])
    """
    found = tokens.hash.copy()
    with_kernel = compiled(len(found), __package__)
    for low, high in row_chunks(texts):
        points, origin = joined_points(texts[low:high])
        own = tokens.part(low, high)
        offset = np.repeat(origin[:-1], np.diff(own.first))
        start, end = own.start + offset, own.end + offset
        long = np.flatnonzero((end - start > STEM) & (own.flags & NUMERIC == 0))
        place = int(tokens.first[low]) + long
        if with_kernel:
            from .kernel import stem_hashes

            found[place] = stem_hashes(points, start[long], end[long], character_table()[1])
        else:
            found[place] = hash_stems(points, start[long], end[long])
    return found


def hash_stems(points: NDArray[np.uint32], start: NDArray[np.int64], end: NDArray[np.int64]) -> NDArray[np.uint32]:
    """Return the hash of the stem of each word points[start:end], uint32."""
    folded = character_table()[1][points]
    if (gone := folded == NOTHING).any():
        place = np.concatenate(([0], np.cumsum(~gone)))
        folded, start, end = folded[~gone], place[start], place[end]
    return hash_words(folded, start, np.minimum(end, start + STEM))


def row_chunks(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Return row ranges of about _CHUNK characters each."""
    if not texts:
        return []
    size = np.cumsum([len(text) for text in texts]) // _CHUNK
    cuts = [0, *(np.flatnonzero(np.diff(size)) + 1).tolist(), len(texts)]
    return list(pairwise(cuts))
