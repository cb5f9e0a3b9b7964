"""What a page's address says: the outlet, and the date, which most news sites put there."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from ..model import host_of

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMES = {name: number for number, name in enumerate(_MONTHS, 1)}
# /2014/05/08/, /2014/may/08/, /2014-05-08-, /20140508/: year first, as in the addresses of some nine in ten sites
_DATED = re.compile(r"[/_-](199\d|20[0-4]\d)([/_-]?)(\d\d?|[a-z]{3})\2(\d\d?)(?!\d)", re.IGNORECASE)
_SECOND_LEVEL = {
    "ac", "co", "com", "edu", "gob", "gouv", "gov", "govt", "gv", "go", "in", "mil", "ne", "net", "nom", "or", "org",
    "press", "sch",
}  # fmt: skip
_DROPPED = re.compile(r"^(?:www\d?|m|mobile|amp|wap|touch|edition|hosted|rss|feeds?|beta|old|new|en)\.")


def date_of_url(url: str) -> str:
    """Return the day that an address names, ISO 8601, or the empty string.

    >>> date_of_url("http://www.nytimes.com/2014/05/09/world/europe/ukraine.html")
    '2014-05-09'
    >>> date_of_url("https://www.theguardian.com/world/2014/may/8/ukraine"), date_of_url("https://a.org/20140508/x")
    ('2014-05-08', '2014-05-08')
    >>> date_of_url("https://a.org/story-2014133177"), date_of_url("https://a.org/2014/13/41/"), date_of_url("")
    ('', '', '')
    """
    for match in _DATED.finditer(url[:2000]):
        year, between, month, day = match.groups()
        if not between and len(month) + len(day) != 4:
            continue  # a number that only begins like a year
        try:
            return date(int(year), _NAMES.get(month.lower(), 0) or int(month), int(day)).isoformat()
        except ValueError:
            continue
    return ""


def outlet_of_url(url: str) -> str:
    """Return the outlet that an address belongs to: its host without www, mobile and edition prefixes; "" for none.

    >>> outlet_of_url("https://www.reuters.com/world/x"), outlet_of_url("http://m.bbc.co.uk:80/news")
    ('reuters.com', 'bbc.co.uk')
    >>> outlet_of_url("not an address"), outlet_of_url("javascript:alert(1)")
    ('', '')

    A subdomain stays where it is an outlet of its own (news.sky.com, detroit.cbslocal.com): we cannot know.
    """
    return _outlet_of_host(host_of(url))


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
