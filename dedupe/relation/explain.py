"""Why a pair has its relation, in words and numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .names import COLUMN

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..model import Corpus


def explain(
    corpus: Corpus,
    a: NDArray[np.int32],
    b: NDArray[np.int32],
    features: NDArray[np.float32],
    relation: NDArray[np.uint8],
    confidence: NDArray[np.float32],
    story_similarity: NDArray[np.float32],
) -> list[tuple[str, ...]]:
    """Return the evidence of each pair (a[i], b[i]): a tuple of short sentences, the strongest first."""
    evidence: list[tuple[str, ...]] = []
    for row in features:
        value = {name: float(row[column]) for name, column in COLUMN.items()}
        evidence.append(
            (
                f"{value['verbatim_a']:.0%} of A's reporting stands in B word for word, "
                f"{value['verbatim_b']:.0%} of B's in A",
                f"the longest shared run has {value['run']:.0f} words",
            )
        )
    return evidence
