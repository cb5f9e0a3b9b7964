"""The kinds of characters of each block, as `shape` counts them."""

import numpy as np

from ...compiling.load import maker, step
from ..shape import (
    ALONE_SHARE,
    BETWEEN_DAYS,
    CLOCK,
    DATE,
    DIGITS,
    FIRST_END,
    FIRST_OPENING,
    KINDS,
    LETTERS,
    MOST_BETWEEN,
    NO_LETTERS,
    REST,
    UPPERS,
    K,
)

_KINDS = len(KINDS)
_LOWER, _UPPER, _ALONE, _DIGIT, _REST, _SPACE = (
    K[name] for name in ("lower", "upper", "alone", "digit", "rest", "space")
)
_COLON, _STOP, _DOTS, _EXCLAIM, _QUOTE, _BRACKET = (
    K[name] for name in ("colon", "stop", "dots", "exclaim", "quote", "bracket")
)


@maker
def looks(points, start, end, kinds, ends, opens, columns):
    """Return the columns of SHAPE of the blocks points[start:end] but for COUNTED, and what those are logarithms of."""
    counts, clocks, dates = count_kinds(points, start, end, kinds)
    out = np.zeros((len(start), columns), dtype=np.float32)
    counted = np.empty((len(start), 1 + _DOTS - _STOP), dtype=np.int64)
    for block in range(len(start)):
        own, row = counts[block], out[block]
        ink = np.float64(np.float32(max(end[block] - start[block] - own[_SPACE], 1)))
        letters = own[_LOWER] + own[_UPPER]
        counted[block, 0] = letters + 3 * own[_ALONE]
        for kind in range(_STOP, _DOTS):
            counted[block, 1 + kind - _STOP] = own[kind]
        row[LETTERS], row[UPPERS] = (letters + own[_ALONE]) / ink, own[_UPPER] / max(letters, 1)
        row[ALONE_SHARE], row[DIGITS], row[REST] = own[_ALONE] / ink, own[_DIGIT] / ink, own[_REST] / ink
        last, head = kinds[points[end[block] - 1]], kinds[points[start[block]]]
        before = kinds[points[max(end[block] - 2, start[block])]]
        for number in range(len(ends)):
            row[FIRST_END + number] = last == ends[number]
        if last == _EXCLAIM or (last in (_QUOTE, _BRACKET) and before == _STOP):
            row[FIRST_END] = 1
        for number in range(len(opens)):
            row[FIRST_OPENING + number] = head == opens[number]
        row[CLOCK], row[DATE], row[NO_LETTERS] = clocks[block], dates[block], letters + own[_ALONE] == 0
    return out, counted


@maker
def count_kinds(points, start, end, kinds):
    """Return (counts, clocks, dates) of the blocks points[start:end], int64 of shape (m, kinds), float32 of (m,)."""
    counts = np.zeros((len(start), _KINDS), dtype=np.int64)
    clocks, dates = np.zeros(len(start), dtype=np.float32), np.zeros(len(start), dtype=np.float32)
    here = np.zeros((4, 256), dtype=np.int32)  # counted by turns: a count would wait for the one before to be written
    for block in range(len(start)):
        here[:] = 0
        for at in range(start[block], end[block]):
            here[at & 3, kinds[points[at]]] += 1
        for kind in range(_KINDS):
            counts[block, kind] = here[0, kind] + here[1, kind] + here[2, kind] + here[3, kind]
        if counts[block, _DIGIT] >= 2:
            clocks[block], dates[block] = _between_digits(points, start[block], end[block], kinds)
    return counts, clocks, dates


@step
def _between_digits(points, start, end, kinds):
    """Return how often a colon, and how often a sign of dates, stands between two digits."""
    clocks, dates, low = 0, 0, max(start, 1)
    before = kinds[points[low - 1]]
    for at in range(low, min(end, len(points) - 1)):
        kind = kinds[points[at]]
        if before == _DIGIT and kind != _DIGIT and kinds[points[at + 1]] == _DIGIT:
            clocks += 1 if kind == _COLON else 0
            for number in range(len(BETWEEN_DAYS)):
                dates += 1 if points[at] == BETWEEN_DAYS[number] else 0
        before = kind
    return min(clocks, MOST_BETWEEN), min(dates, MOST_BETWEEN)
