"""What an outlet repeats, learnt from the pages of it that the index has seen."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..compiling import compiled, kernel_of
from ..model import Article
from ..rows import distinct, lengths, ranges
from ..words import mix
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
    on, of = np.zeros((2, len(keys)), dtype=np.int32)
    own_stories = np.array(sorted({int(store.memory.story[aid]) for aid in own}), dtype=np.int64)
    rows_of: dict[str, list[int]] = {}
    for row, name in enumerate(outlets):
        if name:
            rows_of.setdefault(name, []).append(row)
    if not rows_of:
        return on, of
    places = [_places(first, rows) for _, rows in sorted(rows_of.items())]
    shown = [keys[some] if isinstance(some, slice) else distinct(keys[some]) for some in places]
    asked = [keys_on(outlet, blocks) for outlet, blocks in zip(sorted(rows_of), shown, strict=True)]
    start, found = store.find(np.concatenate(asked), PAGES)  # of all outlets at once: no part is read for each
    low = 0
    for some, blocks in zip(places, shown, strict=True):
        high = low + len(blocks) + 1
        told, of[some] = _repeats(store, start[low : high + 1], found[: start[high]], own_stories)
        on[some] = told if isinstance(some, slice) else told[blocks.searchsorted(keys[some])]
        low = high
    return on, of


def _places(first: NDArray[np.int64], rows: Sequence[int]) -> slice | NDArray[np.int64]:
    """Return where the blocks of some pages are; of one page, on which hardly any stands twice, as a slice."""
    if len(rows) == 1:
        return slice(*first[rows[0] : rows[0] + 2].tolist())
    return np.concatenate([np.arange(first[row], first[row + 1]) for row in rows])


def _repeats(
    store: Store, start: NDArray[np.int64], found: NDArray[np.uint32], own_stories: NDArray[np.int64]
) -> tuple[NDArray[np.int64], int]:
    """Return on pages of how many stories of an outlet each block stands, int64, and how many stories there are.

    Block i was found on the pages found[start[i] : start[i + 1]]; the last is no block, but the outlet itself.
    """
    low = max(start[-2], start[-1] - PAGES)  # of the pages of the outlet; they ascend
    if compiled(len(found), __package__):
        kernel = kernel_of(__package__)
        on = np.empty(len(start) - 2, np.int64)
        return on, kernel.stories_on(start, found, low, store.memory.story, own_stories, on)
    return stories_on_plain(start, found, low, store.memory.story, own_stories)


def keys_on(name: str, blocks: NDArray[np.uint64]) -> NDArray[np.uint32]:
    """Return the keys of blocks on pages of an outlet of this name, and after them its own, uint32."""
    outlet = outlet_key(name)
    if not compiled(len(blocks), __package__):
        return np.append(block_keys(outlet, blocks), np.uint32(outlet))
    kernel = kernel_of(__package__)
    keys = np.empty(len(blocks) + 1, np.uint32)
    kernel.block_keys(outlet, blocks, SALTS[BLOCK], keys)
    return keys


def stories_on_plain(
    start: NDArray[np.int64], found: NDArray[np.uint32], low: int, story: NDArray[np.uint32],
    own_stories: NDArray[np.int64],
) -> tuple[NDArray[np.int64], int]:  # fmt: skip
    """Return on pages of how many stories each block stands, and how many stories there are.

    Block i was found on the pages found[start[i] : start[i + 1]], and those before start[0] are another outlet's; only
    those from `low` on count, the last key's, and only of other stories than these, which ascend.
    """
    blocks = len(start) - 2
    pages = found[low:]
    pages = pages[~np.isin(story[pages], own_stories)]
    stories = distinct(story[pages])
    block, shown = np.repeat(np.arange(blocks), lengths(start[:-1])), found[start[0] : start[-2]]
    known = np.isin(shown, pages)
    told = distinct(block[known] << 32 | story[shown[known]])
    return np.bincount(told >> 32, minlength=blocks), len(stories)
