"""The facts of a story's versions side by side: which all carry, which some, which one, and where they contradict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from types import MappingProxyType

from ..model import Fact, Mention
from .altered import altered, figures_in
from .contradict import contradicting, mention
from .extract import Found, extract
from .same import full_names, same_quotes

Versions = Sequence[tuple[str, Iterable[tuple[int, str]]]]
UNDATED: Mapping[str, float] = MappingProxyType({})

KINDS = ("office", "setting", "itinerary", "number", "quote", "name", "place", "date")
_ORDER = {"contradicts": 0, "some": 1, "one": 2, "all": 3}
# What one version gives, its first paragraphs first: ten times what a long article holds. A page beyond it is a live
# blog or a list, of which no reader compares the rest.
PARAGRAPHS, ITEMS = 200, 2000


def facts(versions: Versions, published: Mapping[str, float] = UNDATED) -> tuple[Fact, ...]:
    """Return the facts of a story, contradictions first, then those of some, one and all versions.

    `versions`: the id of each article with its reporting paragraphs as (index, text). Of each version the first
    `PARAGRAPHS` paragraphs and in these the first `ITEMS` things are read; the work is linear in their length.
    `published`: the day of each article, where it is known.

    >>> one, other = [(0, "Ten ships left. The mayor saw 12 ships burn.")], [(0, "The mayor saw 14 ships burn.")]
    >>> [(fact.kind, fact.status, [value for value, _ in fact.values]) for fact in facts([("a", one), ("b", other)])]
    [('number', 'contradicts', ['12', '14'])]
    """
    versions = _read(versions)
    found = _found(versions)
    full = _full(found)
    contradict, whole = contradicting(found, full, published), altered(versions, published)
    told = {(fact.kind, fact.subject, value) for fact in contradict for value, _ in fact.values}
    shared = [fact for fact in _carried(found, full) if (fact.kind, fact.subject, fact.values[0][0]) not in told]
    return _in_order([*_each_once(contradict, whole), *shared])


def contradictions(versions: Versions, published: Mapping[str, float] = UNDATED) -> tuple[Fact, ...]:
    """Return only the contradictions of `facts`, without looking for what versions share.

    >>> one, other = [(0, "The fire killed four people.")], [(0, "The fire killed five people.")]
    >>> [[value for value, _ in fact.values] for fact in contradictions([("a", one), ("b", other)])]
    [['4', '5']]
    """
    versions = _read(versions)
    found = _found(versions)
    return _in_order(_each_once(contradicting(found, _full(found), published), altered(versions, published)))


def _each_once(contradict: list[Fact], whole: list[Fact]) -> list[Fact]:
    """Return the contradictions, of numbers only one that tells most: `whole` is of sentences in the same words."""
    numbers = [fact for fact in contradict if fact.kind == "number"]
    more = [fact for fact in whole if not any(_is_in(fact, other) for other in numbers)]
    told = [fact for fact in contradict if fact.kind != "number" or not any(_is_in(fact, other) for other in more)]
    return [*told, *more]


def _is_in(fact: Fact, other: Fact) -> bool:
    """Return whether figures that differ are a part of what differs in the same paragraphs."""
    values = [figures_in(value) for value, _ in other.values]
    inside = (any(figures_in(value) <= of for of in values) for value, _ in fact.values)
    return _places(fact) <= _places(other) and all(inside)


def _places(fact: Fact) -> set[tuple[str, int]]:
    return {(said.article, said.paragraph) for _, mentions in fact.values for said in mentions}


def _read(versions: Versions) -> list[tuple[str, list[tuple[int, str]]]]:
    return [(id, list(islice(paragraphs, PARAGRAPHS))) for id, paragraphs in versions]


def _found(versions: Versions) -> list[tuple[str, list[Found]]]:
    return [(id, list(islice(_items(paragraphs), ITEMS))) for id, paragraphs in versions]


def _items(paragraphs: Iterable[tuple[int, str]]) -> Iterator[Found]:
    for index, text in paragraphs:
        yield from extract(index, text)


def _full(found: list[tuple[str, list[Found]]]) -> dict[str, str]:
    return full_names(item.value for _, items in found for item in items if item.kind == "name")


def _in_order(facts: list[Fact]) -> tuple[Fact, ...]:
    def key(fact: Fact) -> tuple[int, int, int, str, str]:
        carriers = len({mention.article for _, mentions in fact.values for mention in mentions})
        return _ORDER[fact.status], KINDS.index(fact.kind), -carriers, fact.subject, fact.values[0][0]

    return tuple(sorted(facts, key=key))


def _carried(found: list[tuple[str, list[Found]]], full: dict[str, str]) -> list[Fact]:
    """Return a fact for each thing that is said, whoever says it; quotes that overlap are one."""
    quotes = same_quotes(item.value for _, items in found for item in items if item.kind == "quote")
    same = {"quote": quotes, "name": full}
    said: dict[tuple[str, str, str], dict[str, Mention]] = {}
    shown: dict[tuple[str, str, str], str] = {}
    for article, items in found:
        for item in items:
            if item.kind == "office" or (item.kind == "number" and not item.subject):
                continue
            value = same.get(item.kind, {}).get(item.value, item.value)
            key = (item.kind, item.subject, value.casefold())
            shown.setdefault(key, value)
            said.setdefault(key, {}).setdefault(article, mention(article, item))
    return [
        Fact(kind, subject, _status(len(mentions), len(found)), ((shown[kind, subject, value], (*mentions.values(),)),))
        for (kind, subject, value), mentions in said.items()
        if kind != "name" or " " in value or len(mentions) > 1
    ]


def _status(carriers: int, versions: int) -> str:
    return "all" if carriers == versions else "one" if carriers == 1 else "some"
