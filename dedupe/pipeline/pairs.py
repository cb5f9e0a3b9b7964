"""Every pair worth a look: found as copies or as neighbours, measured and given a relation."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

import numpy as np

from .. import relation, similarity
from ..model import RELATION_CODE, Relation

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..candidates import Candidates
    from ..model import Corpus, Weights
    from ..tfidf.neighbours import Neighbours

ALL_PAIRS = 30  # members of a story up to which every pair is measured: 435 pairs


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


def judge_pairs(corpus: Corpus, weights: Weights, near: Candidates, next_to: Neighbours) -> Pairs:
    """Return the pairs found either way with their measurements and relation."""
    a, b, jaccard, inside_a, inside_b = _union(len(corpus.articles), near, next_to)
    return _measured(corpus, weights, a, b, jaccard, inside_a, inside_b)


def _measured(
    corpus: Corpus, weights: Weights, a: NDArray[np.int32], b: NDArray[np.int32], jaccard: NDArray[np.float32],
    inside_a: NDArray[np.float32], inside_b: NDArray[np.float32],
) -> Pairs:  # fmt: skip
    story = similarity.score(similarity.measure(corpus, weights, a, b))
    features = relation.measure(corpus, a, b, word_weights(corpus, weights))
    code, confidence = relation.decide(features, jaccard, inside_a, inside_b, story)
    return Pairs(a, b, jaccard, inside_a, inside_b, story, features, code, confidence)


def inside_stories(corpus: Corpus, weights: Weights, pairs: Pairs, story: NDArray[np.int32]) -> Pairs:
    """Return the pairs that say something of the stories: all inside one, and copies and excerpts across them.

    The pairs of a small story that were not looked at before are measured too. Inside a story a pair is at least of
    the same story; between stories nothing but shared text counts, since the stories were weighed as wholes.
    """
    missing_a, missing_b = _unseen(pairs, story)
    if len(missing_a):
        nothing = np.zeros(len(missing_a), dtype=np.float32)
        pairs = _joined(pairs, _measured(corpus, weights, missing_a, missing_b, nothing, nothing, nothing))
    together = story[pairs.a] == story[pairs.b]
    unrelated = pairs.relation == RELATION_CODE[Relation.UNRELATED]
    lifted = together & unrelated
    code = np.where(lifted, RELATION_CODE[Relation.SAME_STORY], pairs.relation).astype(np.uint8)
    confidence = np.where(lifted, 1 - pairs.confidence, pairs.confidence).astype(np.float32)
    kept = together | (pairs.relation <= RELATION_CODE[Relation.EXCERPT])
    return _chosen(replace(pairs, relation=code, confidence=confidence), kept)


def _unseen(pairs: Pairs, story: NDArray[np.int32]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return the pairs of members of small stories that are not among the pairs."""
    order = np.argsort(story, kind="stable")
    bounds = np.flatnonzero(np.diff(story[order], prepend=-1, append=-1))
    sizes = np.diff(bounds)
    found = []
    for low, size in zip(bounds[:-1][sizes > 1].tolist(), sizes[sizes > 1].tolist(), strict=True):
        if size <= ALL_PAIRS:
            x, y = np.triu_indices(size, 1)
            found.append(order[low : low + size][np.stack((x, y))])
    if not found:
        return np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int32)
    both = np.concatenate(found, axis=1)
    a, b = np.minimum(both[0], both[1]), np.maximum(both[0], both[1])
    width = np.int64(len(story))
    new = ~np.isin(a * width + b, pairs.a * width + pairs.b)
    return a[new].astype(np.int32), b[new].astype(np.int32)


def _joined(one: Pairs, other: Pairs) -> Pairs:
    columns = {f.name: np.concatenate((getattr(one, f.name), getattr(other, f.name))) for f in fields(Pairs)}
    order = np.lexsort((columns["b"], columns["a"]))
    return Pairs(**{name: column[order] for name, column in columns.items()})


def _chosen(pairs: Pairs, kept: NDArray[np.bool_]) -> Pairs:
    return Pairs(**{f.name: getattr(pairs, f.name)[kept] for f in fields(Pairs)})


def _union(n: int, near: Candidates, next_to: Neighbours) -> tuple[NDArray[np.int32], ...]:
    """Return a, b and their shingles' numbers for the pairs of both lists, once each, in order."""
    width = np.int64(max(n, 1))
    keys = [pairs.a.astype(np.int64) * width + pairs.b for pairs in (near, next_to)]
    key = np.unique(np.concatenate(keys))
    numbers = np.zeros((3, len(key)), dtype=np.float32)
    place = np.searchsorted(key, keys[0])
    for column, values in zip(numbers, (near.jaccard, near.containment_a, near.containment_b), strict=True):
        column[place] = values
    return (key // width).astype(np.int32), (key % width).astype(np.int32), *numbers


def word_weights(corpus: Corpus, weights: Weights) -> NDArray[np.float32]:
    """Return the blended IDF of each word of the corpus, float32 of shape (words,)."""
    if not len(weights.key):
        return np.zeros(len(corpus.tokens.hash), dtype=np.float32)
    place = np.minimum(np.searchsorted(weights.key, corpus.tokens.hash), len(weights.key) - 1)
    known = weights.key[place] == corpus.tokens.hash
    return np.where(known, weights.idf[place], weights.idf.max()).astype(np.float32)
