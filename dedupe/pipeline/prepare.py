"""Articles made complete: text repaired, page parsed, and what the page says of itself filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from typing import Any

from ..html import Parsed, is_html, page_of, saved_from, site_of
from ..html import read as read_html
from ..metadata import complete, date_of_url, day_first, outlet_of_url, parse_date
from ..model import Article, Skipped
from ..reader import reread
from ..text import repair, spoken, spoken_all, unescaped

PREPARED = 1 << 21  # characters that are prepared at a time: a dozen pages of HTML, a twentieth of a second's work
_NAMES = [field.name for field in fields(Article)]
FIELDS = {*_NAMES} - {"markup", "syndication"}
_SHOWN = FIELDS - {"text", "html"}
_SLASHES = re.compile(r"/\s?\d\d?\s?/\s?\d\d")  # 03/04/2025, in the digits of any script
_HALF = re.compile("[\ud800-\udfff]")


def prepare(article: Article) -> Article:
    """Return the article repaired and complete; doing it twice changes nothing.

    A field that is given wins over the page's metadata, and that over what the text says. Where nothing says from what
    address a page comes, be it a line of the program that saved it, it comes from its canonical one.
    """
    return prepare_all([article])[0]


def prepare_all(articles: Sequence[Article]) -> list[Article]:
    """Return what `prepare` does of some articles.

    All of them go through one stage before the next. One article after the other took a sixth longer: a page's tree
    drives from the processor's cache what the later stages need.
    """
    made = with_texts(articles)
    languages = spoken_all([article.text for article, _ in made], [article.language for article, _ in made])
    return [
        replace(article, language=language, **told(article, syndication))
        for (article, syndication), language in zip(made, languages, strict=True)
    ]


def with_texts(articles: Sequence[Article]) -> list[tuple[Article, tuple[str, ...]]]:
    """Return the articles with their text, and what their page says of where it comes from."""
    sources = [_page(article) for article in articles]
    pages = [
        read_html(page, article.url or saved_from(page)) if page else None
        for article, page in zip(articles, sources, strict=True)
    ]
    return [_with_text(article, page) for article, page in zip(articles, pages, strict=True)]


def _page(article: Article) -> str:
    """Return an article's HTML, which may stand where its text should, even escaped; "" for none."""
    if article.html or article.markup is not None:
        return article.html
    return next((text for text in (article.text, unescaped(article.text)) if is_html(text)), "")


def _with_text(article: Article, parsed: Parsed | None) -> tuple[Article, tuple[str, ...]]:
    if parsed is None:
        text = article.text if article.markup is not None else _meant(article.text)
        return (article if text == article.text else replace(article, text=text)), ()
    page = page_of(parsed, _mended)
    known: dict[str, Any] = {name: getattr(article, name) or page.metadata.get(name, "") for name in _SHOWN}
    known["url"] = parsed.url
    if not parse_date(article.published):
        known["published"] = page.metadata.get("published", "")
    if not known["source"] and not article.url:
        known["source"] = site_of(page.metadata.get("page_title", ""), known["title"])
    return writable(Article(**known, text=page.text, markup=page.markup)), page.syndication  # of JSON, halves of pairs


def _meant(text: str) -> str:
    return _mended(unescaped(text))


def _mended(text: str) -> str:
    return repair(reread(text))


def told(article: Article, syndication: tuple[str, ...], outlet: str = "") -> dict[str, Any]:
    """Return the fields that a page is completed with, given the outlet it is from where it does not say."""
    title, source = _meant(article.title).strip(), _meant(article.source).strip()
    url = article.url or article.canonical or source  # where some extractors put the address of the page
    source = outlet_of_url(source) or source or outlet_of_url(article.url) or outlet or outlet_of_url(url)
    by_day = _has_slashes(article) and day_first(_language(article), outlet_of_url(url) or source)
    said = complete(article.text, title, _meant(article.author), article.published, source, by_day=by_day)
    return {
        "title": said["title"],
        "source": source,
        "published": said["published"] or date_of_url(url),
        "author": said["author"],
        "syndication": article.syndication or syndication,
        "crawled": parse_date(article.crawled) if article.crawled else "",
    }


def fields_of(article: Article) -> dict[str, Any]:
    """Return the fields of an article by name; `dataclasses.asdict` copies what they hold."""
    return {name: getattr(article, name) for name in _NAMES}


def unread_dates(article: Article) -> Iterator[Skipped]:
    """Yield those of the dates that an article is given with that cannot be read: what its page says takes their place.

    >>> [item.reason for item in unread_dates(Article("a", published="yesterday", crawled="2025-03-04"))]
    ["published 'yesterday', which cannot be read as a date"]
    """
    for name in ("published", "crawled"):
        date = getattr(article, name)
        if date.strip() and not parse_date(date):
            shown = date if len(date) <= 80 else date[:77] + "..."
            reason = f"{name} {shown!r}, which cannot be read as a date"
            yield Skipped(article.path or article.id, reason, failed=False, alike=name)


def _has_slashes(article: Article) -> bool:
    """Return whether a date of the article may be one like 03/04/2025."""
    return any("/" in text and _SLASHES.search(text) for text in (article.published, article.text))


def _language(article: Article) -> str:
    """Return the language of an article, with its country where its tag has one ("en-GB")."""
    said = spoken(article.text, article.language)
    return article.language if article.language.casefold().startswith(f"{said}-") else said


def writable(article: Article) -> Article:
    r"""Return the article with half surrogate pairs, which no report can hold, replaced; in texts `prepare` does so.

    >>> writable(Article(id="a\ud83d", text="One.")).id
    'a�'
    """
    broken: dict[str, Any] = {
        name: value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        for name in _SHOWN
        if not (value := getattr(article, name)).isascii() and _HALF.search(value)
    }
    return replace(article, **broken) if broken else article
