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
LONG = 40  # shingles of a sketch
LEAST = 0.03  # of the cosine must come from the heavy terms: half of what a story similarity of 0.5 takes does


@dataclass(frozen=True, slots=True, eq=False)
class Near:
    """Articles of the index that are worth comparing with one: `copies` may share text, `related` a story."""

    copies: list[Row]
    related: list[Row]
    capped: tuple[str, ...]


def near(store: Store, find: Wanted, config: Config, own: int) -> Near:
    """Return the articles that an article's keys lead to; `own` is its number in the index, 0 where it has none."""
    places, aids = store.find(np.concatenate((find.exact, find.bands, find.sketch, find.terms)))
    others = aids != own
    places, aids = places[others], aids[others].astype(np.int64)
    bands, sketch = np.cumsum([len(find.exact) + len(find.bands), len(find.sketch)]).tolist()
    capped: list[str] = []
    copies = _copies(
        aids[places < bands], aids[(places >= bands) & (places < sketch)], len(find.sketch), config, capped
    )
    related = _related(store, places - sketch, aids, find.heavy, capped)
    related = np.setdiff1d(related, [*copies.tolist(), own])
    return Near(store.articles(copies.tolist()), store.articles(related.tolist()), tuple(capped))


def _copies(
    bands: NDArray[np.int64], sketch: NDArray[np.int64], length: int, config: Config, capped: list[str]
) -> NDArray[np.int64]:
    """Return the articles that share a band or enough of the sketch, given which each shared key leads to.

    Two keys in 2**32 meet by chance now and then: an article that shares one band and nothing of a long sketch is
    such a stranger, since of the texts that share a band less than one in a million share no shingle in LONG.
    """
    aids, count = np.unique(np.concatenate((bands, sketch)), return_counts=True)
    in_bands, in_sketch = (np.bincount(np.searchsorted(aids, some), minlength=len(aids)) for some in (bands, sketch))
    likely = (in_sketch >= config.sketch_shared) | (in_bands > 0)
    if length >= LONG:
        likely &= count > 1
    aids, count = aids[likely], count[likely]
    if len(aids) > config.copies:
        capped.append(f"{len(aids)} articles may share text with it, {config.copies} were compared")
        aids = np.sort(aids[np.lexsort((aids, -count))[: config.copies]])
    return aids


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
        near_one = near(store, wanted(pages, row), config, 0)
        found.update((other.aid, other) for other in (*near_one.copies, *near_one.related))
    return [found[aid] for aid in sorted(found)]
