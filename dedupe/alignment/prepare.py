"""The two texts made ready for alignment: their words, the terms these count as, sentences and units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ..words import SINGLE, Tokens, character_table, code_points, mix, tokenize
from .sentences import divide

if TYPE_CHECKING:
    from numpy.typing import NDArray

STEM = 5  # letters a word is known by, so that "denied" meets "denies"; 4 and 6 gave less on PAN-13
_BASE = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """One text as columns over its words.

    `word`: uint32, equal for equal words. `stem`: uint32, equal for words that begin alike.
    `start`, `end`: int32, character offsets. `sentence`, `unit`: int64, where each begins, then the number of words.
    """

    word: NDArray[np.uint32]
    stem: NDArray[np.uint32]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    sentence: NDArray[np.int64]
    unit: NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """What the words of both texts count as: numbers below len(count), the same for words with the same stem.

    `a`, `b`: int64, one for each word. `count`: int64, how often each term occurs in both texts together.
    `left`: int64 of the same shape, all zeros: room the kernels work in and leave as it was.
    """

    a: NDArray[np.int64]
    b: NDArray[np.int64]
    count: NDArray[np.int64]
    left: NDArray[np.int64]


def prepare(text_a: str, text_b: str, large: bool) -> tuple[Side, Side]:
    """Return the columns of both texts; `large` chooses how they are computed, not what they are."""
    if large:
        from ..words import chunks

        bytes_a, bytes_b = (len(text.encode("utf-8", "surrogatepass")) for text in (text_a, text_b))
        tokens = chunks.token_chunk([text_a, text_b], chunks.room(max(bytes_a, bytes_b), bytes_a + bytes_b, 2))
    else:
        tokens = tokenize([text_a, text_b])
    cut = int(tokens.first[1])
    return _side(text_a, tokens, slice(0, cut), large), _side(text_b, tokens, slice(cut, None), large)


def _side(text: str, tokens: Tokens, rows: slice, large: bool) -> Side:
    """Return the columns of one text, given the words of both."""
    points = code_points(text)
    hashes, start, end, flags = tokens.hash[rows], tokens.start[rows], tokens.end[rows], tokens.flags[rows]
    own = Tokens(np.array([0, len(hashes)]), hashes, start, end, flags)
    sentence, unit = divide(points, own, large)
    return Side(hashes, stems(points, own, large), start, end, sentence, unit)


def stems(points: NDArray[np.uint32], tokens: Tokens, large: bool) -> NDArray[np.uint32]:
    """Return a hash of each word's first STEM letters; in scripts without spaces, of a character and the next.

    >>> from dedupe.words import code_points, tokenize
    >>> first, second = stems(code_points("Denied, denies"), tokenize(["Denied, denies"]), large=False)
    >>> bool(first == second)
    True
    """
    sums = letters(points, tokens, large)
    single = tokens.flags & SINGLE != 0
    if single.any():
        first = np.flatnonzero(single[:-1] & single[1:] & (tokens.end[:-1] == tokens.start[1:]))
        sums[first] = mix(sums[first]) + sums[first + 1]  # the right side is read before any is written
    return (mix(sums) >> np.uint64(32)).astype(np.uint32)


def letters(points: NDArray[np.uint32], tokens: Tokens, large: bool) -> NDArray[np.uint64]:
    """Return a number for the first STEM letters of each word, folded: the same for the same letters."""
    _, folded = character_table()
    if large:
        from . import kernel

        numbers: NDArray[np.uint64] = kernel.letters(points, folded, tokens.start, tokens.end, STEM)
        return numbers
    start, end = tokens.start.astype(np.int64), tokens.end.astype(np.int64)
    sums = np.zeros(len(start), dtype=np.uint64)
    for place in range(STEM):
        letter = folded[points[np.minimum(start + place, len(points) - 1)]].astype(np.uint64)
        sums = sums * _BASE + np.where(start + place < end, letter, np.uint64(0))
    return sums


def number_terms(a: Side, b: Side, large: bool) -> Terms:
    """Return the stems of both texts as numbers. Which number a stem gets changes no result."""
    if large:
        from . import kernel

        in_a, in_b, size = kernel.number_terms(a.stem, b.stem)
    else:
        _, number = np.unique(np.concatenate((a.stem, b.stem)), return_inverse=True)
        in_a, in_b, size = number[: len(a.stem)], number[len(a.stem) :], int(number.max()) + 1
    count = np.bincount(in_a, minlength=size) + np.bincount(in_b, minlength=size)
    return Terms(in_a, in_b, count, np.zeros(size, dtype=np.int64))
