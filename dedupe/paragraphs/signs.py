"""Signs of what a block is that take more than one block to see: what it has to do with the rest of its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..words import CAPITAL, SINGLE, owners
from . import place
from .lexicon import CATEGORIES
from .shape import SHAPE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..words import Tokens
    from .lexicon import Found

BYLINE_WORDS = 12
LONG, NAME = 4, 3  # letters of a word that tells of its text, of a part of a name
VERBS = 0.04  # share of the words of prose; in the languages that have a list of verbs it is 0.07 to 0.15
COLUMN = {name: number for number, name in enumerate(CATEGORIES)}
ENDS_STOP = SHAPE.index("ends_stop")


def twins(keys: NDArray[np.uint64], page: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return how many other blocks of its page are like each block, as a logarithm."""
    mixed = keys ^ (page.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15))
    order = mixed.argsort()
    ordered, fresh = mixed[order], np.ones(len(keys) + 1, dtype=np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=fresh[1:-1])
    start = fresh.nonzero()[0]
    count = start[1:] - start[:-1]
    twins = np.empty(len(keys), dtype=np.float32)
    twins[order] = np.log1p(count - 1).astype(np.float32).repeat(count)
    return twins


def shared_with_core(
    tokens: Tokens, first: NDArray[np.int64], core: NDArray[np.bool_], blocks_first: NDArray[np.int64]
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Return (share, count) of a block's longer words that its page's prose has elsewhere."""
    shared, total = met_in_core(tokens, first, core, blocks_first)
    return (shared / np.maximum(total, 1)).astype(np.float32), shared


def met_in_core(
    tokens: Tokens, first: NDArray[np.int64], core: NDArray[np.bool_], blocks_first: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return how many of a block's longer words another block of its page's core has too, and how many there are."""
    block, inner, key = _keys(tokens, first, blocks_first)
    long = (tokens.end[inner] - tokens.start[inner] >= LONG) | (tokens.flags[inner] & SINGLE != 0)
    block, key = block[long], key[long]
    _, which = np.unique(key, return_inverse=True)
    which = which.ravel()
    times = np.bincount(which, weights=core[block], minlength=0)
    pair, own = np.unique(which * (len(first) - 1) + block, return_counts=True)
    own_times = own[np.searchsorted(pair, which * (len(first) - 1) + block)] * core[block]
    met = times[which] - own_times > 0
    shared = np.bincount(block[met], minlength=len(first) - 1)
    return shared, np.bincount(block, minlength=len(first) - 1)


def _keys(
    tokens: Tokens, first: NDArray[np.int64], blocks_first: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.uint64]]:
    """Return of each word its block, its row, and its page and hash as one number."""
    page = owners(blocks_first).astype(np.uint64)
    block = owners(first)
    inner = np.arange(first[0], first[-1])
    return block, inner, page[block] << np.uint64(32) | tokens.hash[inner]


def named_again(
    tokens: Tokens, first: NDArray[np.int64], found: Found, blocks_first: NDArray[np.int64]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return how much of a block is capitalised words of a byline elsewhere on its page, and whether its start is.

    A byline is here a short line that opens with words of bylines ("By", "Von") or holds an office ("Reporter").
    """
    line = found.starts[:, COLUMN["byline"]] | (found.covered[:, COLUMN["job"]] > 0)
    line &= np.diff(first) <= BYLINE_WORDS
    met, opening = met_in_lines(tokens, first, line, blocks_first)
    return (met / np.maximum(np.diff(first), 1)).astype(np.float32), (opening / 2).astype(np.float32)


def met_in_lines(
    tokens: Tokens, first: NDArray[np.int64], line: NDArray[np.bool_], blocks_first: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return how many words of a block are names in its page's marked lines, where it is none, and of its first two."""
    block, inner, key = _keys(tokens, first, blocks_first)
    name = (tokens.flags[inner] & CAPITAL != 0) & (tokens.end[inner] - tokens.start[inner] >= NAME)
    met = np.isin(key, key[name & line[block]]) & name & ~line[block]
    opening = met & (inner - first[block] < 2)
    return (
        np.bincount(block[met], minlength=len(first) - 1),
        np.bincount(block[opening], minlength=len(first) - 1),
    )


def verbless(found: Found, letters: NDArray[np.float64], page: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return which blocks lack any common verb or pronoun, on pages whose prose is full of those we know."""
    verbs, prose = found.covered[:, COLUMN["verb"]], letters >= place.PROSE
    words = np.bincount(page, weights=prose * found.words)
    known = np.bincount(page, weights=np.rint(verbs * found.words) * prose) >= VERBS * np.maximum(words, 1)
    some = (found.words >= 4) & (found.words <= 30)
    lacking: NDArray[np.float32] = (some & known[page] & (verbs == 0)).astype(np.float32)
    return lacking


def title_like(
    in_core: NDArray[np.float32],
    looks: NDArray[np.float32],
    found: Found,
    number: NDArray[np.int64],
    low: NDArray[np.int64],
    letters: NDArray[np.float64],
) -> NDArray[np.float32]:
    """Return how much a block looks like the page's headline: near the prose's start, its words told there again."""
    near = 1 / (1 + 0.15 * np.abs(low - number))
    length = np.clip(letters / 30, 0, 1) * np.clip(2 - letters / 150, 0, 1)
    plain = 1 - looks[:, ENDS_STOP] * 0.5
    like: NDArray[np.float32] = (in_core * near * length * plain * (found.words >= 3)).astype(np.float32)
    return like


def heading_like(
    letters: NDArray[np.float64], looks: NDArray[np.float32], found: Found, page: NDArray[np.int64]
) -> NDArray[np.float32]:
    """Return which blocks are a short line of two words or more, no sentence, with prose right after."""
    prose = (letters >= place.PROSE).astype(np.float32)[:, None]
    after = place.shifted(prose, 1, page)[:, 0] > 0
    short = (letters < 1.5 * place.PROSE) & (found.words >= 2) & (looks[:, ENDS_STOP] == 0)
    heading: NDArray[np.float32] = (after & short).astype(np.float32)
    return heading
