"""What callers hand in as articles: an iterable of articles or mappings, or a table of pandas, polars or Arrow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from os import PathLike
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from ..errors import InputError

if TYPE_CHECKING:
    from ..model import Article


class Table(Protocol):
    """A table or a lazy frame of pandas or polars, a table or a batch of Arrow: all these have columns."""

    @property
    def columns(self) -> Any: ...


Articles: TypeAlias = "Iterable[Article | Mapping[str, Any]] | Table"


def rows_of(articles: Articles) -> Iterable[Any]:
    """Return the rows of a pandas, polars or Arrow table as mappings; any other iterable as it is.

    >>> rows_of("scraped/")
    Traceback (most recent call last):
    dedupe.errors.InputError: 'scraped/' is a path, not articles; read it with dedupe.read(['scraped/'])
    """
    if isinstance(articles, (str, PathLike)):
        path = str(articles)
        raise InputError(f"{path!r} is a path, not articles; read it with dedupe.read([{path!r}])")
    return _rows(articles)


def _rows(table: Any) -> Iterable[Any]:
    if hasattr(table, "collect"):  # a lazy frame of polars
        table = table.collect()
    if hasattr(table, "iter_rows"):  # polars
        return table.iter_rows(named=True)  # type: ignore[no-any-return]
    if hasattr(table, "read_next_batch"):  # a reader of Arrow's
        return (row for batch in table for row in batch.to_pylist())
    if hasattr(table, "to_batches"):  # a table or a data set of Arrow's
        return (row for batch in table.to_batches() for row in batch.to_pylist())
    if hasattr(table, "to_pylist"):  # a batch of it
        return table.to_pylist()  # type: ignore[no-any-return]
    if hasattr(table, "itertuples"):
        return _rows_of_pandas(table)
    if isinstance(table, Mapping) or not hasattr(table, "__iter__"):
        raise InputError(f"{type(table).__name__} is not a collection of articles; give a list, an iterator or a table")
    return table  # type: ignore[no-any-return]


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
