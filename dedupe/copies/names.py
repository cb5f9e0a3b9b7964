"""Ids and titles of very many texts, as bytes: a Python object for each would take more memory than its keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..reader.json_lines import TITLE_BYTES
from ..rows import bounds_of, lengths, ranges, runs
from ..words import FIRST_BYTES, SPREAD, mix
from .whole import Text

ORDINAL = 40  # bits of a place that number a record in its file; those above them number the file
_BLOCKS = mix(np.arange(1, 1025, dtype=np.uint64) * SPREAD) | np.uint64(1)


class Column(NamedTuple):
    """Values as UTF-8, one after the other: that of text i is data[bounds[i] : bounds[i + 1]]."""

    data: bytes
    bounds: NDArray[np.int64]


class Names(NamedTuple):
    """What some texts are called; an id is empty where the record has no text.

    `place`: int64, file << 40 | which of its records. `paths`: the path of the file of lines they stand in, or each
    one's own with a line end after it. `pages`: whether any is of a page of HTML.
    """

    ids: Column
    titles: Column
    place: NDArray[np.int64]
    paths: str
    pages: bool


def names_of(texts: Sequence[tuple[int, Text]]) -> Names:
    """Return the names of texts, each with its place."""
    ids = column([text.id.encode("utf-8", "replace") for _, text in texts])
    titles = column([title_of(text) for _, text in texts])
    place = np.array([place for place, _ in texts], dtype=np.int64)
    paths = "".join(text.path.replace("\n", " ") + "\n" for _, text in texts)
    return Names(ids, titles, place, paths, any(text.is_page for _, text in texts))


def title_of(text: Text) -> bytes:
    """Return what a text goes by: its title, or its start."""
    return (text.title or text.text[:TITLE_BYTES]).encode("utf-8", "replace")[:TITLE_BYTES]


def column(values: Sequence[bytes]) -> Column:
    """Return values as a column."""
    return Column(b"".join(values), bounds_of(list(map(len, values))))


def values_of(parts: Sequence[Column], rows: NDArray[np.int64]) -> list[str]:
    """Return some values of columns, of which rows are counted over all; a character that was cut is left out.

    >>> values_of([column([b"a"]), column([b"b", "ab\u00e9".encode()[:-1]])], np.array([2, 0]))
    ['ab', 'a']
    """
    order = np.argsort(rows, kind="stable")
    rows, starts = rows[order], _starts(parts)
    values, cuts = [""] * len(rows), pairwise(np.searchsorted(rows, starts).tolist())
    for part, start, (low, high) in zip(parts, starts, cuts, strict=False):
        if low < high:
            for at, value in zip(order[low:high].tolist(), _values(part, rows[low:high] - start), strict=True):
                values[at] = value
    return values


def value_at(parts: Sequence[Column]) -> Callable[[int], bytes]:
    """Return a function from a row, counted over all columns, to its value."""
    starts = _starts(parts)

    def value(row: int) -> bytes:
        part, nth = _standing(starts, row)
        data, bounds = parts[part]
        return data[bounds[nth] : bounds[nth + 1]]

    return value


def _starts(parts: Sequence[Column]) -> NDArray[np.int64]:
    """Return the first row of each column, and how many there are in all."""
    return bounds_of([len(part.bounds) - 1 for part in parts])


def _standing(starts: NDArray[np.int64], row: int) -> tuple[int, int]:
    """Return which part has a row, counted over all, and as which of its own."""
    part = int(np.searchsorted(starts, row, side="right")) - 1
    return part, row - int(starts[part])


def _values(part: Column, rows: NDArray[np.int64]) -> list[str]:
    data, bounds = part
    edges = zip(bounds[rows].tolist(), bounds[rows + 1].tolist(), strict=True)
    if 8 * len(rows) > len(bounds) and data.isascii():
        text = data.decode()
        return [text[low:high] for low, high in edges]
    return [data[low:high].decode("utf-8", "ignore") for low, high in edges]


def keys_of(column: Column) -> NDArray[np.uint64]:
    """Return a key of each value, uint64: equal for equal values, and hardly ever for others.

    >>> keys = keys_of(column([b"one", b"", b"a longer one", b"one"]))
    >>> bool(keys[0] == keys[3]), len(set(keys.tolist()))
    (True, 3)
    """
    data, bounds = column
    size = lengths(bounds)
    if not len(size):
        return np.zeros(0, dtype=np.uint64)
    count = np.maximum((size + 7) >> 3, 1)
    owner, number = ranges(np.zeros_like(count), count)
    place = bounds[owner] + 8 * number
    blocks = np.ndarray((len(data) + 1,), "<u8", data + bytes(8), strides=(1,))  # the eight bytes from each byte on
    block = blocks[place] & FIRST_BYTES[np.clip(bounds[owner + 1] - place, 0, 8)]
    terms = mix(block ^ _BLOCKS[number % len(_BLOCKS)]) * (number // len(_BLOCKS) + 1).astype(np.uint64)
    return mix(np.add.reduceat(terms, np.cumsum(count) - count) + size.astype(np.uint64))


def path_of(parts: Sequence[Names]) -> Callable[[int], str]:
    """Return a function from the row of a text, counted over all parts, to the input that it came from."""
    starts = _starts([part.ids for part in parts])

    @cache  # the paths of a part are cut once, however many of its texts are asked for
    def paths(part: int) -> list[str]:
        return parts[part].paths.split("\n")

    def path(row: int) -> str:
        part, nth = _standing(starts, row)
        names = parts[part]
        if names.paths.endswith("\n"):
            return paths(part)[nth]
        return f"{names.paths}#{int(names.place[nth]) & (1 << ORDINAL) - 1}"

    return path


def again(
    ids: Sequence[Column], key: NDArray[np.uint64], order: NDArray[np.int64], rank: Callable[[int], Any]
) -> Iterator[tuple[int, int, str]]:
    """Yield (row, the one that is kept, id) of each text whose id another has too: kept is the one of the least rank.

    `order` sorted the ids' keys.
    """
    edges = runs(key)
    several = np.flatnonzero(lengths(edges) > 1)
    alike = [order[low:high] for low, high in zip(edges[several], edges[several + 1], strict=True)]
    rows = np.concatenate([order[:0], *alike])
    named = dict(zip(rows.tolist(), values_of(ids, rows), strict=True))
    for run in alike:
        first: dict[str, int] = {}
        for row in sorted((row for row in run.tolist() if named[row]), key=rank):
            if first.setdefault(named[row], row) != row:
                yield row, first[named[row]], named[row]
