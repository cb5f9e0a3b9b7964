"""JSON lines to words, keys and names, on several threads and without a Python object for a text."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..candidates import Part, Words
from ..jobs import ahead
from ..model import Skipped
from ..reader import FAULTS, Source, has_text, json_lines
from ..rows import lengths
from ..words.chunks import joined
from .names import ORDINAL, Column, Names, column, title_of
from .whole import Text, text_of

if TYPE_CHECKING:
    from ..candidates.chunk import Keying


class Done(NamedTuple):
    """A block whose texts have their keys. `notes`: of records, by row, a text that a decoder found, or why there is
    none; None for a line that is blank.
    """

    keyed: list[tuple[Words, Part]]
    lines: json_lines.Lines
    notes: dict[int, Text | Skipped | None]


def keyed_lines(
    source: Source, number: int, stream: io.BufferedReader, wanted: Mapping[str, str], keyed: Keying, jobs: int
) -> Iterator[tuple[list[tuple[Words, Part]], Names] | tuple[int, Skipped]]:
    """Yield the words, keys and names of a file of JSON lines, block by block, and what is left out with its place.

    `number`: of the file, for places.
    """
    room, line = json_lines.Room(), 1

    def work(block: json_lines.Block | Skipped) -> Done | Skipped:
        if isinstance(block, Skipped):
            return block
        return Skipped("", block.reason) if block.reason else _done(block, wanted, keyed, room)

    with stream:
        for done in ahead(work, _blocks(source, stream, room), jobs, 2 * jobs):
            at = number << ORDINAL | line
            if isinstance(done, Skipped):
                yield at, done if done.path else replace(done, path=f"{source.path}#{line}")
                line += not done.path
                continue
            for row, note in sorted(done.notes.items()):
                if isinstance(note, Skipped):
                    nth = int(done.lines.number[row])
                    yield at + nth, replace(note, path=f"{source.path}#{line + nth}")
            yield done.keyed, _names(done, source, at)
            line += done.lines.lines


def _blocks(source: Source, stream: io.BufferedReader, room: json_lines.Room) -> Iterator[json_lines.Block | Skipped]:
    """Yield the lines of a file, and in the end what is wrong with it."""
    try:
        yield from json_lines.line_blocks(stream, room)
    except FAULTS as error:
        yield json_lines.fault_of(error, source)


def _done(block: json_lines.Block, wanted: Mapping[str, str], keyed: Keying, room: json_lines.Room) -> Done:
    usual = len(block.data) == json_lines.ROOM
    columns = room.columns.pop() if usual and room.columns else json_lines.columns_for(len(block.data))
    lines = json_lines.texts_of_lines(block, wanted, columns)
    notes: dict[int, Text | Skipped | None] = {}
    for row, record in json_lines.records_of(lines.odd, wanted):
        notes[row] = record if record is None or isinstance(record, Skipped) else text_of(record)
    parts = keyed(*(_with(notes, lines) if notes else (lines.data, lines.bounds)))
    count = np.concatenate([lengths(words.first) for words, _ in parts])
    for row in np.flatnonzero(count < 2).tolist():  # two words are text enough
        text = lines.data[lines.bounds[row] : lines.bounds[row + 1]].tobytes()
        if row not in notes and not has_text(text.decode()):
            notes[row] = Skipped("", "no text", failed=False)
    if usual:
        room.blocks.append(block.data)
        room.columns.append(columns)
    return Done(parts, lines, notes)


def _with(
    notes: Mapping[int, Text | Skipped | None], lines: json_lines.Lines
) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Return the texts of a block with those that a decoder found, as `encode` does."""
    parts: list[Any] = _cut(lines.data, lines.bounds)
    for row, note in notes.items():
        parts[row] = note.text.encode("utf-8", "replace") if isinstance(note, Text) else b""
    return joined(parts)


def _names(done: Done, source: Source, at: int) -> Names:
    """Return the names of the texts of a block that starts at a place; an id that is not given is the line's."""
    lines = done.lines
    ids, titles = Column(lines.ids.tobytes(), lines.id_bounds), Column(lines.titles.tobytes(), lines.title_bounds)
    place = at + lines.number
    if done.notes or (lengths(ids.bounds) == 0).any():
        own = [
            id or f"{source.id}#{nth}".encode()
            for id, nth in zip(_cut(*ids), (place & (1 << ORDINAL) - 1).tolist(), strict=True)
        ]
        said = _cut(*titles)
        for row, note in done.notes.items():
            if not isinstance(note, Text):
                own[row] = said[row] = b""
            else:
                own[row] = note.id.encode("utf-8", "replace") or own[row]
                said[row] = title_of(note)
        ids, titles = column(own), column(said)
    pages = any(isinstance(note, Text) and note.is_page for note in done.notes.values())
    return Names(ids, titles, place, source.path, pages)


def _cut(data: Any, bounds: NDArray[np.int64]) -> list[Any]:
    """Return the values of a column."""
    return [data[low:high] for low, high in pairwise(bounds.tolist())]
