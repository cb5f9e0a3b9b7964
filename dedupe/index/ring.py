"""An article beside those of the index that it is compared with, as the columns of a run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .. import similarity, tfidf
from ..candidates import Candidates
from ..candidates.verify import shared_shingles
from ..pipeline.pairs import Pairs, judge_copies
from ..relation import FEATURES
from ..shingle import shingles
from . import kept as kept_articles
from .pages import weigh

if TYPE_CHECKING:
    from collections.abc import Sequence

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

    `aids`: int64 number of each row in the index, 0 for the article itself; `kept`: the others by id.
    """

    labelled: Labelled
    corpus: Corpus
    weights: Weights
    row: int
    aids: NDArray[np.int64]
    kept: dict[str, Kept]


def ring_of(store: Store, pages: Pages, found: Sequence[Row], known: bool) -> Ring:
    """Return the one article of `pages` beside some of the index; `known`: its words are counted there."""
    if not found:
        alone = np.zeros(1, dtype=np.int64)
        return Ring(pages.labelled, pages.corpus, pages.weights, 0, alone, {})
    others = kept_articles.kept(store, found)
    labelled, corpus = kept_articles.together(pages, others)
    by_id = {other.row.page["id"]: other for other in others}
    aids = np.array([by_id[a.id].row.aid if a.id in by_id else 0 for a in labelled.articles], dtype=np.int64)
    weights = weigh(store, corpus, pages.weights, counted=known)
    weights = tfidf.surrounded(weights, tfidf.neighbours(weights))  # of a large index only those at hand
    return Ring(labelled, corpus, weights, int(np.flatnonzero(aids == 0)[0]), aids, by_id)


def widened(store: Store, pages: Pages, ring: Ring, known: bool, aids: Sequence[int]) -> Ring:
    """Return the columns with these articles of the index too."""
    here = set(ring.aids.tolist())
    if here.issuperset(aids):
        return ring
    return ring_of(store, pages, store.articles(sorted(here.union(aids) - {0})), known)


def likeness(ring: Ring, one: Sequence[int], other: Sequence[int]) -> NDArray[np.float32]:
    """Return the story similarity of each row of one side with each of the other."""
    x, y = (side.ravel() for side in np.meshgrid(one, other, indexing="ij"))
    return measured(ring, np.minimum(x, y).astype(np.int32), np.maximum(x, y).astype(np.int32)).reshape(len(one), -1)


def measured(ring: Ring, a: NDArray[np.int32], b: NDArray[np.int32]) -> NDArray[np.float32]:
    """Return the story similarity of pairs of rows."""
    return similarity.similarities(ring.corpus, ring.weights, a, b)


def pairs_with(ring: Ring, rows: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return the pairs a < b of the article and other rows, sorted."""
    a, b = np.minimum(rows, ring.row).astype(np.int32), np.maximum(rows, ring.row).astype(np.int32)
    order = np.lexsort((b, a))
    return a[order], b[order]


def other_of(ring: Ring, a: NDArray[np.int32], b: NDArray[np.int32]) -> NDArray[np.int64]:
    """Return the row that each pair of the article has beside its own."""
    return np.where(a == ring.row, b, a).astype(np.int64)


def copies_of(ring: Ring, aids: set[int], config: Config) -> Pairs:
    """Return the article's pairs with those of `aids` that share text with it, judged."""
    a, b = pairs_with(ring, np.flatnonzero([aid in aids for aid in ring.aids.tolist()]))
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
