"""JSON: a record a line, or an array of records, or values one after another."""

from __future__ import annotations

import codecs
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, BinaryIO

import msgspec

from ..model import Skipped, count
from .opening import START
from .record import NEITHER, Record, build, from_mapping
from .stream import LIMIT, TOO_LONG, as_utf8, pieces
from .wrapped import advice, inside, may_wrap

_ERRORS = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)
_WINDOW = 1 << 20  # bytes read at a time where values are not lines
_BETWEEN = re.compile(r"[\s,\[\]]*")


def read_json(stream: io.BufferedReader, wanted: Mapping[str, str], path: str, id: str) -> Iterator[Record | Skipped]:
    """Yield the records of JSON lines, or of an array or a run of values; which, the first line tells."""
    stream = as_utf8(stream)
    return (_lines if are_lines(stream) else _values)(stream, wanted, path, id)


def are_lines(stream: io.BufferedReader) -> bool:
    """Return whether JSON has a record a line, rather than one value after another."""
    first = stream.peek(_WINDOW)[:_WINDOW].lstrip()
    if may_wrap(first[:START]):
        return False
    start = first.split(b"\n", 1)[0].strip()
    return not start.startswith(b"[") and not (start.startswith(b"{") and not _maybe_lines(start, first))


def _maybe_lines(start: bytes, first: bytes) -> bool:
    """Return whether the first line is an object of its own, or broken but not the opening of one over many lines."""
    if len(start) == len(first):
        return not start.rstrip().endswith(b"}") or start.count(b"}{") == 0
    return start != b"{" and not start.endswith((b",", b"{", b"["))


def _lines(stream: BinaryIO, wanted: Mapping[str, str], path: str, id: str) -> Iterator[Record | Skipped]:
    decode = decoder(wanted)
    for number, line in pieces(stream):
        where, own = f"{path}#{number}", f"{id}#{number}"
        if line is None:
            yield Skipped(where, TOO_LONG)
            continue
        if (item := record_of(line, decode, wanted, where, own)) is not None:
            yield item


def record_of(
    line: bytes, decode: Callable[[bytes], Any], wanted: Mapping[str, str], where: str, own: str
) -> Record | Skipped | None:
    """Return the record of a line, or what is wrong with it; None for a blank one."""
    try:
        row = decode(line)
    except _ERRORS:
        return _carefully(line, wanted, where, own) if line.strip() else None
    made = build(
        (row.text, row.html, row.title, row.url, row.source, row.published, row.author, row.language, row.crawled),
        row.id, where, own,
    )  # fmt: skip
    return _carefully(line, wanted, where, own) if isinstance(made, Skipped) and made.reason == NEITHER else made


def decoder(wanted: Mapping[str, str]) -> Callable[[bytes], Any]:
    """Return a decoder of the fields we want and nothing else; other keys are passed over unread.

    It refuses what is rare (numbers beyond 64 bits, lone surrogates, NaN): `json` looks at those lines.
    """
    one = {theirs: ours for ours, theirs in wanted.items()}  # of ours that go by the same name
    fields = [(ours, Any, None) for ours in one.values()]
    rename = {ours: theirs for theirs, ours in one.items()}
    decode = msgspec.json.Decoder(msgspec.defstruct("Row", fields, rename=rename)).decode
    if len(one) == len(wanted):
        return decode

    def shared(line: bytes) -> SimpleNamespace:
        row = decode(line)
        return SimpleNamespace(**{ours: getattr(row, one[theirs]) for ours, theirs in wanted.items()})

    return shared


def _carefully(line: bytes, wanted: Mapping[str, str], path: str, id: str) -> Record | Skipped:
    """Return the record of a line that the fast decoder refused, or what is wrong with it."""
    try:
        row = json.loads(line.rstrip().decode("utf-8", "surrogatepass"), strict=False)  # a break starts a column 1
    except RecursionError:
        return Skipped(path, "nested too deeply")
    except UnicodeDecodeError:
        return Skipped(path, "not UTF-8")
    except ValueError as error:
        return Skipped(path, _wrong(error))
    return _record(row, wanted, path, id)


def _record(row: object, wanted: Mapping[str, str], path: str, id: str) -> Record | Skipped:
    if not isinstance(row, dict):
        return Skipped(path, "not a JSON object")
    made = from_mapping(row, wanted, path, id)
    more = advice(row, wanted) if isinstance(made, Skipped) and made.failed else ""
    return replace(made, reason=made.reason + more) if isinstance(made, Skipped) and more else made


def _wrong(error: ValueError) -> str:
    """Return what is wrong with JSON, in few words.

    >>> _wrong(json.JSONDecodeError("Expecting value", "{x", 1))
    'not JSON: expecting value at column 2'
    """
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON: {error.msg[:1].lower()}{error.msg[1:].removesuffix(' at')} at column {error.colno}"
    text = "a number of too many digits" if "digits" in str(error) else str(error)
    return f"not JSON: {text[:1].lower()}{text[1:]}"


def _values(stream: BinaryIO, wanted: Mapping[str, str], path: str, id: str) -> Iterator[Record | Skipped]:
    """Yield the records of an array or of values one after another; behind a fault nothing can be trusted."""
    number = 0
    try:
        for value, alone in _parsed(stream):
            for row in inside(value, wanted) if alone else [value]:
                number += 1
                yield _record(row, wanted, f"{path}#{number}", f"{id}#{number}")
    except RecursionError:
        yield Skipped(f"{path}#{number + 1}", "nested too deeply; the rest was not read")
    except ValueError as error:
        yield Skipped(f"{path}#{number + 1}", f"{_wrong(error)}; the rest was not read")


def _parsed(stream: BinaryIO) -> Iterator[tuple[object, bool]]:
    """Yield the values of a stream, each with whether it stands in no array; held are a window and the value under way.

    A value that the window cuts off is parsed again when the window has doubled, so in all at most twice.
    """
    parse = json.JSONDecoder(strict=False).raw_decode
    utf8 = codecs.getincrementaldecoder("utf-8")("replace")
    text, ended, depth = "", False, 0
    while not ended:
        more = stream.read(max(_WINDOW, len(text)))
        ended = not more
        text += utf8.decode(more, final=ended)
        at = 0
        while True:
            between = _BETWEEN.match(text, at)
            after = between.end() if between else at
            if after == len(text):
                break
            try:
                row, end = parse(text, after)
            except json.JSONDecodeError as error:
                if ended or len(text) - after > LIMIT:
                    long = f"{error.msg} in a record of {count(len(text) - after, 'character')}"
                    wraps = may_wrap(text[after : after + START].encode()) and not ended
                    raise ValueError(long + "; give the array in it alone, as `jq .NAME` does" * wraps) from error
                break
            if end == len(text) and not ended:  # a number may go on
                break
            depth += text.count("[", at, after) - text.count("]", at, after)
            yield row, depth == 0
            at = end
        text = text[at:]
    if depth + text.count("[") - text.count("]") > 0:
        raise ValueError("the array is not closed")
