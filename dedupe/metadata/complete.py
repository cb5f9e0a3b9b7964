"""What tags and text say of a page, brought together."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

from .bylines import from_text
from .dates import dotted, parse_date
from .people import clean_author, is_agency

# What a tag says of a firm or a site instead of a person: the page's own text may know better.
_ORGANISATION = re.compile(
    r"\b(?:GmbH|Inc|Ltd|LLC|Limited|PLC|Kft|Zrt|Sp\. z o|S\.A|S\.L|S\.p\.A|B\.V|s\.r\.o)\b|\bwww\.|^\S+\.[a-z]{2,3}$"
)
_SAME = timedelta(hours=27)  # a zone's width: further apart, tag and text speak of two dates
_QUARTER = 15 * 60  # offsets of zones are whole quarters of an hour ...
# ... and these, in minutes, are those of today's zones that are no whole hours: else text and tag tell of two moments.
_PARTS = (-570, -210, -150, 210, 270, 330, 345, 390, 525, 570, 630, 765, 825)


def complete(
    text: str, title: str = "", author: str = "", published: str = "", source: str = "", *, by_day: bool = False
) -> dict[str, str]:
    """Return title, author and published date of a page: what its tags say, cleaned, and else what its text says.

    `by_day`: whether of 03/04/2025 the day is first.

    >>> said = "Rates rise again as prices climb\\nBy Ann Lee\\nOctober 29, 2025 8:00 PM\\nThe bank ..."
    >>> complete(said, author="105092", published="2025-10-30T00:00:00Z", source="example.com")
    {'title': 'Rates rise again as prices climb', 'author': 'Ann Lee', 'published': '2025-10-29T20:00:00-04:00'}

    A tag in UTC beside the same moment on the page's own clock, as above, gives that clock's offset.
    """
    organisation = bool(_ORGANISATION.search(author))
    author, published = clean_author(author, source), parse_date(dotted(published) if by_day else published)
    in_utc = published.endswith("+00:00")
    unsigned = not author or organisation or is_agency(author)
    asked = not title or not published or in_utc or unsigned
    said = {}
    if asked:
        said = from_text(text, title=not title, author=unsigned, headline=title, outlet=source, by_day=by_day)
    spoken_author = clean_author(said.get("author", ""), source)
    spoken = said.get("published", "")
    return {
        "title": title or said.get("title", ""),
        "author": spoken_author if spoken_author and unsigned else author,
        "published": (on_own_clock(published, spoken) if in_utc and spoken else published) or spoken,
    }


def on_own_clock(published: str, spoken: str) -> str:
    """Return a moment in UTC with the offset that a wall clock's reading of it shows; as it is where it shows none.

    >>> on_own_clock("2019-11-19T07:03:25+00:00", "2019-11-18T23:03:00")
    '2019-11-18T23:03:25-08:00'
    >>> on_own_clock("2019-11-19T07:03:25+00:00", "2019-11-12")
    '2019-11-19T07:03:25+00:00'
    >>> on_own_clock("2024-03-02T22:28:44+00:00", "2024-03-02T21:43:00")  # 45 minutes west is nobody's clock
    '2024-03-02T22:28:44+00:00'
    >>> on_own_clock("2024-03-02T04:00:00+00:00", "2024-03-02T23:00:00")  # nor is 19 hours east
    '2024-03-02T04:00:00+00:00'
    """
    moment, clock = datetime.fromisoformat(published), datetime.fromisoformat(spoken)
    if len(spoken) <= 10 or abs(moment.replace(tzinfo=None) - clock.replace(tzinfo=None)) > _SAME:
        return published
    if clock.tzinfo is not None:
        return moment.astimezone(clock.tzinfo).isoformat()
    ahead = (clock - moment.replace(tzinfo=None)).total_seconds()
    offset = round(ahead / _QUARTER) * _QUARTER
    is_zone = -12 * 3600 <= offset <= 14 * 3600 and (offset % 3600 == 0 or offset // 60 in _PARTS)
    if abs(ahead - offset) > 120 or not is_zone:  # two minutes: seconds, and rounding
        return published
    return moment.astimezone(timezone(timedelta(seconds=offset))).isoformat()
