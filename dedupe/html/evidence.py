"""The evidence of each block: where it stands in the page, as columns of numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from ..compiling import compiled
from .links import TARGET_BIT, TARGETS
from .marks import MARK_BIT, MARKS, TAG_BIT, TAGS, WORD
from .said import SAID, said_by_head
from .vocabulary import KIND_BIT, KINDS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .blocks import Walk

UNDER = (
    "nav", "aside", "footer", "header", "figure", "main", "article", "form", "table", "ul", "ol", "li",
    "blockquote", "section", "details", "dialog", "address", "figcaption", "p",
)  # fmt: skip
SUMMED = ("out", "story", "policy", "offer")  # what a container's links are, as shares of its blocks
NUMBERS = (
    "link_density", "links", "link_first", "depth", "heading_distance",
    "parent_blocks", "parent_prose", "parent_link_density", "parent_mean_length",
    "above_blocks", "above_prose", "above_link_density", "above_mean_length",
    "alike_blocks", "alike_mean_length", "alike_link_density",
    "in_main", "below_main", "direct_in_main", "main_prose",
    "in_named", "named_prose", "with_headline_blocks", "with_headline_depth",
    *SAID,
    *(f"{group}_to_{target}" for group in ("parent", "above", "alike") for target in SUMMED),
    "group_parent", "group_above", "group_alike",
)  # fmt: skip  # the last three number containers of the page, so that findings about blocks can be summed over them
NUMBER = {name: place for place, name in enumerate(NUMBERS)}
LOGS = [
    NUMBER[name] for name in (
        "links", "parent_blocks", "parent_mean_length", "above_blocks", "above_mean_length", "alike_blocks",
        "alike_mean_length", "with_headline_blocks",
    )
]  # fmt: skip
MARKUP_FEATURES: tuple[str, ...] = (
    *(f"tag:{tag}" for tag in TAGS),
    *(f"mark:{mark}" for mark in MARKS),
    *(f"to:{target}" for target in TARGETS),
    *(f"in:{tag}" for tag in UNDER),
    *(f"near:{kind}" for kind in KINDS),
    *(f"far:{kind}" for kind in KINDS),
    *NUMBERS,
)
FIRST = {name.split(":")[0]: place for place, name in reversed(list(enumerate(MARKUP_FEATURES)))}  # column of a group

# Of the words of bits: all marks, what may say that an element is the article's text, headings.
MARK_MASK = np.uint64((1 << len(MARKS)) - 1)
BODY_KIND, BODY_MARK = np.uint64(KIND_BIT["body"]), np.uint64(MARK_BIT["itemprop_body"] >> WORD)
H1, HEADING = np.uint64(TAG_BIT["h1"]), np.uint64(sum(TAG_BIT[f"h{level}"] for level in range(1, 7)))
SUMMED_BITS = np.array([TARGET_BIT[name] << len(MARKS) for name in SUMMED], dtype=np.uint64)

MOST = 50_000  # blocks of a page that are measured, the rest has no evidence: an article has hundreds
PROSE = 80  # characters of a block, about 12 words: menus and teasers rarely reach it, sentences do
PROSE_LINKED = 0.33  # share of a block's characters in links from which it is no prose
NOT_PROSE_COST = 30  # what a block that is no prose costs a container, in characters: some three words


def measure(seen: Walk, head: dict[str, str]) -> NDArray[np.float32]:
    """Return the evidence, float32 of shape (blocks, len(MARKUP_FEATURES)).

    `head`: what the page's head and JSON-LD say, see `dedupe.html.head`; of it title, page_title, description, author
    and article_body are looked for in the blocks.
    """
    from .places import places_plain  # which takes its constants from here

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
