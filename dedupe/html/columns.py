"""The columns of the evidence of a block: their names, and what they count as prose, a heading, an article's text."""

from __future__ import annotations

import numpy as np

from .links import TARGET_BIT, TARGETS
from .marks import MARK_BIT, MARKS, TAG_BIT, TAGS, WORD
from .said import SAID
from .vocabulary import KIND_BIT, KINDS

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

PROSE = 80  # characters of a block, about 12 words: menus and teasers rarely reach it, sentences do
PROSE_LINKED = 0.33  # share of a block's characters in links from which it is no prose
NOT_PROSE_COST = 30  # what a block that is no prose costs a container, in characters: some three words
