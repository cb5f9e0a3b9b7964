"""Which of the rules on single lines may say something of some pages, so that the others need not be asked.

Most paragraphs are prose, of which no rule says anything. For a page alone all rules took longer than the model.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..words import compiled

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FURNITURE, TAGS, COUNTS, ADDRESSES, NOTES, PROMPTS, CAPTIONS = (1 << bit for bit in range(7))
SENTENCES = 1 << 7  # asked for whatever the line
EVERY = (1 << 8) - 1


def asked(columns: NDArray[np.float32]) -> int:
    """Return the rules to ask of blocks with these columns, as bits; without the kernel all of them."""
    if not compiled(0, __package__):
        return EVERY
    from . import kernel

    rules: int = kernel.asked(columns)
    return rules
