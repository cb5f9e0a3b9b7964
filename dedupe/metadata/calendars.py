"""Other calendars that pages count by than the Gregorian one: the solar one of Iran, eras of the east, Thailand's."""

from __future__ import annotations

import re
from datetime import date, timedelta

# The months of Iran in both spellings of their letters, and those of Afghanistan.
SOLAR_MONTHS = (
    "فروردین فروردين حمل", "اردیبهشت ارديبهشت ثور", "خرداد جوزا", "تیر تير سرطان", "مرداد امرداد اسد",
    "شهریور شهريور سنبله", "مهر میزان ميزان", "آبان ابان عقرب", "آذر اذر قوس", "دی دي جدی جدي", "بهمن دلو", "اسفند حوت",
)  # fmt: skip
SOLAR = 12  # is added to the number of such a month
_SOLAR_YEARS = range(1200, 1500)  # in digits these, too, where the page is in Persian
_PERSIAN = re.compile("[\u06f0-\u06f9پچژگ]")
_LEAP = (1, 5, 9, 13, 17, 22, 26, 30)  # years of each 33 that have a day more, between 1178 and 1633 (Borkowski 1996)
_FIRST_OF_1403 = date(2024, 3, 20)
ERA = re.compile(r"(令和|平成|昭和|民國|民国)\s?(\d{1,3}|元)\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日")
_BEFORE = {"令": 2018, "平": 1988, "昭": 1925, "民": 1911}  # the last year before an era, by its first sign


def year_of_era(era: str, year: str) -> int:
    """Return the year of the common era: of Japan's eras, and of the republic as in Taiwan.

    >>> year_of_era("令和", "6"), year_of_era("平成", "元"), year_of_era("民國", "113")
    (2024, 1989, 2024)
    """
    return _BEFORE[era[0]] + (1 if year == "元" else int(year))


def gregorian(year: int, month: int, day: int, line: str) -> tuple[int, int, int]:
    """Return (year, month, day) as the Gregorian calendar has it, given the line of text that they are from.

    Thai pages count from 543 BC; a month above 12 is one of `SOLAR_MONTHS`. What is no day of a month stays none.

    >>> gregorian(1402, 12 + 12, 22, ""), gregorian(1402, 12, 22, "۱۴۰۲/۱۲/۲۲"), gregorian(1402, 12, 22, "1402/12/22")
    ((2024, 3, 12), (2024, 3, 12), (1402, 12, 22))
    >>> gregorian(2567, 3, 12, "12 มีนาคม 2567"), gregorian(1403, 12 + 12, 30, ""), gregorian(1402, 12 + 12, 30, "")
    ((2024, 3, 12), (2025, 3, 20), (1402, 24, 30))
    """
    if 2400 < year < 2700 and any("\u0e00" <= sign <= "\u0e7f" for sign in line):
        return year - 543, month, day
    if year in _SOLAR_YEARS and (month > SOLAR or _PERSIAN.search(line)):
        number = month - SOLAR if month > SOLAR else month
        most = 31 if number < 7 else 30 if number < 12 or year % 33 in _LEAP else 29
        if 1 <= number <= 12 and 1 <= day <= most:
            days = 365 * (year - 1403) + _leap_days(year) - _leap_days(1403) + 31 * (number - 1) - max(number - 7, 0)
            found = _FIRST_OF_1403 + timedelta(days=days + day - 1)
            return found.year, found.month, found.day
    return year, month, day


def _leap_days(year: int) -> int:
    """Return how many years before one had a day more."""
    cycles, rest = divmod(year - 1, 33)
    return len(_LEAP) * cycles + sum(leap <= rest for leap in _LEAP)
