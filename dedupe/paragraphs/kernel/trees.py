"""The trees of many blocks; `model.vote_plain` is the oracle."""

from __future__ import annotations

import numpy as np

from ...words.load import kernel
from ..model import TOGETHER


@kernel
def vote(root, nodes, leaf, columns, near):
    """Return the sum of the leaves that each row comes to, int64 of shape (rows, roles); `near` follows the columns.

    `root`: a multiple of TOGETHER. `nodes`: see `model._packed`.
    """
    own = columns.shape[1]
    total = np.zeros((columns.shape[0], leaf.shape[1]), dtype=np.int64)
    row_values = np.empty(own + near.shape[1], dtype=np.float32)
    at = np.empty(TOGETHER, dtype=np.int32)
    for row in range(columns.shape[0]):
        for column in range(own):
            row_values[column] = columns[row, column]
        for column in range(near.shape[1]):
            row_values[own + column] = near[row, column]
        for tree in range(0, len(root), TOGETHER):
            for k in range(TOGETHER):
                at[k] = root[tree + k]
            moved = 1
            while moved:
                moved = 0
                for k in range(TOGETHER):
                    node = nodes[at[k]]
                    onward = node.low if row_values[node.column] <= node.threshold else node.high
                    moved |= onward ^ at[k]
                    at[k] = onward
            for k in range(TOGETHER):
                row_leaf = nodes[at[k]].leaf
                for role in range(leaf.shape[1]):
                    total[row, role] += leaf[row_leaf, role]
    return total
