"""Title, author and date from the lines of plain text: they stand together, above or below the report's own text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ..resources import load_json
from .authors import author_of
from .dates import dotted, find_date
from .headline import headline_of, near
from .lines import CLUTTER, PROSE, UNSPACED_PROSE, any_of, goes_on, is_prose, unspaced

_READ = 400_000  # characters: a page's text; what is longer is no page
_LONG = 1000  # characters of a line that count
_SHORT_COST = 80  # characters of prose that a line without any costs: teasers stand singly, paragraphs in rows
# Lines above and under the first line of prose (it may be a standfirst), and after the last.
_ABOVE, _UNDER, _BELOW = 14, 10, 3
_SIGNED = 200  # characters of a line of ASCII that can say who or when
_DATING = 160  # characters of a line that can say when
_OVER, _BARS = 3, 40  # lines that are read above a known headline; lines of buttons and the like below it, at most
_WORDS = load_json("bylines.json")
_PUBLISHED, _UPDATED = (re.compile(any_of(_WORDS[name]), re.I) for name in ("published", "updated"))
_AGO = re.compile(any_of(_WORDS["ago"]), re.I)
_SAYS = re.compile(rf"(?:[^\s:]{{1,30}}\s){{1,3}}(?:{'|'.join(_WORDS['says'])})\b\s?:?", re.I)  # "Ann Lee says:"
_SOME_TIME = 40  # characters of a line that says how long ago a page came out
_TOLD = 8  # words before a date that make the line one of the report: "The act was signed into law on August 14, 1935"
# A picture with a number right behind it, as pages put the count of comments or shares: "… During Asia Tour🔄81".
_COUNTED = re.compile(r"\s*[\u2190-\u2bff\ue000-\uf8ff\U0001f300-\U0001faff]\ufe0f?\d{1,6}$")
_DIGIT, _ASCII_DIGIT = re.compile(r"\d"), re.compile("[0-9]")


class _Said(NamedTuple):
    """A date that a line says: the line's number, the date, and whether the line calls it published or updated."""

    line: int
    date: str
    rank: int


def from_text(
    text: str, *, title: bool = True, author: bool = True, headline: str = "", outlet: str = "", by_day: bool = False
) -> dict[str, str]:
    """Return the title, author and published date that a text plainly says; what it does not say is not there.

    `title`, `author`: whether they are asked for. `headline`: the page's title, if it is known; author and date stand
    beside it. `outlet`: the page's, which is no author. `by_day`: whether of 03/04/2025 the day is first.

    >>> body = "The central bank raised its key rate again on Wednesday, as prices climbed faster than it had foreseen."
    >>> from_text("Home\\nRates rise again as prices climb\\nBy Ann Lee\\n29 October 2025\\n" + body)
    {'title': 'Rates rise again as prices climb', 'author': 'Ann Lee', 'published': '2025-10-29'}
    """
    lines = [*filter(None, map(str.strip, text[:_READ].split("\n")))]
    first, end = report_of(lines)
    told = _headline(lines, first, end) if title and first else ""
    headline = headline or told
    above: Sequence[int] = range(max(first - _ABOVE, 0), first)
    if headline and (places := _places(lines, headline, first)):
        at = places[-1]
        if not at <= first <= at + _BARS:
            first = next((number for number in range(at + 1, len(lines)) if is_prose(lines[number])), at + 1)
            end = max(end, first + 1)
        beside = (number for place in places for number in range(max(place - _OVER, 0), place + _UNDER))
        above = sorted({*range(max(first - _ABOVE, at), first), *(number for number in beside if number < first)})
    under = min(first + _UNDER, len(lines))
    around = (*above, *range(first, under), *range(max(end, under), min(end + _BELOW, len(lines))))
    region = [number for number in around if len(line := lines[number]) <= _SIGNED or not line.isascii()]
    numbered = _numbered(lines, region)
    dates = [said for said in _dates(lines, numbered, by_day) if said.line <= first or not _of_reader(lines, said.line)]
    dated = [said.line for said in dates] or [number for number in numbered if _long_ago(lines[number])]
    published = min(dates, key=lambda said: (said.rank, abs(said.line - first), said.line)).date if dates else ""
    found = {
        "title": told,
        "author": author_of(lines, region, dated, end, headline, outlet) if author else "",
        "published": published,
    }
    return {name: value for name, value in found.items() if value}


def _headline(lines: list[str], first: int, end: int) -> str:
    return _COUNTED.sub("", headline_of(lines, first, end, dated_lines(lines, near(lines, first))))


def report_of(lines: list[str]) -> tuple[int, int]:
    """Return the first line and the end of the stretch of lines that most outweighs what is no prose in it."""
    best = score = start = stop = 0
    first = end = min(len(lines), 6)
    for number, line in enumerate(lines):
        size = len(line)
        if size < UNSPACED_PROSE or (size < PROSE and not unspaced(line)):  # as `is_prose` tells it
            continue
        score -= _SHORT_COST * (number - stop)
        if score <= 0:
            score, start = 0, number
        score += size if size < _LONG else _LONG
        stop = number + 1
        if score > best:
            best, first, end = score, start, stop
    return first, end


def _places(lines: list[str], headline: str, first: int) -> list[int]:
    """Return the lines that the headline stands on, alone or without what a tag adds to it: above the prose, if any."""
    said = " ".join(headline.split())
    least = max(len(said) // 2, 5)
    rows = [number for number, line in enumerate(lines) if least <= len(line) <= len(said) and said.startswith(line)]
    above = [number for number in rows if number <= first]
    return [number for number in above if number >= above[-1] - _ABOVE] if above else rows[:1]


def dated_lines(lines: list[str], region: Iterable[int]) -> list[int]:
    """Return the lines of a region that say when the page came out: a date or how long ago, and little else."""
    numbered = _numbered(lines, region)
    said = {said.line for said in _dates(lines, numbered)}
    return [number for number in numbered if number in said or _long_ago(lines[number])]


def _numbered(lines: list[str], region: Iterable[int]) -> list[int]:
    """Return the lines of a region that are short and have a digit: no other says when something was."""
    return [
        number
        for number in region
        if len(line := lines[number]) <= _DATING and (_ASCII_DIGIT if line.isascii() else _DIGIT).search(line)
    ]


def _dates(lines: list[str], numbered: list[int], by_day: bool = False) -> list[_Said]:
    """Return the dates of the lines that hold little else than a date and a name."""
    found = []
    for number in numbered:
        line = lines[number]
        if goes_on(lines, number):
            continue
        date, start, end = find_date(dotted(line) if by_day else line)
        if not date:
            continue
        rest = line[:start] + " " + line[end:]
        before = line[max(start - 40, 0) : start]
        rank = 0 if _PUBLISHED.search(before) else 2 if _UPDATED.search(before) else 1
        told = rank == 1 and line[:start].count(" ") >= _TOLD
        if len(CLUTTER.sub("", rest)) <= 60 and rest.count(". ") <= 1 and not told:
            found.append(_Said(number, date, rank))
    return found


def _of_reader(lines: list[str], number: int) -> bool:
    """Return whether a date below the report is that of what a reader says there.

    >>> _of_reader(["Ann Lee says", "May 30, 2018"], 1), _of_reader(["Ann Lee says: May 30, 2018"], 0)
    (True, True)
    """
    return bool(_SAYS.match(lines[number]) or _SAYS.fullmatch(lines[number - 1]))


def _long_ago(line: str) -> bool:
    """Return whether a line with a digit says how long ago something was and little else: "3 hours ago"."""
    return len(line) <= _SOME_TIME and _AGO.search(line) is not None
