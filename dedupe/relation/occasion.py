"""Whether two articles tell of different days: by their dates, the days that they name, and the figures that rose."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..model import Corpus
from ..resources import calendar_names
from ..rows import distinct, lengths, owners, owners_of, places_in, ranges
from ..words import NUMERIC, Tokens, tokenize

APART = 0.75  # days: what is put out each day does not come to the minute, and nothing is read twice in one morning
WEEK = 6  # days: within so many a day of the week that both name is the same day
SHORTEST = 4  # letters of a name of a month: "may" is a verb, "mar" the sea
# A toll, a count of votes and a storm on its way are told again in the same words while nearly all of their figures
# grow. Prices, the weather and claims of another day go up and down, and many of their figures stay about as they are.
GROWN, MOST_GROWN, FEWEST = 1.1, 0.7, 4
# That no digit stands before is asked behind the first: what begins with a digit is found in a fifth of the time.
_FIGURE = re.compile(r"(\d(?<!\d\d)(?:\d{0,2}(?:[.,\u00a0\u202f ]\d{3})+(?!\d)|\d{0,14}(?:[.,]\d{1,15})?))")
_DIGITS = re.compile(r"\d+")
_PARTS = 3  # numbers of a date
_COUNTERS = list("月日월일")  # follow the number of a month or a day
_WORD = re.compile(r"[^\W\d]+")
_BESIDE = 24  # signs within which a word beside a figure stands


def other_day(corpus: Corpus, a: NDArray[np.int32], b: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Return which pairs of rows are of different days, bool of shape (pairs,).

    Where a date is unknown: those that both name a day of the week, or both a month, and not the same one first, be it
    in the title or in the text.
    """
    days = np.abs(corpus.published[a] - corpus.published[b])
    other = np.asarray(days >= APART)
    undated = np.flatnonzero(np.isnan(days))
    if len(undated):
        left, right = _named(corpus, a[undated], b[undated])
        other[undated] = ((left > 0) & (right > 0) & (left != right)).any(axis=1)
    return other


def of_one_series(corpus: Corpus, a: NDArray[np.int32], b: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Return which pairs of rows have titles that differ in the day alone, bool of shape (pairs,).

    So the horoscopes, programmes and columns of two days: the same words but for numbers and names of days and months.
    """
    rows = distinct(np.concatenate((a, b)))
    dated = _may_name_day([corpus.articles[row].title for row in rows.tolist()])
    found = dated[rows.searchsorted(a)] & dated[rows.searchsorted(b)]
    pairs = np.flatnonzero(found)
    if len(pairs):
        rows, place = np.unique(np.concatenate((a[pairs], b[pairs])), return_inverse=True)
        words, days = without_days([corpus.articles[row].title for row in rows.tolist()])
        one, other = place[: len(pairs)], place[len(pairs) :]
        known = (words != 0) & (days != 0)
        found[pairs] = known[one] & (words[one] == words[other]) & (days[one] != days[other]) & known[other]
    return found


def _may_name_day(titles: Sequence[str]) -> NDArray[np.bool_]:
    """Return which titles have a word that days are told by, bool of shape (titles,): one in twenty."""
    tokens = tokenize(titles)
    found = np.zeros(len(titles), dtype=np.bool_)
    found[owners_of(tokens.first, np.flatnonzero(places_in(_marks(), tokens.hash) >= 0))] = True
    return found


def without_days(titles: Sequence[str]) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Return a hash of the words of each title without its day, and one of its day; 0 where there is none.

    A day is the name of one or of a month, and a number beside that, with those joined to it: "Tuesday 2/11/2025".

    >>> words, days = without_days(["Stars for March 2", "Stars for 12 March", "Stars 2", "運勢3月2日", "運勢3月12日"])
    >>> bool(words[0] == words[1]), bool(days[0] == days[1]), int(words[2]), bool(words[3] == words[4])
    (True, False, 0, True)
    >>> words, _ = without_days(["12 dead in March flood", "14 dead in March flood"])
    >>> bool(words[0] == words[1])
    False
    """
    tokens, (names, _, _) = tokenize(titles), _names()
    title = owners(tokens.first)
    named, numeric = np.isin(tokens.hash, names), tokens.flags & NUMERIC != 0
    beside = np.zeros(len(title) + 2, dtype=np.int64)  # whose day stands here, from 1 on; with a place at each end
    beside[1:-1] = (title + 1) * (named | np.isin(tokens.hash, tokenize(_COUNTERS).hash))
    day = named | (numeric & ((beside[:-2] == title + 1) | (beside[2:] == title + 1)))
    joined = numeric[1:] & numeric[:-1] & (tokens.start[1:] == tokens.end[:-1] + 1) & (title[1:] == title[:-1])
    for _ in range(_PARTS - 1):
        day[1:] |= joined & day[:-1]
    words, days = np.zeros(len(titles), dtype=np.uint64), np.zeros(len(titles), dtype=np.uint64)
    for row in np.unique(title[day]).tolist():
        here = slice(tokens.first[row], tokens.first[row + 1])
        if not day[here].all():
            words[row], days[row] = (_of_sequence(tokens.hash[here][of]) for of in (~day[here], day[here]))
    return words, days


def _of_sequence(hashed: NDArray[np.uint32]) -> int:
    """Return a hash of words in their order, not 0."""
    return int.from_bytes(blake2b(hashed.astype("<u4").tobytes(), digest_size=8).digest(), "big") | 1


def of_one_day(corpus: Corpus, a: NDArray[np.int32], b: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Return which pairs of one week name the same day of the week first, bool of shape (pairs,)."""
    left, right = _named(corpus, a, b)
    same_day = (left[:, 0] > 0) & (left[:, 0] == right[:, 0])
    return same_day & (np.abs(corpus.published[a] - corpus.published[b]) <= WEEK)


def _named(corpus: Corpus, a: NDArray[np.int32], b: NDArray[np.int32]) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Return what the texts of pairs name first, as `first_named` does; what a title names goes first."""
    rows, place = np.unique(np.concatenate((a, b)), return_inverse=True)
    in_title, in_text = first_named(corpus.titles, rows), first_named(corpus.tokens, rows)
    named = np.where(in_title > 0, in_title, in_text)
    return named[place[: len(a)]], named[place[len(a) :]]


def risen(corpus: Corpus, a: NDArray[np.int32], b: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Return in which pairs most figures that stand between the same words grew, from the earlier text to the later.

    Where a date is unknown, whichever text is the later one.
    """
    figures = {row: figures_of(corpus.text[row]) for row in distinct(np.concatenate((a, b))).tolist()}
    return grown(figures, corpus.published, a, b)


def grown(
    figures: Mapping[int, Mapping[Any, float]],
    published: NDArray[np.float64],
    a: NDArray[np.int32],
    b: NDArray[np.int32],
) -> NDArray[np.bool_]:
    """Return what `risen` does, given the figures of each row by what they stand beside."""
    sides = zip(a.tolist(), b.tolist(), (published[b] - published[a]).tolist(), strict=True)
    found = np.zeros(len(a), dtype=np.bool_)
    for pair, (one, other, since) in enumerate(sides):
        first, second = figures[one], figures[other]
        changed = [(first[at], second[at]) for at in first.keys() & second.keys() if first[at] != second[at]]
        up = sum(after > GROWN * before for before, after in changed if not since < 0)  # nan: either may be the later
        down = sum(before > GROWN * after for before, after in changed if not since > 0)
        found[pair] = max(up, down) >= max(MOST_GROWN * len(changed), FEWEST)
    return found


def figures_of(text: str) -> dict[tuple[str, str], float]:
    """Return the figures of a text by the words before and after them, of each place the first.

    >>> figures_of("At least 46 people died, of 1,200 in the 3.5 km zone.")
    {('least', 'people'): 46.0, ('of', 'in'): 1200.0, ('the', 'km'): 3.5}
    """
    found: dict[tuple[str, str], float] = {}
    between = _FIGURE.split(text)
    for before, figure, after in zip(between[:-1:2], between[1::2], between[2::2], strict=True):
        words, next_ = _WORD.findall(before[-_BESIDE:]), _WORD.search(after, 0, _BESIDE)
        beside = words[-1] if words else "", next_[0] if next_ else ""
        if beside not in found:
            found[beside] = value_of(figure)
    return found


def value_of(figure: str) -> float:
    """Return the value of digits, whichever sign stands between thousands or before decimals.

    >>> [value_of(figure) for figure in ("12", "1,345.678", "3.5", "2/10/99", "m2", "½")]
    [12.0, 1345678.0, 3.5, 2.1099, 2.0, 0.0]
    """
    if figure.isdecimal():
        return float(figure)
    parts = _DIGITS.findall(figure)
    thousands = all(len(part) == 3 for part in parts[1:])
    return float("".join(parts[:1]) + ("" if thousands else ".") + "".join(parts[1:]) or 0)


def first_named(tokens: Tokens, rows: NDArray[np.int32]) -> NDArray[np.uint8]:
    """Return the first day of the week and the first month that each text names, uint8 of shape (rows, 2), 0 for none.

    >>> first_named(tokenize(["On Tuesday in June, after Monday", "am Dienstag"]), np.arange(2)).tolist()
    [[2, 6], [2, 0]]
    """
    names, kind, number = _names()
    owner, word = ranges(tokens.first[rows], lengths(tokens.first)[rows])
    entry = places_in(names, tokens.hash[word])
    hit = np.flatnonzero(entry >= 0)[::-1]  # backwards, so that the first one stays
    found = np.zeros((len(rows), 2), dtype=np.uint8)
    found[owner[hit], kind[entry[hit]]] = number[entry[hit]]
    return found


@cache
def _marks() -> NDArray[np.uint32]:
    """Return the words that name a day or a month, or follow its number, ascending."""
    return distinct(np.concatenate((_names()[0], tokenize(_COUNTERS).hash)))


@cache
def _names() -> tuple[NDArray[np.uint32], NDArray[np.uint8], NDArray[np.uint8]]:
    """Return the words that name a day (kind 0) or a month (kind 1) and which, ascending; none that names two."""
    meant = _meant()
    tokens = tokenize(list(meant))
    plain = [len(of) == 1 for of in meant.values()] & (lengths(tokens.first) == 1)  # 星期二 is three words
    keys = tokens.hash[tokens.first[:-1][plain]]
    table = np.array([min(of) for of in meant.values()], dtype=np.uint8)[plain]
    order = np.argsort(keys)
    return keys[order], table[order, 0], table[order, 1]


def names_day(word: str) -> bool:
    """Return whether a word in small letters names a day of the week or a month.

    >>> names_day("dienstag"), names_day("march"), names_day("may")
    (True, True, False)
    """
    return word in _meant()


@cache
def _meant() -> dict[str, set[tuple[int, int]]]:
    """Return the names of days (kind 0) and months (kind 1) with what each stands for, in all languages."""
    meant: dict[str, set[tuple[int, int]]] = {}
    for kind, file, least in ((0, "weekdays.json", 1), (1, "months.json", SHORTEST)):
        for place, name in calendar_names(file):
            if len(name.casefold()) >= least:
                meant.setdefault(name.casefold(), set()).add((kind, place))
    return meant
