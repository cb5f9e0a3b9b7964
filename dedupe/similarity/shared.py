"""What two articles share, in words: for the evidence of a pair."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..model import NAME
from ..words import SINGLE
from .sums import pair_common

if TYPE_CHECKING:
    from ..model import Corpus, Weights


def shared_terms(
    corpus: Corpus, weights: Weights, a: int, b: int, most: int = 5
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the heaviest names and the heaviest other words that two articles share, as article `a` writes them."""
    one, other = pair_common(weights, a, b)
    product = weights.weight[one].astype(np.float64) * weights.weight[other]
    order = np.lexsort((weights.term[one], -product))
    names: list[str] = []
    rest: list[str] = []
    for entry in one[order].tolist():
        kind = names if weights.flags[entry] & NAME else rest
        if len(kind) < most:
            word = _spelled(corpus, a, int(weights.key[weights.term[entry]]))
            if word and word not in kind:
                kind.append(word)
        if len(names) == len(rest) == most:
            break
    return tuple(names), tuple(rest)


def _spelled(corpus: Corpus, row: int, key: int) -> str:
    """Return a word of an article as it first writes it; empty if its key is of a pair of characters."""
    words = slice(int(corpus.tokens.first[row]), int(corpus.tokens.first[row + 1]))
    found = np.flatnonzero(corpus.tokens.hash[words] == key)
    if not len(found):
        return ""
    place = words.start + int(found[0])
    if corpus.tokens.flags[place] & SINGLE:
        return ""
    return corpus.text[row][int(corpus.tokens.start[place]) : int(corpus.tokens.end[place])]
