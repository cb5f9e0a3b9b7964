"""The paragraphs of plain texts, text by text, as `segment` finds them in all at once."""

from __future__ import annotations

import numpy as np
from numba import njit

from ..segment import (
    BREAKS,
    CASELESS,
    CASELESS_FITS,
    CLOSES,
    CONTINUES,
    ENOUGH,
    FITS,
    GAPS_A_LINE,
    INDENT,
    ITEM,
    LONG,
    LOWER,
    MANY,
    NARROWEST,
    ONE_SPACE,
    OPENS,
    SINGLE_WORD,
    WHITE,
    WIDEST,
)

_SPACE = ord(" ")


@njit(nogil=True, cache=True)
def paragraphs_of_texts(points, text_start, signs):
    """Return (count of each text, start, end) of the paragraphs of texts that lie one after another, a divider apart.

    `signs`: uint16 for each code point, what `segment.signs` says of it.
    """
    texts = len(text_start) - 1
    count = np.zeros(texts, dtype=np.int64)
    longest = 0
    for text in range(texts):
        longest = max(longest, text_start[text + 1] - text_start[text])
    room = longest // 2 + 2  # a line has a character and an end
    start, end, number, indent = (np.empty(room, np.int64), np.empty(room, np.int64), np.empty(room, np.int64),
                                  np.empty(room, np.int64))  # fmt: skip
    goes_on = np.empty(room, dtype=np.bool_)
    found = np.empty(len(points) // 2 + texts + 1, dtype=np.int32)
    ends = np.empty(len(found), dtype=np.int32)
    total = 0
    for text in range(texts):
        low, high = text_start[text], text_start[text + 1] - 1
        lost = _has_lost_breaks(points, low, high, signs)
        lines = _lines(points, low, high, signs, lost, start, end, number, indent)
        _wrapped(points, signs, lines, start, end, number, indent, goes_on)
        before = total
        for line in range(lines):
            if line == 0 or not goes_on[line]:
                found[total] = start[line] - low
                total += 1
            ends[total - 1] = end[line] - low
        count[text] = total - before
    return count, found[:total].copy(), ends[:total].copy()


@njit(nogil=True, cache=True)
def _gap(points, at, low, high, signs):
    """Return 0 where no sentence ends before the space at a place or none starts after it, else the gap's width."""
    if at == low or not signs[points[at - 1]] & CLOSES:
        return 0
    width = 2 if points[at + 1] == _SPACE else 1
    return width if at + width < high and signs[points[at + width]] & OPENS else 0


@njit(nogil=True, cache=True)
def _has_lost_breaks(points, low, high, signs):
    """Return whether wide gaps stand for ends of paragraphs in a text."""
    breaks, gaps, single = 1, 0, 0  # the divider after the text is one
    for at in range(low, high):
        if points[at] == _SPACE:
            width = _gap(points, at, low, high, signs)
            gaps += width == 2
            single += width == 1
        elif signs[points[at]] & BREAKS:
            breaks += 1
    return gaps >= ENOUGH and single >= ONE_SPACE * (gaps + single) and gaps >= GAPS_A_LINE * breaks


@njit(nogil=True, cache=True)
def _lines(points, low, high, signs, lost, start, end, number, indent):
    """Write the start, end, number and indentation of each line with ink; return how many there are."""
    lines, breaks, line_start, inked = 0, 0, low, False
    skip = -1
    for at in range(low, high):
        sign = signs[points[at]]
        if not sign & WHITE:
            if not inked:
                start[lines], number[lines], indent[lines] = at, breaks, at - line_start
                lines += 1
                inked = True
            end[lines - 1] = at + 1
            continue
        if lost and points[at] == _SPACE and at != skip and _gap(points, at, low, high, signs) == 2:
            skip = at + 1
        elif at != skip and not sign & BREAKS:
            continue
        breaks, line_start, inked = breaks + 1, at + 1, False
    return lines


@njit(nogil=True, cache=True)
def _wrapped(points, signs, lines, start, end, number, indent, goes_on):
    """Write for each line whether it continues the paragraph of the line before it."""
    full = np.zeros(lines, dtype=np.int64)  # what the line before would have been with this line's first word
    near = np.zeros(lines, dtype=np.bool_)
    lower, caseless, wide, rows = 0, 0, 0, 0
    allows = np.zeros(WIDEST + 3, dtype=np.int64)  # how many more line ends allow a width than the one before
    for line in range(lines):
        goes_on[line] = False
        wide += end[line] - start[line] > WIDEST
        if line == 0:
            continue
        sign = signs[points[start[line]]]
        length = end[line - 1] - start[line - 1]
        full[line] = length + 1 + (1 if sign & SINGLE_WORD else _word_length(points, signs, start[line]))
        near[line] = number[line] == number[line - 1] + 1 and not sign & ITEM and indent[line] <= indent[line - 1]
        if near[line] and full[line] > NARROWEST:
            rows += 1
            lower += (sign & LOWER) != 0
            caseless += (sign & CASELESS) != 0
            least, most = max(length, NARROWEST), min(full[line], WIDEST + 1)
            if least < most:
                allows[least] += 1
                allows[most] -= 1
    width = 0 if wide > LONG * lines else _width(allows, rows, lower, caseless)
    for line in range(1, lines):
        if width and near[line] and full[line] > NARROWEST:
            goes_on[line] = full[line] + (0 if near[line - 1] else INDENT) > width


@njit(nogil=True, cache=True)
def _word_length(points, signs, start):
    """Return how many characters follow before white space, at most WIDEST; a divider follows every text."""
    length = 0
    while length < WIDEST and not signs[points[start + length]] & WHITE:
        length += 1
    return length


@njit(nogil=True, cache=True)
def _width(allows, rows, lower, caseless):
    """Return the width that most line ends allow, the narrowest of equals; 0 where the text is not wrapped."""
    width, most, here = 0, 0, 0
    for at in range(NARROWEST, WIDEST + 1):
        here += allows[at]
        if here > most:
            width, most = at, here
    cased = most >= ENOUGH and lower >= CONTINUES * rows
    without = most >= MANY and most >= CASELESS_FITS * rows and caseless * 2 >= rows
    return width if most >= FITS * rows and (cased or without) else 0
