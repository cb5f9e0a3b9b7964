"""Paragraphs that a site scrambles for those who have not paid, as many American dailies do: "kAm%96 4@F?4:= ... k^Am".

Each of their characters, those of the tags too, is moved by 47 places (ROT47), which a script on the page undoes for
subscribers: "kAm" is "<p>" and "k^Am" is "</p>". Where the markup is gone nothing hides them any more.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ...rows import lengths
from ..segmented import Segmented
from .furniture import whose_text

_OPENS, _ENDS = "kAm", "k^Am"
WHY = "scrambled by its site for those who do not subscribe"


def scrambled(pages: Segmented, *_: object) -> NDArray[np.bool_]:
    """Return which blocks are scrambled from end to end."""
    some = ["^" in article.text and _ENDS in article.text for article in pages.articles]  # one sign is found sooner
    return whose_text(is_scrambled, np.repeat(np.array(some, dtype=np.bool_), lengths(pages.blocks.first)), pages)


def is_scrambled(line: str) -> bool:
    """Return whether a line opens and ends with the tags of a paragraph, moved by 47 places.

    >>> is_scrambled("kAm%96 4@F?4:= G@E65 @? |@?52J]k^Am"), is_scrambled("The council voted on Monday.")
    (True, False)
    """
    return line.startswith(_OPENS) and line.endswith(_ENDS)
