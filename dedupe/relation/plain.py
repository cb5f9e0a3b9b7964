"""The measurements of a pair, one pair at a time, the obvious way: what `kernel` has to agree with, bit for bit."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from .names import LONGEST_TEXT, LONGEST_WORD_GRAM, MANY, ORDERED, RUN, STRETCH, TEXT_FEATURES
from .prepare import FUNCTION, NAME, NUMBER, QUOTED

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .prepare import Ground


class Side(NamedTuple):
    """One text of a pair as lists; what depends on one text only is counted once."""

    word: list[int]
    term: list[int]
    weight: list[int]
    sentence: list[int]
    kind: list[int]


def measure(ground: Ground, a: NDArray[np.int32], b: NDArray[np.int32]) -> NDArray[np.float32]:
    """Return the features of the pairs (a[i], b[i]) of texts, float32 of shape (pairs, len(TEXT_FEATURES))."""
    sides = {row: side(ground, row) for row in sorted({*a.tolist(), *b.tolist()})}
    rows = [pair_features(sides[i], sides[j]) for i, j in zip(a.tolist(), b.tolist(), strict=True)]
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(TEXT_FEATURES)).astype(np.float32)


def side(ground: Ground, row: int) -> Side:
    """Return the first LONGEST_TEXT words of a text as lists."""
    first = int(ground.first[row])
    last = min(int(ground.first[row + 1]), first + LONGEST_TEXT)
    columns = (ground.word, ground.term, ground.weight, ground.sentence, ground.kind)
    return Side(*(column[first:last].tolist() for column in columns))


def pair_features(a: Side, b: Side) -> list[float]:
    """Return the features of one pair in the order of TEXT_FEATURES."""
    values = [len(a.word), len(b.word), *_sentence_counts(a, b), *_gram_features(a, b), *_term_features(a, b)]
    return [*map(float, values), *_cover_features(a, b), *_run_features(a, b), *_own_features(a, b)]


def ratio(part: int, whole: int) -> float:
    """Return part / whole, 0 where there is nothing."""
    return part / whole if whole else 0.0


def _sentence_counts(a: Side, b: Side) -> list[int]:
    return [side.sentence[-1] + 1 if side.sentence else 0 for side in (a, b)]


def _gram_features(a: Side, b: Side) -> list[float]:
    """Return the share of each text's distinct runs of 1 to 5 words that the other has too."""
    values = []
    for size in range(1, LONGEST_WORD_GRAM + 1):
        of_a, of_b = ({*zip(*(side.word[i:] for i in range(size)), strict=False)} for side in (a, b))
        shared = len(of_a & of_b)
        values += [ratio(shared, len(of_a)), ratio(shared, len(of_b))]
    return values


def _term_features(a: Side, b: Side) -> list[float]:
    """Return the share of each text's distinct terms, by weight, and of its pairs of neighbouring terms, by number."""
    heavy = [dict(zip(reversed(side.term), reversed(side.weight), strict=True)) for side in (a, b)]
    links = [_links(side) for side in (a, b)]
    shared = len(links[0] & links[1])
    values = []
    for mine, other in (heavy, heavy[::-1]):
        values.append(ratio(sum(weight for term, weight in mine.items() if term in other), sum(mine.values())))
    return [*values, ratio(shared, len(links[0])), ratio(shared, len(links[1]))]


def _links(side: Side) -> set[tuple[int, int]]:
    """Return the neighbouring terms of a text, function words left out, within its sentences."""
    content = [i for i, weight in enumerate(side.weight) if weight]
    pairs = pairwise(content)
    return {(side.term[i], side.term[j]) for i, j in pairs if side.sentence[i] == side.sentence[j]}


class Cover(NamedTuple):
    """How well a text's sentences are covered by the other's, one entry a sentence."""

    whole: list[int]
    best: list[int]
    two: list[int]  # by the best sentence and the one after it
    where: list[int]


def cover(a: Side, b: Side) -> tuple[Cover, Cover]:
    """Return how well each sentence of a text is covered by the best one of the other, by weight of distinct terms."""
    by_sentence = [_sentence_terms(side) for side in (a, b)]
    return _covered(by_sentence[0], by_sentence[1]), _covered(by_sentence[1], by_sentence[0])


def _sentence_terms(side: Side) -> list[dict[int, int]]:
    terms: list[dict[int, int]] = [{} for _ in range(side.sentence[-1] + 1 if side.sentence else 0)]
    for term, weight, sentence in zip(side.term, side.weight, side.sentence, strict=True):
        if weight:
            terms[sentence].setdefault(term, weight)
    return terms


def _covered(mine: list[dict[int, int]], other: list[dict[int, int]]) -> Cover:
    places: dict[int, list[int]] = defaultdict(list)
    for number, terms in enumerate(other):
        for term in terms:
            if len(places[term]) < MANY:
                places[term].append(number)
    found = Cover([], [], [], [])
    for terms in mine:
        shared: Counter[int] = Counter()
        for term, weight in terms.items():
            for number in places.get(term, ()):
                shared[number] += weight
        whole = sum(terms.values())
        best = max(shared.values(), default=0)
        where = min((number for number in shared if shared[number] == best), default=-1)
        two = max((shared[number] + shared[number + 1] for number in sorted(shared)), default=0)
        for column, value in zip(found, (whole, best, min(two, whole), where), strict=True):
            column.append(value)
    return found


def _cover_features(a: Side, b: Side) -> list[float]:
    of_a, of_b = cover(a, b)
    values = []
    for best_a, best_b in ((of_a.best, of_b.best), (of_a.two, of_b.two)):
        values += [ratio(sum(best_a), sum(of_a.whole)), ratio(sum(best_b), sum(of_b.whole))]
    for least in (True, False):  # close: half of it or more; own: less than a fifth
        for of in (of_a, of_b):
            rows = zip(of.whole, of.best, strict=True)
            part = sum(whole for whole, best in rows if (2 * best >= whole if least else 5 * best < whole))
            values.append(ratio(part, sum(of.whole)))
    return [*values, *_order(of_a, of_b), *_order(of_b, of_a)]


def _order(mine: Cover, other: Cover) -> list[float]:
    """Return how far the matches keep their order, and how far they move, over the sentences covered by 3/10 or more.

    Order is the longest increasing subsequence of the places, less what one match has by itself, over the matches
    less one (0 where there are none to order). The move is between relative places, 1 where nothing matches.
    """
    rows = zip(mine.whole, mine.best, mine.where, strict=True)
    matched = [(i, at) for i, (whole, best, at) in enumerate(rows) if best and 10 * best >= 3 * whole]
    tails: list[int] = []
    moved = 0.0
    for i, at in matched:
        place = bisect_left(tails, at)
        tails[place : place + 1] = [at]
        moved += abs((i + 0.5) / len(mine.whole) - (at + 0.5) / len(other.whole))
    count = len(matched)
    order = (len(tails) - 1) / (count - 1 + ORDERED) if count > 1 else 0.0
    return [order, moved / count if count else 1.0]


def runs(a: Side, b: Side) -> list[tuple[int, int, int]]:
    """Return the shared runs of RUN words and more as (start in a, start in b, length), in the order of b.

    Greedy, in linear time: a run goes on as long as the words agree; the next one starts at the first place in a.
    """
    places: dict[tuple[int, ...], int] = {}
    for i, gram in enumerate(zip(*(a.word[i:] for i in range(RUN)), strict=False)):
        places.setdefault(gram, i)
    found = []
    j = 0
    while j + RUN <= len(b.word):
        i = places.get(tuple(b.word[j : j + RUN]), -1)
        if i < 0:
            j += 1
            continue
        length = RUN
        while i + length < len(a.word) and j + length < len(b.word) and a.word[i + length] == b.word[j + length]:
            length += 1
        found.append((i, j, length))
        j += length
    return found


def _run_features(a: Side, b: Side) -> list[float]:
    """Return the longest run, the longest one outside speech, and what share of each text such runs make up."""
    in_a, in_b = [0] * len(a.word), [0] * len(b.word)  # the longest run, in its plain words, that a word stands in
    longest = longest_plain = 0
    for i, j, length in runs(a, b):
        plain = sum(not kind & QUOTED for kind in b.kind[j : j + length])
        longest, longest_plain = max(longest, length), max(longest_plain, plain)
        for k in range(length):
            in_a[i + k], in_b[j + k] = max(in_a[i + k], plain + 1), plain + 1
    values: list[float] = [longest, longest_plain]
    for least in (1, STRETCH + 1):
        values += [ratio(sum(run >= least for run in of), len(of)) for of in (in_a, in_b)]
    for of, kinds in ((in_a, a.kind), (in_b, b.kind)):
        quoted = [run for run, kind in zip(of, kinds, strict=True) if kind & QUOTED]
        values += [ratio(len(quoted), len(kinds)), ratio(sum(run > 0 for run in quoted), len(quoted))]
    return values


def _own_features(a: Side, b: Side) -> list[float]:
    """Return how many names, numbers and function words (distinct) each text has, and how many the other has too."""
    values: list[float] = []
    for bit in (NAME, NUMBER, FUNCTION):
        for mine, other in ((a, b), (b, a)):
            own = {word for word, kind in zip(mine.word, mine.kind, strict=True) if kind & bit}
            values += [len(own), len(own & set(other.word))]
    return values
