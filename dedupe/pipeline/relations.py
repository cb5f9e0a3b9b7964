"""The pairs that a report tells: all that say something of its stories."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ..model import Corpus
from ..model.codes import EXCERPT
from ..rows import distinct
from .decisive import LIKELY, told_apart
from .grouping import Alike, Grouped
from .pairs import (
    Pairs,
    features_of,
    given_anew,
    is_measured,
    joined,
    keys_of,
    overlapping,
    sides_of,
    unmeasured,
    with_story,
    within,
)

ALL_PAIRS = 30  # members of a story up to which every pair is measured: 435 pairs


def complete(corpus: Corpus, found: Grouped, size: int, of: int = -1, jobs: int = 1) -> Pairs:
    """Return the pairs that say something of the stories: all pairs inside one, and copies and excerpts across them.

    A pair inside a story is at least `same_story`, unless it tells of two things in one way. Across stories only shared
    text counts, since stories were weighed as wholes. Of a large story only neighbours are judged, and of a copy group
    only candidates: a thousand copies have half a million pairs. Pairs that share too little text to be copies are
    measured only now, as three in five of them turn out to be of two stories. `size`: words of a shingle. `of`: a row
    of which all pairs are returned, those that have nothing in common too.
    """
    told = _measured(corpus, found, _inside(found.links, found.story, of), size, jobs)
    return within(told_apart(corpus, told, _unasked(found, told), found.texts.numbers), found.story, of)


def _measured(corpus: Corpus, found: Grouped, wanted: NDArray[np.int64], size: int, jobs: int) -> Pairs:
    """Return the pairs that share text and those with the wanted keys, all of the latter measured.

    Those that are new share little text or none. How much, in shingles of `size` words, is counted after they are
    decided, only to be reported.
    """
    pairs, words = found.copies, found.texts.words()
    known = keys_of(pairs.a, pairs.b)
    waiting = np.flatnonzero(_again(found) | (~is_measured(pairs) & np.isin(known, wanted)))
    a, b = sides_of(wanted[~np.isin(wanted, known)])
    sides = np.concatenate((pairs.a[waiting], a)), np.concatenate((pairs.b[waiting], b))
    measured, features = features_of(corpus, *sides, words), pairs.features.copy()
    features[waiting] = measured[: len(waiting)]
    pairs = given_anew(replace(pairs, features=features), waiting, pairs.story_similarity[waiting])
    more = replace(unmeasured(a, b), features=measured[len(waiting) :])
    return joined(pairs, overlapping(corpus, with_story(corpus, found.texts.weights, more, jobs), size, jobs))


def _unasked(found: Grouped, told: Pairs) -> NDArray[np.bool_]:
    """Return which pairs inside stories were not asked yet whether they tell of two things: all but likely links."""
    links = found.links
    likely = links.story_similarity >= LIKELY
    asked = np.isin(keys_of(told.a, told.b), keys_of(links.a[likely], links.b[likely]))
    return (found.story[told.a] == found.story[told.b]) & ~asked


def _again(found: Grouped) -> NDArray[np.bool_]:
    """Return which pairs have to be measured again: those that are told, and were measured while copies counted too.

    Copies need not be: whether a text is one does not depend on how common its words are.
    """
    pairs, group = found.copies, found.texts.group
    if (group == np.arange(len(group))).all():
        return np.zeros(len(pairs.a), dtype=np.bool_)
    excerpt = pairs.relation == EXCERPT
    inside = (found.story[pairs.a] == found.story[pairs.b]) & (pairs.relation > EXCERPT)
    return (excerpt | inside) & is_measured(pairs)


def _inside(links: Alike, story: NDArray[np.int32], of: int) -> NDArray[np.int64]:
    """Return the keys of the pairs inside stories, all of a small one, links of a large one, and those of `of`."""
    together = story[links.a] == story[links.b]
    others = np.setdiff1d(np.arange(len(story)), of) if of >= 0 else np.zeros(0, dtype=np.int64)
    own = keys_of(np.minimum(others, of), np.maximum(others, of))
    alike, inside = keys_of(links.a[together], links.b[together]), keys_of(*_all_pairs(story))
    return distinct(np.concatenate((alike, inside, own)))


def _all_pairs(story: NDArray[np.int32]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return all pairs of members of the small stories."""
    order = np.argsort(story, kind="stable")
    bounds = np.flatnonzero(np.diff(story[order], prepend=-1, append=-1))
    sizes = np.diff(bounds)
    found = [np.zeros((2, 0), dtype=np.int64)]
    for size in np.unique(sizes[(sizes > 1) & (sizes <= ALL_PAIRS)]).tolist():
        members = order[bounds[:-1][sizes == size, np.newaxis] + np.arange(size)]
        found.append(np.stack([members[:, side].ravel() for side in np.triu_indices(size, 1)]))
    a, b = np.concatenate(found, axis=1)
    return a, b
