"""Whether two texts of like words are about two things: by what their titles differ in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

from ..model import Corpus
from ..words import NUMERIC
from .decide import HALF_FIGURES, NAMED, SOME_FIGURES, SUBJECT
from .figures import Numbers, other_numbers, other_values, shared_words
from .occasion import names_day

LEAST = 2  # words that both titles have ...
SHARED = 3  # letters of a name that both titles have: "U.S." and "EU" are in too many
MOST = 4  # ... and of one that the other has not, or as many as both have: a name and a verb, not most of a title
# The results of two companies give other figures between the same words, and neither's title names what stands in the
# other's title or opening. Of 40 such pairs told as one story in 44,000 articles of Reuters (1 % of all) some 36 were
# two; of 1,777 pairs of one event with other numbers in ECB+, AllSides and Wikinews none is such, with one place two.
PLACES = 2
OPENING = 300  # characters of a text or a title in which it says what it is about: two sentences
UNLIKE = 0.5  # story similarity below which such names, and other numbers anywhere, are enough: all of 8 pairs were two
_WORD = re.compile(r"[\u2e80-\u9fff]|[^\W\d\u2e80-\u9fff]+")  # no numbers; of scripts without spaces each character


def other_subject(corpus: Corpus, a: NDArray[np.int32], b: NDArray[np.int32]) -> NDArray[np.uint8]:
    """Return SUBJECT for pairs whose titles differ in little but a name that stands in the one text, not in the other.

    So the weather of two towns, the profit of two companies that rose and fell, and not "Toll rises" and "Toll climbs".
    NAMED where they differ in nothing else, 0 for all other pairs. The texts tell names from other words, since titles
    capitalize what they like; numbers do not count.
    """
    found = np.zeros(len(a), dtype=np.uint8)
    for pair, rows in enumerate(zip(a.tolist(), b.tolist(), strict=True)):
        one, other = differing(*(corpus.articles[row].title.casefold() for row in rows))
        if one and other:
            here, there = (corpus.text[row] for row in rows)
            sides = _own_names(one, here, there), _own_names(other, there, here)
            if all(map(any, sides)):
                found[pair] = NAMED if all(map(all, sides)) else SUBJECT
    return found


def of_two_subjects(
    corpus: Corpus,
    numbers: Callable[[], Numbers],
    a: NDArray[np.int32],
    b: NDArray[np.int32],
    story: NDArray[np.float32],
) -> NDArray[np.bool_]:
    """Return which pairs tell of two subjects: "Ford's U.S. sales fall" and "Honda's U.S. sales rise".

    Their titles say the same of two: they differ in little, and all names in which they differ stand in the one text
    alone. Or neither's title names what stands in the other's title or opening, and the texts give other figures of the
    same things, or are UNLIKE each other by their `story` similarity. Not so where a name is in both titles, but that
    of a day or month, or the texts give much the same numbers or next to none: what two ministers say of a third one,
    or of an attack, is one matter. A script without case tells none. `numbers`: gives `numbers_of` the texts, if asked.
    """
    found = np.zeros(len(a), dtype=np.bool_)
    rows = np.arange(len(a))
    if len(rows):
        rows = rows[other_numbers(numbers(), a, b, SOME_FIGURES, HALF_FIGURES)]
    if not len(rows):
        return found
    words = np.flatnonzero(corpus.titles.flags & NUMERIC == 0)
    first = np.searchsorted(words, corpus.titles.first)
    shared, one, other = shared_words(first, corpus.titles.hash[words], a[rows], b[rows])
    alike = (shared >= LEAST) & (np.maximum(one, other) - shared <= np.maximum(MOST, shared))
    apart = other_values(numbers(), a[rows], b[rows], PLACES) | (story[rows] < UNLIKE)
    for pair, titles_alike, texts_apart in zip(rows.tolist(), alike.tolist(), apart.tolist(), strict=True):
        if titles_alike or texts_apart:
            here, there = ((corpus.articles[row].title.casefold(), corpus.text[row]) for row in (a[pair], b[pair]))
            found[pair] = (titles_alike and _name_two(here, there)) or (texts_apart and _named_apart(here, there))
    return found


def _named_apart(here: tuple[str, str], there: tuple[str, str]) -> bool:
    """Return whether two folded titles, each with its text, both have names, and none that stands in both.

    Not as the beginning of another word either: Citi is Citigroup.

    >>> ulm, york = ("profit of ulm ag rises", "Ulm AG's profit"), ("yorkbank loss widens", "Yorkbank lost")
    >>> _named_apart(ulm, york), _named_apart(york, ("york's loss", "York lost")), _named_apart(ulm, ("loss", "A loss"))
    (True, False, False)
    """
    return _names_another(here, there) and _names_another(there, here)


def _names_another(here: tuple[str, str], there: tuple[str, str]) -> bool:
    """Return whether a folded title has names, and none of them stands in the other title or the opening under it.

    Of a title, too, the opening is read: a table may have whole texts as titles.
    """
    (title, text), (second, other) = here, there
    opening, names = f" {second[:OPENING]} {other[:OPENING].casefold()}", []
    for word in _WORD.findall(title[:OPENING]):
        if len(word) >= SHARED and _is_name(word, text) and _cased([word]):
            if f" {word}" in opening:  # so in most pairs of one event
                return False
            names.append(word)
    beside = {*_WORD.findall(opening)} if names else set()
    spaced = " ".join(("", *beside))  # a space before each
    shared = (f" {name}" in spaced or any(name[:end] in beside for end in range(SHARED, len(name))) for name in names)
    return bool(names) and not any(shared)


def _name_two(here: tuple[str, str], there: tuple[str, str]) -> bool:
    """Return whether two folded titles, each with its text, differ in names of their own, and no other is in both."""
    (title, text), (second, other) = here, there
    own, others = map(_cased, differing(title, second))
    if not own or not others or not _apart(own, text, other.casefold()):
        return False
    both = {*_WORD.findall(title)} & {*_WORD.findall(second)}
    named = any(_is_name(word, text) for word in _cased(both) if len(word) >= SHARED)
    return not named and _apart(others, other, text.casefold())


def _apart(words: list[str], here: str, there: str) -> bool:
    """Return whether some of a title's words are names in its text, and none of these stands in the other, folded."""
    if all(word in there for word in words):  # to look for names takes longer
        return False
    names = [word for word in words if _is_name(word, here)]
    return bool(names) and not any(word in there for word in names)


def _cased(words: Iterable[str]) -> list[str]:
    """Return the folded words of a script with small letters, but for single letters, days and months.

    >>> _cased(["nepal", "march", "u", "市"])
    ['nepal']
    """
    return [word for word in words if len(word) > 1 and word.islower() and not names_day(word)]


def _own_names(words: list[str], here: str, there: str) -> list[bool]:
    """Return which of the folded words are names in one text and stand not in the other.

    >>> _own_names(["rises", "nepal"], "In Nepal the toll rises.", "The toll climbs.")
    [False, True]
    >>> _own_names(["rises"], "In Nepal the toll rises.", "The toll climbs."), _own_names(["市"], "市の", "県の")
    ([False], [True])
    """
    absent = there.casefold()
    return [word not in absent and _is_name(word, here) for word in words]


def _is_name(word: str, text: str) -> bool:
    """Return whether a folded word stands in a text, and never in small letters; some scripts have no others.

    >>> [_is_name(word, "The Art of Ulm: a PARTY in ulmus") for word in ("art", "of", "ulm", "rty")]
    [True, False, False, False]
    """
    if word in text:
        if f" {word}" in text:
            return False
        begin = r"\b" if word < "\u0e00" else ""  # within another one, or after a mark; what follows may be an ending
        found = re.findall(begin + re.escape(word), text, re.IGNORECASE)
        return bool(found) and not any(each.islower() for each in found)
    if f" {word.capitalize()}" in text:  # so most names: to fold a text takes longer
        return True
    folded = text.casefold()
    at = folded.find(word)
    while at > 0 and folded[at - 1].isalnum():
        at = folded.find(word, at + 1)
    return at >= 0


def differing(one: str, other: str) -> tuple[list[str], list[str]]:
    """Return the words of each of two titles that the other has not; none where little is alike.

    >>> differing("leeds weather: rain until 5pm", "east derry weather: rain until 2pm")
    (['leeds'], ['east', 'derry'])
    >>> differing("alpha's quarterly profit rises", "quarterly profit of betamax falls")
    (['alpha', 's', 'rises'], ['of', 'betamax', 'falls'])
    >>> differing("rain in leeds", "sun over most of derry")
    ([], [])
    """
    left, right = _WORD.findall(one), _WORD.findall(other)
    shared = {*left} & {*right}
    own, others = ([word for word in words if word not in shared] for words in (left, right))
    alike = min(len(left) - len(own), len(right) - len(others))
    return (own, others) if alike >= LEAST and max(len(own), len(others)) <= max(MOST, alike) else ([], [])
