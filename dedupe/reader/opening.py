"""What a file is by how it opens, where its name does not say: a page, a feed, JSON, a report of ours."""

from __future__ import annotations

import re

from .decode import decode

START = 4096  # bytes by which a file is told
FEEDS = {"rss", "RDF", "feed", "nitf", "NewsML", "newsItem", "newsMessage"}  # outermost elements of what `feed` reads
_ROOT = re.compile(r"<(?![?!])(?:[\w.-]+:)?([\w.-]+)")
_COMMENTS = re.compile(r"<!--.*?-->", re.S)
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


def is_report(start: bytes) -> bool:
    """Return whether a file is a report of ours, as `dedupe report pages/ -o pages/report.html` leaves one.

    >>> is_report(b'{"schema":"dedupe.report/1","version"'), is_report(b"5 articles in 1 story, the editor said")
    (True, False)
    """
    return _REPORT.match(start) is not None
