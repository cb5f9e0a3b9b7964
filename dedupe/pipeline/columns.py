"""From labelled pages to the columns that the later stages work on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ..jobs import together
from ..model import REPORTING, Article, Blocks, Corpus, timestamp
from ..model.codes import BODY
from ..rows import bounds_of, lengths
from ..words import Kept, Tokens, block_tokens, kept_blocks, tokenize, told, words_of

# Of a title's words, function words included: where its text has no more of them, the title says nothing of the text.
# So do 1 in 100 headlines of 5,000 Reuters articles.
OWN_TITLE = 1 / 3
OWN_LENGTH = 200  # words: a text of so many has room for those of its title; of a shorter one less is asked


def corpus_of(
    articles: Sequence[Article], blocks: Blocks, roles: NDArray[np.uint8], tokens: Tokens, jobs: int = 1
) -> Corpus:
    """Return the reporting of labelled pages as columns, given the words of their whole texts.

    Only body paragraphs count; a page without any is taken by its title and captions, so that two flashes of one
    line can still be equal.
    """
    kept = _reporting(blocks, roles)
    (words, titles), text = together(
        lambda: _words_of(articles, tokens, blocks, kept), lambda: tuple(_texts(articles, blocks, kept)), jobs
    )
    return Corpus(
        articles=tuple(articles),
        text=text,
        tokens=words,
        titles=titles,
        published=np.array([timestamp(article.published) for article in articles], dtype=np.float64),
        outlet=codes([article.source for article in articles]),
        paragraph_first=kept.first,
        paragraph_start=kept.start,
        paragraph_end=kept.end,
        paragraph_index=kept.index,
    )


def with_paragraphs(corpus: Corpus, blocks: Blocks, roles: NDArray[np.uint8]) -> Corpus:
    """Return the columns with the paragraphs of the reporting, given those of whole pages."""
    kept = _reporting(blocks, roles)
    return replace(
        corpus,
        paragraph_first=kept.first,
        paragraph_start=kept.start,
        paragraph_end=kept.end,
        paragraph_index=kept.index,
    )


def own_titles(titles: Tokens, bodies: Tokens, empty: NDArray[np.bool_]) -> Tokens:
    """Return the words of the titles, none of those titles that say nothing of their own article.

    A headline shares words with its text. A title that does not ("Morning briefing") is printed over any text, and is
    no evidence of a story. `empty`: which pages have no text at all, so that the title is all there is. A page that has
    text but no reporting, only links and notices, mostly has a slogan for a title, which does not count.
    """
    if not len(titles.hash):
        return titles
    said, text = lengths(titles.first), lengths(bodies.first)
    own = told(titles, bodies) > OWN_TITLE * np.minimum(text / OWN_LENGTH, 1.0) * said
    if own.all():
        return titles
    own |= (text <= said) & ((text > 0) | empty)  # a page of hardly more than its headline
    if own.all():
        return titles
    kept = np.repeat(own, said)
    return Tokens(bounds_of(own * said), titles.hash[kept], titles.start[kept], titles.end[kept], titles.flags[kept])


def reporting_blocks(blocks: Blocks, roles: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Return which blocks are an article's reporting text."""
    reporting = np.zeros(len(roles), dtype=np.bool_)
    reporting[_reporting(blocks, roles).row] = True
    return reporting


def _reporting(blocks: Blocks, roles: NDArray[np.uint8]) -> Kept:
    """Return the blocks of the reporting: the body, or where a page has none, its title and captions."""
    return kept_blocks(blocks, roles, BODY, len(REPORTING))


def _texts(articles: Sequence[Article], blocks: Blocks, kept: Kept) -> list[str]:
    starts, ends, rows = blocks.start[kept.row].tolist(), blocks.end[kept.row].tolist(), kept.first.tolist()
    return [
        "\n".join([article.text[a:b] for a, b in zip(starts[i:j], ends[i:j], strict=True)])
        for article, i, j in zip(articles, rows[:-1], rows[1:], strict=True)
    ]


def _words_of(articles: Sequence[Article], tokens: Tokens, blocks: Blocks, kept: Kept) -> tuple[Tokens, Tokens]:
    """Return the words that stand in the kept blocks, their offsets moved to the reporting text, and the titles'."""
    words = words_of(tokens, block_tokens(blocks, tokens), kept.row, kept.moved)
    own = Tokens(words.first[kept.first], words.hash, words.start, words.end, words.flags)
    return own, own_titles(tokenize([article.title for article in articles]), own, lengths(tokens.first) == 0)


def codes(names: Sequence[str]) -> NDArray[np.int32]:
    """Return a number for each name, equal for equal names and in their sorted order; -1 for the empty one."""
    order = {name: code for code, name in enumerate(sorted({name for name in names if name}))}
    return np.array([order.get(name, -1) for name in names], dtype=np.int32)
