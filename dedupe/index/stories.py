"""The stories that an article touches, grouped again with it: they merge and divide by what is known to be alike.

The linkage is the report's. Beside an article that comes, the others are measured again (`ties.likened`). Beside a
chunk, and when articles are removed, what is kept with each serves: how like it was, when it came, to those it was
compared with. Either way a wrong join is undone when articles come that show it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from .. import cluster

# Newest members of a story that an article is held against, as many as the batch compares all with all. A longer story
# stays whole: it grows, and merges, and is not divided, so that the work of an arrival has a bound.
MEMBERS = 30
TOUCHED = 4  # stories that are grouped again, the likeliest
# A share of the threshold, from which on a story is: what both are like may lift two articles over it. In bench sets
# 1, 0.8 and 0.6 give 0.845, 0.851 and 0.851 of B-cubed F1.
NEARLY = 0.8


@dataclass(frozen=True, slots=True)
class Placement:
    """Where an article belongs: the number of its story, 0 for one of its own, and what follows for others.

    `moves`: articles of the index and the story that each goes to. `copies`: those it is a copy of. `alike`: those it
    is like, and how much, in thousandths. `several`: pages that hold another text beside that of their copies, 0 for
    the article itself.
    """

    story: int
    moves: tuple[tuple[int, int], ...] = ()
    copies: tuple[int, ...] = ()
    alike: tuple[tuple[int, int], ...] = ()
    several: tuple[int, ...] = ()


def touched(
    stories: Sequence[int], similarity: Sequence[float], copied: Sequence[bool], threshold: float = 0.5
) -> list[int]:
    """Return the stories that an article may join, given the story of each article it was compared with.

    >>> touched([1, 2, 1, 5], [0.7, 0.2, 0.9, 0.1], [False, False, False, True])
    [5, 1]
    """
    best: dict[int, tuple[bool, float]] = {}
    for story, value, copy in zip(stories, similarity, copied, strict=True):
        if copy or value >= NEARLY * threshold:
            best[story] = max(best.get(story, (False, 0.0)), (copy, value))
    return sorted(best, key=lambda story: (*(-part for part in best[story]), story))[:TOUCHED]


def regrouped(
    numbers: Sequence[int], story: Sequence[int], group: NDArray[np.int32], alike: Sequence[Mapping[int, int]],
    whole: set[int], threshold: float, among: int,
) -> list[int]:  # fmt: skip
    """Return the new group of each of some articles: the place of its first.

    `numbers` ascend; `story`: of each, 0 where it has none yet; `group`: copy group of each, the place of its first;
    `alike`: how like each is to earlier ones, in thousandths, by number. The stories in `whole` are not divided.
    `among`: how many distinct texts the index has.

    >>> none = np.arange(3, dtype=np.int32)
    >>> regrouped([4, 6, 9], [4, 4, 0], none, [{}, {4: 510}, {6: 900}], set(), 0.5, 300)
    [0, 1, 1]
    >>> regrouped([4, 6, 9], [4, 4, 0], none, [{}, {4: 510}, {6: 900}], {4}, 0.5, 300)
    [0, 0, 2]
    """
    place = {number: at for at, number in enumerate(numbers)}
    links = [(place[near], at, some[near]) for at, some in enumerate(alike) for near in some.keys() & place.keys()]
    a, b, much = (np.array(side, dtype=np.int32) for side in (zip(*links, strict=True) if links else ((), (), ())))
    similarity = (much / 1000).astype(np.float32)
    held = np.array([at for at, one in enumerate(story) if one in whole], dtype=np.int64)
    joined = with_stories(group, held, np.array(story, dtype=np.int64)[held]) if len(held) else None
    found: list[int] = cluster.stories(
        len(numbers), a, b, similarity, threshold=threshold, alone=cluster.alone_among(among), copies=group,
        joined=joined,
    ).tolist()  # fmt: skip
    return found


def heard(aids: Sequence[int], alike: Sequence[Mapping[int, int]], silent: Container[int]) -> list[dict[int, int]]:
    """Return how like articles are to earlier ones, where neither is one of the silent, that do not speak for a text.

    >>> heard([6, 9], [{4: 510}, {4: 700, 6: 900}], {6})
    [{}, {4: 700}]
    """
    every = ({} if aid in silent else of for aid, of in zip(aids, alike, strict=True))
    return [{near: much for near, much in of.items() if near not in silent} for of in every]


def with_stories(group: NDArray[np.int32], rows: NDArray[np.int64], story: NDArray[np.int64]) -> NDArray[np.int32]:
    """Return copy groups joined where some of the rows are of one story.

    >>> with_stories(np.array([0, 0, 2, 3, 4], dtype=np.int32), np.array([1, 3, 4]), np.array([7, 7, 9])).tolist()
    [0, 0, 2, 0, 4]
    """
    _, first, which = np.unique(story, return_index=True, return_inverse=True)
    return cluster.joined(group, rows.astype(np.int32), rows[first][which].astype(np.int32))


def named(
    numbers: Sequence[int], story: Sequence[int], found: Sequence[int], taken: Callable[[int], bool],
    merged: Container[int] = (), last: int = 0,
) -> list[int]:  # fmt: skip
    """Return the story of each of some articles that were grouped again, the last of them mostly new, by its number.

    A story's number stays with the part that holds most of its articles, of equals the oldest of them; where several
    meet, the oldest stays. Other parts are named by their oldest article whose number is not `taken` by a story, or by
    the lowest that is not, nor of the `merged`: the ids of these lead to what they became part of. `last`: the last
    number given so far, where none of these articles is new.

    >>> named([4, 6, 8, 9], [4, 4, 4, 0], [0, 1, 0, 1], {4}.__contains__)
    [4, 6, 4, 6]
    >>> named([4, 6, 9], [4, 6, 0], [0, 0, 0], {4, 6}.__contains__)
    [4, 4, 4]
    """
    held: dict[int, Counter[int]] = {}
    for one, part in zip(story, found, strict=True):
        if one:
            held.setdefault(one, Counter())[part] += 1
    name: dict[int, int] = {}
    for one, parts in sorted(held.items()):
        name.setdefault(parts.most_common(1)[0][0], one)
    held_by: dict[int, list[int]] = {}
    for number, part in zip(numbers, found, strict=True):
        held_by.setdefault(part, []).append(number)
    fresh: set[int] = set()
    for part in sorted(held_by.keys() - name.keys()):
        every = range(1, max(numbers[-1], last + 1))  # fewer stories than numbers: one of them is free
        some = chain(held_by[part], (number for number in every if number not in merged), every)
        name[part] = next(number for number in some if number not in fresh and not taken(number))
        fresh.add(name[part])
    return [name[part] for part in found]
