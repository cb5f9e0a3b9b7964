"""Where each body paragraph stands in the other articles its own is paired with."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..compiling import compiled
from ..model import Corpus, Reuse
from ..rows import lengths
from . import plain
from .columns import ROW, Columns, columns_of
from .rules import square

LARGE = 400_000  # words of all pairs together; plain Python takes them as long as it takes to load the kernel
_QUOTATION = 3  # kind of a row that is no reuse


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What the articles of a run have in common with those they are paired with.

    `reuse`: the paragraphs that stand elsewhere, each finding for both sides. `quote_reuse`: the same columns for
    paragraphs that merely quote the same speech: that is not copying.
    `covered`: bool of shape (words of the corpus,), whether the word is reused: it stands in a stretch that another
    article has too, or in a paragraph that has the order of another's words.
    `spoken`: uint8 of the same shape, 1 for a word of speech, 2 where another article quotes it too.
    `shared_a`, `shared_b`: int32 of shape (pairs,): how many words of a are reused with b, and of b with a.
    """

    reuse: Reuse
    quote_reuse: Reuse
    covered: NDArray[np.bool_]
    spoken: NDArray[np.uint8]
    shared_a: NDArray[np.int32]
    shared_b: NDArray[np.int32]


def find(
    corpus: Corpus, a: NDArray[np.int32], b: NDArray[np.int32], *, weight: NDArray[np.float32], jobs: int = 2
) -> Found:
    """Return where the paragraphs of the paired articles a[i], b[i] stand in each other.

    `weight`: float32 of shape (words of the corpus,), how much each word tells (its IDF).
    """
    columns = columns_of(corpus, a, b, weight)
    length = lengths(corpus.tokens.first)
    if compiled(int(length[a].sum() + length[b].sum()), __package__, LARGE):
        from . import kernel

        rows, covered, shared_speech, shared = kernel.compare_pairs(columns, a, b, jobs)
    else:
        rows, covered, shared_speech, shared = _compare_pairs(columns, a, b)
    spoken = columns.spoken.astype(np.uint8) + (shared_speech & columns.spoken)
    quotation = rows["kind"] == _QUOTATION
    reuse, quote_reuse = _sorted(corpus, rows[~quotation]), _sorted(corpus, rows[quotation])
    return Found(reuse, quote_reuse, covered, spoken, shared[:, 0].copy(), shared[:, 1].copy())


def _compare_pairs(
    columns: Columns, a: NDArray[np.int32], b: NDArray[np.int32]
) -> tuple[NDArray[np.void], NDArray[np.bool_], NDArray[np.bool_], NDArray[np.int32]]:
    """Return (rows, reused words, shared speech, words shared by each pair from either side)."""
    covered, quoted = np.zeros((2, len(columns.hash)), dtype=np.bool_)
    shared = np.zeros((len(a), 2), dtype=np.int32)
    rows = []
    for i, (x, y) in enumerate(zip(a.tolist(), b.tolist(), strict=True)):
        for side, (here, there) in enumerate(((x, y), (y, x))):
            found, reused, speech = plain.compare(_words(columns, here), _words(columns, there))
            part = slice(*columns.first[here : here + 2])
            covered[part] |= np.array(reused, dtype=np.bool_)
            quoted[part] |= np.array(speech, dtype=np.bool_)
            shared[i, side] = sum(reused)
            rows += [(here, r.paragraph, there, r.other, r.words, r.similarity, r.kind) for r in found]
    return np.array(rows, dtype=ROW), covered, quoted, shared


def _words(columns: Columns, article: int) -> plain.Words:
    part = slice(*columns.first[article : article + 2])
    hashes, spoken, owner = columns.hash[part].tolist(), columns.spoken[part].tolist(), columns.owner[part].tolist()
    return plain.Words(hashes, spoken, owner, [square(value) for value in columns.weight[part].tolist()])


def _sorted(corpus: Corpus, rows: NDArray[np.void]) -> Reuse:
    """Return the rows by article, paragraph, then best first, with paragraphs as numbers of their page's blocks."""
    keys = (rows["other_paragraph"], rows["other"], -rows["similarity"], rows["paragraph"], rows["article"])
    rows = rows[np.lexsort(keys)]
    index = corpus.paragraph_index
    return Reuse(
        article=rows["article"].copy(),
        paragraph=index[rows["paragraph"]],
        other=rows["other"].copy(),
        other_paragraph=index[rows["other_paragraph"]],
        similarity=rows["similarity"].copy(),
        kind=rows["kind"].copy(),
        words=rows["words"].copy(),
    )
