"""The measurements of many pairs, compiled: the same bytes as the plain way."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...compiling.load import kernel, step
from ...rows import distinct
from ...words import AS_TWO_WORDS
from ...words.kernel import table_size
from ..features import COLUMN, GRAMS, LONGEST_TEXT, RUN, STRETCH, TEXT_FEATURES
from ..prepare import ALONE, INFLECTED, QUOTED, Ground
from .numbers import first_words, forget, longer, numbered
from .sentences import arrange, cover, sequence
from .texts import (
    FRESH_NAME,
    FRESH_NUMBER,
    FRESH_TERM,
    T_HEAVY,
    T_NAMES,
    T_NUMBERS,
    T_QUOTED,
    Text,
    first_runs,
    longest_of,
    slot_of,
    survey,
)  # fmt: skip

_TERM = GRAMS  # the row after those of the runs of 1 to GRAMS words
_GRAM1, _TERMS = COLUMN["gram1_a"], COLUMN["terms_a"]
_RUN, _VERBATIM, _QUOTED = COLUMN["run"], COLUMN["verbatim_a"], COLUMN["quoted_a"]
_NAMES, _NUMBERS = COLUMN["names_a"], COLUMN["numbers_a"]


def measure(ground: Ground, a: NDArray[np.int32], b: NDArray[np.int32]) -> NDArray[np.float32]:
    """Return the features of the pairs (a[i], b[i]) of texts, float32 of shape (pairs, len(TEXT_FEATURES)).

    Pairs that share their first text should be neighbours: its tables are made once.
    """
    rows = distinct(np.concatenate((a, b)))
    ground, numbers = numbered(ground, rows)
    texts = survey(ground, rows, numbers)
    columns = (ground.first, ground.word, ground.term, ground.weight, ground.sentence, ground.kind)
    out = np.zeros((len(a), len(TEXT_FEATURES)), dtype=np.float32)
    _measure(a, b, *columns, *texts, *_space(longest_of(ground), numbers), out)
    return out


def _space(longest: int, numbers: int) -> tuple[NDArray[Any], ...]:
    """Return room for the tables of a pair of texts of so many words: filled where they are read before written.

    The last column of `back` is the one of place -1: what is written there is read by nobody.
    """
    slots, shape = table_size.py_func(longest), (GRAMS + 1, longest)
    return (
        np.full((2, numbers), -1, np.int32),  # place: the first one in a of each word and of each term
        np.zeros((GRAMS, slots), np.uint64),  # keys of its runs of several words
        np.zeros((GRAMS, slots), np.int32),  # places of these
        np.full(shape, -1, np.int32),  # lead: first places in a of its runs and terms
        np.full(shape, -1, np.int32),  # hit: for each place in b, a's first place of the same; -1: none
        np.full((GRAMS + 1, longest + 1), -1, np.int32),  # back: for each of those, b's first place
        np.zeros(longest, np.uint64),  # gram
        np.zeros(longest, np.uint8),  # again: which runs of a stand twice, see `first_runs`
        np.zeros((11, longest), np.int64),  # scratch
        np.zeros(len(TEXT_FEATURES), np.float64),  # row
    )


@kernel
def _measure(
    a, b, first, word, term, weight, sentence, kind, fresh, standing, follow, total, place, keys, places, lead, hit,
    back, gram, again, scratch, row, out,
):  # fmt: skip
    shown, shown_end = 0, 0
    for pair in range(len(a)):
        p, q = first[a[pair]], first[b[pair]]
        p_end, q_end = min(first[a[pair] + 1], p + LONGEST_TEXT), min(first[b[pair] + 1], q + LONGEST_TEXT)
        x = Text(
            word[p:p_end], term[p:p_end], weight[p:p_end], sentence[p:p_end], kind[p:p_end], fresh[p:p_end],
            standing[p:p_end], follow[p:p_end], total[a[pair]],
        )  # fmt: skip
        y = Text(
            word[q:q_end], term[q:q_end], weight[q:q_end], sentence[q:q_end], kind[q:q_end], fresh[q:q_end],
            standing[q:q_end], follow[q:q_end], total[b[pair]],
        )  # fmt: skip
        if pair == 0 or a[pair] != a[pair - 1]:
            forget(word[shown:shown_end], place[0])
            forget(term[shown:shown_end], place[1])
            _index(x, place, keys, places, lead, gram, again)
            shown, shown_end = p, p_end
        row[:] = 0
        row[0], row[1] = p_end - p, q_end - q
        _look_up(x, y, place, keys, places, again, hit, back)
        _grams(x, y, hit, row)
        _terms(x, y, hit, back, row)
        cover(x, y, lead[_TERM], hit[_TERM], back[_TERM], scratch, row)
        arrange(x, y, lead[_TERM], hit[_TERM], back[_TERM], row)
        _runs(x, y, hit[RUN - 1], scratch[0], scratch[1], row)
        sequence(x, y, back[_TERM], scratch[0], scratch[1], scratch[2], row)
        _own(x, y, lead, hit, back, row)
        for column in range(len(row)):
            out[pair, column] = row[column]


@step
def _index(x, place, keys, places, lead, gram, again):
    """Make the tables of the first text: words, runs of them, heavy terms."""
    word, term, weight = x.word, x.term, x.weight
    first_words(word, place[0], gram, again, lead[0])
    for size in range(2, GRAMS + 1):
        first_runs(word, size, gram, again, keys[size - 1], places[size - 1], lead[size - 1])
    for i in range(len(word)):
        if weight[i] == 0:
            lead[_TERM, i] = -1
            continue
        if place[1, term[i]] < 0:
            place[1, term[i]] = i
        lead[_TERM, i] = place[1, term[i]]


@step
def _look_up(x, y, place, keys, places, again, hit, back):
    """Fill `hit` with the first places in x of what stands in y, `back` with the first places in y of that."""
    m, n = len(x.word), len(y.word)
    back[:, :m], hit[:, :n] = -1, -1
    for j in range(n - 1, -1, -1):  # backwards: the first place is the one that stays in `back`
        word, term = place[0, y.word[j]], place[1, y.term[j]] if y.weight[j] else -1
        hit[0, j], hit[_TERM, j] = word, term
        back[0, word] = back[_TERM, term] = j
    for size in range(2, GRAMS + 1 if m >= GRAMS else m + 1):
        row = size - 1
        _look_up_runs(x.word, y.word, size, keys[row], places[row], again, hit[row - 1], hit[row], back[row])


@step
def _look_up_runs(mine, its, size, keys, places, again, halves, hit, back):
    """Look up the runs of `size` words, given the places of their halves, which are one word shorter.

    A run stands only where its halves do; where one of these stands once, the run is there or nowhere.
    """
    half, slots = 1 << (size - 2), table_size(len(mine) - size + 1)
    for j in range(len(its) - size, -1, -1):
        left, right = halves[j], halves[j + 1]
        if left < 0 or right < 0:
            continue
        if not again[left] & half:
            if left + size > len(mine) or mine[left + size - 1] != its[j + size - 1]:
                continue
            here = left
        elif not again[right] & half:
            if right == 0 or mine[right - 1] != its[j]:
                continue
            here = right - 1
        else:
            key = np.uint64(0)
            for k in range(j, j + size):
                key = longer(key, its[k])
            here = places[slot_of(keys, places, slots, key)]
            if here < 0:
                continue
        hit[j], back[here] = here, j


@step
def _put(row, column, part, whole):
    row[column] = part / whole if whole else 0.0


@step
def _grams(x, y, hit, row):
    for size in range(1, GRAMS + 1):
        shared = 0
        for j in range(len(y.word) - size + 1):
            shared += hit[size - 1, j] >= 0 and (y.fresh[j] >> (size - 1)) & 1
        _put(row, _GRAM1 + 2 * size - 2, shared, x.total[size - 1])
        _put(row, _GRAM1 + 2 * size - 1, shared, y.total[size - 1])


@step
def _terms(x, y, hit, back, row):
    heavy_x = heavy_y = 0
    for i in range(len(x.word)):
        if x.fresh[i] & FRESH_TERM and back[_TERM, i] >= 0:
            heavy_x += x.weight[i]
    for j in range(len(y.word)):
        if y.fresh[j] & FRESH_TERM and hit[_TERM, j] >= 0:
            heavy_y += y.weight[j]
    _put(row, _TERMS, heavy_x, x.total[T_HEAVY])
    _put(row, _TERMS + 1, heavy_y, y.total[T_HEAVY])


@step
def _runs(x, y, hit, in_x, in_y, row):
    m, n = len(x.word), len(y.word)
    in_x[:m], in_y[:n] = -1, -1
    longest = longest_plain = run_at = quote = quote_at = spoken = j = 0
    while j + RUN <= n:
        i = hit[j]
        if i < 0:
            j += 1
            continue
        length = RUN
        while i + length < m and j + length < n and x.word[i + length] == y.word[j + length]:
            length += 1
        alone = plain = plain_alone = 0
        for k in range(j, j + length):
            single, outside = y.kind[k] & ALONE != 0, y.kind[k] & QUOTED == 0
            alone, plain, plain_alone = alone + single, plain + outside, plain_alone + (single and outside)
        whole, plain = length - alone // AS_TWO_WORDS, plain - plain_alone // AS_TWO_WORDS
        if whole < RUN:
            j += length
            continue
        run_at = i if length > longest else run_at
        longest, longest_plain, spoken = max(longest, length), max(longest_plain, plain), max(spoken, whole)
        said = alone = 0
        for k in range(length):
            in_x[i + k], in_y[j + k] = max(in_x[i + k], plain), plain
            if x.kind[i + k] & y.kind[j + k] & QUOTED:
                said, alone = said + 1, alone + (y.kind[j + k] & ALONE != 0)
            else:
                said = alone = 0
            if said > quote and said - alone // AS_TWO_WORDS >= RUN:
                quote, quote_at = said, i + k - said + 1
        j += length
    row[_RUN], row[_RUN + 1], row[_RUN + 2] = longest, longest_plain, run_at
    row[_RUN + 3], row[_RUN + 4], row[_RUN + 5] = quote, quote_at, spoken
    for side in range(2):
        of, kind, total = (in_x, x.kind, x.total) if side == 0 else (in_y, y.kind, y.total)
        words, verbatim, stretch, quoted = len(kind), 0, 0, 0
        for k in range(words):
            verbatim += of[k] >= 0
            stretch += of[k] >= STRETCH
            quoted += of[k] >= 0 and kind[k] & QUOTED != 0
        _put(row, _VERBATIM + side, verbatim, words)
        _put(row, _VERBATIM + 2 + side, stretch, words)
        _put(row, _QUOTED + 2 * side, total[T_QUOTED], words)
        _put(row, _QUOTED + 2 * side + 1, quoted, total[T_QUOTED])


@step
def _own(x, y, lead, hit, back, row):
    for side in range(2):
        fresh, kind, total = (x.fresh, x.kind, x.total) if side == 0 else (y.fresh, y.kind, y.total)
        names = numbers = 0
        for k in range(len(fresh)):
            word = back[0, lead[0, k]] >= 0 if side == 0 else hit[0, k] >= 0
            if not word and kind[k] & INFLECTED:
                word = back[_TERM, lead[_TERM, k]] >= 0 <= lead[_TERM, k] if side == 0 else hit[_TERM, k] >= 0
            names += word and fresh[k] & FRESH_NAME != 0
            numbers += word and fresh[k] & FRESH_NUMBER != 0
        row[_NAMES + 2 * side], row[_NAMES + 2 * side + 1] = total[T_NAMES], names
        row[_NUMBERS + 2 * side], row[_NUMBERS + 2 * side + 1] = total[T_NUMBERS], numbers
