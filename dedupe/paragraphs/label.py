"""What each paragraph of a page is, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..model import Blocks
from ..words import Tokens
from . import features
from .decide import decide
from .model import predict
from .reasons import explain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from ..model import Article

TEXT, HTML = "role_weights.json", "role_weights_html.json"
BATCH = 1 << 15  # blocks: some 150 MB of columns


def label(
    articles: Sequence[Article],
    blocks: Blocks,
    on: NDArray[np.int32],
    of: NDArray[np.int32],
    tokens: Tokens | None = None,
) -> tuple[NDArray[np.uint8], list[str]]:
    """Return (role, reason) of each block; a role is an index into `model.ROLES`.

    `on`, `of`: see `site_repeats`. `tokens`: the words of the articles' texts, where they are at hand.

    >>> from dedupe.model import ROLES, Article
    >>> from dedupe.paragraphs import segment
    >>> pages = [Article("a", "ADVERTISEMENT\\nThe ferry sank off the coast late on Monday, officials said.")]
    >>> one = np.ones(2, dtype=np.int32)
    >>> roles, reasons = label(pages, segment(pages), one, one)
    >>> [str(ROLES[role]) for role in roles], reasons[0]
    (['ad', 'body'], 'a marker of advertising, in English')
    """
    roles = np.empty(len(blocks.start), dtype=np.uint8)
    reasons: list[str] = []
    for low, high in _batches(blocks.first):
        own = slice(int(blocks.first[low]), int(blocks.first[high]))
        batch = Blocks(blocks.first[low : high + 1] - own.start, blocks.start[own], blocks.end[own])
        words = None if tokens is None else _words_of(tokens, low, high)
        roles[own], found = _label(articles[low:high], batch, on[own], of[own], words)
        reasons += found
    return roles, reasons


def _batches(first: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Yield ranges of pages of about BATCH blocks, so that many pages need no more memory than some."""
    low = 0
    while low < len(first) - 1:
        high = max(int(np.searchsorted(first, first[low] + BATCH, side="right")) - 1, low + 1)
        yield low, high
        low = high


def _words_of(tokens: Tokens, low: int, high: int) -> Tokens:
    own = slice(int(tokens.first[low]), int(tokens.first[high]))
    return Tokens(
        tokens.first[low : high + 1] - own.start,
        tokens.hash[own], tokens.start[own], tokens.end[own], tokens.flags[own],
    )  # fmt: skip


def _label(
    articles: Sequence[Article],
    blocks: Blocks,
    on: NDArray[np.int32],
    of: NDArray[np.int32],
    tokens: Tokens | None,
) -> tuple[NDArray[np.uint8], list[str]]:
    columns, found = features.measure(articles, blocks, on, of, tokens)
    roles = np.empty(len(columns), dtype=np.uint8)
    marked = np.array([article.markup is not None for article in articles], dtype=np.bool_)
    text, first = _pages(blocks.first, ~marked)
    if len(text):
        roles[text] = decide(predict(columns[text], first, TEXT), columns[text], first, plain=True)
    html, first = _pages(blocks.first, marked)
    if len(html):
        evidence = np.concatenate([article.markup.evidence for article in articles if article.markup is not None])
        likely = predict(np.concatenate((columns[html], evidence), axis=1), first, HTML)
        roles[html] = decide(likely, columns[html], first, plain=False)
    return roles, explain(roles, columns, found, on, of)


def _pages(first: NDArray[np.int64], which: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the blocks of some pages, and where each of these pages starts and ends among them."""
    count = np.diff(first)
    return np.flatnonzero(np.repeat(which, count)), np.concatenate(([0], np.cumsum(count[which])))
