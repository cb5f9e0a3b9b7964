"""The words of a corpus as the comparison of articles reads them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..model import Blocks, Corpus
from ..words import block_tokens
from .speech import spoken_words

ROW = np.dtype(
    [("article", "i4"), ("paragraph", "i4"), ("other", "i4"), ("other_paragraph", "i4"), ("words", "i4"),
     ("similarity", "f4"), ("kind", "u1")]
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """The words of a corpus as the comparison reads them, each column of shape (words,) but `first` (articles + 1,).

    `owner`: int32, the row of the paragraph; `weight`: float32, how much the word tells.
    """

    first: NDArray[np.int64]
    hash: NDArray[np.uint32]
    spoken: NDArray[np.bool_]
    owner: NDArray[np.int32]
    weight: NDArray[np.float32]


def columns_of(corpus: Corpus, a: NDArray[np.int32], b: NDArray[np.int32], weight: NDArray[np.float32]) -> Columns:
    """Return the columns; speech is looked for in the paired articles only."""
    tokens = corpus.tokens
    wanted = np.zeros(len(corpus.text), dtype=np.bool_)
    wanted[a] = wanted[b] = True
    spoken = spoken_words(corpus.text, tokens, wanted)
    size = np.diff(paragraph_words(corpus))
    return Columns(tokens.first, tokens.hash, spoken, np.repeat(np.arange(len(size), dtype=np.int32), size), weight)


def paragraph_words(corpus: Corpus) -> NDArray[np.int64]:
    """Return int64[m + 1]: the words of paragraph i are rows [i] to [i + 1]; every word stands in a paragraph."""
    return block_tokens(Blocks(corpus.paragraph_first, corpus.paragraph_start, corpus.paragraph_end), corpus.tokens)
