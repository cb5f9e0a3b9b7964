"""Lines that name an agency and, beside words of credits and bylines, nothing else: "Por Reuters", "뉴시스".

The judged pages have few of them in other languages than English and German. Of 40 credits in 16 languages that were
taken for report, headings or captions 12 are so told, and none of the judged pages' blocks. Captions that do not open
as bylines do are left: below a picture a name is that of who took it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ...model import ROLE_CODE, ROLES, Role
from ..features import COLUMN, at_most

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..segmented import Segmented

LONGEST = at_most(8)  # words
_ALL = 0.99  # share of the words that are known
_TAKEN = np.isin(ROLES, (Role.TITLE, Role.BODY, Role.CAPTION))
_BYLINE, _CAPTION = ROLE_CODE[Role.BYLINE], ROLE_CODE[Role.CAPTION]


def credits(_: Segmented, columns: NDArray[np.float32], roles: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Return which blocks that were taken for something else say whose the text is.

    A byline of common words and an agency's name, and none for who wrote it ("Redazione ANSA"), is such a credit, too:
    whether "By Reuters" is taken for the one or the other hangs on its capitals and on what stands beside it.
    """
    common = columns[:, COLUMN.covered_agency] + columns[:, COLUMN.covered_function]
    byline = (roles == _BYLINE) & (common >= _ALL)
    named: NDArray[np.bool_] = (_taken(columns, roles) | byline) & _name_agencies(columns) & ~_by(columns)
    return named


def bylines(_: Segmented, columns: NDArray[np.float32], roles: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Return which blocks that were taken for something else say that an agency is the author."""
    named: NDArray[np.bool_] = _taken(columns, roles) & _name_agencies(columns) & _by(columns)
    return named


def _by(columns: NDArray[np.float32]) -> NDArray[np.bool_]:
    by: NDArray[np.bool_] = columns[:, COLUMN.covered_byline] > columns[:, COLUMN.covered_source]
    return by


def _taken(columns: NDArray[np.float32], roles: NDArray[np.uint8]) -> NDArray[np.bool_]:
    may: NDArray[np.bool_] = _TAKEN[roles] & ((roles != _CAPTION) | (columns[:, COLUMN.starts_byline] > 0))
    return may


def _name_agencies(columns: NDArray[np.float32]) -> NDArray[np.bool_]:
    agency, function = columns[:, COLUMN.covered_agency], columns[:, COLUMN.covered_function]
    credited = np.maximum(columns[:, COLUMN.covered_byline], columns[:, COLUMN.covered_source])
    named: NDArray[np.bool_] = (agency > 0) & (agency + credited + function >= _ALL)
    named &= (columns[:, COLUMN.words] <= LONGEST) & (columns[:, COLUMN.ends_stop] == 0)
    return named
