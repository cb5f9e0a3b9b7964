"""Which pairs that share text decide how articles are grouped: only these are measured before there are stories.

To measure a pair takes longer than to find it, and most decide nothing: they share too little to be copies, or, where
no pair will be told of, the two are of one copy group already. Groups and stories are the same as when all are
measured.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .. import cluster, relation, shingle
from ..candidates.verify import shared_shingles
from ..model import RELATION_CODE, Relation
from ..words import distinct, lengths
from .copy_groups import WHOLE
from .pairs import chosen, features_of, given_anew, is_measured, keys_of, measured, unmeasured

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from ..candidates import Candidates
    from ..config import Config
    from ..model import Corpus
    from ..relation import Numbers
    from .pairs import Pairs, WordWeights

LIKELY = 0.5  # story similarity from which on two are likelier of one story than not
ROUNDS = 2  # in which each group meets the first that it may be one with, before all that is left is measured


def measured_copies(corpus: Corpus, near: Candidates, words: WordWeights, config: Config) -> Pairs:
    """Return the candidates for copies, of which those are measured that may be copies of each other, or in part.

    What the others say is known when stories are: of most, that they are of two, and share too little to be told of.
    """
    pairs = unmeasured(near.a, near.b, (near.jaccard, near.containment_a, near.containment_b))
    measure(corpus, pairs, np.flatnonzero(may_be_copies(corpus, near, config)), words)
    return pairs


def decisive(
    corpus: Corpus, near: Candidates, words: WordWeights, config: Config, group: NDArray[np.int32] | None = None
) -> Pairs:
    """Return the candidates for copies, of which those are measured that groups and stories depend on.

    The others are as if they shared little: no copies, nor one form filled in twice. `group`: the copy group of each
    row, its lowest, as far as they are known.
    """
    pairs = unmeasured(near.a, near.b, (near.jaccard, near.containment_a, near.containment_b))
    possible = may_be_copies(corpus, near, config)
    whole = np.minimum(near.containment_a, near.containment_b) >= WHOLE  # as copies of one group, whatever else
    known = group = np.arange(len(corpus.articles), dtype=np.int32) if group is None else group
    measure(corpus, pairs, np.flatnonzero(possible & ~whole), words)
    waiting = np.flatnonzero(possible & whole)
    for turn in range(ROUNDS + 1):
        waiting = waiting[group[near.a[waiting]] != group[near.b[waiting]]]
        now = waiting if turn == ROUNDS else _firsts(group, near, waiting)
        measure(corpus, pairs, now, words)
        waiting = np.setdiff1d(waiting, now, assume_unique=True)
        same = np.flatnonzero(whole & (pairs.relation <= RELATION_CODE[Relation.NEAR_DUPLICATE]))
        group = cluster.joined(known, near.a[same], near.b[same])
    return pairs


def forms_told(corpus: Corpus, pairs: Pairs, words: Callable[[], WordWeights], numbers: Callable[[], Numbers]) -> Pairs:
    """Return the pairs, those decided anew that look like one story and are of two, or measured to be one form.

    What is filled in anew for each day, game or person belongs in no story. `words`, `numbers`: asked for if any are.
    """
    likely = pairs.story_similarity >= LIKELY
    pairs, rows = told_apart(corpus, pairs, likely, numbers), np.flatnonzero(likely)
    rows = rows[(pairs.story_similarity[rows] > 0) & ~is_measured(pairs)[rows]]
    rows = rows[may_be_forms(corpus, pairs.a[rows], pairs.b[rows])]
    if not len(rows):
        return pairs
    measure(corpus, pairs, rows, words())
    return given_anew(pairs, rows, pairs.story_similarity[rows])


def told_apart(corpus: Corpus, pairs: Pairs, asked: NDArray[np.bool_], numbers: Callable[[], Numbers]) -> Pairs:
    """Return the pairs; those asked for that are `of_two`, but for copies, have no story similarity."""
    rows = np.flatnonzero(asked & (pairs.relation > RELATION_CODE[Relation.EXCERPT]))
    two = rows[of_two(corpus, numbers, pairs.a[rows], pairs.b[rows], pairs.story_similarity[rows])]
    return given_anew(pairs, two, np.zeros(len(two), dtype=np.float32)) if len(two) else pairs


def without_forms(
    corpus: Corpus, a: NDArray[np.int32], b: NDArray[np.int32], story: NDArray[np.float32],
    words: Callable[[], WordWeights], numbers: Callable[[], Numbers],
) -> NDArray[np.float32]:  # fmt: skip
    """Return the story similarity of pairs that share hardly a run of words: 0 where they tell of two things, or
    all the same are one form.

    `words`, `numbers`: asked for if any may be.
    """
    likely, story = np.flatnonzero(story >= LIKELY), story.copy()
    two = of_two(corpus, numbers, a[likely], b[likely], story[likely])
    story[likely[two]] = 0
    likely = likely[~two]
    likely = likely[may_be_forms(corpus, a[likely], b[likely])]
    if len(likely):
        story[likely[relation.is_form(features_of(corpus, a[likely], b[likely], words()))]] = 0
    return story


def of_two(
    corpus: Corpus, numbers: Callable[[], Numbers], a: NDArray[np.int32], b: NDArray[np.int32],
    story: NDArray[np.float32],
) -> NDArray[np.bool_]:  # fmt: skip
    """Return which pairs tell of two things or days in words of their own, bool; `story`: how like they are.

    `numbers`: gives those of the texts, which are not asked for most pairs of one page.
    """
    if not len(a):
        return np.zeros(0, dtype=np.bool_)
    return relation.of_two_subjects(corpus, numbers, a, b, story) | relation.of_other_figures(corpus, numbers, a, b)


def may_be_forms(corpus: Corpus, a: NDArray[np.int32], b: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Return which pairs have the words of one form in common, or titles of one series, bool of shape (pairs,).

    Of pairs that share hardly a run of words, no others are forms. It takes a tenth of what it takes to measure them.
    Of a text that is too long to be measured whole, all is possible.
    """
    rows, count = distinct(np.concatenate((a, b))), lengths(corpus.tokens.first)
    kept = np.zeros(len(count), dtype=np.bool_)
    kept[rows] = True
    bounds = np.concatenate(([0], np.cumsum(count[rows])))
    words = corpus.tokens.hash[np.repeat(kept, count)]
    first, words = shingle.distinct(bounds, words)
    left, right = np.searchsorted(rows, a), np.searchsorted(rows, b)
    size, long = lengths(first), count[rows] > relation.LONGEST_TEXT
    shared = shared_shingles(first[:-1], first[1:], words, left, right)
    alike = shared >= relation.ANEW * np.maximum(size[left], size[right])
    return np.asarray(alike | long[left] | long[right] | relation.of_one_series(corpus, a, b))


def may_be_copies(corpus: Corpus, near: Candidates, config: Config) -> NDArray[np.bool_]:
    """Return which candidates may be copies of each other, in part or as a whole, or one form filled in twice."""
    length = lengths(corpus.tokens.first)
    distinct = np.stack([near.shared / near.containment_a, near.shared / near.containment_b])
    words = np.stack([length[near.a], length[near.b]])
    late = np.abs(corpus.published[near.a] - corpus.published[near.b]) >= relation.LATE
    misread = relation.legible(corpus.tokens) < 1  # these share more than their shingles say
    possible = relation.may_be_copies(near.shared, distinct.round(), words, config.shingle_size, late)
    return possible | misread[near.a] | misread[near.b]


def _firsts(group: NDArray[np.int32], near: Candidates, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return of each group its pair with the first group before it that it has one with: of a family, its first."""
    one, other = group[near.a[rows]], group[near.b[rows]]
    order = np.argsort(keys_of(np.maximum(one, other), np.minimum(one, other)), kind="stable")
    _, first = np.unique(np.maximum(one, other)[order], return_index=True)
    return np.sort(rows[order[first]])


def measure(corpus: Corpus, pairs: Pairs, rows: NDArray[np.int64], words: WordWeights) -> None:
    """Put the measurements of some of the pairs, and what they say, in their place."""
    if not len(rows):
        return
    some = chosen(pairs, rows)
    found = measured(corpus, some.a, some.b, (some.jaccard, some.containment_a, some.containment_b), words)
    for column in ("features", "relation", "confidence"):
        getattr(pairs, column)[rows] = getattr(found, column)
