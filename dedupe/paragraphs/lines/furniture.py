"""Lines above and below an article that are plainly furniture: "Read more", "Share this article".

Somebody who pastes an article takes them along. The model has learnt from whole pages, on which a teaser follows such
a line, and would take the paragraph beside it for one. So what stands between such lines is labelled without them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import numpy as np
from numpy.typing import NDArray

from ...model import ROLES
from ...model.codes import BODY, BYLINE, CAPTION, TITLE
from ...resources import phrases_of
from ...rows import above_and_below, owners, owners_of
from ..features import BASE, COLUMN, PROSE_SIZE, at_least, at_most
from ..segmented import Segmented

# Of 283 judged titles such a line would be 1, of 1,616 blocks of body 3, of 9,800 headlines of other sets 3; of 2,006
# promotions 285.
KINDS = ("ad", "promo", "readmore", "subscribe", "share", "legal", "comment", "marker")
_COVERED = [BASE.index(f"covered:{kind}") for kind in KINDS]
_STARTS = [COLUMN.starts_promo, COLUMN.starts_readmore]
_ONE, _ALL = 0.6, 0.8  # share of a line's words in phrases of one kind, of all kinds
_NOTICE = 0.4  # share of the words of a line with ©
_SHORT, LONG = at_most(8), at_most(20)  # words of a prompt, and of one that names a headline
SLASHES = at_least(2)
SAID = re.compile(r"\b(?:said|says|told|argued|according to)\b", re.I)  # by somebody: no furniture of the page
_ADDRESS = re.compile(r"https?://\S+", re.I)
_MOSTLY = 0.5  # share of a page's lines that are prose, where it is no whole page with its menus


def edges(columns: NDArray[np.float32], first: NDArray[np.int64], tags: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return which blocks are furniture above or below all else on a page that is otherwise mostly prose.

    `columns`: see `features.measure`; `tags`: see `lists_of_tags`. A page of nothing but such lines has no edges.
    """
    says = furniture(columns) | tags
    if not says.any():
        return says
    above, below = above_and_below(~says, first)
    outer, page = says & ((above == 0) | (below == 0)), owners(first)
    prose, rest = np.bincount(page, weights=columns[:, COLUMN.size] >= PROSE_SIZE), np.bincount(page, weights=~outer)
    mostly = (rest > 0) & (prose >= _MOSTLY * rest)
    return outer & mostly[page]


def furniture(columns: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Return which blocks are a prompt or a notice by their own words alone: "Subscribe", "Read also: ..."."""
    words, covered = columns[:, COLUMN.words], columns[:, _COVERED]
    short = (words > 0) & (words <= _SHORT)
    said = short & ((covered.max(axis=1) >= _ONE) | (covered.sum(axis=1) >= _ALL))
    opened = (columns[:, _STARTS] > 0).any(axis=1) & (columns[:, COLUMN.colons] > 0)
    opened &= (columns[:, COLUMN.ends_stop] == 0) & (words <= LONG)
    notice = (columns[:, COLUMN.copyrights] > 0) & (columns[:, COLUMN.covered_legal] >= _NOTICE) & (words <= LONG)
    return said | opened | notice


def lists_of_tags(pages: Segmented, columns: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Return which blocks are a list of the page's tags that says so: "Topics: energy, climate"."""
    may = (columns[:, COLUMN.colons] > 0) & (columns[:, COLUMN.ends_stop] == 0) & (columns[:, COLUMN.words] <= LONG)
    return whose_text(_opens_tags, may, pages)


@cache
def openings(kind: str) -> frozenset[str]:
    """Return what lines of a kind open with, before a colon; those of "tags" are navigation: 21 of 21 judged ones."""
    return frozenset(phrases_of("line_openings.json", kind))


def _opens_tags(line: str) -> bool:
    return folded(line).partition(":")[0].strip() in openings("tags")


def folded(line: str) -> str:
    """Return a line in small letters, of "İ" too, and with the colons of all scripts as one.

    >>> folded("İlgili haber："), len("İ".casefold())
    ('ilgili haber:', 2)
    """
    return line.casefold().replace("i\u0307", "i").replace("：", ":")


def addresses(pages: Segmented, columns: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Return which blocks are nothing but a web address, which scrapers put above a text: no headline."""
    return whose_text(lambda line: bool(_ADDRESS.fullmatch(line)), columns[:, COLUMN.bars] >= SLASHES, pages)


def whose_text(says: Callable[[str], bool], may: NDArray[np.bool_], pages: Segmented) -> NDArray[np.bool_]:
    """Return which blocks, of those that may, say by their text that they are of a kind."""
    told, rows = may.copy(), may.nonzero()[0]
    if len(rows):
        articles, blocks, *_ = pages
        page = owners_of(blocks.first, rows)
        spans = zip(page.tolist(), blocks.start[rows].tolist(), blocks.end[rows].tolist(), strict=True)
        told[rows] = [says(articles[number].text[start:end]) for number, start, end in spans]
    return told


def what_furniture_is(columns: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return for lines of furniture 0 for the roles that they do not have, else 1, float64 of shape (m, roles).

    "Watch: ..." may be what stands below a video of the story; no other such line is a caption.
    """
    out = np.ones((len(columns), len(ROLES)))
    out[:, [TITLE, BODY, BYLINE]] = 0
    out[columns[:, COLUMN.starts_caption] == 0, CAPTION] = 0
    return out
