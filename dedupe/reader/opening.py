"""What a file is by how it opens, where its name does not say: a page, a feed, JSON, a report of ours."""

from __future__ import annotations

import re
from collections.abc import Collection

from .decode import decode

START = 4096  # bytes by which a file is told
FEEDS = {"rss", "RDF", "feed", "nitf", "NewsML", "newsItem", "newsMessage"}  # outermost elements of what `feed` reads
_ROOT = re.compile(r"<(?![?!])(?:[\w.-]+:)?([\w.-]+)")
_COMMENTS = re.compile(r"<!--.*?-->", re.S)
MAIL_HEADERS = 3  # a text may open with "From: ..." and "Date: ..."
_HEADER = re.compile(
    rb"^(?:From|To|Subject|Date|Received|Return-Path|Delivered-To|Message-ID|MIME-Version|Content-Type|Reply-To):",
    re.I | re.M,
)
_COLUMN = re.compile(r"[\w.:-]{1,40}")  # a column's name; with blanks it would be a line of a text with commas
_PACKED = ((b"\x1f\x8b", ".gz"), (b"\x28\xb5\x2f\xfd", ".zst"), (b"BZh", ".bz2"), (b"\xfd7zXZ", ".xz"))
ZIP = b"PK\x03\x04"
_JSON = re.compile(rb'\s*(?:\[\s*)?\{\s*["}]')
# JSON by its schema, HTML by its generator, text and Markdown by the sentence that sums it up, CSV by its columns.
_REPORT = re.compile(
    rb"""\{"schema":"dedupe\.report/
    | <!doctype\ html>\s*<html[^>]*>\s*<head>\s*<meta\ charset="utf-8">\s*<meta\ name="generator"\ content="dedupe[ ]
    | (?:\#\ Versions\ of\ stories\s+)?[\d,]+\ articles?\ in\ [\d,]+\ stor(?:y|ies);\ [\d,]+\ stor(?:y|ies)\ with\ more
        \s+than\s+one\s+version,\s+[\d,]+\s+groups?\s+of\s+copies\.
    | id,path,title,source,[a-z,]+,story,cluster,relation,score,verdict,confidence,original,reused,credit,ad,""",
    re.VERBOSE,
)


def root_of(start: bytes) -> str:
    """Return the name of a document's outermost element without its namespace, "html" for any page; else nothing.

    >>> root_of(b"<?xml version='1.0'?><!-- made today --><rss version='2.0'>"), root_of(b"<!DOCTYPE html><p>")
    ('rss', 'html')
    >>> root_of(b"Rates < 5 rose"), root_of("<html>".encode("utf-16"))
    ('', 'html')
    """
    if not start.lstrip(b" \t\r\n\xef\xbb\xbf\xff\xfe\0").startswith(b"<"):
        return ""
    text = _COMMENTS.sub("", decode(start, markup=True)).lstrip()
    if text[:14].lower() == "<!doctype html":
        return "html"
    found = _ROOT.search(text) if text.startswith("<") and (text[1:2] != "?" or text[:5] == "<?xml") else None
    return "html" if found and found[1].lower() == "html" else found[1] if found else ""


def opens_json(start: bytes) -> bool:
    """Return whether a file opens as JSON of records does."""
    return _JSON.match(start) is not None


def packing_of(start: bytes) -> str:
    """Return how a file is packed by how it opens, as the suffix that names it; "" for not at all.

    >>> packing_of(bytes([31, 139, 8, 0])), packing_of(b"One article.")
    ('.gz', '')
    """
    return next((suffix for mark, suffix in _PACKED if start.startswith(mark)), "")


def opens_table(start: bytes, columns: Collection[str]) -> bool:
    """Return whether a file opens with the header of a table that has one of these columns.

    >>> opens_table(b"id,title,text\\n1,A,One", ["text", "html"]), opens_table(b"Text, they said", ["text"])
    (True, False)
    >>> opens_table(b"text\\nIt is one of a single line.", ["text"])
    False
    """
    header = decode(start).partition("\n")[0].casefold()
    wanted = {name.strip().casefold() for name in columns}
    rows = (header.split(delimiter) for delimiter in ",;\t|")
    tables = ([name.strip(' "\r') for name in row] for row in rows if len(row) > 1)
    return any(not wanted.isdisjoint(names) and all(map(_COLUMN.fullmatch, names)) for names in tables)


def is_mail(start: bytes) -> bool:
    """Return whether a file opens with the headers of a mail.

    >>> is_mail(b"From: a@b.example\\nSubject: News\\nMIME-Version: 1.0\\n"), is_mail(b"From: our own\\nLondon")
    (True, False)
    """
    return len(_HEADER.findall(start.partition(b"\n\n")[0])) >= MAIL_HEADERS


def is_saved(start: bytes) -> bool:
    """Return whether a file is a page that a browser saved in one file (MHTML), which opens as a mail does.

    >>> is_saved(b"From: <Saved by Blink>"), is_saved(b'From: "Saved by Internet Explorer 8"')
    (True, True)
    >>> is_saved(b"From: a@b.example")
    False
    """
    return start.startswith((b"From: <Saved by ", b'From: "Saved by '))


def is_report(start: bytes) -> bool:
    """Return whether a file is a report of ours, as `dedupe report pages/ -o pages/report.html` leaves one.

    >>> is_report(b'{"schema":"dedupe.report/1","version"'), is_report(b"5 articles in 1 story, the editor said")
    (True, False)
    """
    return _REPORT.match(start) is not None
