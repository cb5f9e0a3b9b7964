"""An article beside those of the index that it is compared with, as the columns of a run."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, partial
from typing import TYPE_CHECKING, Any

import numpy as np

from .. import cluster, similarity, tfidf
from ..candidates import Candidates
from ..candidates.verify import Overlap, shared_shingles
from ..model import RELATION_CODE, Relation
from ..pipeline.copy_groups import WHOLE, known_by_text
from ..pipeline.decisive import LIKELY, forms_told, may_be_copies, measure, without_forms
from ..pipeline.pairs import (
    Pairs,
    Words,
    given_story,
    is_measured,
    joined,
    unmeasured,
    unshared,
    within,
    word_weights,
)
from ..pipeline.pairs import chosen as some_of
from ..relation import FEATURES, LONGEST_TEXT, is_form
from ..shingle import shingles
from ..words import chosen, distinct, lengths
from . import kept as kept_articles
from .copies import Groups, groups_with, known_groups
from .pages import weighed

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from numpy.typing import NDArray

    from ..config import Config
    from ..model import Corpus, Weights
    from .kept import Kept
    from .pages import Pages
    from .store import Store

ALL = 1.0  # Jaccard of texts with the same shingles


@dataclass(frozen=True, slots=True, eq=False)
class Ring:
    """An article and those of the index it is compared with, as the columns of a run; `row` is its own.

    `aids`: int64 number of each row in the index, 0 for the article itself; `kept`: the others by id. `copies`: the
    article's pairs with those that share text with it, measured if they may be copies, but for `later`: copies of what
    the article is a copy of, which change nothing and wait until they are asked for (bool for each pair). `shared`: the
    same pairs before it was asked which are forms. `groups`: the copy groups of the rows. `alike`: float32, the story
    similarity of the article with each row, 0 with itself. `counted`: the weights before anything was known of copies,
    by which `copies` are measured.
    """

    corpus: Corpus
    weights: Weights
    counted: Weights
    row: int
    aids: NDArray[np.int64]
    kept: dict[str, Kept]
    shared: Pairs
    copies: Pairs
    later: NDArray[np.bool_]
    groups: Groups
    alike: NDArray[np.float32]

    @property
    def group(self) -> NDArray[np.int32]:
        """Return the copy group of each row: its lowest."""
        return self.groups.group

    @property
    def shares(self) -> NDArray[np.bool_]:
        """Return which rows are in one of the article's `copies`, of which it is in all."""
        shares = np.zeros(len(self.aids), dtype=np.bool_)
        shares[self.copies.a] = shares[self.copies.b] = True
        return shares


def ring_of(
    store: Store, pages: Pages, found: Sequence[int], near: set[int], config: Config, known: bool,
    before: Ring | None = None,
) -> Ring:  # fmt: skip
    """Return the one article of `pages` beside some of the index, of which those numbered in `near` may share its text.

    `known`: it is in the index. Copies of a text count once in how crowded it is around it, and in how common its
    words are. `before`: the same with fewer, all that may share its text among them.
    """
    if not found:
        alone = np.zeros(1, dtype=np.int64)
        alike = alone.astype(np.float32)
        none, groups = alone[:0].astype(np.bool_), Groups(alone.astype(np.int32), alone > 0, alone == 0)
        return Ring(pages.corpus, pages.weights, pages.weights, 0, alone, {}, _none(), _none(), none, groups, alike)
    others = kept_articles.kept(store, found)
    corpus, order = kept_articles.beside(pages, others)
    aids = np.array([0, *found], dtype=np.int64)[order]
    row = int(np.flatnonzero(order == 0)[0])
    rated = tfidf.rated(corpus.tokens, corpus.titles)
    weights = counted = weighed(store, rated, pages.weights, counted=known)
    words = cache(lambda: Words(word_weights(corpus, counted)))
    known_of = known_groups(aids, others)
    if before and _weighs_as(before.counted, counted):
        shared, later = _moved(before, aids), before.later
    else:
        shared, likely = _shared(corpus, *pairs_with(row, np.flatnonzero(among(aids, near))), config)
        later = _measure(corpus, shared, likely, known_of.group[other_of(row, shared)], words)
    compared = partial(similarity.similarities, corpus, weights)
    groups = groups_with(corpus, aids, known_of, shared, row, config.shingle_size, compared)
    group = groups.group
    if not known and (group == group[row]).sum() > 1:
        weights = weighed(store, rated, None, counted=True)  # a copy's words are counted where they came first
    next_to = tfidf.neighbours(weights, group == np.arange(len(group)))  # of a large index only those at hand
    weights = tfidf.surrounded(weights, next_to, group)
    alike = _alike(known_by_text(corpus, group), weights, row)
    copies = _forms_told(corpus, shared, group == group[row], alike, row, words)
    kept = {other.row.page["id"]: other for other in others}
    return Ring(corpus, weights, counted, row, aids, kept, shared, copies, later, groups, alike)


def _weighs_as(fewer: Weights, more: Weights) -> bool:
    """Return whether words weigh the same beside more articles; not those of a language that only these tell of."""
    return np.array_equal(fewer.idf, more.idf[more.key.searchsorted(fewer.key)])


def _moved(before: Ring, aids: NDArray[np.int64]) -> Pairs:
    """Return the pairs that share text by the rows that articles have among more of them."""
    place = {aid: row for row, aid in enumerate(aids.tolist())}
    row = np.array([place[aid] for aid in before.aids.tolist()], dtype=np.int32)
    return replace(before.shared, a=row[before.shared.a], b=row[before.shared.b])


def _forms_told(
    corpus: Corpus, shared: Pairs, copied: NDArray[np.bool_], alike: NDArray[np.float32], row: int,
    words: Callable[[], Words],
) -> Pairs:  # fmt: skip
    """Return the pairs that share text, those measured that may be forms; how alike forms are is made 0 in `alike`.

    `copied`: rows of the article's own copy group, which are of its story whatever a form would be.
    """
    other = other_of(row, shared)
    if not copied[other].all():
        known = np.flatnonzero(is_measured(shared) & ~copied[other])
        alike[other[known[is_form(shared.features[known])]]] = 0
        told = np.where(copied[other], np.float32(0.0), alike[other])
        shared = replace(some_of(shared, np.arange(len(other))), story_similarity=told)  # copies: it is written to
        shared = forms_told(corpus, shared, words)
        alike[other] = np.where(copied[other], alike[other], shared.story_similarity)
    likely = (alike >= LIKELY) & ~copied
    likely[other] = False
    if likely.any():
        alike[likely] = without_forms(corpus, *pairs_with(row, np.flatnonzero(likely)), alike[likely], words)
    return shared


def _alike(corpus: Corpus, weights: Weights, row: int) -> NDArray[np.float32]:
    """Return the story similarity of an article with each row, 0 with itself."""
    other = np.delete(np.arange(len(corpus.articles), dtype=np.int32), row)
    alike = np.zeros(len(corpus.articles), dtype=np.float32)
    alike[other] = similarity.similarities(corpus, weights, np.minimum(other, row), np.maximum(other, row))
    return alike


def widened(
    store: Store, pages: Pages, ring: Ring, near: set[int], config: Config, known: bool, aids: Sequence[int]
) -> Ring:
    """Return the columns with these articles of the index too."""
    here = set(ring.aids.tolist())
    if here.issuperset(aids):
        return ring
    return ring_of(store, pages, sorted(here.union(aids) - {0}), near, config, known, ring)


def alike_of(ring: Ring) -> tuple[tuple[int, int], ...]:
    """Return the numbers of the articles that the article is like, and how much, in thousandths; none of its copies."""
    much = np.round(ring.alike.astype(np.float64) * 1000).astype(np.int64)
    speaks = ring.groups.speaks
    if not speaks[ring.row]:
        return ()
    near = (ring.alike >= cluster.REACH) & (ring.aids > 0) & speaks & (ring.group != ring.group[ring.row])
    near = np.flatnonzero(near)
    return tuple(zip(ring.aids[near].tolist(), much[near].tolist(), strict=True))


def several_of(ring: Ring) -> tuple[int, ...]:
    """Return the numbers of the pages that hold another text beside that of their copies, 0 for the article itself."""
    return tuple(ring.aids[ring.groups.several].tolist())


def among(aids: NDArray[Any], wanted: Collection[int]) -> NDArray[np.bool_]:
    """Return which of a few articles are among others; `np.isin` takes ten times as long."""
    return np.array([aid in wanted for aid in aids.tolist()], dtype=np.bool_)


def pairs_with(row: int, rows: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return the pairs a < b of a row and others, sorted."""
    a, b = np.minimum(rows, row).astype(np.int32), np.maximum(rows, row).astype(np.int32)
    order = np.lexsort((b, a))
    return a[order], b[order]


def other_of(row: int, pairs: Pairs) -> NDArray[np.int64]:
    """Return the row that each of a row's pairs has beside its own."""
    return np.where(pairs.a == row, pairs.b, pairs.a).astype(np.int64)


def complete(ring: Ring, members: Sequence[int]) -> Pairs:
    """Return the article's pairs as the batch would tell them: those of its story, and shared text across stories."""
    if not members and not len(ring.copies.a):
        return ring.copies
    inside = among(ring.aids, {*members})
    pairs, other = ring.copies, other_of(ring.row, ring.copies)
    waiting = np.flatnonzero((inside[other] | ring.later) & ~is_measured(pairs))
    if len(waiting):
        pairs = some_of(pairs, np.arange(len(other)))  # copies, since they are written to
        measure(ring.corpus, pairs, waiting, Words(word_weights(ring.corpus, ring.counted)))
    pairs = given_story(pairs, ring.alike[other])
    if (inside & ~ring.shares).any():
        a, b = pairs_with(ring.row, np.flatnonzero(inside & ~ring.shares))
        more = unshared(ring.corpus, a, b, Words(word_weights(ring.corpus, ring.weights)))
        pairs = joined(pairs, given_story(more, ring.alike[other_of(ring.row, more)]))
    story = np.arange(len(ring.aids), dtype=np.int32)
    story[inside] = story[ring.row]
    return within(pairs, story)


def _shared(
    corpus: Corpus, a: NDArray[np.int32], b: NDArray[np.int32], config: Config
) -> tuple[Pairs, NDArray[np.int64]]:
    """Return those of the pairs that share text, not measured yet, and which of them may be copies."""
    if not len(a):
        return _none(), np.zeros(0, dtype=np.int64)
    rows = distinct(np.concatenate((a, b)))
    first, hashes = shingles(chosen(corpus.tokens, rows), config.shingle_size)
    left, right = np.searchsorted(rows, a), np.searchsorted(rows, b)
    shared, size = shared_shingles(first[:-1], first[1:], hashes, left, right), lengths(first)
    least = config.excerpt_containment * np.minimum(size[left], size[right])
    worth = (shared > 0) & ((shared >= config.excerpt_shingles) | (shared >= least))
    if not worth.any():
        return _none(), np.zeros(0, dtype=np.int64)
    shares = Overlap(shared[worth], size[left[worth]], size[right[worth]]).shares()
    near = Candidates(a[worth], b[worth], shared[worth].astype(np.int32), *shares, shares[0] >= 1, ())
    return unmeasured(near.a, near.b, shares), np.flatnonzero(may_be_copies(corpus, near, config))


def _measure(
    corpus: Corpus, pairs: Pairs, likely: NDArray[np.int64], group: NDArray[np.int32], words: Callable[[], Words]
) -> NDArray[np.bool_]:
    """Measure the likely pairs, given the known copy group of each pair's other; return which wait: bool of (pairs,).

    What has the same shingles is identical, whatever else is measured. Of a group whose likest is a copy, the others
    that most of both texts stand in are too. These wait.
    """
    later = pairs.jaccard >= ALL
    pairs.relation[later], pairs.confidence[later] = RELATION_CODE[Relation.IDENTICAL], 1.0
    length, short = lengths(corpus.tokens.first), LONGEST_TEXT  # what is longer is not compared whole
    whole = np.minimum(pairs.containment_a, pairs.containment_b) >= WHOLE
    whole &= (length[pairs.a] <= short) & (length[pairs.b] <= short)
    some = likely[whole[likely]]
    some = some[np.lexsort((-pairs.jaccard[some], group[some]))]
    first = np.append(True, group[some[1:]] != group[some[:-1]])[: len(some)]
    now = np.sort(np.concatenate((likely[~whole[likely]], some[first])))
    _measured(corpus, pairs, now[~later[now]], words)
    copied = {*group[some[first & (pairs.relation[some] <= RELATION_CODE[Relation.NEAR_DUPLICATE])]].tolist()}
    later[some[~first & among(group[some], copied)]] = True
    _measured(corpus, pairs, np.sort(some[~first & ~later[some]]), words)
    return later


def _measured(corpus: Corpus, pairs: Pairs, rows: NDArray[np.int64], words: Callable[[], Words]) -> None:
    if len(rows):
        measure(corpus, pairs, rows, words())


def _none() -> Pairs:
    rows, numbers = np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.float32)
    features, codes = np.zeros((0, len(FEATURES)), dtype=np.float32), np.zeros(0, dtype=np.uint8)
    return Pairs(rows, rows, numbers, numbers, numbers, numbers, features, codes, numbers)
