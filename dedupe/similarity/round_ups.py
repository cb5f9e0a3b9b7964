"""Which articles tell of many things, by their titles: a round-up is no version of the story of one of its items."""

from __future__ import annotations

import re
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from ..model import Corpus
from ..resources import calendar_names, load_json, phrases_of

_NUMBER = re.compile(r"(?:the )?(?:\d{1,2}|three|five|ten) ")
_BETWEEN = r"[^\w:.;!?]+"  # words of one part of a title
_ON = rf"{_BETWEEN}(?:\w+{_BETWEEN}){{0,6}}"
_SPACELESS = "\u2e80"  # from here on scripts have no ends of words
_KEPT = 1 << 15  # titles
LISTED = 2  # marks between what a title names, from which on it lists items
_ITEMS = re.compile(r"[,;|/•·]")
_LEAD, _STEM = re.compile(r"[^\W\d_]{4,}"), 5


def round_ups(corpus: Corpus, rows: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Return of each article whether it is a round-up, bool of shape (n,); only the given rows are looked at."""
    found = np.zeros(len(corpus.articles), dtype=np.bool_)
    found[rows] = [tells_of_many(corpus.articles[row].title, corpus.text[row]) for row in rows.tolist()]
    return found


def tells_of_many(title: str, text: str) -> bool:
    """Return whether an article is a round-up: by its title, unless its reporting goes on telling what that names."""
    return is_round_up(title) and not tells_on(title, text)


def tells_on(title: str, text: str) -> bool:
    """Return whether a text goes on telling what its title names after a colon: then it is of that.

    A round-up whose title names its first item soon comes to the others, and one that lists its items is one. Words of
    four letters or more count, by their beginnings; scripts without spaces have none, and days stand in all news.

    >>> brief, quake = "Morning briefing: Quake kills 12 on Monday", "The quake came on Monday at night. " * 4
    >>> tells_on(brief, quake), tells_on(brief, quake + "Rates rose. " * 9), tells_on(f"{brief}, rates, rain", quake)
    (True, False, False)
    """
    named = title.casefold().partition(":")[2]
    lead = {word[:_STEM] for word in _LEAD.findall(named) if word not in _days()}
    words = [word[:_STEM] for word in _LEAD.findall(text.casefold())]
    third = len(words) // 3
    later = words[third : 2 * third], words[2 * third :]
    return third > 0 and len(_ITEMS.findall(named)) < LISTED and not any(map(lead.isdisjoint, later))


@cache
def _days() -> frozenset[str]:
    """Return the folded names of the days of the week, in all languages."""
    return frozenset(name.casefold() for _, name in calendar_names("weekdays.json"))


@lru_cache(_KEPT)
def is_round_up(title: str) -> bool:
    """Return whether a title is that of a round-up: of the news of a day or a week, of the press, of offers.

    It begins as such titles do, or counts things to know of a day, and does not go on with what they are about, nor in
    English with any other word: "Daily deals site cuts jobs". What a live page tells is mostly one event.

    >>> is_round_up("Opening Bell 11.18.19"), is_round_up("10 things in tech you need to know today")
    (True, True)
    >>> is_round_up("What to know today about the storm"), is_round_up("Opening bells ring"), is_round_up("")
    (False, False, False)
    """
    title = title.replace("’", "'").casefold().strip()
    if title.startswith(openings := _openings().get(title[:1], ())):
        begun = [phrase for phrase in openings if title.startswith(phrase) and _ends(title, len(phrase))]
        phrase = max(begun, key=len, default="")
        alone = phrase not in _compounds() or _goes_on().match(title, len(phrase)) is not None
        return bool(phrase) and alone and not _of_one().match(title, len(phrase))
    number = _NUMBER.match(title)
    things = _things().match(title, number.end()) if number else None
    return things is not None and not _of_one().match(title, things.end())


def _ends(title: str, place: int) -> bool:
    """Return whether a word ends before this place of a title."""
    return place == len(title) or title[place - 1] >= _SPACELESS or not title[place].isalnum()


@cache
def _openings() -> dict[str, tuple[str, ...]]:
    """Return the phrases that round-ups open with, by their first letter: of all, few titles need more than some."""
    found: dict[str, tuple[str, ...]] = {}
    for phrase in map(str.casefold, phrases_of("round_ups.json", "openings")):
        found[phrase[0]] = (*found.get(phrase[0], ()), phrase)
    return found


@cache
def _compounds() -> frozenset[str]:
    """Return the phrases of a language in which a noun may follow to make another thing of them."""
    table = load_json("round_ups.json")
    return frozenset(phrase for language in table["goes_on"] for phrase in table["openings"][language])


@cache
def _goes_on() -> re.Pattern[str]:
    """Return the pattern of what may follow such a phrase: a mark, a number, a day, or a word such as "for"."""
    return re.compile(rf"\s*(?:$|[^\w\s]|\d|{_any(phrases_of('round_ups.json', 'goes_on'))})")


@cache
def _things() -> re.Pattern[str]:
    """Return the pattern of what follows a number: things, and, a few words on, when."""
    languages = load_json("round_ups.json")["numbered"].values()
    return re.compile("|".join(rf"{_any(words['what'])}{_ON}{_any(words['when'])}" for words in languages))


@cache
def _of_one() -> re.Pattern[str]:
    """Return the pattern of what goes on from such words where it is of one event: "... about the storm"."""
    return re.compile(rf" {_any(phrases_of('round_ups.json', 'of_one'))}")


def _any(phrases: list[str]) -> str:
    return rf"(?:{'|'.join(map(re.escape, phrases))})(?!\w)"
