"""The days of the week that an article says its news is of: two events of one subject are mostly of two days."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from ..compiling import compiled, kernel_of
from ..model import IN_LEAD, IN_TITLE
from ..resources import calendar_names
from ..rows import owners_of, places_in
from ..words import ROOT, Tokens, in_slots, slots_of, stems, tokenize
from .terms import Terms, pair_keys


def weekdays(terms: Terms) -> NDArray[np.uint8]:
    """Return the weekdays that stand in title or opening of each article, uint8 of shape (n,): a bit each from Monday.

    >>> from dedupe.tfidf import count_terms
    >>> weekdays(count_terms(tokenize(["They met on Tuesday, not on Monday.", "Treffen am Dienstag", ""]))).tolist()
    [3, 2, 0]
    """
    key, bit = _table()
    if compiled(len(terms.term), __package__):
        return kernel_of(__package__).weekdays(terms, key, bit)
    place = places_in(terms.key, key)
    days = np.zeros(len(terms.first) - 1, dtype=np.uint8)
    if not (place >= 0).any():
        return days
    of_term = np.zeros(len(terms.key) + 1, dtype=np.uint8)  # the last: of days that no article names
    of_term[place] = bit
    entry = np.flatnonzero(of_term[terms.term])
    entry = entry[terms.flags[entry] & (IN_TITLE | IN_LEAD) != 0]
    np.bitwise_or.at(days, owners_of(terms.first, entry), of_term[terms.term[entry]])
    return days


def stems_but_days(texts: Sequence[str], tokens: Tokens) -> NDArray[np.uint32]:
    """Return the hash of each word's stem, given texts and their words; that of a word which names a day of the week.

    >>> texts = ["Treffen am Dienstag"]
    >>> (stems_but_days(texts, tokenize(texts)) == tokenize(texts).hash).tolist()
    [False, True, True]
    """
    found = stems(texts, tokens, ROOT)
    likely = in_slots(_slots(), tokens.hash)
    days = likely[places_in(_table()[0], tokens.hash[likely]) >= 0]
    found[days] = tokens.hash[days]
    return found


def day_terms() -> NDArray[np.uint32]:
    """Return the terms that name a day of the week, uint32, ascending."""
    return _table()[0]


@cache
def _table() -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
    """Return the terms that name a weekday, ascending, and the bit of each; of equal ones the first tells.

    They are of the languages whose names of days mean nothing else. In scripts without spaces a pair of characters is
    one: of 星期二 the last two.
    """
    number, words = zip(*calendar_names("weekdays.json"), strict=True)
    tokens, bit = tokenize(words), np.uint8(1) << (np.array(number, dtype=np.uint8) - 1)
    pair, start = pair_keys(tokens)
    key = tokens.hash.copy()
    key[start] = pair
    key, first = np.unique(key[tokens.first[:-1]], return_index=True)
    return key, bit[first]


@cache
def _slots() -> NDArray[np.bool_]:
    return slots_of(_table()[0])
