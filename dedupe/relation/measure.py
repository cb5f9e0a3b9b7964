"""The measurements of many pairs: the plain way for few, the kernel for many."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from . import plain
from .prepare import prepare

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..model import Corpus

FEW = 200  # pairs that take the plain way about as long (4 ms each) as loading the compiled one takes


def measure(
    corpus: Corpus,
    a: NDArray[np.int32],
    b: NDArray[np.int32],
    weight: NDArray[np.float32] | None = None,
    jobs: int = 1,
) -> NDArray[np.float32]:
    """Return the features of the pairs (a[i], b[i]) of rows of the corpus, float32 of shape (pairs, len(FEATURES)).

    `weight` is the IDF (natural logarithm) of each row of `corpus.tokens`; without it the corpus itself gives one.
    Shares are 0 where a text has nothing to share. `days` is nan where a date is unknown.
    """
    ground = prepare(corpus.text, corpus.tokens, weight)
    order = np.lexsort((b, a))
    if len(a) <= FEW:
        found = plain.measure(ground, a[order], b[order])
    else:
        from . import kernel

        found = kernel.measure(ground, a[order], b[order], jobs)
    features = np.empty_like(found)
    features[order] = found
    days = np.abs(corpus.published[a] - corpus.published[b]).astype(np.float32)
    return np.column_stack((features, days))
