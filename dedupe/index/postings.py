"""Runs of postings: (key, article) entries sorted by both, immutable, in parts of 126.

A log-structured merge (O'Neil et al. 1996): articles arrive in memory, leave it as a sorted run, and runs merge into
longer ones. The first key of each part is kept in memory, so a key leads to the number of the one part that may hold
it; a Bloom filter (Bloom 1970) tells most of the keys that are in no article before any part is read.

A key has 32 bits: with 200 million of them every twentieth look-up finds a stranger, which the article's own row tells.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..compiling import compiled, kernel_of
from ..words import SPREAD
from . import arrays
from .arrays import Connection

Postings = tuple[NDArray[np.uint32], NDArray[np.uint32]]

PART = 1008  # bytes of a part: a look-up reads one for each key, and its checksum takes the time; eight fill a page
ENTRIES = PART // 8  # of a part: their keys, then their articles
ARRAYS = 3  # of a run
PROBES = 2  # bits of the filter an entry sets
_BITS = 4  # of the filter, for each entry: a tenth of the absent keys pass, and 200 keys of an article take 100 bytes
_LAST, _HALF = np.uint32(0xFFFFFFFF), np.uint64(32)


@dataclass(frozen=True, slots=True)
class Run:
    """Where a run is: its parts are in array `array`, their first keys in the next, its filter in the one after."""

    array: int
    entries: int
    filter_words: int  # of 64 bits
    lo: int  # the first article it covers
    hi: int  # and the last

    @property
    def parts(self) -> int:
        """Return the number of its parts."""
        return -(-self.entries // ENTRIES)


@dataclass(frozen=True, slots=True, eq=False)
class Open:
    """A run and what is kept of it in memory: the first key of each part, uint32, and the filter's words, uint64.

    `starts`: int32 of shape (1 + a power of two,); the first keys with the upper bits i are fences[starts[i] :
    starts[i + 1]]. Keys are even, so that this leads to within a step of the one that is looked for.
    """

    run: Run
    fences: NDArray[np.uint32]
    filter: NDArray[np.uint64]
    starts: NDArray[np.int32]


def ordered(keys: NDArray[np.uint32], articles: NDArray[np.uint32]) -> Postings:
    """Return entries sorted by key, then article; those of one key already stand in the order of their articles."""
    if compiled(len(keys), __package__):
        kernel = kernel_of(__package__)
        entries: Postings = kernel.ordered(keys, articles)
        return entries
    return in_order(keys, articles)


def in_order(keys: NDArray[np.uint32], articles: NDArray[np.uint32]) -> Postings:
    """Return entries sorted by key, then article; those that stand in order, or in stretches that do, are merged."""
    packed = np.sort(keys.astype(np.uint64) << _HALF | articles, kind="stable")
    return (packed >> _HALF).astype(np.uint32), packed.astype(np.uint32)


def mark(keys: NDArray[np.uint32], bloom: NDArray[np.uint64]) -> None:
    """Set the bits of keys in a filter."""
    if compiled(len(keys), __package__):
        kernel = kernel_of(__package__)
        kernel.mark(keys, bloom, PROBES)
        return
    for word, bit in _probe(keys, len(bloom)):
        np.bitwise_or.at(bloom, word, bit)


def may_have(bloom: NDArray[np.uint64], keys: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Return which keys pass a filter: all that it was marked with, and some others."""
    if compiled(len(keys), __package__):
        kernel = kernel_of(__package__)
        passing = np.empty(len(keys), dtype=np.bool_)
        kernel.may_have(bloom, keys, PROBES, passing)
        return passing
    maybe = np.ones(len(keys), dtype=np.bool_)
    for word, bit in _probe(keys, len(bloom)):
        maybe &= (bloom[word] & bit) != 0
    return maybe


def _probe(keys: NDArray[np.uint32], words: int) -> Iterator[tuple[NDArray[np.int64], NDArray[np.uint64]]]:
    """Return for each probe the word of the filter that each key leads to, and its bit there."""
    state = keys.astype(np.uint64)
    for _ in range(PROBES):
        state = state * SPREAD + np.uint64(1)  # the upper bits of each step are as good as a hash of their own
        bit = ((state >> np.uint64(32)) * np.uint64(words * 64)) >> np.uint64(32)  # words * 64 must be below 2**32
        yield (bit >> np.uint64(6)).astype(np.int64), np.uint64(1) << (bit & np.uint64(63))


def write(db: Connection, array: int, lo: int, hi: int, expected: int, pieces: Iterable[Postings]) -> Run:
    """Write a run from its sorted entries, given in pieces, of which some `expected` are to come; return it."""
    fences: list[NDArray[np.uint32]] = []
    bloom = np.zeros(expected * _BITS // 64 + 1, dtype=np.uint64)
    entries = parts = 0
    for keys, articles in _whole_parts(pieces):
        mark(keys, bloom)
        fences.append(keys[::ENTRIES])
        filled = -len(keys) % ENTRIES  # the last part is filled up with the largest key, of no article
        table = np.empty((-(-len(keys) // ENTRIES), 2, ENTRIES), dtype="<u4")
        table[:, 0] = np.pad(keys, (0, filled), constant_values=_LAST).reshape(-1, ENTRIES)
        table[:, 1] = np.pad(articles, (0, filled)).reshape(-1, ENTRIES)
        arrays.write(db, array, (part.tobytes() for part in table), parts)
        parts += len(table)
        entries += len(keys)
    arrays.write_bytes(db, array + 1, np.concatenate(fences).tobytes() if fences else b"")
    arrays.write_bytes(db, array + 2, bloom.tobytes())
    return Run(array, entries, len(bloom), lo, hi)


def _whole_parts(pieces: Iterable[Postings]) -> Iterator[Postings]:
    """Return the same entries in pieces of whole parts, except the last."""
    rest: Postings = np.zeros(0, np.uint32), np.zeros(0, np.uint32)
    for piece in pieces:
        keys, articles = np.concatenate((rest[0], piece[0])), np.concatenate((rest[1], piece[1]))
        whole = len(keys) // ENTRIES * ENTRIES
        yield keys[:whole], articles[:whole]
        rest = keys[whole:], articles[whole:]
    if len(rest[0]):
        yield rest


def load(db: Connection, run: Run) -> Open:
    """Return a run with what is kept of it in memory."""
    fences = arrays.read_bytes(db, run.array + 1, run.parts * 4)
    bloom = arrays.read_bytes(db, run.array + 2, run.filter_words * 8)
    return Open(run, fences.view("<u4"), bloom.view("<u8"), _starts(fences.view("<u4")))


def _starts(fences: NDArray[np.uint32]) -> NDArray[np.int32]:
    bits = max(len(fences).bit_length() - 1, 0)
    count = np.bincount(fences.astype(np.int64) >> (32 - bits), minlength=1 << bits)
    return np.concatenate(([0], np.cumsum(count))).astype(np.int32)


def arrays_of(run: Run) -> range:
    """Return the numbers of the arrays a run is made of."""
    return range(run.array, run.array + ARRAYS)


def read(db: Connection, run: Run, numbers: Sequence[int]) -> NDArray[np.uint32]:
    """Return parts of a run, uint32 of shape (parts, 2, ENTRIES): their keys and articles."""
    if compiled(len(numbers) * ENTRIES, __package__):
        kernel = kernel_of(__package__)
        place = arrays.first_place(run.array)
        parts = sealed(db, [place + number for number in numbers])
        broken = kernel.first_broken(parts, place + np.array(numbers, dtype=np.int64), kernel.CRC)
        if broken < len(parts):
            raise arrays.differs(db.where, place + numbers[broken])
        return parts[:, 1:].reshape(-1, 2, ENTRIES)
    content = arrays.read(db, run.array, numbers)
    if any(len(part) != PART for part in content):
        raise arrays.damaged(db.where, f"a part of array {run.array} has the wrong length")
    return np.frombuffer(b"".join(content), "<u4").reshape(-1, 2, ENTRIES)


def sealed(db: Connection, places: list[int]) -> NDArray[np.uint32]:
    """Return the parts at these places, which ascend, each after its checksum, which is still to be compared; uint32.

    Its rows are a checksum, then keys, then articles.
    """
    content = b"".join(arrays.sealed(db, places))
    if len(content) != len(places) * (4 + PART):
        raise arrays.damaged(db.where, f"a part of array {arrays.array_of(places[0])} has the wrong length")
    return np.frombuffer(content, "<u4").reshape(-1, 1 + PART // 4)
