"""The outlet that an address names."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

_SECOND_LEVEL = {
    "ac", "co", "com", "edu", "gob", "gouv", "gov", "govt", "gv", "go", "in", "mil", "ne", "net", "nom", "or", "org",
    "press", "sch",
}  # fmt: skip
_PLAIN = re.compile(r"https?://([a-z0-9.-]+)(?=[/?#]|\Z)")  # an address that there is only one way to read
_DROPPED = re.compile(r"^(?:www\d?|m|mobile|amp|wap|touch|edition|hosted|rss|feeds?|beta|old|new|en)\.")


def outlet_of_url(url: str) -> str:
    """Return the outlet that an address belongs to: its host without www, mobile and edition prefixes; "" for none.

    >>> outlet_of_url("https://www.reuters.com/world/x"), outlet_of_url("http://m.bbc.co.uk:80/news")
    ('reuters.com', 'bbc.co.uk')
    >>> outlet_of_url("not an address"), outlet_of_url("javascript:alert(1)")
    ('', '')

    A subdomain stays where it is an outlet of its own (news.sky.com, detroit.cbslocal.com): we cannot know.
    """
    plain = _PLAIN.match(url)
    return _outlet_of_host(plain[1].strip(".") if plain else _host_of(url))


def _host_of(url: str) -> str:
    try:
        parts = urlsplit(url.strip() if "//" in url else "")
        return (parts.hostname or "").strip(".") if parts.scheme in ("http", "https", "") else ""
    except ValueError:
        return ""


@lru_cache(maxsize=4096)
def _outlet_of_host(host: str) -> str:
    labels = host.split(".")
    if len(labels) < 2 or not all(labels) or len(host) > 253:
        return ""
    while (shorter := _DROPPED.sub("", host, count=1)) != host and shorter.count(".") >= 1 and not _is_suffix(shorter):
        host = shorter
    return host


def _is_suffix(host: str) -> bool:
    """Return whether a host is only a public suffix of two labels, "co.uk"."""
    labels = host.split(".")
    return len(labels) == 2 and len(labels[1]) == 2 and labels[0] in _SECOND_LEVEL
