"""The two passes of the model over some blocks; `model.bounded_plain` and `model.vote_plain` are the oracles."""

from __future__ import annotations

import numpy as np

from ...words.load import kernel
from ..model import LANES


@kernel
def bounded(columns, low, high, out, at):
    """Write the columns into `out`, float64, from column `at` on, none lower or higher than these."""
    least, most = low[at : at + columns.shape[1]], high[at : at + columns.shape[1]]
    for row in range(len(columns)):
        own = out[row, at : at + columns.shape[1]]
        for column in range(columns.shape[1]):
            own[column] = min(max(columns[row, column], least[column]), most[column])


@kernel
def vote(root, nodes, leaf, columns):
    """Return the sum of the leaves that each row comes to, uint16 of shape (rows, LANES), given few rows.

    `nodes`, `leaf`: see `model._packed`. A tree stays in the first cache while all rows go through it. Each goes its
    way alone: rows that follow each other often go the same way, which the processor foresees. Places are unsigned:
    those that may be negative are tested at each step, since they would count from the end.
    """
    sums = np.zeros((len(columns), LANES), dtype=np.uint16)
    for start in root:
        for row in range(len(columns)):
            at = np.uint64(start)
            while nodes[at].column >= 0:
                onward = columns[row, np.uint64(nodes[at].column)] <= nodes[at].threshold
                at += np.uint64(1) if onward else np.uint64(nodes[at].other)
            for lane in range(LANES):
                sums[row, lane] += leaf[at, lane]
    return sums
