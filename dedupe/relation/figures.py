"""The numbers of texts and what they stand beside, and which texts give other ones."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..compiling import compiled, kernel_of
from ..model import Corpus
from ..rows import distinct, lengths, places_in, ranges
from ..words import NUMERIC, Tokens, mix
from .occasion import APART, grown, value_of

# Closing prices and results of two days are told in words of their own and yet in one way: so many numbers stand
# between the same words, few of them the same, and of many numbers few are in both. So 54 pairs told as one story in
# eighteen weeks of Reuters, of which four were one.
PLACES, SAME_PLACES = 4, 1 / 3
MANY, SAME_NUMBERS = 10, 0.25
_HALF = np.uint64(32)


class Numbers(NamedTuple):
    """The numbers of texts: those of text i from first[i] to first[i + 1], int64.

    `number` uint32: a hash of each; `place` uint32: of the words before and after it; `start`, `end`: where it stands.
    """

    first: NDArray[np.int64]
    number: NDArray[np.uint32]
    place: NDArray[np.uint32]
    start: NDArray[np.int32]
    end: NDArray[np.int32]


def numbers_of(tokens: Tokens) -> Numbers:
    """Return the numbers of texts; words with a single sign between them are one number.

    >>> from dedupe.words import tokenize
    >>> first, number, place, *_ = numbers_of(tokenize(["At 1,345.67 points of 1,345", "Up 1,345; at 9 points"]))
    >>> first.tolist(), bool(number[1] == number[2]), bool(place[0] == place[3])
    ([0, 2, 4], True, True)
    """
    at = np.flatnonzero((tokens.flags & NUMERIC) != 0)
    if not len(at):
        none, nowhere = tokens.hash[:0], tokens.start[:0]
        return Numbers(np.zeros_like(tokens.first), none, none, nowhere, nowhere)
    apart = (at[1:] != at[:-1] + 1) | (tokens.start[at[1:]] != tokens.end[at[:-1]] + 1)
    opens = np.flatnonzero(np.append(True, apart))
    start, end = at[opens], at[np.append(opens[1:], len(at)) - 1]
    number = mix(np.add.reduceat(mix(tokens.hash[at].astype(np.uint64)), opens))
    first = np.searchsorted(start, tokens.first)
    before, after = (tokens.hash.take(at, mode="clip").astype(np.uint64) for at in (start - 1, end + 1))
    has = first[1:] > first[:-1]  # the word beside the first or the last number of a text may be another text's
    opening, closing = first[:-1][has], first[1:][has] - 1
    before[opening[start[opening] == tokens.first[:-1][has]]] = 0
    after[closing[end[closing] + 1 == tokens.first[1:][has]]] = 0
    place = mix(before << _HALF | after)
    hashed = [(of >> _HALF).astype(np.uint32) for of in (number, place)]
    return Numbers(first, hashed[0], hashed[1], tokens.start[start], tokens.end[end])


def of_other_figures(
    corpus: Corpus, numbers: Callable[[], Numbers], a: NDArray[np.int32], b: NDArray[np.int32]
) -> NDArray[np.bool_]:
    """Return which pairs have dates of different days and other figures of the same things, bool of shape (pairs,).

    So what markets did on two days, and the results of two companies. Of one event figures stay as they are, or rise.
    `numbers`: gives `numbers_of` the texts, if asked.
    """
    found = np.zeros(len(a), dtype=np.bool_)
    rows = np.flatnonzero(np.abs(corpus.published[a] - corpus.published[b]) >= APART)
    for other in (partial(other_numbers, many=MANY, same=SAME_NUMBERS), partial(other_values, places=PLACES)):
        if not len(rows):
            return found
        rows = rows[other(numbers(), a[rows], b[rows])]
    texts = distinct(np.concatenate((a[rows], b[rows]))).tolist()
    figures = {row: _by_place(corpus.text[row], numbers(), row) for row in texts}
    found[rows] = ~grown(figures, corpus.published, a[rows], b[rows])
    return found


def _by_place(text: str, numbers: Numbers, row: int) -> dict[int, float]:
    """Return the values of a text's numbers by what they stand beside, of each place the first."""
    here = slice(numbers.first[row], numbers.first[row + 1])
    found: dict[int, float] = {}
    for place, start, end in zip(
        *(column[here].tolist() for column in (numbers.place, numbers.start, numbers.end)), strict=True
    ):
        if place not in found:
            found[place] = value_of(text[start:end])
    return found


def other_numbers(
    numbers: Numbers, a: NDArray[np.int32], b: NDArray[np.int32], many: int, same: float
) -> NDArray[np.bool_]:
    """Return of which pairs both texts have so many numbers, and at most such a share in common, bool."""
    shared, one, other = shared_words(numbers.first, numbers.number, a, b)
    fewer = np.minimum(one, other)
    return (fewer >= many) & (shared <= same * fewer)


def other_values(numbers: Numbers, a: NDArray[np.int32], b: NDArray[np.int32], places: int) -> NDArray[np.bool_]:
    """Return of which pairs both texts have a number in so many places, and in few of them the same, bool."""
    shared, _, _ = shared_words(numbers.first, numbers.place, a, b)
    same, _, _ = shared_words(numbers.first, numbers.place ^ numbers.number, a, b)
    return (shared >= places) & (same <= SAME_PLACES * shared)


def shared_words(
    first: NDArray[np.int64], hashed: NDArray[np.uint32], a: NDArray[np.int32], b: NDArray[np.int32]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return how many distinct words both texts of each pair have, then those of a and of b, int64 each.

    `hashed`: the words of text i, from first[i] to first[i + 1].

    >>> first, words = np.array([0, 3, 5]), np.array([7, 1, 1, 9, 7], dtype=np.uint32)
    >>> [int(count[0]) for count in shared_words(first, words, np.array([0]), np.array([1]))]
    [1, 2, 2]
    """
    if compiled(len(hashed), __package__):
        return tuple(kernel_of(__package__).shared_words(first, hashed, a, b))
    return shared_words_plain(first, hashed, a, b)


def shared_words_plain(
    first: NDArray[np.int64], hashed: NDArray[np.uint32], a: NDArray[np.int32], b: NDArray[np.int32]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return what `shared_words` does, all pairs at once."""
    rows = distinct(np.concatenate((a, b)))
    owner, place = ranges(first[rows], lengths(first)[rows])
    key = distinct(owner << 32 | hashed[place])
    start = np.searchsorted(key, np.arange(len(rows) + 1) << 32)
    size, left, right = lengths(start), np.searchsorted(rows, a), np.searchsorted(rows, b)
    pair, place = ranges(start[left], size[left])
    in_both = places_in(key, right[pair] << 32 | key[place] & 0xFFFFFFFF) >= 0
    return np.bincount(pair[in_both], minlength=len(a)), size[left], size[right]
