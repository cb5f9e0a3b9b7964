"""What callers hand in as articles: an iterable of articles or mappings, or a table of pandas, polars or Arrow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from os import PathLike
from typing import Any

from ..errors import InputError


def rows_of(articles: Any) -> Iterable[Any]:
    """Return the rows of a pandas, polars or Arrow table as mappings; any other iterable as it is.

    >>> rows_of("scraped/")
    Traceback (most recent call last):
    dedupe.errors.InputError: 'scraped/' is a path, not articles; read it with dedupe.read(['scraped/'])
    """
    if isinstance(articles, (str, PathLike)):
        path = str(articles)
        raise InputError(f"{path!r} is a path, not articles; read it with dedupe.read([{path!r}])")
    if isinstance(articles, Mapping) or not hasattr(articles, "__iter__"):
        articles = _collected(articles)
    if hasattr(articles, "iter_rows"):  # polars
        return articles.iter_rows(named=True)  # type: ignore[no-any-return]
    if hasattr(articles, "to_batches"):  # Arrow
        return (row for batch in articles.to_batches() for row in batch.to_pylist())
    if hasattr(articles, "itertuples"):  # pandas
        return _rows_of_pandas(articles)
    return articles  # type: ignore[no-any-return]


def _collected(table: Any) -> Any:
    if hasattr(table, "collect"):  # a lazy frame of polars
        return table.collect()
    if hasattr(table, "to_batches"):
        return table
    raise InputError(f"{type(table).__name__} is not a collection of articles; give a list, an iterator or a table")


def _rows_of_pandas(table: Any) -> Iterable[dict[str, Any]]:
    known = table.notna()
    for row, there in zip(
        table.itertuples(index=False, name=None), known.itertuples(index=False, name=None), strict=True
    ):
        yield {name: value for name, value, is_there in zip(table.columns, row, there, strict=True) if is_there}
