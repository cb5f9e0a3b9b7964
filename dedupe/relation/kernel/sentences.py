"""How the sentences of two texts cover each other and how their shared terms are arranged, compiled."""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...compiling.load import step
from ..features import COLUMN, MANY, MATCHED, NEAR, ORDERED
from ..prepare import SCALE
from .texts import FRESH_TERM, STANDS

# x and y are `texts.Text`s, `of_x` and `of_y` how well their sentences are covered, arrays of int64.
# `lead`, `hit`, `back`: for each word of x the first place of its term there; for each word of y the first place of
# its term in x, -1 for none; for each first place of a term in x the first one in y.

_COVER, _CLOSE, _ORDER, _AHEAD = (COLUMN[f"{name}_a"] for name in ("cover", "close", "order", "ahead"))
_SEQUENCE = COLUMN["sequence"]
_PART, _WHOLE = MATCHED


class Cover(NamedTuple):
    """What `plain.Cover` says of a text's sentences, int64 of shape (sentences,) each."""

    whole: NDArray[np.int64]
    best: NDArray[np.int64]
    where: NDArray[np.int64]


@step
def cover(x, y, lead, hit, back, scratch, row):
    """Put in the row how much of each text's sentences stands in the other's, and in what order."""
    s_x = x.sentence[-1] + 1 if len(x.sentence) else 0
    s_y = y.sentence[-1] + 1 if len(y.sentence) else 0
    of_x = Cover(scratch[4][:s_x], scratch[5][:s_x], scratch[6][:s_x])
    of_y = Cover(scratch[7][:s_y], scratch[8][:s_y], scratch[9][:s_y])
    for of in (of_x, of_y):
        of.whole[:], of.best[:], of.where[:] = 0, 0, -1
    for i in range(len(x.word)):
        if x.fresh[i] & STANDS:
            j = back[lead[i]]
            there = y.standing[j] if j >= 0 else 0
            if max(x.standing[i], there) <= MANY:
                of_x.whole[x.sentence[i]] += x.weight[i] * SCALE // (x.standing[i] + max(there, 1) - 1)
    _match(x, y, hit, scratch, of_x, of_y)
    for side in range(2):
        of = of_x if side == 0 else of_y
        whole = best = close = 0
        for s in range(len(of.whole)):
            whole += of.whole[s]
            best += of.best[s]
            close += of.whole[s] if 2 * of.best[s] >= of.whole[s] else 0
        row[_COVER + side], row[_CLOSE + side] = (best / whole, close / whole) if whole else (0.0, 0.0)
        row[_ORDER + side] = _order(of, scratch[10])


@step
def _match(x, y, hit, scratch, of_x, of_y):
    """Fill in what the sentences of y share with those of x: one sentence of y after the other."""
    to_x, to_y, seen, touched = scratch[0], scratch[1], scratch[2], scratch[3]
    seen[: len(of_x.whole)] = -1
    start = 0
    for t in range(len(of_y.whole)):
        count = 0
        while start < len(y.word) and y.sentence[start] == t:
            j, start = start, start + 1
            if not y.fresh[j] & STANDS:
                continue
            i = hit[j]
            here, there = y.standing[j], x.standing[i] if i >= 0 else 0
            if max(here, there) > MANY:
                continue
            parts = here + max(there, 1) - 1
            share = y.weight[j] * SCALE // parts
            of_y.whole[t] += share
            while i >= 0:
                if x.fresh[i] & STANDS:
                    s = x.sentence[i]
                    if seen[s] != t:
                        seen[s], to_x[s], to_y[s] = t, 0, 0
                        touched[count] = s
                        count += 1
                    to_y[s] += share
                    to_x[s] += x.weight[i] * SCALE // parts
                i = x.next[i]
        _settle(t, touched[:count], to_x, to_y, of_x, of_y)


@step
def _settle(t, touched, to_x, to_y, of_x, of_y):
    """Keep the best of what sentence t of y shares with the sentences of x that it touched."""
    for s in touched:
        if to_y[s] > of_y.best[t] or (to_y[s] == of_y.best[t] and s < of_y.where[t]):
            of_y.best[t], of_y.where[t] = to_y[s], s
        if to_x[s] > of_x.best[s]:
            of_x.best[s], of_x.where[s] = to_x[s], t


@step
def _order(of, tails):
    """Return how far the counterparts of a text's sentences keep their order."""
    length = count = 0
    for i in range(len(of.whole)):
        at = of.where[i]
        if of.best[i] == 0 or _WHOLE * of.best[i] < _PART * of.whole[i]:
            continue
        length = _rise(tails, length, at)
        count += 1
    return (length - 1) / (count - 1 + ORDERED) if count > 1 else 0.0


@step
def _rise(tails, length, at):
    """Return how long the longest increasing run of places is with one more, given its tails of each length."""
    place, high = 0, length
    while place < high:
        middle = (place + high) >> 1
        if tails[middle] < at:
            place = middle + 1
        else:
            high = middle
    tails[place] = at
    return max(length, place + 1)


@step
def sequence(x, y, back, in_x, in_y, tails, row):
    """Put in the row how many more of the shared terms come in one order in both texts than would by chance.

    `in_x`, `in_y`: below 0 for words of no shared run.
    """
    count = length = 0
    before = before_there = -2
    for i in range(len(x.word)):
        if not x.fresh[i] & FRESH_TERM or in_x[i] >= 0:
            continue
        j = back[i]
        if j < 0 or in_y[j] >= 0:
            continue
        if i != before + 1 or j != before_there + 1:
            length = _rise(tails, length, j)
            count += 1
        before, before_there = i, j
    row[_SEQUENCE] = max(length - 2 * sqrt(count), 0.0)


@step
def arrange(x, y, lead, hit, back, row):
    """Put in the row how often shared terms that follow on each other in one text do so in the other."""
    for side in range(2):
        mine, other = (x, y) if side == 0 else (y, x)
        count = ahead = 0
        before = before_there = -1
        for i in range(len(mine.word)):
            if mine.weight[i] == 0:
                continue
            there = back[lead[i]] if side == 0 else hit[i]
            if there < 0:
                continue
            if before >= 0 and mine.sentence[before] == mine.sentence[i] and mine.term[before] != mine.term[i]:
                count += 1
                ahead += _follows(before_there, there, other.next)
            before, before_there = i, there
        row[_AHEAD + side] = (ahead + 0.5) / (count + 2)


@step
def _follows(p, q, follow):
    """Return whether a place of the second term is within NEAR words after one of the first."""
    p_count, q_count = 0, 0
    while p >= 0 and p_count < MANY:
        while q >= 0 and q_count < MANY and q <= p:
            q, q_count = follow[q], q_count + 1
        if q < 0 or q_count == MANY:
            return False
        if q <= p + NEAR:
            return True
        p, p_count = follow[p], p_count + 1
    return False
