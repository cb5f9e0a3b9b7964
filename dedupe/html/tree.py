"""The tree of a page, by Lexbor's HTML5 parser, kept from the inputs that would make it quadratic."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np
from selectolax.lexbor import LexborHTMLParser

if TYPE_CHECKING:
    from numpy.typing import NDArray

UNSEEN = [
    "script", "style", "noscript", "template", "svg", "math", "select", "datalist", "iframe", "object", "embed",
    "canvas", "audio", "video", "textarea", "head", "map", "noembed", "noframes", "frameset",
]  # fmt: skip

_DEEPEST = 512  # as in browsers (Blink and WebKit): an element below it becomes a sibling, its text stays
_MANY_TAGS = 10_000  # fewer cannot nest so deep that the parser's walks up its stack take more than 0.2 s
_LONG_TAG = 4_000  # characters; attributes are compared pairwise by the parser, so long tags are cut
_MANY_OPTIONS = 1_000  # the parser walks over all options before each one; they are not shown anyway
_OPTION = re.compile(r"<option\b[^>]*+>", re.I)
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
_ATTRIBUTES = re.compile(
    r"""<[a-zA-Z][^\s/>]*+(?:[\s/]*+[^\s"'>/=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?){0,64}"""
)
_RAW = {"script", "style", "textarea", "title", "xmp", "noscript"}  # their content is no markup
_CLOSED_BY_THE_NEXT = {
    "p", "li", "td", "th", "tr", "dd", "dt", "option", "optgroup", "thead", "tbody", "tfoot", "html", "head", "body",
    "rp", "rt", "colgroup", "a", "button",
}  # fmt: skip
_EMPTY = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    "frame", "keygen", "bgsound", "basefont",
}  # fmt: skip


def parse_tree(html: str) -> LexborHTMLParser:
    """Return the tree of a page; text under 200,000 nested elements or beside 50,000 attributes is in it too.

    >>> parse_tree("<p>one<p>two").body.text(separator="|")
    'one|two'
    """
    whole, data = html, html.encode("utf-8", "ignore")
    signs = np.frombuffer(data, dtype=np.uint8)
    opening, closing = np.flatnonzero(signs == ord("<")), np.flatnonzero(signs == ord(">"))
    if _may_be_long(opening, np.append(closing, len(signs))):
        html = _cut_long_tags(html)
    if len(opening) > _MANY_OPTIONS and html.count("<option") > _MANY_OPTIONS:
        html = _OPTION.sub(" ", html)
    if len(opening) > _MANY_TAGS and html.count("<") > _MANY_TAGS:
        html = _flatten(html)
    return LexborHTMLParser(data if html is whole else html)


def _may_be_long(opening: NDArray[np.int64], closing: NDArray[np.int64]) -> bool:
    """Return whether a tag may be of over `_LONG_TAG` characters, given where in the page's bytes "<" and ">" stand.

    Only what follows on the last "<" before a ">" can be one: most of what is long between two ">" is a script.
    """
    long = np.flatnonzero(np.diff(closing, prepend=-1) > _LONG_TAG)
    last = np.append(-1, opening)[np.searchsorted(opening, closing[long])]
    inside = last > np.append(-1, closing)[long]
    return bool((inside & (closing[long] - last >= _LONG_TAG)).any())


def _cut_long_tags(html: str) -> str:
    """Return the page without the attributes after the 64th of a tag of over `_LONG_TAG` characters."""
    lengths = [len(piece) for piece in html.split(">")]
    ends = list(accumulate(lengths, lambda end, length: end + length + 1, initial=0))[1:]
    parts, done = [], 0
    for place in [place for place, length in enumerate(lengths) if length >= _LONG_TAG]:
        end = ends[place]
        start = end - lengths[place] - 1
        if start < done:
            continue
        opening = html.rfind("<", start, end)  # the last: what stands before it may be the text of a script
        tag = _ATTRIBUTES.match(html, opening) if opening >= 0 and end - opening >= _LONG_TAG else None
        if tag is None or end - 1 - tag.end() < 2:  # no tag, or all of it was matched
            continue
        parts += [html[done : tag.end()], ">"]
        done = end
    return "".join([*parts, html[done:]])


def _flatten(html: str) -> str:
    """Return the page with the tags of elements deeper than `_DEEPEST` replaced by spaces; linear in its length."""
    parts, done, depth, at = [], 0, 0, 0
    while (at := html.find("<", at)) >= 0:
        if html.startswith("<!--", at):
            end = html.find("-->", at + 4)
            at = len(html) if end < 0 else end
            continue
        tag = _TAG.match(html, at)
        if tag is None:
            at += 1
            continue
        at = tag.end()
        name = tag[2].lower()
        if name in _EMPTY or name in _CLOSED_BY_THE_NEXT:
            continue
        if name in _RAW and not tag[1]:
            end = html.find("</" + tag[2], at)
            at = len(html) if end < 0 else end + 2
            continue
        depth = max(depth - 1, 0) if tag[1] else depth + 1
        if depth + (1 if tag[1] else 0) > _DEEPEST:
            end = html.find(">", at)
            parts.append(html[done : tag.start()] + " ")
            done = at = len(html) if end < 0 else end + 1
    return "".join([*parts, html[done:]])
