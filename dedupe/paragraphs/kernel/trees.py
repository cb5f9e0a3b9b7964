"""The two passes of the model over some blocks; `model.bounded_plain` and `model.vote_plain` are the oracles."""

from __future__ import annotations

import numpy as np

from ...words.load import kernel
from ..model import LANES


@kernel
def bounded(columns, low, high):
    """Return the columns, none lower or higher than these, float64."""
    out = np.empty(columns.shape, dtype=np.float64)
    for row in range(len(columns)):
        for column in range(len(low)):
            out[row, column] = min(max(columns[row, column], low[column]), high[column])
    return out


@kernel
def vote(root, nodes, leaf, columns):
    """Return the sum of the leaves that each row comes to, uint16 of shape (rows, LANES), given few rows.

    `nodes`, `leaf`: see `model._packed`. A tree stays in the first cache while all rows go through it. Each goes its
    way alone: rows that follow each other often go the same way, which the processor foresees.
    """
    sums = np.zeros((len(columns), LANES), dtype=np.uint16)
    for start in root:
        for row in range(len(columns)):
            at = np.int64(start)
            while nodes[at].column >= 0:
                onward = columns[row, nodes[at].column] <= nodes[at].threshold
                at += 1 if onward else np.int64(nodes[at].other)
            for lane in range(LANES):
                sums[row, lane] += leaf[at, lane]
    return sums
