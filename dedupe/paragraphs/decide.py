"""What the structure of plain text says of a block's role, beside what the model learnt from its few pages.

The judged pages have few tables and few captions without a credit. These factors were set by hand, with the pages of
seeds/ in view, so those pages do not test them. Measured once on the judged pages, five-fold, with the rules below they
cost a little: macro F1 0.699 to 0.696 over roles, 0.845 to 0.841 over groups, body 0.9583 to 0.9580; byline 0.760 to
0.748, attribution 0.654 to 0.630, bio 0.624 to 0.655.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..model import GROUP_OF, ROLE_CODE, ROLES, Role, RoleGroup
from .features import BASE
from .reasons import OFTEN

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BODY, _TITLE, _PROMO, _CAPTION = (ROLE_CODE[role] for role in (Role.BODY, Role.TITLE, Role.PROMO, Role.CAPTION))
_ELSE = np.array([GROUP_OF[role] not in (RoleGroup.REPORTING, RoleGroup.CREDIT) for role in ROLES])
_MENU = np.isin(ROLES, (Role.NAVIGATION, Role.LEGAL))
_TAKEN_FOR_ROW = np.isin(ROLES, (Role.TITLE, Role.CAPTION, Role.BYLINE))  # what the model may take a table's row for
_TAKEN_FOR_HEADING = np.isin(ROLES, (Role.PROMO, Role.CAPTION, Role.BYLINE))
_REPORTING = ROLES[: ROLE_CODE[Role.CAPTION] + 1]  # title, body and caption come first
_ROWS = np.log1p(3) - 1e-6  # lines that make a table


def decide(
    likely: NDArray[np.float64], columns: NDArray[np.float32], first: NDArray[np.int64], plain: bool
) -> NDArray[np.uint8]:
    """Return the role of each block, given how likely the model finds each; `plain`: of pages without markup."""
    likely = likely * prior(columns) if plain else likely.copy()
    likely[_repeated(columns), : len(_REPORTING)] = 0
    roles: NDArray[np.uint8] = likely.argmax(axis=1).astype(np.uint8)
    roles[_surely_ads(columns, roles, first)] = ROLE_CODE[Role.AD]
    roles[_names_of_bios(columns, roles, first)] = ROLE_CODE[Role.BIO]
    if plain:
        rows, headings = _rows_of_tables(columns, roles, first)
        roles[rows], roles[headings] = _BODY, _TITLE
    return roles


def _rows_of_tables(
    columns: NDArray[np.float32], roles: NDArray[np.uint8], first: NDArray[np.int64]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return (rows, headings) of runs of three or more lines between paragraphs of which most are body: tables.

    The last line of a run is a row where no sentence follows; it is the heading of the paragraph that follows, if it
    looks like one and nothing speaks for more than a teaser.
    """
    line = columns[:, BASE.index("plain_rows")] > 0
    fresh = np.ones(len(roles), dtype=np.bool_)
    fresh[1:] = line[1:] != line[:-1]
    fresh[first[:-1][np.diff(first) > 0]] = True
    run = np.cumsum(fresh) - 1
    size = np.bincount(run)[run] if len(run) else run
    body = np.bincount(run, weights=roles == _BODY)[run] if len(run) else run
    last = np.append(fresh[1:], True)
    table = line & (size >= 3) & (body * 2 > size)
    follows = np.append(roles[1:] == _BODY, False)  # never on another page: the last line of a page is in no stretch
    sentence = follows & np.append(columns[1:, BASE.index("ends_stop")] > 0, False)
    heading = (columns[:, BASE.index("heading_like")] > 0) & _TAKEN_FOR_HEADING[roles]
    return table & _TAKEN_FOR_ROW[roles] & (~last | (follows & ~sentence)), table & heading & last & sentence


def _repeated(columns: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Return which blocks stand on most of their outlet's stories here, and on OFTEN of them at least."""
    share, of = columns[:, BASE.index("repeated")], np.rint(np.expm1(columns[:, BASE.index("pages_seen")]))
    often: NDArray[np.bool_] = (share > 0.5) & (share * of >= OFTEN - 0.5)
    return often


def prior(columns: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return a factor for each role of each block, float64 of shape (m, roles)."""
    column = {name: columns[:, BASE.index(name)] for name in _USED}
    out = np.ones((len(columns), len(ROLES)))
    # Lines between paragraphs without any widget's words: of 448 judged ones 352 are reporting or credit, 77 teasers.
    plain = (column["plain_one"] > 0) | (column["plain_rows"] > 0)
    out[plain[:, None] & _ELSE] = 0
    out[plain, _PROMO] = 0.5
    # Three or more of them, one under the other: rows of a table rather than headings.
    rows = (column["plain_rows"] > 0) & (column["run"] >= _ROWS) & (column["heading_like"] == 0)
    out[rows, _PROMO] = 0.2
    out[rows, _TITLE] = out[rows, _CAPTION] = 0.3
    # One such line right above a paragraph, no sentence: 69 of 127 headings, 18 body.
    one = (column["plain_one"] > 0) & (column["heading_like"] > 0) & (column["opens_bullet"] == 0)
    out[one, _BODY] = 0.5
    # "Background", "Wrapping up": a heading, wherever the text goes on after it.
    heading = (column["covered:heading"] == 1) & (column["in_stretch"] > 0)
    out[heading, _TITLE] *= 4
    # A line without a verb before the text is no sentence of it (1 of 43), and with a full stop no headline either.
    opening = column["verbless_opening"] > 0
    out[opening, _BODY] = 0.1
    out[opening & (column["ends_stop"] > 0), _TITLE] = 0.1
    # What tells of the text, stands right above it and does not end as a sentence: 58 of 108 titles, 3 body.
    above = (column["title_like"] > 0.2) & (column["ends_stop"] == 0)
    near = (column["before_stretch"] >= 1) & (column["before_stretch"] <= 4)
    out[above & near, _BODY] = 0.2
    # Half its words are the headline's: the headline again in other words, not what a picture shows.
    out[above & near & (column["title_like"] > 0.5), _CAPTION] = 0.3
    # Figures without a word belong to calendars, page numbers and counts.
    out[(column["no_letters"] > 0) & (column["digit"] > 0.2), ROLE_CODE[Role.OTHER]] = 0.3
    return out


_USED = (
    "plain_one", "plain_rows", "run", "heading_like", "covered:heading", "in_stretch", "verbless_opening", "ends_stop",
    "title_like", "before_stretch", "opens_bullet", "no_letters", "digit",
)  # fmt: skip


def _surely_ads(columns: NDArray[np.float32], roles: NDArray[np.uint8], first: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which blocks are nothing but the words that are put over advertising, in whatever language.

    Between menu items the same word is one of them: "Реклама" in a footer leads to the price list.
    """
    menu = _MENU[roles]
    before, after = np.ones((2, len(roles)), dtype=np.bool_)
    before[1:], after[:-1] = menu[:-1], menu[1:]
    filled = first[:-1][np.diff(first) > 0]
    before[filled] = True
    after[first[1:][np.diff(first) > 0] - 1] = True
    sure: NDArray[np.bool_] = (columns[:, BASE.index("covered:marker")] == 1) & ~(before & after)
    return sure


def _names_of_bios(
    columns: NDArray[np.float32], roles: NDArray[np.uint8], first: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Return which blocks are a name, two to four words with capitals, right above a note on its bearer."""
    words, capitals = (columns[:, BASE.index(name)] for name in ("words", "capitals"))
    name = (words >= np.log1p(2) - 1e-6) & (words <= np.log1p(4) + 1e-6) & (capitals == 1)
    above = np.zeros(len(roles), dtype=np.bool_)
    above[:-1] = (roles[1:] == ROLE_CODE[Role.BIO]) & (roles[:-1] != ROLE_CODE[Role.BYLINE])
    above[first[1:][np.diff(first) > 0] - 1] = False
    bearers: NDArray[np.bool_] = above & name
    return bearers
