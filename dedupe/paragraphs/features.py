"""What the model knows of each block, as named columns: its look, its words, its place and its neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..words import ALL_CAPITALS, CAPITAL, NUMERIC, SINGLE, Tokens, code_points, tokenize
from . import lexicon, place, shape
from .model import GRAIN
from .repeats import block_keys, block_tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ..model import Article, Blocks

HEADS = (
    "ad", "promo", "subscribe", "nav", "share", "legal", "byline", "bio", "source", "caption", "comment", "section",
    "marker",
)  # fmt: skip
WIDGETS = (
    "ad",
    "deal",
    "promo",
    "readmore",
    "subscribe",
    "nav",
    "section",
    "share",
    "legal",
    "comment",
    "other",
    "bio",
)
KNOWN = 0.34  # share of a line's words in phrases of one of these
VERBS = 0.04  # share of the words of prose; in the languages that have a list of verbs it is 0.07 to 0.15
PLAIN = 0.1  # share of the lines of a run
HEAD_WORDS = 8  # a heading of a widget is short
BYLINE_WORDS = 12
HEAD_COVERED = 0.6  # and most of it says what it is
WORDS = (
    "words", "word_length", "capitals", "all_capitals", "numbers", "singles",
    *(f"covered:{name}" for name in lexicon.CATEGORIES),
    *(f"longest:{name}" for name in lexicon.CATEGORIES),
    *(f"starts:{name}" for name in lexicon.CATEGORIES),
)  # fmt: skip
PLACES = (
    "from_start", "from_end", "page_blocks", "page_prose", "prose_share", "in_stretch", "before_stretch",
    "after_stretch", "stretch_blocks", "twins", "repeated", "pages_seen", "in_core", "core_words", "title_like",
    "title_past", "heading_like", "named", "author", "run", "enclosed", "enclosed_one", "enclosed_rows",
    "run_known", "plain_one", "plain_rows", "verbless", "verbless_opening",
    *(f"since:{name}" for name in HEADS), *(f"until:{name}" for name in HEADS), *(f"seen:{name}" for name in HEADS),
)  # fmt: skip
NEAR = (
    "size", "ends_stop", "ends_colon", "opens_bullet", "clock", "date", "words", "capitals", "all_capitals", "numbers",
    *(f"covered:{name}" for name in lexicon.CATEGORIES), "in_core", "title_like", "copyrights", "twins", "named",
)  # fmt: skip
OFFSETS = (-2, -1, 1, 2)
WINDOWS = ((-4, -1), (1, 4), (-12, -1), (1, 12))
BASE = (*shape.SHAPE, *WORDS, *PLACES)
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
    tokens: Tokens | None = None,
) -> tuple[NDArray[np.float32], lexicon.Found]:
    """Return (features, what the lexicon found); features are float32 of shape (m, len(FEATURES)).

    `tokens`: the words of the articles' texts, where they are at hand.
    """
    texts = [article.text for article in articles]
    tokens = tokenize(texts) if tokens is None else tokens
    text_start = np.concatenate(([0], np.cumsum([len(text) + 1 for text in texts]))).astype(np.int64)
    page = np.repeat(np.arange(len(texts)), np.diff(blocks.first))
    offset = text_start[page]
    points = code_points("\n".join([*texts, ""]))
    first = block_tokens(blocks, tokens)
    looks = shape.measure(points, offset + blocks.start, offset + blocks.end)
    found = lexicon.find(lexicon.word_values(tokens), first)
    spoken = _words(tokens, first, found)
    places = _places(articles, blocks, tokens, first, looks, spoken, found, (on, of), page)
    base = np.concatenate((looks, spoken, places), axis=1)
    near = np.rint(base[:, [BASE.index(name) for name in NEAR]] * np.float32(GRAIN)) / np.float32(GRAIN)
    around = [place.shifted(near, by, page) for by in OFFSETS]
    around += [place.window(near, low, high, blocks.first, page) for low, high in WINDOWS]
    return np.concatenate((base, *around), axis=1), found


def _words(tokens: Tokens, first: NDArray[np.int64], found: lexicon.Found) -> NDArray[np.float32]:
    count = np.maximum(found.words, 1)
    out = np.zeros((len(count), len(WORDS)), dtype=np.float32)
    out[:, 0] = np.log1p(found.words)
    length = np.concatenate(([0], np.cumsum(tokens.end - tokens.start)))
    out[:, 1] = (length[first[1:]] - length[first[:-1]]) / count
    for column, flag in enumerate((CAPITAL, ALL_CAPITALS, NUMERIC, SINGLE), start=2):
        running = np.concatenate(([0], np.cumsum(tokens.flags & flag != 0)))
        out[:, column] = (running[first[1:]] - running[first[:-1]]) / count
    kinds = len(lexicon.CATEGORIES)
    out[:, 6 : 6 + kinds] = found.covered
    out[:, 6 + kinds : 6 + 2 * kinds] = found.longest
    out[:, 6 + 2 * kinds :] = found.starts
    return out


def _places(
    articles: Sequence[Article],
    blocks: Blocks,
    tokens: Tokens,
    first: NDArray[np.int64],
    looks: NDArray[np.float32],
    spoken: NDArray[np.float32],
    found: lexicon.Found,
    repeats: tuple[NDArray[np.int32], NDArray[np.int32]],
    page: NDArray[np.int64],
) -> NDArray[np.float32]:
    count = len(page)
    out = np.zeros((count, len(PLACES)), dtype=np.float32)
    if not count:
        return out
    letters = np.rint(np.expm1(looks[:, 0].astype(np.float64)))
    number = np.arange(count)
    page_start, page_end = blocks.first[page], blocks.first[page + 1]
    low, high = place.stretch(letters, blocks.first)
    inside = (number >= low[page]) & (number < high[page])
    prose = np.where(letters >= place.PROSE, letters, 0)
    page_prose = np.bincount(page, weights=prose, minlength=len(articles))
    out[:, 0] = np.log1p(number - page_start)
    out[:, 1] = np.log1p(page_end - 1 - number)
    out[:, 2] = np.log1p(page_end - page_start)
    out[:, 3] = np.log1p(page_prose)[page]
    out[:, 4] = letters / np.maximum(page_prose[page], 1)
    out[:, 5] = inside
    out[:, 6] = np.minimum(np.maximum(low[page] - number, 0), place.FAR)
    out[:, 7] = np.minimum(np.maximum(number - high[page] + 1, 0), place.FAR)
    out[:, 8] = np.log1p(high - low)[page]
    out[:, 9] = _twins(block_keys(articles, blocks, tokens), page)
    out[:, 10] = np.where(repeats[1] > 1, repeats[0] / np.maximum(repeats[1], 1), 0)
    out[:, 11] = np.log1p(repeats[1])
    out[:, 12], out[:, 13] = _shared_with_core(tokens, first, found, inside & (letters >= place.PROSE), page)
    out[:, 14] = title = _title_like(out, looks, found, number, low[page], letters)
    best = np.zeros(len(articles), dtype=np.int64)
    order = np.lexsort((-number, title, page))
    best[page[order]] = order
    out[:, 15] = np.clip(number - best[page], -20, 20)
    out[:, 16] = _heading_like(letters, looks, found, page)
    out[:, 17], out[:, 18] = _named_again(tokens, first, found, page)
    known = (found.covered[:, [lexicon.CATEGORIES.index(name) for name in WIDGETS]] >= KNOWN).any(axis=1)
    is_prose: NDArray[np.bool_] = letters >= place.PROSE
    length, enclosed, out[:, 23] = place.lines_between(is_prose, inside, np.asarray(known), page)
    plain = enclosed & (out[:, 23] < PLAIN)
    out[:, 24], out[:, 25] = plain & (length == 1), plain & (length > 1)
    out[:, 26] = verbless = _verbless(found, letters, page)
    out[:, 27] = verbless * np.isin(number - low[page], (-1, 0))
    out[:, 19], out[:, 20] = np.log1p(length), enclosed
    out[:, 21], out[:, 22] = enclosed & (length == 1), enclosed & (length > 1)
    short = found.words <= HEAD_WORDS
    for place_of, name in enumerate(HEADS):
        marked = short & (found.covered[:, lexicon.CATEGORIES.index(name)] >= HEAD_COVERED)
        out[:, 28 + place_of] = place.since(marked, page_start)
        out[:, 28 + len(HEADS) + place_of] = place.until(marked, page_end)
        out[:, 28 + 2 * len(HEADS) + place_of] = out[:, 28 + place_of] > 0
    return out


def _twins(keys: NDArray[np.uint64], page: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return how many other blocks of its page are like each block, as a logarithm."""
    mixed = keys ^ (page.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15))
    _, which, count = np.unique(mixed, return_inverse=True, return_counts=True)
    return np.log(count[which.ravel()]).astype(np.float32)


def _shared_with_core(
    tokens: Tokens,
    first: NDArray[np.int64],
    found: lexicon.Found,
    core: NDArray[np.bool_],
    page: NDArray[np.int64],
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return (share, logarithm of the count) of a block's longer words that its page's prose has elsewhere."""
    size = np.diff(first)
    block = np.repeat(np.arange(len(size)), size)
    inner = np.arange(first[0], first[-1])
    long = (tokens.end[inner] - tokens.start[inner] >= 4) | (tokens.flags[inner] & SINGLE != 0)
    block, inner = block[long], inner[long]
    key = tokens.hash[inner].astype(np.uint64) | (page[block].astype(np.uint64) << np.uint64(32))
    _, which = np.unique(key, return_inverse=True)
    which = which.ravel()
    # a word of a core block counts only where another core block has it too
    times = np.bincount(which, weights=core[block], minlength=0)
    pair, own = np.unique(which * len(size) + block, return_counts=True)
    own_times = own[np.searchsorted(pair, which * len(size) + block)] * core[block]
    met = times[which] - own_times > 0
    total = np.bincount(block, minlength=len(size))
    shared = np.bincount(block, weights=met, minlength=len(size))
    return (shared / np.maximum(total, 1)).astype(np.float32), np.log1p(shared).astype(np.float32)


def _named_again(
    tokens: Tokens, first: NDArray[np.int64], found: lexicon.Found, page: NDArray[np.int64]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return how much of a block is capitalised words of a byline elsewhere on its page, and whether its start is.

    A byline is here a short line that opens with words of bylines ("By", "Von") or holds an office ("Reporter").
    """
    size = np.diff(first)
    block = np.repeat(np.arange(len(size)), size)
    inner = np.arange(first[0], first[-1])
    line = found.starts[:, lexicon.CATEGORIES.index("byline")] | (found.covered[:, lexicon.CATEGORIES.index("job")] > 0)
    line &= size <= BYLINE_WORDS
    name = (tokens.flags[inner] & CAPITAL != 0) & (tokens.end[inner] - tokens.start[inner] >= 3)
    key = tokens.hash[inner].astype(np.uint64) | (page[block].astype(np.uint64) << np.uint64(32))
    known = np.unique(key[name & line[block]])
    if not len(known):
        return np.zeros(len(size), dtype=np.float32), np.zeros(len(size), dtype=np.float32)
    met = known[np.minimum(np.searchsorted(known, key), len(known) - 1)] == key
    met &= name & ~line[block]
    share = np.bincount(block, weights=met, minlength=len(size)) / np.maximum(size, 1)
    opening = np.flatnonzero(met & (inner - first[block] < 2))
    opens = np.bincount(block[opening], minlength=len(size)) / 2
    return share.astype(np.float32), opens.astype(np.float32)


def _verbless(found: lexicon.Found, letters: NDArray[np.float64], page: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return which blocks lack any common verb or pronoun, on pages whose prose is full of those we know."""
    verbs, prose = found.covered[:, lexicon.CATEGORIES.index("verb")], letters >= place.PROSE
    words = np.bincount(page, weights=prose * found.words)
    known = np.bincount(page, weights=np.rint(verbs * found.words) * prose) >= VERBS * np.maximum(words, 1)
    some = (found.words >= 4) & (found.words <= 30)
    lacking: NDArray[np.float32] = (some & known[page] & (verbs == 0)).astype(np.float32)
    return lacking


def _title_like(
    out: NDArray[np.float32],
    looks: NDArray[np.float32],
    found: lexicon.Found,
    number: NDArray[np.int64],
    low: NDArray[np.int64],
    letters: NDArray[np.float64],
) -> NDArray[np.float32]:
    """Return how much a block looks like the page's headline: near the prose's start, its words told there again."""
    near = 1 / (1 + 0.15 * np.abs(low - number))
    length = np.clip(letters / 30, 0, 1) * np.clip(2 - letters / 150, 0, 1)
    plain = 1 - looks[:, shape.SHAPE.index("ends_stop")] * 0.5
    like: NDArray[np.float32] = (out[:, 12] * near * length * plain * (found.words >= 3)).astype(np.float32)
    return like


def _heading_like(
    letters: NDArray[np.float64], looks: NDArray[np.float32], found: lexicon.Found, page: NDArray[np.int64]
) -> NDArray[np.float32]:
    """Return which blocks are a short line of two words or more, no sentence, with prose right after."""
    prose = (letters >= place.PROSE).astype(np.float32)[:, None]
    after = place.shifted(prose, 1, page)[:, 0] > 0
    short = (letters < 1.5 * place.PROSE) & (found.words >= 2) & (looks[:, shape.SHAPE.index("ends_stop")] == 0)
    heading: NDArray[np.float32] = (after & short).astype(np.float32)
    return heading
