"""Where each block stands on its page, as named columns: its place, prose and run of lines, headings of widgets."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..rows import owners
from . import lexicon, place, signs
from .repeats import BlockWords

HEADS = (
    "ad", "promo", "subscribe", "nav", "share", "legal", "byline", "bio", "source", "caption", "comment", "section",
    "marker",
)  # fmt: skip
WIDGETS = (
    "ad", "deal", "promo", "readmore", "subscribe", "nav", "section", "share", "legal", "comment", "other", "bio",
)  # fmt: skip
_HEADS, _WIDGETS = (np.array([lexicon.CATEGORY[name] for name in names], dtype=np.int64) for names in (HEADS, WIDGETS))
KINDS = _HEADS, _WIDGETS, lexicon.CATEGORY["verb"], lexicon.CATEGORY["job"]  # that the kernel asks for
KNOWN = 0.34  # share of a line's words in phrases of one of these
PLAIN = 0.1  # share of the lines of a run
HEAD_WORDS = 8  # a heading of a widget is short
HEAD_COVERED = 0.6  # and most of it says what it is
PLACED = (
    "prose_share", "in_stretch", "before_stretch", "after_stretch", "in_core", "title_like", "title_past",
    "heading_like", "named", "author", "verbless", "verbless_opening", "enclosed", "enclosed_one", "enclosed_rows",
    "run_known", "plain_one", "plain_rows",
)  # fmt: skip
COUNTED = ("from_start", "from_end", "page_blocks", "page_prose", "stretch_blocks", "core_words", "run")  # logarithms
PLACES = (
    "from_start", "from_end", "page_blocks", "page_prose", "prose_share", "in_stretch", "before_stretch",
    "after_stretch", "stretch_blocks", "twins", "repeated", "pages_seen", "in_core", "core_words", "title_like",
    "title_past", "heading_like", "named", "author", "run", "enclosed", "enclosed_one", "enclosed_rows",
    "run_known", "plain_one", "plain_rows", "verbless", "verbless_opening",
    *(f"since:{name}" for name in HEADS), *(f"until:{name}" for name in HEADS), *(f"seen:{name}" for name in HEADS),
)  # fmt: skip


def measure(
    words: BlockWords,
    looks: NDArray[np.float32],
    letters: NDArray[np.float64],
    found: lexicon.Found,
    repeats: NDArray[Any],
) -> NDArray[np.float32]:
    """Return the columns PLACES, float32 of shape (m, len(PLACES)).

    `looks`, `letters`: see `shape.measure`. `repeats`: the columns twins, repeated and pages_seen.
    """
    first = words.pages
    page = owners(first)
    number = np.arange(len(page))
    page_start, page_end = first[page], first[page + 1]
    prose: NDArray[np.bool_] = letters >= place.PROSE
    low, high = place.stretch(letters, first)
    inside = (number >= low[page]) & (number < high[page])
    page_prose = np.bincount(page, weights=letters * prose, minlength=len(first) - 1)[page]
    in_core, core_words = signs.shared_with_core(words, inside & prose)
    title = signs.title_like(in_core, looks, found, number, low[page], letters)
    named, author = signs.named_again(words, found)
    verbless = signs.verbless(found, letters, page)
    runs = _runs(prose, inside, found, page)
    columns: dict[str, NDArray[Any]] = {
        "prose_share": letters / np.maximum(page_prose, 1),
        "in_stretch": inside,
        "before_stretch": np.clip(low[page] - number, 0, place.FAR),
        "after_stretch": np.clip(number - high[page] + 1, 0, place.FAR),
        "in_core": in_core,
        "title_like": title,
        "title_past": np.clip(number - _likeliest(title, page, len(first) - 1)[page], -20, 20),
        "heading_like": signs.heading_like(letters, looks, found, page),
        "named": named,
        "author": author,
        "verbless": verbless,
        "verbless_opening": verbless * np.isin(number - low[page], (-1, 0)),
        **runs,
    }
    counts = {
        "from_start": number - page_start,
        "from_end": page_end - 1 - number,
        "page_blocks": page_end - page_start,
        "page_prose": page_prose,
        "stretch_blocks": (high - low)[page],
        "core_words": core_words,
        "run": runs["run"],
    }
    marked = (found.words <= HEAD_WORDS)[:, None] & (found.covered[:, _HEADS] >= HEAD_COVERED)
    since, until = place.beside(marked, first)
    columns |= {name: np.log1p(count.astype(np.float64)) for name, count in counts.items()}
    for name, near in (("since", since), ("until", until), ("seen", since > 0)):
        columns |= {f"{name}:{head}": column for head, column in zip(HEADS, near.T, strict=True)}
    columns |= zip(("twins", "repeated", "pages_seen"), repeats.T, strict=True)
    return np.stack([columns[name].astype(np.float32) for name in PLACES], axis=1)


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
        "run": length,
        "enclosed": enclosed,
        "enclosed_one": enclosed & (length == 1),
        "enclosed_rows": enclosed & (length > 1),
        "run_known": share,
        "plain_one": plain & (length == 1),
        "plain_rows": plain & (length > 1),
    }
