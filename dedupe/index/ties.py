"""How an article is tied to those it is compared with: of which it is a copy, and how like it is to each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from .. import cluster, similarity, tfidf
from ..config import Config
from ..jobs import once
from ..model import Corpus, Weights
from ..pipeline.copy_groups import known_by_text
from ..pipeline.decisive import LIKELY, forms_told, measure, told_apart, without_forms
from ..pipeline.pairs import Pairs, WordWeights, features_of, given_story, is_measured, joined, unmeasured, within
from ..pipeline.pairs import chosen as some_of
from ..relation import is_form, numbers_of
from .copies import Groups, groups_with
from .pages import weighed
from .ring import Ring, among, pairs_with
from .store import Store


@dataclass(frozen=True, slots=True, eq=False)
class Ties:
    """What the article of a ring has to do with its rows, once it is known whose copy it is.

    `copies`: the `shared` pairs of the ring, with those measured that may be forms. `groups`: the copy groups of the
    rows. `alike`: float32, the story similarity of the article with each row, 0 with itself.
    """

    weights: Weights
    copies: Pairs
    groups: Groups
    alike: NDArray[np.float32]

    @property
    def group(self) -> NDArray[np.int32]:
        """Return the copy group of each row: its lowest."""
        return self.groups.group


def ties_of(ring: Ring, config: Config, store: Store | None = None) -> Ties:
    """Return how the article of a ring is tied to its rows; `store`: the index, where the article is not in it yet.

    Copies of a text count once in how crowded it is around it, and in how common its words are.
    """
    if len(ring.aids) == 1:
        return Ties(ring.counted, ring.shared, ring.known, np.zeros(1, dtype=np.float32))
    corpus, row, weights = ring.corpus, ring.row, ring.counted
    compared = partial(similarity.similarities, corpus, weights)
    groups = groups_with(corpus, ring.aids, ring.known, ring.shared, row, config.shingle_size, compared)
    group = groups.group
    if store and ring.rated and (group == group[row]).sum() > 1:
        weights = weighed(store, ring.rated, None, counted=True)  # a copy's words are counted where they came first
    next_to = tfidf.neighbours(weights, group == np.arange(len(group)))  # of a large index only those at hand
    weights = tfidf.surrounded(weights, next_to, group)
    alike = _alike(known_by_text(corpus, group), weights, row)
    copies = _forms_told(ring, group == group[row], alike)
    return Ties(weights, copies, groups, alike)


def _forms_told(ring: Ring, copied: NDArray[np.bool_], alike: NDArray[np.float32]) -> Pairs:
    """Return the pairs that share text, those measured that may be forms; how alike forms are is made 0 in `alike`.

    `copied`: rows of the article's own copy group, which are of its story whatever a form would be.
    """
    corpus, shared = ring.corpus, ring.shared
    other, numbers = shared.other_than(ring.row), once(partial(numbers_of, corpus.tokens))
    if not copied[other].all():
        known = np.flatnonzero(is_measured(shared) & ~copied[other])
        if len(known):
            alike[other[known[is_form(shared.features[known])]]] = 0
        told = np.where(copied[other], np.float32(0.0), alike[other])
        shared = replace(some_of(shared, np.arange(len(other))), story_similarity=told)  # copies: it is written to
        shared = forms_told(corpus, shared, ring.words, numbers)
        alike[other] = np.where(copied[other], alike[other], shared.story_similarity)
    likely = (alike >= LIKELY) & ~copied
    likely[other] = False
    if likely.any():
        sides = pairs_with(ring.row, np.flatnonzero(likely))
        alike[likely] = without_forms(corpus, *sides, alike[likely], ring.words, numbers)
    return shared


def _alike(corpus: Corpus, weights: Weights, row: int) -> NDArray[np.float32]:
    """Return the story similarity of an article with each row, 0 with itself."""
    other = np.delete(np.arange(len(corpus.articles), dtype=np.int32), row)
    alike = np.zeros(len(corpus.articles), dtype=np.float32)
    alike[other] = similarity.similarities(corpus, weights, np.minimum(other, row), np.maximum(other, row))
    return alike


def alike_of(ring: Ring, ties: Ties) -> tuple[tuple[int, int], ...]:
    """Return the numbers of the articles that the article is like, and how much, in thousandths; none of its copies."""
    much = np.round(ties.alike.astype(np.float64) * 1000).astype(np.int64)
    speaks = ties.groups.speaks
    if not speaks[ring.row]:
        return ()
    near = (ties.alike >= cluster.REACH) & (ring.aids > 0) & speaks & (ties.group != ties.group[ring.row])
    near = np.flatnonzero(near)
    return tuple(zip(ring.aids[near].tolist(), much[near].tolist(), strict=True))


def likened(
    ring: Ring, ties: Ties, aids: Sequence[int], rows: Sequence[int], kept: Sequence[Mapping[int, int]],
    whole: Sequence[int],
) -> list[dict[int, int]]:  # fmt: skip
    """Return how like articles of the index, in these rows, are to earlier ones of them by now, in thousandths.

    `kept`: the same as it was when the later one came; what was alike then is no form. Words were counted in fewer
    texts then, and what is nearer to one of the two may have come since. Where labelled events that come one by one are
    told otherwise than in a report, a third to a half of it was for that. `whole`: of each the story that it surely
    stays in, or 0; how like two of one such are decides little, and is not measured again.
    """
    row, group = np.array(rows, dtype=np.int32), ties.group[rows]
    later, earlier = np.tril_indices(len(row), -1)
    speaks = ties.groups.speaks[row]
    apart = speaks[later] & speaks[earlier] & (group[later] != group[earlier])
    story = np.array(whole, dtype=np.int64)
    settled = apart & (story[later] > 0) & (story[later] == story[earlier])
    found: list[dict[int, int]] = [{} for _ in rows]
    for at, near in zip(later[settled].tolist(), map(aids.__getitem__, earlier[settled].tolist()), strict=True):
        if near in kept[at]:
            found[at][near] = kept[at][near]
    later, earlier = later[apart & ~settled], earlier[apart & ~settled]
    if not len(later):
        return found
    a, b = np.sort((row[later], row[earlier]), axis=0)
    much = similarity.similarities(known_by_text(ring.corpus, ties.group), ties.weights, a, b)
    pairs = [(at, aids[near]) for at, near in zip(later.tolist(), earlier.tolist(), strict=True)]
    fresh = np.flatnonzero(np.array([near not in kept[at] for at, near in pairs]) & (much >= LIKELY))
    if len(fresh):
        numbers = once(partial(numbers_of, ring.corpus.tokens))
        much[fresh] = without_forms(ring.corpus, a[fresh], b[fresh], much[fresh], ring.words, numbers)
    for (at, near), value in zip(pairs, much.astype(np.float64).tolist(), strict=True):
        if value >= cluster.REACH:
            found[at][near] = round(value * 1000)
    return found


def several_of(ring: Ring, ties: Ties) -> tuple[int, ...]:
    """Return the numbers of the pages that hold another text beside that of their copies, 0 for the article itself."""
    return tuple(ring.aids[ties.groups.several].tolist())


def complete(ring: Ring, ties: Ties, members: Sequence[int]) -> Pairs:
    """Return the article's pairs as the batch would tell them: those of its story, and shared text across stories."""
    inside, other = among(ring.aids, {*members}), ties.copies.other_than(ring.row)
    # of other stories only copies are told, and none that was not measured is one
    pairs = some_of(ties.copies, inside[other] | ring.later | is_measured(ties.copies))
    other, waiting = pairs.other_than(ring.row), np.flatnonzero(~is_measured(pairs))
    if len(waiting):
        measure(ring.corpus, pairs, waiting, ring.words())
    apart = inside.copy()
    apart[other] = False
    if apart.any():
        a, b = pairs_with(ring.row, np.flatnonzero(apart))
        words = WordWeights.of(ring.terms, ties.weights)
        pairs = joined(pairs, replace(unmeasured(a, b), features=features_of(ring.corpus, a, b, words)))
    if not len(pairs.a):
        return pairs
    pairs = given_story(pairs, ties.alike[pairs.other_than(ring.row)])
    story = np.arange(len(ring.aids), dtype=np.int32)
    story[inside] = story[ring.row]
    numbers = once(partial(numbers_of, ring.corpus.tokens))
    return within(told_apart(ring.corpus, pairs, story[pairs.a] == story[pairs.b], numbers), story)
