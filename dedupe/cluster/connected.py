"""What pairs connect: copies of copies are copies."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def connected(n: int, a: NDArray[np.int32], b: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return for each of n rows the lowest row that pairs connect it with, int32: so rows are named that hang together.

    >>> connected(5, np.array([3, 1]), np.array([4, 3])).tolist()
    [0, 1, 2, 1, 1]
    """
    label = np.arange(n, dtype=np.int32)
    one, other = label[a], label[b]
    while (apart := one != other).any():  # hooking and pointer jumping (Shiloach and Vishkin 1982): a handful of rounds
        a, b, one, other = a[apart], b[apart], one[apart], other[apart]
        low = np.minimum(one, other)
        np.minimum.at(label, one, low)
        np.minimum.at(label, other, low)
        while ((fresh := label[label]) != label).any():
            label = fresh
        one, other = label[a], label[b]
    return label


def joined(known: NDArray[np.int32], a: NDArray[np.int32], b: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return groups of rows that are known, each row with the lowest of its own, joined by further pairs.

    >>> joined(np.array([0, 0, 2, 3], dtype=np.int32), np.array([1]), np.array([3])).tolist()
    [0, 0, 2, 0]
    """
    here = np.arange(len(known), dtype=np.int32)
    return connected(len(known), np.concatenate((here, a)), np.concatenate((known, b)))
