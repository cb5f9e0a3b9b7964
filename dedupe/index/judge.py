"""How one article stands to an index: what it repeats, and in which of its stories it belongs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from ..config import Config
from .near import Near
from .pages import Pages
from .ring import Ring, ring_of, widened
from .standing import Move, Seen, Standing, strongest
from .store import Store
from .stories import MEMBERS, TOUCHED, Placement, named, regrouped, touched
from .ties import Ties, alike_of, likened, several_of, ties_of


def judge(
    store: Store, pages: Pages, found: Near, config: Config, *, state: str, own: int, unread: tuple[str, ...],
    passages: bool,
) -> tuple[Standing, Placement]:  # fmt: skip
    """Return how the one article of `pages` stands to the index, and where in its stories it belongs.

    `own`: its number in the index, 0 where it is not in it; `unread`: those of its dates that cannot be read, in words.
    """
    near = {*found.copies}
    known = state == "known"
    if known:
        placement = Placement(store.stories([own])[0])
        members = _members(store, placement.story, own)[-MEMBERS:]
        ring, ties = ring_of(store, pages, _beside(found, members), near, config, known), None
    else:
        likely = _beside(found, _likely_members(store, found.sure, own))
        ring = ring_of(store, pages, likely, near, config, known)
        ring, ties, placement, members = _placed(store, pages, ring, near, own, config)
    story = f"s-{placement.story}" if placement.story else ""
    if ring.rated:
        ring = replace(ring, rated=None)  # some keep many of these
    seen = Seen(config, pages, ring, ties, members, passages)
    id, moved = pages.labelled.articles[0].id, _told(store, placement.moves)
    return Standing(id, state, story, strongest(seen), moved, found.capped, unread, seen), placement


def _beside(found: Near, members: Sequence[int]) -> list[int]:
    """Return what was found near an article, and these articles too."""
    return sorted({*found.copies, *found.related, *members})


def _likely_members(store: Store, sure: Sequence[int], own: int) -> list[int]:
    """Return the members of the stories that copies are surely in: it would be held against them in the end."""
    if not sure:
        return []
    often = Counter(store.stories(sure))
    likely = sorted(often, key=lambda story: (-often[story], story))[:TOUCHED]
    return [aid for story in likely for aid in _members(store, story, own)[-MEMBERS:]]


def _members(store: Store, story: int, own: int) -> list[int]:
    return [aid for aid in store.members(story) if aid != own]


def _placed(
    store: Store, pages: Pages, ring: Ring, near: set[int], own: int, config: Config
) -> tuple[Ring, Ties, Placement, list[int]]:
    """Return where a new article belongs, columns that hold the members of the stories it touches, and its story's."""
    ties = ties_of(ring, config, store)
    (was,) = store.stories([own])
    if len(ring.aids) == 1 and not (was and len(store.members(was)) > 1):  # most are like nothing that is known
        return ring, ties, Placement(was), []
    others = np.flatnonzero(ring.aids)
    aids = ring.aids[others]
    copied = ties.group[others] == ties.group[ring.row]
    stories = store.stories(aids)
    likely = touched(stories, ties.alike[others].tolist(), copied.tolist(), config.story_threshold)
    likely = [*likely, *{was} - {*likely, 0}]  # which it leaves: what only its old text held together parts
    members = {story: some for story in likely if (some := _members(store, story, own))}
    local = {aid for aid, story in zip(aids.tolist(), stories, strict=True) if story in members}  # old copies too
    local.update(aid for some in members.values() for aid in some[-MEMBERS:])
    wider = widened(store, pages, ring, near, config, sorted(local))
    if wider is not ring:
        ring, ties = wider, ties_of(wider, config, store)
    went, story = _regrouped(store, ring, ties, sorted(local), members, config) if local else ({}, 0)
    if not story and was not in members:  # alone, as its old text was: its story stays
        story = was
    before = {aid: story for story, some in members.items() for aid in some}
    moves = tuple((aid, story) for aid, story in sorted(went.items()) if story != before[aid])
    inside = [aid for aid in sorted(local) if went[aid] == story]
    still = {*ring.aids[ties.group == ties.group[ring.row]].tolist()}  # what a page holds besides may be among the rest
    copies = tuple(aid for aid in aids[copied].tolist() if aid in still)
    placement = Placement(story, moves, copies, alike_of(ring, ties), several_of(ring, ties))
    return ring, ties, placement, inside


def _regrouped(
    store: Store, ring: Ring, ties: Ties, local: Sequence[int], members: Mapping[int, Sequence[int]], config: Config
) -> tuple[dict[int, int], int]:
    """Return the story of each member of some stories once a new article came, and its own, 0 where it is alone."""
    numbers = [*local, store.memory.state.last + 1]  # the last is what it would get
    row_of = {aid: row for row, aid in enumerate(ring.aids.tolist())}
    rows = [*(row_of[aid] for aid in local), ring.row]
    was = [*store.stories(local), 0]
    first: dict[int, int] = {}
    group = np.array([first.setdefault(one, at) for at, one in enumerate(ties.group[rows].tolist())], dtype=np.int32)
    known = [ring.held[ring.corpus.articles[row].id].kept.row.alike for row in rows[:-1]]
    whole = {story for story, some in members.items() if len(some) > MEMBERS}
    stays = [story if story in whole else 0 for story in was[:-1]]
    alike = [*likened(ring, ties, local, rows[:-1], known, stays), dict(alike_of(ring, ties))]
    found = regrouped(numbers, was, group, alike, whole, config.story_threshold, store.memory.documents + 1)
    now = named(numbers, was, found, lambda story: bool(store.members(story)), store.memory.merged)
    went = dict(zip(local, now, strict=False))
    went |= {aid: now[was.index(story)] for story in whole for aid in members[story]}
    return went, now[-1] if now[-1] in now[:-1] else 0


def _told(store: Store, moves: Sequence[tuple[int, int]]) -> tuple[Move, ...]:
    """Return which articles go from one story to another."""
    if not moves:
        return ()
    aids = [aid for aid, _ in moves]
    was = store.stories(aids)
    ids = [row.page["id"] for row in store.articles(aids)]
    return tuple(Move(id, f"s-{old}", f"s-{new}") for id, old, (_, new) in zip(ids, was, moves, strict=True))
