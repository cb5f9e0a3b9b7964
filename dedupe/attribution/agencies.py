"""News agencies by their many names."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ..resources import load_json

_WORD = re.compile(r"[^\s,;:()\[\]{}/|<>·•。，、；：（）［］【】〔〕「」]+")
_BESIDE = " .–—-'\""  # signs beside a name that are none of it
_LONGEST_ALIAS = 5  # words of an alias that are looked up
_UNSPACED = re.compile(
    r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)  # Thai, kana, Han, Hangul: no spaces to cut at


@cache
def names() -> dict[str, str]:
    """Return the agency of each alias, as written."""
    return {alias: name for name, agency in load_json("agencies.json").items() for alias in [name, *agency["aliases"]]}


@cache
def _folded() -> dict[str, str]:
    """Return the agency of each alias case folded; those of under five letters in their own case only."""
    return {alias.casefold(): name for alias, name in names().items() if len(alias) > 4}


@cache
def unspaced() -> tuple[str, ...]:
    """Return the aliases of scripts without spaces, the longest first."""
    return tuple(sorted(filter(_UNSPACED.search, names()), key=lambda alias: (-len(alias), alias)))


@cache
def first_words() -> frozenset[str]:
    """Return the first word of each alias, case folded."""
    return frozenset(match[0].strip(_BESIDE).casefold() for alias in names() if (match := _WORD.search(alias)))


@cache
def last_words() -> frozenset[str]:
    """Return the last word of each alias, case folded: what a text that an agency signs ends with."""
    return frozenset(re.split(r"\W+", alias.strip(" /"))[-1].casefold() for alias in names())


@lru_cache(maxsize=1 << 12)
def agency_of(name: str) -> str:
    """Return the agency that a name stands for, by the name it has in the table; "" for none.

    >>> agency_of("The Associated Press"), agency_of("dpa"), agency_of("新华社"), agency_of("Map")
    ('Associated Press', 'DPA', 'Xinhua', '')
    """
    name = name.strip(" .,:;-–—'\"")
    found = names().get(name) or _folded().get(name.casefold())
    return found or (names().get(name[4:], "") if name[:4].lower() == "the " else "")


@cache
def domains() -> dict[str, str]:
    """Return the agency of each of the agencies' own domains."""
    return {domain: name for name, agency in load_json("agencies.json").items() for domain in agency["domains"]}


def _shouted(text: str, start: int, name: str) -> bool:
    """Return whether a sign of three letters is only a word of a line in capitals: "ANA GARCIA" is no agency."""
    after = text[start + len(name) : start + len(name) + 2]
    return len(name) <= 3 and text.isupper() and after[:1] == " " and after[1:].isalpha()


def mentions(text: str) -> list[str]:
    """Return the agencies named in a short text, as written, in order.

    >>> mentions("Tom Davies Associated Press"), mentions("Von DPA/AFP"), mentions("新华社电"), mentions("路透社")
    (['Associated Press'], ['DPA', 'AFP'], ['新华社'], ['路透社'])
    """
    found: list[tuple[int, str]] = []
    words = [(match.start(), match.end()) for match in _WORD.finditer(text)]
    starts, place = first_words(), 0
    while place < len(words):
        start, end = words[place]
        if text[start:end].strip(_BESIDE).casefold() in starts:
            for count in range(min(_LONGEST_ALIAS, len(words) - place), 0, -1):
                phrase = text[start : words[place + count - 1][1]].strip(_BESIDE)
                if (phrase in names() or phrase.casefold() in _folded()) and not _shouted(text, start, phrase):
                    found.append((start, phrase))
                    place += count - 1
                    break
        place += 1
    if not text.isascii() and _UNSPACED.search(text):
        for alias in unspaced():
            at = text.find(alias)
            if at >= 0 and not any(start <= at < start + len(name) for start, name in found):
                found.append((at, alias))
    return list(dict.fromkeys(name for _, name in sorted(found)))
