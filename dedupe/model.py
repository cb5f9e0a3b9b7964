"""The nouns: frozen, complete when built, named in the field's own words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from .config import Config
    from .words import Tokens


class Role(StrEnum):
    """What a paragraph is. The order is fixed: a column of roles stores the ordinal (`ROLES[i]`)."""

    TITLE = "title"
    BODY = "body"
    CAPTION = "caption"
    BYLINE = "byline"
    ATTRIBUTION = "attribution"
    AD = "ad"
    PROMO = "promo"
    NAVIGATION = "navigation"
    LEGAL = "legal"
    BIO = "bio"
    COMMENT = "comment"
    OTHER = "other"


ROLES = tuple(Role)
ROLE_CODE = {role: code for code, role in enumerate(ROLES)}


class RoleGroup(StrEnum):
    """What a role counts as when an article's words are shared out."""

    REPORTING = "reporting"
    CREDIT = "credit"
    AD = "ad"
    BOILERPLATE = "boilerplate"


GROUP_OF = {
    **dict.fromkeys((Role.TITLE, Role.BODY, Role.CAPTION), RoleGroup.REPORTING),
    **dict.fromkeys((Role.BYLINE, Role.ATTRIBUTION), RoleGroup.CREDIT),
    Role.AD: RoleGroup.AD,
    **dict.fromkeys(
        (Role.PROMO, Role.NAVIGATION, Role.LEGAL, Role.BIO, Role.COMMENT, Role.OTHER), RoleGroup.BOILERPLATE
    ),
}


class Relation(StrEnum):
    """How two articles stand to each other, strongest first: `RELATIONS.index` orders them."""

    IDENTICAL = "identical"  # the same reporting
    NEAR_DUPLICATE = "near_duplicate"  # most of the shorter one's reporting stands in the other
    EXCERPT = "excerpt"  # a substantial verbatim piece does
    REWRITE = "rewrite"  # the same content in other words, derived from it or from a common source
    SAME_STORY = "same_story"  # the same event, written independently
    UNRELATED = "unrelated"


RELATIONS = tuple(Relation)
RELATION_CODE = {relation: code for code, relation in enumerate(RELATIONS)}


class PassageKind(StrEnum):
    """How closely a passage follows the one it was taken from."""

    VERBATIM = "verbatim"
    EDITED = "edited"
    PARAPHRASED = "paraphrased"


PASSAGE_KINDS = tuple(PassageKind)


class VerdictKind(StrEnum):
    """What an article is, by where its reporting comes from."""

    ORIGINAL = "original"
    SYNDICATED = "syndicated"
    REWRITE = "rewrite"
    AGGREGATED = "aggregated"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True, eq=False)
class Markup:
    """Where each block of an HTML page stood in it, as columns over the blocks in reading order.

    `start`, `end`: int32 of shape (n,), character offsets into the article's text, increasing, not overlapping.
    `evidence`: float32 of shape (n, k), one column for each name in `dedupe.html.MARKUP_FEATURES`.
    """

    start: NDArray[np.int32]
    end: NDArray[np.int32]
    evidence: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Article:
    """A page as read and repaired, never edited afterwards. An unknown field is the empty string.

    >>> Article(id="a.txt", text="One paragraph.").source
    ''
    """

    id: str
    text: str = ""
    title: str = ""
    source: str = ""  # the outlet
    url: str = ""
    published: str = ""  # ISO 8601, a date or a date and time
    author: str = ""
    language: str = ""  # ISO 639-1
    html: str = ""  # raw page; empty once its text and markup were taken from it
    path: str = ""  # the input it came from, with the record's number where a file holds several
    canonical: str = ""  # the canonical link, where it is not this page's own url
    syndication: tuple[str, ...] = ()  # syndication-source and original-source tags, as written
    markup: Markup | None = None  # None: plain text, there never was any
    crawled: str = ""  # when the page was fetched, ISO 8601: it was published no later


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of an article and what it is; `text` is `article.text[start:end]`."""

    index: int
    text: str
    start: int
    end: int
    role: Role
    reason: str  # the strongest evidence: "repeated on 41 of 50 pages of this outlet"


class Passage(NamedTuple):
    """A stretch of text A that stands in text B: character offsets, half open, into both."""

    a_start: int
    a_end: int
    b_start: int
    b_end: int
    kind: PassageKind
    similarity: float


@dataclass(frozen=True, slots=True)
class Pair:
    """Two articles that have to do with each other, `a < b` by id, and the numbers that say so."""

    a: str
    b: str
    relation: Relation
    confidence: float
    jaccard: float
    containment: float  # of the shorter one's shingles in the longer one
    story_similarity: float
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """The versions of one story; `copy_groups` are the near-duplicate clusters inside it, each sorted."""

    id: str
    members: tuple[str, ...]
    copy_groups: tuple[tuple[str, ...], ...]
    canonical: str
    label: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who a page says its text comes from, and in what words."""

    name: str
    kind: str  # agency, outlet or self ("automatic aggregator")
    evidence: str
    paragraph: int  # index of the paragraph that says so; -1: a tag of the page's head


@dataclass(frozen=True, slots=True)
class Derivation:
    """Who took from whom. `source` is empty where it lies outside the corpus and only `source_name` is known."""

    source: str
    source_name: str
    copy: str
    confidence: float
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """The share of an article's words that one source had first; `source` is empty where it is outside the corpus."""

    source: str
    source_name: str
    share: float


@dataclass(frozen=True, slots=True)
class Shares:
    """Of an article's words: the parts sum to 1 (an article without words is all boilerplate).

    `by_source`: the reused part by whom it was taken from, the largest first; these sum to it.
    """

    original: float
    reused: float
    credit: float
    ad: float
    boilerplate: float
    by_source: tuple[Taken, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an article is, how sure we are, of what its words consist, and why."""

    kind: VerdictKind
    confidence: float
    shares: Shares
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was left out, and why: an input that could not be read, a record, a cap that was reached."""

    path: str
    reason: str
    failed: bool = True  # False: left out as intended (an unknown suffix, a symlink, a cap), not an error


@dataclass(frozen=True, slots=True, eq=False)
class Blocks:
    """The paragraphs of many pages as columns, in reading order.

    `first`: int64 of shape (pages + 1,); the paragraphs of page i are rows first[i] to first[i + 1].
    `start`, `end`: int32 of shape (paragraphs,), character offsets into the page's text.
    """

    first: NDArray[np.int64]
    start: NDArray[np.int32]
    end: NDArray[np.int32]


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


@dataclass(frozen=True, slots=True)
class ReportedArticle:
    """An article as the report knows it: where it stands and what it consists of."""

    id: str
    path: str
    title: str
    source: str
    url: str
    published: str
    author: str
    language: str
    text: str
    words: int
    story: str
    copy_group: str  # empty where it has no near-duplicate
    verdict: Verdict
    sources: tuple[Attribution, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Findings:
    """All that one run found. Rows of `blocks`, `reuse`, `quotations`, `quotes` follow `articles`, sorted by id.

    `roles`: uint8 index into `ROLES` for each paragraph of `blocks`; `reasons`: a sentence for each.
    `quotations`: which paragraphs quote the same speech; that is not among `reuse`.
    """

    version: str
    config: Config
    articles: tuple[ReportedArticle, ...]
    pairs: tuple[Pair, ...]
    stories: tuple[Story, ...]
    derivations: tuple[Derivation, ...]
    skipped: tuple[Skipped, ...]
    blocks: Blocks
    roles: NDArray[np.uint8]
    reasons: Sequence[str]
    reuse: Reuse
    quotations: Reuse
    quotes: Quotes

    def paragraphs(self, row: int) -> tuple[Paragraph, ...]:
        """Return the paragraphs of the article in this row, with their roles."""
        return paragraphs_of(self.articles[row].text, row, self.blocks, self.roles, self.reasons)


IN_TITLE, IN_LEAD, NAME, NUMBER = 1, 2, 4, 8  # flags of terms


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """The TF-IDF rows of a corpus; within a row terms ascend, and weights make a vector of length 1.

    `first`: int64 of shape (n + 1,); the terms of article i are rows first[i] to first[i + 1].
    `term`: int32, `count`: uint16 (occurrences in text and title), `weight`: float32, each of shape (entries,).
    `flags`: uint8 of shape (entries,), sums of IN_TITLE, IN_LEAD (the opening of the text), NAME (a word that is
    mostly written with a capital) and NUMBER.
    `key`: uint32 of shape (terms,), ascending: a word's hash, or that of two neighbouring characters of a script
    without spaces. `articles`: int32 of shape (terms,), how many articles have the term.
    `surroundings`: float32 of shape (n, 3), how near others are: the nearest one's cosine, the mean of those ranked 11
    to 30, and the mean likeness (`similarity.likeness`) of those ranked 21 to 30 by it; 0 as long as the neighbours
    were not searched.
    `idf`, `background_idf`, `corpus_idf`: float32 of shape (terms,), blended, and from either source alone.
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
    corpus_idf: NDArray[np.float32]
    surroundings: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a version of a story says something: the article, its paragraph's index, and the words around it."""

    article: str
    paragraph: int
    text: str


@dataclass(frozen=True, slots=True)
class Fact:
    """Something the versions of a story say, or say differently.

    `kind`: quote, number, name, place, date, office, setting (where a remark was made) or itinerary. `subject`: whom or
    what it is about, where that is known. `status`: all, some or one of the versions carry it, or they contradict each
    other. `values`: each value with its mentions; one value unless they contradict.
    """

    kind: str
    subject: str
    status: str
    values: tuple[tuple[str, tuple[Mention, ...]], ...]
