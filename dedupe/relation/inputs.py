"""What the two models of `decide` look at: the measurements made symmetric, on scales where they add up."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from .features import COLUMN

_ROOTED, _PLAIN = ("verbatim", "stretch", "gram5"), ("ahead", "order")
# Of the names and numbers of a rewrite 6 in 100 are new (SheepDog; in Raidar 1), of those of reports of one event
# 45 (39 to 60: AllSides, ECB+, Wikinews), in the text with fewer of these. One that is new tells as much as nearly four
# that both texts have: ln(0.45 / 0.06) / ln(0.94 / 0.55).
_NEW = 4
_SIDES = [[COLUMN[f"{name}_{side}"] for name in (*_ROOTED, *_PLAIN)] for side in ("a", "b")]


def both(features: NDArray[np.float32], *names: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the smaller and the larger of some measurements' two directions, float64 of shape (names, pairs)."""
    a, b = (features.T[columns].astype(np.float64) for columns in _columns(names))
    return np.minimum(a, b), np.maximum(a, b)


@cache
def _columns(names: tuple[str, ...]) -> NDArray[np.int64]:
    """Return the columns of some measurements, a row for each direction."""
    return np.array([[COLUMN[f"{name}_{side}"] for name in names] for side in ("a", "b")])


def _facts(
    features: NDArray[np.float32], kinds: tuple[str, ...], side: str
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return how many distinct names or numbers of a text the other has too, and how many it has not."""
    own, shared = (
        features[:, [COLUMN[f"{kind}{what}_{side}"] for kind in kinds]].sum(axis=1, dtype=np.float64)
        for what in ("", "_shared")
    )
    return shared, own - shared


def new(features: NDArray[np.float32], *kinds: str) -> list[NDArray[np.float64]]:
    """Return for each text how many distinct names or numbers only it has, per hundred of its words, as log(1 + x).

    An independent report brings its own; a rewrite has hardly any. Fifty words are added, so that one name in a short
    text does not weigh like ten in a long one; it is a logarithm since the first few tell most.
    """
    found = []
    for side in ("a", "b"):
        words = features[:, COLUMN[f"words_{side}"]].astype(np.float64)
        found.append(np.log1p(100 * _facts(features, kinds, side)[1] / (words + 50)))
    return found


def _kept(features: NDArray[np.float32], side: str) -> NDArray[np.float64]:
    """Return how many names and numbers of a text the other has too, less _NEW times those that it has not.

    So it counts how much there is to tell by: that none of two is new says little, that none of thirty is, much.
    """
    shared, own = _facts(features, ("names", "numbers"), side)
    return np.maximum(shared - _NEW * own, 0.0)


def inputs(features: NDArray[np.float32]) -> dict[str, NDArray[np.float64]]:
    """Return the inputs by name, float64 of shape (pairs,) each.

    Shares are square roots, counts logarithms: from 0 to 5 % in common means more than from 50 to 55 %.
    """
    brought = new(features, "names", "numbers")
    larger = np.maximum(features[:, _SIDES[0]], features[:, _SIDES[1]]).astype(np.float64)
    larger[:, : len(_ROOTED)] = np.sqrt(larger[:, : len(_ROOTED)])
    return dict(zip((*_ROOTED, *_PLAIN), larger.T, strict=True)) | {
        "new_least": np.minimum(*brought),
        "new_most": np.maximum(*brought),
        "new_numbers": np.minimum(*new(features, "numbers")),
        "kept": np.log1p(np.maximum(*(_kept(features, side) for side in ("a", "b")))),
        "sequence": np.log1p(features[:, COLUMN["sequence"]].astype(np.float64)),
        "run": np.log1p(features[:, COLUMN["run_plain"]].astype(np.float64)),
    }
