"""Web addresses as pages and records give them."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_PLAIN = re.compile(r"https?://([a-z0-9.-]+)(?=[/?#]|\Z)")  # nearly all; `urlsplit` takes its time


def host_of(address: str) -> str:
    """Return the host of a web address without "www."; "" where it has none.

    >>> host_of("https://www.BBC.co.uk:443/news"), host_of("//m.bbc.co.uk"), host_of("bbc.co.uk"), host_of("ftp://a.org")
    ('bbc.co.uk', 'm.bbc.co.uk', '', '')
    """
    if plain := _PLAIN.match(address):
        host = plain[1]
    else:
        try:
            parts = urlsplit(address.strip())
            host = parts.hostname or ""
        except ValueError:
            return ""
        if parts.scheme not in ("http", "https", ""):
            return ""
    host = host.strip(".").removeprefix("www.")
    return host if "." in host else ""
