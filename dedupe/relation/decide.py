"""The relation of a pair from its measurements."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..model import RELATIONS, Relation
from .names import COLUMN

if TYPE_CHECKING:
    from numpy.typing import NDArray

CODE = {relation: code for code, relation in enumerate(RELATIONS)}


def decide(
    features: NDArray[np.float32],
    jaccard: NDArray[np.float32],
    containment_a: NDArray[np.float32],
    containment_b: NDArray[np.float32],
    story_similarity: NDArray[np.float32],
) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """Return the relation of each pair (its place in RELATIONS, uint8) and the confidence in it (float32, 0 to 1)."""

    def either(name: str) -> NDArray[np.float32]:
        return np.maximum(features[:, COLUMN[f"{name}_a"]], features[:, COLUMN[f"{name}_b"]])

    contained = np.maximum(containment_a, containment_b)
    copied = np.maximum(contained, either("verbatim"))
    code = np.full(len(features), CODE[Relation.UNRELATED], dtype=np.uint8)
    code[story_similarity >= 0.5] = CODE[Relation.SAME_STORY]
    code[(story_similarity >= 0.5) & (either("cover") >= 0.5)] = CODE[Relation.REWRITE]
    code[(copied >= 0.25) & (features[:, COLUMN["run_plain"]] >= 20)] = CODE[Relation.EXCERPT]
    code[copied >= 0.6] = CODE[Relation.NEAR_DUPLICATE]
    code[jaccard >= 1] = CODE[Relation.IDENTICAL]
    confidence = np.where(code <= CODE[Relation.EXCERPT], copied, np.abs(story_similarity - 0.5) + 0.5)
    return code, np.where(code == CODE[Relation.IDENTICAL], 1, confidence).astype(np.float32)
