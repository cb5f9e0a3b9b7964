"""How the sentences of two texts cover each other and how their shared terms are arranged, compiled."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..compiling.load import step
from .names import COLUMN, MANY, MATCHED, NEAR, ORDERED
from .prepare import SCALE
from .texts import STANDS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# x and y are `texts.Text`s, `of_x` and `of_y` how well their sentences are covered, arrays of int64.
# `lead`, `hit`, `back`: for each word of x the first place of its term there; for each word of y the first place of
# its term in x, -1 for none; for each first place of a term in x the first one in y.

_COVER, _NEAR = COLUMN["cover_a"], COLUMN["near_a"]
_PART, _WHOLE = MATCHED


class Cover(NamedTuple):
    """What `plain.Cover` says of a text's sentences, int64 of shape (sentences,) each."""

    whole: NDArray[np.int64]
    best: NDArray[np.int64]
    two: NDArray[np.int64]
    where: NDArray[np.int64]


@step
def cover(x, y, lead, hit, back, scratch, row):  # type: ignore[no-untyped-def]
    """Put in the row how much of each text's sentences stands in the other's, and in what order."""
    s_x = x.sentence[-1] + 1 if len(x.sentence) else 0
    s_y = y.sentence[-1] + 1 if len(y.sentence) else 0
    of_x = Cover(scratch[5][:s_x], scratch[6][:s_x], scratch[7][:s_x], scratch[8][:s_x])
    of_y = Cover(scratch[9][:s_y], scratch[10][:s_y], scratch[11][:s_y], scratch[12][:s_y])
    for of in (of_x, of_y):
        of.whole[:], of.best[:], of.two[:], of.where[:] = 0, 0, 0, -1
    for i in range(len(x.word)):
        if x.fresh[i] & STANDS:
            j = back[lead[i]]
            there = y.standing[j] if j >= 0 else 0
            if max(x.standing[i], there) <= MANY:
                of_x.whole[x.sentence[i]] += x.weight[i] * SCALE // (x.standing[i] + max(there, 1) - 1)
    _match(x, y, hit, scratch, of_x, of_y)
    for side in range(2):
        of, others = (of_x, s_y) if side == 0 else (of_y, s_x)
        whole = best = two = close = own = 0
        for s in range(len(of.whole)):
            whole += of.whole[s]
            best += of.best[s]
            two += min(of.two[s], of.whole[s])
            close += of.whole[s] if 2 * of.best[s] >= of.whole[s] else 0
            own += of.whole[s] if 5 * of.best[s] < of.whole[s] else 0
        for place, part in enumerate((best, two, close, own)):
            row[_COVER + 2 * place + side] = part / whole if whole else 0.0
        row[_COVER + 8 + 2 * side], row[_COVER + 9 + 2 * side] = _order(of, others, scratch[13])


@step
def _match(x, y, hit, scratch, of_x, of_y):  # type: ignore[no-untyped-def]
    """Fill in what the sentences of y share with those of x: one sentence of y after the other."""
    to_x, to_y, before, seen, touched = scratch[0], scratch[1], scratch[2], scratch[3], scratch[4]
    sentences = len(of_x.whole)
    to_x[:sentences], seen[:sentences] = 0, -2
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
                        before[s] = to_x[s] if seen[s] == t - 1 else 0
                        seen[s], to_x[s], to_y[s] = t, 0, 0
                        touched[count] = s
                        count += 1
                    to_y[s] += share
                    to_x[s] += x.weight[i] * SCALE // parts
                i = x.next[i]
        _settle(t, touched[:count], seen, to_x, to_y, before, of_x, of_y)


@step
def _settle(t, touched, seen, to_x, to_y, before, of_x, of_y):  # type: ignore[no-untyped-def]
    """Keep the best of what sentence t of y shares with the sentences of x that it touched."""
    for s in touched:
        if to_y[s] > of_y.best[t] or (to_y[s] == of_y.best[t] and s < of_y.where[t]):
            of_y.best[t], of_y.where[t] = to_y[s], s
        two = to_y[s]
        if s + 1 < len(of_x.whole) and seen[s + 1] == t:
            two += to_y[s + 1]
        of_y.two[t] = max(of_y.two[t], two)
        if to_x[s] > of_x.best[s]:
            of_x.best[s], of_x.where[s] = to_x[s], t
        of_x.two[s] = max(of_x.two[s], before[s] + to_x[s])


@step
def _order(of, others, tails):  # type: ignore[no-untyped-def]
    sentences = len(of.whole)
    length = count = 0
    moved = 0.0
    for i in range(sentences):
        at = of.where[i]
        if of.best[i] == 0 or _WHOLE * of.best[i] < _PART * of.whole[i]:
            continue
        place, high = 0, length
        while place < high:
            middle = (place + high) >> 1
            if tails[middle] < at:
                place = middle + 1
            else:
                high = middle
        tails[place] = at
        length = max(length, place + 1)
        moved += abs((i + 0.5) / sentences - (at + 0.5) / others)
        count += 1
    order = (length - 1) / (count - 1 + ORDERED) if count > 1 else 0.0
    return order, moved / count if count else 1.0


@step
def arrange(x, y, lead, hit, back, row):  # type: ignore[no-untyped-def]
    """Put in the row how often shared terms next to each other in one text stand together in the other."""
    for side in range(2):
        mine, other = (x, y) if side == 0 else (y, x)
        count = near = ahead = 0
        before = before_there = -1
        for i in range(len(mine.word)):
            if mine.weight[i] == 0:
                continue
            there = back[lead[i]] if side == 0 else hit[i]
            if there < 0:
                continue
            if before >= 0 and mine.sentence[before] == mine.sentence[i] and mine.term[before] != mine.term[i]:
                count += 1
                together, forward = _together(before_there, there, other.next)
                near += together
                ahead += forward
            before, before_there = i, there
        row[_NEAR + 2 * side], row[_NEAR + 1 + 2 * side] = (near + 0.5) / (count + 2), (ahead + 0.5) / (count + 2)


@step
def _together(p, q, follow):  # type: ignore[no-untyped-def]
    """Return whether a place of the first term is within NEAR words of one of the second, and whether right before."""
    near = ahead = False
    p_count, q_count = 0, 0
    while p >= 0 and p_count < MANY:
        while q >= 0 and q_count < MANY and q < p - NEAR:
            q, q_count = follow[q], q_count + 1
        k, k_count = q, q_count
        while k >= 0 and k_count < MANY and k <= p + NEAR:
            near = True
            ahead = ahead or k > p
            k, k_count = follow[k], k_count + 1
        if ahead:
            break
        p, p_count = follow[p], p_count + 1
    return near, ahead
