"""What the two models of `decide` look at: the measurements made symmetric, on scales where they add up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .names import COLUMN

if TYPE_CHECKING:
    from numpy.typing import NDArray

DERIVED = ("new_least", "new_most", "cover", "links", "ahead_least", "ahead_most", "order")
COPIED = ("verbatim", "stretch", "run", "gram5")


def both(features: NDArray[np.float32], name: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the smaller and the larger of a measurement's two directions, float64."""
    a, b = (features[:, COLUMN[f"{name}_{side}"]].astype(np.float64) for side in ("a", "b"))
    return np.minimum(a, b), np.maximum(a, b)


def _anchors(features: NDArray[np.float32], side: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return how many names and numbers one text has, and how many of them the other has too."""
    own, shared = (
        sum(features[:, COLUMN[f"{kind}{part}_{side}"]].astype(np.float64) for kind in ("names", "numbers"))
        for part in ("", "_shared")
    )
    return np.asarray(own), np.asarray(shared)


def inputs(features: NDArray[np.float32]) -> dict[str, NDArray[np.float64]]:
    """Return the inputs by name, float64 of shape (pairs,) each.

    `new`: names and numbers that only one text has, for each hundred of its words (fifty words are added, so that one
    name in a short text does not weigh like ten in a long one), as a logarithm: the first few tell most. An
    independent report brings its own; a rewrite has hardly any.
    Shares are square roots: from 0 to 5 % in common means more than from 50 to 55 %.
    """
    new = []
    for side in ("a", "b"):
        own, shared = _anchors(features, side)
        new.append(100 * (own - shared) / (features[:, COLUMN[f"words_{side}"]].astype(np.float64) + 50))
    ahead_least, ahead_most = both(features, "ahead")
    values = {
        "new_least": np.log1p(np.minimum(*new)),
        "new_most": np.log1p(np.maximum(*new)),
        "ahead_least": ahead_least,
        "ahead_most": ahead_most,
        "order": both(features, "order")[1],
        "run": np.log1p(features[:, COLUMN["run_plain"]].astype(np.float64)),
    }
    for name in ("cover", "links", "verbatim", "stretch", "gram5"):
        values[name] = np.sqrt(both(features, name)[1])
    return values
