"""Signs of what a block is that take more than one block to see: what it has to do with the rest of its page."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..rows import lengths, owners, runs
from ..words import CAPITAL, SINGLE, SPREAD
from . import place
from .lexicon import CATEGORY, Found
from .repeats import BlockWords
from .shape import SHAPE

BYLINE_WORDS = 12
LONG, NAME = 4, 3  # letters of a word that tells of its text, of a part of a name
VERBS = 0.04  # share of the words of prose; in the languages that have a list of verbs it is 0.07 to 0.15
ENDS_STOP = SHAPE.index("ends_stop")


def twins(keys: NDArray[np.uint64], page: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return how many other blocks of its page are like each block, as a logarithm."""
    mixed = keys ^ (page.astype(np.uint64) * SPREAD)
    order = mixed.argsort()
    count = lengths(runs(mixed[order]))
    twins = np.empty(len(keys), dtype=np.float32)
    twins[order] = np.log1p(count - 1).astype(np.float32).repeat(count)
    return twins


def shared_with_core(words: BlockWords, core: NDArray[np.bool_]) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Return (share, count) of a block's longer words that another block of its page's prose, the `core`, has too."""
    tokens, blocks = words.tokens, len(core)
    block, key = _keys(words)
    long = (tokens.end - tokens.start >= LONG) | (tokens.flags & SINGLE != 0)
    block, key = block[long], key[long]
    _, which = np.unique(key, return_inverse=True)
    which = which.ravel()
    times = np.bincount(which, weights=core[block], minlength=0)
    pair, own = np.unique(which * blocks + block, return_counts=True)
    own_times = own[np.searchsorted(pair, which * blocks + block)] * core[block]
    shared = np.bincount(block[times[which] - own_times > 0], minlength=blocks)
    return (shared / np.maximum(np.bincount(block, minlength=blocks), 1)).astype(np.float32), shared


def _keys(words: BlockWords) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
    """Return of each word its block, and its page and hash as one number."""
    block = owners(words.first)
    return block, owners(words.pages)[block].astype(np.uint64) << np.uint64(32) | words.tokens.hash


def named_again(words: BlockWords, found: Found) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return how much of a block is capitalised words of a byline elsewhere on its page, and whether its start is.

    A byline is here a short line that opens with words of bylines ("By", "Von") or holds an office ("Reporter").
    """
    tokens, count = words.tokens, lengths(words.first)
    line = found.starts[:, CATEGORY["byline"]] | (found.covered[:, CATEGORY["job"]] > 0)
    line &= count <= BYLINE_WORDS
    block, key = _keys(words)
    name = (tokens.flags & CAPITAL != 0) & (tokens.end - tokens.start >= NAME)
    met = np.isin(key, key[name & line[block]]) & name & ~line[block]
    first_two = np.arange(len(block)) - words.first[block] < 2
    named, opening = (np.bincount(block[some], minlength=len(count)) for some in (met, met & first_two))
    return (named / np.maximum(count, 1)).astype(np.float32), (opening / 2).astype(np.float32)


def verbless(found: Found, letters: NDArray[np.float64], page: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return which blocks lack any common verb or pronoun, on pages whose prose is full of those we know."""
    verbs, prose = found.covered[:, CATEGORY["verb"]], letters >= place.PROSE
    words = np.bincount(page, weights=prose * found.words)
    known = np.bincount(page, weights=np.rint(verbs * found.words) * prose) >= VERBS * np.maximum(words, 1)
    some = (found.words >= 4) & (found.words <= 30)
    return (some & known[page] & (verbs == 0)).astype(np.float32)


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
    return (in_core * near * length * plain * (found.words >= 3)).astype(np.float32)


def heading_like(
    letters: NDArray[np.float64], looks: NDArray[np.float32], found: Found, page: NDArray[np.int64]
) -> NDArray[np.float32]:
    """Return which blocks are a short line of two words or more, no sentence, with prose right after."""
    prose = (letters >= place.PROSE).astype(np.float32)[:, None]
    after = place.shifted(prose, 1, page)[:, 0] > 0
    short = (letters < 1.5 * place.PROSE) & (found.words >= 2) & (looks[:, ENDS_STOP] == 0)
    return (after & short).astype(np.float32)
