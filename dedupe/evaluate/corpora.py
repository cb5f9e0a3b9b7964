"""Labelled records as the pipeline sees them: read once, in one way, for all tasks of this room."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from ..errors import InputError
from ..metadata import date_of_url, parse_date
from ..model import Article, Corpus, timestamp
from ..pipeline.articles import prepared
from ..pipeline.labels import label_articles
from ..pipeline.reporting import reporting
from ..reader import DELIMITERS, decode, not_text
from ..words import tokenize

Side = Article | Mapping[str, Any]

T = TypeVar("T")
_FIELDS = ("text", "html", "title", "url", "source", "published", "author", "language")
_SIDES = ("first", "second")


def text_of(path: Path) -> str:
    """Return the text of a file, packed (.gz) or not, in whatever encoding; InputError for what is no text."""
    content = _unpacked(path)
    if what := not_text(content):
        raise InputError(f"{path}: {what}, not text; give a labelled set")
    return decode(content)


def _unpacked(path: Path) -> bytes:
    content = path.read_bytes()
    return gzip.decompress(content) if path.suffix == ".gz" else content


def page_of(path: Path) -> str:
    """Return the HTML of a page's file, packed (.gz) or not; what is no UTF-8 is replaced."""
    return _unpacked(path).decode("utf-8", "replace")


def table_of(path: Path) -> list[dict[str, str]]:
    """Return the lines of a table with a head (.tsv, .csv), columns in small letters without a prefix like `INPUT:`."""
    text = text_of(path).lstrip("\r\n")
    delimiter = max(DELIMITERS, key=text.partition("\n")[0].count)
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))  # it is one for the process: never lower it
    lines = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows = [{_column(str(name)): value or "" for name, value in line.items()} for line in lines]
    return _some(rows, path)


def _column(name: str) -> str:
    return name.split(":")[-1].strip().casefold()


def is_table(path: Path) -> bool:
    """Return whether the name of a file says that it is a table."""
    return path.name.removesuffix(".gz").endswith((".tsv", ".csv"))


def sides_of(row: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the two articles of a table's row: its columns `first_text`, `second_text`, `first_title` and so on.

    >>> sides_of({"first_text": "Rates rose.", "second_text": "Rates fell.", "second_title": "Down"})[1]
    {'url': '', 'title': 'Down', 'text': 'Rates fell.'}
    """
    first, second = ({name: row.get(f"{side}_{name}", "") for name in ("url", "title", "text")} for side in _SIDES)
    return first, second


def rows_of(path: Path, *fields: str) -> list[dict[str, Any]]:
    """Return the objects of a JSONL file, packed or not; empty lines are none, and a file without any is an error.

    So is an object that lacks one of the fields: the error names its line.
    """
    rows = placed_rows(path)
    for place, row in rows:
        if lacking := next((name for name in fields if name not in row), ""):
            raise InputError(f"{place}: has no field {lacking!r}; give each line {', '.join(fields)}")
    return [row for _, row in rows]


def placed_rows(path: Path) -> list[tuple[str, dict[str, Any]]]:
    """Return what `rows_of` does, each with its place in words: the file and the line."""
    rows = []
    for number, line in enumerate(text_of(path).split("\n"), 1):
        if line.strip():
            place, row = f"{path}, line {number}", None
            with suppress(json.JSONDecodeError):
                row = json.loads(line)
            if not isinstance(row, dict):
                raise InputError(f"{place}: one JSON object is wanted a line, not {line.strip()[:40]}")
            rows.append((place, row))
    return _some(rows, path)


def _some(rows: list[T], path: Path) -> list[T]:
    """Return the rows of a labelled set; one without any would score as well as the best."""
    if not rows:
        raise InputError(f"{path}: holds nothing; give a labelled set")
    return rows


def as_run(records: Sequence[Side], jobs: int = 1) -> tuple[Corpus, list[int]]:
    """Return records as the corpus that a report makes of them, and the record of each of its rows.

    Fields are completed, paragraphs labelled and only reporting is kept: what is measured is what users run.

    >>> corpus, order = as_run([{"id": "b", "text": "Rates rose."}, {"id": "a", "text": "The volcano erupted."}])
    >>> corpus.text, order
    (('The volcano erupted.', 'Rates rose.'), [1, 0])
    """
    order = _by_id(records)
    pages = list(prepared([called(records[row], f"{place:09}") for place, row in enumerate(order)], []))
    return reporting(label_articles(pages, jobs=jobs))[1], order


def called(record: Side, id: str) -> Side:
    """Return an article, or what of a record an article has, under another id."""
    if isinstance(record, Article):
        return replace(record, id=id)
    return {"id": id, **{name: record[name] for name in _FIELDS if name in record}}


def as_given(records: Sequence[dict[str, Any]]) -> tuple[Corpus, list[int]]:
    """Return records as a corpus of reporting from the first word to the last, and the record of each of its rows."""
    order = _by_id(records)
    rows = [records[row] for row in order]
    texts = tuple(row["text"] for row in rows)
    named = [(row.get("title") or "", row.get("url") or "") for row in rows]
    dates = [parse_date(row.get("published") or "") or date_of_url(row.get("url") or "") for row in rows]
    size = len(rows)
    corpus = Corpus(
        articles=tuple(
            Article(id=str(row["id"]), text=row["text"], title=title, url=url)
            for row, (title, url) in zip(rows, named, strict=True)
        ),
        text=texts,
        tokens=tokenize(texts),
        titles=tokenize([title for title, _ in named]),
        published=np.array([timestamp(date) for date in dates], dtype=np.float64),
        outlet=np.full(size, -1, dtype=np.int32),
        paragraph_first=np.arange(size + 1),
        paragraph_start=np.zeros(size, dtype=np.int32),
        paragraph_end=np.array([len(text) for text in texts], dtype=np.int32),
        paragraph_index=np.zeros(size, dtype=np.int32),
    )
    return corpus, order


def of_texts(texts: Sequence[str]) -> Corpus:
    """Return texts as a corpus of reporting from the first word to the last, in the given order."""
    return as_given([{"id": f"{row:09}", "text": text} for row, text in enumerate(texts)])[0]


def _by_id(records: Sequence[Side]) -> list[int]:
    def id_of(record: Side) -> str:
        return record.id if isinstance(record, Article) else str(record["id"])

    return sorted(range(len(records)), key=lambda row: id_of(records[row]))
