"""Phrases as keys of their words, and a table in which a kernel finds them: for lexicons of some ten thousand."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..rows import lengths
from .plain import NUMERIC, Tokens, mix

FILTER = 1 << 19  # places of the filter of a table; as bits they stay in the nearest caches
ANY_NUMBER = np.uint64(0x9E3779B97F4A7C15)  # stands for any number: "5 min read" is "1 min read"
PHRASE_BASE = np.uint64(0xD1B54A32D192ED03)  # odd


class Table(NamedTuple):
    """Distinct keys with open addressing: a key lies in the slot of its upper half, or in the next free one.

    `often`: uint8 of shape (FILTER / 8,), a bit for each of the low bits that occur, the lowest first. `slots`: uint64,
    a power of two of them and at least twice as many as keys, 0 where one is free. `row`: int32 of the same shape, the
    key's row in the column that was given, -1 in a free slot.
    """

    often: NDArray[np.uint8]
    slots: NDArray[np.uint64]
    row: NDArray[np.int32]


def word_values(tokens: Tokens) -> NDArray[np.uint64]:
    """Return a value for each word, one for all numbers."""
    return np.where(tokens.flags & NUMERIC, ANY_NUMBER, tokens.hash.astype(np.uint64))


def extend(key: NDArray[np.uint64], value: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return the key of a phrase with one more word; that of no words is 0."""
    return mix(key * PHRASE_BASE + value)


def beginnings(tokens: Tokens) -> tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[np.bool_]]:
    """Return (key, text, whole) of every beginning of every text: `whole` where it is the text itself.

    >>> from dedupe.words.plain import tokenize
    >>> key, text, whole = beginnings(tokenize(["read more", "Read"]))
    >>> text.tolist(), whole.tolist(), bool(key[0] == key[1])
    ([0, 1, 0], [False, True, True], True)
    """
    values = word_values(tokens)
    length = lengths(tokens.first)
    keys, texts = [np.zeros(0, dtype=np.uint64)], [np.zeros(0, dtype=np.int64)]
    whole = [np.zeros(0, dtype=np.bool_)]
    row = np.flatnonzero(length > 0)
    running = np.zeros(len(row), dtype=np.uint64)
    for size in range(1, int(length.max(initial=0)) + 1):
        live = length[row] >= size
        row = row[live]
        running = extend(running[live], values[tokens.first[row] + size - 1])
        keys.append(running)
        texts.append(row)
        whole.append(length[row] == size)
    return np.concatenate(keys), np.concatenate(texts), np.concatenate(whole)


def often(keys: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Return which low bits occur among keys, bool of shape (FILTER,)."""
    occurs = np.zeros(FILTER, dtype=np.bool_)
    occurs[keys & np.uint64(FILTER - 1)] = True
    return occurs


def table(keys: NDArray[np.uint64]) -> Table:
    """Return the table of distinct keys."""
    size = 1 << (2 * len(keys)).bit_length()
    slots, row = np.zeros(size, dtype=np.uint64), np.full(size, -1, dtype=np.int32)
    waiting, at = np.arange(len(keys)), ((keys >> np.uint64(32)) & np.uint64(size - 1)).astype(np.int64)
    while len(waiting):
        free = np.flatnonzero(row[at] < 0)
        taken = free[np.unique(at[free], return_index=True)[1]]  # the first that comes takes a slot
        row[at[taken]], slots[at[taken]] = waiting[taken], keys[waiting[taken]]
        left = np.ones(len(waiting), dtype=np.bool_)
        left[taken] = False
        waiting, at = waiting[left], (at[left] + 1) % size
    return Table(np.packbits(often(keys), bitorder="little"), slots, row)
