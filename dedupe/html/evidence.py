"""The evidence of each block: where it stands in the page, as columns of numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from ..compiling import compiled
from .columns import LOGS, MARKUP_FEATURES, NUMBER, NUMBERS
from .places import places_plain
from .said import SAID, said_by_head

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .blocks import Walk

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
        places = places_compiled if compiled(0, __package__) else places_plain
        places(seen, *lengths(seen), out, numbers)
        numbers[:, LOGS] = np.log1p(numbers[:, LOGS])
        out[:, -len(NUMBERS) :] = numbers
    return out


def _start_of(seen: Walk, count: int) -> Walk:
    """Return the first blocks of a walk, with all its elements."""
    blocks = (
        "text", "element", "size", "octets", "inline_tags", "inline_marks", "inline_kinds", "in_links", "links",
        "link_first",
    )  # fmt: skip
    return replace(
        seen,
        first_block=np.minimum(seen.first_block, count),
        end_block=np.minimum(seen.end_block, count),
        **{name: getattr(seen, name)[:count] for name in blocks},
    )


def places_compiled(
    seen: Walk,
    plain: NDArray[np.float64],
    length: NDArray[np.float64],
    out: NDArray[np.float32],
    numbers: NDArray[np.float64],
) -> None:
    """Do what `places.places_plain` does. Needs numba."""
    from . import kernel

    kernel.places(
        seen.parent, seen.tags, seen.marks, seen.kinds, seen.names, seen.first_block, seen.end_block, seen.element,
        seen.inline_tags, seen.inline_marks, seen.inline_kinds, seen.in_links, seen.links, seen.link_first,
        plain, length, out, numbers,
    )  # fmt: skip


def lengths(seen: Walk) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return how long each block is, in characters and in those of an alphabet, where a Han or kana sign counts 2.5."""
    plain = seen.size.astype(np.float64)
    # Three bytes each: a script without spaces, not Cyrillic or Greek.
    return plain, np.where(seen.octets > 2.4 * plain, 2.5 * plain, plain)
