"""Back from what an index keeps of articles to columns that the stages can compare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .. import tfidf
from ..model import Article, Blocks, Corpus
from ..model.codes import BODY
from ..pipeline.columns import codes, own_titles
from ..pipeline.labels import Labelled
from ..pipeline.passages import on_page
from ..pipeline.reporting import reread_words
from ..rows import bounds_of
from ..words import Tokens, tokenize, woven
from . import stored
from .bodies import unpacked
from .pages import KEPT, Pages
from .store import Store

if TYPE_CHECKING:
    Words = Tokens | Sequence[NDArray[np.uint32]]


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """An article as the index kept it: only its reporting.

    `since`, `size`: of each of its paragraphs, int32, how much of its page is between it and the one before it, and its
    characters. `article`: its text is its reporting.
    """

    row: stored.Row
    since: NDArray[np.int32]
    size: NDArray[np.int32]
    article: Article

    def on_page(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch of the article's text stands on the page it was read from."""
        page = bounds_of(self.since + self.size)[1:] - self.size
        return on_page(bounds_of(self.size + 1)[:-1], page, start, end)


class Held(NamedTuple):
    """An article as the index kept it, by itself, to be held in memory.

    `words`, `titles`: the words of its text, and of its title if that speaks of it, as `_stacked` has them.
    """

    kept: Kept
    words: NDArray[np.uint32]
    titles: NDArray[np.uint32]


class Many(NamedTuple):
    """Many articles as the index kept them: the words of their texts, and of titles that speak of them, as columns."""

    kept: list[Kept]
    words: Tokens
    titles: Tokens


def held(store: Store, aids: Sequence[int]) -> list[Held]:
    """Return the articles with these numbers, in the order asked for; they are held for the next to ask for them."""
    recent = store.memory.recent
    found = {aid: one for aid in aids if (one := recent.get(aid))}
    if fresh := [aid for aid in aids if aid not in found]:
        some, words, titles = kept_many(store, fresh)
        for one in map(Held, some, _apart(words), _apart(titles)):
            found[one.kept.row.aid] = one
            recent.put(one.kept.row.aid, one, len(one.kept.article.text))
    return [found[aid] for aid in aids]


def kept_many(store: Store, aids: Sequence[int]) -> Many:
    """Return the articles with these numbers, in the order asked for; none of them is held."""
    if not aids:
        return Many([], tokenize([]), tokenize([]))
    found, bodies = zip(*store.entries(aids), strict=True)
    texts, wheres = zip(*unpacked(bodies), strict=True)
    articles = [_article(row.page, text) for row, text in zip(found, texts, strict=True)]
    every = tokenize([*texts, *(article.title for article in articles)])
    tokens, titles = every.part(0, len(texts)), every.part(len(texts), 2 * len(texts))
    empty = np.array([not any(row.page["words"]) for row in found], dtype=np.bool_)
    columns = zip(found, wheres, articles, strict=True)
    some = [Kept(row, since, size, article) for row, (since, size), article in columns]
    return Many(some, reread_words(texts, tokens), own_titles(titles, tokens, empty))


def _article(page: dict[str, Any], text: str) -> Article:
    fields = {name: page[name] for name in KEPT if name in page}
    if "syndication" in fields:
        fields["syndication"] = tuple(fields["syndication"])
    return Article(**fields, text=text)


def _stacked(tokens: Tokens) -> NDArray[np.uint32]:
    """Return the columns of words one below the other, uint32 of shape (4, words): all are cut and joined at once."""
    stacked = np.empty((4, len(tokens.hash)), dtype=np.uint32)
    stacked[0], stacked[1], stacked[2], stacked[3] = tokens.hash, tokens.start, tokens.end, tokens.flags
    return stacked


def _apart(tokens: Tokens) -> list[NDArray[np.uint32]]:
    """Return the words of each text, `_stacked`: copies, so that all the others are not held with them."""
    return [text.copy() for text in _views(tokens)]


def _views(tokens: Tokens) -> list[NDArray[np.uint32]]:
    """Return the words of each text, `_stacked`."""
    stacked = _stacked(tokens)
    return [stacked[:, low:high] for low, high in pairwise(tokens.first.tolist())]


def _joined(texts: Sequence[NDArray[np.uint32]]) -> Tokens:
    """Return the words of texts, each `_stacked`, as columns."""
    first = bounds_of([text.shape[1] for text in texts])
    hashes, start, end, flags = np.concatenate(texts, axis=1)
    return Tokens(first, hashes, start.view(np.int32), end.view(np.int32), flags.astype(np.uint8))


def together(pages: Pages, others: Sequence[Held]) -> Labelled:
    """Return the articles of `pages` and others as labelled columns, in the order of their ids."""
    mine = pages.labelled
    own = len(mine.articles)
    articles = mine.articles + tuple(other.kept.article for other in others)
    order = sorted(range(len(articles)), key=[article.id for article in articles].__getitem__)
    sides = [row if row < own else others[row - own].kept for row in order]
    columns = [_own_columns(mine, side) if isinstance(side, int) else _columns(side) for side in sides]
    start, end, roles = (np.concatenate(column) for column in zip(*columns, strict=True))
    blocks = Blocks(bounds_of([len(column[0]) for column in columns]), start.astype(np.int32), end.astype(np.int32))
    words = [mine.group_words[side].tolist() if isinstance(side, int) else side.row.page["words"] for side in sides]
    return Labelled(
        articles=tuple(articles[row] for row in order),
        tokens=_in_order(mine.tokens, [other.words for other in others], order),
        blocks=blocks,
        roles=roles.astype(np.uint8),
        reasons=[""] * len(roles),
        attributions=[mine.attributions[side] if isinstance(side, int) else side.row.attributions for side in sides],
        group_words=np.array(words, dtype=np.int64),
    )


def _own_columns(labelled: Labelled, row: int) -> tuple[NDArray[Any], NDArray[Any], NDArray[np.uint8]]:
    blocks = labelled.blocks
    inside = slice(int(blocks.first[row]), int(blocks.first[row + 1]))
    return blocks.start[inside], blocks.end[inside], labelled.roles[inside]


def _columns(other: Kept) -> tuple[NDArray[Any], NDArray[Any], NDArray[np.uint8]]:
    end = np.cumsum(other.size + 1) - 1
    body = np.full(len(end), BODY, dtype=np.uint8)
    return end - other.size, end, body


def beside(pages: Pages, others: Sequence[Kept], words: Words, titles: Words) -> tuple[Corpus, NDArray[np.int64]]:
    """Return the articles of `pages` and others as the columns of a run, in the order of their ids, and that order.

    Beside others without paragraphs, which are only asked for where findings are told (`columns.with_paragraphs`).
    int64: for each row of the run that of `pages`, or, counted on from these, that of `others`.
    `words`, `titles`: those of the others, as `Held` or `Many` have them.
    """
    mine = pages.corpus
    articles = mine.articles + tuple(other.article for other in others)
    order = sorted(range(len(articles)), key=[article.id for article in articles].__getitem__)
    if not others and order == [*range(len(order))]:  # as files are read: nothing is to be moved
        return mine, np.array(order, dtype=np.int64)
    text, rows = mine.text + tuple(other.article.text for other in others), np.array(order, dtype=np.int64)
    none = np.zeros(0, dtype=np.int32)
    articles = tuple(articles[row] for row in order)
    return Corpus(
        articles=articles,
        text=tuple(text[row] for row in order),
        tokens=_in_order(mine.tokens, words, order),
        titles=_in_order(mine.titles, titles, order),
        published=np.concatenate((mine.published, [other.row.published for other in others]))[rows],
        outlet=codes([article.source for article in articles]),
        paragraph_first=np.zeros(len(order) + 1, dtype=np.int64),
        paragraph_start=none,
        paragraph_end=none,
        paragraph_index=none,
    ), rows


def _in_order(mine: Tokens, theirs: Words, order: Sequence[int]) -> Tokens:
    """Return the words of texts and others as columns, the texts in this order; by itself each other is `_stacked`."""
    if isinstance(theirs, Tokens):
        return woven(mine, theirs, np.array(order))
    texts = [*_views(mine), *theirs]  # one article is checked or added: a fifth of the time that `woven` takes
    return _joined([texts[row] for row in order])


def words_of(others: Many) -> list[NDArray[np.uint32]]:
    """Return the distinct terms of articles of the index, as they were counted: none of a copy."""
    texts, titles = zip(*((one.article.text, one.article.title) for one in others.kept), strict=True)
    terms = tfidf.count_terms(*tfidf.stems_of(texts, others.words, titles, others.titles))
    keys, bounds = terms.key[terms.term], pairwise(terms.first.tolist())
    none = keys[:0]
    return [keys[low:high] if one.row.counted else none for one, (low, high) in zip(others.kept, bounds, strict=True)]
