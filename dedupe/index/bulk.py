"""Many articles at once: labelled, compared and clustered as a batch together with what the index knows near them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .. import candidates, cluster, similarity, tfidf
from ..model import RELATION_CODE, Relation
from ..pipeline.pairs import alike, judge_copies
from . import pages as kept_pages
from . import rows, upkeep
from .near import near_many

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from ..config import Config
    from ..model import Article, Corpus
    from .pages import Pages
    from .store import Store

CHUNK = 8192  # articles of a transaction: 25 MB of text, and a run that need not merge at once


def add_many(store: Store, articles: Iterable[Article], config: Config, jobs: int) -> dict[str, int]:
    """Return how many articles were new, known and changed, having added them a chunk at a time."""
    counts = {"new": 0, "known": 0, "changed": 0}
    for chunk in _chunks(articles):
        with store.writing(settled=True):
            for state, number in _add(store, chunk, config, jobs).items():
                counts[state] += number
        upkeep.merge_due(store)
    return counts


def _chunks(articles: Iterable[Article]) -> Iterator[list[Article]]:
    """Return the articles in chunks without two of one id."""
    chunk: dict[str, Article] = {}
    for article in articles:
        if article.id in chunk or len(chunk) == CHUNK:
            yield list(chunk.values())
            chunk = {}
        chunk[article.id] = article
    if chunk:
        yield list(chunk.values())


def _add(store: Store, chunk: list[Article], config: Config, jobs: int) -> dict[str, int]:
    known = _known(store, chunk)
    fresh = [a for a in chunk if a.id not in known or known[a.id].page["text"] != kept_pages.fingerprint(a)]
    changed = [known[article.id].aid for article in fresh if article.id in known]
    if fresh:
        store.retire(changed)
        pages = kept_pages.read(store, fresh, config, jobs=jobs)
        find = kept_pages.wanted(pages)
        stories = _stories(store, pages, near_many(store, find, config), config, jobs)
        store.append_many(kept_pages.entries(pages, find), stories)
    return {"new": len(fresh) - len(changed), "known": len(chunk) - len(fresh), "changed": len(changed)}


def _known(store: Store, chunk: list[Article]) -> dict[str, rows.Row]:
    """Return the rows of those of the articles that are in the index, by id."""
    _, aids = store.find(np.array([rows.id_key(article.id) for article in chunk], dtype=np.uint32))
    ids = {article.id for article in chunk}
    return {row.page["id"]: row for row in store.articles(np.unique(aids).tolist()) if row.page["id"] in ids}


def _stories(store: Store, pages: Pages, found: list[rows.Row], config: Config, jobs: int) -> list[int]:
    """Return the story of each page that is to be added, having merged those of the index that they bring together."""
    others = kept_pages.kept(store, found)
    labelled, corpus = kept_pages.together(pages, others)
    aid_of = {other.row.page["id"]: other.row.aid for other in others}
    aids = np.array([aid_of.get(article.id, 0) for article in labelled.articles], dtype=np.int64)
    label = _clustered(store, pages, corpus, aids, config, jobs)
    order = {article.id: row for row, article in enumerate(pages.labelled.articles)}
    next_aid = store.memory.state.last + 1
    number: dict[int, int] = {}  # the label of each story -> its number in the index
    held: dict[int, set[int]] = {}
    for row in np.flatnonzero(aids).tolist():
        held.setdefault(int(label[row]), set()).add(store.stories(aids[row : row + 1])[0])
    for name, stories in sorted(held.items()):
        number[name] = min(stories)
        for story in sorted(stories - {number[name]}):
            store.join(story, number[name])
    mine = sorted(
        (order[article.id], int(label[row])) for row, article in enumerate(labelled.articles) if not aids[row]
    )
    return [number.setdefault(name, next_aid + place) for place, name in mine]


def _clustered(
    store: Store, pages: Pages, corpus: Corpus, aids: NDArray[np.int64], config: Config, jobs: int
) -> NDArray[np.int32]:
    """Return a label for each row, equal for one story; those of one story in the index stay together."""
    weights = kept_pages.weigh(store, corpus, pages.corpus)
    near = candidates.find(corpus.tokens, config, jobs=jobs)
    next_to = tfidf.neighbours(weights, jobs=jobs)
    weights = tfidf.surrounded(weights, next_to)
    copies = judge_copies(corpus, weights, near)
    links = alike(corpus, weights, copies, next_to)
    close = copies.relation <= RELATION_CODE[Relation.NEAR_DUPLICATE]
    old = np.flatnonzero(aids)
    story = np.array(store.stories(aids[old]), dtype=np.int64)
    _, first = np.unique(story, return_index=True)
    head = old[first][np.searchsorted(story[first], story)] if len(old) else old
    a, b = np.concatenate((copies.a[close], head)), np.concatenate((copies.b[close], old))
    group = cluster.copy_groups(len(aids), a.astype(np.int32), b.astype(np.int32))

    def measure(a: NDArray[np.int32], b: NDArray[np.int32]) -> NDArray[np.float32]:
        return similarity.similarities(corpus, weights, a, b)

    return cluster.stories(len(aids), links.a, links.b, links.story_similarity, copies=group, measure=measure)
