"""What each paragraph of a page is, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from ..model import ROLE_CODE, ROLES, Article, Blocks, Role
from ..model.codes import NAVIGATION
from ..rows import bounds_of, lengths, owners
from . import features
from .asked import ADDRESSES, CAPTIONS, CREDITS, FURNITURE, ITSELF, NOTES, PROMPTS, SENTENCES, TAGS
from .decide import decide
from .decide_markup import FEWEST, better_told_by_text, weigh_markup, with_text
from .lines import (
    addresses,
    authors,
    bylines,
    captions,
    commissions,
    consents,
    credits,
    edges,
    headlines,
    inquiries,
    leads,
    lists_of_tags,
    notes,
    origins,
    prompts,
    publishers,
    remarks,
    reporters,
    scrambled,
    sentences,
    sharing,
    stamps,
    what_furniture_is,
)
from .lines.scrambled import WHY as SCRAMBLED
from .model import predict, weights
from .reasons import explain, explain_markup
from .repeats import block_words
from .segmented import Segmented
from .wording import likely

Reasons = Callable[[], list[str]]
Rows = NDArray[np.int64] | slice

TEXT, HTML = "role_weights.json", "role_weights_html.json"
_TOLD = np.isin(ROLES, (Role.TITLE, Role.BODY))  # what no bare address is
GROUPS = 3  # columns at the end of the evidence that number containers of the page
# What a line says by its own words, once the roles of its page are known; a later rule sees what those before it told.
_LINES = (
    (SENTENCES, sentences, Role.BODY),
    (SENTENCES, leads, Role.BODY),
    (NOTES, notes, Role.BIO),
    (PROMPTS, prompts, Role.PROMO),
    (PROMPTS, sharing, Role.NAVIGATION),
    (PROMPTS, consents, Role.LEGAL),
    (PROMPTS, commissions, Role.LEGAL),
    (CAPTIONS, captions, Role.CAPTION),
    (CREDITS, credits, Role.ATTRIBUTION),
    (CREDITS, bylines, Role.BYLINE),
    (SENTENCES, stamps, Role.BYLINE),
    (ITSELF, origins, Role.ATTRIBUTION),
    (ITSELF, remarks, Role.LEGAL),
    (ITSELF, publishers, Role.BIO),
    (SENTENCES, inquiries, Role.BODY),
    (SENTENCES, reporters, Role.ATTRIBUTION),
    (SENTENCES, authors, Role.BIO),
    (SENTENCES, headlines, Role.TITLE),
    (SENTENCES, scrambled, Role.OTHER),
)
BATCH = 1 << 13  # blocks: some 40 MB of columns; four times as many take a sixth longer


def label(pages: Segmented, *, why: bool = True) -> tuple[NDArray[np.uint8], list[str]]:
    """Return (role, reason) of each block; a role is an index into `model.ROLES`. Not asked `why`, no reasons.

    >>> from dedupe.model import ROLES, Article
    >>> from dedupe.paragraphs import of_no_outlet
    >>> page = Article("a", "ADVERTISEMENT\\nThe ferry sank off the coast late on Monday, officials said.")
    >>> roles, reasons = label(of_no_outlet([page]))
    >>> [str(ROLES[role]) for role in roles], reasons[0]
    (['ad', 'body'], 'a marker of advertising, in English')
    """
    roles = [np.zeros(0, dtype=np.uint8)]
    reasons: list[str] = []
    for low, high in _batches(pages.blocks.first):
        own, told = label_few(pages.part(low, high))
        roles.append(own)
        if why:
            reasons += told()
    return np.concatenate(roles), reasons


def _batches(first: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Yield ranges of pages of about BATCH blocks, so that many pages need no more memory than some."""
    low = 0
    while low < len(first) - 1:
        high = max(int(np.searchsorted(first, first[low] + BATCH, side="right")) - 1, low + 1)
        yield low, high
        low = high


def label_few(pages: Segmented) -> tuple[NDArray[np.uint8], Reasons]:
    """Return the role of each block of a few pages, and a function that returns the reasons: few callers want them."""
    columns, languages, rules = features.measure(pages)
    roles, outer, tags = np.empty(len(columns), dtype=np.uint8), *np.zeros((2, len(columns)), dtype=np.bool_)
    if rules & TAGS:
        tags = lists_of_tags(pages, columns)
    marked = [article.markup is not None for article in pages.articles]
    if not all(marked):
        text, first = _rows_of(pages.blocks.first, [not page for page in marked])
        roles[text], outer[text] = _of_text(pages, columns, tags, rules, text, first)
    if any(marked):
        html, first = _rows_of(pages.blocks.first, marked)
        evidence = np.concatenate([article.markup.evidence for article in pages.articles if article.markup is not None])
        roles[html] = _of_markup(pages, columns[html], evidence, html, first)
    roles[tags] = NAVIGATION
    for which, rule, role in _LINES:
        if rules & which:
            roles[rule(pages, columns, roles)] = ROLE_CODE[role]

    def reasons() -> list[str]:
        made = explain(roles, columns, languages, pages.on, pages.of)
        if any(marked):
            rows = np.arange(len(roles))[html].tolist()
            for row, more in zip(rows, explain_markup(roles[html], evidence, _names_of_evidence()), strict=True):
                made[row] = f"{more}; {made[row]}" if more else made[row]
        for row in np.flatnonzero(scrambled(pages)).tolist():
            made[row] = SCRAMBLED
        return made

    return _label_inside(pages, outer, roles, reasons) if outer.any() else (roles, reasons)


def _of_text(
    pages: Segmented,
    columns: NDArray[np.float32],
    tags: NDArray[np.bool_],
    rules: int,
    text: Rows,
    first: NDArray[np.int64],
) -> tuple[NDArray[np.uint8], NDArray[np.bool_]]:
    """Return the roles of blocks of plain text, and which of them are furniture above or below their article."""
    own = columns[text]
    odds = predict((own, _wording(pages, TEXT)[text]), first, TEXT)
    outer = np.zeros(len(own), dtype=np.bool_)
    if rules & (FURNITURE | TAGS):
        outer = edges(own, first, tags[text])
        odds[outer] *= what_furniture_is(own[outer])
    if rules & ADDRESSES:
        odds[np.ix_(addresses(pages, columns)[text], _TOLD)] = 0
    return decide(odds, own, first, plain=True), outer


def _of_markup(
    pages: Segmented, columns: NDArray[np.float32], evidence: NDArray[np.float32], html: Rows, first: NDArray[np.int64]
) -> NDArray[np.uint8]:
    """Return the roles of blocks of markup, given their columns and evidence."""
    parts, groups = (columns, evidence[:, :-GROUPS], _wording(pages, HTML)[html]), evidence[:, -GROUPS:]
    odds = predict(parts, first, HTML, groups)
    few = np.repeat(lengths(first) < FEWEST, lengths(first))
    rows = np.flatnonzero(few | better_told_by_text(odds))
    if len(rows):
        told = predict((columns, _wording(pages, TEXT)[html]), first, TEXT, rows=rows)
        odds[rows] = with_text(odds[rows], told, few[rows])
    return decide(weigh_markup(odds, columns, evidence, _names_of_evidence(), first), columns, first, plain=False)


def _names_of_evidence() -> tuple[str, ...]:
    """Return the names of the columns of the evidence of markup, but for its groups, and those of the words' roles."""
    return weights(HTML).columns[len(features.FEATURES) :]


def _wording(pages: Segmented, name: str) -> NDArray[np.float32]:
    """Return what the words of each block say of its role, by the weights of that name."""
    return likely(weights(name).wording, pages.words.tokens, pages.words.first)


def _label_inside(
    pages: Segmented, outer: NDArray[np.bool_], roles: NDArray[np.uint8], reasons: Reasons
) -> tuple[NDArray[np.uint8], Reasons]:
    """Return the roles and reasons with what stands between lines of furniture labelled again, as a page by itself."""
    articles, blocks, _, on, of = pages
    page = owners(blocks.first)
    some = np.unique(page[outer])
    inner = np.flatnonzero(~outer & np.isin(page, some))
    count = np.bincount(page[inner], minlength=len(articles))[some]
    first = bounds_of(count)
    low, high = blocks.start[inner[first[:-1]]], blocks.end[inner[first[1:] - 1]]
    cut = [
        Article(articles[number].id, articles[number].text[start:end])
        for number, start, end in zip(some.tolist(), low.tolist(), high.tolist(), strict=True)
    ]
    moved = np.repeat(low, count)
    own = Blocks(first, blocks.start[inner] - moved, blocks.end[inner] - moved)
    roles = roles.copy()
    roles[inner], inside = label_few(Segmented(cut, own, block_words(cut, own), on[inner], of[inner]))

    def joined() -> list[str]:
        made = reasons()
        for row, reason in zip(inner.tolist(), inside(), strict=True):
            made[row] = reason
        return made

    return roles, joined


def _rows_of(first: NDArray[np.int64], which: Sequence[bool]) -> tuple[Rows, NDArray[np.int64]]:
    """Return the blocks of some pages, and where each of these pages starts and ends among them."""
    if all(which):
        return slice(None), first
    count = lengths(first)
    return np.flatnonzero(np.repeat(which, count)), bounds_of(count[which])
