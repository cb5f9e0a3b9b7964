"""How common the stems of other languages than English are in news at large: 5,000 of each ship with the package."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from ..model import NAME
from ..resources import agency_aliases, load
from ..rows import distinct, lengths, places_in, ranges
from ..words import tokenize
from .background import Background, share
from .terms import Terms
from .weekdays import stems_but_days

LEADING = 150  # stems of each language by which that of a text is told ...
SPOKEN = 0.15  # ... if so many of its words are among them; 0.3 to 0.5 are
# The share of all words that a stem has by its rank: up to rank 3,000 within a fifth of the mean of 33 languages, most
# of which are within a fifth of that. The last of 5,000 is as common as one that is not listed is taken to be.
MOST, BEFORE, FADING = 0.12, 2, 8000
AGENCY = 0.15  # of reports, at least, name one of their language's agencies, or all the reports of a folder do


def stem_rates(terms: Terms, spoken: NDArray[np.int8]) -> NDArray[np.float64]:
    """Return the rate of each term in the languages of its texts, float64: the highest, 0 where none lists it.

    >>> from dedupe.tfidf import count_terms, stems_of
    >>> texts = ["Die Polizei teilte mit, dass die Ursache des Feuers in Wanne-Eickel noch nicht bekannt ist."]
    >>> words, _ = stems_of(texts, tokenize(texts), [""], tokenize([""]))
    >>> terms = count_terms(words)
    >>> rates = stem_rates(terms, languages(terms, np.array([True])))[np.searchsorted(terms.key, words.hash)]
    >>> [round(float(rates[place]), 2) for place in (0, 1, 8, 11)]  # Die, Polizei, Feuers, Eickel
    [1.0, 0.13, 0.05, 0.0]
    """
    rates = np.zeros(len(terms.key))
    for language in distinct(spoken[spoken >= 0]).tolist():
        used = np.zeros(len(terms.key), dtype=np.bool_)
        used[terms.term[np.repeat(spoken == language, lengths(terms.first))]] = True
        found, _ = listed_in(language).rates(terms.key[used])
        rates[used] = np.maximum(rates[used], found)
    return rates


def without_nouns(terms: Terms, spoken: NDArray[np.int8]) -> Terms:
    """Return the terms without NAME on the listed ones of German, which writes all nouns with a capital."""
    german = spoken == place_of("de")
    if not german.any():
        return terms
    listed = places_in(listed_in(place_of("de")).key, terms.key) >= 0
    nouns = listed[terms.term] & np.repeat(german, lengths(terms.first))
    return terms._replace(flags=np.where(nouns, terms.flags & ~np.uint8(NAME), terms.flags))


def languages(terms: Terms, texts: NDArray[np.bool_]) -> NDArray[np.int8]:
    """Return the language of each of some texts by its place in the table, int8; -1 for one that is not there."""
    key, first, spoken = leading()
    asked, every = np.flatnonzero(texts), len(_lists())
    row, entry = ranges(terms.first[asked], lengths(terms.first)[asked])
    count, place = terms.count[entry], places_in(key, terms.key)[terms.term[entry]]
    listed = np.flatnonzero(place >= 0)
    one, at = ranges(first[place[listed]], lengths(first)[place[listed]])
    one = listed[one]
    said = np.bincount(row[one] * every + spoken[at], weights=count[one], minlength=len(asked) * every)
    said, words = said.reshape(len(asked), every), np.bincount(row, weights=count, minlength=len(asked))
    found = np.full(len(texts), -1, dtype=np.int8)
    found[asked] = np.where(said.max(axis=1) >= SPOKEN * words, said.argmax(axis=1), -1)
    return found


@cache
def place_of(code: str) -> int:
    """Return the place of a language in the table.

    >>> place_of("ar"), place_of("de")
    (0, 5)
    """
    return list(_lists()).index(code)


@cache
def _lists() -> dict[str, str]:
    """Return the stems of each language, made by `python -m training.languages`, the most used first."""
    lines = load("stems.txt.gz").decode().splitlines()
    return dict(line.split(" ", 1) for line in lines)


@cache
def leading() -> tuple[NDArray[np.uint32], NDArray[np.int64], NDArray[np.int64]]:
    """Return the LEADING stems of all languages ascending, where the languages of each start, and these by place."""
    led = [_hashes(" ".join(stems.split(" ", LEADING)[:LEADING])) for stems in _lists().values()]
    stems, language = np.concatenate(led), np.repeat(np.arange(len(led)), LEADING)
    order = np.lexsort((language, stems))
    stems, language = stems[order], language[order]
    new = np.append(True, (stems[1:] != stems[:-1]) | (language[1:] != language[:-1]))  # one stem may lead twice
    key = distinct(stems)
    return key, np.append(np.searchsorted(stems[new], key), new.sum()), language[new]


@cache
def listed_in(language: int) -> Background:
    """Return the stems of a language, by its place, and the names of agencies, with the rate of each."""
    stems = _hashes(list(_lists().values())[language])
    rank = np.arange(1, 1 + len(stems))
    rate = np.append(share(MOST / (rank + BEFORE) * np.exp(-rank / FADING)), np.full(len(_agencies()), AGENCY))
    key, place = np.unique(np.append(stems, _agencies()), return_inverse=True)
    most = np.zeros(len(key))
    np.maximum.at(most, place, rate)
    return Background(key, most, 0.0)


@cache
def _agencies() -> NDArray[np.uint32]:
    """Return the stems of the names of agencies that are one word, or letters: "dpa", "РИА" of "РИА Новости"."""
    names = agency_aliases()
    return _hashes(" ".join(word for name in names for word in name.split() if word == name or word.isupper()))


def _hashes(stems: str) -> NDArray[np.uint32]:
    return stems_but_days([stems], tokenize([stems]))
