"""Sentences that versions have word for word but for figures and days: an age put right, a toll that rose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations, islice
from math import nan
from typing import NamedTuple

from ..model import Fact, Mention
from ..resources import calendar_names, load_json
from .contradict import CURRENCIES, contradiction, is_measure, is_rounded, mention
from .extract import Found, sentences

LINES = 2000  # sentences of a version that are read
LATER = 2  # days: a rate or a price that the next day's version has otherwise was put right, a later one has changed
LEAST = 5  # words besides the figures: "Shares rose 3 percent" may be said of any two days
AROUND = 3  # words on either side by which a figure is told
SHORTEST = 3  # letters of the name of a day or month
_DIGITS = re.compile(r"\d(?:[\d.,:/]*\d)?")
_WORD = re.compile(rf"{_DIGITS.pattern}|[^\W\d_]+")
_NUMBER = re.compile(r"[\d,]*\d(?:\.\d+)?")
_ZEROS = re.compile(r"[:.]00$")  # "at 4:00 p.m." is at 4
_NO_WORD = ""  # what stands for a figure


class _Line(NamedTuple):
    """A sentence of an article."""

    article: str
    paragraph: int
    sentence: str


def altered(versions: Iterable[tuple[str, Iterable[tuple[int, str]]]], published: Mapping[str, float]) -> list[Fact]:
    """Return what versions say differently in sentences that are otherwise the same, one fact for each such sentence.

    `versions`, `published`: as of `facts`. One that has the sentence twice, with other figures, tells of two things.
    """
    told: dict[tuple[str, ...], dict[str, dict[str, _Line]]] = {}
    key_of = cache(_key)  # for this story only: copies have the same sentences
    for article, paragraphs in versions:
        lines = ((number, sentence) for number, text in paragraphs for sentence in sentences(text))
        for number, sentence in islice(lines, LINES):
            if key := key_of(sentence):
                told.setdefault(key, {}).setdefault(article, {})[sentence] = _Line(article, number, sentence)
    once = ((key, [line for of in said.values() if len(of) == 1 for line in of.values()]) for key, said in told.items())
    return [fact for key, lines in once for fact in _differing(key, lines, published)]


def _key(sentence: str) -> tuple[str, ...]:
    """Return the words of a sentence, "" in place of each figure; nothing, if it has no figure or few words besides.

    >>> _key("In a five-to-two vote on Monday, at 4:00")
    ('in', 'a', '', 'to', '', 'vote', 'on', '', 'at', '')
    """
    words = _WORD.findall(_DIGITS.sub("0", sentence))  # as `_differing` counts them: "İ" folds to two
    masks = _masks()
    key = tuple(masks.get(word, word) for word in map(str.casefold, words))
    figures = key.count(_NO_WORD)
    return key if figures and len(key) - figures >= LEAST else ()


@cache
def _masks() -> dict[str, str]:
    return dict.fromkeys(("0", *_numerals()), _NO_WORD)


@cache
def _numerals() -> dict[str, str]:
    """Return numbers in words with their digits, days and months with their places, other words of counting."""
    table = load_json("facts.json")["numerals"]
    found = {word: str(value) for words in table["from_two"].values() for value, word in enumerate(words, 2) if word}
    found |= {word: f"{tens}0" for words in table["from_thirty"].values() for tens, word in enumerate(words, 3)}
    found |= {word: word for word in table["others"]}
    for file in ("months.json", "weekdays.json"):
        for place, name in calendar_names(file):
            if len(name) >= SHORTEST:
                found.setdefault(name.casefold(), f"{place} of {file}")
    return found


def _differing(key: tuple[str, ...], lines: list[_Line], published: Mapping[str, float]) -> Iterator[Fact]:
    """Yield how sentences of the same words differ, if they do: all that stands between the outer figures that do."""
    if len({line.sentence for line in lines}) < 2:
        return
    spans = [[match.span() for match in _WORD.finditer(line.sentence)] for line in lines]
    places = [place for place, word in enumerate(key) if word == _NO_WORD]
    figures = [
        [_figure(line.sentence[slice(*of[place])]) for place in places] for line, of in zip(lines, spans, strict=True)
    ]
    differ = [i for i, column in enumerate(zip(*figures, strict=True)) if _contradict(set(column))]
    of_days = all(_measures(lines[0].sentence, key, spans[0], places[i]) for i in differ)
    if not differ or (of_days and _changed(lines, [[own[i] for i in differ] for own in figures], published)):
        return
    first, last = places[differ[0]], places[differ[-1]]
    while first - 1 in places:  # "2.3 billion"
        first -= 1
    while last + 1 in places:
        last += 1
    said: dict[tuple[str, ...], tuple[str, dict[str, Mention]]] = {}
    for line, of, own in zip(lines, spans, figures, strict=True):
        start, end = of[first][0], of[last][1]
        item = Found("number", line.sentence[start:end], "", line.sentence, line.paragraph, start, end)
        _, mentions = said.setdefault(tuple(own[i] for i in differ), (item.value, {}))
        mentions[line.article] = mention(line.article, item)
    sentence, of = lines[0].sentence, spans[0]
    before = sentence[of[max(first - AROUND, 0)][0] : of[first][0]]
    after = sentence[of[last][1] : of[min(last + AROUND, len(of) - 1)][1]]
    yield contradiction("number", f"“{before}…{after}”", dict(said.values()))


def _measures(sentence: str, key: tuple[str, ...], spans: Sequence[tuple[int, int]], place: int) -> bool:
    """Return whether a figure of a sentence is a price, a rate or another measure."""
    start, end = spans[place]
    sign = sentence[start - 1 : start] if sentence[start - 1 : start] in CURRENCIES else ""
    following = sentence[slice(*spans[place + 1])] if place + 1 < len(key) else ""
    return is_measure(sign + sentence[start:end], following.casefold())


def _changed(lines: Sequence[_Line], figures: Sequence[list[str]], published: Mapping[str, float]) -> bool:
    """Return whether all lines that have other figures are of days so far apart that what they measure has changed."""
    said = [(published.get(line.article, nan), own) for line, own in zip(lines, figures, strict=True)]
    return all(abs(day - other) >= LATER for (day, one), (other, two) in combinations(said, 2) if one != two)


def figures_in(value: str) -> set[str]:
    """Return the figures of what was written, as they are compared."""
    return {_figure(word) for word in _WORD.findall(value)}


def _figure(written: str) -> str:
    """Return a figure as it is compared: "three" is 3.

    >>> _figure("Three"), _figure("4:00"), _figure("Sept") == _figure("September")
    ('3', '4', True)
    """
    word = written.casefold()
    return _numerals().get(word) or _ZEROS.sub("", word)


def _contradict(figures: Iterable[str]) -> bool:
    """Return whether two of some figures are neither the same nor one of them the other, rounded."""
    return any(
        not (_NUMBER.fullmatch(one) and _NUMBER.fullmatch(other) and (is_rounded(one, other) or _is_year(one, other)))
        for one, other in combinations(figures, 2)
    )


def _is_year(one: str, other: str) -> bool:
    """Return whether two figures are one year, cut or not: "2008-09" and "2008-2009"."""
    short, long = sorted((one, other), key=len)
    return (len(short), len(long)) == (2, 4) and long.endswith(short)
