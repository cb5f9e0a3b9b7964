"""The story an article joins: average linkage, one article at a time. Stories grow and merge, and never split."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

MEMBERS = 30  # newest members of a story that an article is held against, as many as the batch compares all with all
TOUCHED = 4  # stories an article is held against, the likeliest


@dataclass(frozen=True, slots=True)
class Placement:
    """The number of the story an article joins (0: one of its own), those that become part of it, and its copies."""

    story: int
    merged: tuple[int, ...]
    copies: tuple[int, ...] = ()


NOWHERE = Placement(0, ())


def touched(
    stories: Sequence[int], similarity: Sequence[float], copied: Sequence[bool], threshold: float = 0.5
) -> list[int]:
    """Return the stories that an article may join, given the story of each article it was compared with.

    >>> touched([1, 2, 1, 5], [0.7, 0.2, 0.9, 0.1], [False, False, False, True])
    [5, 1]
    """
    best: dict[int, tuple[bool, float]] = {}
    for story, value, copy in zip(stories, similarity, copied, strict=True):
        if copy or value >= threshold:
            best[story] = max(best.get(story, (False, 0.0)), (copy, value))
    return sorted(best, key=lambda story: (*(-part for part in best[story]), story))[:TOUCHED]


def place(
    row: int, stories: Mapping[int, Sequence[int]], copied: set[int], mean: Callable[[list[int], list[int]], float],
    threshold: float = 0.5,
) -> Placement:  # fmt: skip
    """Return where an article belongs, given the rows of the members of each story it touches.

    It joins the stories it has copies in, else the one whose members it is nearest to on average, if that is likelier
    than not (`threshold`). Then stories merge with it as long as two are near enough on average.
    The oldest number stays.

    >>> likeness = {(0, 1): 0.9, (0, 2): 0.6, (1, 2): 0.7}
    >>> def mean(a, b):
    ...     pairs = [likeness[min(x, y), max(x, y)] for x in a for y in b]
    ...     return sum(pairs) / len(pairs)
    >>> place(0, {7: [1], 8: [2]}, set(), mean)
    Placement(story=7, merged=(8,), copies=())
    >>> likeness[1, 2] = 0.1
    >>> place(0, {7: [1], 8: [2]}, set(), mean)
    Placement(story=7, merged=(), copies=())
    """
    joined = sorted(copied & set(stories))
    group = [row, *(member for story in joined for member in stories[story])]
    while rest := [story for story in stories if story not in joined]:
        near, best = max((mean(group, list(stories[story])), -story) for story in rest)
        if near < threshold:
            break
        joined.append(-best)
        group += stories[-best]
    return Placement(min(joined), tuple(sorted(joined)[1:])) if joined else NOWHERE
