"""Every pair worth a look: found as copies or as neighbours, measured and given a relation."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from .. import cluster, relation, similarity, tfidf
from ..model import RELATION_CODE, Relation

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..candidates import Candidates
    from ..config import Config
    from ..model import Corpus, Weights
    from ..tfidf.neighbours import Neighbours

# Jaccard, and the containment of a and of b: float32 of shape (pairs,) each.
Shared: TypeAlias = "tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]"

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


@dataclass(frozen=True, slots=True, eq=False)
class Alike:
    """How likely pairs of rows a < b tell one story, as columns sorted by (a, b)."""

    a: NDArray[np.int32]
    b: NDArray[np.int32]
    story_similarity: NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """What the words of the corpus weigh: `idf`, float32, the blended IDF of each; `jobs` threads may measure them."""

    idf: NDArray[np.float32]
    jobs: int = 1


def judge_copies(corpus: Corpus, weights: Weights, near: Candidates, words: Words | None = None) -> Pairs:
    """Return the candidate pairs that share text, with their measurements and relation."""
    shared = (near.jaccard, near.containment_a, near.containment_b)
    return _judged(corpus, weights, near.a, near.b, shared, words)


def _judged(
    corpus: Corpus, weights: Weights, a: NDArray[np.int32], b: NDArray[np.int32], shared: Shared, words: Words | None
) -> Pairs:
    """Return pairs judged, given how much of their shingles they share."""
    words = words or Words(word_weights(corpus, weights))
    story = similarity.similarities(corpus, weights, a, b, jobs=words.jobs)
    features = relation.measure(corpus, a, b, words.idf, words.jobs)
    code, confidence = relation.decide(features, *shared, story)
    return Pairs(a, b, *shared, story, features, code, confidence)


def alike(corpus: Corpus, weights: Weights, copies: Pairs, next_to: Neighbours, jobs: int = 1) -> Alike:
    """Return the story similarity of all pairs of neighbours and of those that share text, once each, in order."""
    width = np.int64(max(len(corpus.articles), 1))
    known = copies.a * width + copies.b
    near = next_to.a * width + next_to.b  # ascends, as what is known does
    place = np.minimum(np.searchsorted(known, near), max(len(known) - 1, 0))
    fresh = near[known[place] != near] if len(known) else near
    a, b = (fresh // width).astype(np.int32), (fresh % width).astype(np.int32)
    score = similarity.similarities(corpus, weights, a, b, jobs=jobs)
    order = np.argsort(np.concatenate((known, fresh)), kind="stable")  # two runs that ascend: merged
    return Alike(
        np.concatenate((copies.a, a))[order],
        np.concatenate((copies.b, b))[order],
        np.concatenate((copies.story_similarity, score))[order],
    )


def stories(
    corpus: Corpus, weights: Weights, links: Alike, group: NDArray[np.int32], config: Config, jobs: int = 1
) -> NDArray[np.int32]:
    """Return the story of each article, the lowest row of its own, given its copy group and the links."""

    def measure(a: NDArray[np.int32], b: NDArray[np.int32]) -> NDArray[np.float32]:
        return similarity.similarities(corpus, weights, a, b, jobs=jobs)

    known = (links.a, links.b, links.story_similarity)
    return cluster.stories(len(group), *known, threshold=config.story_threshold, copies=group, measure=measure)


def complete(
    corpus: Corpus, weights: Weights, copies: Pairs, links: Alike, story: NDArray[np.int32], group: NDArray[np.int32],
    words: Words | None = None,
) -> Pairs:  # fmt: skip
    """Return the pairs that say something of the stories: all inside one, and copies and excerpts across them.

    Inside a story a pair is at least of the same story; between stories nothing but shared text counts, since the
    stories were weighed as wholes. Of a large story only the pairs are judged that were found to be neighbours, and
    inside a copy group only those that were found as candidates: a thousand copies have half a million pairs.
    """
    return within(judge_more(corpus, weights, copies, *_inside(links, story, group), words), story)


def judge_more(
    corpus: Corpus, weights: Weights, pairs: Pairs, a: NDArray[np.int32], b: NDArray[np.int32],
    words: Words | None = None,
) -> Pairs:  # fmt: skip
    """Return the pairs with those of (a, b) that are not among them: these were not found to share text."""
    width = np.int64(max(len(corpus.articles), 1))
    new = ~np.isin(a * width + b, pairs.a * width + pairs.b)
    none = np.zeros(int(new.sum()), dtype=np.float32)
    return _joined(pairs, _judged(corpus, weights, a[new], b[new], (none, none, none), words))


def within(pairs: Pairs, story: NDArray[np.int32]) -> Pairs:
    """Return the pairs inside stories, at least of the same story, and across them those that share text."""
    together = story[pairs.a] == story[pairs.b]
    lifted = together & (pairs.relation == RELATION_CODE[Relation.UNRELATED])
    code = np.where(lifted, RELATION_CODE[Relation.SAME_STORY], pairs.relation).astype(np.uint8)
    confidence = np.where(lifted, 1 - pairs.confidence, pairs.confidence).astype(np.float32)
    kept = together | (pairs.relation <= RELATION_CODE[Relation.EXCERPT])
    return _chosen(replace(pairs, relation=code, confidence=confidence), kept)


def _inside(
    links: Alike, story: NDArray[np.int32], group: NDArray[np.int32]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return the pairs inside stories, once each: all of a small story, the known neighbours of a large one."""
    together = (story[links.a] == story[links.b]) & (group[links.a] != group[links.b])
    every_a, every_b = _all_pairs(story)
    width = np.int64(max(len(story), 1))
    key = np.unique(np.concatenate((links.a[together] * width + links.b[together], every_a * width + every_b)))
    return (key // width).astype(np.int32), (key % width).astype(np.int32)


def _all_pairs(story: NDArray[np.int32]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return all pairs of members of the small stories."""
    order = np.argsort(story, kind="stable")
    bounds = np.flatnonzero(np.diff(story[order], prepend=-1, append=-1))
    found = [np.zeros((2, 0), dtype=np.int64)]
    for low, high in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
        if 1 < high - low <= ALL_PAIRS:
            found.append(order[low:high][np.stack(np.triu_indices(high - low, 1))])
    a, b = np.concatenate(found, axis=1)
    return a, b


def _joined(one: Pairs, other: Pairs) -> Pairs:
    columns = {f.name: np.concatenate((getattr(one, f.name), getattr(other, f.name))) for f in fields(Pairs)}
    order = np.lexsort((columns["b"], columns["a"]))
    return Pairs(**{name: column[order] for name, column in columns.items()})


def _chosen(pairs: Pairs, kept: NDArray[np.bool_]) -> Pairs:
    return Pairs(**{f.name: getattr(pairs, f.name)[kept] for f in fields(Pairs)})


def word_weights(corpus: Corpus, weights: Weights, jobs: int = 1) -> NDArray[np.float32]:
    """Return the blended IDF of each word of the corpus, float32 of shape (words,), looked up on `jobs` threads."""
    return tfidf.idf_of(weights, corpus.tokens.hash, max(jobs, 1))
