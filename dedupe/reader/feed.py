"""News as XML: the items of a feed (RSS, Atom), and articles as agencies send them (NITF, NewsML)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape
from typing import Any, BinaryIO
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

from ..errors import InputError
from ..model import Skipped
from .decode import decode
from .record import Record, from_fields
from .stream import LIMIT, TOO_LONG

ITEMS = {"item", "entry", "nitf", "NewsItem", "newsItem"}  # an article each
_FLAT = {"item", "entry"}  # whose own fields are what they hold directly
_ASIDE = ("search.yahoo.com/mrss", "itunes.com")  # namespaces of pictures and sound, with titles of their own
_CDATA = "<![CDATA["  # up to "]]>", nothing is markup
_NAMED = re.compile(r"&(?!#|(?:amp|lt|gt|quot|apos);)(\w{2,31};)?")  # what HTML knows and XML does not, or a bare "&"
_CONTROLS = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_DEEPEST = 200  # elements inside each other: pages have 30
_PART = 1 << 16  # characters that are parsed at a time
# Where each of our fields stands, the best first; "@" is an attribute. What holds markup is told apart below.
_PLACES = {
    "id": ("guid", "id", "newsItem@guid", "NewsItemId", "doc-id@id-string"),
    "title": ("hl1", "HeadLine", "headline", "title"),
    "url": ("origLink", "link"),
    "source": ("source", "creditline", "doc.copyright@holder"),
    "published": (
        "pubDate", "published", "date", "issued", "updated", "contentCreated", "firstCreated", "date.issue@norm",
        "FirstCreated", "versionCreated",
    ),
    "author": ("creator", "author", "byline", "ByLine"),
}  # fmt: skip
_BODIES = ("encoded", "content", "body.content", "inlineXML", "DataContent", "inlineData", "description", "summary")


def read_feed(stream: BinaryIO, path: str, id: str) -> Iterator[Record | Skipped]:
    """Yield the articles of a feed; one without an id of its own is called by its number."""
    content = stream.read(LIMIT + 1)
    if len(content) > LIMIT:
        raise InputError(TOO_LONG)
    text = decode(content, markup=True)
    if "<!ENTITY" in text:
        raise InputError("declares entities, which no feed needs; nothing of it was read")
    number = 0
    for element in _items(_mended(text)):
        number += 1
        yield _record(element, f"{path}#{number}", f"{id}#{number}")
    if not number:
        yield Skipped(path, "a feed without articles", failed=False)


def _mended(text: str) -> str:
    """Return XML without what feeds hold that is none: entities of HTML, bare ampersands, control characters.

    >>> _mended("<a>R&D&nbsp;rose &amp; fell <![CDATA[R&D]]></a>")
    '<a>R&amp;D\\xa0rose &amp; fell <![CDATA[R&D]]></a>'
    """
    first, *others = _CONTROLS.sub("", text).split(_CDATA)
    parts = [_NAMED.sub(_plainly, first)]
    for other in others:
        inside, end, outside = other.partition("]]>")
        parts += [_CDATA, inside, end, _NAMED.sub(_plainly, outside)]
    return "".join(parts)


def _plainly(found: re.Match[str]) -> str:
    known = unescape(found[0])
    return escape(known, quote=False) if known != found[0] else f"&amp;{found[0][1:]}"


def _items(text: str) -> Iterator[Element]:
    """Yield the elements that are an article each; what comes before a fault is kept."""
    parser: Any = XMLPullParser(("start", "end"))
    inside = depth = 0
    try:
        for at in range(0, len(text), _PART):
            parser.feed(text[at : at + _PART])
            for event, element in parser.read_events():
                opened = 1 if event == "start" else -1
                depth += opened
                inside += opened * (_local(element) in ITEMS)
                if depth > _DEEPEST:
                    raise InputError("nested too deeply; the rest was not read")
                if event == "end" and not inside and _local(element) in ITEMS:
                    yield element
                    element.clear()
        parser.close()
    except ParseError as error:
        raise InputError(f"not XML that can be read ({error}); what comes after was not read") from error


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _record(item: Element, path: str, id: str) -> Record | Skipped:
    held: dict[str, list[Element]] = {}
    for element in item if _local(item) in _FLAT else item.iter():
        if not any(name in element.tag for name in _ASIDE):
            held.setdefault(_local(element), []).append(element)
    said = {name: _first(held, places) for name, places in _PLACES.items()}
    url = said["url"] or _linked(held.get("link", []))
    page = next((page for name in _BODIES for element in held.get(name, []) if (page := _page(element))), None)
    text, html = (None, page) if page and "<" in page else (unescape(page or "") or None, None)
    return from_fields({**said, "url": url, "text": text, "html": html}, said["id"] or url, path, id)


def _first(held: dict[str, list[Element]], places: tuple[str, ...]) -> str:
    """Return the text of the first of some elements or attributes that says something."""
    for place in places:
        name, _, attribute = place.partition("@")
        for element in held.get(name, []):
            if text := element.get(attribute, "") if attribute else _said(element):
                return unescape(text)
    return ""


def _said(element: Element) -> str:
    """Return the text of an element, of an author or a source its name, of a byline those of its persons."""
    persons = [child for child in element if _local(child) == "person"]
    named = persons or [next((child for child in element if _local(child) in ("name", "title")), element)]
    return ", ".join(" ".join("".join(part.itertext()).split()) for part in named)


def _linked(links: list[Element]) -> str:
    """Return the address of an entry of Atom's among its links."""
    return next((link.get("href", "") for link in links if link.get("rel", "alternate") == "alternate"), "")


def _page(element: Element) -> str:
    """Return what an element holds: its text, which may be markup of HTML, or its own markup as HTML."""
    if len(element):
        return _markup(element)
    return (element.text or "").strip()


def _markup(element: Element) -> str:
    """Return the inner markup of an element, without namespaces or attributes."""
    parts = [escape(element.text or "")]
    for child in element:
        name = _local(child)
        parts.append(f"<{name}>{_markup(child)}</{name}>{escape(child.tail or '')}")
    return "".join(parts)
