"""The members of a story without a look at all articles: for each story, the articles that ever joined it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FRESH = 1 << 16  # articles noted one by one, 10 MB, before they are better sorted among the others


class Joined:
    """The members of stories, sorted once from each article's story, and those that came since; who left is still told.

    >>> joined = Joined(np.array([0, 1, 2, 1, 0], dtype=np.uint32))  # articles 1 to 4, the last one removed
    >>> joined.note(5, 1)
    >>> joined.of(1), joined.of(2), joined.of(9)
    ([1, 3, 5], [2], [9])
    """

    def __init__(self, story: NDArray[np.uint32]) -> None:
        own = np.arange(len(story), dtype=np.uint32)
        later = np.flatnonzero((story != own) & (story != 0)).astype(np.uint32)  # most articles are alone in theirs
        order = np.argsort(story[later], kind="stable")
        self._story, self._aid = story[later][order], later[order]
        self._since: dict[int, list[int]] = {}
        self._noted = 0

    def note(self, aid: int, story: int) -> None:
        """Note the story that an article came into."""
        if aid != story:
            self._since.setdefault(story, []).append(aid)
            self._noted += 1

    @property
    def full(self) -> bool:
        """Return whether so many came since that all should be sorted again."""
        return self._noted > FRESH

    def of(self, story: int) -> list[int]:
        """Return the articles that came into a story, and the one that it is named after; some may have left it."""
        low, high = np.searchsorted(self._story, np.array([story, story + 1], dtype=np.uint32)).tolist()
        return [story, *self._aid[low:high].tolist(), *self._since.get(story, ())]
