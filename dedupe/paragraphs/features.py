"""What the model knows of each block, as named columns: its look, its words, its place and its neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ..words import ALL_CAPITALS, CAPITAL, NUMERIC, SINGLE, Tokens, block_tokens, code_points, compiled, tokenize
from . import lexicon, place, shape, signs
from .model import GRAIN
from .repeats import block_keys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ..model import Article, Blocks

HEADS = (
    "ad", "promo", "subscribe", "nav", "share", "legal", "byline", "bio", "source", "caption", "comment", "section",
    "marker",
)  # fmt: skip
WIDGETS = (
    "ad", "deal", "promo", "readmore", "subscribe", "nav", "section", "share", "legal", "comment", "other", "bio",
)  # fmt: skip
_HEADS = [lexicon.CATEGORIES.index(name) for name in HEADS]
_WIDGETS = [lexicon.CATEGORIES.index(name) for name in WIDGETS]
KNOWN = 0.34  # share of a line's words in phrases of one of these
PLAIN = 0.1  # share of the lines of a run
HEAD_WORDS = 8  # a heading of a widget is short
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
FLAGS = (CAPITAL, ALL_CAPITALS, NUMERIC, SINGLE)
OFFSETS = (-2, -1, 1, 2)
WINDOWS = ((-4, -1), (1, 4), (-12, -1), (1, 12))
BASE = (*shape.SHAPE, *WORDS, *PLACES)
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
    found = lexicon.find(tokens, first)
    spoken = _words(tokens, first, found)
    places = _places(blocks, tokens, first, looks, found, page)
    places["twins"] = signs.twins(block_keys(articles, blocks, tokens), page)
    places["repeated"], places["pages_seen"] = np.where(of > 1, on / np.maximum(of, 1), 0), np.log1p(of)
    columns = np.empty((len(page), len(PLACES)), dtype=np.float32)
    for number, name in enumerate(PLACES):
        columns[:, number] = places[name]
    base = np.concatenate((looks, spoken, columns), axis=1)
    near = np.rint(base[:, _NEAR] * np.float32(GRAIN)) / np.float32(GRAIN)
    return np.concatenate((base, place.around(near, OFFSETS, WINDOWS, blocks.first)), axis=1), found


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


def _places(
    blocks: Blocks,
    tokens: Tokens,
    first: NDArray[np.int64],
    looks: NDArray[np.float32],
    found: lexicon.Found,
    page: NDArray[np.int64],
) -> dict[str, NDArray[Any]]:
    """Return the columns that say where a block stands on its page."""
    number = np.arange(len(page))
    page_start, page_end = blocks.first[page], blocks.first[page + 1]
    letters = np.rint(np.expm1(looks[:, 0].astype(np.float64)))
    prose: NDArray[np.bool_] = letters >= place.PROSE
    low, high = place.stretch(letters, blocks.first)
    inside = (number >= low[page]) & (number < high[page])
    page_prose = np.bincount(page, weights=letters * prose, minlength=len(blocks.first) - 1)[page]
    in_core, core_words = signs.shared_with_core(tokens, first, inside & prose, blocks.first)
    title = signs.title_like(in_core, looks, found, number, low[page], letters)
    named, author = signs.named_again(tokens, first, found, blocks.first)
    verbless = signs.verbless(found, letters, page)
    return {
        "from_start": np.log1p(number - page_start),
        "from_end": np.log1p(page_end - 1 - number),
        "page_blocks": np.log1p(page_end - page_start),
        "page_prose": np.log1p(page_prose),
        "prose_share": letters / np.maximum(page_prose, 1),
        "in_stretch": inside,
        "before_stretch": np.clip(low[page] - number, 0, place.FAR),
        "after_stretch": np.clip(number - high[page] + 1, 0, place.FAR),
        "stretch_blocks": np.log1p(high - low)[page],
        "in_core": in_core,
        "core_words": core_words,
        "title_like": title,
        "title_past": np.clip(number - _likeliest(title, page, len(blocks.first) - 1)[page], -20, 20),
        "heading_like": signs.heading_like(letters, looks, found, page),
        "named": named,
        "author": author,
        "verbless": verbless,
        "verbless_opening": verbless * np.isin(number - low[page], (-1, 0)),
        **_runs(prose, inside, found, page),
        **_heads(found, blocks.first),
    }


def _likeliest(title: NDArray[np.float32], page: NDArray[np.int64], pages: int) -> NDArray[np.int64]:
    """Return the block of each page that is most like a title, the first of equals."""
    best = np.zeros(pages, dtype=np.int64)
    order = np.lexsort((-np.arange(len(page)), title, page))
    best[page[order]] = order
    return best


def _runs(
    prose: NDArray[np.bool_], inside: NDArray[np.bool_], found: lexicon.Found, page: NDArray[np.int64]
) -> dict[str, NDArray[Any]]:
    """Return the columns of the lines between paragraphs."""
    known = np.any(found.covered[:, _WIDGETS] >= KNOWN, axis=1)
    length, enclosed, share = place.lines_between(prose, inside, known, page)
    plain = enclosed & (share < PLAIN)
    return {
        "run": np.log1p(length),
        "enclosed": enclosed,
        "enclosed_one": enclosed & (length == 1),
        "enclosed_rows": enclosed & (length > 1),
        "run_known": share,
        "plain_one": plain & (length == 1),
        "plain_rows": plain & (length > 1),
    }


def _heads(found: lexicon.Found, first: NDArray[np.int64]) -> dict[str, NDArray[Any]]:
    """Return the columns of headings of widgets before and after a block."""
    marked = (found.words <= HEAD_WORDS)[:, None] & (found.covered[:, _HEADS] >= HEAD_COVERED)
    since, until = place.beside(marked, first)
    out: dict[str, NDArray[Any]] = {}
    for column, name in enumerate(HEADS):
        out[f"since:{name}"], out[f"until:{name}"] = since[:, column], until[:, column]
        out[f"seen:{name}"] = since[:, column] > 0
    return out
