"""Tables: CSV with any of the usual delimiters, and Parquet."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO

from ..errors import InputError
from ..model import Skipped, count
from .record import Record, from_mapping, missing, names_among, some
from .stream import LIMIT, encoding_of_stream

DELIMITERS = ",;\t|"
_SEPARATOR = re.compile(r'sep=([^"\r\n])\s*', re.I)  # a line that spreadsheets put above the header
_ROWS = 256  # of a Parquet file held at a time


def read_csv(stream: io.BufferedReader, wanted: Mapping[str, str], path: str, id: str) -> Iterator[Record | Skipped]:
    """Yield the records of a CSV file with a header, its first line that is not blank; a row is called by its line."""
    encoding, mark = encoding_of_stream(stream)
    stream.read(mark)
    text = io.TextIOWrapper(stream, encoding, errors="replace", newline="")
    first, above, told = text.readline(LIMIT), 0, ""
    while first and ((said := _SEPARATOR.fullmatch(first)) or not first.strip()):
        told = said[1] if said else told
        first, above = text.readline(LIMIT), above + 1
    delimiter = max(DELIMITERS, key=first.count)
    if told and (told in first or delimiter not in first):  # the header of a single column has none
        delimiter = told
    csv.field_size_limit(max(csv.field_size_limit(), LIMIT))  # it is one for the process: never lower it
    header = [name.strip().casefold() for name in next(csv.reader([first], delimiter=delimiter), [])]
    columns = {name: name.strip().casefold() for name in wanted.values()}
    wanted = names_among(header, {ours: columns[theirs] for ours, theirs in wanted.items()})
    if fault := _check(header, wanted):
        yield Skipped(path, fault)
        return
    lines = iter(lambda: text.readline(LIMIT), "")
    for number, row in _rows(csv.reader(lines, delimiter=delimiter, strict=True), above + 2):
        where, own = f"{path}#{number}", f"{id}#{number}"
        if isinstance(row, str):
            yield Skipped(where, row)
        elif len(row) < len(header) or any(row[len(header) :]):
            yield Skipped(where, f"{count(len(row), 'field')} where the header has {len(header)}")
        elif row:
            yield from_mapping(dict(zip(header, row, strict=False)), wanted, where, own)


def _check(header: Sequence[str], wanted: Mapping[str, str]) -> str:
    """Return why a table with these columns cannot be read, if so."""
    counts = Counter(header)
    if twice := [name for name in wanted.values() if counts[name] > 1]:
        return f"two columns are called {twice[0]}; rename one of them"
    if wanted["text"] not in counts and wanted["html"] not in counts:
        return f"{missing(wanted)}; the columns, by the first row, are {some(header)}"
    return ""


def _rows(reader: Iterator[list[str]], line: int) -> Iterator[tuple[int, list[str] | str]]:
    """Yield (line it starts on, row or what is wrong with it); blank lines are no rows."""
    while True:
        start = line + getattr(reader, "line_num", 0)
        try:
            row: list[str] | str = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            row = "a quote is never closed" if "end of data" in str(error) else f"not CSV: {error}"
        if row:
            yield start, row


def read_parquet(file: BinaryIO, wanted: Mapping[str, str], path: str, id: str) -> Iterator[Record | Skipped]:
    """Yield the records of a Parquet file, a few hundred rows at a time."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise InputError("reading .parquet needs: pip install 'dedupe-news[parquet]'") from error
    try:
        table = parquet.ParquetFile(file)
        header = table.schema_arrow.names
        wanted = names_among(header, wanted)
        if fault := _check(header, wanted):
            yield Skipped(path, fault)
            return
        columns = [name for name in wanted.values() if name in header]
        number = 0
        for batch in table.iter_batches(batch_size=_ROWS, columns=columns):
            for row in batch.to_pylist():
                number += 1
                yield from_mapping(row, wanted, f"{path}#{number}", f"{id}#{number}")
    except pyarrow.ArrowException as error:
        raise InputError(f"not Parquet that can be read: {str(error).splitlines()[0][:100]}") from error
