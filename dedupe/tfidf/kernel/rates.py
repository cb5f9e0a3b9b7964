"""How common terms are in news at large, compiled: the same as in `weights`."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from ...compiling.load import kernel
from ..background import load_background, load_common
from ..weights import ABROAD, COMMON, HALF, RANKED, USED, Rated, rated_abroad
from .places import Places, place, places
from .weigh import is_strange

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..background import Background
    from ..terms import Terms


def background_rates(terms: Terms, background: Background) -> Rated:
    """Return what `weights.background_rates` does."""
    found, common = np.empty((5, len(terms.key))), load_common()
    rate: NDArray[np.float64]
    rate, estimate, everywhere, known, unknown = found
    ranked = np.zeros(len(terms.first) - 1, dtype=np.bool_)
    tables = _places_of(background), background.rate, background.unseen, _places_of(common), common.rate
    if not _rate(terms.first, terms.term, terms.count, terms.key, *tables, found, ranked):
        return Rated(terms, rate)
    return rated_abroad(terms, rate, estimate, ranked, (known, unknown, everywhere))


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


@kernel
def _rate(first, term, count, key, listed, rate, unseen, common, common_rate, found, ranked):
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
            every += count[i]
            used += count[i] if found[0, term[i]] > USED else 0
        if used < HALF * every:
            if not looked_up:
                for i in range(len(key)):
                    at = place(common, key[i])
                    found[1, i] = common_rate[at] if at >= 0 else 0.0
                found[2:] = 0.0
                looked_up = True
            often, known, abroad = 0.0, 0.0, 0.0
            for i in range(first[row], first[row + 1]):
                often += count[i] if found[0, term[i]] > COMMON else 0
                known += count[i] if found[1, term[i]] > 0.0 else 0
                abroad += count[i] if found[1, term[i]] > 0.0 and found[0, term[i]] < ABROAD else 0
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
