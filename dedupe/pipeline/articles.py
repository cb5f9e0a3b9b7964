"""What callers hand in as articles: articles or mappings, or a table of pandas, polars or Arrow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from os import PathLike
from typing import Any, Protocol, TypeAlias

import numpy as np

from ..errors import InputError
from ..jobs import chunks_of, spread
from ..model import Article, Skipped
from ..reader import NEITHER, kind_of_value, plain, some
from .prepare import FIELDS, PREPARED, prepare, prepare_all, unread_dates, writable
from .read import Reading

_SAID = FIELDS - {"id", "path"}
_STRINGS = tuple(field.name for field in fields(Article) if field.type == "str")
_MISSING = {"NAType", "NaTType"}  # of pandas, whose types are not imported for it


class Table(Protocol):
    """A table or a lazy frame of pandas or polars, a table or a batch of Arrow: all these have columns."""

    @property
    def columns(self) -> Any: ...


Articles: TypeAlias = Iterable[Article | Mapping[str, Any]] | Table


def prepared(articles: Articles, skipped: list[Skipped]) -> Iterator[Article]:
    """Return articles prepared, from articles, mappings or a table; what was read is so already."""
    return articles if isinstance(articles, Reading) else all_ready(given(rows_of(articles), skipped), skipped)


def all_ready(articles: Iterable[Article], skipped: list[Skipped], jobs: int = 1) -> Iterator[Article]:
    """Yield articles prepared, in `jobs` processes, those that `read` gave as they are."""
    chunks = chunks_of(articles, lambda article: len(article.html) + len(article.text), PREPARED)
    for made, unread in spread(_all_ready, chunks, jobs):
        skipped += unread
        yield from made


def _all_ready(articles: Sequence[Article]) -> tuple[list[Article], list[Skipped]]:
    """Return some articles prepared, and what of their dates could not be read."""
    raw = [article for article in articles if not is_ready(article)]
    made = iter(prepare_all(raw))
    every = [article if is_ready(article) else next(made) for article in articles]
    return every, [item for article in articles for item in unread_dates(article)]


def given(rows: Iterable[Any], skipped: list[Skipped]) -> Iterator[Article]:
    """Yield the articles of rows; one whose text is missing is listed in `skipped`, as if it were read from a file."""
    for row in rows:
        article = as_article(row)
        if is_missing(row):
            skipped.append(Skipped(article.id, NEITHER))
        else:
            yield writable(article)


def is_missing(row: Any) -> bool:
    """Return whether text and HTML of a mapping are missing (None, nan, NA). An empty text is one.

    >>> is_missing({"id": 7, "text": None}), is_missing({"id": 7, "text": float("nan"), "html": ""})
    (True, False)
    """
    return isinstance(row, Mapping) and not any(isinstance(row.get(name), (str, bytes)) for name in ("text", "html"))


def ready(article: Article) -> Article:
    """Return the article prepared."""
    return article if is_ready(article) else prepare(article)


def is_ready(article: Article) -> bool:
    """Return whether an article is prepared already: one that `read` gave has a path and its text."""
    return bool(article.path and article.text and not article.html)


def as_article(value: Article | Mapping[str, Any] | str, name: str = "") -> Article:
    """Return an article from one, or from a mapping with its fields; an id is needed, and a field for its text.

    `name`: the id of a mapping that has none, or of a bare text, where one article is asked about and not many.

    >>> as_article({"id": 7, "text": "One.", "published": None}).id, as_article("One.", "a")
    ('7', Article(id='a', text='One.', ...))
    """
    if isinstance(value, Article):
        article = _of_strings(value)
        if not (article.id or name):
            raise InputError("an article without an id; give it one that stays the same")
        return article if article.id else replace(article, id=name)
    if isinstance(value, str) and name:
        return Article(id=name, text=value)
    if not isinstance(value, Mapping):
        what = repr(value[:60]) if isinstance(value, str) else kind_of_value(value)
        raise InputError(f"{what} is no article; give a dedupe.Article or a mapping with 'id' and 'text'")
    if not (id := said(value.get("id")) or name):
        seen = f"its id is {value['id']!r}" if "id" in value else f"it has {', '.join(map(str, value))}"
        raise InputError(f"a record without an id: {seen}; give each record an 'id'")
    return Article(id=id, **_known(_with_page(id, value)))


def _of_strings(article: Article) -> Article:
    """Return an article whose fields are Python's strings; one that has None or a number for one is an error.

    >>> _of_strings(Article("a", "One.", url=None))
    Traceback (most recent call last):
    dedupe.errors.InputError: 'a': url is None, not a string; give one, '' where it is not known
    """
    others: dict[str, Any] = {}
    for name in _STRINGS:
        if type(value := getattr(article, name)) is str:
            continue
        if not isinstance(value, str):
            what = f"{str(article.id)[:60]!r}: {name} is {kind_of_value(value)}, not a string"
            raise InputError(f"{what}; give one, '' where it is not known")
        others[name] = said(value)
    if not others and type(article) is Article:  # another process may not know a class of the caller's
        return article
    return Article(**{name: getattr(article, name) for name in Article.__dataclass_fields__} | others)


def _with_page(id: str, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the mapping; it is an error if it has no field for text or HTML, or something else than a string there."""
    if "text" not in values and "html" not in values:
        raise InputError(f"{id}: {NEITHER}; rename the field that holds it, of {some(values)}")
    for name in ("text", "html"):
        value = values.get(name)
        if not isinstance(value, (str, bytes)) and said(value):
            raise InputError(f"{id}: {name} is {kind_of_value(value)}, not a string")
    return values


def _known(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of an article that a mapping gives, as strings; what is missing (None, nan, NA) is left out."""
    return {name: text for name, value in values.items() if name in _SAID and (text := said(value))}


def said(value: Any) -> str:
    """Return a value as a string, as a reader of files does: several names are joined, a moment is ISO 8601.

    A string of numpy's or an enumeration's becomes one of Python's: no other can be written as JSON.

    >>> said(["Ann Lee", "Bo Ray"]), said({"@type": "Person", "name": "Ann Lee"}), said(float("nan"))
    ('Ann Lee, Bo Ray', 'Ann Lee', '')
    """
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, np.datetime64):  # of nanoseconds `tolist` makes a number
        value = value.astype("datetime64[us]")
    if hasattr(value, "tolist"):  # numpy's, in tables
        value = value.tolist()
    missing = (isinstance(value, float) and value != value) or type(value).__name__ in _MISSING
    return "" if missing else plain(value)


def rows_of(articles: Articles) -> Iterable[Any]:
    """Return the rows of a pandas, polars or Arrow table as mappings; any other iterable as it is.

    >>> rows_of("scraped/")
    Traceback (most recent call last):
    dedupe.errors.InputError: 'scraped/' is a path or a text, not articles; read what lies at a path with dedupe.read
    """
    if isinstance(articles, (str, bytes, PathLike)):
        shown = repr(str(articles)[:60])
        raise InputError(f"{shown} is a path or a text, not articles; read what lies at a path with dedupe.read")
    return _rows(articles)


def _rows(table: Any) -> Iterable[Any]:
    if hasattr(table, "collect"):  # a lazy frame of polars
        table = table.collect()
    if hasattr(table, "iter_rows"):  # polars
        return table.iter_rows(named=True)
    if hasattr(table, "read_next_batch"):  # a reader of Arrow's
        return (row for batch in table for row in batch.to_pylist())
    if hasattr(table, "to_batches"):  # a table or a data set of Arrow's
        return (row for batch in table.to_batches() for row in batch.to_pylist())
    if hasattr(table, "to_pylist"):  # a batch of it
        return table.to_pylist()
    if hasattr(table, "itertuples"):
        return _rows_of_pandas(table)
    if isinstance(table, Mapping) or not hasattr(table, "__iter__"):
        raise InputError(f"{type(table).__name__} is not a collection of articles; give a list, an iterator or a table")
    return table


def _rows_of_pandas(table: Any) -> Iterator[dict[str, Any]]:
    """Yield the rows of a pandas table, None for what is missing; an index called "id" is that column."""
    if "id" in table.index.names and "id" not in table.columns:
        table = table.reset_index("id")
    names, known = list(table.columns), table.notna()
    both = (side.itertuples(index=False, name=None) for side in (table, known))
    for row, there in zip(*both, strict=True):
        yield {name: value if is_there else None for name, value, is_there in zip(names, row, there, strict=True)}


def renamed(rows: Iterable[Any], names: Mapping[str, str]) -> Iterable[Any]:
    """Return mappings with our names for their fields; `names` maps ours to theirs.

    >>> list(renamed([{"id": 7, "body": "Rates rose."}], {"text": "body"}))
    [{'id': 7, 'body': 'Rates rose.', 'text': 'Rates rose.'}]
    """
    return (row if not isinstance(row, Mapping) else {**row, **_ours(row, names)} for row in rows) if names else rows


def _ours(row: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    return {ours: row[theirs] for ours, theirs in names.items() if theirs in row}
