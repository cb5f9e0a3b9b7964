"""One file to its records: which reader it takes, and what its faults are called."""

from __future__ import annotations

import io
import lzma
import shutil
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from ..errors import InputError, reason
from ..model import Skipped
from .archive import tar_members, zip_members
from .decode import decode, not_text
from .feed import read_feed
from .json import read_json
from .mhtml import read_mhtml
from .opening import FEEDS, START, ZIP, is_mail, is_report, is_saved, opens_json, opens_table, packing_of, root_of
from .record import Record, from_fields, storable
from .stream import LIMIT, STDIN, TOO_LONG, buffered, open_file, unpack
from .table import read_csv, read_parquet
from .walk import MHTML, PAGES, XML, ZIPS, Source, is_page, kind_of, unknown
from .warc import read_warc

# What a damaged or hostile file can make the readers below raise.
FAULTS = (
    InputError, OSError, EOFError, UnicodeError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, tarfile.TarError,
    MemoryError,
)  # fmt: skip


def read_source(source: Source, wanted: Mapping[str, str]) -> Iterator[Record | Skipped]:
    """Yield the records of a file, and what of it could not be read; no fault of the file is raised."""
    kind = kind_of(source.real)
    try:
        with open_file(source.real) as packed:
            yield from read_stream(packed, kind, wanted, source.path, source.id)
    except FAULTS as error:
        yield Skipped(source.path, fault(error, kind[1]))


def read_stream(
    packed: BinaryIO, kind: tuple[str, str], wanted: Mapping[str, str], path: str, id: str, *, inside: bool = False
) -> Iterator[Record | Skipped]:
    """Yield the records of an open file of a format and packing; what it raises is the caller's to name.

    `inside`: the file is a member of an archive, so it cannot be read but from its start to its end.
    """
    suffix, packing = kind
    if (suffix in (*ZIPS, ".parquet") and (packing or inside)) or (suffix == ".tar" and inside):
        yield Skipped(path, f"{suffix} inside {'an archive' if inside else packing}; unpack it first")
    elif suffix in ZIPS:
        yield from _members(zip_members(packed, web=suffix == ".wacz"), wanted, path, id)
    elif path == STDIN and buffered(packed).peek(START).startswith(ZIP):  # not what unpacks to one, of whatever size
        with tempfile.TemporaryFile() as whole:  # the list of its members is at its end
            shutil.copyfileobj(packed, whole)
            yield from _members(zip_members(whole), wanted, path, id)
    elif suffix == ".parquet":
        yield from read_parquet(packed, wanted, path, id)
    else:
        stream = buffered(unpack(packed, packing))
        if not suffix and not packing:  # standard input has no name to tell by
            stream = buffered(unpack(stream, packing_of(stream.peek(START)[:START])))
        yield from _read_opened(stream, suffix, wanted, path, id)


def _read_opened(
    stream: io.BufferedReader, suffix: str, wanted: Mapping[str, str], path: str, id: str
) -> Iterator[Record | Skipped]:
    """Yield the records of an unpacked stream, by the suffix of its name, or where it has none by how it opens."""
    start = stream.peek(START)[:START]
    suffix = suffix or told_by(start, wanted)
    root = root_of(start) if not suffix or suffix in XML else ""
    if not start:
        yield Skipped(path, "empty", failed=False)
    elif suffix == ".tar":
        yield from _members(tar_members(stream), wanted, path, id)
    elif suffix in (".warc", ".wet"):
        yield from read_warc(stream, path, id)
    elif suffix in MHTML:
        yield read_mhtml(stream, path, id)
    elif refusal := _refusal(start, suffix, root, path):
        yield refusal
    elif suffix in (".jsonl", ".ndjson", ".json"):
        yield from read_json(stream, wanted, path, id)
    elif suffix in (".csv", ".tsv"):
        yield from read_csv(stream, wanted, path, id)
    elif root in FEEDS:
        yield from read_feed(stream, path, id)
    else:
        yield read_page(stream, path, id, markup=suffix in PAGES or root == "html")


def _refusal(start: bytes, suffix: str, root: str, path: str) -> Skipped | None:
    """Return why a file is left out that opens so; `root`: its outermost element, if it may have one."""
    if what := not_text(start):
        return Skipped(path, f"{what}, not text")
    if is_report(start):
        return Skipped(path, "a report of dedupe, no article", failed=False)
    if root in FEEDS:
        return None
    if not suffix and is_mail(start):
        return Skipped(path, "an email; extract its text first")
    if suffix in XML and root != "html":
        return Skipped(path, f"XML of <{root[:40]}>, which is no feed and no article we know", failed=False)
    return None


def told_by(start: bytes, wanted: Mapping[str, str]) -> str:
    """Return the suffix of a file's format by how it opens, where its name has none; "" for a text or a page."""
    if opens_json(start):
        return ".json"
    if start.startswith(b"WARC/"):
        return ".warc"
    if is_saved(start):
        return ".mhtml"
    if start[257:262] == b"ustar":
        return ".tar"
    return ".csv" if opens_table(start, (wanted["text"], wanted["html"])) else ""


def _members(
    members: Iterator[tuple[str, BinaryIO | Skipped]], wanted: Mapping[str, str], path: str, id: str
) -> Iterator[Record | Skipped]:
    """Yield the records of an archive's members; a fault of one does not end the others."""
    for name, member in members:
        where, kind = f"{path}/{storable(name)}", kind_of(name)
        if isinstance(member, Skipped):
            yield Skipped(where, member.reason, member.failed)
        elif not kind[0] and not (kind[1] or is_page(member := buffered(member))):
            yield Skipped(where, unknown(name), failed=False)
        else:
            try:
                yield from read_stream(member, kind, wanted, where, f"{id}/{storable(name)}", inside=True)
            except FAULTS as error:
                yield Skipped(where, fault(error, kind[1]))


def read_page(stream: BinaryIO, path: str, id: str, *, markup: bool) -> Record | Skipped:
    """Return the one record that a file of text or HTML is."""
    content = stream.read(LIMIT + 1)
    if len(content) > LIMIT:
        return Skipped(path, TOO_LONG)
    if not content.strip():
        return Skipped(path, "empty", failed=False)
    if what := not_text(content):
        return Skipped(path, f"{what}, not text")
    return from_fields({"html" if markup else "text": decode(content, markup=markup)}, None, path, id)


def fault(error: BaseException, packing: str = "") -> str:
    """Return what is wrong with a file, from what reading it raised."""
    if isinstance(error, InputError):
        return str(error)
    if isinstance(error, EOFError):
        return f"cut off: the {packing or 'packed'} data ends too early; what comes after was not read"
    if isinstance(error, tarfile.TarError):
        return f"not a tar archive that can be read: {error}"
    if isinstance(error, MemoryError):
        return "needs more memory than there is"
    return reason(error)
