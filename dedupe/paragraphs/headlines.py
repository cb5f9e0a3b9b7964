"""The headline of a page of plain text where none was told: the line above the text that is most like one.

Headlines look like teasers and entries of menus. Of 29 lines found so, as text and five-fold by site, 15 were
headlines, the others teasers, entries and captions; headlines rose from 0.717 to 0.720 on the judged pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..model import ROLE_CODE, Role
from ..words import runs
from .features import BASE, at_least, at_most

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BODY, _TITLE, _BYLINE = (ROLE_CODE[role] for role in (Role.BODY, Role.TITLE, Role.BYLINE))
_WORDS, _LIKE, _REPEATED = (BASE.index(name) for name in ("words", "title_like", "repeated"))
_FEW, _MANY = at_least(3), at_most(30)  # words
ABOVE, _NEAR = 20, 12  # blocks above the text where none is told, and where one is looked for
_LEAST = 0.15  # how likely it is
_OFTEN = 0.5  # of its outlet's stories; what stands on more is furniture


def headlines_not_told(
    roles: NDArray[np.uint8], likely: NDArray[np.float64], columns: NDArray[np.float32], first: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return the numbers of the blocks, one a page at most, that are headlines though taken for something else."""
    body = np.flatnonzero(roles == _BODY)
    page = np.searchsorted(first, body, side="right") - 1
    opening = runs(page)[:-1]
    start, low = body[opening], first[page[opening]]
    told = np.concatenate(([0], np.cumsum(roles == _TITLE)))
    lacking = (low < start) & (told[start] == told[np.maximum(start - ABOVE, low)])
    found = []
    for text, top in zip(start[lacking].tolist(), low[lacking].tolist(), strict=True):
        own = slice(max(text - _NEAR, top), text)
        words, own_line = columns[own, _WORDS], columns[own, _REPEATED] <= _OFTEN
        may = (words >= _FEW) & (words <= _MANY) & own_line
        like: NDArray[np.floating] = columns[own, _LIKE] * may
        if not like.any():  # no line has words of the text: the likeliest above the byline
            byline = np.flatnonzero(roles[own] == _BYLINE)
            like = likely[own, _TITLE] * may * (np.arange(len(may)) < (byline[0] if len(byline) else 0))
        best = own.start + int(like.argmax()) if like.any() else -1
        if best >= 0 and likely[best, _TITLE] >= _LEAST:
            found.append(best)
    return np.array(found, dtype=np.int64)
