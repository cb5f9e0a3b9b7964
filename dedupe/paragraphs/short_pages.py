"""Sentences of short reports that were taken for teasers: the last ones, below a prompt to read something else.

A whole page has dozens of teasers, some of them sentences. Where a page has few lines a sentence below the first of
the report goes on with it, unless it asks the reader or opens with an invitation: of twelve such lines of judged pages
and of cuttings of them, as text and five-fold by site, ten were report. Of 16 last paragraphs of reports written for
this in eight languages 15 are found, of which there was none before. On pages of more than 40 lines every second such
line of cleaned pages is report, and every seventh of whole ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..model import ROLE_CODE, Role
from ..words import lengths
from .features import BASE

if TYPE_CHECKING:
    from numpy.typing import NDArray

LINES = 40  # a page of more is not short
_BODY, _PROMO = ROLE_CODE[Role.BODY], ROLE_CODE[Role.PROMO]
_WORDS, _ENDS_STOP, _EXCLAIMS, _REPEATED = (BASE.index(name) for name in ("words", "ends_stop", "exclaims", "repeated"))
_INVITING = ("promo", "readmore", "share", "deal", "ad")
_INVITES, _OPENS = ([BASE.index(f"{kind}:{name}") for name in _INVITING] for kind in ("covered", "starts"))
_ASKS = [BASE.index(f"covered:{name}") for name in ("subscribe", "you")]
_LEAST = np.log1p(3) - 1e-6  # words
_OFTEN = 0.5  # of its outlet's stories; what stands on more is furniture
_BY_CHANCE = 0.17  # share of a sentence's words in phrases that invite, none of which opens it


def sentences_of_short_pages(
    roles: NDArray[np.uint8], columns: NDArray[np.float32], first: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Return which blocks were taken for teasers and go on with the report of a short page."""
    found: NDArray[np.bool_] = np.repeat(lengths(first) <= LINES, lengths(first)) & (roles == _PROMO)
    if not found.any():
        return found
    told = np.concatenate(([0], np.cumsum(roles == _BODY)))
    found &= told[:-1] > np.repeat(told[first[:-1]], lengths(first))
    found &= (columns[:, _REPEATED] <= _OFTEN) & (columns[:, _ENDS_STOP] > 0)
    found &= (columns[:, _EXCLAIMS] == 0) & (columns[:, _WORDS] >= _LEAST)
    found &= (columns[:, _ASKS] == 0).all(axis=1) & (columns[:, _OPENS] == 0).all(axis=1)
    return found & (columns[:, _INVITES] <= _BY_CHANCE).all(axis=1)
