"""The rules on single lines as bits: the kernel tells by these which rules may change some block and have to be tried.

Most paragraphs are prose, which no rule changes. To try all rules on one page took longer than the model.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from ..words import tokenize

FURNITURE, TAGS, ADDRESSES, NOTES, PROMPTS, CAPTIONS = (1 << bit for bit in range(6))
SENTENCES = 1 << 6  # always tried, and with it leads, stamps and what is scrambled
CREDITS, ITSELF = 1 << 7, 1 << 8
EVERY = (1 << 9) - 1  # what is tried without the kernel


@cache
def openers() -> NDArray[np.uint32]:
    """Return the words that a sentence opens with in which a page speaks of itself, as the tokens have them."""
    return tokenize(["this these all except only dieser diese dieses cet ce este questo dit deze"]).hash.copy()
