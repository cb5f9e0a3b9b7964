"""Names in Chinese, which has no capitals: what is left of a text without the common words of the language."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from ..model import NAME
from ..resources import load
from ..rows import distinct, lengths, places_in
from ..words import IDEOGRAPH, SINGLE, chosen, tokenize
from .terms import NAMES, pair_keys

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..words import Tokens
    from .terms import Terms

CHINESE = 0.9  # of the characters of a script without spaces; in Japanese half of them are kana
HALF = 0.5  # of a Chinese text's words are characters


def with_names(terms: Terms, bodies: Tokens) -> Terms:
    """Return the terms with NAME on those that are mostly left over in the Chinese ones of the texts they are of.

    Two neighbours are left over where neither is a common word, nor stands in one with the character beside it. So some
    names of places and persons are found, and few other words. With the 10,000 commonest words in place of 40,000 there
    were many others ("derailed", "burglar"), and two like events had them in common.
    """
    if not len(rows := _chinese(bodies)):
        return terms
    words = chosen(bodies, rows)
    pair, start = pair_keys(words)
    pairs, alone = _common()
    known = start[places_in(pairs, pair) >= 0]
    covered = (words.flags & IDEOGRAPH == 0) | (places_in(alone, words.hash) >= 0)
    covered[known] = covered[known + 1] = True
    left = ~(covered[start] | covered[start + 1])
    beside = np.zeros(len(covered), dtype=np.bool_)
    beside[start[left]] = beside[start[left] + 1] = True
    key, place = np.unique(np.concatenate((pair, words.hash)), return_inverse=True)
    times = np.bincount(place, weights=np.concatenate((left, beside)))
    named = np.isin(terms.key, key[times >= NAMES * np.bincount(place)])
    return terms._replace(flags=np.where(named[terms.term], terms.flags | np.uint8(NAME), terms.flags))


def _chinese(bodies: Tokens) -> NDArray[np.int64]:
    """Return the rows of the texts in Chinese."""
    characters = lengths(np.searchsorted(np.flatnonzero(bodies.flags & IDEOGRAPH), bodies.first))
    if not characters.any():
        return characters[:0]
    spaceless = lengths(np.searchsorted(np.flatnonzero(bodies.flags & SINGLE), bodies.first))
    return np.flatnonzero(characters > np.maximum(CHINESE * spaceless, HALF * lengths(bodies.first)))


@cache
def _common() -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Return the keys of pairs of neighbours in common words, and of common words of one character, ascending.

    The file, made by `python -m training.languages`: a line of these characters, and one of groups: a character, and
    all that follow it in some word.
    """
    alone, groups = load("chinese.txt.gz").decode().splitlines()
    pairs = " ".join(group[0] + after for group in groups.split(" ") for after in group[1:])
    return distinct(pair_keys(tokenize([pairs]))[0]), distinct(tokenize([alone]).hash)
