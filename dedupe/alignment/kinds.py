"""How closely one side of a passage follows the other."""

from __future__ import annotations

from bisect import bisect_left

import numpy as np
from numpy.typing import NDArray

from ..model import PassageKind

IN_ORDER = 0.6  # share of both sides' words in common order from which a passage is edited rather than paraphrased
NEAREST = 4  # occurrences of a word that are tried, nearest the diagonal first: common words would make it quadratic


def judge(word_a: NDArray[np.uint32], word_b: NDArray[np.uint32], large: bool) -> tuple[PassageKind, float]:
    """Return a passage's kind and similarity, from its own words alone.

    The similarity is the mean of two Dice coefficients: of the words, and of the words in common order. It is 1 where
    both sides have the same words in the same order, and only there.
    """
    if word_a.tobytes() == word_b.tobytes():
        return PassageKind.VERBATIM, 1.0
    total = len(word_a) + len(word_b)
    order = 2 * in_order(word_a, word_b, large) / total
    kind = PassageKind.EDITED if order >= IN_ORDER else PassageKind.PARAPHRASED
    return kind, min(round((order + 2 * _in_common(word_a, word_b) / total) / 2, 4), 0.9999)


def _in_common(word_a: NDArray[np.uint32], word_b: NDArray[np.uint32]) -> int:
    """Return how many words both have, each as often as the side that has it less often."""
    values, number = np.unique(np.concatenate((word_a, word_b)), return_inverse=True)
    in_a = np.bincount(number[: len(word_a)], minlength=len(values))
    in_b = np.bincount(number[len(word_a) :], minlength=len(values))
    return int(np.minimum(in_a, in_b).sum())


def in_order(word_a: NDArray[np.uint32], word_b: NDArray[np.uint32], large: bool) -> int:
    """Return about how many words both have in the same order, never more than there are.

    It is the longest common subsequence (Hunt and Szymanski 1977) over the NEAREST occurrences of each word.

    >>> a, b = np.array([1, 2, 3, 4], dtype=np.uint32), np.array([1, 3, 2, 4], dtype=np.uint32)
    >>> in_order(a, b, large=False)
    3
    """
    order = np.argsort(word_b, kind="stable")
    first = np.searchsorted(word_b[order], word_a, side="left")
    last = np.searchsorted(word_b[order], word_a, side="right")
    if large:
        from . import kernel

        return int(kernel.in_order(first, last, order, len(word_b), NEAREST))
    tails: list[int] = []
    for i, (low, high) in enumerate(zip(first.tolist(), last.tolist(), strict=True)):
        for j in reversed(_nearest(order[low:high].tolist(), i * len(word_b) // len(word_a))):
            at = bisect_left(tails, j)
            tails[at : at + 1] = [j]
    return len(tails)


def _nearest(places: list[int], target: int) -> list[int]:
    """Return the NEAREST places around the first at or behind the target, ascending."""
    start = bisect_left(places, target) - NEAREST // 2
    start = max(min(start, len(places) - NEAREST), 0)
    return places[start : start + NEAREST]
