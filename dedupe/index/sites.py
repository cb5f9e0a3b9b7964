"""What an outlet repeats, learnt from the pages of it that the index has seen."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import numpy as np

from ..words import mix

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ..model import Article
    from .store import Store

PAGES = 256  # newest pages of an outlet that count: what it dropped from its pages is forgotten
BLOCK = 5  # a kind of keys, beside those of `pages`
_HALF = np.uint64(32)


def outlet_key(outlet: str) -> int:
    """Return the key by which the pages of an outlet are found, 32 bits."""
    name = outlet.casefold().encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(name, digest_size=4, person=b"outlet").digest(), "little")


def spread(values: NDArray[Any], kind: int) -> NDArray[np.uint32]:
    """Return the values as keys, uint32; those of another kind are kept apart from them."""
    mixed: NDArray[np.uint32] = (
        mix(values.astype(np.uint64) ^ mix(np.full(1, kind << 32, np.uint64))) >> _HALF
    ).astype(np.uint32)
    return mixed


def block_keys(outlet: int, blocks: NDArray[np.uint64]) -> NDArray[np.uint32]:
    """Return the keys by which an outlet's pages with these blocks are found, uint32."""
    return spread(blocks ^ np.uint64(outlet), BLOCK)


def site_keys(
    articles: Sequence[Article], blocks: NDArray[np.uint64], first: NDArray[np.int64]
) -> list[NDArray[np.uint32]]:
    """Return the keys of each page's outlet and of its blocks there; none where the outlet is unknown."""
    made = []
    for row, article in enumerate(articles):
        if article.source:
            outlet = outlet_key(article.source)
            here = block_keys(outlet, blocks[first[row] : first[row + 1]])
            made.append(np.append(here, np.uint32(outlet)))
        else:
            made.append(np.zeros(0, dtype=np.uint32))
    return made


def repeats(
    store: Store, outlets: Sequence[str], keys: NDArray[np.uint64], first: NDArray[np.int64], own: Sequence[int]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return (on, of), int32 for each block: it stands on pages of `on` of the `of` stories known of its outlet.

    Only the newest PAGES pages of an outlet count, and those numbered in `own` do not, nor others of their stories.
    """
    on, of = np.zeros(len(keys), dtype=np.int32), np.zeros(len(keys), dtype=np.int32)
    own_stories = set(store.stories(np.array(own, dtype=np.uint32)))
    for outlet in sorted({name for name in outlets if name}):
        key = outlet_key(outlet)
        places = np.concatenate([np.arange(first[i], first[i + 1]) for i, name in enumerate(outlets) if name == outlet])
        distinct, back = np.unique(keys[places], return_inverse=True)
        where, found = store.find(np.append(block_keys(key, distinct), np.uint32(key)), PAGES)
        pages = found[where == len(distinct)][-PAGES:]
        if not len(pages):
            continue
        story = dict(zip(pages.tolist(), store.stories(pages), strict=True))
        told = {story for story in story.values() if story not in own_stories}
        stories = {(place, story.get(aid)) for place, aid in zip(where.tolist(), found.tolist(), strict=True)}
        counted = [place for place, told_in in stories if told_in in told and place < len(distinct)]
        on[places] = np.bincount(counted, minlength=len(distinct))[back]
        of[places] = len(told)
    return on, of
