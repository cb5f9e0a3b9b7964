"""Notes on a person or a company at the end of an article, below a heading that says so: "About Ann Lee".

All 12 such sections, of judged pages and others, as text and with their markup, were notes; six had been taken for the
article's last part. Body rose from 0.972 to 0.974, with markup from 0.985 to 0.987, roles from 0.741 to 0.745 and from
0.828 to 0.832.

Or without such a heading: who opens a line with the author's name, and says what that person is, writes of the author.
"""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from ...model import ROLES, Role
from ...model.codes import BIO, BODY, PROMO
from ...resources import load_json
from ...rows import above_and_below, lengths, owners_of
from ..features import COLUMN, PROSE_SIZE, at_least, at_most
from ..segmented import Segmented
from .furniture import whose_text

# Not "over" or "om", nor a single Latin "o", which open headlines as well.
_ABOUT = re.compile(
    rf"(?:{'|'.join(load_json('line_words.json')['about'])})\s*\b(\w\S*)|(\S+)(?: \S+)* hakkında$", re.I
)
FEW, MANY = at_least(2), at_most(7)  # words of the heading
_MOST = 4  # paragraphs of a note
_NOTE, _CONTACT = map(at_most, (60, 14))  # words of a line on the author, and of one that is but an address
_LEADS = (
    "about ", "follow ", "write to ", "contact ", "contact reporter ", "contact staff writer ", "reach ", "email ",
    "e-mail ", "correspondent ", "staff writer ", "über ",
)  # fmt: skip
_GOES_ON = re.compile(  # behind the author's name, in small letters
    r",? (?:(?:is|was) (?:an?|the|also|currently|based)|has (?:been|written|worked|covered|reported)|covers|writes"
    r"|(?:can|may) be (?:reached|contacted)|ist|schreibt|arbeitet|est|couvre|écrit|es|escribe|trabaja|cubre|è|scrive"
    r"|é|escreve)\b"
)
_TO_REACH = re.compile(r",? (?:on|at)\b|$")  # behind a lead and a name
_NETWORKS = frozenset(("twitter", "x", "instagram", "facebook", "bluesky", "threads", "twitter/x"))
# What else stands beside an address: "Email: alee@paper.com | Twitter: AnnLee, Reuters Messaging: ...".
_OF_WHAT = frozenset(
    ("email", "e-mail", "mail", "phone", "tel", "reuters", "messaging", "and", "or", "on", "und", "et", "y")
)
_SURE = np.isin(ROLES, (Role.NAVIGATION, Role.LEGAL, Role.COMMENT, Role.AD))
_MAY_TELL = np.isin(ROLES, (Role.TITLE, Role.BODY, Role.CAPTION, Role.PROMO, Role.LEGAL, Role.ATTRIBUTION))
_SAID = np.isin(ROLES, (Role.TITLE, Role.BODY, Role.CAPTION))  # else an address is the outlet's own


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


def authors(pages: Segmented, columns: NDArray[np.float32], roles: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Return which blocks below all else of the body tell of the page's author, or are but somebody's addresses.

    "Ann Lee covers the courts", "alee@paper.com".
    """
    signed, words = [bool(article.author) for article in pages.articles], columns[:, COLUMN.words]
    found = np.repeat(signed, lengths(pages.blocks.first)) & _MAY_TELL[roles] & (words <= _NOTE)
    found |= _SAID[roles] & (words <= _CONTACT)
    if not found.any():
        return found
    found &= above_and_below(roles == BODY, pages.blocks.first)[1] < _MOST
    rows = found.nonzero()[0]
    page, start, end = owners_of(pages.blocks.first, rows), pages.blocks.start, pages.blocks.end
    for row, article in zip(rows.tolist(), map(pages.articles.__getitem__, page.tolist()), strict=True):
        line = article.text[start[row] : end[row]]
        found[row] = tells_of_author(line, article.author) or (_SAID[roles[row]] and is_address(line))
    above, below = above_and_below((roles == BODY) & ~found, pages.blocks.first)
    found &= (above > 0) & (below == 0)
    return found


def tells_of_author(line: str, author: str) -> bool:
    """Return whether a line opens with an author's name and what that person is or does, or how to reach them.

    >>> [tells_of_author(line, "Ann Lee") for line in ("Ann Lee is a writer.", "Write to Ann Lee at ann@lee.com.")]
    [True, True]
    >>> [tells_of_author(line, "Ann Lee") for line in ("Ann Lee said no.", "Ann Lee: And what then?", "By Ann Lee")]
    [False, False, False]
    """
    line = line.casefold().strip(" \t•*-–—")
    lead = max(filter(line.startswith, _LEADS), key=len, default="")
    said = line.removeprefix(lead)
    names = [name for name in author.casefold().split(", ") if " " in name and said.startswith(name)]
    if lead and said.startswith("us ") and "@" in said:  # "Contact us at ..."
        names.append("us")
    return any(_GOES_ON.match(said, len(name)) or (lead and _TO_REACH.match(said, len(name))) for name in names)


def is_address(line: str) -> bool:
    """Return whether a line is somebody's addresses and nothing else.

    >>> [is_address(line) for line in ("alee@paper.com", "Email: alee@paper.com | Twitter: AnnLee", "(@alee)")]
    [True, True, True]
    >>> [is_address(line) for line in ("Write to alee@paper.com by May", "On X", "555-1234")]
    [False, False, False]
    """
    if "@" not in line:
        return False
    words = [word.strip(".,:;/|()•*–—-") for word in line.casefold().split()]
    known = [word in _OF_WHAT or word in _NETWORKS or not any(map(str.isalpha, word)) or "@" in word for word in words]
    handles = (before in _NETWORKS for before in ["", *words])  # "Twitter: AnnLee"
    named = any("@" in word and any(map(str.isalpha, word)) for word in words)
    return named and all(map(max, known, handles))
