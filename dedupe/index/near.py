"""Which articles of an index may share text or a story with one that comes, found by its keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from .pages import SKETCH, TERM

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..config import Config
    from .pages import Wanted
    from .rows import Row
    from .store import Store

FEW = 32  # articles up to which all are compared: an index so small has counted too little to tell heavy terms
STORY = 8  # articles that share heavy terms are compared, the likeliest; each costs 0.2 ms
LONG = 40  # shingles of a sketch
_HALF, _LOW = 32, 0xFFFFFFFF  # a pair is packed as row << 32 | number
LEAST = 0.03  # of the cosine must come from the heavy terms: half of what a story similarity of 0.5 takes does


@dataclass(frozen=True, slots=True, eq=False)
class Near:
    """Articles of the index that are worth comparing with one: `copies` may share text, `related` a story."""

    copies: list[Row]
    related: list[Row]
    capped: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Met:
    """Pairs of a page (row) and an article of the index (number), int64, sorted."""

    row: NDArray[np.int64]
    aid: NDArray[np.int64]


def near(store: Store, find: Wanted, config: Config, own: int) -> Near:
    """Return the articles that one page's keys lead to; `own` is its number in the index, 0 where it has none."""
    capped: list[str] = []
    copies, related = _search(store, find, config, own, capped)
    alike = np.setdiff1d(related.aid, copies.aid)
    return Near(store.articles(copies.aid.tolist()), store.articles(alike.tolist()), tuple(capped))


def near_many(store: Store, find: Wanted, config: Config) -> list[Row]:
    """Return the articles that the keys of any of many pages lead to, once each."""
    if not store.memory.state.live:
        return []
    copies, related = _search(store, find, config, 0, [])
    return store.articles(np.union1d(copies.aid, related.aid).tolist())


def _search(store: Store, find: Wanted, config: Config, own: int, capped: list[str]) -> tuple[Met, Met]:
    places, found = store.find(find.key)
    aids = found.astype(np.int64)
    if own:
        places, aids = places[aids != own], aids[aids != own]
    row = np.searchsorted(find.first, places, side="right") - 1
    kind = find.kind[places]
    return _copies(row, aids, kind, find, config, capped), _related(store, row, aids, kind, places, find, own, capped)


def _copies(
    row: NDArray[np.int64], aids: NDArray[np.int64], kind: NDArray[np.uint8], find: Wanted, config: Config,
    capped: list[str],
) -> Met:  # fmt: skip
    """Return the articles that share a band or enough of the sketch with a page.

    Two keys in 2**32 meet by chance now and then: an article that shares one band and nothing of a long sketch is
    such a stranger, since of the texts that share a band less than one in a million share no shingle in LONG.
    """
    text = kind != TERM
    pair, back = np.unique(row[text] << _HALF | aids[text], return_inverse=True)
    sketch = kind[text] == SKETCH
    in_sketch, in_bands = (
        np.bincount(back[sketch], minlength=len(pair)),
        np.bincount(back[~sketch], minlength=len(pair)),
    )
    of = pair >> _HALF
    length = np.bincount(np.repeat(np.arange(len(find.first) - 1), np.diff(find.first)), find.kind == SKETCH)
    stranger = (length[of] >= LONG) & (in_sketch + in_bands == 1)
    likely = ((in_sketch >= config.sketch_shared) | (in_bands > 0)) & ~stranger
    return _most(
        of[likely], pair[likely] & _LOW, (in_sketch + in_bands)[likely], config.copies, "may share text", capped
    )


def _related(
    store: Store, row: NDArray[np.int64], aids: NDArray[np.int64], kind: NDArray[np.uint8], places: NDArray[np.int64],
    find: Wanted, own: int, capped: list[str],
) -> Met:  # fmt: skip
    """Return the articles that share heavy terms with a page, the others' weights taken to be like its own."""
    if store.memory.state.live <= FEW:
        every = np.setdiff1d(store.all_aids(), [own])
        pages = len(find.first) - 1
        return Met(np.repeat(np.arange(pages), len(every)), np.tile(every, pages))
    term = kind == TERM
    pair, back = np.unique(row[term] << _HALF | aids[term], return_inverse=True)
    part = np.bincount(back, find.weight[places[term]] ** 2, len(pair))
    likely = part >= LEAST
    return _most(pair[likely] >> _HALF, pair[likely] & _LOW, part[likely], STORY, "share heavy terms", capped)


def _most(
    row: NDArray[np.int64], aids: NDArray[np.int64], strength: NDArray[Any], most: int, what: str, capped: list[str]
) -> Met:
    """Return the strongest `most` pairs of each row, ties by number."""
    order = np.lexsort((aids, -strength, row))
    start = np.searchsorted(row[order], row[order])
    kept = np.sort(order[np.arange(len(order)) - start < most])
    if len(kept) < len(order):
        capped.append(f"{len(order)} articles {what} with it, the {len(kept)} likeliest were compared")
    return Met(row[kept], aids[kept])
