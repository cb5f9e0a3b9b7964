"""An article beside those of the index that it is compared with, as the columns of a run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .. import cluster, similarity, tfidf
from ..candidates.verify import shared_shingles
from ..pipeline.copies import copy_groups
from ..pipeline.pairs import Pairs, Words, measured, with_story, word_weights
from ..relation import FEATURES
from ..shingle import shingles
from . import kept as kept_articles
from .pages import weigh

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from ..config import Config
    from ..model import Corpus, Weights
    from ..pipeline.labels import Labelled
    from .kept import Kept
    from .pages import Pages
    from .rows import Row
    from .store import Store


@dataclass(frozen=True, slots=True, eq=False)
class Ring:
    """An article and those of the index it is compared with, as the columns of a run; `row` is its own.

    `aids`: int64 number of each row in the index, 0 for the article itself; `kept`: the others by id. `copies`: the
    article's pairs with those that share text with it, judged. `group`: the copy group of each row, int32: its lowest.
    """

    labelled: Labelled
    corpus: Corpus
    weights: Weights
    row: int
    aids: NDArray[np.int64]
    kept: dict[str, Kept]
    copies: Pairs
    group: NDArray[np.int32]


def ring_of(store: Store, pages: Pages, found: Sequence[Row], near: set[int], config: Config, known: bool) -> Ring:
    """Return the one article of `pages` beside some of the index, of which those numbered in `near` may share its text.

    `known`: it is in the index. Copies of a text count once in how crowded it is around it, and in how common its
    words are.
    """
    if not found:
        alone = np.zeros(1, dtype=np.int64)
        return Ring(pages.labelled, pages.corpus, pages.weights, 0, alone, {}, _none(), alone.astype(np.int32))
    others = kept_articles.kept(store, found)
    labelled, corpus = kept_articles.together(pages, others)
    by_id = {other.row.page["id"]: other for other in others}
    aids = np.array([by_id[a.id].row.aid if a.id in by_id else 0 for a in labelled.articles], dtype=np.int64)
    row = int(np.flatnonzero(aids == 0)[0])
    weights = weigh(store, corpus, pages.weights, counted=known)
    shared = _shared(corpus, weights, *pairs_with(row, np.flatnonzero(np.isin(aids, [*near]))), config)
    group = _groups(aids, by_id.values(), shared)
    if not known and (group == group[row]).sum() > 1:
        weights = weigh(store, corpus, pages.weights, counted=True)  # a copy's words are counted where they came first
    next_to = tfidf.neighbours(weights, group == np.arange(len(group)))  # of a large index only those at hand
    weights = tfidf.surrounded(weights, next_to, group)
    copies = with_story(corpus, weights, shared) if len(shared.a) else shared
    return Ring(labelled, corpus, weights, row, aids, by_id, copies, group)


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
    return ring_of(store, pages, store.articles(sorted(here.union(aids) - {0})), near, config, known)


def likeness(ring: Ring, one: Sequence[int], other: Sequence[int]) -> NDArray[np.float32]:
    """Return the story similarity of each row of one side with each of the other."""
    x, y = (side.ravel() for side in np.meshgrid(one, other, indexing="ij"))
    a, b = np.minimum(x, y).astype(np.int32), np.maximum(x, y).astype(np.int32)
    found = similarity.similarities(ring.corpus, ring.weights, a, b)
    if len(ring.copies.a):  # of these it is known, and less for one form filled in twice
        key, known = (pairs[0].astype(np.int64) << 32 | pairs[1] for pairs in ((a, b), (ring.copies.a, ring.copies.b)))
        place = np.minimum(np.searchsorted(known, key), len(known) - 1)
        found = np.where(known[place] == key, ring.copies.story_similarity[place], found)
    return found.reshape(len(one), -1)


def pairs_with(row: int, rows: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return the pairs a < b of a row and others, sorted."""
    a, b = np.minimum(rows, row).astype(np.int32), np.maximum(rows, row).astype(np.int32)
    order = np.lexsort((b, a))
    return a[order], b[order]


def other_of(ring: Ring, a: NDArray[np.int32], b: NDArray[np.int32]) -> NDArray[np.int64]:
    """Return the row that each pair of the article has beside its own."""
    return np.where(a == ring.row, b, a).astype(np.int64)


def _shared(corpus: Corpus, weights: Weights, a: NDArray[np.int32], b: NDArray[np.int32], config: Config) -> Pairs:
    """Return those of the pairs that share text, measured."""
    if not len(a):
        return _none()
    first, hashes = shingles(corpus.tokens, config.shingle_size)
    shared, size = shared_shingles(first, hashes, a.astype(np.int64), b.astype(np.int64)), np.diff(first)
    worth = (shared >= config.excerpt_shingles) | (shared >= config.excerpt_containment * np.minimum(size[a], size[b]))
    a, b, shared = a[worth], b[worth], shared[worth]
    jaccard, of_a, of_b = (
        (shared / np.maximum(whole, 1)).astype(np.float32) for whole in (size[a] + size[b] - shared, size[a], size[b])
    )
    return measured(corpus, a, b, (jaccard, of_a, of_b), Words(word_weights(corpus, weights)))


def _none() -> Pairs:
    rows, numbers = np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.float32)
    features, codes = np.zeros((0, len(FEATURES)), dtype=np.float32), np.zeros(0, dtype=np.uint8)
    return Pairs(rows, rows, numbers, numbers, numbers, numbers, features, codes, numbers)
