"""How figures and dates are said, in every reason, message and report, and a date as a number."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from math import nan


def percent(share: float) -> str:
    """Return a share in whole per cent; what is there but rounds to nothing, or to all, is said so.

    >>> percent(0.256), percent(0.0), percent(0.001), percent(0.9999), percent(1.0)
    ('26 %', '0 %', '<1 %', '99 %', '100 %')
    """
    whole = round(100 * share)
    if 0 < share < 1:
        return f"{min(whole, 99)} %" if whole else "<1 %"
    return f"{whole} %"


def count(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun.

    >>> count(1, "story", "stories"), count(5300, "article")
    ('1 story', '5,300 articles')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def moments(*dates: str) -> tuple[str, ...]:
    """Return ISO dates as they are read side by side: without seconds, and in UTC where their zones differ.

    >>> moments("2025-03-11T11:02:00+01:00", "2025-03-11T12:02:30+01:00"), moments("2025-03-11")
    (('2025-03-11 11:02 +01:00', '2025-03-11 12:02 +01:00'), ('2025-03-11',))
    >>> moments("2025-03-11T12:40:00+03:00", "2025-03-11T10:05:00Z", "2025-03-12")
    ('2025-03-11 09:40 UTC', '2025-03-11 10:05 UTC', '2025-03-12')
    """
    zones = {datetime.fromisoformat(date).utcoffset() for date in dates if "T" in date}
    return tuple(_moment(date, len(zones) > 1) for date in dates)


def _moment(date: str, in_utc: bool) -> str:
    if "T" not in date:
        return date[:10]
    time = datetime.fromisoformat(date)
    clock = (time.astimezone(UTC) if in_utc and time.tzinfo else time).isoformat(timespec="minutes")
    return f"{clock[:10]} {clock[11:16]} {'UTC' if clock[16:] == '+00:00' else clock[16:]}".rstrip()


@lru_cache(maxsize=65536)
def timestamp(iso: str) -> float:
    """Return days since 1970-01-01 UTC of an ISO 8601 date or date and time; nan for anything else.

    >>> timestamp("1970-01-02"), timestamp("1970-01-01T12:00:00+06:00"), timestamp("soon")
    (1.0, 0.25, nan)

    A time without an offset is taken as UTC.
    """
    try:
        moment = datetime.fromisoformat(iso)
    except ValueError:
        return nan
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds() / 86400
