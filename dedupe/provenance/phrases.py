"""Set phrases of many languages: what a page says of a source, and what belongs to a page and not to its text."""

from __future__ import annotations

import re
from functools import cache

from ..resources import longest_first, phrases_of

LONGEST = 120  # characters of a line that is only such a phrase with what it points at
_BESIDE = 40  # characters before and after a name in which a verb says that it reported
_SENTENCE = re.compile(r"[.!?…。！？]\s|\n")
_LEADS_ON = re.compile(r"\w*(?:\W{1,2}\w{1,5}){0,2}\W{0,2}")  # between a verb and a name: "-e in the "
_FOLLOWS = re.compile(r"\W{1,2}(?:(?:first|\w{1,4})\s)?")  # between a name and a verb: " has "
_AS = re.compile(r"\b(?:as|wie|zoals|comme|como|come|jak|как|як)\s(?:\w{1,3}\s)?$")
_HISTORY = re.compile(  # "schreibt Geschichte", "writes a page of history", "schreibt rote Zahlen"
    r"\W(?:\w{1,9}['’ ]){0,3}(?:histor(?:y|ia)|história|l?['’]?histoire|storia|geschichte|geschiedenis|zahlen|historię|"
    r"истори[юя]|історію)\b"
)
# Before what points to a name; mid-sentence "via the Metro" is a way to go.
_POINTS = re.compile(r"(?:^|[(（\[—–|])\W*$")
_WITH = re.compile(r"\W*with (?:the )?[a-z][^.]{1,40}", re.I)  # all that a line says
_OPENING = 80  # characters of a credit in which it says that a source only helped: what follows may be of other sources


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    """Return a pattern of the phrases of a kind, the longest first; they begin with a word, where there are spaces."""
    phrases = longest_first(phrases_of("leftovers.json", kind))
    return re.compile("|".join((r"\b" if phrase[0] < "\u0e00" else "") + re.escape(phrase) for phrase in phrases))


def helped(evidence: str) -> bool:
    """Return whether a credit says that a source only helped, or lies behind a part of the text.

    >>> helped("Additional reporting by AFP"), helped("Mit Material der dpa"), helped("Published by AFP")
    (True, True, False)
    >>> helped("With AAP"), helped("With the rain the river rose by two metres in a day, officials said. (AAP)")
    (True, False)
    """
    with_whom = _WITH.fullmatch(evidence) is not None
    return with_whom or contributed(evidence) or bool(_pattern("helped_at_start").match(evidence.casefold()))


def contributed(evidence: str) -> bool:
    """Return whether a credit says that others than the source wrote the text: "Source: AFP" leaves that open.

    >>> contributed("Additional reporting by AFP"), contributed("Source: AFP")
    (True, False)
    """
    return bool(_pattern("helped").search(evidence[:_OPENING].casefold()))


def signed_with(evidence: str, name: str) -> str:
    """Return the author beside whom a byline names a source last, or "": the text is of both.

    >>> signed_with("By Ann Lee and The Associated Press", "Associated Press"), signed_with("Ann Lee und dpa", "DPA")
    ('Ann Lee', 'Ann Lee')
    >>> signed_with("BY ANN LEE AND THE AP", "AP"), signed_with("By Ann Lee and Bo Day, AP", "AP")
    ('ANN LEE', '')
    >>> signed_with("Анна Ли и ТАСС", "ТАСС"), signed_with("врачи города и ТАСС", "ТАСС")
    ('Анна Ли', '')
    """
    found = _beside().search(evidence[: 2 * _OPENING])
    if not found:
        return ""
    author, source = found.groups()
    if any(word[0].islower() for word in author.split()):  # of scripts whose small letters the pattern lets through
        return ""
    same = {source.casefold(), _initials(source)} & {name.casefold(), _initials(name)}
    return author if same else ""


def _initials(name: str) -> str:
    return "".join(word[0] for word in re.findall(r"\w+", name)).casefold()


@cache
def _beside() -> re.Pattern[str]:
    """Return the pattern of two words with capitals, a word such as "and", and the rest of the line."""
    words = sorted(set(phrases_of("leftovers.json", "beside")))
    capital = r"[^\W\d_a-zß-ÿ][\w.’'-]*"
    return re.compile(rf"({capital}\s{capital})\s(?i:{'|'.join(words)})\s(?i:the\s|de[mr]\s)?([^\n,]{{2,40}}?)\W*$")


def names_agencies(page: str) -> str:
    """Return the line in which a page says that its text is from news agencies without naming one, or "".

    >>> names_agencies("Ferry sinks\\nBy Staff and Wire Reports\\nA ferry sank."), names_agencies("Say aid agencies")
    ('By Staff and Wire Reports', '')
    """
    folded = page.casefold()
    if not any(word in folded for word in _agencies()):  # most pages
        return ""
    lines = (line.strip() for line in page.splitlines() if len(line) <= _BESIDE)
    return next((line for line in lines if line.casefold().strip("(). ").removeprefix("by ") in _agencies()), "")


@cache
def _agencies() -> frozenset[str]:
    return frozenset(phrases_of("leftovers.json", "agencies"))


def published(evidence: str) -> bool:
    """Return whether a credit says that the text was published elsewhere.

    >>> published("Este artículo fue publicado originalmente en El País"), published("По данным ТАСС")
    (True, False)
    """
    return bool(_pattern("published").search(evidence.casefold()))


def reports(text: str, start: int, end: int, *, next_to: bool = False, before: bool = False) -> bool:
    """Return whether beside a name, in its sentence, stands that it reported: "as the Gazette wrote", "laut Bild".

    What leads to a name ("according to", "told") counts before it only, and what points to it ("read more at") where it
    opens a sentence or a bracket. `next_to`: at most short words may stand between, but for "wie Bild am Montag
    berichtete". `before`: it has to stand before the name, or an "as" has. That somebody writes history is no report.

    >>> reports("Wie der Neckar-Bote berichtete, war es so.", 8, 19), reports("Der Neckar-Bote zieht um.", 4, 15)
    (True, False)
    >>> reports("Metro officials told us", 0, 5), reports("they told the Metro", 14, 19, next_to=True)
    (False, True)
    >>> reports("(Via the Metro)", 9, 14), reports("They came via the Metro", 18, 23)
    (True, False)
    """
    said_before = _SENTENCE.split(text[max(start - _BESIDE, 0) : start])[-1].casefold()
    after = _SENTENCE.split(text[end : end + _BESIDE])[0].casefold()
    leading = [found.end() for kind in ("reports", "reported_by") for found in _pattern(kind).finditer(said_before)]
    pointing = (found.span() for found in _pattern("points_to").finditer(said_before))
    leading += [end for opening, end in pointing if _POINTS.search(said_before, 0, opening)]
    following = [
        found.start() for found in _pattern("reports").finditer(after) if not _HISTORY.match(after, found.end())
    ]
    if next_to:
        leading = [place for place in leading if _LEADS_ON.fullmatch(said_before, place)]
        following = [place for place in following if _FOLLOWS.fullmatch(after, 0, place) or _AS.search(said_before)]
    if before and not _AS.search(said_before):
        following = []
    return bool(leading or following)


@cache
def furniture_phrases() -> tuple[str, ...]:
    """Return the phrases that belong to a page and not to what it reports, in the order of their letters."""
    return tuple(sorted(set(phrases_of("leftovers.json", "furniture"))))


def furniture(line: str) -> str:
    """Return the phrase a line begins with that belongs to a page and not to what it reports, or "".

    >>> furniture("Story continues below advertisement"), furniture("The story continues.")
    ('story continues below', '')
    """
    found = _pattern("furniture").match(line.casefold())
    return found[0] if found and len(line) <= LONGEST and _whole(found[0]).match(line.casefold()) else ""


def is_inside(phrase: str, text: str) -> bool:
    """Return whether a phrase stands in a line of a text behind other words of it; both case folded.

    >>> is_inside("read more", "the quay sank. read more it rose."), is_inside("read more", "read more: the quay")
    (True, False)
    """
    if phrase not in text:
        return False
    return any(found.start() for line in text.split("\n") for found in _whole(phrase).finditer(line.strip()))


def _whole(phrase: str) -> re.Pattern[str]:
    """Return a pattern of the phrase as whole words, where its script has spaces."""
    escaped = re.escape(phrase)
    return re.compile(escaped if phrase[-1] >= "\u0e00" else rf"(?<!\w){escaped}(?!\w)")
