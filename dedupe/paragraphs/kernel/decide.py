"""What the structure of plain text says of a block's role, as `decide` has it, one page after another."""

import numpy as np

from ...compiling.load import kernel, step
from ...model import REPORTING, ROLES
from ...model.codes import AD, ATTRIBUTION, BIO, BODY, BYLINE, CAPTION, COMMENT, LEGAL, NAVIGATION, OTHER, PROMO, TITLE
from ..decide import LEGAL_NOTICE, LINE, MOSTLY, NAME, NOTICE, RAW, ROWS, SURE, TWICE
from ..doubts import (
    AWAY,
    BELOW_DAYS,
    DATED,
    MANY_DAYS,
    MISSED,
    NEAR,
    NOBODY,
    NOBODY_MARKED,
    REPLIED,
    SAID_TWICE,
    SEEN_REPLIES,
    UNTIL,
    UNTIL_END,
    UNTIL_REPLIES,
)
from ..features import COLUMN, PROSE_SIZE
from ..reasons import OFTEN
from ..settle import HEADING, LISTS, LONG, MAY_OFFER, MENUS, TEASER

_ROLES, _REPORTING = len(ROLES), len(REPORTING)
_FIFTH, _HALF, _TWO_FIFTHS = np.float32(0.2), np.float32(0.5), np.float32(0.4)  # numpy compares columns with these


@kernel
def decide(likely, columns, first, plain, roles):
    """Write the role of each block; return whether `settle` has nothing more to say. Changes `likely`."""
    factor = np.empty(_ROLES, dtype=np.float64)
    body = likely[:, BODY].copy()
    settled = True
    for page in range(len(first) - 1):
        low, high = first[page], first[page + 1]
        raw = plain and _mostly_lines(columns, low, high)
        if raw:
            _shown_twice(body, columns, low, high)
        if plain:
            _below_days(body, columns, low, high)
        for block in range(low, high):
            own, odds = columns[block], likely[block]
            _doubt(odds, own, plain)
            if plain:
                odds[BODY] = body[block]
                _prior(own, factor)
                for role in range(_ROLES):  # to multiply rows takes seconds to compile, see `place.copy`
                    odds[role] *= factor[role]
                beside = (block > low and body[block - 1] >= SURE) or (block + 1 < high and body[block + 1] >= SURE)
                if raw and not beside and own[COLUMN.size] >= PROSE_SIZE:
                    odds[BODY] *= RAW
            stories = np.rint(np.expm1(own[COLUMN.pages_seen]))
            if own[COLUMN.repeated] > _HALF and own[COLUMN.repeated] * stories >= OFTEN - 0.5:
                odds[:_REPORTING] = 0
            roles[block] = np.argmax(odds)
            if own[COLUMN.covered_say] == 0:
                if own[COLUMN.starts_legal] > 0 and own[COLUMN.longest_legal] >= LEGAL_NOTICE:
                    roles[block] = LEGAL
                if own[COLUMN.starts_other] > 0 and own[COLUMN.longest_other] >= NOTICE and own[COLUMN.singles] == 0:
                    roles[block] = OTHER
                if own[COLUMN.starts_ad] > 0 and own[COLUMN.longest_ad] >= NOTICE and own[COLUMN.singles] == 0:
                    roles[block] = AD
        _bios(roles, columns, low, high)
        if plain:
            _tables(roles, columns, low, high)
        settled &= _settled(roles, likely, columns, low, high)
    return settled


@step
def _settled(roles, likely, columns, low, high):
    """Return whether no rule of `settle` may apply to a page: a short one that has a text."""
    told, listed = low == high, False
    for block in range(low, high):
        role = roles[block]
        offer = role == PROMO and likely[block, AD] >= MAY_OFFER
        if offer or role == COMMENT or (role == TITLE and columns[block, COLUMN.twins] > 0):
            return False
        teaser = role == BODY and columns[block, COLUMN.ends_stop] == 0 and block > low and roles[block - 1] == PROMO
        if teaser and columns[block, COLUMN.words] <= TEASER:
            return False
        if role in (PROMO, NAVIGATION):
            heading = columns[block, COLUMN.covered_promo] >= LISTS and columns[block, COLUMN.words] <= HEADING
            listed |= heading and columns[block, COLUMN.ends_stop] == 0
        if role == BODY and listed:
            return False
        told |= role == BODY
    return told and high - low < MENUS


@step
def _below_days(body, columns, low, high):
    """Make less likely body what stands below many lines with a day."""
    days = 0
    for block in range(low, high):
        own = columns[block]
        if days >= MANY_DAYS:
            body[block] *= BELOW_DAYS
        named = own[COLUMN.covered_time] > 0 or own[COLUMN.date] >= 2
        days += own[COLUMN.words] <= DATED and own[COLUMN.digit] > 0 and named


@step
def _above_replies(own):
    """Return whether the next heading of a widget below a block is a line on comments or replies."""
    for column in range(UNTIL, UNTIL_END):
        if own[column] > own[UNTIL_REPLIES]:
            return False
    return own[UNTIL_REPLIES] > 0


@step
def _doubt(odds, own, plain):
    """Change how likely roles of a block are by what speaks against them."""
    odds[NAVIGATION] *= MISSED
    if own[COLUMN.twins] > 0:
        odds[ATTRIBUTION] *= SAID_TWICE
    timeless = own[COLUMN.covered_time] == 0 and own[COLUMN.clock] == 0 and own[COLUMN.date] == 0
    nobody = own[COLUMN.covered_byline] == 0 and own[COLUMN.covered_job] == 0 and own[COLUMN.named] == 0 and timeless
    if nobody and own[COLUMN.capitals] < 1 and own[COLUMN.words] > 0:
        odds[BYLINE] *= NOBODY if plain else NOBODY_MARKED
    if plain:
        odds[BYLINE] /= np.rint(np.exp(own[COLUMN.twins]))
        if own[COLUMN.before_stretch] > NEAR or own[COLUMN.after_stretch] > NEAR:
            odds[ATTRIBUTION] *= AWAY
        if _above_replies(own):
            odds[COMMENT] *= REPLIED
            if own[SEEN_REPLIES] == 0:
                odds[COMMENT] *= REPLIED


@step
def _mostly_lines(columns, low, high):
    """Return whether a page is a whole one with its menus, of which most lines are no prose."""
    prose = 0
    for block in range(low, high):
        prose += columns[block, COLUMN.size] >= PROSE_SIZE
    return MENUS <= high - low <= LONG and 2 * prose < high - low


@step
def _shown_twice(body, columns, low, high):
    """Make prose that stands on its page again less likely body, but where nearly all does."""
    prose = again = 0
    for block in range(low, high):
        if columns[block, COLUMN.size] >= PROSE_SIZE:
            prose += 1
            again += columns[block, COLUMN.twins] > 0
    if again < MOSTLY * prose:
        for block in range(low, high):
            if columns[block, COLUMN.size] >= PROSE_SIZE and columns[block, COLUMN.twins] > 0:
                body[block] *= TWICE


@step
def _prior(own, factor):
    """Write a factor for each role of a block."""
    factor[:] = 1
    if own[COLUMN.plain_rows] > 0 and own[COLUMN.run] >= ROWS and own[COLUMN.heading_like] == 0:
        factor[PROMO] = 0.3
    if own[COLUMN.verbless_opening] > 0:
        factor[BODY] = 0.1
        if own[COLUMN.ends_stop] > 0:
            factor[TITLE] = 0.1
    if own[COLUMN.title_like] > _HALF and own[COLUMN.ends_stop] == 0 and 1 <= own[COLUMN.before_stretch] <= 4:
        factor[CAPTION] = 0.3
    if own[COLUMN.no_letters] > 0 and own[COLUMN.digit] > _FIFTH and max(own[COLUMN.dashes], own[COLUMN.bars]) >= ROWS:
        factor[OTHER] = 0.1
    if own[COLUMN.covered_source] >= _TWO_FIFTHS and own[COLUMN.longest_source] >= 2 and own[COLUMN.words] <= LINE:
        factor[TITLE] = factor[BODY] = 0.1
        if own[COLUMN.longest_source] >= 4:
            factor[ATTRIBUTION] = 3


@step
def _bios(roles, columns, low, high):
    """Make names right above notes on their bearers part of these."""
    for block in range(low, high - 1):
        if roles[block + 1] == BIO and roles[block] != BYLINE and _name(columns[block]):
            roles[block] = BIO


@step
def _name(own):
    """Return whether a block is two to four words with capitals."""
    return NAME[0] <= own[COLUMN.words] <= NAME[1] and own[COLUMN.capitals] == 1


@step
def _tables(roles, columns, low, high):
    """Make body of the rows of tables, and titles of the headings that follow on them."""
    start = low
    while start < high:
        end, body, line = start, 0, columns[start, COLUMN.plain_rows] > 0
        while end < high and (columns[end, COLUMN.plain_rows] > 0) == line:
            body += roles[end] == BODY
            end += 1
        if line and end - start >= 3 and body * 2 > end - start:
            follows = end < high and roles[end] == BODY
            sentence = follows and columns[end, COLUMN.ends_stop] > 0
            for block in range(start, end):
                role, last = roles[block], block == end - 1
                heading = columns[block, COLUMN.heading_like] > 0 and role in (PROMO, CAPTION, BYLINE)
                if role in (TITLE, CAPTION, BYLINE) and (not last or (follows and not sentence)):
                    roles[block] = BODY
                elif heading and last and sentence:
                    roles[block] = TITLE
        start = end
