"""How one article stands to an index: what it repeats, in which story it belongs, where it comes from."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from .. import similarity, tfidf
from ..candidates import Candidates
from ..candidates.verify import shared_shingles
from ..model import RELATION_CODE, Derivation, Pair, Passage, Relation, Verdict, VerdictKind
from ..pipeline.findings import Run, gather
from ..pipeline.pairs import Pairs, Words, judge_copies, judge_more, within, word_weights
from ..pipeline.passages import shared_passages
from ..relation import FEATURES
from ..shingle import shingles
from . import pages as kept_pages
from .stories import MEMBERS, NOWHERE, Placement, place, touched

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ..config import Config
    from ..model import Corpus, Weights
    from ..pipeline.labels import Labelled
    from .near import Near
    from .pages import Kept, Pages
    from .rows import Row
    from .store import Store

COPIES = (Relation.IDENTICAL, Relation.NEAR_DUPLICATE)


@dataclass(frozen=True, slots=True)
class Standing:
    """What an index says of an article.

    `state`: "new", "known" (the same text under the same id) or "changed" (another text under it).
    `story`: the id of its story in this index, empty while it would be alone; it stays when more articles come, and
    an id that was merged into another still leads there (`Index.story`).
    `pairs`: the articles it has to do with, `a` is this one; the strongest first. `passages[i]`: the passages of
    `pairs[i]`, offsets into the two articles' texts; none for a pair that only tells the same story.
    `derivations`: who took from whom, this article on either side. `capped`: what was left out, in words.
    """

    id: str
    state: str
    story: str
    pairs: tuple[Pair, ...]
    passages: tuple[tuple[Passage, ...], ...]
    derivations: tuple[Derivation, ...]
    verdict: Verdict
    capped: tuple[str, ...]

    @property
    def kind(self) -> VerdictKind:
        """Return what the article is."""
        return self.verdict.kind

    @property
    def reasons(self) -> tuple[str, ...]:
        """Return why it is that."""
        return self.verdict.reasons

    @property
    def relation(self) -> Relation:
        """Return the strongest relation it has to any article of the index."""
        return self.pairs[0].relation if self.pairs else Relation.UNRELATED

    @property
    def repeats(self) -> str:
        """Return the id of the article whose text it repeats, or an empty string."""
        return self.pairs[0].b if self.relation in COPIES else ""

    def to_dict(self) -> dict[str, Any]:
        """Return all of it as JSON values."""
        return asdict(self) | {"kind": self.kind, "relation": self.relation}


@dataclass(frozen=True, slots=True, eq=False)
class Ring:
    """An article and those of the index it is compared with, as the columns of a run; `row` is its own.

    `aids`: int64 number of each row in the index, 0 for the article itself; `kept`: the others by id.
    """

    labelled: Labelled
    corpus: Corpus
    weights: Weights
    row: int
    aids: NDArray[np.int64]
    kept: dict[str, Kept]


def judge(
    store: Store, pages: Pages, found: Near, config: Config, *, state: str, own: int, passages: bool
) -> tuple[Standing, Placement]:
    """Return how the one article of `pages` stands to the index, and where in its stories it belongs.

    `own`: its number in the index, 0 where it is not in it.
    """
    near = {row.aid for row in found.copies}
    known = state == "known"
    ring = _ring(store, pages, [*found.copies, *found.related], known)
    copies = _copies(ring, near, config)
    if known:
        placement = Placement(store.stories(np.array([own]))[0], ())
        members = _members(store, placement.story, own)
        wider = _widened(store, pages, ring, known, members)
    else:
        wider, placement = _placed(store, pages, ring, copies, own)
        joined = (placement.story, *placement.merged) if placement.story else ()
        members = [aid for story in joined for aid in _members(store, story, own)]
    if wider is not ring:
        ring, copies = wider, _copies(wider, near, config)
    pairs = _complete(ring, copies, members)
    return _told(ring, pairs, config, state, placement, passages, found.capped), placement


def _members(store: Store, story: int, own: int) -> list[int]:
    return [aid for aid in store.members(story) if aid != own][-MEMBERS:]


def _placed(store: Store, pages: Pages, ring: Ring, copies: Pairs, own: int) -> tuple[Ring, Placement]:
    """Return where a new article belongs, and the columns that hold the members of the stories it touches."""
    others = np.flatnonzero(ring.aids)
    if not len(others):
        return ring, NOWHERE
    aids = ring.aids[others]
    close = copies.relation <= RELATION_CODE[Relation.NEAR_DUPLICATE]
    copied = np.isin(others, _other(ring, copies.a[close], copies.b[close])).tolist()
    stories = store.stories(aids)
    likely = touched(stories, _likeness(ring, [ring.row], others.tolist())[0].tolist(), copied)
    if not likely:
        return ring, NOWHERE
    members = {story: _members(store, story, own) for story in likely}
    ring = _widened(store, pages, ring, False, [aid for some in members.values() for aid in some])
    row_of = {aid: row for row, aid in enumerate(ring.aids.tolist())}
    rows = {story: [row_of[aid] for aid in some] for story, some in members.items()}
    holding = {story for story, copy in zip(stories, copied, strict=True) if copy}
    return ring, place(ring.row, rows, holding, lambda one, other: float(_likeness(ring, one, other).mean()))


def _widened(store: Store, pages: Pages, ring: Ring, known: bool, aids: Sequence[int]) -> Ring:
    """Return the columns with these articles of the index too."""
    here = set(ring.aids.tolist())
    if here.issuperset(aids):
        return ring
    return _ring(store, pages, store.articles(sorted(here.union(aids) - {0})), known)


def _likeness(ring: Ring, one: Sequence[int], other: Sequence[int]) -> NDArray[np.float32]:
    """Return the story similarity of each row of one side with each of the other."""
    x, y = (side.ravel() for side in np.meshgrid(one, other, indexing="ij"))
    a, b = np.minimum(x, y).astype(np.int32), np.maximum(x, y).astype(np.int32)
    score = similarity.score(similarity.measure(ring.corpus, ring.weights, a, b))
    return score.reshape(len(one), len(other))


def _ring(store: Store, pages: Pages, found: Sequence[Row], known: bool) -> Ring:
    if not found:
        alone = np.zeros(1, dtype=np.int64)
        return Ring(pages.labelled, pages.corpus, pages.weights, 0, alone, {})
    others = kept_pages.kept(store, found)
    labelled, corpus = kept_pages.together(pages, others)
    by_id = {other.row.page["id"]: other for other in others}
    aids = np.array([by_id[a.id].row.aid if a.id in by_id else 0 for a in labelled.articles], dtype=np.int64)
    weights = kept_pages.weigh(store, corpus, pages.corpus, counted=known)
    weights = tfidf.surrounded(weights, tfidf.neighbours(weights))  # of a large index only those at hand
    return Ring(labelled, corpus, weights, int(np.flatnonzero(aids == 0)[0]), aids, by_id)


def _with(ring: Ring, rows: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return the pairs a < b of the article and other rows, sorted."""
    a, b = np.minimum(rows, ring.row).astype(np.int32), np.maximum(rows, ring.row).astype(np.int32)
    order = np.lexsort((b, a))
    return a[order], b[order]


def _copies(ring: Ring, aids: set[int], config: Config) -> Pairs:
    """Return the article's pairs that share text, judged."""
    a, b = _with(ring, np.flatnonzero([aid in aids for aid in ring.aids.tolist()]))
    if not len(a):
        return _none()
    first, hashes = shingles(ring.corpus.tokens, config.shingle_size)
    shared, size = shared_shingles(first, hashes, a.astype(np.int64), b.astype(np.int64)), np.diff(first)
    worth = (shared >= config.excerpt_shingles) | (shared >= config.excerpt_containment * np.minimum(size[a], size[b]))
    a, b, shared = a[worth], b[worth], shared[worth]
    share = [
        (shared / np.maximum(whole, 1)).astype(np.float32) for whole in (size[a] + size[b] - shared, size[a], size[b])
    ]
    exact = share[0] >= 1
    near = Candidates(a, b, shared.astype(np.int32), share[0], share[1], share[2], exact, ())
    return judge_copies(ring.corpus, ring.weights, near)


def _none() -> Pairs:
    rows, numbers = np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.float32)
    features, codes = np.zeros((0, len(FEATURES)), dtype=np.float32), np.zeros(0, dtype=np.uint8)
    return Pairs(rows, rows, numbers, numbers, numbers, numbers, features, codes, numbers)


def _other(ring: Ring, a: NDArray[np.int32], b: NDArray[np.int32]) -> NDArray[np.int64]:
    return np.where(a == ring.row, b, a).astype(np.int64)


def _complete(ring: Ring, copies: Pairs, members: Sequence[int]) -> Pairs:
    """Return the article's pairs as the batch would tell them: those of its story, and shared text across stories."""
    inside = np.isin(ring.aids, members)
    pairs = copies
    if inside.any():
        pairs = judge_more(ring.corpus, ring.weights, copies, *_with(ring, np.flatnonzero(inside)))
    story = np.arange(len(ring.aids), dtype=np.int32)
    story[inside] = story[ring.row]
    return within(pairs, story)


def _told(
    ring: Ring, pairs: Pairs, config: Config, state: str, placement: Placement, passages: bool, capped: tuple[str, ...]
) -> Standing:
    story = np.arange(len(ring.aids), dtype=np.int32)
    story[_other(ring, pairs.a, pairs.b)] = ring.row
    words = Words(word_weights(ring.corpus, ring.weights))
    findings = gather(Run(config, ring.labelled, ring.corpus, words, ring.weights), pairs, story, story, [])
    article = ring.labelled.articles[ring.row]
    told = tuple(pair if pair.a == article.id else replace(pair, a=pair.b, b=pair.a) for pair in findings.pairs)
    return Standing(
        id=article.id,
        state=state,
        story=f"s-{placement.story}" if placement.story else "",
        pairs=told,
        passages=tuple(_passages(ring, pair) for pair in told) if passages else ((),) * len(told),
        derivations=tuple(item for item in findings.derivations if article.id in (item.copy, item.source)),
        verdict=findings.articles[ring.row].verdict,
        capped=capped,
    )


def _passages(ring: Ring, pair: Pair) -> tuple[Passage, ...]:
    if pair.relation in (Relation.SAME_STORY, Relation.UNRELATED):
        return ()
    articles = ring.labelled.articles
    other = next(row for row, article in enumerate(articles) if article.id == pair.b)
    texts = [article.text for article in articles]
    found = shared_passages(texts, ring.labelled.blocks, ring.labelled.roles, ring.row, other)
    kept = ring.kept[pair.b]
    return tuple(Passage(p.a_start, p.a_end, *kept.on_page(p.b_start, p.b_end), p.kind, p.similarity) for p in found)
