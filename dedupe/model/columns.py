"""Many articles, and what is known of them, as columns: arrays whose dtypes and shapes the docstrings state."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..errors import NoArticleError
from .kinds import ROLES
from .values import Article, Derivation, Pair, Paragraph, ReportedArticle, Skipped, Story

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ..config import Config
    from ..words import Tokens


@dataclass(frozen=True, slots=True, eq=False)
class Blocks:
    """The paragraphs of many pages as columns, in reading order.

    `first`: int64 of shape (pages + 1,); the paragraphs of page i are rows first[i] to first[i + 1].
    `start`, `end`: int32 of shape (paragraphs,), character offsets into the page's text.
    """

    first: NDArray[np.int64]
    start: NDArray[np.int32]
    end: NDArray[np.int32]

    def part(self, low: int, high: int) -> Blocks:
        """Return the paragraphs of the pages from `low` up to `high`."""
        own = slice(int(self.first[low]), int(self.first[high]))
        return Blocks(self.first[low : high + 1] - own.start, self.start[own], self.end[own])


def paragraphs_of(
    text: str, row: int, blocks: Blocks, roles: NDArray[np.uint8], reasons: Sequence[str]
) -> tuple[Paragraph, ...]:
    """Return the paragraphs of the page in this row of `blocks`, given its text."""
    first, last = int(blocks.first[row]), int(blocks.first[row + 1])
    columns = (blocks.start[first:last].tolist(), blocks.end[first:last].tolist(), roles[first:last].tolist())
    return tuple(
        Paragraph(i, text[start:end], start, end, ROLES[role], reasons[first + i])
        for i, (start, end, role) in enumerate(zip(*columns, strict=True))
    )


@dataclass(frozen=True, slots=True, eq=False)
class Corpus:
    """The reporting of a run as columns; a row is an article, rows are sorted by id.

    `text[i]`: the body paragraphs of article i joined by newlines (its title and captions where it has no body).
    `tokens`, `titles`: the words of `text` and of the articles' titles.
    `published`: float64 of shape (n,), days since 1970-01-01 UTC, nan where unknown.
    `outlet`: int32 of shape (n,), equal for articles of one outlet, -1 where unknown.
    `paragraph_first`: int64 of shape (n + 1,); the other paragraph columns are int32 of shape (paragraphs,):
    offsets into `text[i]`, and the paragraph's index among all the blocks of its page.
    """

    articles: tuple[Article, ...]
    text: tuple[str, ...]
    tokens: Tokens
    titles: Tokens
    published: NDArray[np.float64]
    outlet: NDArray[np.int32]
    paragraph_first: NDArray[np.int64]
    paragraph_start: NDArray[np.int32]
    paragraph_end: NDArray[np.int32]
    paragraph_index: NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Reuse:
    """Where body paragraphs stand elsewhere, as columns sorted by article, paragraph, then best first.

    `article`, `other`: int32 rows of the corpus; `paragraph`, `other_paragraph`: int32 indices among the page's blocks.
    `similarity`: float32 in 0..1; `kind`: uint8 index into `PASSAGE_KINDS`; `words`: int32, how many of the
    paragraph's words are reused.
    """

    article: NDArray[np.int32]
    paragraph: NDArray[np.int32]
    other: NDArray[np.int32]
    other_paragraph: NDArray[np.int32]
    similarity: NDArray[np.float32]
    kind: NDArray[np.uint8]
    words: NDArray[np.int32]


OWN_QUOTE, SHARED_QUOTE, COPIED_QUOTE = range(3)


@dataclass(frozen=True, slots=True, eq=False)
class Quotes:
    """The speech in articles that have to do with others, as columns in order of article and place.

    `article`: int32 rows of the corpus; `paragraph`: int32 index among the page's blocks; `start`, `end`: int32,
    characters of the page. `kind`: uint8, OWN_QUOTE for what no other article has, a sign of reporting of its own;
    SHARED_QUOTE for what another quotes too, which is no copying; COPIED_QUOTE for what was copied with the text
    around it.
    """

    article: NDArray[np.int32]
    paragraph: NDArray[np.int32]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    kind: NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Findings:
    """All that one run found. Rows of `blocks`, `reuse`, `quote_reuse`, `quotes` follow `articles`, sorted by id.

    `roles`: uint8 index into `ROLES` for each paragraph of `blocks`; `reasons`: a sentence for each.
    `quote_reuse`: which paragraphs quote the same speech; that is not among `reuse`.
    """

    version: str
    config: Config
    articles: tuple[ReportedArticle, ...]
    pairs: Sequence[Pair]
    stories: tuple[Story, ...]
    derivations: tuple[Derivation, ...]
    skipped: tuple[Skipped, ...]
    blocks: Blocks
    roles: NDArray[np.uint8]
    reasons: Sequence[str]
    reuse: Reuse
    quote_reuse: Reuse
    quotes: Quotes

    def row(self, id: str | int) -> int:
        """Return the row of the article with this id; where there is none, a KeyError that is a `DedupeError` too."""
        row = bisect_left(self.articles, str(id), key=lambda article: article.id)
        if row == len(self.articles) or self.articles[row].id != str(id):
            raise NoArticleError(f"no article has the id {str(id)[:60]!r}; what was left out is listed in `skipped`")
        return row

    def article(self, id: str | int) -> ReportedArticle:
        """Return the article with this id; where there is none, a KeyError that is a `DedupeError` too."""
        return self.articles[self.row(id)]

    def paragraphs(self, row: int | str) -> tuple[Paragraph, ...]:
        """Return the paragraphs, with their roles, of the article in this row, or with this id if it is a string."""
        row = self.row(row) if isinstance(row, str) else range(len(self.articles))[row]
        return paragraphs_of(self.articles[row].text, row, self.blocks, self.roles, self.reasons)


IN_TITLE, IN_LEAD, NAME, NUMBER = 1, 2, 4, 8  # flags of terms


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """The TF-IDF rows of a corpus; within a row terms ascend, and weights make a vector of length 1.

    `first`: int64 of shape (n + 1,); the terms of article i are rows first[i] to first[i + 1].
    `term`: int32, `count`: uint16 (occurrences in text and title), `weight`: float32, each of shape (entries,).
    `flags`: uint8 of shape (entries,), sums of IN_TITLE, IN_LEAD (the opening of the text), NAME (a word that is
    mostly written with a capital, or in Chinese next to no part of a common one) and NUMBER.
    `key`: uint32 of shape (terms,), ascending: a word's hash, or that of two neighbouring characters of a script
    without spaces. `articles`: int32 of shape (terms,), how many articles have the term.
    `surroundings`: float32 of shape (n, 3), how near others are: the nearest one's cosine, the mean of those ranked 11
    to 30, and the mean likeness (`similarity.likeness`) of those ranked 21 to 30 by it; 0 as long as the neighbours
    were not searched.
    `days`: uint8 of shape (n,), the weekdays that title and opening name, a bit each from Monday.
    `background_idf`: float32 of shape (terms,), the inverse document frequency in news at large. `idf`: the same where
    the corpus counts, too.
    """

    first: NDArray[np.int64]
    term: NDArray[np.int32]
    count: NDArray[np.uint16]
    weight: NDArray[np.float32]
    flags: NDArray[np.uint8]
    key: NDArray[np.uint32]
    articles: NDArray[np.int32]
    idf: NDArray[np.float32]
    background_idf: NDArray[np.float32]
    surroundings: NDArray[np.float32]
    days: NDArray[np.uint8]
