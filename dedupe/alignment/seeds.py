"""Seeds: pairs of sentences, one of each text, that resemble each other."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..rows import owners
from .prepare import Side, Terms

COMMON = 64  # sentences; a term that more of a text's sentences have says little, and would cost their product
_ONE = 1 << 20  # squared weights are whole numbers, this many to one


class Seeds(NamedTuple):
    """Pairs of sentences in ascending order: int64 rows of A and of B, float64 cosine and Dice coefficient."""

    a: NDArray[np.int64]
    b: NDArray[np.int64]
    cosine: NDArray[np.float64]
    dice: NDArray[np.float64]

    def of(self, rows: NDArray[np.int64]) -> Seeds:
        """Return the pairs in these rows."""
        return Seeds._make(column[rows] for column in self)


class Bags(NamedTuple):
    """The different terms of each sentence: rows first[i] to first[i + 1] of `term`, both int64."""

    first: NDArray[np.int64]
    term: NDArray[np.int64]


def find_seeds(a: Side, b: Side, terms: Terms, least: float, large: bool) -> Seeds:
    """Return the pairs of sentences with a cosine above the least.

    A term weighs 1 / sqrt(how many sentences of both texts have it) and counts once a sentence. The usual log(n / that
    number) is as good but depends on n, so that a footer would change what a page shares. All sums are of whole
    numbers, so that the order of adding, and with it the kernel, changes nothing.
    """
    size = len(terms.count)
    bags_a, bags_b = bags(terms.a, a.sentence, size, large), bags(terms.b, b.sentence, size, large)
    in_a, in_b = np.bincount(bags_a.term, minlength=size), np.bincount(bags_b.term, minlength=size)
    square = np.where((in_a <= COMMON) & (in_b <= COMMON), _ONE // np.maximum(in_a + in_b, 1), 0)
    if large:
        from . import kernel

        found = Seeds(*kernel.seeds(*bags_a, *bags_b, square, least))
    else:
        found = _seeds(bags_a, bags_b, square, least)
    return found.of(np.lexsort((found.b, found.a)))


def bags(term: NDArray[np.int64], sentence: NDArray[np.int64], size: int, large: bool) -> Bags:
    """Return the different terms (numbers below `size`) of each sentence."""
    if large:
        from . import kernel

        return Bags(*kernel.bags(term, sentence, size))
    key = np.unique(owners(sentence) * size + term)
    return Bags(np.searchsorted(key, np.arange(len(sentence)) * size), key % size)


def _seeds(bags_a: Bags, bags_b: Bags, square: NDArray[np.int64], least: float) -> Seeds:
    """Return the seeds in any order.

    Floats hold whole numbers below 2**53 exactly, so the products come out the same in any order of adding.
    """
    weight = square.astype(np.float64)
    dense_a, dense_b = _dense(bags_a, len(square)), _dense(bags_b, len(square))
    product = (dense_a * weight) @ dense_b.T
    common = (dense_a * (weight > 0)) @ dense_b.T
    length = np.sqrt((dense_a @ weight)[:, None] * (dense_b @ weight)[None, :])
    size = (dense_a @ (weight > 0))[:, None] + (dense_b @ (weight > 0))[None, :]
    row, column = np.nonzero(product > 0)
    cosine = product[row, column] / length[row, column]
    kept = cosine > least
    row, column = row[kept], column[kept]
    return Seeds(row, column, cosine[kept], 2 * common[row, column] / size[row, column])


def _dense(bags: Bags, size: int) -> NDArray[np.float64]:
    rows = np.zeros((len(bags.first) - 1, size))
    rows[owners(bags.first), bags.term] = 1
    return rows
