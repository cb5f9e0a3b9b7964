"""Articles that are removed: their words leave the counts, and the stories that they touched are grouped again."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..config import Config
from . import counts, stored, upkeep
from .copies import known_groups, linked
from .kept import Kept, held, kept_many, words_of
from .moves import move
from .store import Store
from .stories import MEMBERS, heard, named, regrouped, touched

MANY = 200  # articles that are removed at a time


def remove(store: Store, aids: Sequence[int], config: Config) -> None:
    """Remove articles, and group the stories that they touched again: they may have joined or divided them."""
    if aids:
        reached = [_touched(store, one, config.story_threshold) for one in store.articles(aids)]
        retire(store, aids)
        for stories in dict.fromkeys(reached):  # once for all that leave one story
            _regroup(store, stories, config)


def _touched(store: Store, one: stored.Row, threshold: float) -> tuple[int, ...]:
    """Return the story of an article, and those of what it was like when it came."""
    alike = one.alike
    own, *others = store.stories([one.aid, *alike])
    near = touched(others, [much / 1000 for much in alike.values()], [False] * len(others), threshold)
    return own, *(story for story in near if story not in (0, own))  # 0: of removed ones


def retire(store: Store, aids: Sequence[int]) -> None:
    """Remove articles. A text of which copies stay is counted once still: by the words of the first of them."""
    leaving, heirs = {*aids}, set()
    for at in range(0, len(aids), MANY):
        some = kept_many(store, aids[at : at + MANY])  # not those that were read lately: they may be counted since
        heirs |= _heirs(store, some.kept, leaving)
        store.retire([one.row.aid for one in some.kept], words_of(some))
    if heirs:
        _count(store, sorted(heirs))


def _heirs(store: Store, gone: Sequence[Kept], leaving: set[int]) -> set[int]:
    """Return the first copy that stays of each text that was counted as one that goes; none where another is counted.

    Copies are of one story. What came before counts were last halved fades with them, and has no heirs.
    """
    counted = {one.row.aid for one in gone if one.row.counted and one.row.aid > store.memory.state.faded}
    found = set()
    for story in {*store.stories(sorted(counted))}:
        members = store.members(story)
        if leaving.issuperset(members):
            continue
        rows = store.articles(members)
        copies = {row.aid: row.copies for row in rows}
        group = dict(zip(members, linked(members, copies).tolist(), strict=True))
        for one in {group[aid] for aid in counted.intersection(members)}:
            rest = [row for row in rows if group[row.aid] == one and row.aid not in leaving]
            if rest and not any(row.counted for row in rest):
                found.add(rest[0].aid)
    return found


def _count(store: Store, aids: Sequence[int]) -> None:
    """Count the words of articles that were not counted."""
    memory, settled = store.memory, []
    for row in store.articles(aids):
        page = stored.Entry(row.page | {"counted": True}, row.published, b"")
        store.db.execute("REPLACE INTO article VALUES (?, ?, ?, ?, ?)", stored.article(row.aid, page, row.added))
    for aid, words in zip(aids, words_of(kept_many(store, aids)), strict=True):
        if value := memory.pending.get(aid):
            store.pend_anew(aid, value._replace(terms=words))
        else:
            settled.append(words)
    if settled:
        store.change(documents=memory.state.documents + sum(map(bool, map(len, settled))))
        upkeep.count(store, counts.tallied(settled, 1))


def _regroup(store: Store, stories: Sequence[int], config: Config) -> None:
    """Group stories again by what is known of those that are left; a long one stays whole."""
    members = {story: some for story in stories if (some := store.members(story))}
    aids = sorted(aid for some in members.values() for aid in some[-MEMBERS:])
    if len(aids) < 2:
        return
    others, was = [one.kept for one in held(store, aids)], store.stories(aids)
    groups = known_groups(np.array(aids), others)
    silent = {aid for aid, speaks in zip(aids, groups.speaks.tolist(), strict=True) if not speaks}
    alike = heard(aids, [one.row.alike for one in others], silent)
    whole = {story for story, some in members.items() if len(some) > MEMBERS}
    found = regrouped(aids, was, groups.group, alike, whole, config.story_threshold, store.memory.documents)
    memory = store.memory
    now = named(aids, was, found, lambda number: bool(store.members(number)), memory.merged, memory.state.last)
    went = dict(zip(aids, now, strict=True)) | {aid: now[was.index(one)] for one in whole for aid in members[one]}
    before = {aid: story for story, some in members.items() for aid in some}
    move(store, [(aid, story) for aid, story in sorted(went.items()) if story != before[aid]])
