"""Corrections of roles that the model sees too often or misses, on pages of every kind.

They were found by a search over one role, one column and one factor at a time, for what improves roles and groups on
each of four sets, five-fold by site: the judged pages, those judged later, those of other tools' tests, and those kept
apart. As text the groups rose from 0.850 to 0.861, 0.749 to 0.758, 0.780 to 0.789 and 0.690 to 0.709. Two numbers
beside a rule are of all four sets: how many blocks were taken for the role, and how many of these wrongly.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..model.codes import ATTRIBUTION, BODY, BYLINE, COMMENT, NAVIGATION
from ..rows import above_and_below
from .features import BASE, COLUMN, at_most
from .positions import HEADS

MISSED = 1.4  # the model misses navigation more often than it sees some where none is; 1.25 to 1.6 gain as much
SAID_TWICE, AWAY, NOBODY, NOBODY_MARKED, REPLIED = 0.1, 0.6, 0.1, 0.5, 1.4
NEAR = 3  # blocks from the text
MANY_DAYS, BELOW_DAYS = 6, 0.5
DATED = at_most(14)  # words
_STRETCH = [COLUMN.before_stretch, COLUMN.after_stretch]
_DAY = [COLUMN.covered_time, COLUMN.digit, COLUMN.date, COLUMN.words]
_TELLING = [COLUMN.covered_byline, COLUMN.covered_job, COLUMN.covered_time, COLUMN.named, COLUMN.clock, COLUMN.date]
UNTIL, UNTIL_REPLIES, SEEN_REPLIES = (
    BASE.index(name) for name in (f"until:{HEADS[0]}", "until:comment", "seen:comment")
)
UNTIL_END = UNTIL + len(HEADS)


def doubt(likely: NDArray[np.float64], columns: NDArray[np.float32], first: NDArray[np.int64], plain: bool) -> None:
    """Change how likely roles are by what speaks against them; `plain`: of pages without markup."""
    twins = columns[:, COLUMN.twins]
    likely[:, NAVIGATION] *= MISSED
    # Who else told it is said once: 19, 18.
    likely[twins > 0, ATTRIBUTION] *= SAID_TWICE
    # Without a name, a day or a word of bylines: 85, 69 as text; with markup groups from 0.899 to 0.902.
    likely[_tells_nobody(columns), BYLINE] *= NOBODY if plain else NOBODY_MARKED
    if plain:
        # Away from the text: 45, 33.
        likely[(columns[:, _STRETCH] > NEAR).any(axis=1), ATTRIBUTION] *= AWAY
        # The same line four times on a page: 78, 59.
        likely[:, BYLINE] /= np.rint(np.exp(twins))
        # Above a line on comments or replies, with no heading of anything else between: body 0.931 to 0.936 on the
        # pages kept apart, 0.934 to 0.935 on those judged later, elsewhere as before.
        replied = _above_replies(columns)
        likely[replied, COMMENT] *= REPLIED
        likely[replied & (columns[:, SEEN_REPLIES] == 0), COMMENT] *= REPLIED
        # Below half a dozen lines with a day, each of a comment or a teaser: body 0.972 to 0.974, 0.935 to 0.936, 0.946
        # to 0.949 and 0.936 to 0.944.
        days_above, _ = above_and_below(with_day(columns), first)
        likely[days_above >= MANY_DAYS, BODY] *= BELOW_DAYS


def _tells_nobody(columns: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Return which blocks have no word of bylines, no office, no time, no name of another byline, and are no name.

    A sign alone may divide the parts of a byline.
    """
    nobody: NDArray[np.bool_] = (columns[:, _TELLING] == 0).all(axis=1) & (columns[:, COLUMN.capitals] < 1)
    return nobody & (columns[:, COLUMN.words] > 0)


def with_day(columns: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Return which lines have a day, written out or in numbers."""
    named, digit, numbers, words = columns[:, _DAY].T
    return (words <= DATED) & (digit > 0) & ((named > 0) | (numbers >= 2))


def _above_replies(columns: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Return which blocks have a line on comments or replies below them, and before it no other of HEADS."""
    near = columns[:, UNTIL_REPLIES]
    return (near > 0) & (near >= columns[:, UNTIL:UNTIL_END].max(axis=1))
