"""How common terms are in news at large, compiled: the same as in `weights`."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from ...compiling.load import kernel
from ...model import NAME, NUMBER
from ..background import Background, load_background, load_common, share
from ..stem_rates import SPOKEN, leading, listed_in, without_nouns
from ..terms import Terms
from ..weights import ABROAD, CASED, COMMON, ENOUGH, HALF, RANKED, SMALL_LETTERS, UNLISTED, USED, Rated
from .places import Places, place, places
from .weigh import is_strange


def background_rates(terms: Terms, background: Background) -> Rated:
    """Return what `weights.background_rates` does."""
    found, common = np.empty((5, len(terms.key))), load_common()
    rate: NDArray[np.float64]
    rate, estimate, everywhere, known, unknown = found
    ranked = np.zeros(len(terms.first) - 1, dtype=np.bool_)
    tables = _places_of(background), background.rate, background.unseen, _places_of(common), common.rate
    if not _rate(terms.first, terms.term, terms.count, terms.flags, terms.key, *tables, found, ranked):
        return Rated(terms, rate)
    spoken = languages(terms, ranked)
    for language in {*spoken.tolist()} - {-1}:
        _estimate(terms.first, terms.term, terms.key, spoken, language, *_stems(language), estimate)
    spread = share(unknown / max(float(unknown.sum()), ENOUGH))
    _settle(terms.first, terms.term, terms.flags, everywhere, known, unknown, estimate, spread, rate)
    return Rated(without_nouns(terms, spoken), rate)


def languages(terms: Terms, texts: NDArray[np.bool_]) -> NDArray[np.int8]:
    """Return what `stem_rates.languages` does."""
    spoken = np.full(len(texts), -1, dtype=np.int8)
    if texts.any():
        _spoken(terms.first, terms.term, terms.count, terms.key, texts, *_leading(), spoken)
    return spoken


def _places_of(background: Background) -> Places:
    """Return where a background's keys are; of those that ship with the package it is made once."""
    if background is load_background():
        return _listed()
    return _common() if background is load_common() else places(background.key)


@cache
def _listed() -> Places:
    return places(load_background().key)


@cache
def _common() -> Places:
    return places(load_common().key)


@cache
def _leading() -> tuple[Places, NDArray[np.int64], NDArray[np.int64], int]:
    """Return the leading stems of all languages, where the languages of each start, these, and how many there are."""
    key, first, language = leading()
    return places(key), first, language, int(language.max()) + 1


@cache
def _stems(language: int) -> tuple[Places, NDArray[np.float64]]:
    """Return the stems of a language, and the rate of each."""
    table = listed_in(language)
    return places(table.key), table.rate


@kernel
def _rate(first, term, count, flags, key, listed, rate, unseen, common, common_rate, found, ranked):
    """Write each term's rate, and where a text is of a strange language its rate among the commonest words of many;
    then how often it stands in all texts, in the `ranked` ones (strange ones with common words), and in other strange
    ones. Return whether any is strange.
    """
    for i in range(len(key)):
        at = place(listed, key[i])
        found[0, i] = rate[at] if at >= 0 else unseen
    looked_up, strange = False, False
    for row in range(len(first) - 1):
        every, used = 0.0, 0.0
        for i in range(first[row], first[row + 1]):
            words = 0 if flags[i] & NUMBER else count[i]
            every += words
            used += words if found[0, term[i]] > USED else 0
        if used < HALF * every:
            if not looked_up:
                for i in range(len(key)):
                    at = place(common, key[i])
                    found[1, i] = common_rate[at] if at >= 0 else 0.0
                found[2:] = 0.0
                looked_up = True
            often, known, abroad = 0.0, 0.0, 0.0
            for i in range(first[row], first[row + 1]):
                words = 0 if flags[i] & NUMBER else count[i]
                often += words if found[0, term[i]] > COMMON else 0
                known += words if found[1, term[i]] > 0.0 else 0
                abroad += words if found[1, term[i]] > 0.0 and found[0, term[i]] < ABROAD else 0
            if not is_strange(every, used, often, abroad):
                continue
            strange = True
            ranked[row] = known >= RANKED * every
            kind = 3 if ranked[row] else 4
            for i in range(first[row], first[row + 1]):
                found[kind, term[i]] += count[i]
    if strange:
        for i in range(len(term)):
            found[2, term[i]] += count[i]
    return strange


@kernel
def _spoken(first, term, count, key, texts, leading, start, language, languages, spoken):
    """Write the language of each of some texts, if so many of its words are among the leading stems of one."""
    said = np.empty(languages)
    for row in range(len(texts)):
        if not texts[row]:
            continue
        every, said[:] = 0.0, 0.0
        for i in range(first[row], first[row + 1]):
            every += count[i]
            at = place(leading, key[term[i]])
            if at >= 0:
                for j in range(start[at], start[at + 1]):
                    said[language[j]] += count[i]
        if said.max() >= SPOKEN * every:
            spoken[row] = said.argmax()


@kernel
def _estimate(first, term, key, spoken, language, stems, rates, estimate):
    """Raise the estimate of each term that stands in texts of a language to its rate there."""
    for row in range(len(spoken)):
        if spoken[row] == language:
            for i in range(first[row], first[row + 1]):
                at = place(stems, key[term[i]])
                if at >= 0:
                    estimate[term[i]] = max(estimate[term[i]], rates[at])


@kernel
def _settle(first, term, flags, everywhere, known, unknown, estimate, spread, rate):
    """Raise the rates of terms that stand in strange texts mostly to what they are estimated to be."""
    small = np.zeros(len(rate), np.bool_)  # in small letters, where a language has capitals
    for row in range(len(first) - 1):
        names = 0
        for i in range(first[row], first[row + 1]):
            names += flags[i] & NAME != 0
        if names >= CASED * (first[row + 1] - first[row]):
            for i in range(first[row], first[row + 1]):
                small[term[i]] |= flags[i] & (NAME | NUMBER) == 0
    for at in range(len(rate)):
        if known[at] + unknown[at] > 0.5 * everywhere[at]:
            most = estimate[at]
            if known[at] > 0 and most == 0:
                most = SMALL_LETTERS if small[at] else UNLISTED
            rate[at] = max(rate[at], most, spread[at])
