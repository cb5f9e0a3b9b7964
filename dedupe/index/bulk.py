"""Many articles at once: labelled, compared and clustered as a batch together with what the index knows near them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from .. import candidates, cluster, tfidf
from ..pipeline.ahead import load_ahead
from ..pipeline.analyze import counted
from ..pipeline.grouping import Alike, grouped
from ..pipeline.labels import named_apart
from ..pipeline.pause import collector_paused
from . import pages as kept_pages
from . import rows, upkeep
from .bodies import packed
from .kept import beside, kept, words_of
from .near import near_many
from .stories import with_stories
from .taking import all_taken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from ..config import Config
    from ..model import Article, Corpus, Skipped, Weights
    from ..pipeline.grouping import Grouped
    from .pages import Pages
    from .store import Store

# Articles of a transaction: 50 MB of text. With each come those of the index that its articles are near, up to four
# times as many, so that of a large index fewer chunks cost less; of long texts a chunk has fewer.
CHUNK = 16384
CHARACTERS = 1 << 27
KNOWN = 100  # of those that an article is like, the likest are kept; most have less than ten


def add_many(
    store: Store,
    values: Iterable[Article | Mapping[str, Any]],
    config: Config,
    jobs: int,
    skipped: list[Skipped] | None,
    progress: Callable[[int], None],
) -> dict[str, int]:
    """Return how many articles were new, known and changed, having added them a chunk at a time."""
    counts = {"new": 0, "known": 0, "changed": 0}
    taken = all_taken(values, skipped, jobs, CHUNK)
    for chunk in _chunks(counted(taken, lambda *_: None, partial(load_ahead, jobs))):
        with store.writing(settled=True), collector_paused():
            for state, number in _add(store, chunk, config, jobs).items():
                counts[state] += number
        upkeep.merge_tier(store)
        progress(sum(counts.values()))
    upkeep.merge_due(store)
    return counts


def _chunks(articles: Iterable[Article]) -> Iterator[list[Article]]:
    """Return the articles in chunks without two of one id."""
    chunk: dict[str, Article] = {}
    filled = 0
    for article in articles:
        if article.id in chunk:
            yield list(chunk.values())
            chunk, filled = {}, 0
        chunk[article.id] = article
        filled += len(article.text)
        if len(chunk) == CHUNK or filled >= CHARACTERS:
            yield list(chunk.values())
            chunk, filled = {}, 0
    if chunk:
        yield list(chunk.values())


def _add(store: Store, chunk: list[Article], config: Config, jobs: int) -> dict[str, int]:
    known = _known(store, chunk)
    fresh = [a for a in chunk if a.id not in known or known[a.id].page["text"] != kept_pages.fingerprint(a)]
    changed = [known[article.id].aid for article in fresh if article.id in known]
    if fresh:
        store.retire(changed, words_of(kept(store, changed)))
        pages = kept_pages.read(store, fresh, config, jobs=jobs)
        pages = replace(pages, labelled=named_apart(pages.labelled, jobs))
        with ThreadPoolExecutor(1) as aside:  # without Python's lock, while stories are sought
            bodies = aside.submit(packed, pages.labelled.blocks, pages.corpus, jobs)
            find = kept_pages.wanted(pages)
            placed, copies, alike = _stories(store, pages, near_many(store, find, config), config, jobs)
            store.append_many(kept_pages.entries(pages, find, copies, alike, bodies.result()), placed)
    return {"new": len(fresh) - len(changed), "known": len(chunk) - len(fresh), "changed": len(changed)}


def _known(store: Store, chunk: list[Article]) -> dict[str, rows.Row]:
    """Return the rows of those of the articles that are in the index, by id."""
    _, aids = store.find(np.array([rows.id_key(article.id) for article in chunk], dtype=np.uint32))
    ids = {article.id for article in chunk}
    return {row.page["id"]: row for row in store.articles(np.unique(aids).tolist()) if row.page["id"] in ids}


def _stories(
    store: Store, pages: Pages, found: list[int], config: Config, jobs: int
) -> tuple[list[int], list[list[int]], list[list[tuple[int, int]]]]:
    """Return of each page that is to be added its story, the articles it is a copy of, and those it is like, by number.

    Stories of the index that they bring together are merged.
    """
    others = kept(store, found)
    corpus, order = beside(pages, others)
    aids = np.array([0] * len(pages.given) + found, dtype=np.int64)[order]
    told = _clustered(store, pages, corpus, order, aids, config, jobs)
    label, group = told.story, told.group
    next_aid = store.memory.state.last + 1
    number: dict[int, int] = {}  # the label of each story -> its number in the index
    held: dict[int, set[int]] = {}
    for name, story in zip(label[aids != 0].tolist(), store.stories(aids[aids != 0]), strict=True):
        held.setdefault(name, set()).add(story)
    moves: list[tuple[int, int]] = []
    for name, together_now in sorted(held.items()):
        number[name] = min(together_now)
        for story in sorted(together_now - {number[name]}):
            moves += [(aid, number[name]) for aid in store.members(story)]
    store.move(moves)
    numbers = np.where(aids, aids, next_aid + order)
    mine = sorted(
        (aid, int(name))
        for aid, name, old in zip(numbers.tolist(), label.tolist(), aids.tolist(), strict=True)
        if not old
    )
    placed = [number.setdefault(name, aid) for aid, name in mine]
    return placed, _copies(numbers, aids != 0, group), _alike([told.links, *told.asked], numbers, next_aid, group)


def _copies(numbers: NDArray[np.int64], old: NDArray[np.bool_], group: NDArray[np.int32]) -> list[list[int]]:
    """Return for each new article, in order of their numbers, those of the index that it is a copy of, or the first.

    >>> _copies(np.array([8, 3, 7, 9]), np.array([False, True, False, False]), np.array([0, 1, 0, 1]))
    [[], [7], [3]]
    """
    told: dict[int, list[int]] = {}
    for number, name in sorted(zip(numbers[old].tolist(), group[old].tolist(), strict=True)):
        told.setdefault(name, []).append(number)
    found = []
    for number, name in sorted(zip(numbers[~old].tolist(), group[~old].tolist(), strict=True)):
        found.append([one for one in told.setdefault(name, [number]) if one != number])
    return found


def _alike(
    measured: Sequence[Alike], numbers: NDArray[np.int64], first: int, group: NDArray[np.int32]
) -> list[list[tuple[int, int]]]:
    """Return for each new article, those numbered from `first` on, earlier ones that it is like, and how much.

    In thousandths; the KNOWN likest, in the order of their numbers, none of its copies.

    >>> links = Alike(np.array([0, 0, 1]), np.array([1, 2, 2]), np.array([0.9, 0.1, 0.31], dtype=np.float32))
    >>> _alike([links], np.array([7, 5, 6]), 6, np.array([0, 1, 2]))
    [[(5, 310)], [(5, 900)]]
    """
    a, b = (np.concatenate([getattr(some, side) for some in measured]) for side in "ab")
    much = np.concatenate([some.story_similarity for some in measured]).astype(np.float64)
    later, earlier = np.maximum(numbers[a], numbers[b]), np.minimum(numbers[a], numbers[b])
    kept = (later >= first) & (much >= cluster.REACH) & (group[a] != group[b])
    later, earlier, much = later[kept], earlier[kept], np.round(much[kept] * 1000).astype(np.int64)
    order = np.lexsort((earlier, -much, later))
    rank = np.arange(len(order)) - np.searchsorted(later[order], later[order])
    order = order[rank < KNOWN]
    order = order[np.lexsort((earlier[order], later[order]))]
    pairs = [*zip(earlier[order].tolist(), much[order].tolist(), strict=True)]
    new = np.arange(first, first + (numbers >= first).sum() + 1)
    bounds = np.searchsorted(later[order], new).tolist()
    return [pairs[low:high] for low, high in pairwise(bounds)]


def _clustered(
    store: Store, pages: Pages, corpus: Corpus, order: NDArray[np.int64], aids: NDArray[np.int64], config: Config,
    jobs: int,
) -> Grouped:  # fmt: skip
    """Return the rows grouped; those of one story in the index stay together."""
    alone = not aids.any()
    weights = (
        tfidf.in_order(pages.weights, order) if alone else kept_pages.weigh(store, corpus, pages.weights, jobs=jobs)
    )
    near = candidates.find(corpus.tokens, config, jobs=jobs)
    old = np.flatnonzero(aids)
    joined = partial(with_stories, rows=old, story=store.story_column(aids[old]))

    def recounted(weights: Weights, distinct: NDArray[np.bool_]) -> Weights:
        return kept_pages.recounted(store, weights, distinct & (aids == 0), jobs)

    among = None if alone else store.memory.documents + len(pages.given)
    return grouped(
        corpus, weights, near, config, jobs=jobs, told=False, recounted=recounted, joined=joined, among=among
    )
