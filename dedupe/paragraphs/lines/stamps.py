"""Sentences and lines that say only when a page appeared or who reports: "This article was published today at 9:15".

They look like the last or first sentence of the report, above or below which they stand.
"""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from ...model import ROLES, Role
from ..features import COLUMN, at_most
from ..segmented import Segmented
from .furniture import whose_text

_TAKEN = np.isin(ROLES, (Role.TITLE, Role.BODY))
_LONGEST = at_most(16)  # words
_STAMP = re.compile(
    r"this (?:article|story|post|page|report) (?:"
    r"(?:was|has been) (?:last )?(?:published|posted|updated) "
    r"(?:today|yesterday|(?:on|at) (?:\w{3,9},? ){0,2}\d|\w{3,9} \d)"
    r"|(?:is|was published) more than \d+ \w{3,7} (?:old|ago))[^.]{0,40}(?:[ap]\.m)?\.?$",
    re.I,
)
_REPORTER = re.compile(r"[\uac00-\ud7a3]{2,4}\s?(?:기자|특파원)")  # "이상학 기자": a name, and "reporter"


def stamps(pages: Segmented, columns: NDArray[np.float32], roles: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Return which blocks were taken for what an article says, and say when it appeared or who reports."""
    return whose_text(is_stamp, _TAKEN[roles] & (columns[:, COLUMN.words] <= _LONGEST), pages)


def is_stamp(line: str) -> bool:
    """Return whether a line says when its page appeared, or is a reporter's name with the word for that.

    >>> [is_stamp(line) for line in ("This article was published today at 9:15 a.m.", "이상학 기자")]
    [True, True]
    >>> [is_stamp(line) for line in ("This story was published by 3 papers.", "This article is about 3 boats.")]
    [False, False]
    """
    return bool(_STAMP.match(line) or _REPORTER.fullmatch(line))
