"""The evidence of each block: where it stands in the page, as columns of numbers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ..compiling import compiled, kernel_of
from .blocks import TextBlocks, Walk
from .columns import LOGS, MARKUP_FEATURES, NUMBER, NUMBERS
from .places import places_plain
from .said import SAID, said_by_head

MOST = 50_000  # blocks of a page that are measured, those after them have no evidence; an article has hundreds


def measure(seen: Walk, head: dict[str, str]) -> NDArray[np.float32]:
    """Return the evidence, float32 of shape (blocks, len(MARKUP_FEATURES)).

    `head`: what the page's head and JSON-LD say, see `dedupe.html.head`; of it title, page_title, description, author
    and article_body are looked for in the blocks.
    """
    count = len(seen.text)
    out = np.zeros((count, len(MARKUP_FEATURES)), dtype=np.float32)
    if count > MOST:
        out[:MOST] = measure(_start_of(seen, MOST), head)
    elif count:
        numbers = np.zeros((count, len(NUMBERS)))
        said_by_head(seen.text, head, numbers[:, NUMBER[SAID[0]] :])
        if compiled(0, __package__):
            kernel_of(__package__).places(seen.elements, seen.blocks, *lengths(seen), out, numbers)
        else:
            places_plain(seen, *lengths(seen), out, numbers)
        numbers[:, LOGS] = np.log1p(numbers[:, LOGS])
        out[:, -len(NUMBERS) :] = numbers
    return out


def _start_of(seen: Walk, count: int) -> Walk:
    """Return the first blocks of a walk, with all its elements."""
    first, end = (np.minimum(bound, count) for bound in (seen.elements.first, seen.elements.end))
    blocks = TextBlocks._make(column[:count] for column in seen.blocks)
    return replace(seen, elements=seen.elements._replace(first=first, end=end), blocks=blocks, text=seen.text[:count])


def lengths(seen: Walk) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return how long each block is, in characters and in those of an alphabet, where a Han or kana sign counts 2.5."""
    plain = seen.blocks.size.astype(np.float64)
    # Three bytes each: a script without spaces, not Cyrillic or Greek.
    return plain, np.where(seen.blocks.octets > 2.4 * plain, 2.5 * plain, plain)
