"""The measurements of a pair, one pair at a time, the obvious way: what `kernel` has to agree with, bit for bit."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from math import sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..words import AS_TWO_WORDS
from .features import GRAMS, LONGEST_TEXT, MANY, MATCHED, NEAR, ORDERED, RUN, STRETCH, TEXT_FEATURES
from .prepare import ALONE, INFLECTED, NAME, NUMBER, QUOTED, SCALE, Ground


class Side(NamedTuple):
    """One text of a pair as lists: its words' columns, and for each sentence its distinct terms with their weight."""

    word: list[int]
    term: list[int]
    weight: list[int]
    sentence: list[int]
    kind: list[int]
    sentences: list[dict[int, int]]
    places: dict[int, list[int]]  # of each term: the words that have it
    standing: dict[int, list[int]]  # of each term: the sentences that have it


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
    return make_side(*(column[first:last].tolist() for column in columns))


def make_side(word: list[int], term: list[int], weight: list[int], sentence: list[int], kind: list[int]) -> Side:
    """Return the columns of a text with its terms gathered."""
    sentences: list[dict[int, int]] = [{} for _ in range(sentence[-1] + 1 if sentence else 0)]
    places: dict[int, list[int]] = defaultdict(list)
    standing: dict[int, list[int]] = defaultdict(list)
    for i, (name, heavy, number) in enumerate(zip(term, weight, sentence, strict=True)):
        if not heavy:
            continue
        places[name].append(i)
        if name not in sentences[number]:
            sentences[number][name] = heavy
            standing[name].append(number)
    return Side(word, term, weight, sentence, kind, sentences, dict(places), dict(standing))


def pair_features(a: Side, b: Side) -> list[float]:
    """Return the features of one pair in the order of TEXT_FEATURES."""
    shared = runs(a, b)
    values = [float(len(a.word)), float(len(b.word)), *_grams(a, b), *_terms(a, b), *_cover_features(a, b)]
    arranged = _ahead(a, b), _ahead(b, a), _sequence(a, b, shared)
    return [*values, *arranged, *_run_features(a, b, shared), *_own(a, b)]


def ratio(part: int, whole: int) -> float:
    """Return part / whole, 0 where there is nothing."""
    return part / whole if whole else 0.0


def _grams(a: Side, b: Side) -> list[float]:
    """Return the share of each text's distinct runs of 1 to 5 words that the other has too."""
    values = []
    for size in range(1, GRAMS + 1):
        of_a, of_b = ({*zip(*(side.word[i:] for i in range(size)), strict=False)} for side in (a, b))
        shared = len(of_a & of_b)
        values += [ratio(shared, len(of_a)), ratio(shared, len(of_b))]
    return values


def _terms(a: Side, b: Side) -> list[float]:
    """Return the share of each text's distinct terms that the other has too, by weight."""
    values = []
    for mine, other in ((a, b), (b, a)):
        heavy = {term: mine.weight[places[0]] for term, places in mine.places.items()}
        values.append(ratio(sum(heavy[term] for term in heavy if term in other.places), sum(heavy.values())))
    return values


class Cover(NamedTuple):
    """How well a text's sentences are covered by the other's, one entry a sentence."""

    whole: list[int]
    best: list[int]
    where: list[int]  # the best one's number, -1 where none shares a term


def cover(mine: Side, other: Side) -> Cover:
    """Return how well each sentence is covered by the best one of the other text, by weight of distinct terms.

    A term weighs less, the more sentences of the two texts have it: what every sentence names says nothing about
    which one it comes from. One that stands in more than MANY sentences of either text is left out.
    """
    found = Cover([], [], [])
    for terms in mine.sentences:
        whole = 0
        shared: Counter[int] = Counter()
        for term, weight in terms.items():
            here, there = mine.standing[term], other.standing.get(term, [])
            if max(len(here), len(there)) > MANY:
                continue
            share = weight * SCALE // (len(here) + max(len(there), 1) - 1)
            whole += share
            for number in there:
                shared[number] += share
        best = max(shared.values(), default=0)
        where = min((number for number in shared if shared[number] == best), default=-1)
        for column, value in zip(found, (whole, best, where), strict=True):
            column.append(value)
    return found


def _cover_features(a: Side, b: Side) -> list[float]:
    both = cover(a, b), cover(b, a)
    covered = [ratio(sum(of.best), sum(of.whole)) for of in both]
    close = [
        ratio(sum(w for w, best in zip(of.whole, of.best, strict=True) if 2 * best >= w), sum(of.whole)) for of in both
    ]
    return [*covered, *close, *map(_order, both)]


def _order(of: Cover) -> float:
    """Return how far the counterparts of a text's sentences keep their order.

    It is how many are `rising`, less the one that any match has by itself, over the matches.
    """
    rows = zip(of.whole, of.best, of.where, strict=True)
    matched = [at for whole, best, at in rows if best and MATCHED[1] * best >= MATCHED[0] * whole]
    return (rising(matched) - 1) / (len(matched) - 1 + ORDERED) if len(matched) > 1 else 0.0


def rising(places: list[int]) -> int:
    """Return the length of the longest increasing run of places that need not be neighbours.

    >>> rising([4, 1, 3, 2, 5])
    3
    """
    tails: list[int] = []
    for at in places:
        place = bisect_left(tails, at)
        tails[place : place + 1] = [at]
    return len(tails)


def _ahead(mine: Side, other: Side) -> float:
    """Return, of the shared terms that follow on each other in a sentence, how many do so in the other text too.

    There within NEAR words. What the other text lacks is skipped, so this is about how the shared content is put
    together, not how much of it there is. Half a pair of two is added, so that a single pair proves little.
    """
    count = ahead = 0
    before = -1
    for i, (term, weight) in enumerate(zip(mine.term, mine.weight, strict=True)):
        if not weight or term not in other.places:
            continue
        if before >= 0 and mine.sentence[before] == mine.sentence[i] and mine.term[before] != term:
            here, there = other.places[mine.term[before]][:MANY], other.places[term][:MANY]
            count += 1
            ahead += any(0 < q - p <= NEAR for p in here for q in there)
        before = i
    return (ahead + 0.5) / (count + 2)


def _sequence(a: Side, b: Side, shared: list[tuple[int, int, int]]) -> float:
    """Return how many more of the shared terms come in one order in both texts than would by chance.

    Who retells a report follows it, in whatever words. Each term counts where it stands first in either text, unless in
    a shared run: an agency's next report takes over sentences, and its own parts keep no order. A phrase counts once.
    Of n terms in random order at most 2 sqrt(n) rise, nearly (Vershik and Kerov 1977).
    """
    in_a, in_b = ({run[side] + k for run in shared for k in range(run[2])} for side in (0, 1))
    found = [(places[0], b.places[term][0]) for term, places in a.places.items() if term in b.places]
    found = [(i, j) for i, j in found if i not in in_a and j not in in_b]
    phrases = {(i + 1, j + 1) for i, j in found}
    there = [j for i, j in found if (i, j) not in phrases]
    return max(rising(there) - 2 * sqrt(len(there)), 0.0)


def runs(a: Side, b: Side) -> list[tuple[int, int, int]]:
    """Return the shared runs of RUN words and more as (start in a, start in b, length), in the order of b.

    Their words count as they are `spoken`. Greedy, in linear time: a run goes on as long as the words agree; the next
    one starts at the first place in a.
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
        if spoken(b.kind[j : j + length]) >= RUN:
            found.append((i, j, length))
        j += length
    return found


def spoken(kinds: list[int]) -> int:
    """Return how many words these are if three characters of a script without spaces count as two.

    >>> spoken([0] * 5), spoken([ALONE] * 6), spoken([ALONE] * 7)
    (5, 4, 5)
    """
    return len(kinds) - sum(kind & ALONE != 0 for kind in kinds) // AS_TWO_WORDS


def _run_features(a: Side, b: Side, shared: list[tuple[int, int, int]]) -> list[float]:
    """Return the longest run, the longest by words outside speech, and what share of each text such runs make up."""
    in_a, in_b = [-1] * len(a.word), [-1] * len(b.word)  # words outside speech of the run that a word stands in
    longest = longest_plain = at = quote = quote_at = longest_spoken = 0
    for i, j, length in shared:
        plain = spoken([kind for kind in b.kind[j : j + length] if not kind & QUOTED])
        at = i if length > longest else at
        longest, longest_plain = max(longest, length), max(longest_plain, plain)
        longest_spoken = max(longest_spoken, spoken(b.kind[j : j + length]))
        said = 0
        for k in range(length):
            in_a[i + k], in_b[j + k] = max(in_a[i + k], plain), plain
            said = said + 1 if a.kind[i + k] & b.kind[j + k] & QUOTED else 0
            if said > quote and spoken(b.kind[j + k - said + 1 : j + k + 1]) >= RUN:
                quote, quote_at = said, i + k - said + 1
    values = [float(value) for value in (longest, longest_plain, at, quote, quote_at, longest_spoken)]
    for least in (0, STRETCH):
        values += [ratio(sum(run >= least for run in of), len(of)) for of in (in_a, in_b)]
    for of, kinds in ((in_a, a.kind), (in_b, b.kind)):
        quoted = [run for run, kind in zip(of, kinds, strict=True) if kind & QUOTED]
        values += [ratio(len(quoted), len(kinds)), ratio(sum(run >= 0 for run in quoted), len(quoted))]
    return values


def _own(a: Side, b: Side) -> list[float]:
    """Return how many names and numbers (distinct) each text has, and how many the other has too.

    Where names have several forms (INFLECTED), one that has the stem of a word of the other text is in that too.
    """
    values: list[float] = []
    for bit in (NAME, NUMBER):
        for mine, other in ((a, b), (b, a)):
            rows = zip(mine.word, mine.term, mine.kind, strict=True)
            named = {word: term if kind & INFLECTED else None for word, term, kind in rows if kind & bit}
            words = {*other.word}
            values += [len(named), sum(word in words or term in other.places for word, term in named.items())]
    return values
