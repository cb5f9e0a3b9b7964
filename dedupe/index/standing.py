"""What an index says of one article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from .. import tfidf
from ..config import Config
from ..model import RELATIONS, Derivation, Findings, Pair, Passage, Relation, Verdict, VerdictKind
from ..model.codes import EXCERPT, UNRELATED
from ..pipeline.columns import with_paragraphs
from ..pipeline.findings import Run, gather
from ..pipeline.labels import Labelled
from ..pipeline.pairs import Pairs, overlapping
from ..pipeline.passages import shared_passages
from .kept import together
from .pages import Pages
from .ring import Ring
from .ties import Ties, complete, ties_of

COPIES = (Relation.IDENTICAL, Relation.NEAR_DUPLICATE)
TOLD = ("id", "state", "story", "moved", "pairs", "passages", "derivations", "verdict", "capped", "unread")


@dataclass(frozen=True, slots=True)
class Move:
    """An article of the index that goes from one story to another, by their ids."""

    id: str
    was: str
    story: str


@dataclass(frozen=True, eq=False)
class Seen:
    """What was read of the index and judged, from which all the rest is told; `members`: the others of its story.

    `placed`: how the article is tied to its ring, where it had to be known to find its story.
    """

    config: Config
    page: Pages
    ring: Ring
    placed: Ties | None
    members: Sequence[int]
    passages: bool

    @cached_property
    def ties(self) -> Ties:
        """Return how the article is tied to its ring."""
        return self.placed or ties_of(self.ring, self.config)

    @cached_property
    def pairs(self) -> Pairs:
        """Return the article's pairs as the batch would tell them."""
        if not self.members and not len(self.ring.shared.a):
            return self.ring.shared
        return complete(self.ring, self.ties, self.members)


@dataclass(frozen=True, eq=False)
class Standing:
    """What an index says of an article.

    `state`: "new", "known" (the same title and text under the same id) or "changed" (others under it).
    `story`: the id of its story in this index, empty while it would be alone in a new one. An id that was merged into
    another still leads there (`Index.story`). `moved`: the articles that are in another story now that it came, because
    stories became one or were divided; whoever notes the stories of articles puts these right.
    `relation`: the strongest it has to any article of the index. `capped`: where articles were not compared with it,
    and `unread`: which of the dates it is given with cannot be read, both in words.

    The rest is worked out when it is first asked for, from what was read then: later changes do not touch it.
    """

    id: str
    state: str
    story: str
    relation: Relation
    moved: tuple[Move, ...]
    capped: tuple[str, ...]
    unread: tuple[str, ...]
    seen: Seen = field(repr=False)

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """Return the articles it has to do with, `a` is this one; the strongest first."""
        return tuple(self._findings.pairs)

    @cached_property
    def passages(self) -> tuple[tuple[Passage, ...], ...]:
        """Return the passages of each pair, offsets into the two articles' texts; none where only the story is one."""
        if not self.seen.passages:
            return tuple(() for _ in self.pairs)
        return tuple(_passages(self._labelled, self.seen.ring, pair) for pair in self.pairs)

    @cached_property
    def derivations(self) -> tuple[Derivation, ...]:
        """Return who took from whom, this article on either side."""
        return tuple(item for item in self._findings.derivations if self.id in (item.copy, item.source))

    @cached_property
    def verdict(self) -> Verdict:
        """Return what the article is, how sure that is, of what its words consist, and why."""
        return self._findings.articles[self.seen.ring.row].verdict

    @cached_property
    def repeats(self) -> str:
        """Return the id of the article whose text it repeats, or an empty string."""
        if self.relation not in COPIES:
            return ""
        ring, pairs = self.seen.ring, self.seen.pairs
        best = np.lexsort((pairs.b, pairs.a, -pairs.confidence.astype(np.float64).round(4), pairs.relation))[:1]
        return ring.corpus.articles[int(pairs.other_than(ring.row)[best][0])].id

    @property
    def kind(self) -> VerdictKind:
        """Return what the article is."""
        return self.verdict.kind

    @property
    def reasons(self) -> tuple[str, ...]:
        """Return why it is that."""
        return self.verdict.reasons

    def to_dict(self) -> dict[str, Any]:
        """Return all of it as JSON values by the names they have here; `passages` is a list for each of `pairs`."""
        told = {name: _plain(getattr(self, name)) for name in TOLD}
        return told | {"kind": self.kind, "relation": self.relation, "repeats": self.repeats}

    @cached_property
    def _labelled(self) -> Labelled:
        return together(self.seen.page, list(self.seen.ring.held.values()))

    @cached_property
    def _findings(self) -> Findings:
        seen, ring = self.seen, self.seen.ring
        pairs = overlapping(ring.corpus, seen.pairs, seen.config.shingle_size)
        story = np.arange(len(ring.aids), dtype=np.int32)
        story[pairs.other_than(ring.row)] = ring.row
        idf = tfidf.idf_of(seen.ties.weights, ring.terms)
        corpus = with_paragraphs(ring.corpus, self._labelled.blocks, self._labelled.roles)
        run = Run(seen.config, self._labelled, corpus, seen.ties.weights, idf, of=ring.row)
        return gather(run, pairs, story, story, [])

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Standing):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in TOLD)

    def __hash__(self) -> int:
        return hash((self.id, self.state, self.story, self.relation))


def strongest(seen: Seen) -> Relation:
    """Return the strongest relation of any pair; beside a copy, or a piece of one, no more needs to be measured."""
    known = min(seen.ring.shared.relation.tolist(), default=UNRELATED)
    if known > EXCERPT:
        known = min(seen.pairs.relation.tolist(), default=UNRELATED)
    return RELATIONS[known]


def _plain(value: Any) -> Any:
    if isinstance(value, Passage):
        return value.to_dict()
    if isinstance(value, tuple):
        return tuple(map(_plain, value))
    return asdict(value) if hasattr(value, "__dataclass_fields__") else value


def _passages(labelled: Labelled, ring: Ring, pair: Pair) -> tuple[Passage, ...]:
    if pair.relation in (Relation.SAME_STORY, Relation.UNRELATED):
        return ()
    articles = labelled.articles
    other = next(row for row, article in enumerate(articles) if article.id == pair.b)
    texts = [article.text for article in articles]
    found = shared_passages(texts, labelled.blocks, labelled.roles, ring.row, other)
    kept = ring.held[pair.b].kept
    return tuple(Passage(p.a_start, p.a_end, *kept.on_page(p.b_start, p.b_end), p.kind, p.similarity) for p in found)
