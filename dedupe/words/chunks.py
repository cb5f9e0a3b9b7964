"""The words of many texts by the kernel, chunk by chunk: texts are cut into chunks of a few megabytes for threads."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import islice
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from ..jobs import cores
from ..rows import bounds_of
from . import kernel
from .plain import PAD, Tokens, _powers, character_table

T = TypeVar("T")
R = TypeVar("R")

_CHUNK = 1 << 21  # bytes: what a thread takes at a time, small enough to stay in its cache


@cache
def _tables() -> tuple[NDArray[np.uint8], NDArray[np.uint32], NDArray[np.uint64]]:
    """Return (classes, folded code points, powers)."""
    return *character_table(), _powers()


def encode(texts: Sequence[str]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Return (data, bounds): text i is the UTF-8 data[bounds[i] : bounds[i + 1]]; some zeros follow the last."""
    if not all(map(str.isascii, texts)):
        return joined([text.encode("utf-8", "surrogatepass") for text in texts])
    data = "".join([*texts, "\0" * PAD]).encode()
    return np.frombuffer(data, dtype=np.uint8), bounds_of(list(map(len, texts)))


def joined(parts: Sequence[Any]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Return encoded texts, one after the other, in the form that `encode` gives them."""
    return np.frombuffer(b"".join([*parts, bytes(PAD)]), dtype=np.uint8), bounds_of(list(map(len, parts)))


class Room(NamedTuple):
    """Where a thread writes what it finds in a chunk; used again for the next one, for fresh pages are slow."""

    edge: NDArray[np.int32]
    char: NDArray[np.int32]
    other: NDArray[np.uint8]
    hash: NDArray[np.uint32]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    flags: NDArray[np.uint8]


def room(longest: int, total: int, texts: int) -> Room:
    """Return room for texts of at most so many bytes, and so many together.

    A word takes two bytes, itself and a divider, or a character of a script without spaces, which is longer. What
    is never written is never taken from the system.
    """
    edges, words = longest + 8, (total + texts) // 2 + 1
    return Room(
        np.empty(edges, np.int32), np.empty(edges, np.int32), np.empty(edges, np.uint8), np.empty(words, np.uint32),
        np.empty(words, np.int32), np.empty(words, np.int32), np.empty(words, np.uint8),
    )  # fmt: skip


def fits(space: Room, bounds: NDArray[np.int64]) -> bool:
    """Return whether the encoded texts between these bounds have room."""
    longest, words = int(np.diff(bounds).max(initial=0)), (int(bounds[-1] - bounds[0]) + len(bounds)) // 2 + 1
    return len(space.edge) >= longest + 8 and len(space.hash) >= words


def token_chunk(texts: Sequence[str], space: Room) -> Tokens:
    """Return the words of a chunk of texts; all columns but the first lie in the room given."""
    return _tokens(*encode(texts), space)


def _tokens(data: NDArray[np.uint8], bounds: NDArray[np.int64], space: Room) -> Tokens:
    """Return the words of encoded texts; all columns but the first lie in the room given."""
    first = np.empty(len(bounds), np.int64)
    count = kernel.token_chunk(data, bounds, *_tables(), *space[:3], first, *space[3:])
    return Tokens(first, space.hash[:count], space.start[:count], space.end[:count], space.flags[:count])


def _chunks(lengths: NDArray[np.int64]) -> list[tuple[int, int]]:
    """Return the ranges of rows of texts of these lengths that make a chunk each, in order."""
    ends = np.cumsum(lengths + 1)
    total = int(ends[-1]) if len(ends) else 0
    cuts = np.unique(np.searchsorted(ends, np.arange(_CHUNK, total, _CHUNK)) + 1)
    cuts = cuts[cuts < len(lengths)].tolist()
    return list(zip([0, *cuts], [*cuts, len(lengths)], strict=True))


def tokenize(texts: Sequence[str], jobs: int | None = None) -> Tokens:
    """Return the words of many texts, chunk by chunk on `jobs` threads, by default one for each processor.

    They are moved from the rooms of the threads to where they stay, for which there is space enough for words of one
    letter: what is not needed of it is never taken from the system.
    """
    total = sum(map(len, texts))
    if total < _CHUNK:  # a single article comes by here: no more is done for it than needs to be
        data, bounds = encode(texts)
        return _tokens(data, bounds, room(len(data), len(data), len(texts)))
    jobs = jobs or cores()
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    rows = _chunks(lengths)
    most = max(int(lengths[low:high].sum()) for low, high in rows)
    spaces = [room(4 * int(lengths.max()), 4 * most, max(high - low for low, high in rows)) for _ in rows[: jobs + 1]]
    most_words = sum((len(text) + 1) // 2 if text.isascii() else len(text) for text in texts)
    columns: list[NDArray[Any]] = [np.empty(most_words, kind) for kind in (np.uint32, np.int32, np.int32, np.uint8)]
    first, done = np.zeros(len(texts) + 1, dtype=np.int64), 0
    for (low, high), found in zip(
        rows, _in_rooms(token_chunk, (texts[low:high] for low, high in rows), spaces, jobs), strict=True
    ):
        first[low + 1 : high + 1] = found.first[1:] + done
        until = done + len(found.hash)
        for column, part in zip(columns, found.columns, strict=True):
            column[done:until] = part
        done = until
    return Tokens(first, *(column[:done] for column in columns))


def _in_rooms(work: Callable[[T, Room], R], parts: Iterable[T], spaces: Iterable[Room], jobs: int) -> Iterator[R]:
    """Yield work(part, room) for each part in order, on `jobs` threads; asked for the next, a room is used anew."""
    rest = iter(parts)
    with ThreadPoolExecutor(jobs) as pool:
        waiting = deque((space, pool.submit(work, part, space)) for space, part in zip(spaces, rest, strict=False))
        while waiting:
            space, working = waiting.popleft()
            yield working.result()
            waiting += [(space, pool.submit(work, part, space)) for part in islice(rest, 1)]
