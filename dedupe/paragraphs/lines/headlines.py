"""The line that is the page's own title, where the model took it for something else.

A headline of a few words, or one that opens with "Photos:", looks like a teaser among others; what the page's head or
the record calls its title is none.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ...model import ROLES, Role
from ...model.codes import BODY, TITLE
from ..segmented import Segmented

_NEVER = np.isin(ROLES, (Role.AD, Role.LEGAL, Role.COMMENT))  # a title found in the text may be a line of these


def headlines(pages: Segmented, columns: NDArray[np.float32], roles: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Return which blocks are their page's title, the last of those above its body, where it has no heading there.

    A title that was found in the text may be a line of the menu: where another was taken for it, nothing is changed.
    """
    articles, first, found = pages.articles, pages.blocks.first, np.zeros(len(roles), dtype=np.bool_)
    heading, body = (np.append((roles == role).nonzero()[0], len(roles)) for role in (TITLE, BODY))
    low, high = first[:-1], np.minimum(body[np.searchsorted(body, first[:-1])], first[1:])
    for number in (heading[np.searchsorted(heading, low)] >= high).nonzero()[0].tolist():
        article = articles[number]
        for row in range(int(high[number]) - 1, int(low[number]) - 1, -1) if article.title else ():
            start, end = pages.blocks.start[row], pages.blocks.end[row]
            if article.text[start:end] == article.title and not _NEVER[roles[row]]:
                found[row] = True
                break
    return found
