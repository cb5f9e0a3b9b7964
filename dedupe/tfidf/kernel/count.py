"""Terms counted, a chunk of texts at a time on several threads, by one sort: the same columns as in `terms`."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...compiling.load import kernel, maker, step
from ...jobs import threaded
from ...model import IN_LEAD, IN_TITLE, NAME, NUMBER
from ...rows import distinct
from ...words import CAPITAL, IDEOGRAPH, NUMERIC, SINGLE, Tokens
from ...words.kernel import mixed
from ..terms import CAPITAL_BIT, LEAD, LEAD_BIT, MOST, NAMES, NUMBER_BIT, TITLE_BIT, Terms

_CHUNK = 1 << 20  # words: with half as many, or with four times, counting takes longer by a twentieth to a third
_BITS = np.uint64(4)  # of an occurrence, below its text, which stands below the key
_HALF, _KEY, _TEXT = np.uint64(32), np.uint64(28), np.uint64((1 << 28) - 1)
_CAPITALS, _TITLE, _NUMBER, _ANY = (np.uint64(bits) for bits in (CAPITAL_BIT, TITLE_BIT, NUMBER_BIT, 15))
_MOST, _LEAD, _CAPITAL, _NUMERIC, _SINGLE, _IDEOGRAPH = MOST, LEAD, CAPITAL, NUMERIC, SINGLE, IDEOGRAPH
_MANY = 1 << 12  # occurrences from which on three digits of 11 bits are sorted by in less time than four of 8


class Counted(NamedTuple):
    """The terms of some texts: those of text i are rows first[i] to first[i + 1] of the columns, by their key.

    `number`: int32, which of the terms it is; `times`: uint16, how often it stands there; `bits`: uint8, those of any
    time. `key`: uint32, ascending; `sums`: int64 of shape (terms, 3), of each term the times with a capital and those
    in bodies, and in how many texts it is a number.
    """

    first: NDArray[np.int64]
    number: NDArray[np.int32]
    times: NDArray[np.uint16]
    bits: NDArray[np.uint8]
    key: NDArray[np.uint32]
    sums: NDArray[np.int64]


def count_terms(bodies: Tokens, titles: Tokens | None, jobs: int) -> Terms:
    """Return what `terms.count_terms` does."""
    title_first = titles.first if titles else np.zeros_like(bodies.first)
    columns = bodies.first, *bodies.columns, title_first, *(titles or bodies).columns
    texts, cuts = len(bodies.first) - 1, np.searchsorted(bodies.first, np.arange(_CHUNK, len(bodies.hash), _CHUNK))
    edges = [0, *sorted({*cuts.tolist()} - {0, texts}), texts]
    counted = threaded(lambda part: Counted(*_counted(*columns, *part)), pairwise(edges), jobs)
    if len(counted) == 1:
        (part,) = counted
        flags = np.empty(len(part.number), np.uint8)
        _finish(part.number, part.bits, np.arange(len(part.key)), part.sums, part.number, flags)
        return Terms(part.first, part.number, part.times, flags, part.key)
    return _joined(counted, jobs)


def _joined(counted: list[Counted], jobs: int) -> Terms:
    """Return the terms of all chunks, numbered by their place among all of them."""
    vocabulary = distinct(np.concatenate([part.key for part in counted]))
    ranks, sums = [np.searchsorted(vocabulary, part.key) for part in counted], np.zeros((len(vocabulary), 3), np.int64)
    for rank, part in zip(ranks, counted, strict=True):
        sums[rank] += part.sums
    starts = np.cumsum([0, *(len(part.number) for part in counted)]).tolist()
    term, flags = np.empty(starts[-1], np.int32), np.empty(starts[-1], np.uint8)

    def finish(nth: int) -> None:
        own = slice(starts[nth], starts[nth + 1])
        _finish(counted[nth].number, counted[nth].bits, ranks[nth], sums, term[own], flags[own])

    threaded(finish, range(len(counted)), jobs)
    first = [part.first[:-1] + start for part, start in zip(counted, starts, strict=False)]
    times = np.concatenate([part.times for part in counted])
    return Terms(np.append(np.concatenate(first), starts[-1]), term, times, flags, vocabulary)


@kernel
def _counted(
    body_first, body, body_start, body_end, body_flags, title_first, title, title_start, title_end, title_flags,
    low, high,
):  # fmt: skip
    """Return the columns of `Counted` for the texts from low to high."""
    words = body_first[high] - body_first[low] + title_first[high] - title_first[low]
    packed, at = np.empty(2 * words, np.uint64), 0  # a word is one term, a character may be in two
    for row in range(low, high):
        own = row - low
        at = _add(body_first[row], body_first[row + 1], body, body_start, body_end, body_flags, own, 0, packed, at)
        at = _add(
            title_first[row], title_first[row + 1], title, title_start, title_end, title_flags, own, TITLE_BIT, packed,
            at,
        )  # fmt: skip
    return _tally(_by_key(packed[:at]), high - low)


@step
def _add(low, high, hashes, start, end, flags, row, title, packed, at):
    """Write each occurrence in a text as one number: its key, its text, and the bits that `terms` gives it.

    Keys are those of `terms.term_keys`. Return how many there are by now.
    """
    for i in range(low, high):
        key, bits = np.uint64(hashes[i]), title | (NUMBER_BIT if flags[i] & _NUMERIC else 0)
        if not title:
            bits |= (CAPITAL_BIT if flags[i] & _CAPITAL else 0) | (LEAD_BIT if i - low < _LEAD else 0)
        occurs, in_pair = np.uint64(row) << _BITS | np.uint64(bits), False
        if flags[i] & _SINGLE:
            in_pair = i > low and flags[i - 1] & _SINGLE != 0 and end[i - 1] == start[i]
            if i + 1 < high and flags[i + 1] & _SINGLE and end[i] == start[i + 1]:
                packed[at] = mixed(key << _HALF | np.uint64(hashes[i + 1])) >> _HALF << _HALF | occurs
                in_pair, at = True, at + 1
        if not in_pair or flags[i] & _IDEOGRAPH:
            packed[at] = key << _HALF | occurs
            at += 1
    return at


@maker
def _by_key(packed):
    """Return the occurrences by their keys, of one key as they came: a digit at a time, the lowest first."""
    bits = 8 if len(packed) < _MANY else 11
    here, there, ends = packed, np.empty_like(packed), np.zeros((-(-32 // bits), 1 << bits), np.int64)
    last = np.uint64(ends.shape[1] - 1)
    for value in packed:
        for place in range(len(ends)):
            ends[place, np.int64((value >> np.uint64(32 + place * bits)) & last)] += 1
    for place in range(len(ends)):
        shift, end, total = np.uint64(32 + place * bits), ends[place], np.int64(0)
        for digit in range(len(end)):
            total += end[digit]
            end[digit] = total - end[digit]
        for value in here:
            slot = np.int64((value >> shift) & last)
            there[end[slot]] = value
            end[slot] += 1
        here, there = there, here
    return here


@maker
def _tally(packed, texts):
    """Return the columns of `Counted`, given occurrences by key, then text."""
    first, keys, entries = np.zeros(texts + 1, np.int64), 0, 0
    for i in range(len(packed)):
        whole = packed[i] >> _BITS
        keys += i == 0 or whole >> _KEY != packed[i - 1] >> _HALF
        if i == 0 or whole != packed[i - 1] >> _BITS:
            entries += 1
            first[1 + np.int64(whole & _TEXT)] += 1
    for row in range(1, len(first)):
        first[row] += first[row - 1]
    number, times, bits = np.empty(entries, np.int32), np.empty(entries, np.uint16), np.empty(entries, np.uint8)
    key, sums, place = np.empty(keys, np.uint32), np.empty((keys, 3), np.int64), first[:-1].copy()
    low = term = 0
    while low < len(packed):
        its, capitals, in_bodies, numeric = packed[low] >> _HALF, 0, 0, 0
        while low < len(packed) and packed[low] >> _HALF == its:
            whole, count, any_time = packed[low] >> _BITS, 0, np.uint64(0)
            while low < len(packed) and packed[low] >> _BITS == whole:
                any_time |= packed[low]
                capitals += packed[low] & _CAPITALS != 0
                in_bodies += packed[low] & _TITLE == 0
                count += 1
                low += 1
            numeric += any_time & _NUMBER != 0
            at = place[np.int64(whole & _TEXT)]
            place[np.int64(whole & _TEXT)] += 1
            number[at], times[at], bits[at] = term, min(count, _MOST), any_time & _ANY
        key[term], sums[term, 0], sums[term, 1], sums[term, 2] = its, capitals, in_bodies, numeric
        term += 1
    return first, number, times, bits, key, sums


@kernel
def _finish(number, bits, rank, sums, term, flags):
    """Write the term of each entry, which is the rank of its number, and its flags, given the sums of all terms."""
    kind = np.zeros(len(sums), np.uint8)
    for its in range(len(sums)):
        capitals, in_bodies, numeric = sums[its]
        kind[its] = NUMBER if numeric else NAME if capitals > 0 and capitals >= NAMES * in_bodies else 0
    for i in range(len(number)):
        its = rank[number[i]]
        term[i] = its
        flags[i] = kind[its] | (IN_TITLE if bits[i] & TITLE_BIT else 0) | (IN_LEAD if bits[i] & LEAD_BIT else 0)
