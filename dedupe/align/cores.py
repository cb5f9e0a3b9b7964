"""Cores of passages: seeds near each other on both sides, and long runs that follow each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .prepare import Side
    from .seeds import Seeds

GAP = 4  # sentences without a seed that a passage may span (Sanchez-Perez et al. 2015); 2 and 3 are within 0.002 of it
DICE = 0.2  # of a seed that starts a passage: the rare terms that make a high cosine must not be all there is
APART = 60  # words between two runs, or two passages, that are one: a paragraph written anew or left out


class Span(NamedTuple):
    """Words a_start to a_end of A beside words b_start to b_end of B, half open."""

    a_start: int
    a_end: int
    b_start: int
    b_end: int

    def meets(self, other: Span) -> bool:
        """Return whether the two have words in common on both sides."""
        return (
            self.a_start < other.a_end
            and other.a_start < self.a_end
            and self.b_start < other.b_end
            and other.b_start < self.b_end
        )


def chain(runs: NDArray[np.int64]) -> list[Span]:
    """Return the spans of runs that follow each other on both sides, at most APART words from one to the next."""
    spans: list[Span] = []
    for a, b, size in runs.tolist():
        if spans and 0 <= a - spans[-1].a_end <= APART and 0 <= b - spans[-1].b_end <= APART:
            spans[-1] = Span(spans[-1].a_start, a + size, spans[-1].b_start, b + size)
        else:
            spans.append(Span(a, a + size, b, b + size))
    return spans


def clusters(seeds: Seeds, a: Side, b: Side) -> list[Span]:
    """Return the spans of the seeds' sentences, in groups without a gap of more than GAP sentences on either side.

    Seeds are cut apart at the gaps of one text, each part at those of the other, until no part has one left.
    """
    kept = np.flatnonzero(seeds.dice > DICE)
    places = (seeds.a[kept], seeds.b[kept])
    waiting = [(np.arange(len(kept)), 0, 0)] if len(kept) else []
    spans = []
    while waiting:
        rows, side, whole = waiting.pop()  # whole: how many sides in a row had no gap
        place = places[side][rows]
        rows = rows[np.argsort(place, kind="stable")]
        cuts = np.flatnonzero(np.diff(np.sort(place)) - 1 > GAP) + 1
        if not len(cuts) and whole:
            first, last = places[0][rows], places[1][rows]
            low_a, high_a, low_b, high_b = (int(x) for x in (first.min(), first.max(), last.min(), last.max()))
            ends = (a.sentence[low_a], a.sentence[high_a + 1], b.sentence[low_b], b.sentence[high_b + 1])
            spans.append(Span(*(int(x) for x in ends)))
        else:
            waiting.extend((part, 1 - side, int(not len(cuts))) for part in np.split(rows, cuts))
    return sorted(spans)
