"""Which articles of an index may share text or a story with one that comes, found by its keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..compiling import compiled, kernel_of
from ..config import Config
from ..jobs import threaded
from ..rows import bounds_of, lengths, owners_of, ranges
from .pages import SKETCH, TERM, Wanted
from .postings import ordered
from .store import Store

FEW = 32  # articles up to which all are compared: an index so small has counted too little to tell heavy terms
STORY = 12  # articles that share heavy terms are compared, the likeliest; with 16 no more stories are as in a batch
STORY_EACH = 4  # so with each of many pages, that bring others of their stories; on event sets 8 do no better
LONG = 40  # shingles of a sketch
PART = 1024  # pages that a thread looks at at a time
FEW_KEYS = 1 << 14  # up to which it is quicker to look up twice what is there twice
_HALF, _LOW = 32, 0xFFFFFFFF  # a pair is packed as row << 32 | number
LEAST = 0.03  # of the cosine must come from the heavy terms: half of what a story similarity of 0.5 takes does


@dataclass(frozen=True, slots=True, eq=False)
class Near:
    """The numbers of articles that are worth comparing with one: `copies` may share text, `related` a story.

    `sure`: those that share half of its keys, which only copies do.
    """

    copies: list[int]
    sure: list[int]
    related: list[int]
    capped: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Chosen:
    """Pairs of a page (row) and an article of the index (number), int64, sorted; how strongly they are connected."""

    row: NDArray[np.int64]
    aid: NDArray[np.int64]
    strength: NDArray[Any]


class Led(NamedTuple):
    """Whom keys lead to: key i to the articles aids[start[which[i]] : start[which[i] + 1]]; int64, uint32."""

    which: NDArray[np.int64]
    start: NDArray[np.int64]
    aids: NDArray[np.uint32]


class Met(NamedTuple):
    """What each page (row) and each article (number) that its keys lead to have in common, by row, then number.

    int64: how many keys of the sketch, and how many others of the text; `part`, float64: the squared weights of terms.
    Pairs that share no band, too little of the sketch and less than LEAST of the terms are left out: most, and none
    would be chosen.
    """

    row: NDArray[np.int64]
    aid: NDArray[np.int64]
    in_sketch: NDArray[np.int64]
    in_bands: NDArray[np.int64]
    part: NDArray[np.float64]


def near(store: Store, find: Wanted, config: Config, own: int) -> Near:
    """Return the articles that one page's keys lead to; `own` is its number in the index, 0 where it has none."""
    capped: list[str] = []
    met = _met(find, _led(store, find.key, own), config.sketch_shared)
    copies, related = _copies(met, find, config, capped), _related(store, met, find, own, STORY, capped)
    texts, others = copies.aid.tolist(), related.aid.tolist()
    if not texts:
        return Near([], [], others, tuple(capped))
    sure = copies.aid[2 * copies.strength >= np.count_nonzero(find.kind < TERM)]
    return Near(texts, sure.tolist(), [aid for aid in others if aid not in texts], tuple(capped))


def near_many(store: Store, find: Wanted, config: Config, jobs: int = 1) -> tuple[Chosen, Chosen]:
    """Return the articles that may share text with each of many pages, and those that may share a story."""
    if not store.memory.state.live:
        none = np.zeros(0, dtype=np.int64)
        return Chosen(none, none, none), Chosen(none, none, none)
    met = _met(find, _led(store, find.key, 0), config.sketch_shared, jobs)
    return _copies(met, find, config, []), _related(store, met, find, 0, STORY_EACH, [])


def _led(store: Store, keys: NDArray[np.uint32], own: int) -> Led:
    """Return whom keys lead to but `own`; each is looked up once, though many pages have it."""
    distinct, which = (keys, np.arange(len(keys))) if len(keys) <= FEW_KEYS else _distinct(keys)
    return Led(which, *store.find(distinct, without=own))


def _distinct(keys: NDArray[np.uint32]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Return the keys ascending, each once, and the place of each of all keys there, int64.

    >>> [column.tolist() for column in _distinct(np.array([7, 3, 7], dtype=np.uint32))]
    [[3, 7], [1, 0, 1]]
    """
    ascending, place = ordered(keys, np.arange(len(keys), dtype=np.uint32))
    fresh = np.append(True, ascending[1:] != ascending[:-1])
    which = np.empty(len(keys), dtype=np.int64)
    which[place] = np.cumsum(fresh) - 1
    return ascending[fresh], which


def _met(find: Wanted, led: Led, shared: int, jobs: int = 1) -> Met:
    """Return what pages and articles have in common; `shared`: of the sketch, if they share no band."""
    if not compiled(int(lengths(led.start)[led.which].sum()), __package__):  # of copies many keys lead to the same
        return met_plain(find, led, shared)
    kernel = kernel_of(__package__)

    def part(low: int) -> Met:
        row, *others = kernel.met(
            find.first[low : low + PART + 1], find.kind, find.weight, *led, (SKETCH, TERM), shared, LEAST
        )
        return Met(row + low, *others)

    parts = threaded(part, range(0, len(find.first) - 1, PART), jobs)
    return parts[0] if len(parts) == 1 else Met(*map(np.concatenate, zip(*parts, strict=True)))


def met_plain(find: Wanted, led: Led, shared: int) -> Met:
    """Return what pages and articles have in common, given whom their keys lead to."""
    places, at = ranges(led.start[led.which], lengths(led.start)[led.which])
    aids = led.aids[at]
    row = owners_of(find.first, places)
    pair, back = np.unique(row << _HALF | aids, return_inverse=True)
    kind = find.kind[places]
    in_sketch, in_bands = (
        np.bincount(back, which, len(pair)).astype(np.int64) for which in (kind == SKETCH, kind < SKETCH)
    )
    squares = np.where(kind == TERM, find.weight[places] ** 2, 0.0)
    part = np.bincount(back, squares, len(pair)).astype(np.float64)
    worth = (in_bands > 0) | (in_sketch >= shared) | (part >= LEAST)
    pair = pair[worth]
    return Met(pair >> _HALF, pair & _LOW, in_sketch[worth], in_bands[worth], part[worth])


def _copies(met: Met, find: Wanted, config: Config, capped: list[str]) -> Chosen:
    """Return the articles that share a band or enough of the sketch with a page.

    Of a long sketch half of what the least passage has on average is enough: of the pairs that share less, few share
    such a passage (of 53,000 reports of Reuters 45 of 122,000). Two keys in 2**32 meet by chance now and then: an
    article that shares one band and nothing of a long sketch is such a stranger, since of the texts that share a band
    less than one in a million share no shingle in LONG.
    """
    enough = max(config.sketch_shared, -(-config.excerpt_shingles // (2 * config.sketch_scale)))
    likely = np.flatnonzero((met.in_sketch >= config.sketch_shared) | (met.in_bands > 0))
    if not len(likely):
        return Chosen(met.row[:0], met.aid[:0], met.in_sketch[:0])
    row, aid, shared = met.row[likely], met.aid[likely], met.in_sketch[likely] + met.in_bands[likely]
    sketch = bounds_of(find.kind == SKETCH)[find.first]
    stranger = (shared == 1) | ((met.in_bands[likely] == 0) & (shared < enough))
    known = (lengths(sketch)[row] < LONG) | ~stranger
    return _most(row[known], aid[known], shared[known], config.copies, "may share text", capped)


def _related(store: Store, met: Met, find: Wanted, own: int, most: int, capped: list[str]) -> Chosen:
    """Return the articles that share heavy terms with a page, the others' weights taken to be like its own."""
    if store.memory.state.live <= FEW:
        every = np.setdiff1d(store.all_aids(), [own])
        pages = len(find.first) - 1
        return Chosen(np.repeat(np.arange(pages), len(every)), np.tile(every, pages), np.ones(pages * len(every)))
    likely = met.part >= LEAST
    return _most(met.row[likely], met.aid[likely], met.part[likely], most, "share heavy terms", capped)


def _most(
    row: NDArray[np.int64], aids: NDArray[np.int64], strength: NDArray[Any], most: int, what: str, capped: list[str]
) -> Chosen:
    """Return the strongest `most` pairs of each row, of equals the oldest article's."""
    if len(row) <= most:
        return Chosen(row, aids, strength)
    kept = strongest(row, strength, most)
    if len(kept) < len(row):
        capped.append(f"{len(row)} articles {what} with it, the {len(kept)} likeliest were compared")
    return Chosen(row[kept], aids[kept], strength[kept])


def strongest(row: NDArray[np.int64], strength: NDArray[Any], most: int) -> NDArray[np.int64]:
    """Return the places of the strongest `most` pairs of each row, whose pairs stand together, of equals the first.

    >>> strongest(np.array([0, 0, 0, 4]), np.array([1, 3, 1, 2]), most=2).tolist()
    [0, 1, 3]
    """
    if compiled(len(row), __package__):
        kernel = kernel_of(__package__)
        places: NDArray[np.int64] = kernel.strongest(row, strength.astype(np.float64), most)
        return places
    order = np.lexsort((np.arange(len(row)), -strength, row))
    start = np.searchsorted(row[order], row[order])
    return np.sort(order[np.arange(len(order)) - start < most])
