"""Where each body paragraph stands in the other articles its own is paired with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ..model import Reuse

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..model import Corpus


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What the articles of a run have in common with those they are paired with.

    `reuse`: the paragraphs that stand elsewhere; each finding stands in it twice, once for each side.
    `quoted`: bool, one for each row of `reuse`: all that is shared is speech in quotation marks.
    `covered`: bool of shape (words of the corpus,), whether the word stands in an article its own is paired with.
    `shared_a`, `shared_b`: int32 of shape (pairs,): how many words of a stand in b, and of b in a; speech left out.
    """

    reuse: Reuse
    quoted: NDArray[np.bool_]
    covered: NDArray[np.bool_]
    shared_a: NDArray[np.int32]
    shared_b: NDArray[np.int32]


def find(
    corpus: Corpus,
    a: NDArray[np.int32],
    b: NDArray[np.int32],
    *,
    weight: NDArray[np.float32] | None = None,
    jobs: int = 2,
) -> Found:
    """Return where the paragraphs of the paired articles a[i], b[i] stand in each other.

    `weight`: float32 of shape (words of the corpus,), how much each word tells (its IDF); by default all alike.
    """
    tokens = corpus.tokens
    covered = np.zeros(len(tokens.hash), dtype=np.bool_)
    shared = np.zeros((len(a), 2), dtype=np.int32)
    owner = _paragraph_of_word(corpus)
    rows: list[tuple[int, int, int, int, int, float, int]] = []
    for i, (x, y) in enumerate(zip(a.tolist(), b.tolist(), strict=True)):
        mark_x, mark_y, pairs = _match(tokens.hash, owner, tokens.first[x : x + 2], tokens.first[y : y + 2])
        covered[tokens.first[x] : tokens.first[x + 1]] |= mark_x
        covered[tokens.first[y] : tokens.first[y + 1]] |= mark_y
        shared[i] = mark_x.sum(), mark_y.sum()
        for (p, q), (n, m, size_p, size_q) in pairs.items():
            likeness = max(n / size_p, m / size_q)
            if likeness >= 0.5:
                code = 0 if likeness >= 0.95 else 1
                rows.append((x, p, y, q, n, likeness, code))
                rows.append((y, q, x, p, m, likeness, code))
    rows.sort(key=lambda row: (row[0], row[1], -row[5], row[2], row[3]))
    column = list(zip(*rows, strict=True)) if rows else [()] * 7
    article, paragraph, other, other_paragraph, words = (np.array(column[i], dtype=np.int32) for i in range(5))
    similarity, kind = np.array(column[5], dtype=np.float32), np.array(column[6], dtype=np.uint8)
    index = corpus.paragraph_index
    found = Reuse(article, index[paragraph], other, index[other_paragraph], similarity, kind, words)
    return Found(found, np.zeros(len(rows), dtype=np.bool_), covered, shared[:, 0].copy(), shared[:, 1].copy())


def _paragraph_of_word(corpus: Corpus) -> NDArray[np.int32]:
    """Return the row of the paragraph each word stands in, int32 of shape (words,)."""
    owner = np.zeros(len(corpus.tokens.hash), dtype=np.int32)
    for i in range(len(corpus.text)):
        low, high = corpus.tokens.first[i : i + 2]
        first, last = corpus.paragraph_first[i : i + 2]
        starts = corpus.paragraph_start[first:last]
        owner[low:high] = first + np.maximum(
            np.searchsorted(starts, corpus.tokens.start[low:high], side="right") - 1, 0
        )
    return owner


def _match(
    words: NDArray[np.uint32], owner: NDArray[np.int32], x: NDArray[np.int64], y: NDArray[np.int64], size: int = 5
) -> tuple[NDArray[np.bool_], NDArray[np.bool_], dict[tuple[int, int], tuple[int, int, int, int]]]:
    """Return which words of both sides stand in a run of `size` words of the other, and by pair of paragraphs."""
    here, there = words[x[0] : x[1]].tolist(), words[y[0] : y[1]].tolist()
    own_x, own_y = owner[x[0] : x[1]].tolist(), owner[y[0] : y[1]].tolist()
    at: dict[tuple[int, ...], list[int]] = {}
    for j in range(len(there) - size + 1):
        at.setdefault(tuple(there[j : j + size]), []).append(j)
    mark_x, mark_y = np.zeros(len(here), dtype=np.bool_), np.zeros(len(there), dtype=np.bool_)
    by_pair: dict[tuple[int, int], tuple[set[int], set[int]]] = {}
    for i in range(len(here) - size + 1):
        for j in at.get(tuple(here[i : i + size]), [])[:16]:
            mark_x[i : i + size] = True
            mark_y[j : j + size] = True
            for k in range(size):
                left, right = by_pair.setdefault((own_x[i + k], own_y[j + k]), (set(), set()))
                left.add(i + k)
                right.add(j + k)
    sizes = [dict(zip(*np.unique(own, return_counts=True), strict=True)) for own in (own_x, own_y)]
    return (
        mark_x,
        mark_y,
        {(p, q): (len(n), len(m), int(sizes[0][p]), int(sizes[1][q])) for (p, q), (n, m) in by_pair.items()},
    )
