"""Which articles are copies of one text, and which tell one story: there a text counts once, however often it ran."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from .. import cluster, relation, similarity, tfidf
from ..candidates import Candidates
from ..cluster.linkage import Measure
from ..config import Config
from ..jobs import once, together
from ..model import Corpus, Weights
from ..relation import Numbers
from ..rows import distinct, lengths, places_in
from ..similarity import Told
from ..tfidf.neighbours import Neighbours
from .copy_groups import copy_groups, known_by_text
from .decisive import decisive, forms_told, measured_copies, without_forms
from .pairs import Pairs, WordWeights, chosen, keys_of, sides_of, with_story

T = TypeVar("T")


class Alike(NamedTuple):
    """How likely pairs of rows a < b tell one story, as columns; they are sorted by (a, b), but in `Grouped.asked`."""

    a: NDArray[np.int32]
    b: NDArray[np.int32]
    story_similarity: NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """What is known of rows that were grouped before, so that no two of them are measured again.

    `old`: which rows these are, bool. `group`: the copy group of each row, named by its lowest row, int32. `links`: how
    alike they are. `joined`: returns the story that each row stays in, named by its lowest row, given the copy groups
    and what is measured. `among`: how many texts there are in all; the rows of a run are only some of them.
    """

    old: NDArray[np.bool_]
    group: NDArray[np.int32]
    links: Alike
    joined: Callable[[NDArray[np.int32], Alike], NDArray[np.int32]]
    among: int


@dataclass(frozen=True, slots=True, eq=False)
class ForIndex:
    """How an index has articles grouped: only what decides groups and stories is measured, as it tells of no pairs.

    `recounted`: returns TF-IDF rows weighed anew by all that the index counts, given the rows and which of them are
    distinct texts. `known`: None if the index has none of the articles yet.
    """

    recounted: Callable[[Weights, NDArray[np.bool_]], Weights]
    known: Known | None = None


class Texts(NamedTuple):
    """The pairs that share text, the copy group of each article, and its neighbours, with one article for each group.

    `group`: int32, the lowest row of each article's group. `sample`: int32, the row that stands for it among the
    neighbours. `several`: bool, which pages hold another text too. `weights`: the TF-IDF rows by which stories are told
    apart; `words`: what the words weigh by them. `numbers`: those of the texts. `corpus`: as `known_by_text` gives it.
    `told`: what its titles and openings tell.
    """

    corpus: Corpus
    told: Told
    words: Callable[[], WordWeights]
    numbers: Callable[[], Numbers]
    shared: Pairs
    group: NDArray[np.int32]
    sample: NDArray[np.int32]
    several: NDArray[np.bool_]
    weights: Weights
    next_to: Neighbours
    odds: NDArray[np.float64]  # of the neighbours, as `similarity.beforehand` gives them


@dataclass(frozen=True, slots=True, eq=False)
class Grouped:
    """The story of each article, int32, named by its lowest row, the pairs that share text, and the links.

    `copies`: the pairs of `texts` with their story similarity. `asked`: the pairs that were measured beyond the links,
    before clusters were merged; in these the lowest row of a copy group stands for the whole group.
    """

    texts: Texts
    copies: Pairs
    links: Alike
    story: NDArray[np.int32]
    asked: list[Alike]


def _at_once(stage: str, work: Callable[[], T]) -> T:
    return work()


def grouped(
    corpus: Corpus,
    weights: Weights,
    near: Candidates,
    config: Config,
    *,
    jobs: int = 1,
    index: ForIndex | None = None,
    staged: Callable[[str, Callable[[], Any]], Any] = _at_once,
) -> Grouped:
    """Return the articles grouped, given their TF-IDF rows and the candidates for copies.

    `index`: see `texts`. `staged(name, work)` returns work(), perhaps saying so.
    """
    of = texts(corpus, weights, near, config, jobs=jobs, index=index, staged=staged)
    copies, links = staged("similarities", lambda: _alike(corpus, of, jobs))
    story, asked = staged("stories", lambda: _stories(of, links, index.known if index else None, config, jobs))
    return Grouped(of, copies, links, story, asked)


def texts(
    corpus: Corpus,
    weights: Weights,
    near: Candidates,
    config: Config,
    *,
    jobs: int = 1,
    index: ForIndex | None = None,
    staged: Callable[[str, Callable[[], Any]], Any] = _at_once,
) -> Texts:
    """Return which articles are copies of one text, and what each text is near.

    A text counts once, however many outlets ran it: forty copies would be each other's neighbours, make their
    surroundings look crowded and their own words common, and so part them from all other reports of the event. So words
    are weighed anew by the distinct texts. All pairs that may be copies are measured, because a report tells of them;
    for an `index` only those that decide the groups are, and pairs inside a group are left out. Where the index knows
    some of the rows, no pair in `near` or in what is returned is of two of these.
    """
    known = index.known if index else None
    terms = tfidf.stemmed(corpus)[0].hash
    words = WordWeights.of(terms, weights, jobs)
    so_far = known.group if known else np.arange(len(corpus.articles), dtype=np.int32)
    measure = partial(decisive, known=so_far) if index else measured_copies
    shared = staged("relations of copies", lambda: measure(corpus, near, words, config))
    alike, round_ups = partial(similarity.similarities, corpus, weights), partial(similarity.round_ups, corpus)
    group, several = copy_groups(so_far, shared, alike, round_ups)
    if index:
        shared = chosen(shared, group[shared.a] != group[shared.b])
    sample = _samples(group, lengths(corpus.tokens.first), several)
    distinct = sample == np.arange(len(group))
    weights = index.recounted(weights, distinct) if index else tfidf.of_distinct(weights, distinct, jobs=jobs)
    words_of_distinct = once(partial(WordWeights.of, terms, weights, jobs))
    asking = ~known.old if known else None
    next_to, (by_text, told) = staged(
        "neighbours",
        lambda: together(
            lambda: tfidf.neighbours(weights, distinct, asking=asking, jobs=jobs),
            lambda: _by_text(corpus, weights, group),
            jobs,
        ),
    )
    weights, odds = staged("similarities", lambda: _surrounded(by_text, told, weights, next_to, sample, jobs))
    numbers = once(partial(relation.numbers_of, corpus.tokens))
    return Texts(
        corpus=by_text, told=told, words=words_of_distinct, numbers=numbers, shared=shared, group=group, sample=sample,
        several=several, weights=weights, next_to=next_to, odds=odds,
    )  # fmt: skip


def _by_text(corpus: Corpus, weights: Weights, group: NDArray[np.int32]) -> tuple[Corpus, Told]:
    """Return the corpus with what its texts are known by, and what its titles and openings tell."""
    by_text = known_by_text(corpus, group)
    return by_text, similarity.told_by(by_text, weights, np.arange(len(group), dtype=np.int32))


def _samples(group: NDArray[np.int32], words: NDArray[np.int64], several: NDArray[np.bool_]) -> NDArray[np.int32]:
    """Return for each row the one that stands for its copy group: the middle one by length, neither cut nor padded.

    Pages that hold `several` texts stand for none, but where all of a group do.

    >>> apart = np.array([False, False, False, False])
    >>> _samples(np.array([0, 0, 0, 3]), np.array([90, 300, 310, 50]), apart).tolist()
    [1, 1, 1, 3]
    >>> _samples(np.array([0, 0, 0, 3]), np.array([90, 300, 310, 50]), np.array([False, True, True, True])).tolist()
    [0, 0, 0, 3]
    """
    order = np.lexsort((words, several, group))
    first = np.flatnonzero(np.diff(group[order], prepend=-1))
    count = np.diff(first, append=len(order))
    alone = np.add.reduceat(~several[order], first)
    middle = order[first + np.where(alone > 0, alone, count) // 2]
    return np.repeat(middle, count)[np.argsort(order)].astype(np.int32)


def _surrounded(
    corpus: Corpus, told: Told, weights: Weights, next_to: Neighbours, sample: NDArray[np.int32], jobs: int
) -> tuple[Weights, NDArray[np.float64]]:
    """Return the rows with how near and how like their neighbours are, and what is known of the neighbours' odds."""
    weights = tfidf.surrounded(weights, next_to, sample)
    likeness, odds = similarity.beforehand(corpus, weights, next_to.a, next_to.b, jobs=jobs, told=told)
    return tfidf.likened(weights, next_to, likeness, sample), odds


def _alike(corpus: Corpus, of: Texts, jobs: int) -> tuple[Pairs, Alike]:
    """Return the pairs that share text with their story similarity, and that of neighbours too, once each, in order."""
    weights, next_to = of.weights, of.next_to
    known = keys_of(of.shared.a, of.shared.b)
    near = keys_of(next_to.a, next_to.b)  # ascends, as what is known does
    fresh = np.flatnonzero(places_in(known, near) < 0)
    a, b = next_to.a[fresh], next_to.b[fresh]
    copies, score = together(
        lambda: forms_told(corpus, with_story(of.corpus, weights, of.shared, jobs, of.told), of.words, of.numbers),
        lambda: without_forms(corpus, a, b, similarity.finished(weights, a, b, of.odds[fresh]), of.words, of.numbers),
        jobs,
    )
    order = np.argsort(np.concatenate((known, near[fresh])), kind="stable")  # two runs that ascend: merged
    every = (copies.a, copies.b, copies.story_similarity), (a, b, score)
    return copies, Alike(*(np.concatenate(column)[order] for column in zip(*every, strict=True)))


def _stories(
    of: Texts, links: Alike, known: Known | None, config: Config, jobs: int
) -> tuple[NDArray[np.int32], list[Alike]]:
    """Return the story of each article, and what was measured for it beyond the links, as it was asked for."""
    asked = []

    def measure(a: NDArray[np.int32], b: NDArray[np.int32]) -> NDArray[np.float32]:
        found = similarity.similarities(of.corpus, of.weights, of.sample[a], of.sample[b], jobs=jobs, told=of.told)
        asked.append(Alike(a, b, found))
        return found

    told, joined, alone = _between_texts(of, links, measure), None, None
    if known:
        joined, both, alone = known.joined(of.group, told), [told, known.links], cluster.alone_among(known.among)
        told = Alike(*map(np.concatenate, zip(*both, strict=True)))
    story = cluster.stories(
        len(of.group), *told, threshold=config.story_threshold, alone=alone, copies=of.group, joined=joined,
        measure=measure,
    )  # fmt: skip
    return story, asked


def _between_texts(of: Texts, links: Alike, measure: Measure) -> Alike:
    """Return how like texts are: of a copy group only the links of the one that stands for it.

    A copy may hold more than its text: a round-up opens with one report and goes on with another. What is linked by
    such copies alone is measured between those that stand for the two texts. What is a form of one copy is of all.
    """
    apart = of.group[links.a] != of.group[links.b]
    a, b, value = links.a[apart], links.b[apart], links.story_similarity[apart]
    one, other = of.group[a], of.group[b]
    key = keys_of(np.minimum(one, other), np.maximum(one, other))
    own = ((of.sample[a] == a) & (of.sample[b] == b)) | (value == 0)
    lacking = distinct(key[~own])
    known = places_in(lacking, key[own])
    lacking = np.delete(lacking, known[known >= 0])
    first, second = sides_of(lacking)
    found = measure(first, second) if len(lacking) else value[:0]
    forms = distinct(key[value == 0])
    value = np.where(places_in(forms, key) >= 0, np.float32(0.0), value)
    return Alike(*map(np.concatenate, ((a[own], first), (b[own], second), (value[own], found))))
