"""Which articles of an index may share text or a story with one that comes, found by its keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .pages import wanted

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..config import Config
    from .pages import Pages, Wanted
    from .rows import Row
    from .store import Store

FEW = 32  # articles up to which all are compared: an index so small has counted too little to tell heavy terms
STORY = 8  # articles that share heavy terms are compared, the likeliest; each costs 0.2 ms
LEAST = 0.03  # of the cosine must come from the heavy terms: half of what a story similarity of 0.5 takes does


@dataclass(frozen=True, slots=True, eq=False)
class Near:
    """Articles of the index that are worth comparing with one: `copies` may share text, `related` a story."""

    copies: list[Row]
    related: list[Row]
    capped: tuple[str, ...]


def near(store: Store, find: Wanted, signature: NDArray[np.uint32], config: Config, own: int) -> Near:
    """Return the articles that an article's keys lead to; `own` is its number in the index, 0 where it has none."""
    keys = np.concatenate((find.exact, find.bands, find.sketch, find.terms))
    places, aids = store.find(keys)
    others = aids != own
    places, aids = places[others], aids[others].astype(np.int64)
    edges = np.cumsum([len(find.exact) + len(find.bands), len(find.sketch)])
    likely = _counted(aids[(places >= edges[0]) & (places < edges[1])], config.sketch_shared)
    met = np.unique(aids[places < edges[0]])
    rows = store.articles(np.setdiff1d(met, likely).tolist())
    matched = [row.aid for row in rows if _agree(row.signature, signature) >= config.rows]
    copies = np.union1d(likely, np.array(matched, dtype=np.int64))
    capped: list[str] = []
    if len(copies) > config.copies:
        capped.append(f"{len(copies)} articles may share text with it, {config.copies} were compared")
        votes = np.bincount(np.searchsorted(copies, aids[np.isin(aids, copies)]), minlength=len(copies))
        copies = np.sort(copies[np.lexsort((copies, -votes))[: config.copies]])
    related = _related(store, places - edges[1], aids, find.heavy, capped)
    related = np.setdiff1d(related, [*copies.tolist(), own])
    return Near(store.articles(copies.tolist()), store.articles(related.tolist()), tuple(capped))


def _counted(aids: NDArray[np.int64], least: int) -> NDArray[np.int64]:
    """Return the articles that are named so often, in order."""
    distinct, count = np.unique(aids, return_counts=True)
    return distinct[count >= least]


def _agree(one: NDArray[np.uint16], other: NDArray[np.uint32]) -> int:
    """Return in how many slots two signatures agree in their lower 16 bits (Li and Koenig 2010).

    Where a band is the same, all of its slots agree: fewer than `rows` are a chance meeting of two keys.
    """
    return int(np.count_nonzero(one == other.astype(np.uint16)))


def _related(
    store: Store, places: NDArray[np.int64], aids: NDArray[np.int64], heavy: NDArray[np.float64], capped: list[str]
) -> NDArray[np.int64]:
    if store.memory.state.live <= FEW:
        return store.all_aids()
    inside = places >= 0
    distinct, back = np.unique(aids[inside], return_inverse=True)
    part = np.bincount(back, heavy[places[inside]] ** 2, len(distinct))  # as if the other weighed each term alike
    promising = np.flatnonzero(part >= LEAST)
    if len(promising) > STORY:
        capped.append(f"{len(promising)} articles share heavy terms with it, the {STORY} with the most were compared")
        promising = promising[np.lexsort((-distinct[promising], -part[promising]))[:STORY]]
    return np.sort(distinct[promising])


def near_many(store: Store, pages: Pages, config: Config) -> list[Row]:
    """Return the articles of the index that are near any of many pages, once each."""
    if not store.memory.state.live:
        return []
    found: dict[int, Row] = {}
    for row in range(len(pages.labelled.articles)):
        near_one = near(store, wanted(pages, row), pages.signatures[row], config, 0)
        found.update((other.aid, other) for other in (*near_one.copies, *near_one.related))
    return [found[aid] for aid in sorted(found)]
