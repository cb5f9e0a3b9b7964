"""Captions that end with whose picture it is: "The old town under snow © Ann Lee".

Of eleven such blocks that were taken for report or headings, on six of 680 pages, five-fold by site, as text or with
markup, ten were captions and one a teaser. Without the name at the end nothing tells them from a sentence of the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..model import ROLES, Role
from .edges import whose_text
from .features import BASE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ..model import Article, Blocks

_TAKEN = np.isin(ROLES, (Role.TITLE, Role.BODY))
_COPYRIGHTS, _WORDS = (BASE.index(name) for name in ("copyrights", "words"))
_LONGEST = np.log1p(40) + 1e-6  # words: a whole article on one line may end with whose it is, too
_SAID, _NAME = 8, 50  # letters between a word and the sign, at least; of a name, at most


def captions(
    articles: Sequence[Article], blocks: Blocks, columns: NDArray[np.float32], roles: NDArray[np.uint8]
) -> NDArray[np.bool_]:
    """Return which blocks were taken for what an article says, and end with the owner of a picture."""
    may = _TAKEN[roles] & (columns[:, _COPYRIGHTS] > 0) & (columns[:, _WORDS] <= _LONGEST)
    return whose_text(ends_with_owner, may, articles, blocks)


def ends_with_owner(line: str) -> bool:
    """Return whether a line says something, and at its end whose that is; a year is nobody.

    >>> [ends_with_owner(line) for line in ("The old town under snow © Ann Lee", "© Ann Lee", "in broken wordsë© ì")]
    [True, False, False]
    """
    said, _, name = line.rpartition("©")
    name = name[1:] if name[:1].isspace() else name
    if said[-1:].isalnum():  # half of a letter in a broken encoding
        return False
    return any(map(str.isalnum, said[:-_SAID])) and name[:1].isalpha() and 1 < len(name) <= _NAME + 1
