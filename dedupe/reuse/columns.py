"""The words of a corpus as the comparison of articles reads them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .speech import spoken_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..model import Corpus

ROW = np.dtype(
    [("article", "i4"), ("paragraph", "i4"), ("other", "i4"), ("other_paragraph", "i4"), ("words", "i4"),
     ("similarity", "f4"), ("kind", "u1")]
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """The words of a corpus as the comparison reads them, each column of shape (words,) but `first` (articles + 1,).

    `owner`: int32, the row of the paragraph; `square`: int64, the square of the weight in 1/64.
    """

    first: NDArray[np.int64]
    hash: NDArray[np.uint32]
    spoken: NDArray[np.bool_]
    owner: NDArray[np.int32]
    square: NDArray[np.int64]


def columns_of(
    corpus: Corpus, a: NDArray[np.int32], b: NDArray[np.int32], weight: NDArray[np.float32] | None
) -> Columns:
    """Return the columns; speech is looked for in the paired articles only."""
    tokens = corpus.tokens
    wanted = np.zeros(len(corpus.text), dtype=np.bool_)
    wanted[a] = wanted[b] = True
    spoken = spoken_words(corpus.text, tokens, wanted)
    if weight is None:
        square = np.ones(len(tokens.hash), dtype=np.int64)
    else:
        square = np.rint(64 * weight.astype(np.float64) ** 2).astype(np.int64)
    return Columns(tokens.first, tokens.hash, spoken, owners(corpus), square)


def owners(corpus: Corpus) -> NDArray[np.int32]:
    """Return the row of the paragraph each word stands in, int32 of shape (words,); every word stands in one."""
    size = np.array([len(text) + 1 for text in corpus.text], dtype=np.int64)
    offset = np.concatenate(([0], np.cumsum(size)))
    word = corpus.tokens.start + np.repeat(offset[:-1], np.diff(corpus.tokens.first))
    paragraph = corpus.paragraph_start + np.repeat(offset[:-1], np.diff(corpus.paragraph_first))
    owner: NDArray[np.int64] = np.searchsorted(paragraph, word, side="right") - 1
    return owner.astype(np.int32)
