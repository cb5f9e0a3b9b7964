"""Which pairs cannot be copies, nor one form filled in twice, told from their shingles before anything is measured."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from .decide import FORM, MOST
from .names import LONGEST_TEXT, RUN

if TYPE_CHECKING:
    from numpy.typing import NDArray


def may_be_copies(shared: NDArray[Any], distinct: NDArray[Any], words: NDArray[Any], size: int) -> NDArray[np.bool_]:
    """Return which pairs may be copies or one form, bool of shape (pairs,).

    `shared`: how many distinct shingles of `size` words both texts have; `distinct`, `words`: of shape (2, pairs), how
    many of them and how many words either text has. All words of a shared run stand in its shingles, RUN in each at
    most, and a shingle stands in a text once more for every one that is not distinct there.

    >>> one = np.array([[496], [496]]), np.array([[500], [500]])
    >>> may_be_copies(np.array([40]), *one, size=5).item(), may_be_copies(np.array([60]), *one, size=5).item()
    (False, True)
    """
    if size > RUN:  # a shared run may be shorter than a shingle
        return np.ones(len(shared), dtype=np.bool_)
    again = np.maximum(words - size + 1, 1) - distinct
    verbatim = RUN * (shared + np.maximum(again, 0)) / np.maximum(np.minimum(words, LONGEST_TEXT), 1)
    possible: NDArray[np.bool_] = verbatim.max(axis=0) >= min(FORM, MOST)
    return possible
