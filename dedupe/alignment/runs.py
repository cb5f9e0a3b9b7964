"""Long runs of words that stand in both texts in the same order without a gap."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .cores import Span
from .prepare import Side

REPEATS = 16  # places of text B at which a run is tried: a sentence repeated 10,000 times costs no more
_BASE = 0x9E3779B97F4A7C15


def find_runs(a: Side, b: Side, run: int, large: bool) -> list[Span]:
    """Return runs of at least `run` equal words (fewer in short texts), in the order of A.

    Text A is read from its start; at each place the longest run with one of the first REPEATS places of B counts, and
    reading goes on behind it (greedy string tiling, Wise 1993, in one pass). Where two overlap the longer one stays.
    """
    size = max(min(run, min(len(a.word), len(b.word)) * 3 // 5), 4)  # 3/5: a short text with a few words changed
    gram_a, gram_b = _grams(a.word, size), _grams(b.word, size)
    if not len(gram_a) or not len(gram_b):
        return []
    if large:
        from . import kernel

        found = kernel.runs(a.word, b.word, gram_a, gram_b, REPEATS)
    else:
        found = _runs(a.word.tolist(), b.word.tolist(), gram_a.tolist(), gram_b.tolist())
    return _apart(found, len(a.word), len(b.word))


def _grams(word: NDArray[np.uint32], size: int) -> NDArray[np.uint64]:
    """Return a hash of each `size` words in a row, by doubling the width."""
    if len(word) < size:
        return np.zeros(0, dtype=np.uint64)
    gram, width, power = word.astype(np.uint64) + np.uint64(1), 1, _BASE
    while 2 * width <= size:
        gram = gram[:-width] * np.uint64(power) + gram[width:]
        width, power = 2 * width, power * power % 2**64
    count, rest = len(word) - size + 1, size - width
    gram = gram[:count] * np.uint64(power) + gram[rest : rest + count]
    return gram ^ (gram >> np.uint64(32))


def _runs(word_a: list[int], word_b: list[int], gram_a: list[int], gram_b: list[int]) -> NDArray[np.int64]:
    """Return the runs as rows (first word in A, in B, words), int64 of shape (runs, 3)."""
    places: dict[int, list[int]] = {}
    for j, gram in enumerate(gram_b):
        if len(at := places.setdefault(gram, [])) < REPEATS:
            at.append(j)
    found: list[tuple[int, int, int]] = []
    i = 0
    while i < len(gram_a):
        longest, there = 0, -1
        for j in places.get(gram_a[i], ()):
            size = 0
            while i + size < len(word_a) and j + size < len(word_b) and word_a[i + size] == word_b[j + size]:
                size += 1
            if size > longest:
                longest, there = size, j
        if longest:
            found.append((i, there, longest))
        i += max(longest, 1)
    return np.array(found, dtype=np.int64).reshape(-1, 3)


def _apart(found: NDArray[np.int64], words_a: int, words_b: int) -> list[Span]:
    """Return the runs, in the order of A, of which none overlaps another on either side; longer ones come first."""
    taken_a, taken_b = np.zeros(words_a, dtype=np.bool_), np.zeros(words_b, dtype=np.bool_)
    kept = []
    for i, j, size in found[np.lexsort((found[:, 1], found[:, 0], -found[:, 2]))].tolist():
        if not (taken_a[i : i + size].any() or taken_b[j : j + size].any()):
            taken_a[i : i + size] = taken_b[j : j + size] = True
            kept.append(Span(i, i + size, j, j + size))
    return sorted(kept)
