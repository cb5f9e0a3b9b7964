"""From evidence to one number: how likely it is that two articles tell the same story."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from ..model import Corpus, Weights
from ..resources import load_json
from .features import FEATURES, Told, around, in_blocks, kernel_for


def score(features: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the story similarity of each pair, float32 in 0 to 1: from 0.5 on, articles belong in one story.

    A logistic model of the evidence, trained by `python -m training.similarity`.
    """
    return _chance(_total(features, *_model()))


def _chance(odds: NDArray[np.float64]) -> NDArray[np.float32]:
    return (1.0 / (1.0 + np.exp(-odds))).astype(np.float32)


def likeness(features: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return how much of weight the articles of each pair share, float32 of 0 and more.

    Another sum of the same evidence, without what is true of an article whatever it is compared with: it says which
    pairs of one corpus are likelier of one story than others, not how likely. What is usual around an article is the
    likeness of its farther neighbours (`around`).
    """
    return np.maximum(_total(features, 0.0, _likeness()), 0.0).astype(np.float32)


def _total(features: NDArray[np.float32], bias: float, slopes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the weighted sum of each row's first columns, one after another: a sum whose order is fixed."""
    total = np.full(len(features), bias)
    if kernel := kernel_for(len(features)):
        kernel.add_columns(np.ascontiguousarray(features.T), slopes, total)
        return total
    for column, slope in zip(features.T, slopes.tolist(), strict=False):
        if slope:
            total += slope * column.astype(np.float64)
    return total


def similarities(
    corpus: Corpus,
    weights: Weights,
    a: NDArray[np.int32],
    b: NDArray[np.int32],
    *,
    jobs: int = 1,
    told: Told | None = None,
) -> NDArray[np.float32]:
    """Return the score of the evidence of each pair, which is not kept: of a million pairs it would be 100 MB.

    `told`: see `told_by` of all rows, where it is known.
    """
    return np.concatenate(in_blocks(corpus, weights, a, b, score, jobs, told))


def beforehand(
    corpus: Corpus,
    weights: Weights,
    a: NDArray[np.int32],
    b: NDArray[np.int32],
    *,
    jobs: int = 1,
    told: Told | None = None,
) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
    """Return the likeness of each pair, and its log-odds without what the likeness around the two adds to them.

    `finished` gives the scores once that is known, so that the evidence is measured once.
    """
    bias, slopes = _model()

    def work(features: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
        return likeness(features), _total(features, bias, slopes[:-1])

    like, odds = zip(*in_blocks(corpus, weights, a, b, work, jobs, told), strict=True)
    return np.concatenate(like), np.concatenate(odds)


def finished(
    weights: Weights, a: NDArray[np.int32], b: NDArray[np.int32], odds: NDArray[np.float64]
) -> NDArray[np.float32]:
    """Return the scores of pairs, given what `beforehand` gave and rows with all their surroundings."""
    usual = around(weights.surroundings[a], weights.surroundings[b]).astype(np.float32)
    return _chance(odds + _model()[1][-1] * usual.astype(np.float64))


@cache
def _model() -> tuple[float, NDArray[np.float64]]:
    model = load_json("similarity.json")
    return float(model["bias"]), np.array([model["slopes"][name] for name in FEATURES])


@cache
def _likeness() -> NDArray[np.float64]:
    slopes = load_json("similarity.json")["likeness"]
    return np.array([slopes.get(name, 0.0) for name in FEATURES])
