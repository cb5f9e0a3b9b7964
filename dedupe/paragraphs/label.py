"""What each paragraph of a page is, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from . import features
from .decide import decide
from .model import predict
from .reasons import explain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ..model import Article, Blocks
    from ..words import Tokens

TEXT, HTML = "role_weights.json", "role_weights_html.json"


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
