"""Corrections of what the model says, by a block's place in the markup: mostly what speaks against its being reporting.

They were set on the judged pages and those of zyte and fundus, so these do not test them; each rule holds on several
sites. With them, with a body for each page that has prose (see `settle`) and with phrases of notices about cookies,
zyte rose from 0.953 to 0.966 and fundus went from 0.957 to 0.956, five-fold by site with weights of that time. That
prose is outvoted raised zyte from 0.974 to 0.977, and the body of 150 pages judged later from 0.974 to 0.977. Two
numbers beside a rule: how many blocks the model alone took for body, and how many of these wrongly.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..model import REPORTING
from ..model.codes import AD, BIO, BODY, NAVIGATION, OTHER, PROMO
from ..rows import owners_of
from .features import COLUMN, PROSE_SIZE, at_least

# Blocks of the smallest page that the weights for markup have learnt from. The weights for plain text have seen smaller
# pages, and count double on these, see `with_text`.
FEWEST = 25
# Few of the judged pages have advertising or notes on authors, while the model of plain text has also learnt from
# invented pages and from many that were judged less surely. With this share of what that model says F1 of advertising
# rose from 0.69 to 0.73, of notes from 0.67 to 0.70, five-fold by site; shares of 0.6 to 1 gain as much.
_SHARE, _MISSED = 0.85, 1.1  # the second, since both are missed more often than seen where there are none
_TOLD_BY_TEXT = [AD, BIO]
_MAY_BE = 0.05  # a 14th of the blocks; to ask for all changes no figure by 0.002
_NO_ROWS = [NAVIGATION, OTHER]
_PROMPTS = [COLUMN.starts_readmore, COLUMN.starts_promo]
_FEW = at_least(4)  # words; a shorter link may be a name
_WHOLE, _HALF, _SOME = 0.95, 0.5, 0.25  # share of a block's characters that are a link's
_NAMED = 0.3  # share of the page's prose in the element named for the article's text, where it is no mere lead
_OFFERS = 0.25  # share of the blocks two containers up
_FEWEST_ALIKE = 3  # blocks of prose of one look
ASKED = (  # columns of the evidence that the rules ask for
    "in_named", "in_main", "named_prose", "in:aside", "in:footer", "near:comment", "link_density", "to:story",
    "is_headline", "above_to_offer", "in:table", "parent_link_density", "above_link_density",
)  # fmt: skip


def better_told_by_text(likely: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return which blocks may have one of the roles that the model of plain text, taught by more pages, tells best."""
    return likely[:, _TOLD_BY_TEXT].max(axis=1) >= _MAY_BE


def with_text(likely: NDArray[np.float64], told: NDArray[np.float64], few: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return how likely each role is with what the model of plain text says.

    `told`: what it says of these blocks. `few`: which stand on pages smaller than any with markup that was learnt
    from, where it counts double; of others only what is better told by text is changed.
    """
    out = likely.copy()
    both = (1 - _SHARE) * likely[:, _TOLD_BY_TEXT] + _SHARE * told[:, _TOLD_BY_TEXT]
    out[:, _TOLD_BY_TEXT] = _MISSED * both
    out[few] = (likely[few] + 2 * told[few]) / 3
    return out


def weigh_markup(
    likely: NDArray[np.float64],
    columns: NDArray[np.float32],
    evidence: NDArray[np.float32],
    names: Sequence[str],
    first: NDArray[np.int64],
) -> NDArray[np.float64]:
    """Return how likely each role is for each block, given its features and the evidence of its markup by names.

    The last column of the evidence is the number, on its page, of the blocks that have a block's look.
    """
    out = likely.copy()
    of = {name: evidence[:, names.index(name)] for name in ASKED}
    # Outside of both the element named for the text and the one that holds most prose: 41, 41.
    out[(of["in_named"] == 0) & (of["in_main"] == 0) & (of["named_prose"] > _NAMED), BODY] = 0
    # In an aside 35, 27; in the footer 11, 10; in an element named for comments 19, 19.
    out[(of["in:aside"] > 0) | (of["in:footer"] > 0) | (of["near:comment"] > 0), BODY] *= 0.2
    # Nothing but a link to another story 30, 20; half a link that opens with "Read more" or the like 9, 9.
    linked = of["link_density"]
    story = (linked > _WHOLE) & (of["to:story"] > 0) & (of["is_headline"] == 0) & (columns[:, COLUMN.words] >= _FEW)
    prompt = (linked > _HALF) & (columns[:, _PROMPTS] > 0).any(axis=1)
    out[story | prompt, : len(REPORTING)] *= 0.2
    # A few of the many texts of one look 26, 26: teasers that are whole sentences.
    out[_outvoted(out, columns, evidence[:, -1], first), BODY] *= 0.2
    # Rows of a table in the text that leads nowhere: all 52 on three pages that were taken for code or the like, and 37
    # of 40 that were taken for menus.
    held = (of["in_named"] > 0) | (of["in_main"] > 0)
    plain = (linked < _SOME) & (of["parent_link_density"] < _SOME) & (of["above_link_density"] < _SOME)
    rows = np.flatnonzero((of["in:table"] > 0) & held & plain)
    out[rows[:, None], _NO_ROWS] *= 0.05
    # Teasers among links of which many lead to offers: of 81 on 26 pages 45 were advertising, 17 teasers.
    out[of["above_to_offer"] > _OFFERS, PROMO] *= 0.1
    return out


def _outvoted(
    likely: NDArray[np.float64], columns: NDArray[np.float32], look: NDArray[np.float32], first: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return the blocks that are likely body, where most prose of their page that has their look is not."""
    prose = np.flatnonzero(columns[:, COLUMN.size] >= PROSE_SIZE)
    page = owners_of(first, prose)
    alike = (page << 32) + look[prose].astype(np.int64)
    _, number, count = np.unique(alike, return_inverse=True, return_counts=True)
    number, body = number.ravel(), likely[prose].argmax(axis=1) == BODY
    few = (2 * np.bincount(number, weights=body, minlength=len(count)) < count) & (count >= _FEWEST_ALIKE)
    return prose[few[number] & body]
