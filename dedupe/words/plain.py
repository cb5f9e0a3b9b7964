"""The words of texts in numpy: what small batches use, and the oracle of the kernel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..resources import load_json
from ..rows import bounds_of, lengths

DIVIDER, LETTER, DIGIT, MARK, ALONE = range(5)  # classes of characters
CLASS = 7  # mask of the class, without the flags beside it
UPPER = 8  # flag beside the class: a capital, which folding changes
NOTHING = 0  # what a sign folds to that some outlets write and others leave out

CAPITAL, ALL_CAPITALS, NUMERIC, SINGLE, MISREAD = 1, 2, 4, 8, 16  # flags of words
IDEOGRAPH = 32  # flag of a word and beside the class of its character: of Chinese, whose characters mean something
_IDEOGRAPHS = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00), (0x20000, 0x32000))

AS_TWO_WORDS = 3  # characters of a script without spaces: news in Chinese has 1.6 for each word of the same in English

PAD = 64  # bytes after the end of what kernels walk through: they read 64 at once

SPREAD = np.uint64(0x9E3779B97F4A7C15)  # 2**64 over the golden ratio: times it, keys differ in their upper bits
_BASE = SPREAD  # odd, so that its powers never vanish modulo 2**64
SLOT_SHIFT = 12  # what is left of a hash is its slot: a table of a megabyte, which lies in the cache
_LONGEST = 1 << 12  # powers of _BASE that are kept; a longer word goes on with the powers from the start
FIRST_BYTES = np.array([(1 << 8 * size) - 1 for size in range(9)], dtype=np.uint64)  # masks of a block of eight


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """The words of many texts as columns.

    `first`: int64 of shape (texts + 1,); the words of text i are rows first[i] to first[i + 1].
    `hash`: uint32 of shape (words,), equal for equal words after folding.
    `start`, `end`: int32 of shape (words,), character offsets into their own text.
    `flags`: uint8 of shape (words,), CAPITAL (first letter), ALL_CAPITALS (two or more), NUMERIC (starts with a
    digit), SINGLE (a character of a script without spaces), MISREAD (in digitised print: not as it was printed),
    IDEOGRAPH (a SINGLE of Chinese script).
    """

    first: NDArray[np.int64]
    hash: NDArray[np.uint32]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    flags: NDArray[np.uint8]

    @property
    def columns(self) -> tuple[NDArray[Any], ...]:
        """All but `first`."""
        return self.hash, self.start, self.end, self.flags

    def part(self, low: int, high: int) -> Tokens:
        """Return the words of the texts from `low` up to `high`."""
        own = slice(int(self.first[low]), int(self.first[high]))
        first = self.first[low : high + 1] - own.start
        return Tokens(first, self.hash[own], self.start[own], self.end[own], self.flags[own])


@cache
def character_table() -> tuple[NDArray[np.uint8], NDArray[np.uint32]]:
    """Return (class with UPPER and IDEOGRAPH, folded code point) for each of the 1,114,112 code points.

    A letter or digit that is written in several ways folds to one of them: "أ" and "ا", "ё" and "е", "國" and "国", "٣"
    and "3". What only some write, as signs of vowels in Arabic, folds to NOTHING.
    """
    table = load_json("characters.json")
    sizes = np.array([length for length, _ in table["classes"]])
    classes = np.repeat(np.array([kind for _, kind in table["classes"]], dtype=np.uint8), sizes)
    folded = np.arange(len(classes), dtype=np.uint32)
    for name, flag in (("folds", UPPER), ("spellings", 0)):
        for start, end, step, shift in table[name]:  # start, start + step, ... below end, each moved by shift
            folded[start:end:step] += np.uint32(shift & 0xFFFFFFFF)
            classes[start:end:step] |= flag
    for start, end in _IDEOGRAPHS:
        classes[start:end] |= np.where(classes[start:end] == ALONE, np.uint8(IDEOGRAPH), np.uint8(0))
    traditional, simplified = map(code_points, table["chinese"])
    folded[traditional] = simplified
    folded[table["left_out"]] = NOTHING
    return classes, folded


@cache
def small_letters() -> NDArray[np.bool_]:
    """Return which code points fold to what a capital folds to and are none, bool of shape (0x110000,).

    >>> small_letters()[[ord(letter) for letter in "aAёЁßŠş東"]].astype(int).tolist()
    [1, 0, 1, 0, 1, 0, 1, 0]
    """
    classes, folded = character_table()
    capital = classes & UPPER != 0
    of_capitals = np.zeros(len(classes), dtype=np.bool_)
    of_capitals[folded[capital]] = True
    return of_capitals[folded] & ~capital


@cache
def _powers() -> NDArray[np.uint64]:
    powers = np.full(_LONGEST, _BASE, dtype=np.uint64)
    powers[0] = 1
    return np.multiply.accumulate(powers)


def mix(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return the values with every bit spread over all others (the finaliser of splitmix64, Steele et al. 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def slots_of(hashes: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Return a table of hashes for `in_slots`, by their upper bits."""
    slots = np.zeros(1 << 32 - SLOT_SHIFT, dtype=np.bool_)
    slots[hashes >> SLOT_SHIFT] = True
    return slots


def in_slots(slots: NDArray[Any], hashes: NDArray[np.uint32]) -> NDArray[np.int64]:
    """Return the rows of the hashes that may be in a table: all that are, and few others. Most words take one look.

    >>> words = tokenize(["May", "June", "May"]).hash
    >>> in_slots(slots_of(words[:1]), words).tolist()
    [0, 2]
    """
    return np.flatnonzero(slots[hashes >> SLOT_SHIFT])


def code_points(text: str) -> NDArray[np.uint32]:
    """Return the text's code points, uint32 of shape (len(text),)."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def joined_points(texts: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Return (points, start): the code points of texts with a divider after each, and where each text starts and ends.

    >>> points, start = joined_points(["ab", "", "c"])
    >>> points.tolist(), start.tolist()
    ([97, 98, 10, 10, 99, 10], [0, 3, 4, 6])
    """
    return code_points("\n".join([*texts, ""])), bounds_of([len(text) + 1 for text in texts])


def words(text: str) -> list[str]:
    """Return the folded words of a text, in order.

    >>> words("Don't PANIC: 1,000 km nach Osten")
    ['don', 't', 'panic', '1', '000', 'km', 'nach', 'osten']
    >>> words("東京でReuters")
    ['东', '京', 'で', 'reuters']
    """
    tokens, plain = tokenize([text]), _folded(text)
    spans = zip(tokens.start.tolist(), tokens.end.tolist(), strict=True)
    return [plain[start:end].replace(chr(NOTHING), "") for start, end in spans]


def fold(text: str) -> str:
    """Return a text in the characters that words are compared by, and what divides them as it is.

    >>> fold("Feuer in Köln; 漢堡")
    'feuer in köln; 汉堡'
    """
    return _folded(text).replace(chr(NOTHING), "")


def _folded(text: str) -> str:
    _, folded = character_table()
    return folded[code_points(text)].astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")


def tokenize(texts: Sequence[str]) -> Tokens:
    """Return the words of many texts as columns."""
    points, text_start = joined_points(texts)
    classes, folded = character_table()
    kind = classes[points]
    start, end = _edges(kind & np.uint8(7))
    first = np.searchsorted(start, text_start)
    flags = _word_flags(kind, start, end)
    offset = np.repeat(text_start[:-1], lengths(first))
    hashes = hash_words(folded[points], start, end)
    return Tokens(first, hashes, (start - offset).astype(np.int32), (end - offset).astype(np.int32), flags)


def _edges(kind: NDArray[np.uint8]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return where words start and end, given the class of each character.

    A mark belongs to what stands before it; after a divider it is one too.
    """
    position = np.arange(len(kind))
    base = np.maximum.accumulate(np.where(kind != MARK, position, -1))  # the character a mark sits on
    kind = np.where(base >= 0, kind[base], DIVIDER)
    inside = kind != DIVIDER
    before = np.concatenate(([DIVIDER], kind[:-1]))
    fresh = base == position  # not a mark
    starts = inside & ((before == DIVIDER) | (fresh & ((kind == ALONE) | (before == ALONE))))
    start = np.flatnonzero(starts)
    stop = np.flatnonzero(np.concatenate((~inside | starts, [True])))  # each word ends at the next of these
    return start, stop[np.searchsorted(stop, start, side="right")]


def hash_words(points: NDArray[np.uint32], start: NDArray[np.int64], end: NDArray[np.int64]) -> NDArray[np.uint32]:
    """Return a hash, uint32, for each word points[start:end] of folded code points.

    The word's UTF-8 is read in blocks of eight bytes, little endian, the last one filled with zeros; the hash is the
    upper half of mix(sum of block[i] * base**i modulo 2**64). Words of at most eight bytes meet only in the 32 bits.
    """
    if not len(start):
        return np.zeros(0, dtype=np.uint32)
    if (gone := points == NOTHING).any():
        place = bounds_of(~gone)
        points, start, end = points[~gone], place[start], place[end]
    text = points.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass").encode("utf-8", "surrogatepass")
    if len(text) > len(points):
        sizes = 1 + (points >= 0x80).astype(np.int64) + (points >= 0x800) + (points >= 0x10000)
        place = bounds_of(sizes)
        start, end = place[start], place[end]
    blocks = np.ndarray((len(text) + 1,), "<u8", text + bytes(8), strides=(1,))  # the eight bytes from each byte on
    count = (end - start + 7) >> 3
    before = bounds_of(count)[:-1]
    number = np.arange(count.sum()) - np.repeat(before, count)
    place = np.repeat(start, count) + 8 * number
    kept = FIRST_BYTES[np.minimum(np.repeat(end, count) - place, 8)]
    sums = np.add.reduceat((blocks[place] & kept) * _powers()[number % _LONGEST], before)
    return (mix(sums) >> np.uint64(32)).astype(np.uint32)


def _word_flags(kind: NDArray[np.uint8], start: NDArray[np.int64], end: NDArray[np.int64]) -> NDArray[np.uint8]:
    upper = bounds_of(kind & UPPER != 0)
    letters = bounds_of(kind & CLASS == LETTER)
    first = kind[start]
    capitals, count = upper[end] - upper[start], letters[end] - letters[start]
    flags = np.where(first & UPPER != 0, CAPITAL, 0)
    flags |= np.where((count >= 2) & (capitals == count), ALL_CAPITALS, 0)
    flags |= np.where(first & CLASS == DIGIT, NUMERIC, 0) | np.where(first & CLASS == ALONE, SINGLE, 0)
    flags |= first & IDEOGRAPH
    return flags.astype(np.uint8)
