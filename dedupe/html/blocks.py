"""The visible text of a page as blocks, with where each stood: one walk over the tree."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .links import TARGETS, targets
from .vocabulary import kinds_of

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "button", "cite", "code", "data", "del", "dfn", "em",
    "font", "i", "img", "input", "ins", "kbd", "label", "mark", "meter", "nobr", "output", "picture",
    "progress", "q", "rb", "rp", "rt", "ruby", "s", "samp", "small", "source", "span", "strike", "strong",
    "sub", "sup", "time", "tt", "u", "var", "wbr",
))  # fmt: skip
SPACED = frozenset(("button", "label", "input", "img", "picture"))  # drawn as boxes of their own, with space between
EMPTY = frozenset((
    "br", "hr", "img", "input", "link", "meta", "wbr", "area", "base", "col", "param", "source", "track",
    "-comment", "-cdata", "-doctype",
))  # fmt: skip
TAGS = (
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "tr", "figcaption", "blockquote", "div", "section",
    "article", "main", "header", "footer", "nav", "aside", "figure", "form", "ul", "ol", "dl", "dd", "dt",
    "table", "a", "button", "label", "legend", "time", "address", "pre", "strong", "em", "span", "summary",
    "details", "dialog", "caption", "cite", "center", "td",
)  # fmt: skip
TAG_BIT = {tag: 1 << place for place, tag in enumerate(TAGS)}
TAG_BIT.update({"b": TAG_BIT["strong"], "i": TAG_BIT["em"], "th": TAG_BIT["td"], "menu": TAG_BIT["ul"]})
MARKS = (
    "itemprop_body", "itemprop_headline", "itemprop_author", "itemprop_date", "itemprop_caption", "rel_author",
    "rel_tag", "role_navigation", "role_banner", "role_contentinfo", "role_complementary", "role_main",
    "role_article", "role_search", "role_dialog", "role_button", "role_list", "aria_hidden",
)  # fmt: skip
_SHIFT = len(TAGS)
MARK_BIT = {mark: 1 << (place + _SHIFT) for place, mark in enumerate(MARKS)}
TO_SHIFT = _SHIFT + len(MARKS)  # what a block's links are comes after the marks
TO_MASK = ((1 << len(TARGETS)) - 1) << TO_SHIFT
_ITEMPROPS = {
    "articlebody": "itemprop_body", "text": "itemprop_body", "headline": "itemprop_headline",
    "name": "itemprop_author", "author": "itemprop_author", "creator": "itemprop_author",
    "datepublished": "itemprop_date", "datemodified": "itemprop_date", "caption": "itemprop_caption",
}  # fmt: skip
_ROLES = {
    "navigation": "role_navigation", "menu": "role_navigation", "menubar": "role_navigation",
    "menuitem": "role_navigation", "banner": "role_banner", "contentinfo": "role_contentinfo",
    "complementary": "role_complementary", "main": "role_main", "article": "role_article", "search": "role_search",
    "dialog": "role_dialog", "alertdialog": "role_dialog", "button": "role_button", "tab": "role_button",
    "list": "role_list", "listitem": "role_list",
}  # fmt: skip


@dataclass(slots=True)
class Walk:
    """What one walk saw. Block-level elements (and table cells) and blocks are numbered in document order.

    Of each element: its parent's number (-1 at the top), bits of its tag and marks, bits of the kinds that its
    names say, the names, and the numbers of the first block inside it and after it. Of each block: its text, the
    element it stands in, bits of the inline elements around its text and of what its links are, characters inside
    links, links, whether it starts with one.
    """

    parent: list[int] = field(default_factory=list)
    tags: list[int] = field(default_factory=list)
    kinds: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    first_block: list[int] = field(default_factory=list)
    end_block: list[int] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    element: list[int] = field(default_factory=list)
    inline_tags: list[int] = field(default_factory=list)
    inline_kinds: list[int] = field(default_factory=list)
    in_links: list[int] = field(default_factory=list)
    links: list[int] = field(default_factory=list)
    link_first: list[int] = field(default_factory=list)
    hidden_characters: int = 0

    def open(self, parent: int, tags: int, kinds: int, names: str) -> int:
        """Return the number of a new element, whose first block is the next one."""
        self.parent.append(parent)
        self.tags.append(tags)
        self.kinds.append(kinds)
        self.names.append(names)
        self.first_block.append(len(self.text))
        self.end_block.append(len(self.text))
        return len(self.parent) - 1

    def flush(
        self, pieces: list[str], element: int, tags: int, kinds: int, in_links: int, links: int, link_first: int
    ) -> None:
        """Make a block of the pieces of text read since the last one, unless they are blank."""
        text = " ".join("".join(pieces).split())
        pieces.clear()
        if text:
            self.text.append(text)
            self.element.append(element)
            self.inline_tags.append(tags)
            self.inline_kinds.append(kinds)
            self.in_links.append(in_links)
            self.links.append(links)
            self.link_first.append(link_first)


def hidden(attributes: dict[str, str | None]) -> bool:
    """Return whether an element with these attributes is not drawn.

    `aria-hidden` is not asked: it hides from screen readers what everybody else sees, pull quotes for one.
    """
    if "hidden" in attributes and attributes["hidden"] != "until-found":
        return True
    style = attributes.get("style")
    if style and ("none" in style or "hidden" in style):
        flat = style.replace(" ", "").lower()
        return "display:none" in flat or "visibility:hidden" in flat
    return False


def _marks(tag: str, attributes: dict[str, str | None]) -> int:
    bits = TAG_BIT.get(tag, 0)
    role = attributes.get("role")
    if role:
        bits |= MARK_BIT.get(_ROLES.get(role, ""), 0)
    itemprop = attributes.get("itemprop")
    if itemprop:
        for name in itemprop.lower().split():
            bits |= MARK_BIT.get(_ITEMPROPS.get(name, ""), 0)
    if attributes.get("aria-hidden") == "true":
        bits |= MARK_BIT["aria_hidden"]
    rel = attributes.get("rel")
    if rel and tag == "a":
        if "author" in rel:
            bits |= MARK_BIT["rel_author"]
        if "tag" in rel:
            bits |= MARK_BIT["rel_tag"]
    return bits


def read_blocks(body: LexborNode, show_hidden: bool = False, own: str = "") -> Walk:
    """Return the blocks of visible text below `body` and the elements they stand in; `own`: the site's domain.

    One loop on purpose: a call for each node would double its time.
    """
    seen = Walk()
    blocks = seen.text
    # of each open node: id, number of the innermost element that is kept, whether it ends a block, tags and kinds
    # of the inline elements since then, whether inside a link, whether hidden
    stack: list[tuple[int, int, bool, int, int, bool, bool]] = [(body.mem_id, -1, True, 0, 0, False, False)]
    pieces: list[str] = []
    tags = kinds = in_links = links = link_first = 0
    top = stack[0]
    for node in body.traverse(include_text=True):
        above = node.parent
        above_id = above.mem_id if above is not None else 0
        while top[0] != above_id and len(stack) > 1:
            stack.pop()
            if top[2] and pieces:
                seen.flush(pieces, top[1], tags, kinds, in_links, links, link_first)
                tags = kinds = in_links = links = link_first = 0
            if top[2] or top[1] != stack[-1][1]:
                seen.end_block[top[1]] = len(blocks)
            top = stack[-1]
        tag = node.tag or ""
        if tag == "-text":
            text = node.text_content
            if not text or top[6]:
                seen.hidden_characters += len(text) if text and top[6] else 0
                continue
            pieces.append(text)
            if not text.isspace():
                tags |= top[3]
                kinds |= top[4]
                if top[5]:
                    if not in_links and not "".join(pieces[:-1]).strip():
                        link_first = 1
                    in_links += len(text)
            continue
        if tag in EMPTY:
            if (tag == "br" or tag == "hr") and pieces:
                seen.flush(pieces, top[1], tags, kinds, in_links, links, link_first)
                tags = kinds = in_links = links = link_first = 0
            continue
        attributes = node.attributes
        bits, named, hide = 0, 0, top[6]
        names = ""
        if attributes:
            names = attributes.get("class") or ""
            if "id" in attributes:
                names = f"{names} {attributes['id']}"
            named = kinds_of(names)
            bits = _marks(tag, attributes)
            hide = hide or (not show_hidden and hidden(attributes))
        else:
            bits = TAG_BIT.get(tag, 0)
        if tag in INLINE:
            link = top[5] or tag == "a"
            if tag == "a":
                links += 1
                if attributes:
                    address, rel = attributes.get("href") or "", attributes.get("rel") or ""
                    bits |= targets(address, rel, own) << TO_SHIFT
            if tag in SPACED:
                pieces.append(" ")
            top = (node.mem_id, top[1], False, top[3] | bits, top[4] | named, link, hide)
        else:
            cell = tag == "td" or tag == "th"
            if pieces and not cell:
                seen.flush(pieces, top[1], tags, kinds, in_links, links, link_first)
                tags = kinds = in_links = links = link_first = 0
            elif cell:
                pieces.append("\t")
            element = seen.open(top[1], bits, named, names)
            top = (node.mem_id, element, not cell, top[3] & TO_MASK, 0, top[5], hide)
        stack.append(top)
    while len(stack) > 1:
        top = stack.pop()
        if top[2] and pieces:
            seen.flush(pieces, top[1], tags, kinds, in_links, links, link_first)
            tags = kinds = in_links = links = link_first = 0
        if top[2] or top[1] != stack[-1][1]:
            seen.end_block[top[1]] = len(blocks)
    if pieces:
        seen.flush(pieces, -1, tags, kinds, in_links, links, link_first)
    return seen
