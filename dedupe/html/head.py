"""What a page says of itself: meta tags, OpenGraph, Dublin Core, microdata, links and JSON-LD."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from selectolax.lexbor import LexborNode

from ..model import host_of
from .whose import based_on, listed, whose

Said = tuple[str | None, Mapping[str, str | None], Callable[[], str]]  # a node's tag, its attributes, its text

# Selector of the elements that `read_head` is given.
SAYING = (
    'meta, title, [itemprop], link[rel*="canonical" i], link[rel*="-source" i], script[type*="ld+json" i]'
)  # fmt: skip
# Names of meta tags, without the hyphens and underscores that some sites put into them.
_TITLE = ("og:title", "twitter:title", "dc.title", "dcterms.title", "sailthru.title", "parselytitle", "headline")
_AUTHOR = (
    "author", "article:authorname", "byl", "parselyauthor", "sailthru.author", "dc.creator",
    "dcterms.creator", "dc.contributor", "article:author", "og:article:author", "cxenseparse:author", "authors",
    "twitter:data1:author",
)  # fmt: skip
_PUBLISHED = (
    "article:publishedtime", "og:article:publishedtime", "datepublished", "date", "pubdate", "publishdate",
    "publicationdate", "dc.date.issued", "dcterms.created", "dc.date.created", "dcterms.date",
    "dc.date", "sailthru.date", "parselypubdate", "cxenseparse:recs:publishtime", "article.published",
    "publishedtime", "originalpublicationdate", "articledateoriginal", "og:pubdate", "publisheddate",
    "article:publisheddate", "releasedate", "lastmodified", "article:modifiedtime",
)  # fmt: skip
_OUTLET = (
    "og:sitename", "applicationname", "publisher", "dc.publisher", "dcterms.publisher", "al:android:appname",
    "twitter:site",
)  # fmt: skip
_DESCRIPTION = ("og:description", "description", "twitter:description", "dc.description")
_SYNDICATION = ("syndicationsource", "originalsource", "dcterms.source", "dc.source", "article:origin", "og:source")
_LANGUAGE = ("og:locale", "contentlanguage", "dc.language", "language")
ASKED = {*_TITLE, *_AUTHOR, *_PUBLISHED, *_OUTLET, *_DESCRIPTION, *_SYNDICATION, *_LANGUAGE, "og:url"}
_ARTICLE_TYPES = ("article", "posting", "report", "review", "webpage", "video")
_LONGEST_JSON = 2_000_000  # characters of one JSON-LD script; a page's own data is a thousandth of it
_DEEPEST_JSON = 12


def read_head(
    said: Sequence[Said], nodes: Callable[[], Sequence[LexborNode]], language: str, url: str
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return what a page says of itself, by name, and its syndication tags as written.

    `said`: its elements SAYING so, in order. `nodes`: returns those of them that name an itemprop. `language`: of its
    root. Names: title, page_title, description, author (several: joined by ", "), published (as written), source (the
    outlet), canonical (only where it is not `url`), language, article_body. What is not said is not there.
    """
    metas, links = _metas(said), _links(said)
    items = _articles(said)
    article = _json_ld(items)
    page_title = next((_plain(text()) for tag, _, text in said if tag == "title"), "")
    found = {
        "title": article.get("title") or _first(metas, _TITLE),
        "page_title": page_title,
        "description": _first(metas, _DESCRIPTION) or article.get("description", ""),
        "author": article.get("author") or _first(metas, _AUTHOR, _is_name),
        "published": article.get("published") or _first(metas, _PUBLISHED),
        "source": outlet_name(_first(metas, _OUTLET[:1]) or article.get("source", "") or _first(metas, _OUTLET[1:])),
        "canonical": "",
        "language": language.strip() or _first(metas, _LANGUAGE),
        "article_body": article.get("article_body", ""),
    }
    outlets = (found["source"], article.get("source", ""), *(metas.get(name, "") for name in _OUTLET))
    if found["author"].casefold() in map(str.casefold, outlets):
        found["author"] = ""  # the outlet signs its pages itself
    for name, property in (("author", "author"), ("published", "datePublished"), ("title", "headline")):
        if not found[name]:
            found[name] = _microdata(said, nodes, property)
    found["canonical"], other = whose(url, links.get("canonical", []), metas.get("og:url", ""), found["source"])
    syndication = [metas[name] for name in _SYNDICATION if metas.get(name)]
    syndication += links.get("syndication-source", []) + links.get("original-source", []) + other
    syndication += (part for item in items for part in based_on(item, outlets))
    return {name: value for name, value in found.items() if value}, tuple(dict.fromkeys(syndication))


def _metas(said: Iterable[Said]) -> dict[str, str]:
    """Return the meta tags ASKED for, the first of each name, which is without hyphens and underscores."""
    metas: dict[str, str] = {}
    for tag, attributes, _ in said:
        if tag == "meta" and (content := attributes.get("content")):
            for key in ("property", "name", "itemprop", "http-equiv"):
                if name := attributes.get(key):
                    name = name.strip().lower().replace("-", "").replace("_", "")
                    if name in ASKED and name not in metas and (value := _plain(content)):
                        metas[name] = value
    return metas


def _links(said: Iterable[Said]) -> dict[str, list[str]]:
    """Return the addresses of the links by rel."""
    links: dict[str, list[str]] = {}
    for tag, attributes, _ in said:
        if tag == "link":
            for rel in (attributes.get("rel") or "").lower().split():
                links.setdefault(rel, []).append((attributes.get("href") or "").strip())
    return links


def _first(metas: dict[str, str], names: tuple[str, ...], accept: Any = bool) -> str:
    return next((metas[name] for name in names if name in metas and accept(metas[name])), "")


def outlet_name(value: str) -> str:
    """Return the outlet of what a page gives as the name of its site: no address, no handle's sign, no slogan.

    >>> outlet_name("Lake Observer | News"), outlet_name("https://www.observer.example/"), outlet_name("@star")
    ('Lake Observer', 'observer.example', 'star')
    """
    if value.startswith(("http:", "https:", "//")):
        return host_of(value)
    return next(filter(None, map(str.strip, value.split("|"))), "").removeprefix("@")


def _is_name(value: str) -> bool:
    return not value.startswith(("http:", "https:", "//", "@")) and len(value) <= 200


def _microdata(said: Iterable[Said], nodes: Callable[[], Sequence[LexborNode]], name: str) -> str:
    holding = [attributes for _, attributes, _ in said if attributes.get("itemprop")]
    named = (place for place, attributes in enumerate(holding) if name in (attributes["itemprop"] or "").split())
    for place in islice(named, 8):
        value = holding[place].get("content") or holding[place].get("datetime")
        if not value:
            node = nodes()[place]
            if name == "author":
                inner = node.css_first('[itemprop~="name"]') or node
                value = inner.attributes.get("content") or inner.text()
        value = _plain(value or node.text())
        if 0 < len(value) <= 300:
            return value
    return ""


def _articles(said: Iterable[Said]) -> list[dict[str, Any]]:
    """Return the items of the page's JSON-LD that are an article or a page, in order."""
    scripts = [text for tag, known, text in said if tag == "script" and "ld+json" in (known.get("type") or "")]
    return [item for text in scripts for item in _items(_loads(text()), 0) if _worth(item)]


def _worth(item: dict[str, Any]) -> int:
    """Return how surely an item is the page's article, 0 for none."""
    kinds = " ".join(kind for kind in listed(item.get("@type")) if isinstance(kind, str)).lower()
    return next((len(_ARTICLE_TYPES) - i for i, kind in enumerate(_ARTICLE_TYPES) if kind in kinds), 0)


def _json_ld(items: Sequence[dict[str, Any]]) -> dict[str, str]:
    """Return title, author, published, source, description and article_body of the page's JSON-LD article."""
    best: dict[str, str] = {}
    rank = 0
    for item in items:
        if (worth := _worth(item)) > rank:
            best, rank = {**best, **_article(item)}, worth
        else:
            best = {**_article(item), **best}
    return best


def _loads(text: str) -> Any:
    text = text.strip()
    if not text or len(text) > _LONGEST_JSON or text.count("[") + text.count("{") > 50_000:
        return None
    for tidy in (str, _tidied):
        try:
            return json.loads(tidy(text), strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _tidied(text: str) -> str:
    """Return JSON without control characters and without what ends a statement of a script."""
    return re.sub(r"[\x00-\x1f]+", " ", text).rstrip("; ")


def _items(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST_JSON:
        return
    if isinstance(value, list):
        for part in value[:200]:
            yield from _items(part, depth + 1)
    elif isinstance(value, dict):
        yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _items(value.get(name), depth + 1)


def _article(item: dict[str, Any]) -> dict[str, str]:
    found = {
        "title": _text(item.get("headline")) or _text(item.get("name")),
        "author": ", ".join(dict.fromkeys(filter(None, map(_name, listed(item.get("author") or item.get("creator")))))),
        "published": _text(item.get("datePublished"))
        or _text(item.get("dateCreated"))
        or _text(item.get("uploadDate")),
        "source": next(filter(None, map(_name, listed(item.get("publisher")))), ""),
        "description": _text(item.get("description")),
        "article_body": _text(item.get("articleBody")),
    }
    return {name: value for name, value in found.items() if value}


def _name(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, list):
        value = ", ".join(part for part in value if isinstance(part, str))
    return _plain(value) if isinstance(value, str) and _is_name(value) else ""


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = next((part for part in value if isinstance(part, str)), "")
    return _plain(value) if isinstance(value, str) else ""


def _plain(text: str) -> str:
    """Return text on one line; character references that were escaped twice are read."""
    if "&" in text:
        import html

        text = html.unescape(text)
    return " ".join(text.split())
