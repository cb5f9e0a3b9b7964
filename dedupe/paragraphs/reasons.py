"""Why a block has its role, in a reader's words: the first piece of evidence that holds, the most telling first."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..model import ROLE_CODE, Role
from ..model.codes import BODY
from ..resources import load_json
from .features import BASE
from .lexicon import CATEGORY, phrases

# On so many stories of an outlet, and on more than half of them, a block is repeated: on fewer a wire story that they
# share looks like a footer.
OFTEN = 3


@cache
def _table() -> dict[Role, dict[str, Any]]:
    """Return what may be said for each role, the most telling first, see `dedupe/data/reasons.json`.

    `by_text`: a column of the features, the least value of it, and the reason, in which "{}" becomes the language of
    the phrase where it is known. `else`: what is said where none of these holds. `by_markup`: a column of the evidence
    of markup, and the reason.
    """
    return {Role(name): own for name, own in load_json("reasons.json")["roles"].items()}


@cache
def _texts(role: Role) -> list[list[str]]:
    """Return the reasons for a role, each with the languages that `Found.language` numbers."""
    known = load_json("reasons.json")["languages"]
    languages = ("", *(f", in {known[name]}" if name in known else "" for name in phrases().languages))
    texts = [*(text for _, _, text in _table()[role]["by_text"]), _table()[role]["else"]]
    return [[text.replace("{}", language) for language in languages] for text in texts]


@cache
def _asked(role: Role) -> tuple[NDArray[np.int64], NDArray[np.float32], NDArray[np.int64]]:
    """Return of each reason for a role its column, the least value of it, and the category whose language it names.

    The category is -1 for none; the last reason, which has no column, is the one where no other holds.
    """
    rules = _table()[role]["by_text"]
    columns = np.array([BASE.index(column) for column, _, _ in rules], dtype=np.int64)
    named = [CATEGORY[column.split(":")[1]] if text.endswith("{}") else -1 for column, _, text in rules]
    return columns, np.array([least for _, least, _ in rules], dtype=np.float32), np.array([*named, -1])


def explain(
    roles: NDArray[np.uint8],
    features: NDArray[np.float32],
    languages: NDArray[np.uint8],
    on: NDArray[np.int32],
    of: NDArray[np.int32],
) -> list[str]:
    """Return a reason for the role of each block, given its features and the languages of its phrases."""
    reasons = [""] * len(roles)
    for role in Role:
        rows = (roles == ROLE_CODE[role]).nonzero()[0]
        if not len(rows):
            continue
        columns, least, categories = _asked(role)
        met = np.ones((len(rows), len(columns) + 1), dtype=np.bool_)
        met[:, :-1] = features[rows[:, None], columns] >= least
        chosen = met.argmax(axis=1)
        category = categories[chosen]
        spoken = np.where(category >= 0, languages[rows, category], 0)
        table = _texts(role)
        for row, number, language in zip(rows.tolist(), chosen.tolist(), spoken.tolist(), strict=True):
            reasons[row] = table[number][language]
    for row in np.flatnonzero((on >= OFTEN) & (on * 2 > of) & (roles != BODY)).tolist():
        reasons[row] = f"repeated in {on[row]} of {of[row]} stories of this outlet"
    return reasons


def explain_markup(roles: NDArray[np.uint8], evidence: NDArray[np.float32], names: Sequence[str]) -> list[str]:
    """Return what of its markup speaks most for the role of each block, "" for nothing; `names`: of the columns."""
    reasons = [""] * len(roles)
    place = {name: number for number, name in enumerate(names)}
    for role, known in _table().items():
        rows = np.flatnonzero(roles == ROLE_CODE[role])
        for column, reason in reversed(known["by_markup"]):
            for row in rows[evidence[rows, place[column]] > 0].tolist():
                reasons[row] = reason
    return reasons
