"""What an element says of the text inside: by its tag and its attributes, as bits."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape

from .links import TARGETS, targets
from .vocabulary import kinds_of

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
TAG_PLACE = {tag: bit.bit_length() - 1 for tag, bit in TAG_BIT.items()}
WORD = 64  # bits of the marks start at the second word of 64 bits, those of the targets of links follow
MARK_BIT = {mark: 1 << place for place, mark in enumerate(MARKS, WORD)}
_TARGETS_FROM = WORD + len(MARKS)
TARGET_MASK = ((1 << len(TARGETS)) - 1) << _TARGETS_FROM
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
_ITEMPROP_BIT = {name: MARK_BIT[mark] for name, mark in _ITEMPROPS.items()}
_ROLE_BIT = {role: MARK_BIT[mark] for role, mark in _ROLES.items()}
_WRITTEN = re.compile(r' ([^ =]+)="([^"]*)"')
_TELLING = frozenset(("role", "itemprop", "aria-hidden", "rel", "hidden", "style"))  # what others do not say


def look(tag: str, attributes: dict[str, str | None], own: str) -> tuple[int, int, str, bool]:
    """Return (bits of tag, marks and targets, bits of kinds, names, whether it is not drawn) of an element.

    `own`: the site's domain.

    >>> bits, kinds, names, hides = look("a", {"class": "byline", "href": "/author/ann", "rel": "author"}, "")
    >>> bits == TAG_BIT["a"] | MARK_BIT["rel_author"] | targets("/author/ann", "author", "") << _TARGETS_FROM
    True
    >>> kinds == kinds_of("byline"), names, hides
    (True, 'byline', False)
    """
    if not attributes:
        return TAG_BIT.get(tag, 0), 0, "", False
    names = attributes.get("class") or ""
    if "id" in attributes:
        names = f"{names} {attributes['id'] or ''}"
    bits, hides = TAG_BIT.get(tag, 0), False
    if not _TELLING.isdisjoint(attributes):
        bits |= _marks(tag, attributes)
        hides = hidden(attributes)
    if tag == "a":
        bits |= targets(attributes.get("href") or "", attributes.get("rel") or "", own) << _TARGETS_FROM
    return bits, kinds_of(names), names, hides


@lru_cache(maxsize=65536)
def marks_of(written: str) -> tuple[int, bool]:
    """Return (bits of marks from the second word on, whether it is not drawn) of an element's telling attributes.

    `written`: as the kernel writes them, `rel` of a link only.

    >>> marks_of(' rel="tag" hidden=""') == (MARK_BIT["rel_tag"] >> WORD, True)
    True
    """
    attributes: dict[str, str | None] = {name: unescape(value) for name, value in _WRITTEN.findall(written)}
    return _marks("a", attributes) >> WORD, hidden(attributes)


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
    bits = _ROLE_BIT.get(attributes.get("role") or "", 0)
    itemprop = attributes.get("itemprop")
    if itemprop:
        for name in itemprop.lower().split():
            bits |= _ITEMPROP_BIT.get(name, 0)
    if attributes.get("aria-hidden") == "true":
        bits |= MARK_BIT["aria_hidden"]
    rel = attributes.get("rel")
    if rel and tag == "a":
        if "author" in rel:
            bits |= MARK_BIT["rel_author"]
        if "tag" in rel:
            bits |= MARK_BIT["rel_tag"]
    return bits
