"""Pages cut into blocks, with all that is known of these before they are told apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..model import Article, Blocks
from .repeats import BlockWords, block_words
from .segment import segment


class Segmented(NamedTuple):
    """Pages cut into blocks, with the words of these.

    `on`, `of`: on how many stories of its page's outlet each block stands, and how many these are (`site_repeats`).
    """

    articles: Sequence[Article]
    blocks: Blocks
    words: BlockWords
    on: NDArray[np.int32]
    of: NDArray[np.int32]

    def part(self, low: int, high: int) -> Segmented:
        """Return the pages from `low` up to `high`."""
        own = slice(int(self.blocks.first[low]), int(self.blocks.first[high]))
        blocks, words = self.blocks.part(low, high), self.words.part(low, high)
        return Segmented(self.articles[low:high], blocks, words, self.on[own], self.of[own])


def of_no_outlet(articles: Sequence[Article]) -> Segmented:
    """Return pages of which it is not known what their outlets repeat."""
    blocks = segment(articles)
    once = np.ones(len(blocks.start), dtype=np.int32)
    return Segmented(articles, blocks, block_words(articles, blocks), once, once)
