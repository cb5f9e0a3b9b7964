"""The visible text of a page as blocks, with where each stood: one walk over the tree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .marks import TARGET_MASK, look

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray
    from selectolax.lexbor import LexborNode

# What a node does to the text around it; what is not named, and up to _BREAK, divides it into blocks.
_BLOCK, _BREAK, _CELL, _INLINE, _SPACED, _NOTHING, _TEXT = range(7)
_DOES = {
    **dict.fromkeys((
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
        "ins", "kbd", "mark", "meter", "nobr", "output", "progress", "q", "rb", "rp", "rt", "ruby", "s", "samp",
        "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var",
    ), _INLINE),
    **dict.fromkeys(("button", "label", "picture"), _SPACED),  # drawn as boxes of their own, with space between
    **dict.fromkeys((
        "img", "input", "link", "meta", "wbr", "area", "base", "col", "param", "source", "track", "-comment", "-cdata",
        "-doctype",
    ), _NOTHING),
    "td": _CELL, "th": _CELL, "br": _BREAK, "hr": _BREAK, "-text": _TEXT,
}  # fmt: skip

_APART = (_CELL, _SPACED)


@dataclass(frozen=True, slots=True, eq=False)
class Walk:
    """What one walk saw. Block-level elements (and table cells) and blocks are numbered in document order.

    Of each element: `parent`, its number (int64, -1 at the top); `tags`, uint64 of shape (elements, 2), the bits of its
    tag and of its marks; `kinds`, uint64, the bits of the kinds that its names say; its `names`; `first_block` and
    `end_block`, int64, the numbers of the first block inside it and after it.

    Of each block: its `text`; the `element` it stands in (int64); `inline_tags` and `inline_kinds`, the bits of the
    inline elements around its text and of what its links are; characters `in_links`, `links`, whether it starts with
    one. `hidden_characters`: of text that is not drawn.
    """

    parent: NDArray[np.int64]
    tags: NDArray[np.uint64]
    kinds: NDArray[np.uint64]
    names: tuple[str, ...]
    first_block: NDArray[np.int64]
    end_block: NDArray[np.int64]
    text: tuple[str, ...]
    element: NDArray[np.int64]
    inline_tags: NDArray[np.uint64]
    inline_kinds: NDArray[np.uint64]
    in_links: NDArray[np.int64]
    links: NDArray[np.int64]
    link_first: NDArray[np.bool_]
    hidden_characters: int


def read_blocks(body: LexborNode, texts: Iterable[str], show_hidden: bool = False, own: str = "") -> Walk:
    """Return the blocks of visible text below `body` and the elements they stand in.

    `texts`: of its text nodes. `own`: the site's domain. One loop on purpose: a call for each node takes as long again.
    """
    elements: list[tuple[int, int, int, str, int]] = []
    blocks: list[tuple[str, int, int, int, int, int, bool]] = []
    # Of each node that is open: the innermost element, and the innermost that ends a block where it ends; bits and
    # kinds of the inline elements since then; whether it is in a link, and not drawn.
    top = body.parent
    nodes = {top.mem_id if top else 0: (-1, -1, 0, 0, False, False)}
    hidden_characters, ending, above = 0, -1, -1
    pieces: list[str] = []  # of the next block's text; the first is not blank
    bits = kinds = in_links = links = 0
    link_first = blank = False
    text_of = iter(texts)
    for node in body.traverse(include_text=True):
        parent = node.parent
        number = parent.mem_id if parent else 0
        if number != above:
            above = number
            element, ends, around, near, link, hide = nodes[above]
        tag = node.tag or ""
        does = _DOES.get(tag, _BLOCK)
        if (ends != ending or does <= _BREAK) and (pieces or blank):
            if pieces:
                stood = element if ends == ending else ending
                blocks.append((_plain(pieces), stood, bits, kinds, in_links, links, link_first))
                pieces = []
            blank, bits, kinds, in_links, links = False, 0, 0, 0, 0
        ending = ends
        if does == _TEXT:
            text = next(text_of)
            if hide:
                hidden_characters += len(text)
            elif text and not text.isspace():
                if not pieces:
                    link_first = link
                pieces.append(text)
                bits |= around
                kinds |= near
                in_links += len(text) if link else 0
            elif pieces:
                pieces.append(" ")
            else:
                blank = True
        elif does != _NOTHING and does != _BREAK:
            attributes = node.attributes
            said, named, names, hides = look(tag, attributes, own)
            hides = hide or (hides and not show_hidden)
            if does in _APART:
                blank = True
                if pieces:
                    pieces.append(" ")
            if does >= _INLINE:
                links += tag == "a"
                nodes[node.mem_id] = (element, ends, around | said, near | named, link or tag == "a", hides)
            else:
                number = len(elements)
                elements.append((element, said, named, names, len(blocks)))
                nodes[node.mem_id] = (number, ends if does == _CELL else number, around & TARGET_MASK, 0, link, hides)
    if pieces:
        blocks.append((_plain(pieces), ending, bits, kinds, in_links, links, link_first))
    return _columns(elements, blocks, hidden_characters)


def _plain(pieces: list[str]) -> str:
    return " ".join("".join(pieces).split())


def _columns(
    elements: list[tuple[int, int, int, str, int]],
    blocks: list[tuple[str, int, int, int, int, int, bool]],
    hidden_characters: int,
) -> Walk:
    parent, tags, kinds, names, first_block = zip(*elements, strict=True)  # there is one at least, the page's body
    text, element, bits, near, in_links, links, link_first = zip(*blocks, strict=True) if blocks else ((),) * 7
    within = np.bincount(np.array(element, dtype=np.int64), minlength=len(elements)).tolist()
    for number in range(len(elements) - 1, 0, -1):
        within[parent[number]] += within[number]
    first = np.array(first_block, dtype=np.int64)
    return Walk(
        parent=np.array(parent, dtype=np.int64),
        tags=_words(tags),
        kinds=np.array(kinds, dtype=np.uint64),
        names=names,
        first_block=first,
        end_block=first + np.array(within, dtype=np.int64),
        text=text,
        element=np.array(element, dtype=np.int64),
        inline_tags=_words(bits),
        inline_kinds=np.array(near, dtype=np.uint64),
        in_links=np.array(in_links, dtype=np.int64),
        links=np.array(links, dtype=np.int64),
        link_first=np.array(link_first, dtype=np.bool_),
        hidden_characters=hidden_characters,
    )


def _words(bits: Sequence[int]) -> NDArray[np.uint64]:
    """Return bits as two words of 64 each, uint64 of shape (n, 2)."""
    return np.frombuffer(b"".join([value.to_bytes(16, "little") for value in bits]), dtype="<u8").reshape(-1, 2)
