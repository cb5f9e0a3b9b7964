"""Where the articles of a chunk belong among what the index knows near them.

Only pairs with a new article are measured: how like the others are to each other is kept with them. So a chunk costs
what its own articles do, and a wrong join of stories is undone when articles come that show it, as with one at a time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from functools import partial
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .. import candidates, cluster, tfidf
from ..candidates import Candidates
from ..config import Config
from ..model import Corpus, Weights
from ..pipeline.grouping import Alike, ForIndex, Grouped, Known, grouped
from . import pages as kept_pages
from .copies import known_groups
from .kept import Kept, beside, kept_many
from .near import Chosen
from .pages import Pages
from .store import Store
from .stories import MEMBERS, NEARLY, named, with_stories

# Keys of its text, and of its heavy terms as near._related has it, that an article has to share with a new one for the
# others of its story to be fetched with it.
SHARED, RELATED = 8, 0.1
# Of those that an article is like, the likest are kept; most have less than ten. Of those that it is a copy of, the
# first: kept with all, thousands of pages of one text would name each other in millions of numbers.
KNOWN = 100


class Places(NamedTuple):
    """Of each page that is to be added its story, the articles it is a copy of, and those it is like, by number.

    `several`: [0] of each page that holds another text beside that of its copies. `moves`: articles of the index and
    the story that each goes to.
    """

    story: list[int]
    copies: list[list[int]]
    alike: list[list[tuple[int, int]]]
    several: list[list[int]]
    moves: list[tuple[int, int]]


class Rows(NamedTuple):
    """The pages of a chunk and articles of the index as the columns of a run, in the order of their ids.

    `number`: int64, the number that each row's article has in the index, or will have; `old`: bool, which are in it;
    `page`, `other`: the row of each page, and of each article of the index.
    """

    corpus: Corpus
    number: NDArray[np.int64]
    old: NDArray[np.bool_]
    page: NDArray[np.int64]
    other: NDArray[np.int64]


def places(
    store: Store, pages: Pages, near: tuple[Chosen, Chosen], own: Callable[[], Candidates], was: Sequence[int],
    config: Config, jobs: int,
) -> Places:  # fmt: skip
    """Return where pages belong, given the articles of the index that may share text with each, and a story.

    `own`: waits for the pairs of pages that share text, as rows in the order of their ids. `was`: of each page the
    story that another text of its id was in, or 0.
    Stories of the index that they bring together are merged, those that they show to be several are divided.
    """
    aids = _with_members(store, *near)
    first = store.memory.state.last + 1
    others, rows = _rows(store, pages, aids, first)
    story = np.zeros(len(rows.old), dtype=np.int64)
    story[rows.old] = store.stories(rows.number[rows.old])
    known = known_groups(rows.number, others).group
    shared = _candidates(own(), rows, near[0], config, jobs)
    told = _grouped(store, pages, rows, others, known, shared, story, config, jobs)
    now = _stayed(store, rows, _named(store, rows, story, told.story), was)
    return Places(
        now[rows.page].tolist(),
        _copies(rows.number, rows.old, told.texts.group, known, told.texts.sample),
        _alike([_spoken(told), *told.asked], rows.number, first),
        [[0] if several else [] for several in told.texts.several[rows.page].tolist()],
        _moves(store, rows, story, now),
    )


def _with_members(store: Store, copies: Chosen, related: Chosen) -> NDArray[np.int64]:
    """Return the articles of the index that are near, with the newest of the stories that they likely lead to."""
    likely = np.append(copies.aid[copies.strength >= SHARED], related.aid[related.strength >= RELATED])
    members = [aid for story in {*store.stories(likely)} for aid in store.members(story)[-MEMBERS:]]
    return np.unique(np.concatenate((copies.aid, related.aid, np.array(members, dtype=np.int64))))


def _rows(store: Store, pages: Pages, aids: NDArray[np.int64], first: int) -> tuple[list[Kept], Rows]:
    """Return the articles of the index with these numbers, and the rows; their words are only in these."""
    others = kept_many(store, aids.tolist())
    corpus, order = beside(pages, *others)
    own = len(pages.given)
    row = np.argsort(order)
    number = np.concatenate((np.arange(first, first + own), aids))[order]
    return others.kept, Rows(corpus, number, order >= own, row[:own], row[own:])


def _links(rows: Rows, others: Sequence[Kept]) -> Alike:
    """Return how alike the articles of the index are, as it was kept when the later one of each two came."""
    row_of = dict(zip(rows.number[rows.other].tolist(), rows.other.tolist(), strict=True))
    found = [
        (row_of[near], row, much)
        for other, row in zip(others, rows.other.tolist(), strict=True)
        for near, much in other.row.alike.items()
        if near in row_of
    ]
    a, b, much = np.array(found, dtype=np.int64).reshape(-1, 3).T
    return Alike(np.minimum(a, b).astype(np.int32), np.maximum(a, b).astype(np.int32), (much / 1000).astype(np.float32))


def _grouped(
    store: Store, pages: Pages, rows: Rows, others: Sequence[Kept], group: NDArray[np.int32], shared: Candidates,
    story: NDArray[np.int64], config: Config, jobs: int,
) -> Grouped:  # fmt: skip
    """Return the rows grouped, given their known copy groups, the pairs that share text, and the story each was in."""
    known = Known(
        old=rows.old,
        group=group,
        links=_links(rows, others),
        joined=partial(_staying, store, rows.old, story, least=NEARLY * config.story_threshold),
        among=store.memory.documents + len(pages.given),
    )
    weights = (
        kept_pages.weighed(store, tfidf.rated(*tfidf.stemmed(rows.corpus), jobs=jobs), pages.weights, jobs=jobs)
        if others
        else tfidf.in_order(pages.weights, np.argsort(rows.page))
    )

    def recounted(weights: Weights, distinct: NDArray[np.bool_]) -> Weights:
        return kept_pages.recounted(store, weights, distinct & ~rows.old, jobs)

    index = ForIndex(recounted, known if others else None)
    return grouped(rows.corpus, weights, shared, config, jobs=jobs, index=index)


def _candidates(own: Candidates, rows: Rows, near: Chosen, config: Config, jobs: int) -> Candidates:
    """Return the pairs that share text, given those of pages alone, and which may with articles of the index."""
    if not rows.old.any():
        return own
    new = np.flatnonzero(~rows.old).astype(np.int32)
    one, other = rows.page[near.row], rows.other[np.searchsorted(rows.number[rows.other], near.aid)]
    a, b = np.minimum(one, other), np.maximum(one, other)
    found = candidates.overlap_of(rows.corpus.tokens, a, b, config.shingle_size, jobs)
    mine, theirs = replace(own, a=new[own.a], b=new[own.b]), candidates.worth_keeping(a, b, found, config)
    names = [field.name for field in fields(Candidates) if field.name != "capped"]
    columns: dict[str, Any] = {name: np.append(getattr(mine, name), getattr(theirs, name)) for name in names}
    order = np.lexsort((columns["b"], columns["a"]))
    return replace(own, **{name: column[order] for name, column in columns.items()})


def _staying(
    store: Store, old: NDArray[np.bool_], story: NDArray[np.int64], group: NDArray[np.int32], told: Alike, least: float
) -> NDArray[np.int32]:
    """Return the copy groups joined that are of a story which stays as it is.

    That is one that is long, or not all here, or that none touches. `told`: how alike texts are of which one is new;
    `least`: how much two have to be.
    """
    fresh = np.zeros(len(group), dtype=np.bool_)
    fresh[group[~old]] = True
    near = told.story_similarity >= least
    touched = np.concatenate((told.a[near], told.b[near], np.flatnonzero(fresh[group])))
    here = dict(zip(*(column.tolist() for column in np.unique(story, return_counts=True)), strict=True))
    free = [
        one
        for one in np.unique(story[touched]).tolist()
        if one and here[one] <= MEMBERS and here[one] == len(store.members(one))
    ]
    rows = np.flatnonzero(old & ~np.isin(story, free))
    return with_stories(group, rows, story[rows])


def _named(store: Store, rows: Rows, story: NDArray[np.int64], found: NDArray[np.int32]) -> NDArray[np.int64]:
    """Return the number of the story of each row, given the story it had, 0 of a new one, and its group now."""
    order = np.argsort(rows.number)
    last = store.memory.state.last
    numbers, was, part = (column[order].tolist() for column in (rows.number, story, found))
    now = np.empty(len(order), dtype=np.int64)
    now[order] = named(numbers, was, part, lambda one: one <= last and bool(store.members(one)), store.memory.merged)
    return now


def _stayed(store: Store, rows: Rows, now: NDArray[np.int64], was: Sequence[int]) -> NDArray[np.int64]:
    """Return the story of each row. A new story of a page whose old text was alone in its story keeps that one's id."""
    given, left = store.memory.merged.keys() | {*now.tolist()}, dict[int, int]()  # old id -> that of the new story
    for row, story in zip(rows.page.tolist(), was, strict=True):
        if story and now[row] == rows.number[row] and story not in given and not store.members(story):
            left.setdefault(story, int(now[row]))
    name = {page: story for story, page in left.items()}
    return np.array([name.get(story, story) for story in now.tolist()], dtype=np.int64) if name else now


def _moves(store: Store, rows: Rows, story: NDArray[np.int64], now: NDArray[np.int64]) -> list[tuple[int, int]]:
    """Return which articles of the index go to another story, and with a story that stays whole those not here."""
    went = np.flatnonzero(rows.old & (story != now))
    moves = dict(zip(rows.number[went].tolist(), now[went].tolist(), strict=True))
    here = set(rows.number.tolist())
    for was, new in dict(zip(story[went].tolist(), now[went].tolist(), strict=True)).items():
        moves |= {aid: new for aid in store.members(was) if aid not in here}
    return sorted(moves.items())


def _spoken(told: Grouped) -> Alike:
    """Return the links but those of pages that hold another text than that of their copies."""
    texts = told.texts
    speaks = ~texts.several | (texts.sample == np.arange(len(texts.sample)))
    kept = speaks[told.links.a] & speaks[told.links.b]
    return Alike(*(column[kept] for column in told.links))


def _copies(
    numbers: NDArray[np.int64], old: NDArray[np.bool_], group: NDArray[np.int32], known: NDArray[np.int32],
    sample: NDArray[np.int32],
) -> list[list[int]]:  # fmt: skip
    """Return for each new article, in order of their numbers, those of the index that it is a copy of, or its sample.

    Of those that were `known` to be of one group the first KNOWN. `sample`: the row that stands for each, whose words
    are counted.

    >>> numbers, old = np.array([8, 3, 7, 9]), np.array([False, True, False, False])
    >>> _copies(numbers, old, np.array([0, 1, 0, 1]), np.arange(4), np.array([0, 1, 0, 1]))
    [[8], [], [3]]
    """
    told: dict[int, list[int]] = {}
    many: Counter[int] = Counter()
    for number, name, part in sorted(zip(*(of[old].tolist() for of in (numbers, group, known)), strict=True)):
        many[part] += 1
        if many[part] <= KNOWN:
            told.setdefault(name, []).append(number)
    new = sorted(zip(*(of[~old].tolist() for of in (numbers, group, numbers[sample])), strict=True))
    return [told.get(name, [] if number == first else [first]) for number, name, first in new]


def _alike(measured: Sequence[Alike], numbers: NDArray[np.int64], first: int) -> list[list[tuple[int, int]]]:
    """Return for each new article, those numbered from `first` on, earlier ones that it is like, and how much.

    In thousandths; the KNOWN likest, in the order of their numbers. None of its copies: `measured` are no two of these.

    >>> links = Alike(np.array([0, 0, 1]), np.array([1, 2, 2]), np.array([0.9, 0.1, 0.31], dtype=np.float32))
    >>> _alike([links], np.array([7, 5, 6]), 6)
    [[(5, 310)], [(5, 900)]]
    """
    a, b, alike = map(np.concatenate, zip(*measured, strict=True))
    much = alike.astype(np.float64)
    later, earlier = np.maximum(numbers[a], numbers[b]), np.minimum(numbers[a], numbers[b])
    kept = (later >= first) & (much >= cluster.REACH)
    later, earlier, much = later[kept], earlier[kept], np.round(much[kept] * 1000).astype(np.int64)
    order = np.lexsort((earlier, -much, later))
    rank = np.arange(len(order)) - np.searchsorted(later[order], later[order])
    order = order[rank < KNOWN]
    order = order[np.lexsort((earlier[order], later[order]))]
    pairs = [*zip(earlier[order].tolist(), much[order].tolist(), strict=True)]
    new = np.arange(first, first + (numbers >= first).sum() + 1)
    bounds = np.searchsorted(later[order], new).tolist()
    return [pairs[low:high] for low, high in pairwise(bounds)]
