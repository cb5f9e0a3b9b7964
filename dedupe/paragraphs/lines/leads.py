"""First sentences that open with where they were written: "PITTSBURGH (KDKA) – Two people were shot late on ...".

In a text without a heading the model takes some for that, or for the caption of a picture: 16 of 1,400 paragraphs that
open so, in 1,650 reports as text, each of them the report's.
"""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from ...model import ROLES, Role
from ..features import COLUMN, at_least
from ..segmented import Segmented
from .furniture import whose_text

_TAKEN = np.isin(ROLES, (Role.TITLE, Role.CAPTION))
_FEWEST = at_least(15)  # words: headlines with a place and an agency have fewer
_SIGNS = [COLUMN.all_capitals, COLUMN.brackets, COLUMN.dashes]
# A place whose first word is in capitals, who wrote from there, a dash.
_DATELINE = re.compile(r"[^\W\d_a-z]{2,}\b[^()\n]{0,50}\((?:[A-Z][^()\n]{1,25}|dpa[^()\n]{0,10})\)\s{0,3}[-–—]")


def leads(pages: Segmented, columns: NDArray[np.float32], roles: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Return which blocks were taken for a heading or a caption, and open a report."""
    may = _TAKEN[roles] & (columns[:, COLUMN.words] >= _FEWEST) & (columns[:, _SIGNS] > 0).all(axis=1)
    return whose_text(has_dateline, may, pages)


def has_dateline(line: str) -> bool:
    """Return whether a line opens with a place in capitals, and in brackets who wrote from there.

    >>> [has_dateline(line) for line in ("LA GRANGE, Texas (AP) — A deputy", "PITTSBURGH (KDKA) – Two people")]
    [True, True]
    >>> [has_dateline(line) for line in ("ANN LEE (left) – the mayor", "Ann Lee (AP) — a writer", "NATO (and the EU)")]
    [False, False, False]
    """
    return bool(_DATELINE.match(line))
