"""The tree of a page, by Lexbor's HTML5 parser, kept from the inputs that would make it quadratic."""

from __future__ import annotations

import re

import numpy as np
from selectolax.lexbor import LexborHTMLParser, LexborNode

UNSEEN = [
    "script", "style", "noscript", "template", "svg", "math", "select", "datalist", "iframe", "object", "embed",
    "canvas", "audio", "video", "textarea", "head", "map", "noembed", "noframes", "frameset",
]  # fmt: skip

DEEPEST = 512  # as in browsers (Blink and WebKit): an element below it becomes a sibling, its text stays
MANY_TAGS = 10_000  # fewer cannot nest so deep that the parser's walks up its stack take more than 0.2 s
_LONG_TAG = 4_000  # characters; attributes are compared pairwise by the parser, so long tags are cut
MANY_OPTIONS = 1_000  # the parser walks over all options before each one; they are not shown anyway
_OPTION = re.compile(rb"<option\b[^>]*+>", re.I)
_TAG = re.compile(rb"<(/?)([a-zA-Z][^\s/>]*)")
_ATTRIBUTES = re.compile(
    rb"""<[a-zA-Z][^\s/>]*+(?:[\s/]*+[^\s"'>/=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?){0,64}"""
)
_RAW = frozenset(b"script style textarea title xmp noscript".split())  # their content is no markup
_CLOSED_BY_THE_NEXT = frozenset(
    b"p li td th tr dd dt option optgroup thead tbody tfoot html head body rp rt colgroup a button".split()
)
_EMPTY = frozenset(
    b"area base br col embed hr img input link meta param source track wbr frame keygen bgsound basefont".split()
)


def parse_tree(html: str) -> LexborHTMLParser:
    """Return the tree of a page; text under 200,000 nested elements or beside 50,000 attributes is in it too.

    >>> parse_tree("<p>one<p>two").body.text(separator="|")
    'one|two'
    """
    data = encoded(html)
    signs = np.frombuffer(data, dtype=np.uint8)
    tag = signs == ord("<")
    if np.count_nonzero(tag[:-1] & (signs[1:] == ord("o"))) > MANY_OPTIONS < data.count(b"<option"):
        data = _OPTION.sub(b" ", data)
    if np.count_nonzero(tag) > MANY_TAGS:
        data = _flatten(data)
    return LexborHTMLParser(data)


def body_of(tree: LexborHTMLParser) -> LexborNode | None:
    """Return the body of a page; None where a frameset has taken its place."""
    body = tree.body
    return body if body is not None and body.parent is not None else None


def encoded(html: str) -> bytes:
    """Return a page as UTF-8, its long tags cut; halves of pairs are put together, and no characters are left out."""
    try:
        data = html.encode("utf-8")
    except UnicodeEncodeError:
        data = html.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode("utf-8")
    return _cut_long_tags(data.replace(b"\0", b""))


def _cut_long_tags(data: bytes) -> bytes:
    """Return the page without the attributes after the 64th of a tag of over `_LONG_TAG` characters.

    Only what follows on the last "<" before a ">" can be such a tag: most of what is long between two ">" is a script.
    """
    parts, done, before = [], 0, -1
    while before + _LONG_TAG < len(data):
        near = data.rfind(b">", before + 1, before + 1 + _LONG_TAG)
        if near >= 0:
            before = near
            continue
        end = data.find(b">", before + 1 + _LONG_TAG)
        end = len(data) if end < 0 else end
        start = data.rfind(b"<", before + 1, end)
        tag = _ATTRIBUTES.match(data, start) if 0 <= start <= end - _LONG_TAG else None
        if tag is not None and end - tag.end() > 1:  # else no tag, or all of it was matched
            parts += [data[done : tag.end()], b">"]
            done = end + 1
        before = end
    return b"".join([*parts, data[done:]]) if parts else data


def _flatten(html: bytes) -> bytes:
    """Return the page with the tags of elements deeper than `DEEPEST` replaced by spaces; linear in its length."""
    parts, done, depth, at = [], 0, 0, 0
    while (at := html.find(b"<", at)) >= 0:
        if html.startswith(b"<!--", at):
            end = html.find(b"-->", at + 4)
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
            end = html.find(b"</" + tag[2], at)
            at = len(html) if end < 0 else end + 2
            continue
        depth = max(depth - 1, 0) if tag[1] else depth + 1
        if depth + (1 if tag[1] else 0) > DEEPEST:
            end = html.find(b">", at)
            parts.append(html[done : tag.start()] + b" ")
            done = at = len(html) if end < 0 else end + 1
    return b"".join([*parts, html[done:]])
