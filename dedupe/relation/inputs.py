"""What the two models of `decide` look at: the measurements made symmetric, on scales where they add up."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from .features import COLUMN

_ROOTED, _PLAIN = ("verbatim", "stretch", "gram5"), ("ahead", "order")
_LEAST_TOLD = 0.05  # of a text: where all but so much is speech that both quote, next to nothing is told
LONG = 200  # words: what is found in a shorter text says less; more with no end, and plain copies would outdo rewrites
_WORDS = [COLUMN["words_a"], COLUMN["words_b"]]
_SIDES = [[COLUMN[f"{name}_{side}"] for name in (*_ROOTED, *_PLAIN)] for side in ("a", "b")]


def both(features: NDArray[np.float32], *names: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the smaller and the larger of some measurements' two directions, float64 of shape (names, pairs)."""
    a, b = (features.T[columns].astype(np.float64) for columns in _columns(names))
    return np.minimum(a, b), np.maximum(a, b)


@cache
def _columns(names: tuple[str, ...]) -> NDArray[np.int64]:
    """Return the columns of some measurements, a row for each direction."""
    return np.array([[COLUMN[f"{name}_{side}"] for name in names] for side in ("a", "b")])


def new(features: NDArray[np.float32], *kinds: str) -> list[NDArray[np.float64]]:
    """Return for each text how many distinct names or numbers only it has, per hundred of its words, as log(1 + x).

    An independent report brings its own; a rewrite has hardly any. Fifty words are added, so that one name in a short
    text does not weigh like ten in a long one; it is a logarithm since the first few tell most.
    """
    found = []
    for side in ("a", "b"):
        own, shared = (
            sum(features[:, COLUMN[f"{kind}{what}_{side}"]].astype(np.float64) for kind in kinds)
            for what in ("", "_shared")
        )
        words = features[:, COLUMN[f"words_{side}"]].astype(np.float64)
        found.append(np.log1p(100 * (own - shared) / (words + 50)))
    return found


def _told_alike(features: NDArray[np.float32], side: str) -> NDArray[np.float64]:
    """Return how well a text's sentences are covered by those of the other, leaving out speech that both quote.

    Two papers that quote the same answer, each in a report of its own, did not rewrite each other.
    """
    quoted, shared, cover = (
        features[:, COLUMN[f"{name}_{side}"]].astype(np.float64) for name in ("quoted", "quotes_shared", "cover")
    )
    speech = quoted * shared
    return np.maximum(cover - speech, 0.0) / np.maximum(1.0 - speech, _LEAST_TOLD)


def inputs(features: NDArray[np.float32]) -> dict[str, NDArray[np.float64]]:
    """Return the inputs by name, float64 of shape (pairs,) each.

    Shares are square roots: from 0 to 5 % in common means more than from 50 to 55 %. The length is that of the shorter
    text, from nearly 0 to 1.
    """
    brought = new(features, "names", "numbers")
    larger = np.maximum(features[:, _SIDES[0]], features[:, _SIDES[1]]).astype(np.float64)
    larger[:, : len(_ROOTED)] = np.sqrt(larger[:, : len(_ROOTED)])
    return dict(zip((*_ROOTED, *_PLAIN), larger.T, strict=True)) | {
        "cover": np.sqrt(np.maximum(*(_told_alike(features, side) for side in ("a", "b")))),
        "new_least": np.minimum(*brought),
        "new_most": np.maximum(*brought),
        "new_numbers": np.minimum(*new(features, "numbers")),
        "sequence": np.log1p(features[:, COLUMN["sequence"]].astype(np.float64)),
        "run": np.log1p(features[:, COLUMN["run_plain"]].astype(np.float64)),
        "length": np.clip(features[:, _WORDS].min(axis=1).astype(np.float64), 1, LONG) / LONG,
    }
