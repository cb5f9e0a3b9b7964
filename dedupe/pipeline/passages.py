"""The passages two pages share, found in their reporting and given as offsets into the pages' texts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..alignment import align
from ..model import Blocks, Passage
from ..rows import bounds_of
from .columns import reporting_blocks


def shared_passages(
    texts: Sequence[str], blocks: Blocks, roles: NDArray[np.uint8], a: int, b: int
) -> tuple[Passage, ...]:
    """Return the passages that the reporting of two pages (rows of `blocks`, texts of all pages) shares.

    What is not reporting takes no part, so a footer that two pages of an outlet share is no passage.
    """
    (text_a, places_a), (text_b, places_b) = (_reporting(texts[row], blocks, roles, row) for row in (a, b))
    return tuple(
        Passage(*on_page(*places_a, p.a_start, p.a_end), *on_page(*places_b, p.b_start, p.b_end), p.kind, p.similarity)
        for p in align(text_a, text_b)
    )


def _reporting(
    text: str, blocks: Blocks, roles: NDArray[np.uint8], row: int
) -> tuple[str, tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Return a page's reporting as one text, and where each of its paragraphs starts in it and on the page."""
    page = blocks.part(row, row + 1)  # a report asks for thousands of pairs: not all of its blocks for each
    kept = reporting_blocks(page, roles[blocks.first[row] : blocks.first[row + 1]])
    starts, ends = page.start[kept], page.end[kept]
    joined = "\n".join([text[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)])
    return joined, (bounds_of(ends - starts + 1)[:-1], starts.astype(np.int64))


def on_page(here: NDArray[np.int64], page: NDArray[np.int64], start: int, end: int) -> tuple[int, int]:
    """Return where a stretch of joined paragraphs stands on their page, given where each starts here and there."""
    first = max(int(np.searchsorted(here, start, side="right")) - 1, 0)
    last = max(int(np.searchsorted(here, end, side="left")) - 1, 0)  # the end is half open: it belongs to what it ends
    return int(start - here[first] + page[first]), int(end - here[last] + page[last])
