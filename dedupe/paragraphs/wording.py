"""What the words of a block say of its role, whatever stands around it: a regression over hashed words and pairs.

The hashing trick (Weinberger et al. 2009): no list of words is kept. So every word of the pages that were learnt from
counts, in any language, beside the phrases of the lexicon.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..compiling import compiled, kernel_of
from ..resources import numbers
from ..rows import lengths
from ..words import Tokens, mix
from ..words.phrases import extend, word_values

CELLS = 1 << 12  # for words, and as many for pairs of words
GRAIN = 128.0  # weights are multiples of 1/128: no sum of them depends on its order
WEIGHT = "<i2"  # of what kind the weights are in a file of weights, see `numbers`
LEAST = 1 / 64  # is added to a likelihood, so that the smallest ones hardly differ


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """A regression: `weight` int32 of shape (2 * CELLS, roles), in grains; `intercept` float64 of shape (roles,)."""

    weight: NDArray[np.int32]
    intercept: NDArray[np.float64]


def wording(table: dict[str, Any]) -> Wording:
    """Return the regression of a file of weights."""
    weight = numbers(table["weight"], WEIGHT).astype(np.int32).reshape(2 * CELLS, -1)
    return Wording(weight, np.array(table["intercept"], dtype=np.float64))


def cells(values: NDArray[np.uint64], first: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the cell of each word of the blocks, and of each with its next one, -1 at the end of a block.

    The words of block i are rows first[i] to first[i + 1] of the values; both columns start at first[0].
    """
    mixed = mix(values[first[0] : first[-1]])
    mask = np.uint64(CELLS - 1)
    pair = np.full(len(mixed), -1, dtype=np.int64)
    if len(mixed):
        pair[:-1] = (extend(mixed[:-1], values[first[0] + 1 : first[-1]]) & mask).astype(np.int64) + CELLS
        ends = first[1:] - first[0]
        pair[ends[ends > 0] - 1] = -1
    return (mixed & mask).astype(np.int64), pair


def likely(wording: Wording, tokens: Tokens, first: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return how likely each role is by a block's words alone, float32 of shape (m, roles), see `grained`.

    Words and pairs of a block count the less the more there are: by the square root of their number.
    """
    if compiled(len(tokens.hash), __package__):
        kernel = kernel_of(__package__)
        return kernel.wording(tokens.hash, tokens.flags, first, wording.weight, wording.intercept)
    return likely_plain(wording, tokens, first)


def likely_plain(wording: Wording, tokens: Tokens, first: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return what `likely` does, with numpy."""
    scale = GRAIN * np.sqrt(np.maximum(2 * lengths(first) - 1, 1))
    scores = word_weights(word_values(tokens), first, wording.weight) / scale[:, None] + wording.intercept
    scores -= scores.max(axis=1, keepdims=True)
    odds = np.exp(scores)
    return grained(odds / odds.sum(axis=1, keepdims=True))


def word_weights(values: NDArray[np.uint64], first: NDArray[np.int64], weights: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return the sum of the weights of each block's words and pairs, int32 of shape (m, roles)."""
    word, pair = cells(values, first)
    weight = np.concatenate((weights, np.zeros_like(weights[:1])))  # the last is that of no pair
    some = np.flatnonzero(lengths(first))
    sums = np.zeros((len(first) - 1, weight.shape[1]), dtype=np.int32)
    if len(some):
        sums[some] = np.add.reduceat(weight[word] + weight[pair], first[some] - first[0], axis=0)
    return sums


def grained(odds: NDArray[Any]) -> NDArray[np.float32]:
    """Return likelihoods as their logarithms to base 2 in steps of 1/64, -6 for the least.

    >>> grained(np.array([[0.0, 0.984375]])).tolist()
    [[-6.0, 0.0]]
    """
    return (np.rint(np.log2(odds + LEAST) * 64) / 64).astype(np.float32)
