"""The trees of many blocks; `model.vote_plain` is the oracle."""

from __future__ import annotations

import numpy as np

from ...words.load import kernel
from ..model import LANES

_ROWS = 32  # at a time: a tree stays in the first cache while they go through it, and their columns in the second


@kernel
def vote(root, nodes, leaf, columns, near):
    """Return the sum of the leaves that each row comes to, int64 of shape (rows, LANES); `near` follows the columns.

    `nodes`, `leaf`: see `model._packed`. A row goes its way alone: rows that follow each other often go the same way,
    which the processor foresees.
    """
    rows, own = columns.shape
    total = np.empty((rows, LANES), dtype=np.int64)
    values = np.empty((_ROWS, own + near.shape[1]), dtype=np.float32)
    sums = np.empty((_ROWS, LANES), dtype=np.uint16)
    for low in range(0, rows, _ROWS):
        count = min(_ROWS, rows - low)
        values[:count, :own], values[:count, own:] = columns[low : low + count], near[low : low + count]
        sums[:] = 0
        for start in root:
            for row in range(count):
                at = np.int64(start)
                while nodes[at].column >= 0:
                    onward = values[row, nodes[at].column] <= nodes[at].threshold
                    at += 1 if onward else np.int64(nodes[at].other)
                for role in range(LANES):
                    sums[row, role] += leaf[at, role]
        total[low : low + count] = sums[:count]
    return total
