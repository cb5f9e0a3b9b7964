"""WARC, the format of web archives (ISO 28500): its pages, read in one pass.

A reader of our own, as the format is small and the common one refuses what crawlers write (many records in one
gzip member) and does not say when a file is cut off.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from ..errors import InputError
from ..model import Skipped, count
from .decode import decode, not_text
from .record import Record, from_fields
from .stream import LIMIT, TOO_LONG

_LINE = 1 << 16  # bytes of a header line
_HEADERS = 1 << 20  # bytes of a record's header
_END = re.compile(rb"\r?\n\r?\n")  # of a response's header; archives keep what servers sent, some a bare line feed
# What wget, wpull and Browsertrix write of a crawl: its arguments and log, the text of pages that are there as well.
_BESIDE = re.compile(r"metadata:|urn:(?:x-wpull|text|textfinal|pageinfo):", re.I)
_PAGES = ("text/html", "application/xhtml+xml", "text/plain")


def read_warc(stream: BinaryIO, path: str, id: str) -> Iterator[Record | Skipped]:
    """Yield the pages of a web archive; a record is called by its number."""
    for number, header in enumerate(_headers(stream), 1):
        where, own = f"{path}#{number}", f"{id}#{number}"
        if "fault" in header:
            yield Skipped(where, header["fault"])
            continue
        length = int(header["content-length"])
        block = _block(stream, length)
        ending = stream.read(4)
        if block is None:
            yield Skipped(where, TOO_LONG)
        elif len(block) < length:
            yield Skipped(where, f"cut off: {len(block):,} of {count(length, 'byte')}")
        elif ending.strip():
            yield Skipped(where, "its length is wrong")
        elif item := _page(header, block, where, own):
            yield item


def _headers(stream: BinaryIO) -> Iterator[dict[str, str]]:
    """Yield the header of each record by lower-case name, or its fault; whoever takes one reads the block behind it.

    Behind a fault, everything up to the next line that opens a record is passed over.
    """
    while line := stream.readline(_LINE):
        fault = "" if line.startswith(b"WARC/") or not line.strip() else "lines that belong to no record"
        while line:
            if line.startswith(b"WARC/"):
                if fault:
                    yield {"fault": fault}
                header = _fields(stream)
                fault = _fault(header)
                if not fault:
                    yield header
                    break
            elif not fault:
                break  # an empty line between records
            line = stream.readline(_LINE)
        else:
            yield {"fault": fault}


def _fault(header: Mapping[str, str]) -> str:
    length = header.get("content-length", "")
    if not (length.isascii() and length.isdecimal() and len(length) < 20):
        return f"its length is {length[:20]!r}" if length else "no length"
    return ""


def _fields(stream: BinaryIO) -> dict[str, str]:
    """Return the fields of a header up to its empty line; those beyond _HEADERS bytes are not kept."""
    header: dict[str, str] = {}
    size = 0
    while (line := stream.readline(_LINE)).strip():
        size += len(line)
        name, _, value = line.partition(b":")
        if size <= _HEADERS:
            header.setdefault(name.strip().lower().decode("latin-1"), value.strip().decode("utf-8", "replace"))
    return header


def _block(stream: BinaryIO, length: int) -> bytes | None:
    """Return the block of a record, shorter than said where the file ends; None for one that is too long to keep."""
    if length <= LIMIT:
        return stream.read(length)
    while length > 0 and (part := stream.read(min(length, 1 << 18))):
        length -= len(part)
    if length:
        raise InputError(f"the last record says it is {count(length, 'byte')} longer than the file")
    return None


def _page(header: Mapping[str, str], block: bytes, path: str, id: str) -> Record | Skipped | None:
    """Return the page of a record, or why it is none; nothing for records that are not about a page's content."""
    kind = header.get("warc-type", "")
    url = header.get("warc-target-uri", "").strip("<>")
    if kind not in ("response", "resource", "conversion"):
        return None
    if kind == "resource" and _BESIDE.match(url):
        return Skipped(path, "what a crawler notes beside its pages", failed=False)
    http = {"content-type": header.get("content-type", "")}
    if kind == "response":
        if not block.startswith(b"HTTP/"):
            return Skipped(path, "a response without an HTTP header")
        status, http, block = _response(block)
        if status != "200":
            return Skipped(path, f"HTTP status {status[:3]}", failed=False)
    media, _, rest = http.get("content-type", "").partition(";")
    if media.strip().lower() not in (*_PAGES, ""):
        return Skipped(path, f"{media.strip()[:60]}, not a page", failed=False)
    try:
        body = _unwrapped(http, block)
    except ValueError as error:
        return Skipped(path, str(error))
    if what := not_text(body):
        return Skipped(path, f"{what}, not text")
    text = decode(body, markup=True, declared=rest.partition("charset=")[2].split(";")[0].strip("\"' "))
    field = "text" if media.strip().lower() == "text/plain" else "html"
    return from_fields({field: text, "url": url, "crawled": header.get("warc-date")}, None, path, id)


def _response(block: bytes) -> tuple[str, dict[str, str], bytes]:
    """Return (status, header by lower-case name, body) of an HTTP response."""
    end = _END.search(block)
    head, body = (block[: end.start()], block[end.end() :]) if end else (block, b"")
    first, *lines = head[:_HEADERS].splitlines()
    status = b"".join(first.split()[1:2]).decode("latin-1")
    fields = (line.decode("latin-1").partition(":") for line in lines)
    return status, {name.strip().lower(): value.strip() for name, _, value in fields}, body


def _unwrapped(http: Mapping[str, str], body: bytes) -> bytes:
    """Return a body without its transfer and content coding; archives often keep the header of what they unwrapped."""
    if "chunked" in http.get("transfer-encoding", "").lower():
        body = _joined(body)
    coding = http.get("content-encoding", "").lower()
    if coding in ("gzip", "x-gzip", "deflate") and not body.lstrip().startswith(b"<"):
        unpacker = zlib.decompressobj(47 if coding != "deflate" or body[:1] == b"\x78" else -15)
        try:
            body = unpacker.decompress(body, LIMIT + 1)
        except zlib.error as error:
            raise ValueError(f"says {coding}, but is not") from error
        if len(body) > LIMIT:
            raise ValueError(TOO_LONG)
    elif coding not in ("", "identity", "gzip", "x-gzip", "deflate") and not body.lstrip().startswith(b"<"):
        raise ValueError(f"content coding {coding[:20]}, which is not read")
    return body


def _joined(body: bytes) -> bytes:
    """Return the chunks of a body joined, or the body as it is where it is not in chunks."""
    parts: list[bytes] = []
    at = 0
    while at < len(body):
        end = body.find(b"\r\n", at, at + 1000)
        digits = body[at:end].split(b";")[0].strip() if end > 0 else b""
        if not digits or len(digits) > 8 or digits.strip(b"0123456789abcdefABCDEF"):
            return b"".join(parts) or body
        size = int(digits, 16)
        if not size:
            break
        parts.append(body[end + 2 : end + 2 + size])
        at = end + 4 + size
    return b"".join(parts)
