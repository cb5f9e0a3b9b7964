"""Who wrote a page, by the lines of its text."""

from __future__ import annotations

import re

from .datelines import closing, opening
from .dates import find_date
from .lines import BY, BYLINE, CLUTTER, COLON, OFFICES, UNSPACED, is_heading, is_heading_or_prose, unspaced
from .people import clean_author, people

_BY_INSIDE = re.compile(rf"(?:^|(?<=\s))(?:{BY})\s+(?=[^\W\d_])", re.I)
_BY_ALONE = re.compile(rf"^\W{{0,3}}(?:(?:{BY})\s*[:：]?|(?:{COLON}|{UNSPACED})\s?[:：])\W{{0,2}}$", re.I)
_AUTHOR = re.compile(r"authors?|autor(?:/in|:in|in|en|a|es|e|i)?|auteure?s?|автор|yazar", re.I)  # with no colon
_BY_LAST = re.compile(rf"[|•·–—]\s*(?:{BY})\s*[:：]?$", re.I)  # "29 October, 8:00 | By", and in the next line who
_BY_HAN = re.compile(r"(?:作者|记者|記者|撰文)\s*[:：]\s*([\u4e00-\u9fff]{2,4})(?![\u4e00-\u9fff])")  # anywhere
_REPORTER = re.compile(r"(?:记者|記者)\s*[\u4e00-\u9fff／、\s]+(?<![摄攝图圖])$")  # "扬子晚报记者 张楠"; not of a photo
_REPORTER_LAST = re.compile(  # "(강릉=연합뉴스) 이상학 기자 = ", "도쿄/정수민 특파원"
    r"^\W?(?:[(\[【][^()\[\]【】]{2,30}[)\]】]\s?)?([\uac00-\ud7a3]{2,5})(?:[\s/]([\uac00-\ud7a3]{2,8}))?\s(?:기자|특파원)"
    r"(?=\s?[=\])|·,]|\s\S{1,40}@|$)"
)
_DESK = re.compile("(?:부|팀|국|뉴스|인턴|전문|선임|수습|객원)$")  # else of two words the first is a place
_SIGNED = 30  # characters of a line that is nothing but the report's signature
_OFFICIAL = 100  # characters of a line that is a name and what its bearer does
_ALONE = 40  # characters of a line that can be nothing but "By"
_CREDITS = ("reporting by", "(reporte de", "(reportagem de", "(reportage de")
_REPORTING_BY = re.compile(
    r"(?:\breporting by|\(report(?:e|agem|age) de)\s+((?:[^;().]|(?<=\b[^\W\d_])\.){4,200})", re.I
)
_AFFILIATION = re.compile(r",\s[^,]*\b(?:Universit\w+|Universidade?|College|Institute|Hochschule)\b.*$")
_ON = re.compile(r"((?:.*\s)?[^\W\d_a-z]\S*|\S+)\son\s")  # "Hal on Tuesday, October"; not "Holtz said on Tuesday"
_BEHIND = re.compile(  # what stands behind names: "By Staff Writers Nov. 18, 2025"
    r"\s[|•·]\s|\s[–—-]\s|\s{2,}|\d|[(\[]"
    r"|(?:\son)?\s(?=(?:Jan|Feb|Mar|Apr|May|Ju[nl]|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.? \d)"
)
# Between a name and an office: "Claire Vasseur (Bruxelles, correspondante)".
_BESIDE = re.compile(r"\s[|•·/–—-]\s|,\s|\s?\(")
_OFFICE = re.compile(rf"\b(?:{OFFICES})[^\W\d_]*", re.I)
_KIND = re.compile(r"e?special|spécia|спец|senior|chief|grand|pol[ií]ti", re.I)  # of correspondents
_LINK = 3  # letters of the longest small word between an office and where it is held: "da Agência Brasil"
_CLOCK = re.compile(r"^[\d:.\s,–—|•·-]*(?:[AaPp]\.?[Mm]\.?|Uhr)?")


def author_of(lines: list[str], region: list[int], dated: list[int], end: int, headline: str, outlet: str) -> str:
    """Return the author, "" for none. Nobody whom the headline names: the report is about them.

    `region`: the lines that may say it. `dated`: those of them that say when. `end`: the line below the report.
    """
    for number in region:
        if (names := _signed(lines, number)) and (not outlet or clean_author(names, outlet)):
            return names
    for number, height in [(day + step, abs(step) + 2) for day in dated for step in (0, 1, -1, 2, -2, 3)]:
        height = height if number < min(dated) else 5
        if number in region and (names := _alone(lines, number, number in dated, height)) and names not in headline:
            return names
    if 0 < end <= len(lines) and not lines[end - 1].isascii() and (signed := closing(lines[end - 1])):
        return ", ".join(signed)
    if end < len(lines) and (names := _signed_below(lines[end], headline)):
        return names
    ends = [line[-400:] for line in lines[-12:]]
    said = "\n".join(ends).lower()
    if not any(credit in said for credit in _CREDITS):  # so most pages: each line takes longer
        return ""
    for end_of_line in ends:
        small = end_of_line.lower()
        if (at := max(map(small.find, _CREDITS))) >= 0:  # to look for the pattern from the start takes its time
            longer = len(small) - len(end_of_line)  # "İ" is two characters in small letters
            if match := _REPORTING_BY.search(end_of_line, at - longer):
                return ", ".join(people(re.split(r"\bwith\b|\badditional|\b[eé]di(?:ting|tado|té|ção)", match[1])[0]))
    return ""


def _signed_below(line: str, headline: str) -> str:
    """Return the people that the line below the report names, and nothing else."""
    below = line.strip(" ./|()（）")
    if len(below) <= _SIGNED and _REPORTER.search(below):
        return ", ".join(people(below))
    bare = line[:1] not in "(（"
    if bare and unspaced(below):  # in Chinese as often what a widget is called: "微博推荐"
        return ""
    return below if below.count(" ") <= 2 and people(below) == [below] and below not in headline else ""


def _signed(lines: list[str], number: int) -> str:
    """Return the people that a line names after "By", or the line after one that is nothing but "By"."""
    line = lines[number]
    if len(line) <= 200 and (match := BYLINE.match(line)):
        rest = line[match.end() :]
        of_what = match[0].rstrip().endswith((" de", " di")) and rest[:1].islower()  # "Una columna de humo se eleva"
        return "" if of_what else _names(rest)
    if not line.isascii():
        if reporters := opening(line):
            return ", ".join(reporters)
        parts = re.split("[·,]", line) if len(line) <= _SIGNED else [line]
        signs = [_REPORTER_LAST.match(part.strip()) for part in parts]
        if all(signs):
            return ", ".join(sign[2] if sign[2] and not _DESK.search(sign[2]) else sign[1] for sign in signs if sign)
        if len(line) <= 200 and (match := _BY_HAN.search(line)):
            return ", ".join(people(match[1]))
        if len(line) <= _SIGNED and _REPORTER.search(line):
            return ", ".join(people(line))
    if len(line) <= _OFFICIAL and (names := _beside_office(lines, number)):
        return names
    if number + 1 < len(lines) and len(lines[number + 1]) <= 80 and _leads_to_name(line):
        names = ", ".join(people(lines[number + 1], strict=False)[:6])
        return names if names[:1].isupper() else ""
    if number + 1 < len(lines) and _AUTHOR.fullmatch(line):
        return ", ".join(name for name in people(lines[number + 1]) if name == lines[number + 1])
    return ""


def _beside_office(lines: list[str], number: int) -> str:
    """Return the people whom a line shortly below a headline names beside a reporter's office, and nothing else."""
    who, *what = _BESIDE.split(lines[number], maxsplit=1)
    if not what or not any(map(is_heading, lines[max(number - 2, 0) : number])) or not _is_office(what[0]):
        return ""
    names = ", ".join(people(who))
    return names if names.count(" ") == who.count(" ") else ""


def _is_office(said: str) -> bool:
    """Return whether a reporter's office is named, with the place or outlet it is held at, and nothing else is said.

    >>> _is_office("Repórter da Agência Brasil"), _is_office("Bruxelles, correspondante)")
    (True, True)
    >>> _is_office("devant des journalistes, a nié"), _is_office("periodista saudí, fue asesinado")
    (False, False)
    """
    beside, offices = _OFFICE.subn("", said)
    words = (word for word in re.findall(r"[^\W\d_]+", beside) if not _KIND.match(word))
    return offices == 1 and not any(word.islower() and len(word) > _LINK for word in words)


def _leads_to_name(line: str) -> bool:
    return bool((len(line) <= _ALONE and _BY_ALONE.match(line)) or (len(line) <= 200 and _BY_LAST.search(line)))


def _alone(lines: list[str], number: int, dated: bool, height: int) -> str:
    """Return the people that a line beside or with a date names, and nothing else; a headline stands shortly above."""
    line = _without_date(lines[number]) if dated else lines[number]
    if not 5 <= len(line) <= 80 or not any(map(is_heading_or_prose, lines[max(number - height, 0) : number])):
        return ""
    if dated and (match := _BY_INSIDE.search(line)):
        return _names(line[match.end() :])
    line = _AFFILIATION.sub("", line)
    names = [name for name in people(line) if " " in name]
    words = sum(len(name.split()) for name in names)
    return ", ".join(names) if names and len(line.split()) <= words + 3 else ""


def _names(rest: str) -> str:
    """Return the names that follow "By", without what stands behind them."""
    rest = _BEHIND.split(rest, maxsplit=1)[0]
    rest = match[1] if (match := _ON.match(rest)) else rest
    if len(rest) > 120 or (rest.endswith(".") and len(rest.split()) > 6):
        return ""
    names = people(rest)
    if not names and people(rest, strict=False) == [rest.strip(" .,:;|")]:  # "By admin", "By MND Staff"
        names = [name for name in people(rest, strict=False) if " " not in name or name[0].isupper()]
    return ", ".join(names)


def _without_date(line: str) -> str:
    _, start, end = find_date(line)
    before, after = line[:start], line[end:]
    return before.strip(" ,|•·–—-") if len(CLUTTER.sub("", before)) >= 4 else _CLOCK.sub("", after)
