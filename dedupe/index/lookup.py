"""Which articles have some keys: looked up among the newest, in memory, and in all runs of postings, on disk.

Of each key the runs are asked from the newest to the oldest until they have led to enough articles. Postings of removed
articles stay until runs merge: who meets too many of them looks further.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..compiling import compiled, kernel_of
from ..rows import bounds_of, distinct, lengths, ranges
from . import arrays, postings
from .arrays import Connection
from .memory import Memory
from .postings import ENTRIES, PROBES, Open

Found = tuple[NDArray[np.int64], NDArray[np.uint32]]
Looked = tuple[NDArray[np.int64], NDArray[np.uint32], NDArray[np.int64]]

_AT_ONCE = 1 << 14  # keys looked up at a time, of all runs together: 64 MB of parts at most
_FURTHER = 4  # times as many postings are looked at where too many articles were removed
_UNKNOWN = np.zeros(0, np.bool_)  # which keys pass a filter
_NOBODY: Found = (np.zeros(0, np.int64), np.zeros(0, np.uint32))


def find(db: Connection, memory: Memory, keys: NDArray[np.uint32], limit: int, without: int = 0) -> Found:
    """Return (first, articles): articles[first[i] : first[i + 1]] have key i and are live, in order; int64, uint32.

    Of each run a key leads to its newest `limit`. `without`: the number of an article that is left out.
    """
    first, aids, many = _looked(db, memory, keys, limit, without)
    if memory.state.live == memory.state.last or not np.count_nonzero(many >= limit):  # mostly
        return first, aids
    enough, reach = limit - bool(without), limit
    while len(short := np.flatnonzero((many >= reach) & (lengths(first) < enough))):
        reach *= _FURTHER
        again, more, looked = _looked(db, memory, keys[short], reach, without)
        start, count, every = first[:-1].copy(), lengths(first), np.concatenate((aids, more))
        count[short] = np.minimum(lengths(again), limit)
        start[short] = len(aids) + again[1:] - count[short]
        first, aids, many[short] = *_chosen(every, start, count), looked
    return first, aids


def _looked(db: Connection, memory: Memory, keys: NDArray[np.uint32], limit: int, without: int) -> Looked:
    """Return (first, articles) as `find` does, and how many postings of each key were looked at, int64."""
    at_once = max(_AT_ONCE // max(len(memory.runs), 1), 1)
    if len(keys) <= at_once:
        return _find(db, memory, keys, limit, without)
    order = _ascending(keys)  # neighbouring keys at a time, so that no look-up reads all of a run
    few = [order[at : at + at_once] for at in range(0, len(order), at_once)]
    # A filter that all keys ask one after the other stays in a cache: a fifth of the time.
    maybe = [postings.may_have(opened.filter, keys) for opened in memory.runs]
    found = [_find(db, memory, keys[some], limit, without, [of[some] for of in maybe]) for some in few]
    count, many, start = np.empty((3, len(keys)), np.int64)
    count[order] = np.concatenate([lengths(first) for first, _, _ in found])
    many[order] = np.concatenate([looked for _, _, looked in found])
    start[order] = np.cumsum(count[order]) - count[order]
    return *_chosen(np.concatenate([some for _, some, _ in found]), start, count), many


def _chosen(aids: NDArray[np.uint32], start: NDArray[np.int64], count: NDArray[np.int64]) -> Found:
    """Return (first, articles): `count` of each key, which stand in `aids` from `start` on."""
    first = bounds_of(count)
    every = first[-1] == len(aids) and (start == first[:-1]).all()  # they are all of them, as they stand
    return first, aids if every else aids[ranges(start, count)[1]]


def _ascending(keys: NDArray[np.uint32]) -> NDArray[np.int64]:
    """Return the places of keys in their order, equal ones as they stand: numpy sorts numbers faster than places."""
    if (keys[1:] >= keys[:-1]).all():
        return np.arange(len(keys))
    packed = np.sort(keys.astype(np.uint64) << np.uint64(32) | np.arange(len(keys), dtype=np.uint64))
    return (packed & np.uint64(0xFFFFFFFF)).astype(np.int64)


def _find(
    db: Connection, memory: Memory, keys: NDArray[np.uint32], limit: int, without: int,
    maybe: Sequence[NDArray[np.bool_]] = (),
) -> Looked:  # fmt: skip
    """Return what `_looked` does of few keys; `maybe`: of each run, which of them pass its filter, if that is known."""
    newest = memory.newest().find(keys, limit) if memory.pending else _NOBODY
    if compiled(len(keys), __package__):
        return _find_compiled(db, memory, newest, keys, limit, without, maybe)
    found, many = [newest], np.bincount(newest[0], minlength=len(keys))
    for opened in reversed(memory.runs):
        few = np.flatnonzero(many < limit)
        places, aids = _find_in(db, opened, keys[few], limit)
        found.append((few[places], aids))
        many += np.bincount(few[places], minlength=len(keys))
    places, aids = (np.concatenate(column) for column in zip(*reversed(found), strict=True))
    if aids.max(initial=0) > memory.state.last:
        raise _stranger(db)
    kept = memory.live(aids) & (aids != without)
    places, aids = places[kept], aids[kept]
    order = np.argsort(places, kind="stable")  # the runs come oldest first, the pending last
    return np.searchsorted(places[order], np.arange(len(keys) + 1)), aids[order], many


def _stranger(db: Connection) -> Exception:
    return arrays.damaged(db.where, "a posting names an article that never came")


def _find_compiled(
    db: Connection, memory: Memory, newest: Found, keys: NDArray[np.uint32], limit: int,
    without: int, maybe: Sequence[NDArray[np.bool_]],
) -> Looked:  # fmt: skip
    """Return what `_find` does; the parts of all runs are read at once, and put together with what is pending."""
    kernel = kernel_of(__package__)
    back, room = _back(limit), len(keys) * len(memory.runs)
    order, many, first = np.empty(len(keys), np.int64), np.empty(len(keys), np.int64), np.empty(len(keys) + 1, np.int64)
    asked, numbers = np.empty((3, room), np.int64), np.empty(room * (back + 1), np.int64)
    kernel.ascending(keys, order)
    count = parts = 0
    for opened, passing in zip(memory.runs, maybe or [_UNKNOWN] * len(memory.runs), strict=True):
        if opened.run.entries:
            place = arrays.first_place(opened.run.array)
            columns = opened.filter, passing, opened.fences, opened.starts
            count, parts = kernel.locate(keys, order, *columns, place, back, PROBES, asked, count, numbers, parts)
    if not parts and not len(newest[1]):  # as of most new ids
        return np.zeros(len(keys) + 1, np.int64), newest[1], np.zeros(len(keys), np.int64)
    content = postings.sealed(db, numbers[:parts].tolist())
    broken, strange, aids = kernel.gather(
        content, numbers, kernel.CRC, keys, asked, count, *newest, limit, memory.story, memory.state.last, without,
        first, many,
    )  # fmt: skip
    if broken < parts:
        raise arrays.differs(db.where, int(numbers[broken]))
    if strange:
        raise _stranger(db)
    return first, aids, many


def _back(limit: int) -> int:
    """Return how many parts before the last one that may hold a key may have to be read: that one has an entry."""
    return -(-(limit - 1) // ENTRIES)


def _find_in(db: Connection, opened: Open, keys: NDArray[np.uint32], limit: int) -> Found:
    """Return (positions in `keys`, articles of a run that have that key), in order; of each the newest `limit`.

    They are in the last part that may hold the key and, of a frequent one, in some before it.
    """
    places, first, last = _located(keys, opened, _back(limit))
    if not len(places):
        return _NOBODY
    numbers = distinct(ranges(first, last - first + 1)[1])
    content = postings.read(db, opened.run, numbers.tolist())
    held, article = content[:, 0].ravel(), content[:, 1].ravel()  # sorted: the parts are, and so are their numbers
    right = np.searchsorted(held, keys[places], side="right")
    left = np.maximum(np.searchsorted(held, keys[places], side="left"), right - limit)
    row, place = ranges(left, right - left)
    return places[row], article[place]


def _located(
    keys: NDArray[np.uint32], opened: Open, back: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return (positions of keys that pass the filter, the first part to read for each, the last that may hold it)."""
    if not opened.run.entries:
        return _NOBODY[0], _NOBODY[0], _NOBODY[0]
    places = np.flatnonzero(postings.may_have(opened.filter, keys))
    last = np.maximum(np.searchsorted(opened.fences, keys[places], side="right") - 1, 0)
    first = np.searchsorted(opened.fences, keys[places], side="left") - 1
    return places, np.clip(first, np.maximum(last - back, 0), last), last
