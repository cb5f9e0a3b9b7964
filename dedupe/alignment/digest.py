"""A few sentences of one text in a row that each stand somewhere else in the other: a summary of it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .prepare import Side
from .rules import Rules
from .seeds import Seeds


class Digest(NamedTuple):
    """Words start to end of one text, which sum up the other, and how plainly."""

    score: float
    start: int
    end: int


def find_digest(seeds: Seeds, here: Side, there: Side, rules: Rules) -> Digest | None:
    """Return the sentences of `here` that sum up `there`; `seeds.a` are rows of `here`."""
    best, place = _best(seeds, len(here.sentence) - 1)
    score, first, last = _stretch((best - rules.like).tolist())
    if score < rules.least:
        return None
    drawn = place[first:last][best[first:last] > rules.like]
    places = np.unique(drawn)
    words = here.sentence[last] - here.sentence[first]
    if there.sentence[places[-1] + 1] - there.sentence[places[0]] < rules.spread * words:
        return None
    if len(places) < 2 or 1 + np.count_nonzero(np.diff(places) > rules.near) < rules.places * len(drawn):
        return None
    return Digest(score, int(here.sentence[first]), int(here.sentence[last]))


def _best(seeds: Seeds, sentences: int) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return each sentence's highest cosine and the first sentence of the other text that has it."""
    order = np.lexsort((-seeds.b, seeds.cosine))  # what is written last stays
    best, place = np.zeros(sentences), np.full(sentences, -1)
    best[seeds.a[order]] = seeds.cosine[order]
    place[seeds.a[order]] = seeds.b[order]
    return best, place


def _stretch(values: list[float]) -> tuple[float, int, int]:
    """Return (sum, start, end) of the stretch of values with the highest sum."""
    best, total, start = (0.0, 0, 0), 0.0, 0
    for i, value in enumerate(values):
        if total <= 0:
            total, start = 0.0, i
        total += value
        if total > best[0]:
            best = (total, start, i + 1)
    return best
