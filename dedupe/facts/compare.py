"""The facts of a story's versions side by side: which all carry, which some, which one, and where they contradict."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..model import Fact, Mention
from ..words import words
from .extract import Found, extract, is_place

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

KINDS = ("office", "setting", "itinerary", "number", "quote", "name", "place", "date")
QUALIFIERS = ("former", "ex", "then", "acting", "incoming", "outgoing", "vice", "deputy")
SAME_QUOTE = 0.6  # of the shorter one's words: outlets cut and tidy what a speaker said
SAME_CLAIM = 0.4  # of the words of two sentences that give different numbers for the same thing
NEAR = 45  # characters between a place and the verb of speech: "at a press conference in Seoul on Monday, he said"
WIDE = 160  # characters of the sentence shown around a mention
_SPEECH = re.compile(
    r"\b(?:said|says|told|tells|speaking|remarks?|press conference|press briefing|news conference|reporters|asked)\b"
)
_WHERE = re.compile(r"\b(?:in|at|aboard|on board|on|from) (?:the )?$", re.IGNORECASE)
_LISTED = re.compile(r"^(?:, (?:and )?| and )((?:\w+ ?){1,3})")  # before another place: a route, not a setting
_TRIP = re.compile(r"\b(?:trip|tour|visits?|travels?|travelling|traveling|stops?|itinerary|swing|leg|take \w+ to)\b")
_JOINT = re.compile(r"^(?:, (?:and )?| and |, followed by (?:meetings in )?)(?:the )?$")


def facts(versions: Sequence[tuple[str, Iterable[tuple[int, str]]]]) -> tuple[Fact, ...]:
    """Return the facts of a story, contradictions first, then those of some, one and all versions.

    `versions`: the id of each article with its reporting paragraphs as (index, text).

    >>> one, other = [(0, "Ten ships left. The mayor saw 12 ships burn.")], [(0, "The mayor saw 14 ships burn.")]
    >>> [(fact.kind, fact.status, [value for value, _ in fact.values]) for fact in facts([("a", one), ("b", other)])]
    [('number', 'contradicts', ['12', '14'])]
    """
    found = [(id, [item for index, text in paragraphs for item in extract(index, text)]) for id, paragraphs in versions]
    full = _full_names(item.value for _, items in found for item in items if item.kind == "name")
    number = len(found)
    contradictions = [*_offices(found, full), *_settings(found), *_itineraries(found), *_numbers(found)]
    told = {(fact.kind, value) for fact in contradictions for value, _ in fact.values}
    shared = [fact for fact in _carried(found, full, number) if (fact.kind, fact.values[0][0]) not in told]
    order = {"contradicts": 0, "some": 1, "one": 2, "all": 3}
    return tuple(
        sorted(
            [*contradictions, *shared],
            key=lambda fact: (
                order[fact.status],
                KINDS.index(fact.kind),
                -_carriers(fact),
                fact.subject,
                fact.values[0][0],
            ),
        )
    )


def _carriers(fact: Fact) -> int:
    return len({mention.article for _, mentions in fact.values for mention in mentions})


def _full_names(names: Iterable[str]) -> dict[str, str]:
    """Return the full form of each name: the longer name of the story that ends with it and is used most, or itself.

    Two longer names used about as often may be two people: then the short one stays.
    """
    used: dict[str, int] = {}
    for name in names:
        used[name] = used.get(name, 0) + 1
    full = {}
    for name in sorted(used):
        longer = sorted(
            (other for other in used if other.endswith(f" {name}")), key=lambda other: (-used[other], other)
        )
        clear = longer and (len(longer) == 1 or used[longer[0]] >= 2 * used[longer[1]])
        full[name] = longer[0] if clear else name
    return full


def _mention(article: str, item: Found) -> Mention:
    sentence = item.sentence
    at = max(sentence.find(item.value) - WIDE // 2, 0)
    return Mention(article, item.paragraph, sentence[at : at + WIDE].strip())


def _carried(found: list[tuple[str, list[Found]]], full: dict[str, str], number: int) -> list[Fact]:
    """Return a fact for each thing that is said, whoever says it; quotes that overlap are one."""
    said: dict[tuple[str, str, str], dict[str, Mention]] = {}
    shown: dict[tuple[str, str, str], str] = {}
    quotes: list[tuple[set[str], tuple[str, str, str]]] = []
    for article, items in found:
        for item in items:
            if item.kind in ("office", "number") and not item.subject:
                continue
            value = full.get(item.value, item.value) if item.kind == "name" else item.value
            key = (item.kind, item.subject if item.kind == "number" else "", value.casefold())
            if item.kind == "office":
                continue
            if item.kind == "quote":
                key = _quote_key(item, key, quotes)
            shown.setdefault(key, value)
            said.setdefault(key, {}).setdefault(article, _mention(article, item))
    return [
        Fact(kind, subject, _status(len(mentions), number), ((shown[kind, subject, value], tuple(mentions.values())),))
        for (kind, subject, value), mentions in said.items()
        if kind != "name" or " " in value or len(mentions) > 1
    ]


def _quote_key(
    item: Found, key: tuple[str, str, str], quotes: list[tuple[set[str], tuple[str, str, str]]]
) -> tuple[str, str, str]:
    spoken = set(words(item.value))
    for known, other in quotes:
        if len(spoken & known) >= SAME_QUOTE * min(len(spoken), len(known)):
            return other
    quotes.append((spoken, key))
    return key


def _status(carriers: int, versions: int) -> str:
    return "all" if carriers == versions else "one" if carriers == 1 else "some"


def _contradiction(kind: str, subject: str, values: dict[str, dict[str, Mention]]) -> Fact:
    ordered = sorted(values.items(), key=lambda item: (-len(item[1]), item[0]))
    return Fact(kind, subject, "contradicts", tuple((value, tuple(said.values())) for value, said in ordered))


def _offices(found: list[tuple[str, list[Found]]], full: dict[str, str]) -> list[Fact]:
    """Return who holds an office in some versions and held it in others."""
    held: dict[tuple[str, str], dict[str, dict[str, Mention]]] = {}
    for article, items in found:
        for item in items:
            if item.kind == "office":
                *qualifier, office = item.value.casefold().split(" ")
                former = [
                    word for word in qualifier if word in ("former", "ex", "then", "acting", "incoming", "outgoing")
                ]
                value = " ".join([*former, office])
                person = full.get(item.subject, item.subject)
                held.setdefault((person, office), {}).setdefault(value, {}).setdefault(article, _mention(article, item))
    return [_contradiction("office", person, values) for (person, _), values in held.items() if len(values) > 1]


def _settings(found: list[tuple[str, list[Found]]]) -> list[Fact]:
    """Return where it was said, when versions name different places."""
    values: dict[str, dict[str, Mention]] = {}
    for article, items in found:
        for item in items:
            if item.kind == "place" and _said_there(item):
                values.setdefault(item.value, {}).setdefault(article, _mention(article, item))
    places = [{value for value, said in values.items() if article in said} for article, _ in found]
    apart = any(one and other and not one & other for i, one in enumerate(places) for other in places[:i])
    return [_contradiction("setting", "where it was said", values)] if apart else []


def _said_there(item: Found) -> bool:
    """Return whether a place is where somebody spoke: a preposition of place before it, a verb of speech near by."""
    before, _, after = item.sentence.partition(item.value)
    near = before[-NEAR:] + " " + after[:NEAR]
    listed = _LISTED.match(after)
    route = listed and any(is_place(" ".join(listed[1].split()[:size])) for size in (1, 2, 3))
    return bool(_WHERE.search(before)) and bool(_SPEECH.search(near)) and not route


def _itineraries(found: list[tuple[str, list[Found]]]) -> list[Fact]:
    """Return which places are visited, when versions list different ones that overlap."""
    lists: dict[str, tuple[frozenset[str], Mention]] = {}
    for article, items in found:
        for sentence in dict.fromkeys(item.sentence for item in items if item.kind == "place"):
            row = [item for item in items if item.sentence == sentence and item.kind == "place"]
            places = _listed(sentence, row) if _TRIP.search(sentence) else frozenset[str]()
            if len(places) > 1 and len(places) > len(lists.get(article, (frozenset[str](), None))[0]):
                lists[article] = places, Mention(article, row[0].paragraph, sentence[:WIDE])
    if len({places for places, _ in lists.values()}) < 2 or not _overlap([places for places, _ in lists.values()]):
        return []
    values: dict[str, dict[str, Mention]] = {}
    for article, (places, mention) in lists.items():
        values.setdefault(", ".join(sorted(places)), {})[article] = mention
    return [_contradiction("itinerary", "places of the trip", values)]


def _overlap(sets: list[frozenset[str]]) -> bool:
    return any(one & other for i, one in enumerate(sets) for other in sets[:i])


def _listed(sentence: str, row: list[Found]) -> frozenset[str]:
    """Return the longest run of places that are joined by commas and "and"."""
    best: list[str] = []
    run: list[str] = []
    at = 0
    for item in row:
        start = sentence.find(item.value, at)
        if run and not _JOINT.match(sentence[at:start]):
            run = []
        run.append(item.value)
        best = max(best, run.copy(), key=len)
        at = start + len(item.value)
    return frozenset(best)


def _numbers(found: list[tuple[str, list[Found]]]) -> list[Fact]:
    """Return numbers of the same things in sentences that claim the same otherwise."""
    by_noun: dict[str, list[tuple[str, Found]]] = {}
    for article, items in found:
        for item in items:
            if item.kind == "number" and item.subject:
                by_noun.setdefault(item.subject, []).append((article, item))
    return [fact for noun, items in by_noun.items() if (fact := _disagreement(noun, items))]


def _disagreement(noun: str, items: list[tuple[str, Found]]) -> Fact | None:
    values: dict[str, dict[str, Mention]] = {}
    for i, (article, item) in enumerate(items[:50]):  # a table of figures is no contradiction, however long
        for other, against in items[:i]:
            if other != article and against.value != item.value and _alike(item.sentence, against.sentence):
                values.setdefault(against.value, {}).setdefault(other, _mention(other, against))
                values.setdefault(item.value, {}).setdefault(article, _mention(article, item))
    return _contradiction("number", noun, values) if values else None


def _alike(one: str, other: str) -> bool:
    left, right = set(words(one)), set(words(other))
    return len(left & right) >= SAME_CLAIM * max(len(left | right), 1)
