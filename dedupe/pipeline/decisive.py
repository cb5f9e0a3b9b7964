"""Which candidate pairs have to be measured before articles can be grouped, as if all had been measured.

Measuring a pair takes longer than finding it, and most pairs decide nothing: the two share too little text to be
copies. For an index, which reports no pairs, neither do two articles that are in one copy group already.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from .. import cluster, relation, shingle
from ..candidates import Candidates
from ..candidates.verify import shared_shingles
from ..config import Config
from ..model import Corpus
from ..model.codes import EXCERPT, NEAR_DUPLICATE
from ..relation import Numbers
from ..rows import bounds_of, distinct, lengths
from .copy_groups import WHOLE
from .pairs import Pairs, WordWeights, chosen, features_of, given_anew, is_measured, keys_of, measured, of_candidates

LIKELY = 0.5  # story similarity from which on two are likelier of one story than not
ROUNDS = 2  # in which each group is held against the first group it may be one with; then all that is left is measured


def measured_copies(corpus: Corpus, near: Candidates, words: WordWeights, config: Config) -> Pairs:
    """Return the candidate pairs, of which those are measured that may be copies, whole or in part.

    The others wait until stories are known: most of them turn out to be of two stories and are not reported at all.
    """
    pairs = of_candidates(near)
    measure(corpus, pairs, np.flatnonzero(may_be_copies(corpus, near, config)), words)
    return pairs


def decisive(corpus: Corpus, near: Candidates, words: WordWeights, config: Config, known: NDArray[np.int32]) -> Pairs:
    """Return the candidate pairs, of which only those are measured that groups and stories depend on.

    The others look as if they shared little text: like neither copies nor one form filled in twice. `known`: the copy
    group of each row so far, named by its lowest row.
    """
    pairs = of_candidates(near)
    possible = may_be_copies(corpus, near, config)
    whole = np.minimum(near.containment_a, near.containment_b) >= WHOLE  # as copies of one group, whatever else
    group = known
    measure(corpus, pairs, np.flatnonzero(possible & ~whole), words)
    waiting = np.flatnonzero(possible & whole)
    for turn in range(ROUNDS + 1):
        waiting = waiting[group[near.a[waiting]] != group[near.b[waiting]]]
        now = waiting if turn == ROUNDS else _firsts(group, near, waiting)
        measure(corpus, pairs, now, words)
        waiting = np.setdiff1d(waiting, now, assume_unique=True)
        same = np.flatnonzero(whole & (pairs.relation <= NEAR_DUPLICATE))
        group = cluster.joined(known, near.a[same], near.b[same])
    return pairs


def forms_told(corpus: Corpus, pairs: Pairs, words: Callable[[], WordWeights], numbers: Callable[[], Numbers]) -> Pairs:
    """Return the pairs; those that look like one story but tell of two things get a story similarity of 0.

    Such are forms that are filled in anew for each day, game or person. `words`, `numbers`: called only if needed.
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
    """Return the pairs; those `asked` about that are `of_two`, and no copies, get a story similarity of 0."""
    rows = np.flatnonzero(asked & (pairs.relation > EXCERPT))
    two = rows[of_two(corpus, numbers, pairs.a[rows], pairs.b[rows], pairs.story_similarity[rows])]
    return given_anew(pairs, two, np.zeros(len(two), dtype=np.float32)) if len(two) else pairs


def without_forms(
    corpus: Corpus, a: NDArray[np.int32], b: NDArray[np.int32], story: NDArray[np.float32],
    words: Callable[[], WordWeights], numbers: Callable[[], Numbers],
) -> NDArray[np.float32]:  # fmt: skip
    """Return the story similarities of pairs that share hardly any text, with 0 for those that tell of two things.

    `words`, `numbers`: called only if needed.
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
    """Return which pairs tell of two subjects or two days, each in its own words, bool of shape (pairs,).

    `story`: their story similarity. `numbers`: gives the numbers of the texts; called only if needed.
    """
    if not len(a):
        return np.zeros(0, dtype=np.bool_)
    return relation.of_two_subjects(corpus, numbers, a, b, story) | relation.of_other_figures(corpus, numbers, a, b)


def may_be_forms(corpus: Corpus, a: NDArray[np.int32], b: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Return which pairs have the words of one form in common, or titles of one series, bool of shape (pairs,).

    Of pairs that share hardly a run of words, no others can be forms. To find them takes a tenth of the time that it
    takes to measure all. A text that is too long to be measured whole may always be a form.
    """
    if not len(a):
        return np.zeros(0, dtype=np.bool_)
    rows, count = distinct(np.concatenate((a, b))), lengths(corpus.tokens.first)
    kept = np.zeros(len(count), dtype=np.bool_)
    kept[rows] = True
    words = corpus.tokens.hash[np.repeat(kept, count)]
    first, words = shingle.distinct(bounds_of(count[rows]), words)
    left, right = np.searchsorted(rows, a), np.searchsorted(rows, b)
    size, long = lengths(first), count[rows] > relation.LONGEST_TEXT
    shared = shared_shingles(first[:-1], first[1:], words, left, right)
    alike = shared >= relation.ANEW * np.maximum(size[left], size[right])
    return alike | long[left] | long[right] | relation.of_one_series(corpus, a, b)


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
    """Return one pair of each group: that with the first of the groups before it that it has a pair with."""
    one, other = group[near.a[rows]], group[near.b[rows]]
    order = np.argsort(keys_of(np.maximum(one, other), np.minimum(one, other)), kind="stable")
    _, first = np.unique(np.maximum(one, other)[order], return_index=True)
    return np.sort(rows[order[first]])


def measure(corpus: Corpus, pairs: Pairs, rows: NDArray[np.int64], words: WordWeights) -> None:
    """Put the measurements of some of the pairs, and what they say, in their place."""
    if not len(rows):
        return
    found = measured(corpus, chosen(pairs, rows), words)
    for column in ("features", "relation", "confidence"):
        getattr(pairs, column)[rows] = getattr(found, column)
