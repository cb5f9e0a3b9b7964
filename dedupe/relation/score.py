"""Two small logistic models: how likely one text holds text of the other, and how likely it was made from it."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..resources import load_json
from .features import COLUMN
from .inputs import inputs

# Reports of a running matter share background and names as a text and its rewrite do; most rewrites come within a day.
# Of 44 pairs of business news further apart that looked derived 3 were, of those of a day and the next more than half.
DAYS_LATER, ODDS_LATER = 2, 1 / 9
# What an outlet tells beside its report repeats the background in its own words, and has hardly a name of its own in
# few lines; its next version of the report tells the same, and so is more alike. Of 74 pairs in Reuters that looked
# derived 35 were versions of one report; of the 33 that were less alike than this, three.
VERSIONS, ODDS_BESIDE = 0.96, 1 / 10


@cache
def load_models() -> dict[str, dict[str, Any]]:
    """Return the models that ship with the package, made by `python -m training.relation`."""
    return load_json("relation.json")["models"]


def chances(features: NDArray[np.float32]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return how likely a piece of one text of each pair stands in the other word for word, and was made from it.

    The second, given one event: one text from the other, or both from one source. One half is the border between a
    rewrite and an independent report.
    """
    values, models = inputs(features), load_models()
    made = _probability(values, models["derived"])
    odds = np.where(features[:, COLUMN["days"]] >= DAYS_LATER, ODDS_LATER, 1.0)  # days may be unknown
    return _probability(values, models["copied"]), _weighed(made, odds)


def rewritten(
    features: NDArray[np.float32], story_similarity: NDArray[np.float32], made: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return how likely a rewrite is: as `made` says, but of two of one outlet that are less alike than `VERSIONS`."""
    beside = (features[:, COLUMN["one_outlet"]] > 0) & (story_similarity < VERSIONS)
    return _weighed(made, np.where(beside, ODDS_BESIDE, 1.0))


def _weighed(chance: NDArray[np.float64], odds: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return chances whose odds are multiplied by `odds`."""
    return chance * odds / (chance * odds + 1.0 - chance)


def _probability(values: dict[str, NDArray[np.float64]], model: dict[str, Any]) -> NDArray[np.float64]:
    """Return the logistic of the weighted inputs, float64 of shape (pairs,)."""
    total = np.full(len(values["run"]), float(model["intercept"]))
    for name, weight in model["weights"].items():
        total = total + weight * values[name]
    return 1.0 / (1.0 + np.exp(-np.clip(total, -30.0, 30.0)))


def copying_at_most(
    verbatim: NDArray[np.float64], run: NDArray[np.float64], gram5: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return what the first of `chances` is at most, where these measurements of either text are at most these."""
    most = np.sqrt(verbatim)  # of a stretch too
    values = {"verbatim": most, "stretch": most, "run": np.log1p(run), "gram5": np.sqrt(gram5)}
    model = load_models()["copied"]
    rising = {name: max(weight, 0.0) for name, weight in model["weights"].items()}
    return _probability(values, model | {"weights": rising})


def rewriting(features: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return how strongly a pair looks like a rewrite and like nothing else: the logarithm of the odds, float64.

    A plain copy is derived too, but it is no rewrite: the odds of derivation are reduced by the chance of a copy.
    """
    copy, made = chances(features)
    return np.log(made) - np.log1p(-made) + np.log1p(-copy)
