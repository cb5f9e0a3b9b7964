"""Whether two articles are of different days: by their dates, or where one has none by the days that they name."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from ..resources import load_json
from ..words import ranges, tokenize

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..model import Corpus
    from ..words import Tokens

APART = 0.75  # days: what is put out each day does not come to the minute, and nothing is read twice in one morning
SHORTEST = 4  # letters of a name of a month: "may" is a verb, "mar" the sea


def other_day(corpus: Corpus, a: NDArray[np.int32], b: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Return which pairs of rows are of different days, bool of shape (pairs,).

    Where a date is unknown: those that both name a day of the week, or both a month, and not the same one first, be it
    in the title or in the text.
    """
    days = np.abs(corpus.published[a] - corpus.published[b])
    other = np.asarray(days >= APART)
    undated = np.flatnonzero(np.isnan(days))
    if len(undated):
        one, two = a[undated], b[undated]
        rows, place = np.unique(np.concatenate((one, two)), return_inverse=True)
        in_title, in_text = first_named(corpus.titles, rows), first_named(corpus.tokens, rows)
        named = np.where(in_title > 0, in_title, in_text)
        left, right = named[place[: len(one)]], named[place[len(one) :]]
        other[undated] = ((left > 0) & (right > 0) & (left != right)).any(axis=1)
    return other


def first_named(tokens: Tokens, rows: NDArray[np.int32]) -> NDArray[np.uint8]:
    """Return the first day of the week and the first month that each text names, uint8 of shape (rows, 2), 0 for none.

    >>> first_named(tokenize(["On Tuesday in June, after Monday", "am Dienstag"]), np.arange(2)).tolist()
    [[2, 6], [2, 0]]
    """
    names, kind, number = _names()
    count = np.diff(tokens.first)[rows]
    owner, word = ranges(tokens.first[rows].astype(np.int64), count.astype(np.int64))
    entry = np.minimum(np.searchsorted(names, tokens.hash[word]), len(names) - 1)
    hit = np.flatnonzero(names[entry] == tokens.hash[word])[::-1]  # backwards, so that the first one stays
    found = np.zeros((len(rows), 2), dtype=np.uint8)
    found[owner[hit], kind[entry[hit]]] = number[entry[hit]]
    return found


@cache
def _names() -> tuple[NDArray[np.uint32], NDArray[np.uint8], NDArray[np.uint8]]:
    """Return the words that name a day (kind 0) or a month (kind 1) and which, ascending; none that names two."""
    meant: dict[str, set[tuple[int, int]]] = {}
    for kind, file, least in ((0, "weekdays.json", 1), (1, "months.json", SHORTEST)):
        for language in load_json(file).values():
            for place, names in enumerate(language, 1):
                for name in names.split():
                    if len(name) >= least:
                        meant.setdefault(name, set()).add((kind, place))
    tokens = tokenize(list(meant))
    plain = [len(of) == 1 for of in meant.values()] & (np.diff(tokens.first) == 1)  # 星期二 is three words
    keys = tokens.hash[tokens.first[:-1][plain]]
    table = np.array([min(of) for of in meant.values()], dtype=np.uint8)[plain]
    order = np.argsort(keys)
    return keys[order], table[order, 0], table[order, 1]
