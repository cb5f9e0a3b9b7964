"""Chinese, which has neither spaces nor capitals: how common pairs of its characters are, and which are names."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from ..model import NAME
from ..resources import load
from ..rows import distinct, lengths, marked, places_in, ranges
from ..words import IDEOGRAPH, SINGLE, Tokens, chosen, tokenize
from .background import Background, share
from .terms import NAMES, Terms, pair_keys

CHINESE = 0.9  # of the characters of a script without spaces; in Japanese half of them are kana
HALF = 0.5  # of a Chinese text's words are characters
# The share of all words that a pair has by its rank: from rank 20 on within a fifth of what is counted.
# Counted shares, or those of 10,000 pairs in place of 5,000, told stories no better.
MOST, BEFORE = 0.14, 100


def pair_rates(terms: Terms, rows: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the rate of each term, float64, if it is a common pair in the Chinese texts in these rows, else 0."""
    _, entry = ranges(terms.first[rows], lengths(terms.first)[rows])
    used = np.zeros(len(terms.key), dtype=np.bool_)
    used[terms.term[entry]] = True
    return np.where(used, _pairs().rates(terms.key)[0], 0.0)


def with_names(terms: Terms, bodies: Tokens, rows: NDArray[np.int64]) -> Terms:
    """Return the terms with NAME on those that are mostly left over in the Chinese texts in these rows.

    Two neighbours are left over where neither is a common word, nor stands in one with the character beside it. So some
    names of places and persons are found, and few other words. With the 10,000 commonest words in place of 40,000 there
    were many others ("derailed", "burglar"), and two like events had them in common.
    """
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


def in_chinese(bodies: Tokens) -> NDArray[np.int64]:
    """Return the rows of the texts in Chinese."""
    characters = marked(bodies.flags & IDEOGRAPH, bodies.first)
    if not characters.any():
        return characters[:0]
    spaceless = marked(bodies.flags & SINGLE, bodies.first)
    return np.flatnonzero(characters > np.maximum(CHINESE * spaceless, HALF * lengths(bodies.first)))


@cache
def _common() -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Return the keys of pairs of neighbours in common words, and of common words of one character, ascending.

    In the file the first line is of these characters, the second of groups: a character, and all that follow it in some
    word.
    """
    alone, groups, _ = _lines()
    pairs = " ".join(group[0] + after for group in groups.split(" ") for after in group[1:])
    return distinct(pair_keys(tokenize([pairs]))[0]), distinct(tokenize([alone]).hash)


@cache
def _pairs() -> Background:
    """Return the pairs of the third line, the most used first, with rates by rank; 0 for one that is not listed."""
    key, rank = np.unique(pair_keys(tokenize([_lines()[2]]))[0], return_index=True)
    return Background(key, share(MOST / (1 + rank + BEFORE)), 0.0)


def _lines() -> list[str]:
    """Return the lines of the file, made by `python -m training.languages`."""
    return load("chinese.txt.gz").decode().splitlines()
