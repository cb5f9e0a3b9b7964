"""MHTML, as browsers save a page in one file (RFC 2557): the page; its pictures and frames are passed over."""

from __future__ import annotations

import binascii
import quopri
import re
from collections.abc import Callable, Iterator
from email.parser import BytesHeaderParser
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

from ..model import Skipped
from .decode import decode, not_text
from .record import Record, from_fields
from .stream import LIMIT, TOO_LONG

if TYPE_CHECKING:
    from email.message import Message

_END = re.compile(rb"\r?\n\r?\n")  # of a header
_HEADER, _PARTS = 1 << 16, 1000  # bytes of a header, parts of a file that are looked at: the page is mostly the first
_PAGES = ("text/html", "application/xhtml+xml")


def read_mhtml(stream: BinaryIO, path: str, id: str) -> Record | Skipped:
    """Return the record of the first page in a file, with the address and the day that the browser wrote down."""
    content = stream.read(LIMIT + 1)
    if len(content) > LIMIT:
        return Skipped(path, TOO_LONG)
    head, body = _opened(content)
    for header, part in islice(_parts(head, body), _PARTS):
        if header.get_content_type() in _PAGES:
            try:
                page = _plain(str(header.get("Content-Transfer-Encoding", "")), part)
            except binascii.Error:
                return Skipped(path, "its page says base64, but is not")
            if what := not_text(page):
                return Skipped(path, f"{what}, not text")
            url = head.get("Snapshot-Content-Location") or header.get("Content-Location") or ""
            text = decode(page, markup=True, declared=_said(header.get_content_charset))
            known = {"html": text, "url": "".join(str(url).split()), "crawled": str(head.get("Date") or "")}
            return from_fields(known, None, path, id)
    return Skipped(path, "an MHTML file that holds no page")


def _parts(head: Message, body: bytes) -> Iterator[tuple[Message, bytes]]:
    """Yield the header and the content of each part; of a file that is not divided, its own."""
    boundary = _said(head.get_boundary).encode("utf-8", "surrogateescape")
    if not boundary:
        yield head, body
        return
    mark = b"--" + boundary
    start = body.find(mark)
    while start >= 0:
        start += len(mark)
        end = body.find(b"\n" + mark, start)
        yield _opened(body[start : end if end >= 0 else len(body)].lstrip())
        start = end + 1 if end >= 0 else -1


def _opened(content: bytes) -> tuple[Message, bytes]:
    """Return the header of a file or a part, and what comes after it."""
    end = _END.search(content)
    head, body = (content[: end.start()], content[end.end() :]) if end else (b"", content)
    return BytesHeaderParser().parsebytes(head[:_HEADER]), body


def _said(of_header: Callable[[], str | None]) -> str:
    """Return what a header says, "" where it cannot be read."""
    try:
        return of_header() or ""
    except ValueError:  # from `email`: a NUL in the name of an encoding, a number of thousands of digits (RFC 2231)
        return ""


def _plain(encoding: str, part: bytes) -> bytes:
    """Return content without the encoding that it was sent in."""
    kind = encoding.strip().lower()
    if kind == "quoted-printable":
        return quopri.decodestring(part)
    return binascii.a2b_base64(part) if kind == "base64" else part
