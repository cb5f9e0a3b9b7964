"""Captions that end with whose picture it is: "The old town under snow © Ann Lee".

Of eleven such blocks that were taken for report or headings, on six of 680 pages, five-fold by site, as text or with
markup, ten were captions and one a teaser. Without the name at the end nothing tells them from a sentence of the text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from ..model import ROLES, Role
from .edges import whose_text
from .features import BASE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ..model import Article, Blocks

_OWNED = re.compile(r".*\w.{8,}©\s?\w[^©]{1,50}$", re.S)
_TAKEN = np.isin(ROLES, (Role.TITLE, Role.BODY))
_COPYRIGHTS = BASE.index("copyrights")


def captions(
    articles: Sequence[Article], blocks: Blocks, columns: NDArray[np.float32], roles: NDArray[np.uint8]
) -> NDArray[np.bool_]:
    """Return which blocks were taken for what an article says, and end with the owner of a picture."""
    return whose_text(ends_with_owner, _TAKEN[roles] & (columns[:, _COPYRIGHTS] > 0), articles, blocks)


def ends_with_owner(line: str) -> bool:
    """Return whether a line says something, and at its end whose that is.

    >>> [ends_with_owner(line) for line in ("The old town under snow © Ann Lee", "© Ann Lee", "Boil Honey®")]
    [True, False, False]
    """
    return bool(_OWNED.match(line))
