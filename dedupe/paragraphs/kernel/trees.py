"""The trees of many blocks, compiled; imported only for large batches. `model.vote_plain` is the oracle."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit

if TYPE_CHECKING:
    from numpy.typing import NDArray


@njit(nogil=True, cache=True)
def vote(
    root: NDArray[np.int32],
    column: NDArray[np.int32],
    threshold: NDArray[np.float32],
    other: NDArray[np.int32],
    leaf: NDArray[np.uint8],
    columns: NDArray[np.float32],
    near: NDArray[np.float32],
) -> NDArray[np.int64]:
    """Return the sum of the leaves that each row comes to, int64 of shape (rows, roles); `near` follows the columns."""
    own = columns.shape[1]
    total = np.zeros((columns.shape[0], leaf.shape[1]), dtype=np.int64)
    for row in range(columns.shape[0]):
        for tree in range(len(root)):
            node = root[tree]
            while column[node] >= 0:
                place = column[node]
                value = columns[row, place] if place < own else near[row, place - own]
                node = node + 1 if value <= threshold[node] else other[node]
            for role in range(leaf.shape[1]):
                total[row, role] += leaf[other[node], role]
    return total
