"""Cores of passages: seeds near each other on both sides, and long runs that follow each other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .prepare import Side
from .rules import Rules
from .seeds import Seeds


class Span(NamedTuple):
    """Words a_start to a_end of A beside words b_start to b_end of B, half open."""

    a_start: int
    a_end: int
    b_start: int
    b_end: int

    def meets(self, other: Span) -> bool:
        """Return whether the two have words in common on both sides."""
        here = self.a_start < other.a_end and other.a_start < self.a_end
        return here and self.b_start < other.b_end and other.b_start < self.b_end

    def holds(self, other: Span) -> bool:
        """Return whether the other lies inside this one on both sides."""
        here = self.a_start <= other.a_start and other.a_end <= self.a_end
        return here and self.b_start <= other.b_start and other.b_end <= self.b_end


def chain(spans: Iterable[Span], apart: int) -> list[Span]:
    """Return the spans with those made one that follow each other on both sides, at most so many words apart.

    They are in the order of A, and have no word in common there.
    """
    chained: list[Span] = []
    for span in spans:
        last = chained[-1] if chained else span
        if chained and span.a_start - last.a_end <= apart and 0 <= span.b_start - last.b_end <= apart:
            chained[-1] = Span(last.a_start, span.a_end, last.b_start, span.b_end)
        else:
            chained.append(span)
    return chained


def clusters(seeds: Seeds, a: Side, b: Side, rules: Rules, large: bool) -> list[Span]:
    """Return the spans of the seeds' sentences, in groups without a gap of more than so many sentences on either side.

    Seeds are cut apart at the gaps of one text, each part at those of the other, until no part has one left.
    """
    kept = np.flatnonzero(seeds.dice > rules.dice)
    row, column = seeds.a[kept], seeds.b[kept]
    if not len(kept):
        return []
    if large:
        from . import kernel

        label, count = kernel.clusters(row, column, rules.gap)
    else:
        label, count = _clusters(row.tolist(), column.tolist(), rules.gap)
    ends = []
    for place, sentence in ((row, a.sentence), (column, b.sentence)):
        first, last = np.full(count, len(sentence)), np.zeros(count, dtype=np.int64)
        np.minimum.at(first, label, place)
        np.maximum.at(last, label, place)
        ends += [sentence[first].tolist(), sentence[last + 1].tolist()]
    return sorted(Span(*span) for span in zip(*ends, strict=True))


def _clusters(row: list[int], column: list[int], gap: int) -> tuple[NDArray[np.int64], int]:
    """Return the cluster of each seed and how many there are."""
    label, found = np.zeros(len(row), dtype=np.int64), 0
    waiting = [(list(range(len(row))), (row, column), False)]
    while waiting:
        seeds, (place, other), whole = waiting.pop()  # whole: the other side had no gap
        parts: list[list[int]] = []
        for seed in sorted(seeds, key=place.__getitem__):
            if parts and place[seed] - place[parts[-1][-1]] - 1 <= gap:
                parts[-1].append(seed)
            else:
                parts.append([seed])
        if len(parts) == 1 and whole:
            label[seeds] = found
            found += 1
        else:
            waiting += [(part, (other, place), len(parts) == 1) for part in parts]
    return label, found
