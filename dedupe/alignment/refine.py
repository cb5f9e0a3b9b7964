"""Where a passage begins and ends: the stretch of either text that the other side explains best."""

from __future__ import annotations

from itertools import pairwise
from math import log1p

import numpy as np
from numpy.typing import NDArray

from .cores import Span
from .prepare import Side, Terms
from .rules import Rules

ROUNDS = 2  # a third changes nothing
LEAST = 500  # words; shorter texts are taken for a part of one so long, or their common words would seem rare
UNIT = 64  # scores are whole numbers, this many to one nat


def penalty(kept: float) -> int:
    """Return the score of a word that the other side has not."""
    return -int(-UNIT * log1p(-kept) + 0.5)


def refine(core: Span, a: Side, b: Side, terms: Terms, rules: Rules, large: bool) -> tuple[Span, float]:
    """Return the passage around a core, and its score: the lower of both sides', in nats.

    Either side is fitted to the other in turn. A passage ends between two units, or where its core does.
    """
    if large:
        from . import kernel

        *edges, score = kernel.refine(
            terms.a,
            terms.b,
            a.unit,
            b.unit,
            *core,
            terms.count,
            terms.left,
            (rules.kept, penalty(rules.kept), rules.reach, ROUNDS, LEAST, UNIT),
        )
        return Span(*(int(edge) for edge in edges)), score / UNIT
    span, score_a, score_b = core, 0, 0
    for _ in range(ROUNDS):
        edges = _edges(a.unit, rules.reach, span.a_start, span.a_end, core.a_start, core.a_end)
        other = terms.b[span.b_start : span.b_end].tolist()
        (a_start, a_end), score_a = fit(terms.a, (span.a_start, span.a_end), edges, other, terms, rules.kept)
        edges = _edges(b.unit, rules.reach, span.b_start, span.b_end, core.b_start, core.b_end)
        other = terms.a[a_start:a_end].tolist()
        (b_start, b_end), score_b = fit(terms.b, (span.b_start, span.b_end), edges, other, terms, rules.kept)
        before, span = span, Span(a_start, a_end, b_start, b_end)
        if span == before:
            break
    return span, min(score_a, score_b) / UNIT


def _edges(unit: NDArray[np.int64], reach: int, start: int, end: int, *more: int) -> list[int]:
    """Return where a passage may begin or end, ascending: the edges of units within reach, and those given."""
    low, high = np.searchsorted(unit, (start - reach, end + reach + 1))
    near = [edge for edge in more if start - reach <= edge <= end + reach]
    return sorted({*unit[low:high].tolist(), start, end, *near})


def fit(
    term: NDArray[np.int64], core: tuple[int, int], edges: list[int], other: list[int], terms: Terms, kept: float
) -> tuple[tuple[int, int], int]:
    """Return the stretch (start, end) of `term` between two edges, touching the core, that scores best, and its score.

    The score of a stretch is the sum over its words of the log of how much likelier each is in a copy of `other` than
    in any text. A word that is `count` times in both texts, n words together, is in `other` by chance about
    x = count * len(other) / n times: it is worth log(1 + kept / x) where `other` has it, log(1 - kept) where not. Each
    occurrence in `other` is used once, first by the core, then by what follows it, then by what precedes it:
    without that, passages grow as long as the subject stays the same.
    """
    left: dict[int, int] = {}
    for number in other:
        left[number] = left.get(number, 0) + 1
    low, high = edges[0], edges[-1]
    here, count = term[low:high].tolist(), terms.count[term[low:high]].tolist()
    total = max(len(terms.a) + len(terms.b), LEAST)
    value = [penalty(kept)] * len(here)
    for part in (
        range(core[0] - low, core[1] - low),
        range(core[1] - low, len(here)),
        range(core[0] - low - 1, -1, -1),
    ):
        for i in part:
            if left.get(here[i], 0):
                left[here[i]] -= 1
                value[i] = max(int(UNIT * log1p(kept * total / (count[i] * len(other))) + 0.5), 1)
    best, span, lowest, start, score = -(1 << 62), core, 1 << 62, low, 0
    for edge, following in pairwise(edges):
        if edge < core[1] and score < lowest:
            lowest, start = score, edge
        score += sum(value[edge - low : following - low])
        if following > core[0] and score - lowest > best:
            best, span = score - lowest, (start, following)
    return span, best
