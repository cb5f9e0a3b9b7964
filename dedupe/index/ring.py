"""An article beside those of the index that it is compared with, as the columns of a run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .. import cluster, similarity, tfidf
from ..candidates import Candidates
from ..candidates.verify import Overlap, shared_shingles
from ..pipeline.copies import copy_groups, known_by_text
from ..pipeline.decisive import LIKELY, forms_told, may_be_copies, measure, without_forms
from ..pipeline.pairs import Pairs, Words, given_story, unmeasured, word_weights
from ..relation import FEATURES
from ..shingle import shingles
from ..words import chosen, distinct, lengths
from . import kept as kept_articles
from .pages import weighed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from numpy.typing import NDArray

    from ..config import Config
    from ..model import Corpus, Weights
    from .kept import Kept
    from .pages import Pages
    from .store import Store


@dataclass(frozen=True, slots=True, eq=False)
class Ring:
    """An article and those of the index it is compared with, as the columns of a run; `row` is its own.

    `aids`: int64 number of each row in the index, 0 for the article itself; `kept`: the others by id. `copies`: the
    article's pairs with those that share text with it, measured if they may be copies. `group`: the copy group of each
    row, int32: its lowest. `alike`: float32, the story similarity of the article with each row, 0 with itself.
    `counted`: the weights before anything was known of copies, by which `copies` are measured.
    """

    corpus: Corpus
    weights: Weights
    counted: Weights
    row: int
    aids: NDArray[np.int64]
    kept: dict[str, Kept]
    copies: Pairs
    group: NDArray[np.int32]
    alike: NDArray[np.float32]

    @property
    def shares(self) -> NDArray[np.bool_]:
        """Return which rows are in one of the article's `copies`, of which it is in all."""
        shares = np.zeros(len(self.aids), dtype=np.bool_)
        shares[self.copies.a] = shares[self.copies.b] = True
        return shares


def ring_of(store: Store, pages: Pages, found: Sequence[int], near: set[int], config: Config, known: bool) -> Ring:
    """Return the one article of `pages` beside some of the index, of which those numbered in `near` may share its text.

    `known`: it is in the index. Copies of a text count once in how crowded it is around it, and in how common its
    words are.
    """
    if not found:
        alone = np.zeros(1, dtype=np.int64)
        alike = alone.astype(np.float32)
        return Ring(pages.corpus, pages.weights, pages.weights, 0, alone, {}, _none(), alone.astype(np.int32), alike)
    others = kept_articles.kept(store, found)
    corpus, order = kept_articles.beside(pages, others)
    aids = np.array([0, *found], dtype=np.int64)[order]
    row = int(np.flatnonzero(order == 0)[0])
    rated = tfidf.rated(corpus.tokens, corpus.titles)
    weights = counted = weighed(store, rated, pages.weights, counted=known)
    shared = _shared(corpus, weights, *pairs_with(row, np.flatnonzero(among(aids, near))), config)
    group = _groups(aids, others, shared)
    if not known and (group == group[row]).sum() > 1:
        weights = weighed(store, rated, None, counted=True)  # a copy's words are counted where they came first
    next_to = tfidf.neighbours(weights, group == np.arange(len(group)))  # of a large index only those at hand
    weights = tfidf.surrounded(weights, next_to, group)
    alike = _alike(known_by_text(corpus, group), weights, row)
    if len(shared.a):
        other = np.where(shared.a == row, shared.b, shared.a)
        shared = given_story(shared, alike[other])
        shared = forms_told(corpus, shared, lambda: Words(word_weights(corpus, counted)))
        alike[other] = shared.story_similarity
    likely = alike >= LIKELY
    likely[shared.a] = likely[shared.b] = False
    if likely.any():
        sides = pairs_with(row, np.flatnonzero(likely))
        alike[likely] = without_forms(corpus, *sides, alike[likely], Words(word_weights(corpus, counted)))
    kept = {other.row.page["id"]: other for other in others}
    return Ring(corpus, weights, counted, row, aids, kept, shared, group, alike)


def _alike(corpus: Corpus, weights: Weights, row: int) -> NDArray[np.float32]:
    """Return the story similarity of an article with each row, 0 with itself."""
    other = np.delete(np.arange(len(corpus.articles), dtype=np.int32), row)
    alike = np.zeros(len(corpus.articles), dtype=np.float32)
    alike[other] = similarity.similarities(corpus, weights, np.minimum(other, row), np.maximum(other, row))
    return alike


def _groups(aids: NDArray[np.int64], others: Iterable[Kept], shared: Pairs) -> NDArray[np.int32]:
    """Return the copy group of each row, its lowest: by what the index knows of the others, and the article's own."""
    row = {aid: place for place, aid in enumerate(aids.tolist())}
    links = [(row[other.row.aid], row.setdefault(aid, len(row))) for other in others for aid in other.copies]
    own = copy_groups(len(aids), shared)
    a, b = (np.array(side, dtype=np.int32) for side in (zip(*links, strict=True) if links else ((), ())))
    here = np.arange(len(aids), dtype=np.int32)
    return cluster.copy_groups(len(row), np.concatenate((a, here)), np.concatenate((b, own)))[: len(aids)]


def widened(
    store: Store, pages: Pages, ring: Ring, near: set[int], config: Config, known: bool, aids: Sequence[int]
) -> Ring:
    """Return the columns with these articles of the index too."""
    here = set(ring.aids.tolist())
    if here.issuperset(aids):
        return ring
    return ring_of(store, pages, sorted(here.union(aids) - {0}), near, config, known)


def alike_of(ring: Ring) -> tuple[tuple[int, int], ...]:
    """Return the numbers of the articles that the article is like, and how much, in thousandths; none of its copies."""
    much = np.round(ring.alike.astype(np.float64) * 1000).astype(np.int64)
    near = np.flatnonzero((ring.alike >= cluster.REACH) & (ring.aids > 0) & (ring.group != ring.group[ring.row]))
    return tuple(zip(ring.aids[near].tolist(), much[near].tolist(), strict=True))


def among(aids: NDArray[np.int64], wanted: Collection[int]) -> NDArray[np.bool_]:
    """Return which of a few articles are among others; `np.isin` takes ten times as long."""
    return np.array([aid in wanted for aid in aids.tolist()], dtype=np.bool_)


def pairs_with(row: int, rows: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return the pairs a < b of a row and others, sorted."""
    a, b = np.minimum(rows, row).astype(np.int32), np.maximum(rows, row).astype(np.int32)
    order = np.lexsort((b, a))
    return a[order], b[order]


def other_of(ring: Ring, a: NDArray[np.int32], b: NDArray[np.int32]) -> NDArray[np.int64]:
    """Return the row that each pair of the article has beside its own."""
    return np.where(a == ring.row, b, a).astype(np.int64)


def _shared(corpus: Corpus, weights: Weights, a: NDArray[np.int32], b: NDArray[np.int32], config: Config) -> Pairs:
    """Return those of the pairs that share text, of which those are measured that may be copies."""
    if not len(a):
        return _none()
    rows = distinct(np.concatenate((a, b)))
    first, hashes = shingles(chosen(corpus.tokens, rows), config.shingle_size)
    left, right = np.searchsorted(rows, a), np.searchsorted(rows, b)
    shared, size = shared_shingles(first[:-1], first[1:], hashes, left, right), lengths(first)
    least = config.excerpt_containment * np.minimum(size[left], size[right])
    worth = (shared > 0) & ((shared >= config.excerpt_shingles) | (shared >= least))
    if not worth.any():
        return _none()
    shares = Overlap(shared[worth], size[left[worth]], size[right[worth]]).shares()
    near = Candidates(a[worth], b[worth], shared[worth].astype(np.int32), *shares, shares[0] >= 1, ())
    pairs = unmeasured(near.a, near.b, shares)
    likely = np.flatnonzero(may_be_copies(corpus, near, config))
    if len(likely):
        measure(corpus, pairs, likely, Words(word_weights(corpus, weights)))
    return pairs


def _none() -> Pairs:
    rows, numbers = np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.float32)
    features, codes = np.zeros((0, len(FEATURES)), dtype=np.float32), np.zeros(0, dtype=np.uint8)
    return Pairs(rows, rows, numbers, numbers, numbers, numbers, features, codes, numbers)
