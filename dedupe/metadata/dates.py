"""Dates as pages write them, as ISO 8601: seventy languages by a table, others by dateparser."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta, timezone
from functools import cache, lru_cache
from itertools import islice

from ..resources import calendar_names
from .calendars import ERA, SOLAR, SOLAR_MONTHS, gregorian, year_of_era

_EARLIEST, _LATEST = 1800, 2100  # years of news; what lies outside is a misread number
_LONGEST = 200  # characters: a date line with weekday, time and label is half of that

_ISO = re.compile(r"(?<!\d)(\d{4})\s?([-./])\s?(\d{1,2})\s?\2\s?(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"^([12]\d{3})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)")  # ISO 8601, basic format
_SECONDS = re.compile(r"\d{8,14}\.\d{1,9}")  # of a clock (1715076000.25), or a table's whole number (20240507.0)
_EAST = re.compile(r"(?<!\d)(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]?")
_VIETNAMESE = re.compile(r"(?<!\d)(\d{1,2})\s*tháng\s*(\d{1,2})(?:\s*,)?(?:\s*năm)?\s*(\d{4})(?!\d)")
_PLAIN = re.compile(r"(?:\d{1,2}\D{3,30}|\D{3,30}\d{1,2}\D{1,3})\d{4}")  # a day and a month's name, and a year
_OTHER_DIGIT = re.compile(r"[^\D0-9]")  # of Arabic, Devanagari, ...
_WORD = r"[^\s\d,/|()–—-]{2,20}"
_OF = r"(?:(?:of|de|del|di|da|den)\s|d['’]\s?)?"
_YEAR = re.compile(
    r"(?<!\d)[12]\d{3}(?=\D|$|\d{1,2}:\d\d)"
)  # also "20232:23 PM", as text cut out of HTML runs together
_DAY_MONTH = re.compile(  # searched in the 45 characters before a year
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th|er|º|ª|°|-го|ης?)?[\s,./-]{{0,3}}{_OF}"
    rf"({_WORD}(?:[\s/]{_WORD})?)[\s,./-]{{0,3}}{_OF}$",
    re.I,
)
_CLOCK = r"(?:\d\d:\d\d(?::\d\d)?\s(?:[A-Z]{2,4}\s|[+-]\d{4}\s)?)?"  # "Nov 21 17:54:46 UTC 2026", of ctime and Twitter
_MONTH_DAY = re.compile(
    rf"({_WORD}(?:\s{_WORD})?)[\s./-]{{0,3}}(?<!\d)(\d{{1,2}})(?:st|nd|rd|th|a|-an|ko)?[\s,./-]{{1,3}}{_CLOCK}$", re.I
)
_HALF = re.compile(r"[ap]\.?m\.?\s", re.I)  # of a time before a month: "3:15 PM January 1, 2025"
_AFTER_YEAR = re.compile(rf"[\s,.]{{0,3}}(?:[mg]\.\s)?({_WORD})[\s,./-]{{0,3}}(\d{{1,2}})(?!\d)", re.I)
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d\d)(?!\d|[:.]\d\d)")
_SLASHED = re.compile(r"(?<!\d)(\d{1,2}\s?)/(\s?\d{1,2}\s?)/(?=\s?(?:\d{4}|\d\d)(?!\d))")
_MONTH_FIRST = {"", "en", "ja", "ko", "zh", "tl", "fil"}  # languages; none known: mostly English
_DAY_FIRST = {  # countries that write English with the day first, as in tags and domains
    "uk", "gb", "ie", "au", "nz", "in", "pk", "bd", "lk", "sg", "my", "hk", "za", "ng", "ke", "gh", "ug", "zw", "mt",
    "jm", "tt",
}  # fmt: skip
_ZONE = r"(Z\b|(?:UTC|GMT)\s?[+-]\d{1,2}(?::?\d\d)?(?!\d)|[+-]\d\d(?::?\d\d)?(?!\d)|\b(?![AP]M\b)[A-Z]{2,4}\b)?"
_TIME = re.compile(
    r"(?<![\d.,])(\d{1,2})(?:[:.](\d\d)(?:[:.](\d\d)(?:[.,]\d{1,9})?)?|\s?(?:h|시|時|点|點|Uhr)\s?(\d\d)?)(?!\d)\s*"
    rf"([ap]\.?\s?m\b\.?)?\s*\(?{_ZONE}",
    re.I,
)
_HOUR_ONLY = re.compile(rf"(?<![\d.,:])(\d{{1,2}})\s?([ap]\.?m)\b\.?\s*{_ZONE}", re.I)
_ZONES = {
    "z": 0, "utc": 0, "gmt": 0, "wet": 0, "bst": 60, "ist": 330, "cet": 60, "mez": 60, "west": 60, "cest": 120,
    "mesz": 120, "eet": 120, "sast": 120, "cat": 120, "msk": 180, "eest": 180, "eat": 180, "trt": 180, "gst": 240,
    "pkt": 300, "wib": 420, "ict": 420, "sgt": 480, "hkt": 480, "myt": 480, "pht": 480, "awst": 480, "jst": 540,
    "kst": 540, "acst": 570, "aest": 600, "aedt": 660, "nzst": 720, "nzdt": 780, "est": -300, "edt": -240, "et": -300,
    "cst": -360, "cdt": -300, "ct": -360, "mst": -420, "mdt": -360, "mt": -420, "pst": -480, "pdt": -420, "pt": -480,
    "akst": -540, "akdt": -480, "hst": -600, "ast": -240, "adt": -180, "nst": -210, "ndt": -150, "brt": -180,
    "art": -180, "clt": -240, "wat": 60,
}  # fmt: skip  # minutes east of Greenwich; of a name of several zones the one with the larger press
_SUMMER = {"et": "edt", "ct": "cdt", "mt": "mdt", "pt": "pdt"}  # American times without "standard" or "daylight"


@cache
def _months() -> dict[str, int]:
    """Return the number of each month name and abbreviation, case folded, in all languages of the table."""
    names = {form: number for number, forms in enumerate(SOLAR_MONTHS, SOLAR + 1) for form in forms.split()}
    for number, form in calendar_names("months.json"):
        names.setdefault(form.replace("_", " ").casefold().rstrip("."), number)
    return names


@lru_cache(maxsize=4096)
def parse_date(text: str) -> str:
    """Return the first date in a text as ISO 8601, with time and offset where given; "" where there is no date.

    >>> parse_date("Monday, Oct. 27, 2025 10:15 a.m. EDT"), parse_date("Wed, 29 Oct 2025 08:00:05 GMT")
    ('2025-10-27T10:15:00-04:00', '2025-10-29T08:00:05+00:00')
    >>> parse_date("Veröffentlicht am 3. März 2024"), parse_date("2025年10月29日"), parse_date("1761696000")
    ('2024-03-03', '2025-10-29', '2025-10-29T00:00:00+00:00')
    >>> parse_date("the day before yesterday"), parse_date("2024-13-45"), parse_date("call 555-10-29")
    ('', '', '')

    Of 03/04/2025 either may be the day: with slashes the month stands first, as in American usage, with dots and
    hyphens the day, as nearly everywhere else; a number above 12 settles it. See `day_first`.
    """
    text = _COMPACT.sub(r"\1-\2-\3T\4:\5:\6", text.strip())
    if not 4 <= len(text) <= _LONGEST:
        return ""
    if text.isdecimal() or _SECONDS.fullmatch(text):
        return _from_digits(_in_ascii_digits(text.partition(".")[0]))
    return find_date(text)[0] or _by_library(text)


def day_first(language: str, outlet: str) -> bool:
    """Return whether of 03/04/2025 the day is first, by the language of a page ("de", "en-GB") and its outlet's domain.

    >>> day_first("fr", ""), day_first("en-GB", ""), day_first("en", "bbc.co.uk"), day_first("en", "cnn.com")
    (True, True, True, False)
    """
    code, _, country = language.casefold().replace("_", "-").partition("-")
    return code not in _MONTH_FIRST or (country or outlet.rpartition(".")[2]) in _DAY_FIRST


def dotted(text: str) -> str:
    """Return a text with the slashes of its dates as dots, for one in which the day is first.

    >>> parse_date("03/04/2025"), parse_date(dotted("03/04/2025"))
    ('2025-03-04', '2025-04-03')
    """
    return _SLASHED.sub(r"\1.\2.", text)


@lru_cache(maxsize=1024)  # of a page's line it is asked up to three times
def find_date(line: str) -> tuple[str, int, int]:
    """Return the first date in a line of text as ISO 8601, and where it starts and ends; ("", 0, 0) for none.

    >>> find_date("By Ann Lee | 29 October 2025"), find_date("आशा राव | २९ अक्टूबर २०२५")
    (('2025-10-29', 13, 28), ('2025-10-29', 10, 25))
    """
    text = _in_ascii_digits(line)
    found = _worded(text)
    for pattern, order in ((_ISO, (1, 3, 4)), (_EAST, (1, 2, 3)), (_VIETNAMESE, (3, 2, 1))):
        if match := pattern.search(text):
            year, month, day = (int(match[group]) for group in order)
            found.append((match.start(), match.end(), year, month, day))
    if match := ERA.search(text):
        year = year_of_era(match[1], match[2])
        found.append((match.start(), match.end(), year, int(match[3]), int(match[4])))
    if match := _NUMERIC.search(text):
        found += _numeric(match)
    for start, end, year, month, day in sorted(found):
        # of `line`, not `text`: the digits may be all that is Thai or Persian
        iso = _iso(text, start, end, *gregorian(year, month, day, line))
        if iso:
            return iso, start, end
    return "", 0, 0


def _by_library(text: str) -> str:
    """Return what dateparser makes of a day, a word and a year: it knows some two hundred languages and odd endings."""
    if not _PLAIN.fullmatch(text) or not re.search(r"[^\W\d_]{2}", text):
        return ""  # the library takes a second to load, and 20 ms for what is no date
    import dateparser

    settings = {"PARSERS": ["absolute-time"], "STRICT_PARSING": True, "REQUIRE_PARTS": ["year", "month", "day"]}
    try:
        moment = dateparser.parse(text, settings=settings)  # without those of the time since: "3 days 2024"
    except Exception:  # whatever a hostile string provokes in it, the date is unknown
        return ""
    return "" if moment is None or not _EARLIEST <= moment.year <= _LATEST else moment.strftime("%Y-%m-%d")


def _in_ascii_digits(text: str) -> str:
    """Return a text with the digits of other scripts as those of ASCII, one for one: places in it stay."""
    return text if text.isascii() else _OTHER_DIGIT.sub(lambda digit: str(int(digit[0])), text)


def _worded(text: str) -> list[tuple[int, int, int, int, int]]:
    """Return (start, end, year, month, day) of the dates with a month's name: those around the first years."""
    found = []
    for year in islice(_YEAR.finditer(text), 4):
        start = max(year.start() - 45, 0)
        before = text[start : year.start()]
        for pattern, word, day in ((_DAY_MONTH, 2, 1), (_MONTH_DAY, 1, 2)):
            match = pattern.search(before)
            if match and (month := _month(match[word])):
                at = start + (half.end() if (half := _HALF.match(match[word])) else 0) + match.start()
                found.append((at, year.end(), int(year[0]), month, int(match[day])))
        match = _AFTER_YEAR.match(text, year.end())
        if match and (month := _month(match[1])):
            found.append((year.start(), match.end(), int(year[0]), month, int(match[2])))
    return found


def _month(words: str) -> int:
    """Return the number of the month that one or two words name, together or one of them; 0 for none.

    Two names with a bar between them are of one month: "مارس/آذار".
    """
    words = words.casefold().strip(" .")
    names = _months()
    if "/" in words:
        numbers = {names.get(word, 0) for word in words.split("/")}
        return numbers.pop() if len(numbers) == 1 else 0
    return names.get(words, 0) or next(filter(None, (names.get(word.strip("."), 0) for word in words.split())), 0)


def _numeric(match: re.Match[str]) -> list[tuple[int, int, int, int, int]]:
    """Return the date of three numbers, the year last, as a list of one; none where two digits cannot be a year."""
    day, month, year = int(match[1]), int(match[3]), int(match[4])
    if month > 12 or (day <= 12 and match[2] == "/"):
        day, month = month, day
    if len(match[4]) == 2:
        if match[2] == "-" or year >= 70:  # 10-11-12 is as often a score or a phone number
            return []
        year += 2000
    return [(match.start(), match.end(), year, month, day)]


def _iso(text: str, start: int, end: int, year: int, month: int, day: int) -> str:
    if not _EARLIEST <= year <= _LATEST:
        return ""
    try:
        date = datetime(year, month, day)
    except ValueError:
        return ""
    return _with_time(date, text, start, end)


def _with_time(date: datetime, text: str, start: int, end: int) -> str:
    """Return the date with the time that stands beside it, if it does."""
    plain = date.strftime("%Y-%m-%d")
    inside = text[start:end] if ":" in text[start:end] else ""
    for place in (text[end : end + 40], inside, text[max(start - 30, 0) : start]):
        if (match := _TIME.search(place)) and (match[2] or match[4] or match[5]):
            hour, minute, second = int(match[1]), int(match[2] or match[4] or 0), int(match[3] or 0)
            half, zone = (match[5] or "").lower(), match[6] or ""
            break
        if match := _HOUR_ONLY.search(place):
            hour, minute, second, half, zone = int(match[1]), 0, 0, match[2].lower(), match[3] or ""
            break
    else:
        return plain
    if half:
        if not 1 <= hour <= 12:
            return plain
        hour = hour % 12 + (12 if half[0] == "p" else 0)
    if hour > 23 or minute > 59 or second > 60:
        return plain
    moment = date + timedelta(hours=hour, minutes=minute, seconds=min(second, 59))
    offset = _offset(zone, date.month)
    if offset is None:
        return _local(moment)
    return moment.replace(tzinfo=timezone(timedelta(minutes=offset))).isoformat()


def _local(moment: datetime) -> str:
    """Return a moment of an unknown zone; of midnight the day alone: so tables and databases write a day."""
    return moment.isoformat() if moment.time() != time.min else moment.strftime("%Y-%m-%d")


def _offset(zone: str, month: int) -> int | None:
    """Return the minutes east of Greenwich that a zone's name or offset says; None where it says none."""
    zone = zone.lower().replace(" ", "")
    zone = re.sub(r"^(?:utc|gmt)(?=[+-])", "", zone)
    if zone[:1] in ("+", "-"):
        hours, minutes = zone[1:].split(":") if ":" in zone else (zone[1:3], zone[3:])
        offset = int(hours) * 60 + int(minutes or 0)
        return None if offset > 14 * 60 else offset if zone[0] == "+" else -offset
    if zone in _SUMMER and 4 <= month <= 10:
        zone = _SUMMER[zone]
    return _ZONES.get(zone)


def _from_digits(text: str) -> str:
    """Return the date of a number: YYYYMMDD, YYYYMMDDHHMM(SS), or seconds or milliseconds since 1970."""
    if len(text) in (8, 12, 14) and text[:2] in ("19", "20"):
        try:
            return _local(datetime.strptime(text.ljust(14, "0"), "%Y%m%d%H%M%S"))
        except ValueError:
            pass
    if len(text) in (9, 10, 13):
        moment = datetime.fromtimestamp(int(text[:10] if len(text) == 13 else text), UTC)
        return moment.isoformat() if moment.year <= _LATEST else ""
    return ""
