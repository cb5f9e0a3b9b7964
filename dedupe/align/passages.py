"""Passages of one text that stand in another: seeds, extension, filtering.

The method follows Sanchez-Perez, Gelbukh and Sidorov, "Adaptive algorithm for plagiarism detection" (CLEF 2015):
sentences that resemble each other are seeds, seeds near each other on both sides are a passage.
"""

from __future__ import annotations

from collections import defaultdict
from difflib import SequenceMatcher
from itertools import pairwise
from math import log, sqrt
from typing import TYPE_CHECKING

from ..model import Passage, PassageKind
from ..words import tokenize
from .sentences import first_words

if TYPE_CHECKING:
    from ..words import Tokens

COSINE, DICE = 0.33, 0.33
GAP = 4
MIN_WORDS = 12


def align(text_a: str, text_b: str) -> tuple[Passage, ...]:
    """Return the passages of text A that stand in text B, in the order of A.

    >>> a = "Rain fell on the town all night and the river rose by two metres, the mayor said. Nobody was hurt."
    >>> [(a[p.a_start:p.a_end] == a, p.kind.value, p.similarity) for p in align(a, a)]
    [(True, 'verbatim', 1.0)]
    >>> align(a, "")
    ()
    """
    if text_b < text_a:
        mirrored = (
            Passage(p.b_start, p.b_end, p.a_start, p.a_end, p.kind, p.similarity) for p in align(text_b, text_a)
        )
        return tuple(sorted(mirrored))
    a, b = tokenize([text_a]), tokenize([text_b])
    if not len(a.hash) or not len(b.hash):
        return ()
    if a.hash.tobytes() == b.hash.tobytes():
        return (_passage(a, b, (0, len(a.hash)), (0, len(b.hash)), len(text_a), len(text_b)),)
    first_a, first_b = first_words(text_a, a).tolist(), first_words(text_b, b).tolist()
    bags_a, bags_b = _bags(a.hash.tolist(), first_a), _bags(b.hash.tolist(), first_b)
    found = []
    for cluster in _clusters(_seeds(bags_a, bags_b)):
        rows, columns = sorted(i for i, _ in cluster), sorted(j for _, j in cluster)
        span_a, span_b = (first_a[rows[0]], first_a[rows[-1] + 1]), (first_b[columns[0]], first_b[columns[-1] + 1])
        if min(span_a[1] - span_a[0], span_b[1] - span_b[0]) >= MIN_WORDS:
            found.append(_passage(a, b, span_a, span_b, len(text_a), len(text_b)))
    return tuple(sorted(found))


def _bags(words: list[int], first: list[int]) -> list[dict[int, int]]:
    bags = []
    for start, end in pairwise(first):
        bag: dict[int, int] = {}
        for word in words[start:end]:
            bag[word] = bag.get(word, 0) + 1
        bags.append(bag)
    return bags


def _seeds(bags_a: list[dict[int, int]], bags_b: list[dict[int, int]]) -> list[tuple[int, int]]:
    frequency: dict[int, int] = defaultdict(int)
    for bag in bags_a + bags_b:
        for word in bag:
            frequency[word] += 1
    total = len(bags_a) + len(bags_b)
    weight = {word: log((total + 1) / count) for word, count in frequency.items()}
    posting = defaultdict(list)
    for j, bag in enumerate(bags_b):
        for word in bag:
            posting[word].append(j)
    norm_b = [sqrt(sum((n * weight[word]) ** 2 for word, n in bag.items())) for bag in bags_b]
    seeds = []
    for i, bag in enumerate(bags_a):
        product: dict[int, float] = defaultdict(float)
        common: dict[int, int] = defaultdict(int)
        for word, n in bag.items():
            if len(posting[word]) <= 64:
                for j in posting[word]:
                    product[j] += n * bags_b[j][word] * weight[word] ** 2
                    common[j] += 1
        norm = sqrt(sum((n * weight[word]) ** 2 for word, n in bag.items()))
        for j in sorted(product):
            dice = 2 * common[j] / (len(bag) + len(bags_b[j]))
            if product[j] > COSINE * norm * norm_b[j] and dice > DICE:
                seeds.append((i, j))
    return seeds


def _clusters(seeds: list[tuple[int, int]], side: int = 0, single: bool = False) -> list[list[tuple[int, int]]]:
    """Return the seeds in groups without a gap of more than GAP sentences on either side."""
    groups: list[list[tuple[int, int]]] = []
    for seed in sorted(seeds, key=lambda seed: (seed[side], seed)):
        if groups and seed[side] - groups[-1][-1][side] - 1 <= GAP:
            groups[-1].append(seed)
        else:
            groups.append([seed])
    if len(groups) <= 1 and single:
        return groups
    return [part for group in groups for part in _clusters(group, 1 - side, len(groups) == 1)]


def _passage(
    a: Tokens, b: Tokens, span_a: tuple[int, int], span_b: tuple[int, int], length_a: int, length_b: int
) -> Passage:
    words_a, words_b = a.hash[slice(*span_a)].tolist(), b.hash[slice(*span_b)].tolist()
    if words_a == words_b:
        similarity = 1.0
    else:
        similarity = SequenceMatcher(None, words_a[:2000], words_b[:2000], autojunk=False).ratio()
    kind = PassageKind.VERBATIM if similarity == 1 else PassageKind.EDITED
    if similarity < 0.6:
        kind = PassageKind.PARAPHRASED
    a_end = int(a.end[span_a[1] - 1]) if span_a[1] < len(a.hash) else length_a
    b_end = int(b.end[span_b[1] - 1]) if span_b[1] < len(b.hash) else length_b
    return Passage(int(a.start[span_a[0]]), a_end, int(b.start[span_b[0]]), b_end, kind, similarity)
