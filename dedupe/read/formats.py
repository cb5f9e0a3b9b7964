"""One file to its records: which reader it takes, and what its faults are called."""

from __future__ import annotations

import csv
import lzma
import struct
import tarfile
import zipfile
import zlib
from typing import TYPE_CHECKING, BinaryIO

from ..errors import InputError
from ..model import Skipped
from .decode import decode, not_text
from .lines import read_json
from .record import Record, build
from .stream import LIMIT, open_file, unpack
from .walk import Source, kind_of, reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# What a damaged or hostile file can make the readers below raise.
FAULTS = (
    InputError, OSError, EOFError, UnicodeError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, tarfile.TarError, csv.Error,
    struct.error, RuntimeError, NotImplementedError, MemoryError, OverflowError,
)  # fmt: skip


def read_source(source: Source, wanted: Mapping[str, str]) -> Iterator[Record | Skipped]:
    """Yield the records of a file, and what of it could not be read; no fault of the file is raised."""
    suffix, packing = kind_of(source.real)
    try:
        with open_file(source.real) as packed:
            yield from read_stream(packed, suffix, packing, wanted, source.path, source.id)
    except FAULTS as error:
        yield Skipped(source.path, fault(error, packing))


def read_stream(
    packed: BinaryIO, suffix: str, packing: str, wanted: Mapping[str, str], path: str, id: str
) -> Iterator[Record | Skipped]:
    """Yield the records of an open file of a known format; what it raises is the caller's to name."""
    stream = unpack(packed, packing)
    if suffix in (".jsonl", ".ndjson", ".json"):
        if what := _no_text(stream):
            yield Skipped(path, what)
        else:
            yield from read_json(stream, wanted, path, id)
    else:
        yield read_page(stream, path, id, markup=suffix in (".html", ".htm"))


def read_page(stream: BinaryIO, path: str, id: str, *, markup: bool) -> Record | Skipped:
    """Return the one record that a file of text or HTML is."""
    content = stream.read(LIMIT + 1)
    if len(content) > LIMIT:
        return Skipped(path, f"longer than {LIMIT >> 20} MiB")
    if not content.strip():
        return Skipped(path, "empty", failed=False)
    if what := not_text(content):
        return Skipped(path, f"{what}, not text")
    text = decode(content, markup=markup)
    return build((None, text) + (None,) * 6 if markup else (text, *(None,) * 7), None, path, id)


def _no_text(stream: BinaryIO) -> str:
    """Return why a stream of lines is none, from how it starts."""
    sample = stream.peek(4096)[:4096]  # type: ignore[attr-defined]
    if not sample:
        return "empty"
    what = not_text(sample)
    return f"{what}, not text" if what else ""


def fault(error: BaseException, packing: str = "") -> str:
    """Return what is wrong with a file, from what reading it raised."""
    if isinstance(error, InputError):
        return str(error)
    if isinstance(error, EOFError):
        return f"cut off: the {packing or 'packed'} data ends too early; what comes after was not read"
    if isinstance(error, MemoryError):
        return "needs more memory than there is"
    return reason(error)
