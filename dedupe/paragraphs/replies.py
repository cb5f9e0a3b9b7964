"""Readers' comments that were taken for the article's text: they stand below its heading "Comments".

Only its place tells a long comment in whole sentences from a paragraph of the article. Of 176 such blocks, five-fold by
site as text, 163 were comments and none report; body rose from 0.936 to 0.938 on the pages judged later, from 0.949 to
0.960 on 124 of other tools' tests and from 0.944 to 0.954 on those kept apart, there from 0.972 to 0.977 with markup.
The judged pages and plain texts do not change.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..model import ROLES, Role
from ..model.codes import BODY, COMMENT
from ..rows import owners_of
from .doubts import DATED, with_day
from .features import COLUMN, at_most

_BETWEEN = np.isin(ROLES, (Role.TITLE, Role.OTHER))  # what a line between two comments is taken for
_HEADING = at_most(6)  # words
_MOSTLY = 0.3  # share of a heading's words in phrases on comments
_TOLD = 2  # blocks of body above the heading, else it is a count above the article
_FEWEST = 3  # comments, of which one at least has a day or an hour; a question in a debate is none
_NEAR = 2  # blocks


def below_comments(
    roles: NDArray[np.uint8], columns: NDArray[np.float32], first: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Return which blocks are comments, though taken for body, or for a heading or code between comments.

    They stand below a heading on comments, from where on below it more was taken for comments than for body.
    """
    found = np.zeros(len(roles), dtype=np.bool_)
    if not (roles == COMMENT).any():
        return found
    heading = (columns[:, COLUMN.covered_comment] >= _MOSTLY) & (columns[:, COLUMN.words] <= _HEADING)
    pages = [owners_of(first, rows.nonzero()[0]) for rows in (heading, roles == COMMENT)]
    both = np.intersect1d(pages[0], pages[1])
    if not len(both):
        return found
    stamp = with_day(columns) | ((columns[:, COLUMN.clock] > 0) & (columns[:, COLUMN.words] <= DATED))
    for number in both.tolist():
        own = slice(int(first[number]), int(first[number + 1]))
        body, comment = roles[own] == BODY, roles[own] == COMMENT
        headed = np.flatnonzero(heading[own] & (np.cumsum(body) >= _TOLD))[:1]
        if not len(headed):
            continue
        below = np.arange(len(body)) >= headed[0]
        told, said, dated = (np.cumsum(below & those) for those in (body, comment, stamp[own]))
        start = np.flatnonzero((said >= _FEWEST) & (said > told) & (dated > 0))[:1]
        if len(start):
            comment[start[0] :] |= body[start[0] :]
            found[own] = comment & body
            found[own][start[0] :] |= (_BETWEEN[roles[own]] & _between(comment))[start[0] :]
    return found


def _between(comment: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return which blocks have a comment within _NEAR blocks both above and below."""
    above, below = np.zeros((2, len(comment)), dtype=np.bool_)
    for step in range(1, _NEAR + 1):
        above[step:] |= comment[:-step]
        below[:-step] |= comment[step:]
    return above & below
