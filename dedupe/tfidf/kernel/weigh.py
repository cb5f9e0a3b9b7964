"""Terms weighed and their weights looked up, on several threads: the same values as the plain versions."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from ...compiling.load import kernel, step
from ...jobs import threaded
from ...model import IN_LEAD, IN_TITLE
from ...words import NUMERIC, SLOT_SHIFT
from ..terms import MOST, Terms
from ..weights import FEW, HALF, STRANGE
from .places import place, places

_ROWS = 1 << 11  # texts of one task
_WORDS = 1 << 20  # words of one task


def weighted_rows(terms: Terms, idf: NDArray[np.float32], step: float, jobs: int) -> NDArray[np.float32]:
    """Return what `weights.weighted_rows` does."""
    tf, weight = _frequencies(), np.empty(len(terms.term), np.float32)
    texts = len(terms.first) - 1

    def part(low: int) -> None:
        _weigh(terms.first, terms.term, terms.count, tf, idf, step, low, min(low + _ROWS, texts), weight)

    threaded(part, range(0, texts, _ROWS), jobs)
    return weight


@cache
def _frequencies() -> NDArray[np.float64]:
    """Return the weight of each count of a term in a text, 1 + ln(count)."""
    return 1.0 + np.log(np.maximum(np.arange(MOST + 1), 1).astype(np.float64))


@kernel
def _weigh(first, term, count, tf, idf, step, low, high, weight):
    for row in range(low, high):
        squares = 0.0
        for i in range(first[row], first[row + 1]):
            value = tf[count[i]] * np.float64(idf[term[i]])
            squares += value * value
        scale = 1.0 / np.sqrt(squares if squares > 0 else 1.0)
        for i in range(first[row], first[row + 1]):
            value = tf[count[i]] * np.float64(idf[term[i]])
            weight[i] = np.floor(value * scale * step) / step


def weekdays(terms: Terms, key: NDArray[np.uint32], bit: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return what `weekdays.weekdays` does, given the terms that name a day and the bit of each."""
    days = np.zeros(len(terms.first) - 1, np.uint8)
    _weekdays(terms.first, terms.term, terms.flags, terms.key, key, bit, days)
    return days


@kernel
def _weekdays(first, term, flags, key, named, bit, days):
    of_term, at = np.zeros(len(key), np.uint8), 0
    for i in range(len(named)):
        while at < len(key) and key[at] < named[i]:
            at += 1
        if at < len(key) and key[at] == named[i]:
            of_term[at] = bit[i]
    for row in range(len(days)):
        for i in range(first[row], first[row + 1]):
            if flags[i] & (IN_TITLE | IN_LEAD):
                days[row] |= of_term[term[i]]


def totals(terms: Terms, texts: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return how often each term stands in some of the texts, and in how many of them, int64 of shape (2, terms)."""
    found = np.zeros((len(terms.key), 2), np.int64)
    _totals(terms.first, terms.term, terms.count, texts, found)
    return found.T


@kernel
def _totals(first, term, count, texts, found):
    for row in range(len(texts)):
        for i in range(first[row], first[row + 1] if texts[row] else first[row]):
            found[term[i], 0] += count[i]
            found[term[i], 1] += 1


def idf_of(
    words: NDArray[np.uint32], key: NDArray[np.uint32], idf: NDArray[np.float32], unknown: float, jobs: int
) -> NDArray[np.float32]:
    """Return what `weights.idf_of` does."""
    found, table = np.empty(len(words), np.float32), places(key)

    def part(low: int) -> None:
        _idf_of(words[low : low + _WORDS], table, idf, np.float32(unknown), found[low : low + _WORDS])

    threaded(part, range(0, len(words), _WORDS), jobs)
    return found


@kernel
def _idf_of(words, table, idf, unknown, found):
    """Do what `look_up` does, in float32: one kernel for both would be compiled twice in each first large run."""
    for i in range(len(words)):
        at = place(table, words[i])
        found[i] = idf[at] if at >= 0 else unknown


@kernel
def look_up(wanted, table, values, missing, found):
    """Write the value of each key, or what stands for those that are not in the table."""
    for i in range(len(wanted)):
        at = place(table, wanted[i])
        found[i] = values[at] if at >= 0 else missing


@kernel
def is_foreign(body_first, body, body_flags, title_first, title, title_flags, kinds):
    """Return what `stems.is_foreign` does; of English texts half of the words are looked up."""
    found = np.zeros(len(body_first) - 1, np.bool_)
    for row in range(len(found)):
        low, high, start, end = body_first[row], body_first[row + 1], title_first[row], title_first[row + 1]
        enough = HALF * (high - low + end - start)
        told = _counted(body, body_flags, low, high, kinds, enough, (0, 0, 0, 0))
        found[row] = is_strange(*_counted(title, title_flags, start, end, kinds, enough, told))
    return found


@step
def _counted(words, flags, low, high, kinds, enough, told):
    """Return what is `told` and what `stems._counted` tells of some words, until those of English are enough."""
    size, used, common, abroad = told
    for i in range(low, high):
        if used >= enough:
            break
        if flags[i] & NUMERIC == 0:
            kind = kinds[words[i] >> SLOT_SHIFT]
            size += 1
            used += kind & 1
            common += kind >> 1 & 1
            abroad += kind >> 2
    return size, used, common, abroad


@step
def is_strange(size, used, common, abroad):
    """Return what `weights.is_strange` does, of one text."""
    other = used < HALF * size and 2 * (abroad - 1) > common
    return other or (used < FEW * size and common < STRANGE * size and (abroad > 0 or used == 0))
