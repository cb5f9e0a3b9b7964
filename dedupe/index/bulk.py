"""Many articles at once: labelled, compared and clustered as a batch together with what the index knows near them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from typing import Any, TypeVar

import numpy as np

from .. import candidates
from ..config import Config
from ..jobs import Assistant, collector_paused, one_ahead
from ..model import Article, Skipped
from ..paragraphs import Segmented
from ..pipeline.analyze import counted
from ..pipeline.kernels import load_ahead
from ..pipeline.labels import named_apart, segmented
from ..pipeline.read import Reading
from . import leaving, stored, upkeep
from . import pages as kept_pages
from .moves import follow, move
from .near import near_many
from .placing import places
from .store import Store
from .taking import all_taken

T = TypeVar("T")

# Articles of a transaction: 50 MB of text. With each come those of the index that its articles are near, up to four
# times as many, so that of a large index fewer chunks cost less; of long texts a chunk has fewer.
CHUNK = 16384
CHARACTERS = 1 << 27


def add_many(
    store: Store,
    values: Iterable[Article | Mapping[str, Any]],
    config: Config,
    jobs: int,
    skipped: list[Skipped] | None,
    progress: Callable[[int], None],
) -> dict[str, int]:
    """Return how many articles were new, known and changed, having added them a chunk at a time."""
    counts, again = Counter(new=0, known=0, changed=0), Counter[str]()
    taken, assistant = all_taken(values, skipped, jobs), Assistant()

    def many() -> None:
        if jobs > 1:
            assistant.start(behind=5)  # while this process is small
        load_ahead(jobs)

    articles = counted(taken, lambda *_: None, many)
    # What the caller makes may belong to the caller's thread; what files hold is read while the chunk before is added.
    # No thread waits for standard input: no interruption would end it.
    at_hand = isinstance(values, Reading) and values.at_hand
    chunks = one_ahead(partial(_segmented, again=again, jobs=jobs), articles, jobs if at_hand else 1)
    with assistant, closing(chunks):
        for pages in chunks:
            with store.writing(settled=True), collector_paused():
                counts.update(_add(store, pages, config, assistant, jobs))
            upkeep.merge_tier(store)
            progress(counts.total() + again.total())
    upkeep.merge_due(store)
    counts.update(again)
    return dict(counts)


def _segmented(articles: Iterable[Article], again: Counter[str], jobs: int) -> Iterator[Segmented]:
    return (segmented(chunk, jobs) for chunk in _chunks(articles, again))


def _chunks(articles: Iterable[Article], again: Counter[str]) -> Iterator[list[Article]]:
    """Return the articles in chunks: of one id that comes again the last text; `again` counts the others by state."""
    chunk: dict[str, Article] = {}
    filled = 0
    for article in articles:
        if before := chunk.get(article.id):
            changed = kept_pages.fingerprint(before) != kept_pages.fingerprint(article)
            again["changed" if changed else "known"] += 1
            if not changed:
                continue
            filled -= len(chunk.pop(article.id).text)
        chunk[article.id] = article
        filled += len(article.text)
        if len(chunk) == CHUNK or filled >= CHARACTERS:
            yield list(chunk.values())
            chunk, filled = {}, 0
    if chunk:
        yield list(chunk.values())


def _add(store: Store, chunk: Segmented, config: Config, assistant: Assistant, jobs: int) -> dict[str, int]:
    known = _known(store, chunk.articles)
    fresh = [a for a in chunk.articles if a.id not in known or known[a.id].page["text"] != kept_pages.fingerprint(a)]
    changed = [known[article.id].aid for article in fresh if article.id in known]
    if fresh:
        was = store.stories([known[article.id].aid if article.id in known else 0 for article in fresh])
        leaving.remove(store, changed, config)
        every = len(fresh) == len(chunk.articles)
        roles = kept_pages.labelled(store, chunk if every else segmented(fresh, jobs), jobs=jobs)
        roles = roles._replace(labelled=named_apart(roles.labelled, jobs, assistant))
        with ThreadPoolExecutor(2) as pool:  # with several jobs: much of what follows takes but one

            def aside(work: Callable[[], T]) -> Callable[[], T]:
                return pool.submit(work).result if jobs > 1 else work

            drafts = aside(partial(kept_pages.drafts, roles))
            pages = kept_pages.measured(store, roles, config, jobs=jobs)
            find = kept_pages.wanted(pages)
            order = np.argsort(np.array([article.id for article in pages.corpus.articles], dtype=object), kind="stable")
            alike = aside(partial(candidates.find_keyed, pages.keys, pages.corpus.tokens, order, config, jobs))
            keys = aside(partial(kept_pages.found_by, pages, find))
            near = near_many(store, find, config, jobs)
            own = places(store, pages, near, alike, was, config, jobs)
            move(store, own.moves)
            entries = kept_pages.entries(drafts(), own.copies, own.alike, own.several)
            first = store.memory.state.last + 1
            store.append_many(entries, own.story, keys(), kept_pages.added(pages.weights, own.copies))
            for aid, story in enumerate(was, first):
                if story:
                    follow(store, story, aid)
    return {"new": len(fresh) - len(changed), "known": len(chunk.articles) - len(fresh), "changed": len(changed)}


def _known(store: Store, chunk: Sequence[Article]) -> dict[str, stored.Row]:
    """Return the rows of those of the articles that are in the index, by id."""
    _, aids = store.find(np.array([stored.id_key(article.id) for article in chunk], dtype=np.uint32))
    ids = {article.id for article in chunk}
    return {row.page["id"]: row for row in store.articles(np.unique(aids).tolist()) if row.page["id"] in ids}
