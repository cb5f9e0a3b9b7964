"""One article, and what is said of it: frozen, complete when built."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from .kinds import PassageKind, Relation, Role, VerdictKind  # now: polars and others ask what type each field has

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


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
    """A page, given as `text` or as `html`, never edited afterwards. An unknown field is the empty string.

    `source`: the outlet. `published`, `crawled`: when the page appeared and when it was fetched, in any usual form (in
    03/04/2025 the month comes first, in 03.04.2025 the day). `language`: ISO 639-1. What is not given is taken from the
    page, and the language is told from its words. `canonical`, `syndication` and `markup` are read from HTML.

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
    syndication: tuple[str, ...] = ()  # sources that tags of the head name, as written
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
    """A stretch of text A that stands in text B: character offsets, half open, into both; `similarity` is 0 to 1."""

    a_start: int
    a_end: int
    b_start: int
    b_end: int
    kind: PassageKind
    similarity: float

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON values, the similarity to four digits.

        >>> from dedupe.model import PassageKind
        >>> Passage(0, 9, 2, 11, PassageKind.EDITED, 8 / 9).to_dict()
        {'a_start': 0, 'a_end': 9, 'b_start': 2, 'b_end': 11, 'kind': 'edited', 'similarity': 0.8889}
        """
        return {**self._asdict(), "kind": self.kind.value, "similarity": round(self.similarity, 4)}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two articles that have to do with each other, and the numbers that say so; `evidence` calls them A and B.

    `a` is the first by id, or the article that was asked about (`compare`, `Index.check`). All numbers are 0 to 1.
    """

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


class Attribution(NamedTuple):
    """Who a page says its text, or its news, comes from, and in what words."""

    name: str
    # agency, outlet, part (a source of one part of a digest), news (who had the news first, from whom the text need not
    # be) or self ("automatic aggregator")
    kind: str
    evidence: str
    paragraph: int  # index of the paragraph that says so; -1: a tag of the page's head


@dataclass(frozen=True, slots=True)
class Derivation:
    """Who took from whom. `source` is empty where it lies outside the corpus and only `source_name` is known.

    `credit`: which of the `evidence` is the copy's own word that it has this from there, "" where it does not say so.
    """

    source: str
    source_name: str
    copy: str
    confidence: float
    evidence: tuple[str, ...]
    credit: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """The share of an article's words that one source had first; `source` is empty where it is outside the corpus."""

    source: str
    source_name: str
    share: float


SHARES = ("original", "reused", "credit", "ad", "boilerplate")  # as every report orders them


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

    def parts(self) -> dict[str, float]:
        """Return the parts by name, in the order of `SHARES`."""
        return {name: getattr(self, name) for name in SHARES}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an article is, how sure we are, of what its words consist, and why."""

    kind: VerdictKind
    confidence: float
    shares: Shares
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was left out, and why: an input that could not be read, a record, its date, a cap.

    `alike`: what several have in common that are told as one; "": the reason.
    """

    path: str
    reason: str
    failed: bool = True  # False: left out as intended (an unknown suffix, a symlink, a cap), not an error
    alike: str = ""


@dataclass(frozen=True, slots=True)
class ReportedArticle:
    """An article as the report knows it: where it stands and what it consists of.

    `url`: its own, or where that is not known the canonical one of its page.
    """

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
