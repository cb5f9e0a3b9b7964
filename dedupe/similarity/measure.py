"""The evidence for one story in two articles, as columns over pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..model import Corpus, Weights

FEATURES = ("cosine",)


def measure(corpus: Corpus, weights: Weights, a: NDArray[np.int32], b: NDArray[np.int32]) -> NDArray[np.float32]:
    """Return the evidence for each pair, float32 of shape (pairs, features), columns named by FEATURES."""
    width = np.int64(len(weights.key))
    row = np.repeat(np.arange(len(weights.first) - 1), np.diff(weights.first))
    code = row * width + weights.term
    length = np.diff(weights.first)[a]
    pair = np.repeat(np.arange(len(a)), length)
    start = np.repeat(weights.first[a] - np.concatenate(([0], np.cumsum(length)[:-1])), length)
    entry = start + np.arange(len(pair))
    wanted = b[pair] * width + weights.term[entry]
    place = np.minimum(np.searchsorted(code, wanted), max(len(code) - 1, 0))
    found = code[place] == wanted
    product = weights.weight[entry].astype(np.float64) * weights.weight[place]
    cosine = np.bincount(pair[found], weights=product[found], minlength=len(a))
    return cosine.astype(np.float32)[:, None]


def score(features: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return how likely each pair tells one story, float32 in 0 to 1."""
    result: NDArray[np.float32] = (1.0 / (1.0 + np.exp(-25.0 * (features[:, 0] - 0.2)))).astype(np.float32)
    return result
