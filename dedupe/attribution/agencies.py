"""News agencies by their many names."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from unicodedata import normalize

from ..resources import load_json, longest_first
from .phrases import any_of

_WORD = re.compile(r"[^\s,;:()\[\]{}/|<>=＝·•。，、；：（）［］【】〔〕「」،।]+")
_BESIDE = " .–—-'\"«»„“”"  # signs beside a name that are none of it
_QUOTES = re.compile('["«»„“”]')
# What an agency is called in front of its name, or behind it, in the languages of the table.
_CALLED = re.compile(
    rf"^(?:(?:der|die|d[ae]|do|del|la|l['’])\s?)?(?:{any_of('agency')})\s+|"
    r"^(?:(?:da|do|de|der|die)\s|l['’]\s?)|\s(?:agence|news agency|haber ajansı)$",
    re.I,
)
_CASE = re.compile("(?<=[а-яієїґ]{4})(?:ом|ові|[ауеі])$")  # "Интерфакса", "Укрінформу"
_LONGEST_ALIAS = 5  # words of an alias that are looked up
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")  # no spaces to cut at


@cache
def names() -> dict[str, str]:
    """Return the agency of each alias, as written."""
    return {alias: name for name, agency in load_json("agencies.json").items() for alias in [name, *agency["aliases"]]}


@cache
def signs() -> dict[str, str]:
    """Return the agency of each common word with which an agency signs: "भाषा" means language."""
    return {sign: name for name, agency in load_json("agencies.json").items() for sign in agency.get("signs", ())}


def is_word(name: str) -> bool:
    """Return whether a name is only a sign: an agency's in brackets or at the end of a text, elsewhere a word."""
    return name in signs() and name not in names()


@cache
def _folded() -> dict[str, str]:
    """Return the agency of each alias case folded; those of under five letters in their own case only."""
    return {alias.casefold(): name for alias, name in names().items() if len(alias) > 4}


@cache
def unspaced() -> tuple[str, ...]:
    """Return the aliases of scripts without spaces, the longest first."""
    return tuple(longest_first(filter(spaceless, names())))


def spaceless(name: str) -> bool:
    """Return whether a name is in a script without spaces, where what stands beside it may belong to it or not."""
    return bool(_UNSPACED.search(name))


@cache
def first_words() -> frozenset[str]:
    """Return the first word of each alias, case folded."""
    return frozenset(match[0].strip(_BESIDE).casefold() for alias in names() if (match := _WORD.search(alias)))


@cache
def last_words() -> frozenset[str]:
    """Return the last word of each alias, case folded: what a text that an agency signs ends with."""
    return frozenset(re.split(r"\W+", alias.strip(" /"))[-1].casefold() for alias in [*names(), *signs()])


@lru_cache(maxsize=1 << 12)
def agency_of(name: str) -> str:
    """Return the agency that a name stands for, by the name it has in the table; "" for none.

    >>> agency_of("The Associated Press"), agency_of("dpa"), agency_of("新华社"), agency_of("Map")
    ('Associated Press', 'DPA', 'Xinhua', '')
    >>> agency_of("агентства «Интерфакс»"), agency_of("（ＡＦＰ）"), agency_of("خبرگزاری ایرنا")
    ('Interfax', 'AFP', 'IRNA')
    """
    name = (name if name.isascii() else normalize("NFKC", name)).strip(" .,:;-–—'\"()")
    found = _listed(name) or signs().get(name) or (_listed(name[4:]) if name[:4].lower() == "the " else "")
    return found or _listed(_uncalled(name))


def _listed(name: str) -> str:
    return names().get(name) or _folded().get(name.casefold(), "")


def bare_name(name: str) -> str:
    """Return a name without quotation marks, the words that call it an agency, and the ending of a grammatical case.

    >>> bare_name("Nachrichtenagentur Reuters"), bare_name("РИА «Новости"), bare_name("l’agence AFP")
    ('Reuters', 'РИА Новости', 'AFP')
    >>> bare_name("Интерфакса"), bare_name("Укрінформу"), bare_name("Правда")
    ('Интерфакс', 'Укрінформ', 'Правда')
    """
    bare = _uncalled(name)
    return ending if _listed(ending := _CASE.sub("", bare)) else bare


def _uncalled(name: str) -> str:
    return _CALLED.sub("", _QUOTES.sub("", name).strip()).strip()


@cache
def domains() -> dict[str, str]:
    """Return the agency of each of the agencies' own domains."""
    return {domain: name for name, agency in load_json("agencies.json").items() for domain in agency["domains"]}


def _shouted(text: str, start: int, name: str) -> bool:
    """Return whether a name of up to three letters is only a word of a line in capitals: "ANA GARCIA" is no agency."""
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
                if _listed(_QUOTES.sub("", phrase)) and not _shouted(text, start, phrase):
                    found.append((start, phrase))
                    place += count - 1
                    break
        place += 1
    if not text.isascii() and spaceless(text):
        for alias in unspaced():
            at = text.find(alias)
            if at >= 0 and not any(start <= at < start + len(name) for start, name in found):
                found.append((at, alias))
    return list(dict.fromkeys(name for _, name in sorted(found)))
