"""Articles laid out by subject: what has terms in common lies close together, so that a cache has it when it is met."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...compiling.load import kernel
from ...jobs import threaded
from ...model import Weights
from ...rows import bounds_of, lengths

_BATCH = 1024  # articles of one task


class Layout(NamedTuple):
    """Articles in another order. Row i has term[first[i] : first[i + 1]], uint32, numbered from the commonest on, and
    their weights, float32; it is article of[i], and article j is row place[j], int64 both.
    """

    first: NDArray[np.int64]
    term: NDArray[np.uint32]
    weight: NDArray[np.float32]
    of: NDArray[np.int64]
    place: NDArray[np.int64]


def laid_out(weights: Weights, rows: NDArray[np.int64], jobs: int) -> Layout:
    """Return the articles in these rows by the term that weighs most; they are numbered in the order given."""
    w, start, length = weights, weights.first[rows], lengths(weights.first)[rows]
    often = np.empty(len(w.key), np.uint32)  # terms by how often they are looked up: those of most lie close together
    often[np.argsort(-w.articles, kind="stable")] = np.arange(len(w.key), dtype=np.uint32)  # below 0 there is nothing
    lows, subject = range(0, len(rows), _BATCH), np.zeros(len(rows), np.int32)

    def part(low: int) -> slice:
        return slice(low, low + _BATCH)

    threaded(
        lambda low: _subjects(start[part(low)], length[part(low)], w.term, w.weight, subject[part(low)]), lows, jobs
    )
    of, place = np.argsort(subject, kind="stable"), np.empty(len(rows), np.int64)
    place[of] = np.arange(len(rows))
    start, first = start[of], bounds_of(length[of])
    term, weight = np.empty(first[-1], np.uint32), np.empty(first[-1], np.float32)

    def copy(low: int) -> None:
        _copy(start[part(low)], first[low : low + _BATCH + 1], w.term, w.weight, often, term, weight)

    threaded(copy, lows, jobs)
    return Layout(first, term, weight, of, place)


@kernel
def _subjects(start, length, term, weight, found):
    """Write of each row the term that weighs most."""
    for row in range(len(start)):
        most = np.float32(-1.0)
        for i in range(start[row], start[row] + length[row]):
            if weight[i] > most:
                most, found[row] = weight[i], term[i]


@kernel
def _copy(start, first, term, weight, often, terms, weights):
    """Write the terms and weights of rows to where they lie from then on."""
    for row in range(len(start)):
        for i in range(first[row + 1] - first[row]):
            terms[first[row] + i] = often[term[start[row] + i]]
            weights[first[row] + i] = weight[start[row] + i]
