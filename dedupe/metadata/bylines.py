"""Title, author and date from the lines of plain text: they stand together, above or below the report's own text."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import NamedTuple

from ..resources import load_json
from .dates import find_date
from .people import clean_author, people

_READ = 400_000  # characters: a page's text; what is longer is no page
_PROSE = 100  # characters of a line of the report; of a script without spaces 40
_SHORT_COST = 80  # characters of prose that a line without any outweighs: teasers come singly, paragraphs in rows
_ABOVE, _UNDER, _BELOW = (
    14,
    10,
    3,
)  # lines above and under the first line of prose (it may be a standfirst), and after the last
_OVER, _BARS = 3, 40  # lines above a headline that is known, and of share buttons and the like between it and the prose
_CREDITS = 2  # lines between the headline and the byline or date: an agency's name, a section
_WORDS = load_json("bylines.json")
_BY, _COLON, _UNSPACED, _FIRST, _LATER = (
    "|".join(_WORDS[name]) for name in ("by", "by_colon", "by_unspaced", "published", "updated")
)
_BYLINE = re.compile(
    rf"^\W{{0,3}}(?:(?:{_BY})\b\s*[:：]?\s+(?=\S)|(?-i:by)(?=[A-Z])|(?:{_COLON})\s?[:：]\s*(?=\S)|(?:{_UNSPACED})\s*[:：/／]\s*)",
    re.I,
)
_BY_INSIDE = re.compile(rf"(?:^|(?<=\s))(?:{_BY})\s+(?=[^\W\d_])", re.I)
_BY_ALONE = re.compile(rf"^\W{{0,3}}(?:(?:{_BY})\s*[:：]?|(?:{_COLON}|{_UNSPACED})\s?[:：])\W{{0,2}}$", re.I)
_BY_HAN = re.compile(
    r"(?:作者|记者|記者|撰文)\s*[:：]\s*([\u4e00-\u9fff]{2,4})(?![\u4e00-\u9fff])"
)  # in any place of a line
_REPORTER = re.compile(r"(?:记者|記者)\s*[\u4e00-\u9fff\s]+(?<![摄攝图圖])$")  # "扬子晚报记者 张楠"; not of a photo
_SIGNED = 30  # characters of a line that is nothing but the report's signature
_ALONE = 40  # characters of a line that can be nothing but "By"
_REPORTING = re.compile(r"\(?\breporting by\s+((?:[^;().]|(?<=\b[^\W\d_])\.){4,200})", re.I)
_PUBLISHED, _UPDATED = re.compile(_FIRST, re.I), re.compile(_LATER, re.I)
_AGO = re.compile("|".join(_WORDS["ago"]), re.I)
_SOME_TIME = 40  # characters of a line that says how long ago a page came out
_TOLD = 8  # words before a date that make the line one of the report: "The act was signed into law on August 14, 1935"
_DATELINE = re.compile(r"\(\w[\w ]{1,20}\)\s*[-–—]")  # "LONDON (Reuters) -": the report has begun
_DIGIT = re.compile(r"\d")
_CLUTTER = re.compile(
    r"[\W\d_]+|\b(?:[ap]m|utc|gmt|uhr|at|um|on|am|à|às|hrs?|[a-z]{3,4}t|min|read|read time|lesezeit)\b", re.I
)
_CLOCK = re.compile(r"^[\d:.\s,–—|•·-]*(?:[AaPp]\.?[Mm]\.?|Uhr)?")


class _Said(NamedTuple):
    """A date that a line says: the line's number, the date, and whether the line calls it published or updated."""

    line: int
    date: str
    rank: int


# A picture with a number right behind it, as pages put the count of comments or shares: "… During Asia Tour🔄81".
_COUNTED = re.compile(r"\s*[\u2190-\u2bff\ue000-\uf8ff\U0001f300-\U0001faff]\ufe0f?\d{1,6}$")


def from_text(
    text: str, title: bool = True, author: bool = True, headline: str = "", outlet: str = ""
) -> dict[str, str]:
    """Return the title, author and published date that a text plainly says; what it does not say is not there.

    `title`, `author`: whether it is asked for them. `headline`: the page's title, where it is known: what is said of
    the page stands beside it. `outlet`: the page's, which is no author.

    >>> body = "The central bank raised its key rate again on Wednesday, as prices climbed faster than it had foreseen."
    >>> from_text("Home\\nRates rise again as prices climb\\nBy Ann Lee\\n29 October 2025\\n" + body)
    {'title': 'Rates rise again as prices climb', 'author': 'Ann Lee', 'published': '2025-10-29'}
    """
    lines = [stripped for line in text[:_READ].split("\n") if (stripped := line.strip())]
    first, end = _prose(lines)
    above = list(range(max(first - _ABOVE, 0), first))
    if headline and (places := _places(lines, headline, first)):
        at = places[-1]
        if not at <= first <= at + _BARS:
            first = next((number for number in range(at + 1, len(lines)) if _is_prose(lines[number])), at + 1)
            end = max(end, first + 1)
        beside = (number for place in places for number in range(max(place - _OVER, 0), place + _UNDER))
        above = sorted({*range(max(first - _ABOVE, at), first), *(number for number in beside if number < first)})
    under = min(first + _UNDER, len(lines))
    region = [*above, *range(first, under), *range(max(end, under), min(end + _BELOW, len(lines)))]
    dates = _dates(lines, region)
    dated = [said.line for said in dates] or [number for number in region if _long_ago(lines[number])]
    names, place = _author(lines, region, dated, end, headline, outlet) if title or author else ("", -1)
    published = min(dates, key=lambda said: (said.rank, abs(said.line - first), said.line)).date if dates else ""
    marks = sorted({said.line for said in dates if said.line < first} | ({place} if 0 <= place < first else set()))
    found = {
        "title": _COUNTED.sub("", _title(lines, first, marks)) if title else "",
        "author": names if author else "",
        "published": published,
    }
    return {name: value for name, value in found.items() if value}


def _prose(lines: list[str]) -> tuple[int, int]:
    """Return the first line and the end of the stretch of lines that most outweighs what is no prose in it."""
    best = score = 0.0
    first = start = 0
    end = min(len(lines), 6)
    for number, line in enumerate(lines):
        size = len(line)
        if not _is_prose(line):
            score -= _SHORT_COST
            if score <= 0:
                score, start = 0.0, number + 1
            continue
        score += min(size, 1000)
        if score > best:
            best, first, end = score, start, number + 1
    if best:
        while first < end - 1 and len(lines[first]) < 40:
            first += 1
        return first, end
    return min(len(lines), 6), min(len(lines), 6)


def _is_prose(line: str) -> bool:
    return len(line) >= _PROSE or (len(line) >= 40 and _unspaced(line))


def _places(lines: list[str], headline: str, first: int) -> list[int]:
    """Return the lines that the headline stands on, alone or without what a tag adds to it: above the prose, if any."""
    said = " ".join(headline.split())
    least = max(len(said) // 2, 5)
    rows = [number for number, line in enumerate(lines) if least <= len(line) <= len(said) and said.startswith(line)]
    above = [number for number in rows if number <= first]
    return [number for number in above if number >= above[-1] - _ABOVE] if above else rows[:1]


def _dates(lines: list[str], region: list[int]) -> list[_Said]:
    """Return the dates of the lines that hold little else than a date and a name."""
    found = []
    for number in region:
        line = lines[number]
        if len(line) > 160 or not _DIGIT.search(line) or _goes_on(lines, number):
            continue
        date, start, end = find_date(line)
        if not date:
            continue
        rest = line[:start] + " " + line[end:]
        before = line[max(start - 40, 0) : start]
        rank = 0 if _PUBLISHED.search(before) else 2 if _UPDATED.search(before) else 1
        told = rank == 1 and line[:start].count(" ") >= _TOLD
        if len(_CLUTTER.sub("", rest)) <= 60 and rest.count(". ") <= 1 and not told:
            found.append(_Said(number, date, rank))
    return found


def _long_ago(line: str) -> bool:
    """Return whether a line says how long ago something was and little else: "3 hours ago", "vor 3 Stunden"."""
    return len(line) <= _SOME_TIME and bool(_DIGIT.search(line) and _AGO.search(line))


def _author(
    lines: list[str], region: list[int], dated: list[int], end: int, headline: str, outlet: str
) -> tuple[str, int]:
    """Return the author and the line that names them; ("", -1) for none. Whom the headline names, it is about."""
    for number in region:
        if (names := _signed(lines, number)) and (not outlet or clean_author(names, outlet)):
            return names, number
    for number, height in [(day + step, abs(step) + 2) for day in dated for step in (0, 1, -1, 2, -2, 3)]:
        height = height if number < min(dated) else 5
        if number in region and (names := _alone(lines, number, number in dated, height)) and names not in headline:
            return names, number
    below = lines[end].strip(" ./|()") if end < len(lines) else ""
    if _REPORTER.search(below) and len(below) <= _SIGNED:
        return ", ".join(people(below)), -1
    if below.count(" ") <= 2 and people(below) == [below] and below not in headline:  # signed below the text
        return below, -1
    for line in lines[-12:]:
        end_of_line = line[-400:]
        if "reporting by" in end_of_line.lower() and (match := _REPORTING.search(end_of_line)):  # it takes its time
            return ", ".join(people(re.split(r"\bwith\b|\badditional|\bediting", match[1])[0])), -1
    return "", -1


def _signed(lines: list[str], number: int) -> str:
    """Return the people that a line names after "By", or the line after one that is nothing but "By"."""
    line = lines[number]
    if len(line) <= 200 and (match := _BYLINE.match(line)):
        return _names(line[match.end() :])
    if not line.isascii() and len(line) <= 200 and (match := _BY_HAN.search(line)):
        return ", ".join(people(match[1]))
    if len(line) <= _SIGNED and _REPORTER.search(line):
        return ", ".join(people(line))
    if len(line) <= _ALONE and _BY_ALONE.match(line) and number + 1 < len(lines) and len(lines[number + 1]) <= 80:
        names = ", ".join(people(lines[number + 1], strict=False)[:6])
        return names if names[:1].isupper() else ""
    return ""


def _alone(lines: list[str], number: int, dated: bool, height: int) -> str:
    """Return the people that a line beside or with a date names, and nothing else; a headline stands shortly above."""
    line = _without_date(lines[number]) if dated else lines[number]
    if not 5 <= len(line) <= 80 or not any(map(_is_heading_or_prose, lines[max(number - height, 0) : number])):
        return ""
    if dated and (match := _BY_INSIDE.search(line)):
        return _names(line[match.end() :])
    names = [name for name in people(line) if " " in name]
    words = sum(len(name.split()) for name in names)
    return ", ".join(names) if names and len(line.split()) <= words + 3 else ""


def _names(rest: str) -> str:
    """Return the names that follow "By", without what stands behind them."""
    rest = re.split(r"\s[|•·]\s|\s[–—-]\s|\s{2,}|\d|[(\[]", rest, maxsplit=1)[0]
    if len(rest) > 120 or (rest.endswith(".") and len(rest.split()) > 6):
        return ""
    names = people(rest)
    if not names and people(rest, strict=False) == [rest.strip(" .,:;|")]:  # "By admin", "By MND Staff"
        names = [name for name in people(rest, strict=False) if " " not in name or name[0].isupper()]
    return ", ".join(names)


def _without_date(line: str) -> str:
    _, start, end = find_date(line)
    before, after = line[:start], line[end:]
    return before.strip(" ,|•·–—-") if len(_CLUTTER.sub("", before)) >= 4 else _CLOCK.sub("", after)


def _title(lines: list[str], first: int, marks: list[int]) -> str:
    """Return the headline: the topmost of the headings above the byline, or below it where it stands on top."""
    above = range(max(first - _ABOVE, 0), min(first, len(lines)))
    if marks:
        over = marks[0] - 1
        while over > max(marks[0] - 1 - _CREDITS, 0) and not _is_heading(lines[over]):
            over -= 1
        run = takewhile(lambda number: _is_heading(lines[number]), range(over, max(over - 4, -1), -1))
        if headings := list(run):
            return lines[headings[-1]]
        above = range(marks[0], min(first, len(lines)))
    return next(
        (
            lines[number]
            for number in above
            if number not in marks and _is_heading(lines[number]) and not _goes_on(lines, number)
        ),
        "",
    )


def _goes_on(lines: list[str], number: int) -> bool:
    """Return whether a line of five words or more goes on in the next: a wrapped sentence of the report."""
    return number + 1 < len(lines) and lines[number + 1][:1].islower() and lines[number].count(" ") >= 4


def _is_heading(line: str) -> bool:
    words = len(line.split())
    if line[:1].islower() or _DATELINE.search(line):
        return False
    if words > 35 or len(line) > 220 or line.endswith((".", "…", "...", ":")):
        return False
    return (words >= 4 or (_unspaced(line) and len(line) >= 10)) and not _BYLINE.match(line)


def _is_heading_or_prose(line: str) -> bool:
    return len(line) >= _PROSE or _is_heading(line)


def _unspaced(line: str) -> bool:
    """Return whether a line is of a script that is written without spaces, judged by the sign in its middle."""
    return not line.isascii() and "\u3040" <= line[len(line) // 2] <= "\ud7af"
