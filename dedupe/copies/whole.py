"""A record as it is compared whole: its text as it was given, or as its page shows it, with all that surrounds it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..html import parse as parse_html
from ..model import Article, Skipped
from ..reader import Record, has_text
from ..text import repair


class Text(NamedTuple):
    """A text with its id, the input it came from, the title it goes by, which may be empty; whether a page shows it."""

    id: str
    path: str
    title: str
    text: str
    is_page: bool


def text_of(record: Record) -> Text | Skipped:
    """Return the text of a record, or why it has none."""
    get = record.fields.get
    return _text(record.id, record.path, get("title", ""), get("text", ""), get("html", ""), get("url", ""))


def text_of_article(article: Article) -> Text | Skipped:
    """Return the text of an article, or why it has none.

    >>> from dedupe.model import Article
    >>> text_of_article(Article(id="a", html="<h1>Rates rose</h1><p>By half a point."))
    Text(id='a', path='', title='Rates rose', text='Rates rose\\nBy half a point.', is_page=True)
    """
    return _text(article.id, article.path, article.title, article.text, article.html, article.url)


def texts_of(records: Sequence[tuple[int, Record]]) -> list[tuple[int, Text | Skipped]]:
    """Return the texts of records, each with the place where it stood."""
    return [(place, text_of(record)) for place, record in records]


def _text(id: str, path: str, title: str, text: str, html: str, url: str) -> Text | Skipped:
    if html:
        page = parse_html(html, url, repair)
        title, text = title or str(page.metadata.get("title", "")), page.text
    if not has_text(text):
        return Skipped(path or id, "a page without text" if html else "no text", failed=False)
    return Text(id, path, title, text, bool(html))
