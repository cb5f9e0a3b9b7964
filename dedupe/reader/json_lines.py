"""JSON lines as bytes: text, id and title of each without a Python object, for what reads millions of them."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..model import Skipped
from ..words import PAD
from .decode import is_utf8, not_text
from .formats import FAULTS, fault
from .json import are_lines, decoder, record_of
from .record import Record
from .stream import LIMIT, TOO_LONG, as_utf8, buffered, open_file, pass_over, unpack
from .walk import Source, kind_of

_BLOCK = 1 << 21  # bytes of a block of lines: its words stay in a cache
ROOM = _BLOCK + (1 << 18) + PAD  # bytes that a block has, so that the rest of the last line mostly fits
TITLE_BYTES = 160  # of a title that are kept; a text without one goes by as much of its start
_START = 1 << 16  # bytes of a file by which it is told whether its records are pages of HTML
_FIELDS = ("text", "id", "title", "html")  # as the kernel counts them


class Block(NamedTuple):
    """Whole lines of a file, and 64 zeros; or `reason`, why the line at this place is left out."""

    data: NDArray[np.uint8]
    size: int
    reason: str = ""


class Lines(NamedTuple):
    """The records of a block of lines, as bytes: the text of record i is data[bounds[i] : bounds[i + 1]] and so on.

    `number`: int64, the line of each, counted from 0; `lines`: how many there are. `odd`: those lines, by their record,
    that the kernel is not sure of: what else stands here of them does not count. The texts lie in `columns`.
    """

    data: NDArray[np.uint8]
    bounds: NDArray[np.int64]
    ids: NDArray[np.uint8]
    id_bounds: NDArray[np.int64]
    titles: NDArray[np.uint8]
    title_bounds: NDArray[np.int64]
    number: NDArray[np.int64]
    lines: int
    odd: dict[int, bytes]


@dataclass(slots=True)
class Room:
    """Where blocks and records are written, to be used again for the next ones: fresh memory is slow."""

    blocks: list[NDArray[np.uint8]] = field(default_factory=list)
    columns: list[tuple[NDArray[Any], ...]] = field(default_factory=list)


def fast_stream(source: Source, wanted: Mapping[str, str]) -> io.BufferedReader | None:
    """Return a file's lines in UTF-8 if it holds JSON lines of texts, else None: then `formats` reads it.

    So it does lines with pages of HTML, which take longer to parse than to read; and it says why a file is unreadable.
    """
    suffix, packing = kind_of(source.real)
    if suffix not in (".jsonl", ".ndjson", ".json") or len(set(wanted.values())) < len(wanted):
        return None
    packed = None
    try:
        packed = open_file(source.real)
        stream = buffered(unpack(packed, packing))
        start = stream.peek(_START)[:_START]
        if start and not not_text(start):
            stream = as_utf8(stream)
            if are_lines(stream) and b'"%s"' % wanted["html"].encode() not in start:
                return stream
    except FAULTS:
        pass
    if packed is not None:
        packed.close()
    return None


def fault_of(error: BaseException, source: Source) -> Skipped:
    """Return what is wrong with a file, from what reading it raised."""
    return Skipped(source.path, fault(error, kind_of(source.real)[1]))


def line_blocks(stream: io.BufferedReader, room: Room, size: int = _BLOCK) -> Iterator[Block]:
    """Yield a file of lines in blocks of about so many bytes, cut between lines; the last line may have no end.

    What is wrong with the file is raised once the lines before it are given.

    >>> import io
    >>> file = io.BufferedReader(io.BytesIO(b"one\\ntwo\\nthree"))
    >>> [bytes(block.data[: block.size]) for block in line_blocks(file, Room(), 5)]
    [b'one\\ntwo\\n', b'three']
    """
    wrong: BaseException | None = None
    while wrong is None:
        data = room.blocks.pop() if room.blocks else np.empty(ROOM, np.uint8)
        filled, rest, wrong = _filled(stream, data.data[:size])
        start = _last_line(data, filled)
        if wrong is not None:
            filled, rest = start, b""  # what is cut off is no line
        elif filled - start + len(rest) > LIMIT:
            yield _ended(data, start)
            pass_over(stream, rest)
            yield Block(data[:PAD], 0, TOO_LONG)
            continue
        elif not filled:
            return
        if filled + len(rest) + PAD > len(data):
            data = np.concatenate((data[:filled], np.empty(len(rest) + PAD, np.uint8)))
        data[filled : filled + len(rest)] = np.frombuffer(rest, np.uint8)
        yield _ended(data, filled + len(rest))
    raise wrong


def _filled(stream: io.BufferedReader, view: memoryview) -> tuple[int, bytes, BaseException | None]:
    """Fill a view as far as the file goes; return how much there is, the rest of its last line, and what went wrong."""
    filled, rest = 0, b""
    try:
        while filled < len(view) and (read := stream.readinto1(view[filled:])):
            filled += read
        if filled and view[filled - 1] != 10:
            rest = stream.readline(LIMIT + 1)
    except FAULTS as error:
        return filled, rest, error
    return filled, rest, None


def _ended(data: NDArray[np.uint8], size: int) -> Block:
    data[size : size + PAD] = 0
    return Block(data, size)


def _last_line(data: NDArray[np.uint8], end: int) -> int:
    """Return the place after the last line end in data[:end], 0 where there is none."""
    step = 1 << 12
    for high in range(end, 0, -step):
        low = max(high - step, 0)
        found = np.flatnonzero(data[low:high] == 10)
        if len(found):
            return low + int(found[-1]) + 1
    return 0


def texts_of_lines(block: Block, wanted: Mapping[str, str], columns: tuple[NDArray[Any], ...] = ()) -> Lines:
    """Return the records of a block of JSON lines; `wanted` has the name under which each of our fields stands.

    >>> import io
    >>> file = io.BytesIO(b'{"id": 1, "text": "One\\\\n2"}\\n\\n{"text": null}\\n')
    >>> found = texts_of_lines(next(line_blocks(io.BufferedReader(file), Room())), {name: name for name in _FIELDS})
    >>> bytes(found.data[: found.bounds[1]]), bytes(found.ids), found.number.tolist(), found.odd
    (b'One\\n2', b'1', [0, 2], {1: b'{"text": null}\\n'})

    `columns`: those that `columns_for` returned, for a block no larger than this one. Blank lines are no records. Needs
    numba.
    """
    from . import kernel

    named = [wanted[name].encode() for name in _FIELDS]
    names, ends = np.frombuffer(b"".join(named), dtype=np.uint8), np.cumsum([len(name) for name in named])
    out, bounds, ids, id_bounds, titles, title_bounds, start, number, known = columns or columns_for(block.size)
    count, lines = kernel.fields(
        block.data, block.size, names, ends, out, bounds, ids, id_bounds, titles, title_bounds, start, number, known
    )
    odd = {}
    for row in np.flatnonzero(known[:count]).tolist():
        line = _line(block, int(start[row]))
        if known[row] == kernel.UNSURE or not is_utf8(line):
            odd[row] = line
    out[bounds[count] :][:PAD] = 0
    bounds, id_bounds, title_bounds = (each[: count + 1].copy() for each in (bounds, id_bounds, title_bounds))
    said = ids[: id_bounds[count]].copy(), id_bounds, titles[: title_bounds[count]].copy(), title_bounds
    return Lines(out, bounds, *said, number[:count].copy(), lines, odd)


def columns_for(size: int) -> tuple[NDArray[Any], ...]:
    """Return room for the records of a block of so many bytes."""
    most = size // 2 + 2  # records: a byte and a line end
    text = [np.empty(size + PAD, np.uint8) for _ in range(3)]
    bounds = [np.empty(most, np.int64) for _ in range(5)]
    return (text[0], bounds[0], text[1], bounds[1], text[2], bounds[2], *bounds[3:], np.empty(most, np.uint8))


def records_of(odd: Mapping[int, bytes], wanted: Mapping[str, str]) -> Iterator[tuple[int, Record | Skipped | None]]:
    """Yield of each odd line its record, or what is wrong with it, as the reader of all inputs does; None: it is blank.

    Where it says nothing of its id, that is empty, as is the path.
    """
    if odd:  # a decoder takes longer to make than to use
        decode = decoder(wanted)
        for row, line in odd.items():
            yield row, record_of(line, decode, wanted, "", "")


def _line(block: Block, start: int) -> bytes:
    """Return the line that starts at a place, with its end."""
    step = 1 << 12
    for low in range(start, block.size, step):
        found = np.flatnonzero(block.data[low : min(low + step, block.size)] == 10)
        if len(found):
            return block.data[start : low + int(found[0]) + 1].tobytes()
    return block.data[start : block.size].tobytes()
