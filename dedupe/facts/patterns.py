"""How several languages say that somebody spoke, where, and where somebody travels: patterns made of one table.

The languages are not told apart: their words hardly meet. A star at the end of a listed word stands for any ending.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from ..resources import calendar_names, load_json, longest_first

# Of letters between which spaces stand.
_SPACED = re.compile(r"[^\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
# What Russian names of places end in beside their first form: Сеул, в Сеуле; Корея, в Южной Корее.
_ENDINGS = {
    "ая": ("ой", "ую"), "ый": ("ого", "ому", "ом", "ым"), "ия": ("ии", "ию", "ией"), "я": ("и", "е", "ю", "ей"),
    "а": ("ы", "и", "е", "у", "ой"), "й": ("я", "ю", "ем", "е"), "ь": ("я", "ю", "ем", "е"),
    "ы": ("", "ах", "ам", "ами"),
}  # fmt: skip
_CONSONANT = ("а", "у", "ом", "е")


@cache
def table() -> dict[str, Any]:
    """Return the table: kind of words, language, words."""
    return load_json("facts.json")


def _all(kind: str) -> list[str]:
    return [word for words in table()[kind].values() for word in words]


def _either(words: Iterable[str]) -> str:
    """Return the words as a pattern: whole words in scripts with spaces, with any ending where a star says so."""
    spaced, others = _by_script(words)
    arabic = [word for word in spaced if "\u0600" <= word[0] <= "\u06ff"]
    whole = [re.escape(word) for word in spaced if not word.endswith("*") and word not in arabic]
    begun = [re.escape(word).replace(r"\*", r"\w*") for word in spaced if word.endswith("*")]
    # One look at what stands before, for all of them: at most places no more than that is done.
    plain = rf"(?<!\w)(?:(?:{'|'.join(whole)})(?!\w)|{'|'.join(begun)}|[وفل]?(?:{'|'.join(arabic)})(?!\w))"
    return f"{plain}|{'|'.join(others)}"


@cache
def speech() -> re.Pattern[str]:
    """Return what says that somebody spoke.

    >>> [bool(speech().search(text)) for text in ("er sagte", "заявила она", "他表示", "the saidang")]
    [True, True, True, False]
    """
    return re.compile(_either(_all("speech")))


@cache
def _weekdays() -> list[re.Pattern[str]]:
    names = list(calendar_names("weekdays.json"))
    scripts = [_by_script(name for place, name in names if place == day) for day in range(1, 8)]
    return [re.compile(rf"(?<!\w)[وفل]?(?:{'|'.join(spaced)})(?!\w)|{'|'.join(others)}") for spaced, others in scripts]


def weekdays_in(text: str) -> set[int]:
    """Return which days of the week a text names, Monday being 0.

    >>> [weekdays_in(text) for text in ("on Monday or Friday", "am Dienstagabend", "星期三", "يوم الخميس", "a sundae")]
    [{0, 4}, {1}, {2}, {3}, set()]
    """
    small = text.casefold()
    return {day for day, names in enumerate(_weekdays()) if names.search(small)}


@cache
def where() -> re.Pattern[str]:
    """Return what stands right before a place where something happens, with an article or without.

    >>> [bool(where().search(text)) for text in ("he spoke in the ", "an Bord der ", "à ", "в ", "总统在", "near ")]
    [True, True, True, True, True, False]
    """
    spaced, others = _by_script(_all("where"))
    articles = "|".join(re.escape(w) + ("" if w[-1] in "'’ل" else " ") for w in longest_first(table()["articles"]))
    end = "|".join(re.escape(word) + ("" if word[-1] in "'’" else r"[ \u00a0]") for word in spaced)
    alone = r"|(?<!\w)ب(?:ال)?$"  # written in one with the word in Arabic
    return re.compile(rf"(?:(?<!\w)(?i:{end})(?:{articles})?|{'|'.join(others)})$" + alone)


def _by_script(words: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the words of scripts with spaces and those of others, the longest first."""
    ordered = longest_first(words)
    return [w for w in ordered if _SPACED.fullmatch(w)], [re.escape(w) for w in ordered if not _SPACED.fullmatch(w)]


@cache
def trip() -> re.Pattern[str]:
    """Return what says that somebody travels.

    >>> [bool(trip().search(text)) for text in ("on a visit to", "seine Asienreise", "в ходе поездки", "出访")]
    [True, True, True, True]
    """
    return re.compile(_either(_all("trip")))


def _joints() -> str:
    words = "|".join(re.escape(word) + " " for word in table()["and"].values() if _SPACED.fullmatch(word))
    where_to = "|".join(re.escape(word) + " " for word in ("to", "nach", "in", "à", "au", "aux", "en", "a", "в", "на"))
    return rf"(?:(?:, ?|、|، ?)(?:{words})?| (?:{words})|[和及與与]| و)(?:{where_to})?"


@cache
def joint() -> re.Pattern[str]:
    """Return what joins two places of a list, all of what stands between them.

    >>> [bool(joint().match(text)) for text in (", ", ", and ", " et en ", "、", " و", ", where ")]
    [True, True, True, True, True, False]
    """
    return re.compile(rf"(?:{_joints()}|, followed by (?:meetings in )?)(?:the )?(?:l['’]|la |le |les |den |die )?$")


@cache
def listed() -> re.Pattern[str]:
    """Return what joins a place to the next of a list, with up to three words of that: a route, not a setting."""
    return re.compile(rf"{_joints()}((?:\w+ ?){{1,3}})")


@cache
def place_names() -> dict[str, str]:
    """Return the first form of each form of a place's name, in all the languages but English.

    >>> place_names()["Сеуле"], place_names()["Южной Корее"], place_names()["Séoul"]
    ('Сеул', 'Южная Корея', 'Séoul')
    """
    forms = {form: name for name in table()["places"]["ru"] for form in _inflected(name)}
    return forms | {name: name for name in _all("places")}


def _inflected(name: str) -> list[str]:
    """Return the forms of a Russian name; of several words all are of one case."""
    words = [_forms(word) for word in name.split(" ")]
    if len(words) == 1:
        return words[0]
    return [f"{first} {second}" for first in words[0] for second in words[1]] if len(words) == 2 else [name]


def _forms(word: str) -> list[str]:
    for ending, others in _ENDINGS.items():
        if word.endswith(ending):
            return [word, *(word[: -len(ending)] + other for other in others)]
    return [word, *(word + ending for ending in _CONSONANT)] if word[-1] not in "иоуеё" and word != "США" else [word]


@cache
def uncased_places() -> re.Pattern[str]:
    """Return a pattern of the places in scripts without capitals, the longest first.

    >>> [uncased_places().findall(text) for text in ("他在首尔表示", "زار سيول وطوكيو", "قطرة ماء")]
    [['首尔'], ['سيول', 'طوكيو'], []]
    """
    spaced, others = _by_script(name for name in _all("places") if not name[0].isupper())
    return re.compile(rf"(?:(?<!\w)|(?<=(?<!\w)[وفبل]))(?:{'|'.join(map(re.escape, spaced))})(?!\w)|{'|'.join(others)}")
