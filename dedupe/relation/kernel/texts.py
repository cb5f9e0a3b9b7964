"""What a text's words say by themselves, for the kernel: which are the first of their kind, and how many there are."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...compiling.load import kernel, step
from ...words import SPREAD
from ...words.kernel import table_size
from ..features import GRAMS, LONGEST_TEXT
from ..prepare import NAME, NUMBER, QUOTED, Ground
from .numbers import first_words, forget, longer

# Bits of `Texts.fresh`: the first of its kind in its text. Bit n - 1 is for the run of n words that starts here.
FRESH_NAME, FRESH_NUMBER, FRESH_TERM = 32, 64, 128
STANDS = 256  # the first word of its term in its sentence

# Columns of `Texts.total`; the first GRAMS are the numbers of distinct runs of 1 to GRAMS words.
T_HEAVY, T_QUOTED, T_NAMES, T_NUMBERS, TOTALS = 5, 6, 7, 8, 9

_HALF = np.uint64(32)


class Texts(NamedTuple):
    """Columns beside those of Ground, one row for each word (`total`: for each text).

    `fresh`: uint16 bits. `standing`: int32, how many sentences of the text have the word's term (0: a function word).
    `next`: int32, the next word with the same term, -1 at the last. `total`: int64 of shape (texts, TOTALS).
    """

    fresh: NDArray[np.uint16]
    standing: NDArray[np.int32]
    next: NDArray[np.int32]
    total: NDArray[np.int64]


class Text(NamedTuple):
    """The words of one text of a pair: its part of the columns of `prepare.Ground` and of `Texts`, its row of `total`.

    Words and terms are numbers from 0 on, see `numbers`.
    """

    word: NDArray[np.uint32]
    term: NDArray[np.uint32]
    weight: NDArray[np.int32]
    sentence: NDArray[np.int32]
    kind: NDArray[np.uint8]
    fresh: NDArray[np.uint16]
    standing: NDArray[np.int32]
    next: NDArray[np.int32]
    total: NDArray[np.int64]


def survey(ground: Ground, rows: NDArray[np.int32], numbers: int) -> Texts:
    """Return the columns for the texts in `rows`, with words and terms `numbered`; those of others are left zero."""
    words, texts = len(ground.word), len(ground.first) - 1
    found = Texts(
        np.zeros(words, np.uint16), np.zeros(words, np.int32), np.full(words, -1, np.int32),
        np.zeros((texts, TOTALS), np.int64),
    )  # fmt: skip
    columns = (ground.first, ground.word, ground.term, ground.weight, ground.sentence, ground.kind)
    _survey(rows, *columns, *found, *_space(longest_of(ground), numbers))
    return found


def longest_of(ground: Ground) -> int:
    """Return how many words of the longest text are compared: to make room for more takes as long as a pair does."""
    return min(int((ground.first[1:] - ground.first[:-1]).max(initial=0)), LONGEST_TEXT)


@step
def slot_of(keys: NDArray[np.uint64], places: NDArray[np.int32], size: int, key: np.uint64) -> int:
    """Return the slot that has the key, or the empty one where it belongs."""
    slot = np.int64((key * SPREAD) >> _HALF) & (size - 1)
    while places[slot] >= 0 and keys[slot] != key:
        slot = (slot + 1) & (size - 1)
    return int(slot)


@step
def first_runs(
    word: NDArray[np.uint32], size: int, gram: NDArray[np.uint64], again: NDArray[np.uint8], keys: NDArray[np.uint64],
    places: NDArray[np.int32], first: NDArray[np.int32],
) -> int:  # fmt: skip
    """Fill `first` with the first place of each run of `size` > 1 words, and a table with those that may stand twice.

    These are the runs whose halves, one word shorter, both do: few of more than two words. Bit size - 1 of `again`
    tells which runs stand twice, the lower ones and `gram` what shorter ones left there. Returns how many are distinct.
    """
    count, half, bit = max(len(word) - size + 1, 0), (1 << size) >> 2, np.uint8(1 << (size - 1))
    slots, distinct = table_size(count), 0
    places[:slots] = -1
    for i in range(count):
        first[i] = i
        if not again[i] & again[i + 1] & half:
            distinct += 1
            continue
        gram[i] = longer(gram[i], word[i + size - 1])
        slot = slot_of(keys, places, slots, gram[i])
        if places[slot] < 0:
            keys[slot], places[slot] = gram[i], i
            distinct += 1
        else:
            first[i] = places[slot]
            again[i] |= bit
            again[first[i]] |= bit
    return distinct


def _space(longest: int, numbers: int) -> tuple[NDArray[Any], ...]:
    """Return room for a text's tables, of so many words: place, gram, again, keys, places, lead, seen."""
    slots = table_size.py_func(longest)
    return (
        np.full(numbers, -1, np.int32), np.zeros(longest, np.uint64), np.zeros(longest, np.uint8),
        np.zeros(slots, np.uint64), np.zeros(slots, np.int32), np.zeros(longest, np.int32), np.zeros(longest, np.bool_),
    )  # fmt: skip


@kernel
def _survey(
    rows, first, word, term, weight, sentence, kind, fresh, standing, follow, total, place, gram, again, keys,
    places, lead, seen,
):  # fmt: skip
    for row in rows:
        low, high = first[row], min(first[row + 1], first[row] + LONGEST_TEXT)
        own, bits, facts = word[low:high], fresh[low:high], kind[low:high]
        total[row, 0] = first_words(own, place, gram, again, lead)
        forget(own, place)
        _survey_runs(1, bits, lead)
        _survey_names(facts, bits, lead, seen, total[row])
        for size in range(2, GRAMS + 1):
            total[row, size - 1] = first_runs(own, size, gram, again, keys, places, lead)
            _survey_runs(size, bits, lead)
        _survey_terms(
            term[low:high], place, weight[low:high], sentence[low:high], bits, standing[low:high], follow[low:high],
            total[row],
        )  # fmt: skip
        for kinds in facts:
            total[row, T_QUOTED] += kinds & QUOTED != 0


@step
def _survey_runs(size, bits, lead):
    for i in range(len(bits) - size + 1):
        bits[i] |= np.uint16(lead[i] == i) << np.uint16(size - 1)


@step
def _survey_names(kind, bits, lead, seen, total):
    for bit, mark, column in ((NAME, FRESH_NAME, T_NAMES), (NUMBER, FRESH_NUMBER, T_NUMBERS)):
        seen[: len(kind)] = False
        for i in range(len(kind)):
            if kind[i] & bit and not seen[lead[i]]:
                seen[lead[i]] = True
                bits[i] |= np.uint16(mark)
                total[column] += 1


@step
def _survey_terms(term, last, weight, sentence, bits, standing, follow, total):
    """Mark the first word of each term in the text and in each sentence; `last` is -1 for all numbers.

    Function words count for nothing, also where another word with the same stem is none: a term's first place is its
    first heavy word.
    """
    for i in range(len(term)):
        if weight[i] == 0:
            continue
        before = last[term[i]]
        if before < 0:
            bits[i] |= np.uint16(FRESH_TERM | STANDS)
            total[T_HEAVY] += weight[i]
            standing[i] = 1
        else:
            follow[before] = i
            standing[i] = standing[before]
            if sentence[before] != sentence[i]:
                bits[i] |= np.uint16(STANDS)
                standing[i] += 1
        last[term[i]] = i
    for i in range(len(term)):
        if weight[i]:
            standing[i] = standing[last[term[i]]]
    forget(term, last)
