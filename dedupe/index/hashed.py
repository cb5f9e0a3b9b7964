"""The newest articles by their keys, as in `tail.Tail`, in arrays that kernels read.

A look-up in an array waits for memory once or twice; in a dictionary of some ten thousand numbers it waits for each of
them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..compiling.load import kernel, step
from ..words import SPREAD

if TYPE_CHECKING:
    from .tail import Found

EMPTY = -(1 << 31)  # the value of a slot without a key
_HALF = np.uint64(32)


class Table:
    """A number, int32, for each of some keys, uint32, in open addresses; at most half of the slots are taken."""

    def __init__(self) -> None:
        self.key, self.value = _slots(1 << 6)
        self.taken = 0

    def make_room(self, more: int) -> None:
        """Make room for so many keys more."""
        if 2 * (self.taken + more) > len(self.key):
            wider = _slots(1 << (2 * (self.taken + more)).bit_length())
            _move(self.key, self.value, *wider)
            self.key, self.value = wider


def _slots(count: int) -> tuple[NDArray[np.uint32], NDArray[np.int32]]:
    return np.zeros(count, np.uint32), np.full(count, EMPTY, np.int32)


class Hashed:
    """What `tail.Tail` is; of each key the last posting is known, and of each posting the one before of its key."""

    def __init__(self) -> None:
        self._last, self._changes = Table(), Table()
        self._before, self._owner = np.empty(1 << 10, np.int32), np.empty(1 << 10, np.uint32)
        self._postings = 0

    def post(self, aid: int, keys: NDArray[np.uint32]) -> None:
        """Note that an article, newer than all before, is found by these keys."""
        last, done = self._last, self._postings
        last.make_room(len(keys))
        if done + len(keys) > len(self._owner):
            more = np.empty(done + len(keys), np.int32)
            self._before = np.concatenate((self._before, more))
            self._owner = np.concatenate((self._owner, more.view(np.uint32)))
        own = keys.astype(np.uint32)  # read from a file they cannot be written, and the kernel would be compiled again
        last.taken += _post(last.key, last.value, self._before, self._owner, done, own, aid)
        self._postings += len(keys)

    def find(self, keys: NDArray[np.uint32], limit: int) -> Found:
        """Return (positions in `keys`, articles that have that key), in order; of each the newest `limit`."""
        found: Found = _find(self._last.key, self._last.value, self._before, self._owner, keys, limit)
        return found

    def count(self, words: NDArray[np.uint32], by: int) -> None:
        """Note that each of these words stands in so many articles more."""
        self._changes.make_room(len(words))
        self._changes.taken += _count(self._changes.key, self._changes.value, words.astype(np.uint32), by)

    def changes(self, words: NDArray[np.uint32]) -> NDArray[np.int64]:
        """Return in how many articles more each word stands by now, int64."""
        found = np.empty(len(words), np.int64)
        _look_up(self._changes.key, self._changes.value, words, found)
        return found


@step
def _slot(key, value, wanted):
    """Return the slot that has a key, or the empty one where it belongs."""
    slot = np.int64((np.uint64(wanted) * SPREAD) >> _HALF) & (len(key) - 1)
    while value[slot] != EMPTY and key[slot] != wanted:
        slot = (slot + 1) & (len(key) - 1)
    return slot


@kernel
def _move(key, value, wider_key, wider_value):
    """Copy a table into a wider one."""
    for i in range(len(key)):
        if value[i] != EMPTY:
            slot = _slot(wider_key, wider_value, key[i])
            wider_key[slot], wider_value[slot] = key[i], value[i]


@kernel
def _post(key, last, before, owner, done, keys, aid):
    """Add a posting for each key; return how many keys are new."""
    fresh = 0
    for i in range(len(keys)):
        slot = _slot(key, last, keys[i])
        fresh += last[slot] == EMPTY
        key[slot] = keys[i]
        before[done + i], owner[done + i] = last[slot], aid
        last[slot] = done + i
    return fresh


@kernel
def _find(key, last, before, owner, keys, limit):
    """Return (places, articles) of the newest `limit` postings of each key."""
    count = np.zeros(len(keys), np.int64)
    newest = np.empty(len(keys), np.int32)
    total = 0
    for i in range(len(keys)):
        newest[i] = last[_slot(key, last, keys[i])]
        posting = newest[i]
        while posting != EMPTY and count[i] < limit:
            count[i] += 1
            posting = before[posting]
        total += count[i]
    places, articles = np.empty(total, np.int64), np.empty(total, np.uint32)
    end = 0
    for i in range(len(keys)):
        posting = newest[i]
        end += count[i]
        for at in range(end - 1, end - 1 - count[i], -1):
            places[at], articles[at] = i, owner[posting]
            posting = before[posting]
    return places, articles


@kernel
def _count(key, value, words, by):
    """Add to the value of each word; return how many words are new."""
    fresh = 0
    for i in range(len(words)):
        slot = _slot(key, value, words[i])
        fresh += value[slot] == EMPTY
        value[slot] = by + (0 if value[slot] == EMPTY else value[slot])
        key[slot] = words[i]
    return fresh


@kernel
def _look_up(key, value, words, found):
    """Write the value of each word, 0 where it has none."""
    for i in range(len(words)):
        held = value[_slot(key, value, words[i])]
        found[i] = 0 if held == EMPTY else held
