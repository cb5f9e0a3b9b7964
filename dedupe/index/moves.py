"""Articles that go to other stories, and what becomes of the stories that they leave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from .store import Store


def move(store: Store, moves: Sequence[tuple[int, int]]) -> None:
    """Put articles into other stories, and record which stories became part of another by that, and were divided.

    The id of a story that is left empty leads to that which most of its articles went to, of equals the oldest's.
    """
    if not moves:
        return
    went: dict[int, Counter[int]] = {}
    for aid, story in sorted(moves):
        went.setdefault(int(store.memory.story[aid]), Counter())[story] += 1
    pairs = np.array(moves, dtype=np.uint32)
    store.note("move", store.memory.state.moves + 1, pairs)
    store.memory.move(pairs)
    store.change(moves=store.memory.state.moves + 1)
    for again in sorted({story for _, story in moves} & store.memory.merged.keys()):
        _join(store, again, again)
    for story, into in sorted(went.items()):
        left = bool(store.memory.members(story))
        store.change(divided=store.memory.state.divided + len(into) - (not left))
        if not left:
            _join(store, story, into.most_common(1)[0][0])


def follow(store: Store, story: int, aid: int) -> None:
    """Let a story that the old text of an article was in, and that is empty without it, lead to the article's story."""
    if not (store.memory.members(story) or story in store.memory.merged):
        _join(store, story, int(store.memory.story[aid]))


def _join(store: Store, story: int, into: int) -> None:
    store.note("merge", store.memory.state.merges + 1, np.array([story, into]))
    store.memory.join(story, into)
    store.change(merges=store.memory.state.merges + 1)
