"""Quotes, numbers, names, places, dates and offices in a paragraph, found by their form.

Names are runs of capitalised words, which serves languages that capitalise names only. Places are names that stand in
the table of countries and capitals or follow a preposition of place; what cannot be told stays a name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from ..resources import load_json

if TYPE_CHECKING:
    from collections.abc import Iterator

_UPPER = r"[^\W\d_a-zß-öø-ÿа-яё]"  # a letter that is not a common lower-case one
_WORD = rf"{_UPPER}(?:[\w-]|\.(?={_UPPER}))*\.?"  # Korea, Jong-un, U.S.
_NAME = re.compile(rf"{_WORD}(?:(?: (?:of|de|da|del|van|von|bin|al|el|la|le|und) | ){_WORD}){{0,5}}")
_QUOTE = re.compile(r"[“„«\"]([^“”„«»\"\n]{12,400})[”“»\"]")
_SCALE = "percent|per cent|million|billion|trillion|Prozent|Millionen|Milliarden|millones|millions|milliards"
_NUMBER = re.compile(
    rf"(?<![\w.,])(?:[$€£¥]\s?)?\d{{1,3}}(?:[.,]\d{{3}})*(?:[.,]\d+)?(?:\s?%)?(?![\w-])(?: (?:{_SCALE}))?"
)
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE = re.compile(
    rf"\b(?:\d{{1,2}}\.? (?:{_MONTH})(?: \d{{4}})?|(?:{_MONTH}) \d{{1,2}}(?:, \d{{4}})?"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:19|20)\d{2})\b"
)
# Ends a sentence; the full stop of an initial or of "U.S." does not.
_SENTENCE = re.compile(rf"(?:(?<=[!?。！？])|(?<=\w\w\.)|(?<=[\d)%]\.)|(?<=[.!?][\"”’»)]))\s+(?=[\"“„«(]?{_UPPER})")
_FORMER = ("former", "ex", "then", "acting", "incoming", "outgoing", "vice", "deputy")
_LOWER_OFFICE = re.compile(rf"\b(?:({'|'.join(_FORMER)})[ -])?([a-z]+) $", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """One thing a paragraph says: its kind, its value as written, and the sentence it stands in."""

    kind: str
    value: str
    subject: str
    sentence: str
    paragraph: int


@cache
def _table() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in load_json("places.json").items()}


def is_place(name: str) -> bool:
    """Return whether a name is a country or capital of the table.

    >>> is_place("South Korea"), is_place("Kim")
    (True, False)
    """
    return name in _table()["places"]


def extract(paragraph: int, text: str) -> Iterator[Found]:
    """Return what a paragraph says, in the order of kinds and of the text.

    >>> found = list(extract(0, "In Seoul, Prime Minister Fumio Kishida said 12 ships came."))
    >>> [(item.kind, item.value, item.subject) for item in found]
    [('number', '12', 'ships'), ('name', 'Fumio Kishida', ''), ('office', 'Prime Minister', 'Fumio Kishida'),
    ('place', 'Seoul', '')]
    """
    for match in _QUOTE.finditer(text):
        yield Found("quote", match[1].strip(" ,.…"), "", _around(text, match.start()), paragraph)
    for sentence in sentences(text):
        yield from _in_sentence(paragraph, sentence)


def sentences(text: str) -> list[str]:
    """Return the sentences of a paragraph."""
    return [part for part in _SENTENCE.split(text) if part]


def _in_sentence(paragraph: int, sentence: str) -> Iterator[Found]:
    dates = [match.span() for match in _DATE.finditer(sentence)]
    for start, end in dates:
        yield Found("date", sentence[start:end], "", sentence, paragraph)
    for match in _NUMBER.finditer(sentence):
        if not any(start < match.end() and match.start() < end for start, end in dates):
            noun = re.match(r"[\s-]*([^\W\d_]{3,})", sentence[match.end() :])
            yield Found("number", match[0].strip(), noun[1].casefold() if noun else "", sentence, paragraph)
    named = list(_names(sentence))
    for name, _ in named:
        if not is_place(name):
            yield Found("name", name, "", sentence, paragraph)
    for name, office in named:
        if office and not is_place(name):
            yield Found("office", office, name, sentence, paragraph)
    for name, _ in named:
        if is_place(name):
            yield Found("place", name, "", sentence, paragraph)


def _names(sentence: str) -> Iterator[tuple[str, str]]:
    """Return the names of a sentence, each with the office written before it."""
    for match in _NAME.finditer(sentence):
        words = match[0].split(" ")
        opens = match.start() == 0 or sentence[match.start() - 1] in '"“„«('
        while words and words[0].rstrip(".") in _table()["not_names"] and not _is_office(words[0]):
            words, opens = words[1:], False
        if not words:
            continue
        office, name = _office(sentence[: match.start()], words)
        name = name.removesuffix(".") if not re.search(r"\.\w\.$", name) else name
        if opens and " " not in name and not is_place(name):
            continue  # a sentence begins with a capital whatever the word
        if len(name) > 1 and name not in _table()["not_names"]:
            yield name, office


def _is_office(word: str) -> bool:
    return word.casefold() in _FORMER or word.casefold() in _table()["offices"]


def _office(before: str, run: list[str]) -> tuple[str, str]:
    """Return the office at the head of a run of capitalised words, with what qualifies it, and the name after it."""
    offices = _table()["offices"]
    length = next((n for n in range(min(5, len(run) - 1), 0, -1) if run[n - 1].casefold().strip(".") in offices), 0)
    lower = _LOWER_OFFICE.search(before)
    held, name = run[:length], " ".join(run[length:])
    if held and lower and lower[2].casefold() in _FORMER:
        held = [lower[2].casefold(), *held]
    elif not held and lower and lower[2].casefold() in offices:
        held = [word.casefold() for word in lower.groups() if word]
    if held and held[0].casefold() in _FORMER:
        held = [held[0].casefold(), *held[1:]]
    return " ".join(held), name


def _around(text: str, position: int) -> str:
    start = max(text.rfind(". ", 0, position) + 2, 0) if ". " in text[:position] else 0
    return text[start : start + 300]
