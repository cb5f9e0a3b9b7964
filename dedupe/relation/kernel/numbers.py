"""Words and terms as small numbers, so that what is known of one is read at its number, and nothing is looked for."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ...compiling.load import kernel, maker, step
from ..features import LONGEST_TEXT
from ..prepare import Ground

_FEW = 1 << 14  # slots of the first table; 700 articles with 18,000 words and terms need four times as many
_LOW, _HALF = np.uint64(0xFFFFFFFF), np.uint64(32)


def numbered(ground: Ground, rows: NDArray[np.int32]) -> tuple[Ground, int]:
    """Return the ground with numbers from 0 on for the hashes of words and terms, and how many these are.

    What has one hash has one number, be it a word or a term. Texts that are not in `rows` have zeros.
    """
    word, term = np.zeros_like(ground.word), np.zeros_like(ground.term)
    count = _number(rows, ground.first, ground.word, ground.term, word, term)
    return replace(ground, word=word, term=term), count


@kernel
def _number(rows, first, word, term, word_number, term_number):
    table, count = np.zeros(_FEW, np.uint64), 0  # in each slot a hash and its number, from 1 on
    for row in rows:
        low, high = first[row], min(first[row + 1], first[row] + LONGEST_TEXT)
        table = _with_room(table, count + 2 * (high - low))
        count = _number_text(word[low:high], term[low:high], word_number[low:high], term_number[low:high], table, count)
    return count


@step
def _number_text(word, term, word_number, term_number, table, count):
    for i in range(len(word)):
        count, word_number[i] = _number_of(np.uint64(word[i]), table, count)
        if term[i] == word[i]:
            term_number[i] = word_number[i]
        else:
            count, term_number[i] = _number_of(np.uint64(term[i]), table, count)
    return count


@step
def _number_of(hashed, table, count):
    """Return how many numbers are given, this one with them, and the number."""
    slot = np.int64(hashed) & (len(table) - 1)
    entry = table[slot]
    while entry != 0 and entry >> _HALF != hashed:
        slot = (slot + 1) & (len(table) - 1)
        entry = table[slot]
    if entry == 0:
        count += 1
        entry = table[slot] = hashed << _HALF | np.uint64(count)
    return count, np.uint32((entry & _LOW) - np.uint64(1))


@maker
def _with_room(table, entries):
    """Return the table, or a larger one with what is in it, that is at most half full with so many entries."""
    size = len(table)
    while size < 2 * entries:
        size *= 2
    if size == len(table):
        return table
    larger = np.zeros(size, np.uint64)
    for entry in table:
        slot = np.int64(entry >> _HALF) & (size - 1)
        while entry != 0 and larger[slot] != 0:
            slot = (slot + 1) & (size - 1)
        if entry != 0:
            larger[slot] = entry
    return larger


@step
def longer(gram: np.uint64, word: np.uint32) -> np.uint64:
    """Return the hash of a run of words made longer by one."""
    mixed = (gram ^ np.uint64(word)) * np.uint64(0xBF58476D1CE4E5B9)
    return np.uint64((mixed ^ (mixed >> _HALF)) * np.uint64(0x94D049BB133111EB))


@step
def first_words(
    word: NDArray[np.uint32], place: NDArray[np.int32], gram: NDArray[np.uint64], again: NDArray[np.uint8],
    first: NDArray[np.int32],
) -> int:  # fmt: skip
    """Fill `first` with the first place of each word, and `place` with that of each number: -1 for all it was before.

    `gram` and bit 0 of `again` are as `first_runs` wants them. Returns how many words are distinct.
    """
    distinct = 0
    for i in range(len(word)):
        gram[i] = longer(np.uint64(0), word[i])
        known = place[word[i]]
        new = known < 0
        first[i] = place[word[i]] = at = i if new else known
        again[i] = again[at] = 0 if new else 1
        distinct += new
    return distinct


@step
def forget(number: NDArray[np.uint32], place: NDArray[np.int32]) -> None:
    """Make the place of each number -1 again."""
    for i in range(len(number)):
        place[number[i]] = -1
