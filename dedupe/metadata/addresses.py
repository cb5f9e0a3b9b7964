"""The date in a page's address, which most news sites put there."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMES = {name: number for number, name in enumerate(_MONTHS, 1)}
# /2014/05/08/, /2014/may/08/, /2014-05-08-, /20140508/: year first, as in the addresses of some nine in ten sites
_DATED = re.compile(r"[/_-](199\d|20[0-4]\d)([/_-]?)(\d\d?|[a-z]{3})\2(\d\d?)(?!\d)", re.IGNORECASE)


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
