"""Back from what an index keeps of articles to columns that the stages can compare."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from .. import tfidf
from ..model import ROLE_CODE, Article, Attribution, Blocks, Role
from ..pipeline.columns import corpus as columns_of
from ..pipeline.labels import Labelled
from ..words import tokenize
from .pages import KEPT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ..model import Corpus
    from . import rows
    from .pages import Pages
    from .store import Store


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """An article as the index kept it: only its reporting paragraphs, and where on its page each starts."""

    row: rows.Row
    paragraphs: list[str]
    start: list[int]

    @property
    def article(self) -> Article:
        """Return the article; its text is its reporting."""
        fields = {name: self.row.page.get(name, "") for name in KEPT}
        fields["syndication"] = tuple(fields["syndication"])
        return Article(**fields, text="\n".join(self.paragraphs))

    def on_page(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch of the article's text stands on the page it was read from."""
        first = np.cumsum([0, *(len(paragraph) + 1 for paragraph in self.paragraphs[:-1])])
        low = int(np.searchsorted(first, start, side="right")) - 1
        high = max(int(np.searchsorted(first, end, side="left")) - 1, low)  # half open: it belongs to what it ends
        return int(start - first[low]) + self.start[low], int(end - first[high]) + self.start[high]

    @property
    def copies(self) -> tuple[int, ...]:
        """Return the numbers of the articles that it is a copy of, as far as they came before it."""
        return tuple(self.row.page.get("copies", ()))

    @property
    def attributions(self) -> tuple[Attribution, ...]:
        """Return who the page said its text comes from."""
        return tuple(Attribution(*named) for named in self.row.page.get("named", ()))


def kept(store: Store, found: Sequence[rows.Row]) -> list[Kept]:
    """Return articles of the index as it kept them."""
    bodies = store.bodies([row.aid for row in found])
    return [Kept(row, *json.loads(zlib.decompress(body))) for row, body in zip(found, bodies, strict=True)]


def together(pages: Pages, others: Sequence[Kept]) -> tuple[Labelled, Corpus]:
    """Return the articles of `pages` and others as the columns of a run, in the order of their ids."""
    mine = pages.labelled
    sides: list[tuple[Article, int | Kept]] = [(article, row) for row, article in enumerate(mine.articles)]
    sides += [(other.article, other) for other in others]
    sides.sort(key=lambda side: side[0].id)
    columns = [_own_columns(mine, side) if isinstance(side, int) else _columns(side) for _, side in sides]
    start, end, roles = (np.concatenate(column) for column in zip(*columns, strict=True))
    first = np.concatenate(([0], np.cumsum([len(column[0]) for column in columns])))
    articles = tuple(article for article, _ in sides)
    blocks = Blocks(first, start.astype(np.int32), end.astype(np.int32))
    words = [mine.group_words[side].tolist() if isinstance(side, int) else side.row.page["words"] for _, side in sides]
    labelled = Labelled(
        articles=articles,
        tokens=tokenize([article.text for article in articles]),
        blocks=blocks,
        roles=roles.astype(np.uint8),
        reasons=[""] * len(roles),
        attributions=[mine.attributions[side] if isinstance(side, int) else side.attributions for _, side in sides],
        group_words=np.array(words, dtype=np.int64),
    )
    return labelled, columns_of(articles, blocks, labelled.roles, labelled.tokens)


def _own_columns(labelled: Labelled, row: int) -> tuple[NDArray[Any], NDArray[Any], NDArray[np.uint8]]:
    blocks = labelled.blocks
    inside = slice(int(blocks.first[row]), int(blocks.first[row + 1]))
    return blocks.start[inside], blocks.end[inside], labelled.roles[inside]


def _columns(other: Kept) -> tuple[NDArray[Any], NDArray[Any], NDArray[np.uint8]]:
    length = np.array([len(paragraph) for paragraph in other.paragraphs], dtype=np.int64)
    end = np.cumsum(length + 1) - 1
    body = np.full(len(length), ROLE_CODE[Role.BODY], dtype=np.uint8)
    return end - length, end, body


def words_of(others: Sequence[Kept]) -> list[NDArray[np.uint32]]:
    """Return the distinct terms of articles of the index, as they were counted when they came: none of a copy."""
    if not others:
        return []
    articles = [other.article for other in others]
    start, end, roles = (np.concatenate(column) for column in zip(*map(_columns, others), strict=True))
    first = np.concatenate(([0], np.cumsum([len(other.paragraphs) for other in others])))
    blocks = Blocks(first, start.astype(np.int32), end.astype(np.int32))
    corpus = columns_of(articles, blocks, roles.astype(np.uint8), tokenize([article.text for article in articles]))
    terms = tfidf.count_terms(corpus.tokens, corpus.titles)
    keys, bounds = terms.key[terms.term], terms.first.tolist()
    none = keys[:0]
    return [
        none if other.copies else keys[low:high] for other, (low, high) in zip(others, pairwise(bounds), strict=True)
    ]
