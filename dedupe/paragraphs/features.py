"""What the model knows of each block, as named columns: its look, its words, its place and its neighbours."""

from __future__ import annotations

from collections import namedtuple
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..compiling import compiled, kernel_of
from ..rows import bounds_of, lengths, owners
from ..words import ALL_CAPITALS, CAPITAL, NUMERIC, SINGLE, Tokens, joined_points
from . import lexicon, place, positions, shape, signs
from .asked import EVERY, openers
from .model import GRAIN
from .segmented import Segmented

WORDS = (
    "words", "word_length", "capitals", "all_capitals", "numbers", "singles",
    *(f"covered:{name}" for name in lexicon.CATEGORIES),
    *(f"longest:{name}" for name in lexicon.CATEGORIES),
    *(f"starts:{name}" for name in lexicon.CATEGORIES),
)  # fmt: skip
NEAR = (
    "size", "ends_stop", "ends_colon", "opens_bullet", "clock", "date", "words", "capitals", "all_capitals", "numbers",
    *(f"covered:{name}" for name in lexicon.CATEGORIES), "in_core", "title_like", "copyrights", "twins", "named",
)  # fmt: skip
FLAGS = (CAPITAL, ALL_CAPITALS, NUMERIC, SINGLE)
OFFSETS = (-2, -1, 1, 2)
WINDOWS = ((-4, -1), (1, 4), (-12, -1), (1, 12))
BASE = (*shape.SHAPE, *WORDS, *positions.PLACES)
Columns = namedtuple("Columns", [name.replace(":", "_") for name in BASE])  # type: ignore[misc]
COLUMN: Any = Columns(*range(len(BASE)))  # the number of each: that of "until:ad" is `COLUMN.until_ad`
_NEAR = np.array([BASE.index(name) for name in NEAR])
_KNOWN = 1 << 16  # numbers whose logarithms the kernel is given
FEATURES = (
    *BASE,
    *(f"{name}@{by:+d}" for by in OFFSETS for name in NEAR),
    *(f"{name}@{low:+d}:{high:+d}" for low, high in WINDOWS for name in NEAR),
)


def at_least(number: int) -> float:
    """Return from which value on a column of logarithms of counts says that there are so many."""
    return float(np.log1p(number)) - 1e-6


def at_most(number: int) -> float:
    """Return up to which value it says that there are no more."""
    return float(np.log1p(number)) + 1e-6


PROSE_SIZE = at_least(place.PROSE)  # of the column "size"


def measure(pages: Segmented) -> tuple[NDArray[np.float32], NDArray[np.uint8], int]:
    """Return (features, languages, rules); features are float32 of shape (m, len(FEATURES)).

    Languages are those of `lexicon.Found`, rules those of `asked` that may say something of the blocks.
    """
    out = np.empty((len(pages.blocks.start), len(FEATURES)), dtype=np.float32)
    if compiled(len(pages.words.tokens.hash), __package__):
        return out, *_describe(pages, out)
    return out, describe_plain(pages, out).language, EVERY


def _describe(pages: Segmented, out: NDArray[np.float32]) -> tuple[NDArray[np.uint8], int]:
    """Do what `describe_plain` does, with one kernel; return (languages, rules)."""
    kernel = kernel_of(__package__)
    articles, blocks, words, *repeats = pages
    points, text_start = joined_points([article.text for article in articles])
    language = np.empty((len(out), len(lexicon.CATEGORIES)), dtype=np.uint8)
    start, end, on, of = map(np.ascontiguousarray, (blocks.start, blocks.end, *repeats))  # or it would be compiled anew
    rules: int = kernel.describe(
        points, text_start, shape.kinds(), blocks.first, start, end, on, of, words.tokens.columns, words.first,
        words.keys, lexicon.known(), logarithms(), openers(), out, language,
    )  # fmt: skip
    return language, rules


@cache
def logarithms() -> NDArray[np.float32]:
    """Return log(1 + n) of each number below _KNOWN: numpy's, since no two libraries round alike."""
    return np.log1p(np.arange(_KNOWN, dtype=np.float64)).astype(np.float32)


def describe_plain(pages: Segmented, out: NDArray[np.float32]) -> lexicon.Found:
    """Write the columns FEATURES of each block into `out`; return what the lexicon found."""
    articles, blocks, words, on, of = pages
    points, text_start = joined_points([article.text for article in articles])
    page = owners(blocks.first)
    offset = text_start[page]
    looks, letters = shape.measure(points, offset + blocks.start, offset + blocks.end)
    found = lexicon.find(words.tokens, words.first)
    repeats = np.empty((len(page), 3))
    repeats[:, 0] = signs.twins(words.keys, page)
    repeats[:, 1], repeats[:, 2] = np.where(of > 1, on / np.maximum(of, 1), 0), np.log1p(of)
    stands = positions.measure(words, looks, letters, found, repeats)
    np.concatenate((looks, _words(words.tokens, words.first, found), stands), axis=1, out=out[:, : len(BASE)])
    near = np.rint(out[:, _NEAR] * np.float32(GRAIN)) / np.float32(GRAIN)
    out[:, len(BASE) :] = place.around(near, OFFSETS, WINDOWS, blocks.first)
    return found


def _words(tokens: Tokens, first: NDArray[np.int64], found: lexicon.Found) -> NDArray[np.float32]:
    count = np.maximum(found.words, 1)
    out = np.zeros((len(count), len(WORDS)), dtype=np.float32)
    out[:, 0] = np.log1p(found.words)
    out[:, 1:6] = _word_sums(tokens, first) / count[:, None]
    kinds = len(lexicon.CATEGORIES)
    out[:, 6 : 6 + kinds] = found.covered
    out[:, 6 + kinds : 6 + 2 * kinds] = found.longest
    out[:, 6 + 2 * kinds :] = found.starts
    return out


def _word_sums(tokens: Tokens, first: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the letters of each block's words, and how many have each of FLAGS, int64 of shape (m, 5)."""
    columns = [tokens.end - tokens.start, *(tokens.flags & flag != 0 for flag in FLAGS)]
    return np.stack([lengths(bounds_of(column)[first]) for column in columns], axis=1)
