"""An article beside those of the index that it is compared with, as the columns of a run."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .. import tfidf
from ..candidates import worth_keeping
from ..candidates.verify import Overlap, shared_shingles
from ..config import Config
from ..model import Corpus, Weights
from ..model.codes import IDENTICAL, NEAR_DUPLICATE
from ..pipeline.copy_groups import WHOLE
from ..pipeline.decisive import may_be_copies, measure
from ..pipeline.pairs import Pairs, WordWeights, of_candidates, unmeasured
from ..relation import LONGEST_TEXT
from ..rows import distinct, lengths
from ..shingle import shingles
from ..tfidf import Rated
from ..words import chosen
from .copies import Groups, known_groups
from .kept import Held, beside, held
from .pages import Pages, weighed
from .store import Store

ALL = 1.0  # Jaccard of texts with the same shingles
_NONE = unmeasured(*np.zeros((2, 0), dtype=np.int32))  # pairs


@dataclass(frozen=True, slots=True, eq=False)
class Ring:
    """An article and those of the index it is compared with, as the columns of a run; `row` is its own.

    `terms`: the term of each word of their texts. `aids`: int64 number of each row in the index, 0 for the article
    itself; `held`: the others by id. `known`: the copy groups of the rows by what the index knows of the others.
    `shared`: the article's pairs with those that share text with it, measured if they may be copies, but for
    `later`: copies of what the article is a copy of, which change nothing and wait until they are asked for (bool
    for each pair). `rated`: the terms of the rows, None of an article alone, and once its story is found;
    `counted`: their weights before anything is known of copies of the article, by which its pairs are measured.
    """

    corpus: Corpus
    terms: NDArray[np.uint32]
    row: int
    aids: NDArray[np.int64]
    held: dict[str, Held]
    known: Groups
    rated: Rated | None
    counted: Weights
    shared: Pairs
    later: NDArray[np.bool_]

    def words(self) -> WordWeights:
        """Return what the words of the rows weigh."""
        return WordWeights.of(self.terms, self.counted)


def ring_of(
    store: Store, pages: Pages, found: Sequence[int], near: set[int], config: Config, known: bool,
    before: Ring | None = None,
) -> Ring:  # fmt: skip
    """Return the one article of `pages` beside some of the index, of which those numbered in `near` may share its text.

    `known`: it is in the index. `before`: the same with fewer, all that may share its text among them.
    """
    if not found:
        alone, none = np.zeros(1, dtype=np.int64), np.zeros(0, dtype=np.bool_)
        groups = Groups(alone.astype(np.int32), alone > 0, alone == 0)
        return Ring(pages.corpus, pages.terms, 0, alone, {}, groups, None, pages.weights, _NONE, none)
    some = held(store, found)
    others, words, titles = zip(*some, strict=True)
    corpus, order = beside(pages, others, words, titles)
    aids = np.array([0, *found], dtype=np.int64)[order]
    row = int(np.flatnonzero(order == 0)[0])
    terms, of_titles = tfidf.stemmed(corpus)
    rated = tfidf.rated(terms, of_titles)
    counted = weighed(store, rated, pages.weights, counted=known)
    groups = known_groups(aids, others)
    if before and _weighs_as(before.counted, counted):
        shared, later = _moved(before, aids), before.later
    else:
        shared, likely = _shared(corpus, *pairs_with(row, np.flatnonzero(among(aids, near))), config)
        later = _measure(corpus, terms.hash, shared, likely, groups.group[shared.other_than(row)], counted)
    by_id = {other.row.page["id"]: one for other, one in zip(others, some, strict=True)}
    return Ring(corpus, terms.hash, row, aids, by_id, groups, rated, counted, shared, later)


def _weighs_as(fewer: Weights, more: Weights) -> bool:
    """Return whether words weigh the same beside more articles; not those of a language that only these tell of."""
    return np.array_equal(fewer.idf, more.idf[more.key.searchsorted(fewer.key)])


def _moved(before: Ring, aids: NDArray[np.int64]) -> Pairs:
    """Return the pairs that share text by the rows that articles have among more of them."""
    place = {aid: row for row, aid in enumerate(aids.tolist())}
    row = np.array([place[aid] for aid in before.aids.tolist()], dtype=np.int32)
    return replace(before.shared, a=row[before.shared.a], b=row[before.shared.b])


def widened(store: Store, pages: Pages, ring: Ring, near: set[int], config: Config, aids: Sequence[int]) -> Ring:
    """Return the columns with these articles of the index too, beside one that is not in it."""
    here = set(ring.aids.tolist())
    if here.issuperset(aids):
        return ring
    return ring_of(store, pages, sorted(here.union(aids) - {0}), near, config, False, ring)


def among(aids: NDArray[Any], wanted: Collection[int]) -> NDArray[np.bool_]:
    """Return which of a few articles are among others; `np.isin` takes ten times as long."""
    return np.array([aid in wanted for aid in aids.tolist()], dtype=np.bool_)


def pairs_with(row: int, rows: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return the pairs a < b of a row and others, sorted."""
    a, b = np.minimum(rows, row).astype(np.int32), np.maximum(rows, row).astype(np.int32)
    order = np.lexsort((b, a))
    return a[order], b[order]


def _shared(
    corpus: Corpus, a: NDArray[np.int32], b: NDArray[np.int32], config: Config
) -> tuple[Pairs, NDArray[np.int64]]:
    """Return those of the pairs that share text, not measured yet, and which of them may be copies."""
    if not len(a):
        return _NONE, np.zeros(0, dtype=np.int64)
    rows = distinct(np.concatenate((a, b)))
    first, hashes = shingles(chosen(corpus.tokens, rows), config.shingle_size)
    left, right = np.searchsorted(rows, a), np.searchsorted(rows, b)
    shared, size = shared_shingles(first[:-1], first[1:], hashes, left, right), lengths(first)
    near = worth_keeping(a, b, Overlap(shared, size[left], size[right]), config)
    if not len(near.a):
        return _NONE, np.zeros(0, dtype=np.int64)
    return of_candidates(near), np.flatnonzero(may_be_copies(corpus, near, config))


def _measure(
    corpus: Corpus,
    terms: NDArray[np.uint32],
    pairs: Pairs,
    likely: NDArray[np.int64],
    group: NDArray[np.int32],
    counted: Weights,
) -> NDArray[np.bool_]:
    """Measure the likely pairs, given the known copy group of each pair's other; return which wait: bool of (pairs,).

    What has the same shingles is identical, whatever else is measured. Of a group whose likest is a copy, the others
    that most of both texts stand in are too. These wait.
    """
    later = pairs.jaccard >= ALL
    pairs.relation[later], pairs.confidence[later] = IDENTICAL, 1.0
    if later[likely].all():
        return later
    words = WordWeights.of(terms, counted)
    length, short = lengths(corpus.tokens.first), LONGEST_TEXT  # what is longer is not compared whole
    whole = np.minimum(pairs.containment_a, pairs.containment_b) >= WHOLE
    whole &= (length[pairs.a] <= short) & (length[pairs.b] <= short)
    some = likely[whole[likely]]
    some = some[np.lexsort((-pairs.jaccard[some], group[some]))]
    first = np.append(True, group[some[1:]] != group[some[:-1]])[: len(some)]
    now = np.sort(np.concatenate((likely[~whole[likely]], some[first])))
    measure(corpus, pairs, now[~later[now]], words)
    copied = {*group[some[first & (pairs.relation[some] <= NEAR_DUPLICATE)]].tolist()}
    later[some[~first & among(group[some], copied)]] = True
    measure(corpus, pairs, np.sort(some[~first & ~later[some]]), words)
    return later
