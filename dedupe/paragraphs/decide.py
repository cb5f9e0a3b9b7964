"""The role of each block of a page: the likeliest one, after corrections of what the model says.

The judged pages, which the model learnt from, have few tables and few captions without a credit. The factors here were
set by hand with the pages of seeds/ in view, so those do not test them; without the factors 12 of the 143 blocks of
seeds/ come out wrong. The judged pages, five-fold by site, hardly change with them. Rules on a page as a whole were
found on the judged pages: that a list of teasers has bylines of its own raised groups there from 0.820 to 0.832.
Counts beside a rule are of blocks of the judged pages.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..compiling import compiled, kernel_of
from ..model import REPORTING, ROLES, Role
from ..model.codes import AD, ATTRIBUTION, BIO, BODY, BYLINE, CAPTION, LEGAL, OTHER, PROMO, TITLE
from ..rows import lengths, owners, runs
from .doubts import doubt
from .features import BASE, COLUMN, PROSE_SIZE, Columns, at_least, at_most
from .reasons import OFTEN
from .settle import LONG, MENUS, settle, within_long_articles

_TAKEN_FOR_ROW = np.isin(ROLES, (Role.TITLE, Role.CAPTION, Role.BYLINE))  # what the model takes rows of tables for
_TAKEN_FOR_HEADING = np.isin(ROLES, (Role.PROMO, Role.CAPTION, Role.BYLINE))
ROWS = at_least(3)  # lines that make a table, or signs between numbers
LINE = at_most(12)  # words
NAME = at_least(2), at_most(4)  # words
# Words of a phrase that a block opens with, at least, to be what such phrases say, whatever stands around it: a legal
# notice (all 64 such blocks of the judged pages are), a message ("This video has failed to load") or advertising. What
# has words of reports besides ("..., the minister said") may quote one: that is left to the model.
LEGAL_NOTICE, NOTICE = 3, 6
# Prose among many lines is less often body than in what the model has learnt from, which is half invented short pages:
# body's characters 0.952 to 0.955 on the judged pages, five-fold, 0.993 on plain texts.
SURE = 0.6  # how likely the block before or after is body, at least, for prose to be left as likely as the model says
RAW = 0.5  # a factor for other prose
TWICE, MOSTLY = 0.1, 0.9  # a factor for prose that stands twice on its page; share of it where the whole article does
# The model misses what a page says of itself ("Loading ...") more often than it sees some where there is none: macro F1
# of roles 0.729 to 0.736, five-fold, 0.652 on the pages judged later as before; factors of 1.2 to 1.7 gain as much.
MISSED = 1.35


def decide(
    likely: NDArray[np.float64], columns: NDArray[np.float32], first: NDArray[np.int64], plain: bool
) -> NDArray[np.uint8]:
    """Return the role of each block, given how likely the model finds each; `plain`: of pages without markup."""
    likely = likely.copy()
    if plain:
        likely[:, OTHER] *= MISSED
        if len(likely) > LONG:
            within_long_articles(likely, columns, first)
    if compiled(0, __package__):
        kernel = kernel_of(__package__)
        roles = np.empty(len(likely), dtype=np.uint8)
        if kernel.decide(likely, columns, first, plain, roles):
            return roles
    else:
        roles = decide_plain(likely, columns, first, plain)
    return settle(roles, likely, columns, first, plain)


def decide_plain(
    likely: NDArray[np.float64], columns: NDArray[np.float32], first: NDArray[np.int64], plain: bool
) -> NDArray[np.uint8]:
    """Return what `decide` does of blocks before it settles the pages, one rule after another. Changes `likely`."""
    doubt(likely, columns, first, plain)
    if plain:
        page = owners(first)
        prose = columns[:, COLUMN.size] >= PROSE_SIZE
        whole = _mostly_lines(prose, page)
        likely[_shown_twice(prose, columns[:, COLUMN.twins] > 0, page) & whole, BODY] *= TWICE
        raw = _among_lines(prose, likely[:, BODY], page) & whole
        likely *= prior(columns)
        likely[raw, BODY] *= RAW
    likely[_repeated(columns), : len(REPORTING)] = 0
    roles: NDArray[np.uint8] = likely.argmax(axis=1).astype(np.uint8)
    said = columns[:, COLUMN.covered_say] > 0
    surely_legal = (columns[:, COLUMN.starts_legal] > 0) & (columns[:, COLUMN.longest_legal] >= LEGAL_NOTICE)
    roles[surely_legal & ~said] = LEGAL
    spaced = (columns[:, COLUMN.singles] == 0) & ~said
    roles[spaced & (columns[:, COLUMN.starts_other] > 0) & (columns[:, COLUMN.longest_other] >= NOTICE)] = OTHER
    roles[spaced & (columns[:, COLUMN.starts_ad] > 0) & (columns[:, COLUMN.longest_ad] >= NOTICE)] = AD
    roles[_names_of_bios(columns, roles, first)] = BIO
    if plain:
        rows, headings = _rows_of_tables(columns, roles, first)
        roles[rows], roles[headings] = BODY, TITLE
    return roles


def _mostly_lines(prose: NDArray[np.bool_], page: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which blocks are on a page of MENUS to LONG lines of which most are no prose."""
    size = np.bincount(page)
    whole = (size >= MENUS) & (size <= LONG) & (2 * np.bincount(page, weights=prose) < size)
    return whole[page]


def _among_lines(prose: NDArray[np.bool_], body: NDArray[np.float64], page: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which blocks are prose away from what is likely body; `body`: how likely each block is that."""
    same = page[1:] == page[:-1]
    beside = np.zeros(len(prose), dtype=np.bool_)
    beside[1:] = (body[:-1] >= SURE) & same
    beside[:-1] |= (body[1:] >= SURE) & same
    return prose & ~beside


def _shown_twice(prose: NDArray[np.bool_], twin: NDArray[np.bool_], page: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which prose stands on its page again: a teaser among menus, unless nearly all does.

    Where there are no menus a scraper took it down twice. Of 31 such blocks that were taken for body, five-fold, 8
    were; most of the others are on one page.
    """
    again = prose & twin
    once = np.bincount(page, weights=again) < MOSTLY * np.bincount(page, weights=prose)
    return again & once[page]


def _rows_of_tables(
    columns: NDArray[np.float32], roles: NDArray[np.uint8], first: NDArray[np.int64]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return (rows, headings) of runs of three or more lines between paragraphs of which most are body: tables.

    The last line of a run is a row where no sentence follows; it is the heading of the paragraph that follows, if it
    looks like one and nothing speaks for more than a teaser.
    """
    line = columns[:, COLUMN.plain_rows] > 0
    bounds = runs(line, owners(first))
    run, length = owners(bounds), lengths(bounds)
    size, body = length[run], np.bincount(run, weights=roles == BODY, minlength=len(length))[run]
    last = np.zeros(len(roles), dtype=np.bool_)
    last[bounds[1:] - 1] = True
    table = line & (size >= 3) & (body * 2 > size)
    follows = np.append(roles[1:] == BODY, False)  # never on another page: the last line of a page is in no stretch
    sentence = follows & np.append(columns[1:, COLUMN.ends_stop] > 0, False)
    heading = (columns[:, COLUMN.heading_like] > 0) & _TAKEN_FOR_HEADING[roles]
    return table & _TAKEN_FOR_ROW[roles] & (~last | (follows & ~sentence)), table & heading & last & sentence


def _repeated(columns: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Return which blocks stand on most of their outlet's stories here, and on OFTEN of them at least."""
    share, of = columns[:, COLUMN.repeated], np.rint(np.expm1(columns[:, COLUMN.pages_seen]))
    return (share > 0.5) & (share * of >= OFTEN - 0.5)


def prior(columns: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return a factor for each role of each block, float64 of shape (m, roles)."""
    of: Any = Columns(*columns[:, : len(BASE)].T)
    out = np.ones((len(columns), len(ROLES)))
    # Three or more lines between paragraphs, none a widget's, one under the other: a table's rows rather than teasers.
    rows = (of.plain_rows > 0) & (of.run >= ROWS) & (of.heading_like == 0)
    out[rows, PROMO] = 0.3
    # A line without a verb before the text is no sentence of it (1 of 43), and with a full stop no headline either.
    opening = of.verbless_opening > 0
    out[opening, BODY] = 0.1
    out[opening & (of.ends_stop > 0), TITLE] = 0.1
    # Right above the text, no sentence, half its words the headline's: that again in other words, no picture's caption.
    near = (of.before_stretch >= 1) & (of.before_stretch <= 4) & (of.ends_stop == 0)
    out[near & (of.title_like > 0.5), CAPTION] = 0.3
    # Numbers in a row, "1 - 2 - 3": of pages or of days.
    counted = np.maximum(of.dashes, of.bars) >= ROWS
    out[(of.no_letters > 0) & (of.digit > 0.2) & counted, OTHER] = 0.1
    # A short line of which much says where the text comes from: of 28 judged ones 11 credits, no title or body, and
    # of the 14 with three words or more in a row no caption.
    credit = (of.covered_source >= 0.4) & (of.longest_source >= 2) & (of.words <= LINE)
    out[credit, TITLE] = out[credit, BODY] = 0.1
    out[credit & (of.longest_source >= 4), ATTRIBUTION] = 3
    return out


def _names_of_bios(
    columns: NDArray[np.float32], roles: NDArray[np.uint8], first: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Return which blocks are a name right above a note on its bearer."""
    above = np.zeros(len(roles), dtype=np.bool_)
    above[:-1] = (roles[1:] == BIO) & (roles[:-1] != BYLINE)
    above[first[1:][lengths(first) > 0] - 1] = False
    return above & _names(columns)


def _names(columns: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Return which blocks are two to four words with capitals."""
    words, capitals = columns[:, COLUMN.words], columns[:, COLUMN.capitals]
    return (words >= NAME[0]) & (words <= NAME[1]) & (capitals == 1)
