"""Why a pair has its relation, in words and numbers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, partial
from math import isnan

import numpy as np
from numpy.typing import NDArray

from ..model import RELATIONS, Corpus, Relation, count, percent
from .decide import BORDER, MOST, SERIES, is_form, of_shorter
from .features import COLUMN, LONGEST_TEXT, RUN
from .figures import numbers_of, of_other_figures
from .legible import as_if_right
from .score import chances, rewritten
from .shared import Span, reported, shared_names, stretch, told_in
from .subject import of_two_subjects

NARROW = 0.15  # of probability on either side of a border within which the evidence says that it is one
SMALL = 4  # words without a capital, at least: a name has its office and a preposition or two
TOLD = (  # the features that the evidence gives
    "words_a", "words_b", "verbatim_a", "verbatim_b", "run", "run_at", "quote_run", "quote_at", "terms_a", "terms_b",
    "cover_a", "cover_b", "names_a", "names_b", "names_shared_a", "names_shared_b", "numbers_a", "numbers_b",
    "numbers_shared_a", "numbers_shared_b", "days", "one_outlet", "legible",
)  # fmt: skip
# What the two texts are called, the measurements that are theirs, and what the other is called.
_SIDES, _TURNED = (("A", "a", "B"), ("B", "b", "A")), (("A", "b", "B"), ("B", "a", "A"))
_UNITS = (("minute", 1 / 1440, 1.5 / 24), ("hour", 1 / 24, 2.0))  # each with its days, and up to how many it is used
ONE_FORM = "one form filled in twice: the words are mostly the same, names and numbers are others"
SERIES_OF = "two days of one series: the titles differ in the day alone"
TWO_SUBJECTS = "two subjects told in one way: what the titles name, and the figures, are others"
OTHER_FIGURES = "two days told in one way: the figures are others"
TOLD_TWICE = (ONE_FORM, SERIES_OF, TWO_SUBJECTS, OTHER_FIGURES)
OWN = "both are the same outlet's: one may be the next version of the other"
COPIES = (Relation.IDENTICAL, Relation.NEAR_DUPLICATE, Relation.EXCERPT)


def explain(
    corpus: Corpus,
    a: NDArray[np.int32],
    b: NDArray[np.int32],
    features: NDArray[np.float32],
    relation: NDArray[np.uint8],
    story_similarity: NDArray[np.float32],
    turned: NDArray[np.bool_],
) -> list[tuple[str, ...]]:
    """Return the evidence of each pair (a[i], b[i]): short sentences, the strongest first.

    `turned`: which pairs are told from b[i], so that its text is called A and that of a[i] is called B.
    """
    if not len(a):  # an index is mostly asked of articles that are like no other
        return []
    right = as_if_right(features)
    (copied, made), shorter = chances(right), of_shorter(right)
    made = rewritten(right, story_similarity, made)
    told_twice = _told_twice(corpus, a, b, features, story_similarity)
    columns = (a, b, turned, relation, told_twice, copied, made, shorter, story_similarity)
    told = features[:, [COLUMN[name] for name in TOLD]].tolist()
    within = {row: told_in(corpus.text[row]) for row in set(a.tolist())}
    evidence = []
    for row, names, here, there, turn, code, twice, *odds, story in zip(
        told, shared_names(corpus, a, b, within), *(column.tolist() for column in columns), strict=True
    ):
        value = dict(zip(TOLD, row, strict=True))
        name, sides = RELATIONS[code], _TURNED if turn else _SIDES
        texts = _texts(corpus, here, within[here], names, value, name)
        found = _copied(value, sides) + texts if name in COPIES else texts + _told(value, sides)
        timed = all("T" in corpus.articles[row].published for row in (here, there))
        why = [TOLD_TWICE[twice]] if twice >= 0 else []
        own = [OWN] if name is Relation.REWRITE and value["one_outlet"] else []
        found = [*why, *found, *own, *_dates(value["days"], timed), *_border(name, *odds), *_story(name, story)]
        evidence.append(tuple(found))
    return evidence


def _told_twice(
    corpus: Corpus,
    a: NDArray[np.int32],
    b: NDArray[np.int32],
    features: NDArray[np.float32],
    story_similarity: NDArray[np.float32],
) -> NDArray[np.int64]:
    """Return why each pair is of two though it is told in one way, its place in TOLD_TWICE; -1 for none of these."""
    form = np.where(features[:, COLUMN["other_day"]] == SERIES, TOLD_TWICE.index(SERIES_OF), TOLD_TWICE.index(ONE_FORM))
    why = np.where(is_form(features), form, -1)
    parted = np.flatnonzero((why < 0) & (story_similarity == 0))
    if len(parted):
        numbers = cache(partial(numbers_of, corpus.tokens))
        sides = a[parted], b[parted]
        why[parted[of_other_figures(corpus, numbers, *sides)]] = TOLD_TWICE.index(OTHER_FIGURES)
        two = of_two_subjects(corpus, numbers, *sides, story_similarity[parted])
        why[parted[two]] = TOLD_TWICE.index(TWO_SUBJECTS)
    return why


def _copied(value: dict[str, float], sides: Sequence[tuple[str, str, str]]) -> list[str]:
    """Return how much of which text stands in the other, the fuller one first."""
    whole = value["verbatim_a"] == value["verbatim_b"] and value["verbatim_a"] in (0, 1)  # 0: shorter than any run
    if whole and value["words_a"] == value["words_b"]:
        return ["the same word" if value["words_a"] == 1 else f"the same {value['words_a']:.0f} words"]
    shares = [(value[f"verbatim_{side}"], one, other) for one, side, other in sides]
    (most, one, other), (less, _, _) = sorted(shares, key=lambda share: -share[0])
    return [
        f"{percent(most)} of {one}'s reporting stands in {other} word for word, {percent(less)} of {other}'s in {one}",
        f"the longest shared run has {count(round(value['run']), 'word')}",
    ]


def _told(value: dict[str, float], sides: Sequence[tuple[str, str, str]]) -> list[str]:
    """Return how much of the content is shared, and which names and numbers only one of the two has."""
    one, side, other = max(sides, key=lambda side: value[f"cover_{side[1]}"])
    terms, cover = value[f"terms_{side}"], value[f"cover_{side}"]
    found = []
    if terms:
        found.append(
            f"{percent(terms)} of {one}'s content words stand in {other}, {percent(cover)} together in one sentence"
        )
    any_names = _names_known(value)
    for one, side, other in sides:
        if has := value[f"names_{side}"] + value[f"numbers_{side}"]:
            shared = value[f"names_shared_{side}"] + value[f"numbers_shared_{side}"]
            kinds = ("rarer names", "numbers") if any_names else ("numbers",)  # not those of every tenth text
            found.append(_own(one, other, round(has), round(has - shared), kinds))
    verbatim = max(value["verbatim_a"], value["verbatim_b"])
    if verbatim >= 0.05:
        found.append(f"{percent(verbatim)} of the words are shared word for word")
    return found


def _names_known(value: dict[str, float]) -> bool:
    """Return whether either text has names: where most nouns have a capital, names are not known."""
    return value["names_a"] + value["names_b"] > 0


def _own(one: str, other: str, has: int, own: int, kinds: tuple[str, ...]) -> str:
    """Return how many of a text's names and numbers, or of its numbers, are its own.

    >>> _own("A", "B", 12, 3, ("rarer names", "numbers")), _own("A", "B", 12, 0, ("numbers",))
    ("3 of A's 12 rarer names and numbers are its own", 'B has all 12 numbers of A')
    >>> _own("A", "B", 1, 1, ("rarer names", "numbers")), _own("A", "B", 9, 9, ("numbers",))
    ("A's only rarer name or number is its own", 'all 9 numbers of A are its own')
    >>> _own("A", "B", 9, 1, ("numbers",))
    "1 of A's 9 numbers is its own"
    """
    several, single = " and ".join(kinds), " or ".join(kind.removesuffix("s") for kind in kinds)
    if has > 1 and own:
        which = f"{own} of {one}'s {has} {several}" if own < has else f"all {has} {several} of {one}"
        return f"{which} {'is' if own == 1 else 'are'} its own"
    if has > 1:
        return f"{other} has all {has} {several} of {one}"
    return f"{one}'s only {single} is its own" if own else f"{other} has the only {single} of {one}"


def _texts(
    corpus: Corpus, a: int, within: Span, names: list[str], value: dict[str, float], name: Relation
) -> list[str]:
    """Return what the two share in their own words: names, a quote, the start of the longest run."""
    found = []
    if names and name is not Relation.IDENTICAL:
        found.append(f"shared {'names' if _names_known(value) else 'nouns'}: {', '.join(names)}")
    if value["quote_run"] >= RUN and name not in COPIES:
        found.append(f"both quote: “{stretch(corpus, a, value['quote_at'], value['quote_run'])}”")
    elif value["run"] >= RUN and name is not Relation.IDENTICAL:
        first, words = reported(corpus, a, value["run_at"], value["run"], within)
        if words >= RUN and tells(said := stretch(corpus, a, first, words)):
            found.append(f"both have: “{said}”")
    if 0 < value["legible"] < 1:
        found.append(f"as in digitised print, about {percent(1 - value['legible'])} of their words look misread")
    if max(value["words_a"], value["words_b"]) >= LONGEST_TEXT:
        found.append(f"of a longer text the first {LONGEST_TEXT} words were compared")
    return found


def tells(words: str) -> bool:
    """Return whether shared words are more than a name with its office, which every report of an event has.

    >>> tells("with North Korean leader Kim Jong Un"), tells("the quay sank within an hour"), tells("会见了金正恩")
    (False, True, True)
    """
    said = words.split()
    return len(said) < RUN or sum(not word[0].isupper() for word in said) >= SMALL  # fewer: no spaces between words


def _dates(days: float, timed: bool) -> list[str]:
    """Return how far apart the two appeared, where both dates are known; `timed`: and the hours of both.

    >>> _dates(0.125, True), _dates(0.034, True), _dates(3.0, True), _dates(0.4, False), _dates(float("nan"), True)
    (['published 3 hours apart'], ['published 49 minutes apart'], ['published 3 days apart'], [], [])
    >>> _dates(0.0, False), _dates(1.0, False)
    (['published on the same day'], ['published 1 day apart'])
    """
    if isnan(days):
        return []
    if not days:
        return [f"published {'at the same time' if timed else 'on the same day'}"]
    if days < 1 and not timed:
        return []
    unit, length = next(((u, d) for u, d, up_to in _UNITS if days < up_to and timed), ("day", 1.0))
    return [f"published {count(max(round(days / length), 1), unit)} apart"]


def _story(name: Relation, similarity: float) -> list[str]:
    """Return how likely one story is, where that is not told by the relation: two alone have to be surer of it."""
    if name in COPIES or (name is not Relation.UNRELATED and similarity >= BORDER):
        return []
    said = f"story similarity {similarity:.2f}"
    close = name is Relation.UNRELATED and similarity >= BORDER
    return [f"close to the border between same_story and unrelated ({said})" if close else said]


def _border(name: Relation, copied: float, made: float, shorter: float) -> list[str]:
    """Return between which relations a close decision fell, if it was close."""
    if name is Relation.IDENTICAL or name is Relation.UNRELATED:
        return []
    if abs(copied - BORDER) < NARROW and (copied >= BORDER or name not in COPIES):  # of a piece its length decided
        return [f"close to the border between an excerpt and none (copied: {copied:.2f})"]
    if name in (Relation.NEAR_DUPLICATE, Relation.EXCERPT) and abs(shorter - MOST) < 0.05:
        return [f"close to the border between near_duplicate and excerpt ({percent(shorter)} of the shorter one)"]
    if name in (Relation.REWRITE, Relation.SAME_STORY) and abs(made - BORDER) < NARROW:
        return [f"close to the border between rewrite and same_story (derived: {made:.2f})"]
    return []
