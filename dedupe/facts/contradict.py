"""Where versions of a story contradict each other: who holds an office, where it was said, the route, a number."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import cache
from itertools import chain, combinations, groupby, product
from math import nan

from ..model import Fact, Mention
from ..resources import agency_aliases
from ..words import words
from .extract import POWERS, QUALIFIERS, Found, is_place, names_in
from .patterns import joint, listed, speech, table, trip, weekdays_in, where

Said = list[tuple[str, list[Found]]]  # by each article, in the order of its text
Values = dict[str, dict[str, Mention]]  # value, article

RANKS = ("vice", "deputy")  # these qualifiers name another office, the others say since when or until when
SAME_CLAIM = 0.4  # of the words of two sentences that give different numbers for the same thing
# The same for prices, percentages and other measures, which are told in a few set phrases of whatever they are of.
SAME_MEASURE = 0.65
APART = 0.75  # days: measures of two days are two measures
ROW = 8  # numbers of a sentence: one with more is a row of a table
NEAR = 45  # characters between a place and the verb of speech: "at a press conference in Seoul on Monday, he said"
TOLD = 2  # words between a verb and the place: "sagte der Minister in Seoul"
WIDE = 160  # characters of the sentence shown around a mention
CURRENCIES = "$€£¥"
_PART = re.compile(rf"[ %{CURRENCIES}]|\.(?!\d{{3}}(?!\d))")  # a point before three digits parts thousands
FIGURES = 50  # numbers of one thing, or places, that are compared at most: a longer list is a table
_OWN = re.compile(r"\b(?:its?|their|they|his|her|she|he|our|we)\b")  # what a speaker calls what is the speaker's
_NUMERAL = re.compile(r"(?<=\d)[,](?=\d{3})|[^\d.\w ]|(?<!\d) ")  # what of a number as written is no digit or scale


def contradicting(found: Said, full: dict[str, str], published: Mapping[str, float]) -> list[Fact]:
    """Return the contradictions between articles, given what each says, the full form of each name, and their days."""
    return [*_offices(found, full), *_settings(found), *_itineraries(found), *_numbers(found, published)]


def mention(article: str, item: Found) -> Mention:
    """Return where an article says something, with the words around it."""
    at = max(item.start - WIDE // 2, 0)
    return Mention(article, item.paragraph, item.sentence[at : at + WIDE].strip())


def contradiction(kind: str, subject: str, values: Values) -> Fact:
    """Return a contradiction: what most articles say first."""
    ordered = sorted(values.items(), key=lambda item: (-len(item[1]), item[0]))
    return Fact(
        kind,
        subject,
        "contradicts",
        tuple((value, tuple(said[article] for article in sorted(said))) for value, said in ordered),
    )


def _offices(found: Said, full: dict[str, str]) -> list[Fact]:
    """Return who holds an office in some versions and held it in others.

    A version that says both tells of two times: only versions that differ in what they say contradict each other.
    """
    held: dict[tuple[str, str], Values] = {}
    for article, items in found:
        for item in items:
            if item.kind == "office":
                *before, office = item.value.casefold().split(" ")
                qualifiers = [QUALIFIERS[word] for word in before if word in QUALIFIERS]
                if "then" in qualifiers:
                    continue
                office = " ".join([*(word for word in qualifiers if word in RANKS), office])
                value = " ".join([*(word for word in qualifiers if word not in RANKS), office])
                values = held.setdefault((full.get(item.subject, item.subject), office), {})
                values.setdefault(value, {}).setdefault(article, mention(article, item))
    return [contradiction("office", person, values) for (person, _), values in held.items() if _differ(values)]


def _differ(values: Values) -> bool:
    """Return whether the values are not all said by the same articles."""
    return len({frozenset(said) for said in values.values()}) > 1


@cache
def _agency_words() -> frozenset[str]:
    """Return the last words of the names of agencies, which are told things everywhere."""
    return frozenset(alias.split(" ")[-1].casefold() for alias in agency_aliases())


def _settings(found: Said) -> list[Fact]:
    """Return where it was said, when versions name different places for what one person said.

    Both sentences name that person, or have much the same words: analysts in several cities
    contradict nobody.
    """
    spoken = [(article, _spoken(items)) for article, items in found]
    values: Values = {}
    for (one, here), (other, there) in combinations(spoken, 2):
        if not {item.value for item, _ in here}.isdisjoint(item.value for item, _ in there):
            continue
        for (item, names), (against, others) in product(here, there):
            if names & others or _alike(item.sentence, against.sentence):
                values.setdefault(item.value, {}).setdefault(one, mention(one, item))
                values.setdefault(against.value, {}).setdefault(other, mention(other, against))
    return [contradiction("setting", "where it was said", values)] if values else []


def _spoken(items: list[Found]) -> list[tuple[Found, frozenset[str]]]:
    """Return the places where somebody spoke, with the last words of the names in each one's sentence."""
    places = [item for item in items if item.kind == "place" and _said_there(item)][:FIGURES]
    within = {(item.paragraph, item.sentence) for item in places}
    names: dict[tuple[int, str], set[str]] = {}
    for item in items:
        if item.kind == "name" and (item.paragraph, item.sentence) in within:
            names.setdefault((item.paragraph, item.sentence), set()).add(item.value.split(" ")[-1].casefold())
    names = {place: own - _agency_words() for place, own in names.items()}
    return [(item, frozenset(names.get((item.paragraph, item.sentence), ()))) for item in places]


def _alike(one: str, other: str) -> bool:
    """Return whether half of the shorter of two sentences stands in the other: a report adds when, a rewrite why."""
    left, right = _bag(one), _bag(other)
    return 2 * len(left & right) >= max(min(len(left), len(right)), 1)


def _said_there(item: Found) -> bool:
    """Return whether a place is where somebody spoke: the words before it say so, or it opens what somebody says.

    "Told reporters in Seoul" and "in Seoul, Kim said" are, "said nobody in Seoul was hurt" is not.

    >>> from dedupe.facts.extract import extract
    >>> texts = "Kim told Le Monde in Seoul: no.", "In Seoul on Monday, Kim said no.", "Kim said rain in Seoul fell."
    >>> [any(_said_there(item) for item in extract(0, text) if item.kind == "place") for text in texts]
    [True, True, False]
    """
    before, after = item.sentence[max(item.start - NEAR, 0) : item.start], item.sentence[item.end : item.end + NEAR]
    there = where().search(before)
    if not there or after.startswith(("'s", "’s")):
        return False
    following = listed().match(item.sentence, item.end)
    if following and any(is_place(" ".join(following[1].split()[:size])) for size in (1, 2, 3)):
        return False
    opens = not (item.sentence[: item.start - len(before) + there.start()].strip() and item.value[0].isupper())
    *_, said = [None, *speech().finditer(before, 0, there.start())]
    return bool((said and _leads(said[0], before[said.end() : there.start()])) or (opens and speech().search(after)))


def _leads(said: str, between: str) -> bool:
    """Return whether what stands between a verb of speech and where it was said is no clause.

    Of an English verb it is who was told, by name: "said nobody in Seoul". Other languages set a comma there, or "que".
    """
    if any(mark in between for mark in '.,;:"“”«»'):
        return False
    told = between.split()
    return not any(map(str.islower, told)) or (len(told) <= TOLD and said not in table()["speech"]["en"])


def _itineraries(found: Said) -> list[Fact]:
    """Return which places are visited, when versions list different ones that overlap."""
    lists: dict[str, tuple[frozenset[str], Mention]] = {}
    for article, items in found:
        places = (item for item in items if item.kind == "place")
        for (paragraph, sentence), row in groupby(places, key=lambda item: (item.paragraph, item.sentence)):
            visited = _listed(list(row)) if trip().search(sentence) else frozenset[str]()
            if len(visited) > 1 and (article not in lists or len(visited) > len(lists[article][0])):
                lists[article] = visited, Mention(article, paragraph, sentence[:WIDE].strip())
    values: Values = {}
    for article, (visited, said) in lists.items():
        values.setdefault(", ".join(sorted(visited)), {})[article] = said
    overlap = _overlap(visited for visited, _ in lists.values())
    return [contradiction("itinerary", "places of the trip", values)] if len(values) > 1 and overlap else []


def _overlap(sets: Iterable[frozenset[str]]) -> bool:
    seen: set[str] = set()
    for one in sets:
        if not seen.isdisjoint(one):
            return True
        seen |= one
    return False


def _listed(row: list[Found]) -> frozenset[str]:
    """Return the longest run of a sentence's places that are joined by commas and "and"."""
    best, first = row[:1], 0
    for i, item in enumerate(row):
        if i and not joint().match(item.sentence[row[i - 1].end : item.start]):
            first = i
        if i + 1 - first > len(best):
            best = row[first : i + 1]
    return frozenset(item.value for item in best)


def _numbers(found: Said, published: Mapping[str, float]) -> list[Fact]:
    """Return numbers of the same things in sentences that claim the same otherwise; of each thing a fact."""
    by_noun: dict[str, list[tuple[str, Found]]] = {}
    for article, items in found:
        given = Counter(item.sentence for item in items if item.kind == "number")
        for item in items:
            if item.kind == "number" and item.subject and given[item.sentence] <= ROW:
                by_noun.setdefault(item.subject, []).append((article, item))
    bag, whose = cache(_bag), cache(_whose)  # for this story only
    return [
        contradiction("number", noun, values)
        for noun, items in by_noun.items()
        for values in _disagreements(items, bag, whose, published)
    ]


def _disagreements(
    items: list[tuple[str, Found]],
    bag: Callable[[str], frozenset[str]],
    whose: Callable[[str], frozenset[str]],
    published: Mapping[str, float],
) -> list[Values]:
    """Return the numbers that articles give differently in sentences of mostly the same words, of each thing apart.

    A version that gives both numbers tells of two things ("53 cents a share, from 82 cents a year earlier"), and one
    that rounds contradicts nobody. Two shares, or two days, are two things as well. Of several numbers of one thing in
    a sentence ("up from 40 ships to 60") each stands for what stands after the same word.
    """
    apart: list[Values] = []
    given = {(article, item.value) for article, item in items}
    times = Counter((article, item.paragraph, item.sentence) for article, item in items)
    for (one, item), (other, against) in combinations(items[:FIGURES], 2):
        if (one, against.value) in given or (other, item.value) in given or is_rounded(item.value, against.value):
            continue
        measured = any(is_measure(of.value, of.subject) for of in (item, against))
        if measured and abs(published.get(one, nan) - published.get(other, nan)) >= APART:
            continue
        several = any(times[id, of.paragraph, of.sentence] > 1 for id, of in ((one, item), (other, against)))
        if several and _before(item) != _before(against):
            continue
        left, right, same = bag(item.sentence), bag(against.sentence), SAME_MEASURE if measured else SAME_CLAIM
        if len(left & right) < same * max(len(left | right), 1) or not _of_one(item, against, whose):
            continue
        met = [values for values in apart if item.value in values or against.value in values]
        apart = [values for values in apart if values not in met]
        values: Values = {}
        for value, said in chain.from_iterable(earlier.items() for earlier in met):
            values.setdefault(value, {}).update(said)
        values.setdefault(item.value, {}).setdefault(one, mention(one, item))
        values.setdefault(against.value, {}).setdefault(other, mention(other, against))
        apart.append(values)
    return apart


def is_measure(value: str, subject: str) -> bool:
    """Return whether a number measures, and counts nothing: it has a unit, a scale, a currency or a part of one.

    >>> is_measure("12", "people"), is_measure("3.5", "acres"), is_measure("$9", ""), is_measure("40 percent", "stake")
    (False, True, True, True)
    >>> is_measure("9", "euros"), is_measure("Monday", "percent")
    (True, False)
    >>> is_measure("12.000", "Menschen")
    False
    """
    of_measures = _PART.search(value) or subject in POWERS or subject in _units()
    return any(map(str.isdigit, value)) and bool(of_measures)


@cache
def _units() -> frozenset[str]:
    return frozenset(unit for units in table()["units"].values() for unit in units)


def _before(item: Found) -> str:
    """Return the word before a number."""
    *_, last = ["", *item.sentence[: item.start].casefold().split()]
    return last


def _of_one(item: Found, against: Found, whose: Callable[[str], frozenset[str]]) -> bool:
    """Return whether the names before two numbers, if both have some, are one, and so the days of their sentences."""
    one, other = whose(item.sentence[: item.start]), whose(against.sentence[: against.start])
    days, others = weekdays_in(item.sentence), weekdays_in(against.sentence)
    return (one <= other or other <= one) and (days <= others or others <= days)


def _whose(before: str) -> frozenset[str]:
    """Return the words of the last name in what stands before a number; none where there is no name.

    Who says so is none, unless it is said of the speaker: two sources that name two tolls speak of one event.

    >>> sorted(_whose("Those of Coke and Bank of America fell ")), _whose("Police said "), sorted(_whose("GM rose "))
    (['america', 'bank', 'of'], frozenset(), ['gm'])
    >>> _whose("The Red Cross said that "), sorted(_whose("GM said its sales rose "))
    (frozenset(), ['gm'])
    """
    *_, said = [None, *speech().finditer(before)]
    if said and not _OWN.search(before, said.end()):
        before = before[said.end() :]
    *_, last = ["", *names_in(before)]
    return frozenset(words(last))


def is_rounded(one: str, other: str) -> bool:
    """Return whether two numbers are one, rounded, in another scale or without its scale.

    >>> is_rounded("2.346 trillion", "2.35 trillion"), is_rounded("$11.4 million", "$11"), is_rounded("12", "14")
    (True, True, False)
    >>> is_rounded("500 million", "0.5 billion"), is_rounded("368.75", "368.8"), is_rounded("5 million", "5 percent")
    (True, True, False)
    """
    (a, scale), (b, other_scale) = (_NUMERAL.sub("", value).partition(" ")[::2] for value in (one, other))
    if max(a.count("."), b.count(".")) > 1:
        return False
    scales = (scale, other_scale) if scale and other_scale else ("", "")
    powers = [POWERS.get(scale, 0) for scale in scales]
    one_value, other_value = (Decimal(value).scaleb(power) for value, power in zip((a, b), powers, strict=True))
    unit = max(power - len(value.partition(".")[2]) for value, power in zip((a, b), powers, strict=True))
    return abs(one_value - other_value) <= Decimal("0.5").scaleb(unit)


def _bag(sentence: str) -> frozenset[str]:
    return frozenset(words(sentence))
