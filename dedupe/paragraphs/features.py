"""What the model knows of each block, as named columns: its look, its words, its place and its neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..words import (
    ALL_CAPITALS,
    CAPITAL,
    NUMERIC,
    SINGLE,
    Tokens,
    code_points,
    compiled,
    lengths,
)
from . import lexicon, place, positions, shape, signs
from .model import GRAIN
from .repeats import keys_of_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ..model import Article, Blocks

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
_NEAR = [BASE.index(name) for name in NEAR]
FEATURES = (
    *BASE,
    *(f"{name}@{by:+d}" for by in OFFSETS for name in NEAR),
    *(f"{name}@{low:+d}:{high:+d}" for low, high in WINDOWS for name in NEAR),
)


def measure(
    articles: Sequence[Article],
    blocks: Blocks,
    on: NDArray[np.int32],
    of: NDArray[np.int32],
    tokens: Tokens,
    first: NDArray[np.int64],
) -> tuple[NDArray[np.float32], lexicon.Found]:
    """Return (features, what the lexicon found); features are float32 of shape (m, len(FEATURES)).

    `tokens`: the words of the articles' texts. `first`: see `block_tokens`.
    """
    texts = [article.text for article in articles]
    text_start = np.concatenate(([0], np.cumsum([len(text) + 1 for text in texts]))).astype(np.int64)
    page = np.repeat(np.arange(len(texts)), lengths(blocks.first))
    offset = text_start[page]
    points = code_points("\n".join([*texts, ""]))
    looks = shape.measure(points, offset + blocks.start, offset + blocks.end)
    found = lexicon.find(tokens, first)
    spoken = _words(tokens, first, found)
    twins = signs.twins(keys_of_words(blocks, tokens, first), page)
    repeats = np.empty((len(page), 3))
    repeats[:, 0], repeats[:, 1], repeats[:, 2] = twins, np.where(of > 1, on / np.maximum(of, 1), 0), np.log1p(of)
    stands = positions.measure(blocks, tokens, first, looks, found, repeats)
    out = np.empty((len(page), len(FEATURES)), dtype=np.float32)
    base = np.concatenate((looks, spoken, stands), axis=1, out=out[:, : len(BASE)])
    near = np.rint(base[:, _NEAR] * np.float32(GRAIN)) / np.float32(GRAIN)
    place.around(near, OFFSETS, WINDOWS, blocks.first, out, len(BASE))
    return out, found


def _words(tokens: Tokens, first: NDArray[np.int64], found: lexicon.Found) -> NDArray[np.float32]:
    count = np.maximum(found.words, 1)
    out = np.zeros((len(count), len(WORDS)), dtype=np.float32)
    out[:, 0] = np.log1p(found.words)
    out[:, 1:6] = word_sums(tokens, first) / count[:, None]
    kinds = len(lexicon.CATEGORIES)
    out[:, 6 : 6 + kinds] = found.covered
    out[:, 6 + kinds : 6 + 2 * kinds] = found.longest
    out[:, 6 + 2 * kinds :] = found.starts
    return out


def word_sums(tokens: Tokens, first: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the letters of each block's words, and how many have each of FLAGS, int64 of shape (m, 5)."""
    if compiled(len(tokens.hash), __package__):
        from . import kernel

        wanted = np.array(FLAGS, dtype=np.uint8)
        sums: NDArray[np.int64] = kernel.word_sums(tokens.start, tokens.end, tokens.flags, first, wanted)
        return sums
    return word_sums_plain(tokens, first)


def word_sums_plain(tokens: Tokens, first: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return what `word_sums` does, from running sums over all words."""
    columns = [tokens.end - tokens.start, *(tokens.flags & flag != 0 for flag in FLAGS)]
    running = [np.concatenate(([0], np.cumsum(column))) for column in columns]
    return np.stack([total[first[1:]] - total[first[:-1]] for total in running], axis=1)
