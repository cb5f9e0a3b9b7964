"""Corrections of roles by the other blocks of the page: long articles, lines below all prose, boxes of offers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..model import REPORTING, ROLES, Role
from ..model.codes import AD, BODY, COMMENT, NAVIGATION, PROMO, TITLE
from ..rows import lengths, marked, owners, owners_of, runs
from .features import COLUMN, PROSE_SIZE, at_least, at_most
from .replies import below_comments

# A page of MENUS lines or more is a whole one with its menus and teasers, as nine in ten of the judged pages are. One
# of more than LONG is long because its article is, or what its readers say: 0.917 to 0.929 on 150 other pages.
MENUS, LONG = 40, 240
_LIKELY, _UNLIKELY = 0.6, 0.25  # how likely the ends of a long article are body, at least; a factor for teasers within
_LOOK = [COLUMN.size, COLUMN.words, COLUMN.word_length, COLUMN.twins]  # equal of equal lines
_REPORTING = np.isin(ROLES, REPORTING)
_OPENS = [
    COLUMN.alone, COLUMN.opens_upper, COLUMN.opens_lower, COLUMN.opens_quote, COLUMN.opens_bracket, COLUMN.opens_rest,
]  # fmt: skip
_MARKS = [COLUMN.opens_bullet, COLUMN.opens_digit]
_PROMPTS = [COLUMN.starts_readmore, COLUMN.starts_promo]
_OFFERS = [COLUMN.currencies, COLUMN.covered_deal, COLUMN.covered_ad]
_HEADING_ROLES = np.isin(ROLES, (Role.PROMO, Role.NAVIGATION))
_HEADLINE = np.isin(ROLES, (Role.PROMO, Role.TITLE, Role.CAPTION))  # what one of another story is taken for
HEADING, TEASER = at_most(8), at_most(25)  # words
LISTS, _LISTED = 0.4, 2  # share of a heading's words in phrases on other stories; lines of the shortest list
MAY_OFFER, _REACH = 0.15, 2  # how likely a line is advertising, at least; blocks within which there is another
_MAY_TELL = ~np.isin(ROLES, (Role.LEGAL, Role.AD, Role.COMMENT))
# How likely prose is body, at least, to become that on a page without any: a little above chance, and of the likeliest
# so great a share. For a paragraph of so many letters, which is longer than teasers are, less will do.
_LEAST, _NEAR_BEST = 0.1, 0.6
_LONG, _LEAST_LONG = at_least(300), 0.03


def within_long_articles(likely: NDArray[np.float64], columns: NDArray[np.float32], first: NDArray[np.int64]) -> None:
    """Make teasers unlikely of the prose between the first and the last likely body of each long page of plain text.

    On 150 other pages, five-fold by site, body rose from 0.925 to 0.934, on 124 of other tools' tests it stayed 0.948
    (at a likelihood of 0.5 it fell to 0.946, as teasers below came within). None of the judged pages is as long.
    """
    for page in np.flatnonzero(lengths(first) > LONG).tolist():
        own = slice(int(first[page]), int(first[page + 1]))
        prose = columns[own, COLUMN.size] >= PROSE_SIZE
        told = np.flatnonzero(prose & (likely[own, BODY] >= _LIKELY))
        if len(told):
            inner = slice(own.start + int(told[0]), own.start + int(told[-1]))
            likely[inner, PROMO] *= np.where(prose[told[0] : told[-1]], _UNLIKELY, 1)


def settle(
    roles: NDArray[np.uint8],
    likely: NDArray[np.float64],
    columns: NDArray[np.float32],
    first: NDArray[np.int64],
    plain: bool,
) -> NDArray[np.uint8]:
    """Return the roles of the blocks of some pages as their pages have them; `likely`, `plain`: see `decide`."""
    if plain:
        below = lines_below_all_prose(roles, columns, first)
        if below.any():
            roles[below] = np.where(_REPORTING, 0, likely[below]).argmax(axis=1)
        roles[headlines_of_menus(roles, columns, first)] = NAVIGATION
        roles[bulleted_teasers(roles, columns, first)] = PROMO
    roles[teasers_by_turns(roles, columns, first)] = PROMO
    roles[offers_in_boxes(roles, likely, columns, first)] = AD
    roles[below_comments(roles, columns, first)] = COMMENT
    _give_a_body(roles, likely, columns, first)
    return roles


def lines_below_all_prose(
    roles: NDArray[np.uint8], columns: NDArray[np.float32], first: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Return which lines below the last paragraph of reporting were taken for reporting too, two or more in a row.

    On pages of MENUS lines or more, most of them no prose, they are teasers. Of 70 such lines of the judged pages,
    five-fold by site, two were reporting, of 26 of the pages judged later two; groups rose from 0.845 to 0.849.
    """
    whole = lengths(first) >= MENUS
    if not whole.any():
        return np.zeros(len(roles), dtype=np.bool_)
    size, page = columns[:, COLUMN.size], owners(first)
    prose, told = size >= PROSE_SIZE, roles < len(REPORTING)
    last = np.full(len(first) - 1, len(roles))
    body = np.flatnonzero(prose & (roles == BODY))
    last[page[body]] = body  # of several the last
    whole &= 2 * np.bincount(page, weights=prose, minlength=len(last)) < lengths(first)
    bounds = runs(told, page)
    start, count = bounds[:-1], lengths(bounds)
    apart = told[start] & (count > 1) & (start > last[page[start]]) & whole[page[start]]
    lines: NDArray[np.bool_] = np.repeat(apart, count)
    return lines & ~np.repeat(np.logical_or.reduceat(prose, start), count) if apart.any() else lines


def headlines_of_menus(
    roles: NDArray[np.uint8], columns: NDArray[np.float32], first: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Return which headings end a menu that says where the page stands: the headline follows at once or after one line.

    Of 24 such lines on as many pages 20 were so; groups of the judged pages rose from 0.8612 to 0.8617.
    """
    found = np.zeros(len(roles), dtype=np.bool_)
    heads = np.flatnonzero((roles == TITLE) & (columns[:, COLUMN.twins] > 0))
    if len(heads) < 2:
        return found
    page = owners_of(first, heads)
    for step in (1, 2):
        next_one = np.flatnonzero(np.isin(heads + step, heads))
        here, there = heads[next_one], heads[next_one] + step
        same = (columns[here][:, _LOOK] == columns[there][:, _LOOK]).all(axis=1)
        same &= page[next_one] == owners_of(first, there)
        same &= ~np.isin(here, first) & (roles[here - 1] == NAVIGATION)
        found[here[same]] = True
    return found


def bulleted_teasers(
    roles: NDArray[np.uint8], columns: NDArray[np.float32], first: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Return which lines were taken for body in a list of two or more right below a heading of teasers.

    "Most Read", "Related stories": what follows with a bullet, a dash or a number, and no full stop, are headlines.
    """
    short, number = columns[:, COLUMN.ends_stop] == 0, np.arange(len(roles))
    heading = _headings_of_teasers(roles, columns, np.isin(ROLES, Role.PROMO))
    if not heading.any():
        return heading
    marked = (columns[:, _MARKS] > 0).any(axis=1) | (columns[:, _OPENS] == 0).all(axis=1)  # a dash is none of these
    line = short & marked & (columns[:, COLUMN.words] <= TEASER) & ((roles == BODY) | (roles == PROMO))
    bounds = runs(line | heading, owners(first))
    run, head = owners(bounds), np.maximum.accumulate(np.where(heading, number, -1))
    listed = line & (head >= bounds[run]) & (bounds[run + 1] - head > _LISTED)
    return listed & (number > head) & (roles == BODY)


def teasers_by_turns(
    roles: NDArray[np.uint8], columns: NDArray[np.float32], first: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Return which blocks are headlines of other stories and the lines under them, by turns, some taken for body.

    They follow a heading of teasers at once, two or more, and nothing below them was taken for body. Some of
    the headlines were taken for teasers, too: what a briefing tells under "Top stories" is its report. What leads to
    another story in the midst of a text says so: "Read more".
    """
    found, body = np.zeros(len(roles), dtype=np.bool_), roles == BODY
    short = (columns[:, COLUMN.words] <= TEASER) & (columns[:, COLUMN.ends_stop] == 0)
    headline = short & _HEADLINE[roles] & (columns[:, _PROMPTS] == 0).all(axis=1)
    line = body | (~short & (roles == PROMO))
    starts = np.flatnonzero(_headings_of_teasers(roles, columns, _HEADING_ROLES)[:-2] & headline[1:-1] & line[2:])
    for start, page in zip(starts.tolist(), owners_of(first, starts).tolist(), strict=True):
        last = start + 2 + 2 * int(np.argmin(np.append(headline[start + 1 : -1 : 2] & line[start + 2 :: 2], False)))
        low, high = first[page : page + 2].tolist()
        listed = slice(start + 1, min(last - 1, high))
        many = np.count_nonzero(line[listed]) >= _LISTED and (headline & (roles == PROMO))[listed].any()
        if many and not body[listed.stop : high].any():
            found[listed] = body[low:start].any()
    return found


def _headings_of_teasers(
    roles: NDArray[np.uint8], columns: NDArray[np.float32], taken_for: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Return which lines, taken for one of some roles, are headings of teasers: "Most Read", "Related stories"."""
    short = (columns[:, COLUMN.words] <= HEADING) & (columns[:, COLUMN.ends_stop] == 0)
    return short & taken_for[roles] & (columns[:, COLUMN.covered_promo] >= LISTS)


def offers_in_boxes(
    roles: NDArray[np.uint8], likely: NDArray[np.float64], columns: NDArray[np.float32], first: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Return which lines taken for teasers offer something, near another that may be advertising: it stands in boxes.

    They have a price, or words of shops or of advertising, and may be that too. Of 62 such lines on 26 pages, judged or
    judged later, as text and five-fold by site, 45 were and 15 were told by articles on offers; groups rose from 0.849
    to 0.853 and from 0.735 to 0.750, those of the pages judged later with their markup from 0.826 to 0.838.
    """
    may = likely[:, AD] >= MAY_OFFER
    found: NDArray[np.bool_] = may & (roles == PROMO)
    if found.any():
        found &= (columns[:, _OFFERS] > 0).any(axis=1)
        page = owners(first)
        beside = np.zeros(len(roles), dtype=np.bool_)
        for step in range(1, _REACH + 1):
            same = page[step:] == page[:-step]
            beside[step:] |= may[:-step] & same
            beside[:-step] |= may[step:] & same
        found &= beside
    return found


def _give_a_body(
    roles: NDArray[np.uint8], likely: NDArray[np.float64], columns: NDArray[np.float32], first: NDArray[np.int64]
) -> None:
    """Make body of the likeliest prose of each page that has no body: a page is there to tell something.

    Of 261 pages with markup, five-fold by site, three were left without, all three wrongly. The report of one was a
    single paragraph among teasers and comments; the model found it the likeliest body of the page, with 0.04.
    """
    body_blocks = marked(roles == BODY, first)
    for page in np.flatnonzero((body_blocks == 0) & (lengths(first) > 0)).tolist():
        own = slice(int(first[page]), int(first[page + 1]))
        size = columns[own, COLUMN.size]
        body = likely[own, BODY] * (size >= PROSE_SIZE) * _MAY_TELL[roles[own]]
        body *= body >= np.where(size >= _LONG, _LEAST_LONG, _LEAST)
        roles[own][(body > 0) & (body >= _NEAR_BEST * body.max())] = BODY
