"""Notes on a person or a company at the end of an article, below a heading that says so: "About Ann Lee".

All 12 such sections, of judged pages and others, as text and with their markup, were notes; six had been taken for the
article's last part. Body rose from 0.972 to 0.974, with markup from 0.985 to 0.987, roles from 0.741 to 0.745 and from
0.828 to 0.832.
"""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from ...model import ROLES, Role
from ...model.codes import BIO, BODY, PROMO
from ...resources import load_json
from ...rows import owners_of
from ..features import COLUMN, PROSE_SIZE, at_least, at_most
from ..segmented import Segmented
from .furniture import whose_text

# Not "over" or "om", nor a single Latin "o", which open headlines as well.
_ABOUT = re.compile(
    rf"(?:{'|'.join(load_json('line_words.json')['about'])})\s*\b(\w\S*)|(\S+)(?: \S+)* hakkında$", re.I
)
FEW, MANY = at_least(2), at_most(7)  # words of the heading
_MOST = 4  # paragraphs of a note
_SURE = np.isin(ROLES, (Role.NAVIGATION, Role.LEGAL, Role.COMMENT, Role.AD))


def notes(pages: Segmented, columns: NDArray[np.float32], roles: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Return which blocks are a note below the last paragraphs of its page, or its heading."""
    first = pages.blocks.first
    prose = columns[:, COLUMN.size] >= PROSE_SIZE
    words = columns[:, COLUMN.words]
    may = (words >= FEW) & (words <= MANY) & (columns[:, COLUMN.ends_stop] == 0) & ~prose & ~_SURE[roles]
    may[:-1] &= prose[1:]
    headings = np.flatnonzero(whose_text(tells_of_somebody, may, pages))
    found = np.zeros(len(roles), dtype=np.bool_)
    for heading, page in zip(headings.tolist(), owners_of(first, headings).tolist(), strict=True):
        low, high = first[page : page + 2].tolist()
        body = low + np.flatnonzero(prose[low:high] & (roles[low:high] == BODY))
        end = heading + 1
        while end < min(high, heading + 1 + _MOST) and prose[end] and _noted(roles[end], end == heading + 1):
            end += 1
        if end > heading + 1 and len(body) and body[0] < heading and body[-1] < end:
            found[heading:end] = True
    return found


def _noted(role: int, first: bool) -> bool:
    """Return whether a paragraph that was taken for this may be part of a note; a teaser may be its first."""
    return role in (BODY, BIO) or (first and role == PROMO)


def tells_of_somebody(line: str) -> bool:
    """Return whether a line says that a name's bearer is told of.

    >>> [tells_of_somebody(line) for line in ("About Ann Lee", "Über my6sense", "About the vote", "Ann Lee hakkında")]
    [True, True, False, True]
    >>> [tells_of_somebody(line) for line in ("Über 500 Menschen evakuiert", "About-Face on Tariffs", "О'Нил в Москве")]
    [False, False, False]
    """
    found = _ABOUT.match(line)
    if found is None:
        return False
    name = found[1] or found[2]
    return any(map(str.isupper, name)) or (any(map(str.isdigit, name)) and any(map(str.isalpha, name)))
