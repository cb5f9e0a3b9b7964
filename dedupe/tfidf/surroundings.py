"""How crowded it is around an article: a likeness means less where many others are as like."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ..compiling import compiled
from ..model import Weights
from .neighbours import Neighbours

# The neighbours whose mean cosine says how crowded it is. The nearest ten are left out: they may be the story itself.
FROM, TO = 10, 30
AROUND = 20  # the first of those whose mean likeness counts: by likeness more of a story's own come first
STEPS = 2.0**24  # cosines are rounded to steps of 2**-24, so that their sums are exact in any order
_LOW = np.uint32(0xFFFFFFFF)


def crowding(
    n: int, a: NDArray[np.int32], b: NDArray[np.int32], cosine: NDArray[np.float32], start: int = FROM
) -> NDArray[np.float32]:
    """Return for each of n articles its nearest neighbour's cosine and the mean of those ranked 11 (`start` + 1) to 30.

    float32 of shape (n, 2); a neighbour that is missing counts as 0. Any other nearness of 0 and more serves as well.

    >>> a, b = np.array([0, 0]), np.array([1, 2])
    >>> crowding(3, a, b, np.array([0.5, 0.25], dtype=np.float32)).tolist()
    [[0.5, 0.0], [0.5, 0.0], [0.25, 0.0]]
    """
    if compiled(len(a), __package__):
        from . import kernel

        return kernel.crowding(n, a, b, cosine, start, TO)
    # the bits of floats above 0 order as they do: one sort of row and cosine, the nearest first
    bits = _LOW - np.concatenate((cosine, cosine)).astype(np.float32).view(np.uint32)
    packed = np.sort(np.concatenate((a, b)).astype(np.uint64) << np.uint64(32) | bits)
    row = (packed >> np.uint64(32)).astype(np.int64)
    near = (_LOW - packed.astype(np.uint32)).view(np.float32).astype(np.float64)
    rank = np.arange(len(row)) - np.searchsorted(row, np.arange(n))[row]
    ring = (rank >= start) & (rank < TO)
    crowd = np.bincount(row[ring], weights=np.round(near[ring] * STEPS), minlength=n) / (STEPS * (TO - start))
    best = np.bincount(row[rank == 0], weights=near[rank == 0], minlength=n)
    return np.column_stack((best, crowd)).astype(np.float32)


def surrounded(weights: Weights, near: Neighbours, group: NDArray[np.int32] | None = None) -> Weights:
    """Return the rows with their surroundings by cosine, given their neighbours.

    `group`: the row that stands for each among the neighbours, where copies of one text were left out of them.
    """
    crowd = crowding(len(weights.first) - 1, near.a, near.b, near.cosine)
    around = np.column_stack((crowd, np.zeros(len(crowd), dtype=np.float32)))
    return replace(weights, surroundings=around if group is None else around[group])


def likened(
    weights: Weights, near: Neighbours, likeness: NDArray[np.float32], group: NDArray[np.int32] | None = None
) -> Weights:
    """Return the rows with their surroundings by likeness too, given the likeness of each pair of neighbours.

    float32 of 0 and more, as `similarity.likeness` gives it. `group`: see `surrounded`.
    """
    around = crowding(len(weights.first) - 1, near.a, near.b, likeness, AROUND)[:, 1:]
    around = around if group is None else around[group]
    return replace(weights, surroundings=np.column_stack((weights.surroundings[:, :2], around)))
