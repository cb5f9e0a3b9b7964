"""Pairs of articles: measured, and given a relation."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from itertools import pairwise
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from .. import candidates, cluster, relation, similarity, tfidf
from ..candidates import Candidates
from ..jobs import threaded
from ..model import Corpus, Weights
from ..model.codes import EXCERPT, SAME_STORY, UNRELATED
from ..rows import lengths

BLOCK = 1 << 20  # words of the pairs that are measured at a time
UNSURE = 0.5  # the least confidence: below it the other answer would be the likelier one


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Pairs of rows a < b as columns, sorted by (a, b): all the numbers known of them."""

    a: NDArray[np.int32]
    b: NDArray[np.int32]
    jaccard: NDArray[np.float32]
    containment_a: NDArray[np.float32]
    containment_b: NDArray[np.float32]
    story_similarity: NDArray[np.float32]
    features: NDArray[np.float32]
    relation: NDArray[np.uint8]
    confidence: NDArray[np.float32]

    def other_than(self, row: int) -> NDArray[np.int64]:
        """Return the row that each pair has beside this one, given that it has this one."""
        return np.where(self.a == row, self.b, self.a).astype(np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class WordWeights:
    """What the words of the corpus weigh: `idf`, float32, the blended IDF of each; `jobs` threads may measure them.

    `terms`: uint32, what each was weighed as, itself or its stem.
    """

    idf: relation.ByPlace
    terms: NDArray[np.uint32]
    jobs: int = 1

    @classmethod
    def of(cls, terms: NDArray[np.uint32], weights: Weights, jobs: int = 1) -> Self:
        """Return the weights, given the term of each word (`tfidf.stemmed`).

        Few words are looked up at once, as they are asked for again and again; of many, only those that are.
        """
        return cls(tfidf.idf_of(weights, terms) if len(terms) <= BLOCK else _Sought(weights, terms), terms, jobs)


@dataclass(frozen=True, slots=True, eq=False)
class _Sought:
    """The IDF of words, looked up when it is asked for: most articles are in no pair that is measured."""

    weights: Weights
    terms: NDArray[np.uint32]

    def __getitem__(self, places: NDArray[np.int64]) -> NDArray[np.float32]:
        return tfidf.idf_of(self.weights, self.terms[places])


def measured(corpus: Corpus, pairs: Pairs, words: WordWeights) -> Pairs:
    """Return the pairs with their measurements, decided by these.

    Which are copies and excerpts is so for good, as it needs the texts alone; the rest waits for story similarities.
    """
    return _decided(replace(pairs, features=features_of(corpus, pairs.a, pairs.b, words)))


def features_of(corpus: Corpus, a: NDArray[np.int32], b: NDArray[np.int32], words: WordWeights) -> NDArray[np.float32]:
    """Return the measurements of pairs, block by block: what a text is measured by is made once for each block.

    Pairs that hang together stand in one block, so that few texts are in two.
    """
    length = lengths(corpus.tokens.first)
    size = length[a] + length[b]
    whole = int(size.sum())
    if whole <= BLOCK:
        return relation.measure(corpus, a, b, words.idf, words.terms)
    order = np.argsort(cluster.connected(len(length), a, b)[a], kind="stable")
    cuts = np.flatnonzero(np.diff(np.cumsum(size[order]) // BLOCK)) + 1
    features = np.empty((len(a), len(relation.FEATURES)), dtype=np.float32)

    def measure(rows: tuple[int, int]) -> None:
        here = order[slice(*rows)]
        features[here] = relation.measure(corpus, a[here], b[here], words.idf, words.terms, whole)

    threaded(measure, pairwise([0, *cuts.tolist(), len(a)]), words.jobs)
    return features


def unmeasured(a: NDArray[np.int32], b: NDArray[np.int32]) -> Pairs:
    """Return pairs of which nothing is known, as unrelated and without shared shingles."""
    none, nothing = np.zeros(len(a), dtype=np.float32), np.zeros((len(a), len(relation.FEATURES)), dtype=np.float32)
    code = np.full(len(a), UNRELATED, dtype=np.uint8)
    return Pairs(a, b, none, none, none, none, nothing, code, none.copy())


def of_candidates(near: Candidates) -> Pairs:
    """Return candidates as pairs of which only the shared shingles are known."""
    shared = {name: getattr(near, name) for name in ("jaccard", "containment_a", "containment_b")}
    return replace(unmeasured(near.a, near.b), **shared)


def is_measured(pairs: Pairs) -> NDArray[np.bool_]:
    """Return which of some pairs that share text were measured."""
    return pairs.features[:, relation.COLUMN["words_a"]] > 0


def with_story(
    corpus: Corpus, weights: Weights, pairs: Pairs, jobs: int = 1, told: similarity.Told | None = None
) -> Pairs:
    """Return the pairs with their story similarity, and decided by it; copies stay copies. `told`: see `similarity`."""
    return given_story(pairs, similarity.similarities(corpus, weights, pairs.a, pairs.b, jobs=jobs, told=told))


def given_story(pairs: Pairs, story: NDArray[np.float32]) -> Pairs:
    """Return the pairs with their relations by these story similarities; one form filled in twice has none."""
    form = relation.is_form(pairs.features)
    return _decided(replace(pairs, story_similarity=np.where(form, np.float32(0.0), story)), form)


def given_anew(pairs: Pairs, rows: NDArray[np.int64], story: NDArray[np.float32]) -> Pairs:
    """Return the pairs with new story similarities, and relations by them, for those in `rows`."""
    some = given_story(chosen(pairs, rows), story)
    columns = {name: getattr(pairs, name).copy() for name in ("story_similarity", "relation", "confidence")}
    for name, column in columns.items():
        column[rows] = getattr(some, name)
    return replace(pairs, **columns)


def _decided(pairs: Pairs, form: NDArray[np.bool_] | None = None) -> Pairs:
    shared = (pairs.jaccard, pairs.containment_a, pairs.containment_b)
    code, confidence = relation.decide(pairs.features, *shared, pairs.story_similarity, form)
    return replace(pairs, relation=code, confidence=confidence)


def overlapping(corpus: Corpus, pairs: Pairs, size: int, jobs: int = 1) -> Pairs:
    """Return the pairs with how much of their shingles of `size` words they share."""
    if not len(pairs.a):
        return pairs
    counted = candidates.overlap_of(corpus.tokens, pairs.a.astype(np.int64), pairs.b.astype(np.int64), size, jobs)
    jaccard, of_a, of_b = counted.shares()
    return replace(pairs, jaccard=jaccard, containment_a=of_a, containment_b=of_b)


def within(pairs: Pairs, story: NDArray[np.int32], of: int = -1) -> Pairs:
    """Return the pairs inside stories, each at least of the same story, and between stories those that share text.

    A pair without story similarity tells of two things and stays unrelated, even if a third article put both into one
    story. `of`: a row of which all pairs are kept, the unrelated ones too.
    """
    copied = pairs.relation <= EXCERPT
    together = (story[pairs.a] == story[pairs.b]) & (copied | (pairs.story_similarity > 0))
    lifted = together & (pairs.relation == UNRELATED)
    code = np.where(lifted, SAME_STORY, pairs.relation)
    # The others of a story say more than a pair by itself: of those below 0.5 that stand in one story, 85 in 100 are of
    # one in ECB+ (0.4 by their similarity), 64 in Wikinews, 31 in AllSides.
    confidence = np.where(lifted, np.maximum(1 - pairs.confidence, UNSURE), pairs.confidence)
    apart = ~together & ~copied
    code[apart] = UNRELATED
    # Of pairs by themselves told as two stories (each article of an event set with its nearest eight, under the model
    # of the other sets), 70 in 100 of those of 0.5 and more are two, and 87 of those of 0.3 to 0.4. So the calibration
    # error is 0.05; it would be 0.15 with one less the similarity.
    confidence[apart] = np.maximum(1 - cluster.chance_of(pairs.story_similarity[apart]), UNSURE)
    kept = together | copied | (pairs.a == of) | (pairs.b == of)
    told = replace(pairs, relation=code.astype(np.uint8), confidence=confidence.astype(np.float32))
    return chosen(told, kept)


def keys_of(a: NDArray[Any], b: NDArray[Any]) -> NDArray[np.int64]:
    """Return a number for each pair of rows, int64: a in its upper half, b in its lower. Sorted, they ascend."""
    return a.astype(np.int64) << 32 | b


def sides_of(keys: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return the rows a and b of which `keys_of` made these.

    >>> [side.tolist() for side in sides_of(keys_of(np.array([0, 2]), np.array([7, 3])))]
    [[0, 2], [7, 3]]
    """
    return (keys >> 32).astype(np.int32), (keys & 0xFFFFFFFF).astype(np.int32)


def joined(one: Pairs, other: Pairs) -> Pairs:
    """Return the pairs of both, sorted."""
    columns = {f.name: np.concatenate((getattr(one, f.name), getattr(other, f.name))) for f in fields(Pairs)}
    order = np.lexsort((columns["b"], columns["a"]))
    return Pairs(**{name: column[order] for name, column in columns.items()})


def chosen(pairs: Pairs, kept: NDArray[np.bool_] | NDArray[np.int64]) -> Pairs:
    """Return some of the pairs."""
    return Pairs(**{f.name: getattr(pairs, f.name)[kept] for f in fields(Pairs)})
