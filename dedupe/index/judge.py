"""How one article stands to an index: what it repeats, and in which of its stories it belongs."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from ..pipeline.decisive import measure
from ..pipeline.pairs import Words, given_story, is_measured, joined, unshared, within, word_weights
from .ring import among, likeness, other_of, pairs_with, ring_of, widened
from .standing import Seen, Standing, strongest
from .stories import MEMBERS, NOWHERE, TOUCHED, Placement, place, touched

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..config import Config
    from ..pipeline.pairs import Pairs
    from .near import Near
    from .pages import Pages
    from .ring import Ring
    from .store import Store


def judge(
    store: Store, pages: Pages, found: Near, config: Config, *, state: str, own: int, passages: bool
) -> tuple[Standing, Placement]:
    """Return how the one article of `pages` stands to the index, and where in its stories it belongs.

    `own`: its number in the index, 0 where it is not in it.
    """
    near = {*found.copies}
    known = state == "known"
    if known:
        placement = Placement(store.stories(np.array([own]))[0], ())
        members = _members(store, placement.story, own)
        ring = ring_of(store, pages, _beside(found, members), near, config, known)
    else:
        likely = _beside(found, _likely_members(store, found.sure, own))
        ring = ring_of(store, pages, likely, near, config, known)
        ring, placement = _placed(store, pages, ring, near, own, config)
        joined = (placement.story, *placement.merged) if placement.story else ()
        members = [aid for story in joined for aid in _members(store, story, own)]
        ring = widened(store, pages, ring, near, config, known, members)
    pairs = _complete(ring, members)
    story = f"s-{placement.story}" if placement.story else ""
    seen = Seen(config, pages, ring, pairs, passages)
    return Standing(pages.labelled.articles[0].id, state, story, strongest(pairs), found.capped, seen), placement


def _beside(found: Near, members: Sequence[int]) -> list[int]:
    """Return what was found near an article, and these articles too."""
    return sorted({*found.copies, *found.related, *members})


def _likely_members(store: Store, sure: Sequence[int], own: int) -> list[int]:
    """Return the members of the stories that copies are surely in: it would be held against them in the end."""
    if not sure:
        return []
    often = Counter(store.stories(np.array(sure, dtype=np.int64)))
    likely = sorted(often, key=lambda story: (-often[story], story))[:TOUCHED]
    return [aid for story in likely for aid in _members(store, story, own)]


def _members(store: Store, story: int, own: int) -> list[int]:
    return [aid for aid in store.members(story) if aid != own][-MEMBERS:]


def _placed(store: Store, pages: Pages, ring: Ring, near: set[int], own: int, config: Config) -> tuple[Ring, Placement]:
    """Return where a new article belongs, and the columns that hold the members of the stories it touches."""
    others = np.flatnonzero(ring.aids)
    if not len(others):
        return ring, NOWHERE
    aids = ring.aids[others]
    copied = ring.group[others] == ring.group[ring.row]
    stories = store.stories(aids)
    alike = likeness(ring, [ring.row], others.tolist())[0].tolist()
    likely = touched(stories, alike, copied.tolist(), config.story_threshold)
    if not likely:
        return ring, NOWHERE
    members = {story: _members(store, story, own) for story in likely}
    ring = widened(store, pages, ring, near, config, False, [aid for some in members.values() for aid in some])
    row_of = {aid: row for row, aid in enumerate(ring.aids.tolist())}
    rows = {story: [row_of[aid] for aid in some] for story, some in members.items()}
    holding = {story for story, copy in zip(stories, copied.tolist(), strict=True) if copy}

    def mean(one: Sequence[int], other: Sequence[int]) -> float:
        return float(likeness(ring, one, other).mean())

    placed = place(ring.row, rows, holding, mean, config.story_threshold)
    return ring, replace(placed, copies=tuple(aids[copied].tolist()))


def _complete(ring: Ring, members: Sequence[int]) -> Pairs:
    """Return the article's pairs as the batch would tell them: those of its story, and shared text across stories."""
    if not members and not len(ring.copies.a):
        return ring.copies
    inside = among(ring.aids, {*members})
    pairs = ring.copies
    waiting = np.flatnonzero(inside[other_of(ring, pairs.a, pairs.b)] & ~is_measured(pairs))
    if len(waiting):
        measure(ring.corpus, pairs, waiting, Words(word_weights(ring.corpus, ring.counted)))
        pairs = given_story(pairs, pairs.story_similarity)
    if (inside & ~ring.shares).any():
        a, b = pairs_with(ring.row, np.flatnonzero(inside & ~ring.shares))
        more = unshared(ring.corpus, a, b, Words(word_weights(ring.corpus, ring.weights)))
        pairs = joined(pairs, given_story(more, ring.alike[np.where(a == ring.row, b, a)]))
    story = np.arange(len(ring.aids), dtype=np.int32)
    story[inside] = story[ring.row]
    return within(pairs, story)
