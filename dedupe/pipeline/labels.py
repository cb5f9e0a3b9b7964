"""Pages cut into paragraphs, each with its role, and what they say of where their text comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .. import attribution, paragraphs
from ..model import GROUP_OF, ROLES, RoleGroup, paragraphs_of
from ..words import tokenize
from .columns import block_of_words, codes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from ..model import Article, Attribution, Blocks, Paragraph
    from ..words import Tokens

    Repeats = Callable[[NDArray[np.uint64], NDArray[np.int64]], tuple[NDArray[np.int32], NDArray[np.int32]]]

_GROUP = np.array([list(RoleGroup).index(GROUP_OF[role]) for role in ROLES])


@dataclass(frozen=True, slots=True, eq=False)
class Labelled:
    """Pages, their words and their paragraphs with roles, as columns; `group_words` is int64 of shape (n, 4)."""

    articles: tuple[Article, ...]
    tokens: Tokens
    blocks: Blocks
    roles: NDArray[np.uint8]
    reasons: list[str]
    attributions: list[tuple[Attribution, ...]]
    group_words: NDArray[np.int64]

    def paragraphs(self, row: int) -> tuple[Paragraph, ...]:
        """Return the paragraphs of the article in this row, with their roles."""
        return paragraphs_of(self.articles[row].text, row, self.blocks, self.roles, self.reasons)


def label_articles(articles: Sequence[Article], known: Repeats | None = None) -> Labelled:
    """Return the articles labelled, with what each outlet repeats learnt from all of them.

    `known`: given the blocks' keys and those of each page, returns on how many stories of the page's outlet, beside
    those of these articles, each block stands, and of how many (`site_repeats`' two columns).
    """
    tokens = tokenize([article.text for article in articles])
    blocks = paragraphs.segment(articles)
    keys = paragraphs.block_keys(articles, blocks, tokens)
    on, of = paragraphs.site_repeats(
        keys, blocks.first, codes([article.source for article in articles]), blocks.end - blocks.start
    )
    if known is not None:
        more_on, more_of = known(keys, blocks.first)
        on, of = on + more_on, of + more_of
    roles, reasons = paragraphs.label(articles, blocks, on, of, tokens)
    attributions = attribution.find(articles, blocks, roles)
    words = _words_by_group(tokens, blocks, roles)
    return Labelled(tuple(articles), tokens, blocks, roles, reasons, attributions, words)


def _words_by_group(tokens: Tokens, blocks: Blocks, roles: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Return how many words each page has of each group of roles, int64 of shape (pages, 4)."""
    pages = len(blocks.first) - 1
    owner = block_of_words(tokens, blocks)
    owner = owner[owner >= 0]
    page = np.repeat(np.arange(pages), np.diff(blocks.first))
    cell = page[owner] * 4 + _GROUP[roles[owner]]
    return np.bincount(cell, minlength=pages * 4).reshape(pages, 4)
