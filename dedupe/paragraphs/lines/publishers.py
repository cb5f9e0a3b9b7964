"""Sentences above or below a report that say what an outlet is: "ProPublica is a nonprofit newsroom that ...".

Its own outlet's are a note on the publisher. Of another they are what that asks of those who print its report, and say
whose it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from ...model import ROLE_CODE, ROLES, Role, fold_name
from ...rows import bounds_of, owners
from ..features import COLUMN, at_least, at_most

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..segmented import Segmented

_TAKEN = np.isin(ROLES, (Role.BODY, Role.CAPTION, Role.PROMO, Role.BIO))
_BODY = ROLE_CODE[Role.BODY]
_TELLS = [COLUMN.longest_bio, COLUMN.longest_legal]  # "is a nonprofit", "is part of"
_FEWEST, _LONGEST = at_least(8), at_most(80)  # words
_OUTLET = re.compile(
    r"\W*(?:The )?((?:[A-Z][\w.&’'-]*\s){1,5})is (?:an?|the|part of)\b[^.!?]{0,100}?\b(?:newsroom|source of news"
    r"|(?:news|media) (?:organi[sz]ation|network|site|service|outlet|agency|publication|partnership))\b"
)


def publishers(
    pages: Segmented, columns: NDArray[np.float32], roles: NDArray[np.uint8], *, own: bool
) -> NDArray[np.bool_]:
    """Return which blocks say what the page's own outlet is, or what another is."""
    articles, blocks, *_ = pages
    words = columns[:, COLUMN.words]
    may = _TAKEN[roles] & (columns[:, _TELLS] > 1).any(axis=1) & (words >= _FEWEST) & (words <= _LONGEST)
    if not may.any():
        return may
    page, before = owners(blocks.first), bounds_of(roles == _BODY)
    may &= (before[1:] - before[blocks.first[page]] <= 1) | (before[:-1] + 1 >= before[blocks.first[page + 1]])
    for row in may.nonzero()[0].tolist():
        article = articles[page[row]]
        name = publisher(article.text[blocks.start[row] : blocks.end[row]])
        may[row] = bool(name) and own == (fold_name(name) in fold_name(article.source))
    return may


def publisher(line: str) -> str:
    """Return the outlet of which a line says what it is, "" for none.

    >>> publisher("KFF Health News is a national newsroom that produces in-depth journalism about health issues.")
    'KFF Health News'
    >>> publisher("Ann Lee is a reporter for the network.")
    ''
    """
    found = _OUTLET.match(line)
    return found[1].strip() if found else ""
