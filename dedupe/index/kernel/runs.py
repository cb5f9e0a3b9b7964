"""Entries of a run put in order, and the filter of their keys: the same as in `postings`."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ...compiling.load import kernel
from ...words import SPREAD

_ONE, _HALF = np.uint64(1), np.uint64(32)
_WORD, _BIT = np.uint64(6), np.uint64(63)
_DIGIT = 11  # bits that are sorted by at a time; 32 are three of them


@kernel
def ordered(keys: NDArray[np.uint32], articles: NDArray[np.uint32]) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Return what `postings.ordered` does: sorted by one digit of the keys after the other."""
    here, there = np.empty(len(keys), np.uint64), np.empty(len(keys), np.uint64)
    for i in range(len(keys)):
        here[i] = np.uint64(keys[i]) << _HALF | np.uint64(articles[i])
    for shift in range(32, 64, _DIGIT):
        start = np.zeros((1 << _DIGIT) + 1, np.int64)
        for i in range(len(here)):
            start[1 + ((here[i] >> np.uint64(shift)) & np.uint64((1 << _DIGIT) - 1))] += 1
        for digit in range(1 << _DIGIT):
            start[digit + 1] += start[digit]
        for i in range(len(here)):
            digit = (here[i] >> np.uint64(shift)) & np.uint64((1 << _DIGIT) - 1)
            there[start[digit]] = here[i]
            start[digit] += 1
        here, there = there, here
    by_key, owner = np.empty(len(keys), np.uint32), np.empty(len(keys), np.uint32)
    for i in range(len(here)):
        by_key[i], owner[i] = here[i] >> _HALF, here[i]
    return by_key, owner


@kernel
def mark(keys: NDArray[np.uint32], words: NDArray[np.uint64], probes: int) -> None:
    """Set the bits of keys in a filter."""
    bits = np.uint64(len(words)) << _WORD
    for i in range(len(keys)):
        state = np.uint64(keys[i])
        for _ in range(probes):
            state = state * SPREAD + _ONE
            bit = ((state >> _HALF) * bits) >> _HALF
            words[np.int64(bit >> _WORD)] |= _ONE << (bit & _BIT)
