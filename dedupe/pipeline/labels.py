"""Pages cut into paragraphs, each with its role, and what they say of where their text comes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from .. import attribution, paragraphs
from ..attribution import Lines
from ..compiling import LARGE
from ..jobs import Assistant, Later, apart, chunks_of, threaded
from ..model import ROLE_GROUP, Article, Attribution, Blocks, Paragraph, paragraphs_of
from ..model.codes import BODY, TITLE
from ..paragraphs import BlockWords, Segmented
from ..rows import lengths, owners
from ..similarity import is_round_up
from ..words import Tokens, tokenize
from .columns import codes

# Characters of the pages that are labelled at a time: a sixth of a second's work. With twice as many it takes a sixth
# longer: columns so large do not lie where freed ones lay, but in fresh memory of the system's.
CHUNK = 1 << 21
NAMED = 1 << 22  # characters of the pages whose sources are looked for at a time: words enough for the kernels
LONGEST_TITLE = 220  # characters
_GROUP = np.array(ROLE_GROUP)


@dataclass(frozen=True, slots=True, eq=False)
class Labelled:
    """Pages, their words and their paragraphs with roles, as columns; `group_words` is int64 of shape (n, 4).

    `reasons`: one for each role; none at all where nobody asked for them.
    """

    articles: tuple[Article, ...]
    tokens: Tokens
    blocks: Blocks
    roles: NDArray[np.uint8]
    reasons: Sequence[str]
    attributions: Sequence[tuple[Attribution, ...]]
    group_words: NDArray[np.int64]

    def paragraphs(self, row: int) -> tuple[Paragraph, ...]:
        """Return the paragraphs of the article in this row, with their roles."""
        return paragraphs_of(self.articles[row].text, row, self.blocks, self.roles, self.reasons)


def label_articles(articles: Sequence[Article], jobs: int = 1) -> Labelled:
    """Return the articles labelled, with what each outlet repeats learnt from all of them."""
    return label_segmented(segmented(articles, jobs), jobs)


def segmented(articles: Sequence[Article], jobs: int = 1) -> Segmented:
    """Return the articles cut into blocks: all that labelling does before it is told what else outlets repeat."""
    tokens = tokenize([article.text for article in articles])
    blocks = paragraphs.segment(articles, jobs)
    words = paragraphs.block_words(articles, blocks, tokens)
    on, of = paragraphs.site_repeats(
        words.keys, blocks.first, codes([article.source for article in articles]), blocks.end - blocks.start
    )
    return paragraphs.Segmented(articles, blocks, words, on, of)


def label_segmented(pages: Segmented, jobs: int = 1, *, why: bool = True) -> Labelled:
    """Return segmented articles labelled. `why`: whether reasons are wanted; of one article they are always there."""
    articles, blocks, words, *_ = pages
    if len(articles) == 1:  # its reasons and sources are worked out when they are first asked for
        roles, told = paragraphs.label_few(pages)
        reasons: Sequence[str] = Later(told)
        named = Later(lambda: attribution.find(articles, blocks, roles, words.tokens))
    else:
        label = partial(paragraphs.label, why=why)
        made = threaded(label, (pages.part(*own) for own in _ranges(articles, CHUNK)), jobs)
        roles = np.concatenate([np.zeros(0, dtype=np.uint8), *(own for own, _ in made)])
        reasons = [reason for _, own in made for reason in own]
        named = Later(lambda: _named(_to_read(articles, blocks, roles, words.tokens, jobs)))
    said = _words_by_group(words, blocks, roles)
    return Labelled(_titled(articles, blocks, roles), words.tokens, blocks, roles, reasons, named, said)


def named_apart(labelled: Labelled, jobs: int, assistant: Assistant | None = None) -> Labelled:
    """Return the pages; if they are many, another process looks for the sources they name, which are needed last.

    That is Python's work, a third of what labelling takes, and the stages in between leave a processor idle so long.
    It is the `assistant`, who is sent what may name one, or a process of its own.
    """
    if jobs < 2 or len(labelled.tokens.hash) < LARGE:
        return labelled
    columns = labelled.articles, labelled.blocks, labelled.roles, labelled.tokens
    if assistant:
        asked = assistant.ask(_named, _to_read(*columns, jobs))
    else:
        asked = apart(lambda: _named(_to_read(*columns, jobs=1)), behind=5)
    return replace(labelled, attributions=Later(asked))


def _ranges(articles: Sequence[Article], characters: int) -> Iterator[tuple[int, int]]:
    """Yield ranges of rows of about so many characters."""
    low = 0
    for part in chunks_of(articles, lambda article: len(article.text), characters):
        yield low, low + len(part)
        low += len(part)


def _to_read(
    articles: Sequence[Article], blocks: Blocks, roles: NDArray[np.uint8], tokens: Tokens, jobs: int
) -> list[Lines]:
    """Return what is to be read for the sources that articles name, some articles in each part."""

    def work(own: tuple[int, int]) -> Lines:
        low, high = own
        inside = slice(int(blocks.first[low]), int(blocks.first[high]))
        return attribution.to_read(articles[low:high], blocks.part(low, high), roles[inside], tokens.part(low, high))

    return threaded(work, _ranges(articles, NAMED), jobs)


def _named(asked: Sequence[Lines]) -> list[tuple[Attribution, ...]]:
    """Return the sources that each article names."""
    return [said for part in asked for said in attribution.sources(part)]


def _titled(articles: Sequence[Article], blocks: Blocks, roles: NDArray[np.uint8]) -> tuple[Article, ...]:
    """Return the articles, those of plain text under the headline that their roles tell, where that is surer.

    A title was read off the text by its form before anything was labelled. Where none was found, or it is a line that
    turned out to be something else, the first heading above the report takes its place.
    """
    heading = np.flatnonzero(roles == TITLE)
    if not len(heading):
        return tuple(map(_under_first_line, articles))
    heading = np.append(heading, len(roles))
    body = np.append(np.flatnonzero(roles == BODY), len(roles))
    low, high = blocks.first[:-1], blocks.first[1:]
    first = heading[np.searchsorted(heading, low)]
    above = first < np.minimum(body[np.searchsorted(body, low)], high)
    told = list(articles)
    for row in np.flatnonzero(above).tolist():
        article = told[row]
        if article.markup is None and not _heads(article, row, blocks, roles):
            headline = " ".join(article.text[blocks.start[first[row]] : blocks.end[first[row]]].split())
            told[row] = replace(article, title=headline) if len(headline) <= LONGEST_TITLE else article
    return tuple(map(_under_first_line, told))


def _under_first_line(article: Article) -> Article:
    r"""Return an article, one without a title under its first line where that is a round-up's.

    The line may be furniture, of which an index keeps nothing.

    >>> from dedupe.model import Article
    >>> [_under_first_line(Article("a", f"{line}\nRates rose.")).title for line in ("Morning briefing", "Rates rise")]
    ['Morning briefing', '']
    """
    if article.title:
        return article
    line = article.text.lstrip()[: LONGEST_TITLE + 1].partition("\n")[0].rstrip()
    return replace(article, title=line) if len(line) <= LONGEST_TITLE and is_round_up(line) else article


def _heads(article: Article, row: int, blocks: Blocks, roles: NDArray[np.uint8]) -> bool:
    """Return whether an article's title was given, or is a heading of its text."""
    if not article.title:
        return False
    at = article.text.find(article.title)
    if at < 0:
        return True
    low, high = blocks.first[row : row + 2].tolist()
    block = low + int(np.searchsorted(blocks.start[low:high], at, side="right")) - 1
    whole = block >= low and blocks.start[block] == at and blocks.end[block] == at + len(article.title)
    return not whole or roles[block] == TITLE


def _words_by_group(words: BlockWords, blocks: Blocks, roles: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Return how many words each page has of each group of roles, int64 of shape (pages, 4)."""
    pages, cell = len(blocks.first) - 1, _GROUP[roles]
    if pages > 1:
        cell = cell + 4 * owners(blocks.first)
    said = np.bincount(cell, weights=lengths(words.first), minlength=pages * 4)
    return said.astype(np.int64).reshape(pages, 4)
