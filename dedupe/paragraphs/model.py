"""The trained weights, and the probability of each role that they give a block."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from ..resources import load_json

if TYPE_CHECKING:
    from numpy.typing import NDArray


@cache
def weights() -> dict[str, Any]:
    """Return the weights as arrays; `python -m benchmarks.train_roles` makes them."""
    table = load_json("role_weights.json")
    return {
        name: np.array([table["columns"][column][place] for column in table["features"]], dtype=np.float32)
        for place, name in enumerate(("mean", "scale", "weight"))
    } | {"intercept": np.array(table["intercept"], dtype=np.float32)}


def predict(columns: NDArray[np.float32], first: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return the probability of each role for each block, float32 of shape (m, roles), given its features."""
    table = weights()
    scores = (columns - table["mean"]) / table["scale"] @ table["weight"] + table["intercept"]
    scores -= scores.max(axis=1, keepdims=True)
    odds = np.exp(scores)
    return odds / odds.sum(axis=1, keepdims=True)
