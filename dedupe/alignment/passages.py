"""Passages of one text that stand in another.

Seeds, extension, filtering, as in all that did well at PAN (Potthast et al. 2013; the best, which this began from, is
Sanchez-Perez, Gelbukh and Sidorov, "Adaptive algorithm for plagiarism detection", CLEF 2015). Differences: long runs of
equal words are found in one pass and are cores of their own; where a passage begins and ends, and whether
there is one, is decided by how well its words are explained by the other side (`refine`).
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ..compiling import compiled
from ..errors import InputError
from ..model import Passage
from .cores import Span, chain, clusters
from .digest import find_digest
from .kinds import in_order, judge
from .prepare import Side, number_terms, prepare
from .refine import refine
from .rules import RULES, Rules
from .runs import find_runs
from .seeds import Seeds, find_seeds

LARGE = 40_000  # characters of both texts; plain Python takes them as long as it takes to load the kernels
COLD = 20  # times as many take a second, which is little beside a quarter of a minute to compile
_CLOSING = frozenset(".,;:!?…)]}\"'”’»›」』。！？、")
_OPENING = frozenset("([{\"'“‘«‹„「『¿¡")


def align(text_a: str, text_b: str, *, rules: Rules = RULES) -> tuple[Passage, ...]:
    """Return the passages of text A that stand in text B, in the order of A.

    >>> a = "Rain fell on the town all night and the river rose by two metres, the mayor said. Nobody was hurt."
    >>> [(a[p.a_start:p.a_end] == a, p.kind.value, p.similarity) for p in align(a, a)]
    [(True, 'verbatim', 1.0)]
    >>> align(a, "")
    ()

    The other way round the same passages are found, their sides exchanged. No two overlap on either side, but for
    sentences that sum up the other text: they are one passage with all of it. A passage has at least 25 words,
    or half of the shorter text's where that is less.
    """
    if not (isinstance(text_a, str) and isinstance(text_b, str)):
        raise InputError("align takes two strings; of articles, dedupe.compare(a, b).passages has the passages")
    if text_b < text_a:
        turned = (
            Passage(p.b_start, p.b_end, p.a_start, p.a_end, p.kind, p.similarity)
            for p in align(text_b, text_a, rules=rules)
        )
        return tuple(sorted(turned))
    large = compiled(len(text_a) + len(text_b), __package__, LARGE, COLD)  # the kernels give the same passages
    a, b = prepare(text_a, large), prepare(text_b, large)
    found = []
    for span in spans(a, b, large, rules):
        kind, similarity = judge(a.word[span.a_start : span.a_end], b.word[span.b_start : span.b_end], large)
        a_start, a_end = _characters(text_a, a, span.a_start, span.a_end)
        b_start, b_end = _characters(text_b, b, span.b_start, span.b_end)
        found.append(Passage(a_start, a_end, b_start, b_end, kind, similarity))
    return tuple(sorted(found))


def spans(a: Side, b: Side, large: bool, rules: Rules = RULES) -> list[Span]:
    """Return the passages as spans of words; `large` chooses how they are computed, not which."""
    words_a, words_b = len(a.word), len(b.word)
    if not words_a or not words_b:
        return []
    if a.word.tobytes() == b.word.tobytes():
        return [Span(0, words_a, 0, words_b)]
    terms = number_terms(a, b, large)
    seeds = find_seeds(a, b, terms, rules.cosine, large)
    runs = chain(find_runs(a, b, rules.run, large), rules.apart)
    copied, others = _united(runs, clusters(_outside(seeds, runs, a, b), a, b, rules, large))
    shortest = min(rules.shortest, max(min(words_a, words_b) // 2, 4))
    scored = []
    for kind, cores in enumerate((copied, others)):
        for core in cores:
            span, score = refine(core, a, b, terms, rules, large)
            thin = kind and score < rules.evidence
            if not thin or (score >= rules.some and _in_order(span, a, b, large) >= rules.ordered):
                scored.append((kind, -score, span))
    kept = chain(sorted(_apart(sorted(scored), a, b, shortest)), rules.apart)
    return _with_digest(kept, runs, seeds, a, b, rules)


def _in_order(span: Span, a: Side, b: Side, large: bool) -> float:
    """Return the share of both sides' words that stand in the same order."""
    words_a, words_b = a.word[span.a_start : span.a_end], b.word[span.b_start : span.b_end]
    return 2 * in_order(words_a, words_b, large) / (len(words_a) + len(words_b))


def _outside(seeds: Seeds, runs: list[Span], a: Side, b: Side) -> Seeds:
    """Return the seeds of sentences of which less than half stands in runs."""
    in_a, in_b = np.zeros(len(a.word), dtype=np.int64), np.zeros(len(b.word), dtype=np.int64)
    for run in runs:
        in_a[run.a_start : run.a_end] = in_b[run.b_start : run.b_end] = 1
    rest_a = 2 * np.add.reduceat(in_a, a.sentence[:-1]) < np.diff(a.sentence)
    rest_b = 2 * np.add.reduceat(in_b, b.sentence[:-1]) < np.diff(b.sentence)
    rows = np.flatnonzero(rest_a[seeds.a] & rest_b[seeds.b])
    return seeds.of(rows)


def _united(runs: list[Span], others: list[Span]) -> tuple[list[Span], list[Span]]:
    """Return (runs and what holds some of them together, the other cores); both are sorted, as they came.

    A copy with edits has runs here and there and seeds in between: it is one core.
    """
    starts = [run.a_start for run in runs]
    held, holding = set(), []
    for core in others:
        near = range(bisect_left(starts, core.a_start), bisect_left(starts, core.a_end))
        inside = [i for i in near if core.holds(runs[i])]
        if inside:
            held.update(inside)
            holding.append(core)
    left = [run for i, run in enumerate(runs) if i not in held]
    return sorted([*left, *holding]), sorted(set(others) - set(holding))


def _apart(scored: list[tuple[int, float, Span]], a: Side, b: Side, shortest: int) -> list[Span]:
    """Return the spans, best first, without what a better one has on either side; of the rest, those long enough."""
    taken_a, taken_b = np.zeros(len(a.word), dtype=np.bool_), np.zeros(len(b.word), dtype=np.bool_)
    kept = []
    for _, _, span in scored:
        a_start, a_end = _free(taken_a, span.a_start, span.a_end)
        b_start, b_end = _free(taken_b, span.b_start, span.b_end)
        if min(a_end - a_start, b_end - b_start) >= shortest:
            taken_a[a_start:a_end] = taken_b[b_start:b_end] = True
            kept.append(Span(a_start, a_end, b_start, b_end))
    return kept


def _free(taken: NDArray[np.bool_], start: int, end: int) -> tuple[int, int]:
    """Return the longest stretch between start and end of which nothing is taken, the first if there are several."""
    edges = [start, *(start + np.flatnonzero(np.diff(taken[start:end])) + 1).tolist(), end]
    free = [(low, high) for low, high in pairwise(edges) if not taken[low]]
    return max(free, key=lambda stretch: stretch[1] - stretch[0], default=(start, start))


def _with_digest(kept: list[Span], runs: list[Span], seeds: Seeds, a: Side, b: Side, rules: Rules) -> list[Span]:
    """Return the spans, those that a summary explains better replaced by it."""
    in_b = Seeds(seeds.b, seeds.a, seeds.cosine, seeds.dice)
    digests = (find_digest(seeds, a, b, rules), find_digest(in_b, b, a, rules))
    if digests[0] and (not digests[1] or digests[0].score >= digests[1].score):
        whole = Span(digests[0].start, digests[0].end, 0, len(b.word))
        side = 0
    elif digests[1]:
        whole = Span(0, len(a.word), digests[1].start, digests[1].end)
        side = 2
    else:
        return kept
    start, end = whole[side], whole[side + 1]
    inside = [span for span in kept if span[side] < end and start < span[side + 1]]
    long = [span for span in inside if _is_long(span, rules) or any(span.meets(run) for run in runs)]
    covered = sum(min(span[side + 1], end) - max(span[side], start) for span in long)
    if covered >= rules.covered * (end - start):
        return kept
    return [*(span for span in kept if span not in inside), whole]


def _is_long(span: Span, rules: Rules) -> bool:
    return min(span.a_end - span.a_start, span.b_end - span.b_start) >= 2 * rules.shortest


def _characters(text: str, side: Side, first: int, last: int) -> tuple[int, int]:
    """Return the character offsets of words first to last, with what opens before them and closes after them."""
    start, end = int(side.start[first]), int(side.end[last - 1])
    while start and text[start - 1] in _OPENING:
        start -= 1
    while end < len(text) and text[end] in _CLOSING:
        end += 1
    return start, end
