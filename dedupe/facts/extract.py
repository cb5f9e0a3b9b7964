"""Quotes, numbers, names, places, dates and offices in a paragraph, found by their form.

Names are runs of capitalised words, which serves languages that capitalise names only. Places are names that stand in
the tables of countries and capitals; what cannot be told stays a name. In scripts without capitals only places of the
tables are found. Every step is linear in the length of the text:
sentences are read in pieces of bounded length, and what stands before a name is looked at through a window.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from ..resources import load_json, longest_first
from ..words import CLOSING, OPENING
from .patterns import place_names, uncased_places

_UPPER = r"[^\W\d_a-zß-öø-ÿа-яё]"  # a letter that is not a common lower-case one
_WORD = rf"{_UPPER}(?:[\w-]|\.(?={_UPPER})|(?<=\b[OMN])['’](?={_UPPER}))*\.?"  # Korea, Jong-un, U.S., O'Neal
_NAME = re.compile(rf"{_WORD}(?:(?: (?:of|de|da|del|du|des|van|von|bin|al|el|la|le) | ){_WORD}){{0,5}}")
# What two marks enclose, however long: were short quotes passed over, what lies between two would be taken for one.
_QUOTE = re.compile(rf"(?:[“„«]|{OPENING})([^“”„«»\"\n]*)(?:[”“»]|{CLOSING})|»([^«»\n]*)«|[「『]([^「」『』\n]*)[」』]")
SPOKEN, SPOKEN_IN_SIGNS = range(12, 401), range(6, 401)  # characters of a quote; of one in Chinese or Japanese
_LETTER = r"[^\W\u3040-\u9fff]"  # or digit: of a word that a number would be part of
# What stands behind a number and scales it, as a power of ten.
POWERS = {"percent": 0, "per cent": 0, "Prozent": 0, "million": 6, "Millionen": 6, "millones": 6, "millions": 6,
          "billion": 9, "Milliarden": 9, "milliards": 9, "trillion": 12}  # fmt: skip
_COUNTED = "people|men|women|children|police|killed|dead|injured|wounded|hurt|missing"  # and what ends in "s"
# Not "one", which is mostly a pronoun, nor "ten", which is "this" in Polish and "to the" in Dutch.
_SPELLED = {
    "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
    "eleven": "11", "twelve": "12",
}  # fmt: skip
_NUMBER = re.compile(
    rf"(?<![.,])(?<!{_LETTER})(?<![^\W\d_]-)(?<!\bNo\.\s)(?:[$€£¥]\s?)?\d{{1,3}}(?:[.,]\d{{3}})*(?:[.,]\d+)?(?:\s?%)?"
    rf"(?!{_LETTER}|-)(?: (?:{'|'.join(POWERS)})\b)?"
    rf"|(?<![\w-])(?i:{'|'.join(_SPELLED)})(?= (?:[a-z]+s|{_COUNTED})\b)"
)
_NOUN = re.compile(r"[\s-]*([\u3040-\u9fff]{1,2}|[^\W\d_]{3,})")  # Chinese and Japanese: a counter and what is counted
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_SHORT_MONTH = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
_MONTHS = {
    name
    for language in ("de", "fr", "es", "pt", "it", "nl", "pl", "ru", "uk", "ar")
    for month in load_json("months.json").get(language, ())
    for name in month.split()
}
_OTHER_MONTHS, _SHORT_MONTHS = (
    "|".join(longest_first(names))
    for names in (
        {name for name in _MONTHS if len(name) > 3 or name == "mai"},
        {name for name in _MONTHS if len(name) == 3} - {"set", "ago"},  # of tennis, and "three weeks ago"
    )
)
_GERMAN_MONTHS = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
_DATE = re.compile(
    rf"\b(?:\d{{1,2}}\.? (?:{_MONTH})(?: \d{{4}})?|(?:{_MONTH}|(?:{_SHORT_MONTH})\.?) \d{{1,2}}(?:, \d{{4}})?"
    rf"|\d{{1,2}} (?i:{_SHORT_MONTHS})(?: \d{{4}})?"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    rf"|\d{{1,2}}(?:\.|er|º)? (?:de )?(?i:{_OTHER_MONTHS})\w{{0,3}}(?: (?:de )?\d{{4}})?|(?:19|20)\d{{2}})\b"
    r"|(?:\d{4}年)?\d{1,2}月\d{1,2}日"
)
_DIGIT = re.compile(r"\d")
# Ends a sentence; the full stop of an initial or of "U.S." does not, nor that of "Mr. Lee" or "29. Oktober", but that
# of "Elm St. The police" does. It begins with the space, so that no other place is tried.
_TITLED = r"(?<!\b(?:Mr|Ms|Dr|St|Lt)\.\s)(?<!\b(?:Mrs|Sen|Rep|Gov|Gen|Col|Maj|Sgt|Rev)\.\s)(?<!\b(?:Capt|Prof)\.\s)"
_NO_NAME = r"(?=(?:An?|The|He|She|It|They|We|In|On|At|But)\s)"
_SPACE = (
    rf"\s(?:(?<=[!?。！？]\s)|(?<=\w\w\.\s)(?:{_TITLED}|{_NO_NAME})|(?<=[\d)%]\.\s)|(?<=[.!?][\"”’»)]\s))"
    rf"(?:(?<!\d\.\s)|(?!\s*(?:{_GERMAN_MONTHS})\b))\s*(?=[\"“„«(]?{_UPPER})"
)
_SENTENCE = re.compile(rf"(?<=[。！？])(?=[^\s”」』）]) *|{_SPACE}")
_ASCII_SENTENCE = re.compile(_SPACE)
# What a word before an office says of it: who left it, who is to hold it, or that it is another office. "Then" says
# nothing of today.
QUALIFIERS: dict[str, str] = load_json("facts.json")["qualifiers"]
_LOWER_OFFICE = re.compile(rf"(?<!\w)(?:({'|'.join(QUALIFIERS)})[\s-]+)?([^\W\d_]+)[\s-]+$", re.IGNORECASE)
# One of them, and up to three words between it and what is held: "acting OTS director", "former U.S. President".
_QUALIFIED = re.compile(
    rf"(?<!\w)(?:{'|'.join(QUALIFIERS)})[\s-]+(?:[^\W\d_][^\s,;:()]*[\s-]+){{0,3}}(?:\([^()]*\)\s)?$", re.I
)
_INITIALS = re.compile(r"\.\w\.$")
BEFORE = 40  # characters before a name in which its office is looked for: "outgoing congresswoman " has 23
LONG = 1000  # characters of a sentence read in one piece: what is longer is a table or a list without full stops
_PIECE = re.compile(rf".{{1,{LONG}}}(?=\s|\Z)|.{{1,{LONG}}}", re.DOTALL)
SHOWN = 300  # characters around the beginning of a quote


@dataclass(frozen=True, slots=True)
class Found:
    """One thing a paragraph says: its kind, its value, and the sentence it stands in, from which character on.

    The value is as written from `start` to `end`, save that a number in words is in digits and that a place has its
    first form. `subject`: the noun after a number, or the name of who holds an office.
    """

    kind: str
    value: str
    subject: str
    sentence: str
    paragraph: int
    start: int
    end: int


@cache
def _table() -> dict[str, frozenset[str]]:
    table, more = load_json("places.json"), load_json("facts.json")
    offices = [office for words in more["offices"].values() for office in words]
    return {
        "places": frozenset(table["places"]),
        "offices": frozenset([*table["offices"], *offices]),
        "not_names": frozenset([*table["not_names"], *more["not_names"]]),
        "not_things": frozenset(word for words in more["not_things"].values() for word in words),
    }


def is_place(name: str) -> bool:
    """Return whether a name is a country or capital of the tables.

    >>> is_place("South Korea"), is_place("Südkorea"), is_place("Kim")
    (True, True, False)
    """
    return name in _table()["places"] or name in place_names()


def extract(paragraph: int, text: str) -> Iterator[Found]:
    """Return what a paragraph says, in the order of kinds and of the text.

    >>> found = list(extract(0, "In Seoul, Prime Minister Fumio Kishida said 12 ships came."))
    >>> [(item.kind, item.value, item.subject) for item in found]
    [('number', '12', 'ships'), ('name', 'Fumio Kishida', ''), ('office', 'Prime Minister', 'Fumio Kishida'),
    ('place', 'Seoul', '')]
    """
    for match in _QUOTE.finditer(text):
        said = match[1] or match[2] or match[3] or ""
        if len(said) in (SPOKEN if match[3] is None else SPOKEN_IN_SIGNS):
            around, start = _around(text, match.start() + 1)
            yield Found("quote", said.strip(" ,.…，。"), "", around, paragraph, start, start + len(said))
    for sentence in sentences(text):
        yield from _in_sentence(paragraph, sentence)


def sentences(text: str) -> list[str]:
    """Return the sentences of a paragraph; one of more than `LONG` characters in pieces.

    >>> sentences("U.S. ships came. They left.")
    ['U.S. ships came.', 'They left.']
    """
    parts = [part for part in (_ASCII_SENTENCE if text.isascii() else _SENTENCE).split(text) if part]
    return [piece for part in parts for piece in ([part] if len(part) <= LONG else _PIECE.findall(part))]


def _in_sentence(paragraph: int, sentence: str) -> Iterator[Found]:
    dated = "day" in sentence or _DIGIT.search(sentence)  # of most sentences this tells quicker that they have no date
    dates = [match.span() for match in _DATE.finditer(sentence)] if dated else []
    for start, end in dates:
        yield Found("date", sentence[start:end], "", sentence, paragraph, start, end)
    for match in _outside(_NUMBER.finditer(sentence), dates):
        noun = _NOUN.match(sentence, match.end())
        value = _SPELLED.get(match[0].casefold(), match[0].strip())
        thing = noun[1].casefold() if noun else ""
        thing = "" if thing in _table()["not_things"] else thing
        yield Found("number", value, thing, sentence, paragraph, *match.span())
    named = [name for name in _names(sentence) if not any(start <= name[2] < end for start, end in dates)]
    for name, _, start in named:
        if not is_place(name):
            yield Found("name", name, "", sentence, paragraph, start, start + len(name))
    for name, office, start in named:
        if office and not is_place(name):
            yield Found("office", office, name, sentence, paragraph, start, start + len(name))
    for name, _, start in named:
        if is_place(name):
            yield Found("place", place_names().get(name, name), "", sentence, paragraph, start, start + len(name))
    for match in uncased_places().finditer(sentence) if not sentence.isascii() else ():
        yield Found("place", match[0], "", sentence, paragraph, *match.span())


def _outside(matches: Iterable[re.Match[str]], spans: list[tuple[int, int]]) -> Iterator[re.Match[str]]:
    """Return the matches that touch none of the spans; both are in order, so one walk over both does."""
    at = 0
    for match in matches:
        while at < len(spans) and spans[at][1] <= match.start():
            at += 1
        if at == len(spans) or match.end() <= spans[at][0]:
            yield match


def names_in(text: str) -> Iterator[str]:
    """Return the names of a part of a sentence, in order; a word that opens it is one if it has two capitals.

    >>> list(names_in("Police said Ann Lee, of the UAW,")), list(names_in("GM shares rose"))
    (['Ann Lee', 'UAW'], ['GM'])
    """
    for match in _NAME.finditer(text):
        name = match[0].rstrip(".")
        named = match.start() > 0 or " " in name or sum(map(str.isupper, name)) > 1
        if named and len(name) > 1 and name not in _table()["not_names"]:
            yield name


def _names(sentence: str) -> Iterator[tuple[str, str, int]]:
    """Return the names of a sentence, each with the office written before it and where the name starts."""
    for match in _NAME.finditer(sentence):
        words = match[0].split(" ")
        opens = match.start() == 0 or sentence[match.start() - 1] in '"“„«('
        while words and words[0].rstrip(".") in _table()["not_names"] and not _is_office(words[0]):
            words, opens = words[1:], False
        if not words:
            continue
        office, name = _office(sentence[max(match.start() - BEFORE, 0) : match.start()], words)
        start = match.end() - len(name)
        name = name.removesuffix(".") if not _INITIALS.search(name) else name
        if opens and " " not in name and not is_place(name):
            continue  # a sentence begins with a capital whatever the word
        if len(name) > 1 and name not in _table()["not_names"]:
            yield name, office, start


def _is_office(word: str) -> bool:
    return word.casefold() in QUALIFIERS or word.casefold() in _table()["offices"]


def _office(before: str, run: list[str]) -> tuple[str, str]:
    """Return the office at the head of a run of capitalised words, with what qualifies it, and the name after it."""
    offices = _table()["offices"]
    ranks = [word.casefold().strip(".").removesuffix("-elect") for word in run[: min(5, len(run) - 1)]]
    length = next((n for n in range(len(ranks), 0, -1) if ranks[n - 1] in offices), 0)
    lower = _LOWER_OFFICE.search(before)
    held, name = run[:length], " ".join(run[length:])
    if held and lower and lower[2].casefold() in QUALIFIERS:
        held, before = [lower[2].casefold(), *held], before[: lower.start()]
    elif not held and lower and lower[2].casefold() in offices:
        held, before = [word.casefold() for word in lower.groups() if word], before[: lower.start()]
    if _QUALIFIED.search(before):
        return "", name  # "former FBI deputy director": what is said of the office is not told for sure
    if held and held[0].casefold() in QUALIFIERS:
        held = [held[0].casefold(), *held[1:]]
    elif held and held[0].startswith("ex") and held[0][2:] in offices:  # expresidente
        held = ["ex", held[0][2:], *held[1:]]
    return " ".join(held), name


def _around(text: str, position: int) -> tuple[str, int]:
    """Return what to show of a text around a position, from the sentence's beginning, and the position in it."""
    earliest = max(position - SHOWN // 2, 0)
    full_stop = text.rfind(". ", earliest, position)
    start = full_stop + 2 if full_stop >= 0 else earliest
    return text[start : start + SHOWN], position - start
