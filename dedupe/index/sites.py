"""What an outlet repeats, learnt from the pages of it that the index has seen."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import numpy as np

from ..words import distinct, lengths, mix, ranges

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ..model import Article
    from .store import Store

PAGES = 253  # newest pages of an outlet that count, as many as a key leads to: what it dropped is forgotten
BLOCK = 5  # a kind of keys, beside those of `pages`
_HALF = np.uint64(32)
SALTS = mix(np.arange(BLOCK + 1, dtype=np.uint64) << _HALF)  # of the kinds of keys


def outlet_key(outlet: str) -> int:
    """Return the key by which the pages of an outlet are found, 32 bits."""
    name = outlet.casefold().encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(name, digest_size=4, person=b"outlet").digest(), "little")


def spread(values: NDArray[Any], kind: int | NDArray[np.uint8]) -> NDArray[np.uint32]:
    """Return the values as keys, uint32; those of another kind are kept apart from them."""
    mixed: NDArray[np.uint32] = (mix(values.astype(np.uint64) ^ SALTS[kind]) >> _HALF).astype(np.uint32)
    return mixed


def block_keys(outlet: int | NDArray[np.uint64], blocks: NDArray[np.uint64]) -> NDArray[np.uint32]:
    """Return the keys by which an outlet's pages with these blocks are found, uint32."""
    return spread(blocks ^ np.asarray(outlet, dtype=np.uint64), BLOCK)


def site_keys(
    articles: Sequence[Article], blocks: NDArray[np.uint64], first: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    """Return (row, key): the keys of each page's outlet and of its blocks there; none where the outlet is unknown."""
    known = {name: outlet_key(name) for name in {article.source for article in articles} if name}
    outlets = np.array([known.get(article.source, 0) for article in articles], dtype=np.uint64)
    pages = np.array([row for row, article in enumerate(articles) if article.source], dtype=np.int64)
    owner, block = ranges(first[pages], lengths(first)[pages])
    row = pages[owner]
    keys = np.concatenate((block_keys(outlets[row], blocks[block]), outlets[pages].astype(np.uint32)))
    return np.concatenate((row, pages)), keys


def repeats(
    store: Store, outlets: Sequence[str], keys: NDArray[np.uint64], first: NDArray[np.int64], own: Sequence[int]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return (on, of), int32 for each block: it stands on pages of `on` of the `of` stories known of its outlet.

    Only the newest PAGES pages of an outlet count, and those numbered in `own` do not, nor others of their stories.
    """
    on, of = np.zeros(len(keys), dtype=np.int32), np.zeros(len(keys), dtype=np.int32)
    rows_of: dict[str, list[int]] = {}
    for row, name in enumerate(outlets):
        if name:
            rows_of.setdefault(name, []).append(row)
    for outlet, rows in sorted(rows_of.items()):
        key = outlet_key(outlet)
        places = np.concatenate([np.arange(first[row], first[row + 1]) for row in rows])
        shown = distinct(keys[places])
        start, found = store.find(np.append(block_keys(key, shown), np.uint32(key)), PAGES)
        pages = found[max(start[-2], start[-1] - PAGES) :]  # the last key's; they ascend
        if not len(pages):
            continue
        story = store.story_column(pages)
        if len(own):
            own_stories = store.story_column(np.array(own, dtype=np.uint32))
            counted = (story[:, np.newaxis] != own_stories).all(axis=1)  # few: `np.isin` takes ten times as long
            pages, story = pages[counted], story[counted]
        if start[-2]:  # most blocks stand nowhere else
            on[places] = _stories_of(start[:-1], found, pages, story)[shown.searchsorted(keys[places])]
        of[places] = len({*story.tolist()})
    return on, of


def _stories_of(
    start: NDArray[np.int64], found: NDArray[np.uint32], pages: NDArray[np.uint32], story: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return of how many stories the pages are that block i, found on found[start[i] : start[i + 1]], stands on.

    Only `pages` count, which ascend.
    """
    blocks = len(start) - 1
    if not len(pages):
        return np.zeros(blocks, dtype=np.int64)
    block, shown = np.repeat(np.arange(blocks), lengths(start)), found[: start[-1]]
    place = np.minimum(np.searchsorted(pages, shown), len(pages) - 1)
    known = pages[place] == shown
    told = distinct(block[known] << 32 | story[place[known]])
    return np.bincount(told >> 32, minlength=blocks)
