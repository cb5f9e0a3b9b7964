"""What each paragraph of a page is, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from . import features
from .model import predict
from .reasons import explain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ..model import Article, Blocks
    from ..words import Tokens


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
    roles = predict(columns, blocks.first).argmax(axis=1).astype(np.uint8)
    return roles, explain(roles, columns, found, on, of)
