"""Which articles are near each other: for each, the others with the largest cosine."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..compiling import compiled, compiles, kernel_of
from ..model import Weights
from ..rows import owners
from .weights import in_order

_PLAIN = 400  # articles up to which all pairs are multiplied plainly, without loading the kernels
_CHUNK = 2048  # terms at a time in the plain product: 400 x 2048 float64 are 6 MB


class Neighbours(NamedTuple):
    """Pairs of near articles, `a < b` (int32), ascending, and their cosine (float32)."""

    a: NDArray[np.int32]
    b: NDArray[np.int32]
    cosine: NDArray[np.float32]


def neighbours(
    weights: Weights,
    rows: NDArray[np.bool_] | None = None,
    *,
    asking: NDArray[np.bool_] | None = None,
    most: int = 30,
    least: float = 0.03,
    jobs: int = 1,
) -> Neighbours:
    """Return the pairs in which either is among the other's `most` nearest with a cosine of at least `least`.

    `rows`: those that are looked at; of all copies of a text, one will do. `asking`: those whose nearest are sought, by
    default all; the others are only found.

    >>> from dedupe.words import tokenize
    >>> from dedupe.tfidf import weigh
    >>> neighbours(weigh(tokenize(["volcano erupts in Iceland", "Iceland volcano", "shares fell"]))).a.tolist()
    [0]
    """
    place = np.arange(len(weights.first) - 1) if rows is None else np.flatnonzero(rows)
    asks = np.ones(len(place), dtype=np.bool_) if asking is None else asking[place]
    if len(place) <= _PLAIN or not compiles():
        cosines = all_cosines(weights, place)
        few = len(cosines) <= most + 1  # each has all others among its nearest
        a, b, cosine = _all_pairs(cosines, asks, least) if few else _each_once(*_top(cosines, asks, most, least))
    else:
        from . import kernel

        near, cosine = kernel.nearest(weights, most, least, jobs, rows=place, asks=asks)
        row, rank = np.nonzero(near >= 0)
        a, b, cosine = _each_once(row, near[row, rank], cosine[row, rank])
    return Neighbours(place[a].astype(np.int32), place[b].astype(np.int32), cosine.astype(np.float32))


def all_cosines(weights: Weights, rows: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the cosines of all pairs of some rows, float64 of shape (n, n), 0 of an article with itself.

    Exact: the weights are multiples of 2**-20.
    """
    if compiled(0, __package__):
        return kernel_of(__package__).all_cosines(weights, rows)
    weights, size = in_order(weights, rows), len(rows)
    result = np.zeros((size, size))
    row = owners(weights.first)
    often = np.bincount(weights.term, minlength=len(weights.key)) > 1  # terms of one row only meet nobody
    shared, kept = np.cumsum(often) - 1, often[weights.term]
    row, column, value = row[kept], shared[weights.term[kept]], weights.weight[kept]
    order = np.argsort(column, kind="stable")
    row, column, value = row[order], column[order], value[order]
    for low in range(0, int(column[-1]) + 1 if len(column) else 0, _CHUNK):
        start, stop = np.searchsorted(column, (low, low + _CHUNK))
        dense = np.zeros((size, _CHUNK))
        dense[row[start:stop], column[start:stop] - low] = value[start:stop]
        result += dense @ dense.T
    np.fill_diagonal(result, 0.0)
    return result


def _all_pairs(
    cosines: NDArray[np.float64], asks: NDArray[np.bool_], least: float
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Return all pairs with a < b, ascending, that are near enough and of which either asks, and their cosine."""
    a, b = np.nonzero(np.triu((cosines >= least) & (cosines > 0) & (asks | asks[:, np.newaxis])))
    return a, b, cosines[a, b]


def _top(
    cosines: NDArray[np.float64], asks: NDArray[np.bool_], most: int, least: float
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    rows = np.flatnonzero(asks)
    order = np.argsort(-cosines[rows], axis=1, kind="stable")[:, :most]  # ties: the first article
    a = np.repeat(rows, order.shape[1])
    b = order.ravel()
    near = cosines[a, b]
    kept = (near >= least) & (near > 0)
    return a[kept], b[kept], near[kept]


def _each_once(
    a: NDArray[np.int64], b: NDArray[Any], cosine: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Return the pairs with a < b, ascending, and their cosine: of two that are near each other one pair."""
    key, place = np.unique(np.minimum(a, b) << 32 | np.maximum(a, b), return_index=True)
    return key >> 32, key & 0xFFFFFFFF, cosine[place]
