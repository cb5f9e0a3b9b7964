"""What each paragraph of a page is, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..model import ROLE_CODE, Role
from . import features
from .lexicon import CATEGORIES
from .model import predict
from .reasons import explain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ..model import Article, Blocks
    from ..words import Tokens
    from .lexicon import Found

TEXT, HTML = "role_weights.json", "role_weights.json"


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
    for which, name in ((~marked, TEXT), (marked, HTML)):
        rows, first = _pages(blocks.first, which)
        if len(rows):
            evidence = [article.markup.evidence for article in articles if which is marked and article.markup and HTML != TEXT]
            here = np.concatenate((columns[rows], np.concatenate(evidence)), axis=1) if evidence else columns[rows]
            roles[rows] = predict(here, first, name).argmax(axis=1)
    roles[_surely_ads(found, roles, blocks.first)] = ROLE_CODE[Role.AD]
    return roles, explain(roles, columns, found, on, of)


def _pages(first: NDArray[np.int64], which: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the blocks of some pages, and where each of these pages starts and ends among them."""
    count = np.diff(first)
    return np.flatnonzero(np.repeat(which, count)), np.concatenate(([0], np.cumsum(count[which])))


def _surely_ads(found: Found, roles: NDArray[np.uint8], first: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which blocks are nothing but the words that are put over advertising, in whatever language.

    Between menu items the same word is one of them: "Реклама" in a footer leads to the price list.
    """
    menu = np.isin(roles, [ROLE_CODE[Role.NAVIGATION], ROLE_CODE[Role.LEGAL]])
    before, after = np.ones((2, len(roles)), dtype=np.bool_)
    before[1:], after[:-1] = menu[:-1], menu[1:]
    filled = first[:-1][np.diff(first) > 0]
    before[filled] = True
    after[first[1:][np.diff(first) > 0] - 1] = True
    sure: NDArray[np.bool_] = (found.covered[:, CATEGORIES.index("marker")] == 1) & ~(before & after)
    return sure
