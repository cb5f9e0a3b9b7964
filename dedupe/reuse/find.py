"""Where each body paragraph stands in the other articles its own is paired with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ..model import PassageKind

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..model import Corpus

KIND_OF = tuple(PassageKind)  # what a code in `Reuse.kind` means


@dataclass(frozen=True, slots=True, eq=False)
class Reuse:
    """Paragraphs that stand in other articles, as columns sorted by article, paragraph, other, other paragraph.

    A paragraph is its row among all paragraphs of the corpus (`corpus.paragraph_start` and so on).
    `article`, `paragraph`, `other`, `other_paragraph`: int32 of shape (rows,); each finding stands twice, once for
    each side. `words`: int32, how many words of the paragraph stand in the other one, speech left out.
    `similarity`: float32 in 0..1; `kind`: uint8, a place in `KIND_OF`. `quoted`: bool, all that is shared is speech.
    `covered`: bool of shape (words of the corpus,), whether the word stands in an article this one is paired with.
    `shared_a`, `shared_b`: int32 of shape (pairs,): how many words of a stand in b, and of b in a.
    """

    article: NDArray[np.int32]
    paragraph: NDArray[np.int32]
    other: NDArray[np.int32]
    other_paragraph: NDArray[np.int32]
    words: NDArray[np.int32]
    similarity: NDArray[np.float32]
    kind: NDArray[np.uint8]
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
) -> Reuse:
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
                kind = 0 if likeness >= 0.95 else 1
                rows.append((x, p, y, q, n, likeness, kind))
                rows.append((y, q, x, p, m, likeness, kind))
    rows.sort()
    column = list(zip(*rows, strict=True)) if rows else [()] * 7
    article, paragraph, other, other_paragraph, words = (np.array(column[i], dtype=np.int32) for i in range(5))
    return Reuse(
        article,
        paragraph,
        other,
        other_paragraph,
        words,
        np.array(column[5], dtype=np.float32),
        np.array(column[6], dtype=np.uint8),
        np.zeros(len(rows), dtype=np.bool_),
        covered,
        shared[:, 0].copy(),
        shared[:, 1].copy(),
    )


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
