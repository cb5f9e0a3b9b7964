"""The newest articles by their keys, and by how much they change the counts of words, until they settle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import chain, repeat
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..compiling import compiled
from .stored import Pending

if TYPE_CHECKING:
    from .hashed import Hashed

    Found = tuple[NDArray[np.int64], NDArray[np.uint32]]


class Tail:
    """Articles by key and changes of counts by word, in dictionaries; `hashed.Hashed` is the same with kernels.

    >>> tail = Tail()
    >>> tail.post(7, np.array([5, 9], dtype=np.uint32)), tail.post(8, np.array([9], dtype=np.uint32))
    (None, None)
    >>> [column.tolist() for column in tail.find(np.array([9, 1], dtype=np.uint32), limit=2)]
    [[0, 0], [7, 8]]
    """

    def __init__(self) -> None:
        self._by_key: dict[int, tuple[int, ...]] = {}
        self._changes: Counter[int] = Counter()

    def post(self, aid: int, keys: NDArray[np.uint32]) -> None:
        """Note that an article, newer than all before, is found by these keys."""
        for key in keys.tolist():
            self._by_key[key] = (*self._by_key.get(key, ()), aid)

    def find(self, keys: NDArray[np.uint32], limit: int) -> Found:
        """Return (positions in `keys`, articles that have that key), in order; of each the newest `limit`."""
        met = [(place, self._by_key[key][-limit:]) for place, key in enumerate(keys.tolist()) if key in self._by_key]
        places = np.repeat(np.array([place for place, _ in met], dtype=np.int64), [len(aids) for _, aids in met])
        return places, np.array(list(chain.from_iterable(aids for _, aids in met)), dtype=np.uint32)

    def count(self, words: NDArray[np.uint32], by: int) -> None:
        """Note that each of these words stands in so many articles more."""
        for word in words.tolist():
            self._changes[word] += by

    def changes(self, words: NDArray[np.uint32]) -> NDArray[np.int64]:
        """Return in how many articles more each word stands by now, int64."""
        found = map(self._changes.get, words.tolist(), repeat(0))
        return np.fromiter(found, dtype=np.int64, count=len(words))


def newest(tail: Tail | Hashed, pending: dict[int, Pending], gone: Iterable[NDArray[np.uint32]]) -> Tail | Hashed:
    """Return the tail, made anew of what is pending and gone when the kernels have been loaded since it was made."""
    if not isinstance(tail, Tail) or not compiled(0, __package__):
        return tail
    from .hashed import Hashed

    hashed = Hashed()
    for aid, value in sorted(pending.items()):
        hashed.count(value.terms, 1)
        if value.story:
            hashed.post(aid, value.keys)
    for words in gone:
        hashed.count(words, -1)
    return hashed
