"""The paragraphs of plain texts, text by text, as `segment` finds them in all at once."""

import numpy as np

from ...compiling.load import kernel, maker, step
from ...words.kernel import longest_of
from ..segment import (
    BREAKS,
    CASELESS,
    CASELESS_FITS,
    CLOSES,
    CONTINUES,
    ENOUGH,
    FITS,
    GAPS_A_LINE,
    IN_COLUMN,
    INDENT,
    INSIDE,
    ITEM,
    LONG,
    LOWER,
    MANY,
    NARROWEST,
    NARROWEST_COLUMN,
    ONE_SPACE,
    OPENS,
    SINGLE_WORD,
    WHITE,
    WIDEST,
)

_SPACE = ord(" ")


@kernel
def paragraphs_of_texts(points, text_start, signs, first, found, ends):
    """Write the columns of the blocks of texts, which lie a divider apart; return how many there are.

    `signs`: uint16 for each code point, what `segment.signs` says of it.
    """
    texts = len(text_start) - 1
    longest = longest_of(text_start)
    breaks = np.empty(longest + 1, dtype=np.int64)
    room = longest // 2 + 2  # a line has a character and an end
    start, end, number, indent = (np.empty(room, np.int64), np.empty(room, np.int64), np.empty(room, np.int64),
                                  np.empty(room, np.int64))  # fmt: skip
    goes_on = np.empty(room, dtype=np.bool_)
    total = first[0] = 0
    for text in range(texts):
        low, high = text_start[text], text_start[text + 1] - 1
        many, gaps, single = _breaks(points, low, high, signs, False, breaks)
        if gaps >= ENOUGH and single >= ONE_SPACE * (gaps + single) and gaps >= GAPS_A_LINE * (many + 1):
            many, gaps, single = _breaks(points, low, high, signs, True, breaks)
        lines = _lines(points, low, signs, breaks, many, start, end, number, indent)
        _wrapped(points, signs, lines, start, end, number, indent, gaps + single, goes_on)
        for line in range(lines):
            if line == 0 or not goes_on[line]:
                found[total] = start[line] - low
                total += 1
            ends[total - 1] = end[line] - low
        first[text + 1] = total
    return total


@step
def _breaks(points, low, high, signs, lost, breaks):
    """Write where the lines of a text end, with its own end; return (how many do before that, wide gaps, single ones).

    Where line ends were `lost`, the two spaces of a wide gap between sentences are two of them.
    """
    count, gaps, single = 0, 0, 0
    for at in range(low, high):
        sign = signs[points[at]]
        if not sign & (BREAKS | CLOSES):
            continue
        if sign & BREAKS:
            breaks[count] = at
            count += 1
        elif points[at + 1] == _SPACE:
            width = 2 if points[at + 2] == _SPACE else 1
            if at + 1 + width < high and signs[points[at + 1 + width]] & OPENS:
                gaps += width == 2
                single += width == 1
                if lost and width == 2:
                    breaks[count], breaks[count + 1] = at + 1, at + 2
                    count += 2
    breaks[count] = high
    return count, gaps, single


@step
def _lines(points, low, signs, breaks, many, start, end, number, indent):
    """Write the start, end, number and indentation of each line with ink; return how many there are."""
    lines, line_start = 0, low
    for place in range(many + 1):
        first, last = line_start, breaks[place]
        while first < last and signs[points[first]] & WHITE:
            first += 1
        if first < last:
            while signs[points[last - 1]] & WHITE:
                last -= 1
            start[lines], end[lines], number[lines], indent[lines] = first, last, place, first - line_start
            lines += 1
        line_start = breaks[place] + 1
    return lines


@maker
def _wrapped(points, signs, lines, start, end, number, indent, sentences, goes_on):
    """Write for each line whether it continues the paragraph of the line before it."""
    full = np.zeros(lines, dtype=np.int64)  # what the line before would have been with this line's first word
    near = np.zeros(lines, dtype=np.bool_)
    wide, ends = 0, 0
    for line in range(lines):
        goes_on[line] = False
        wide += end[line] - start[line] > WIDEST
        if line == 0:
            continue
        sign = signs[points[start[line]]]
        length = end[line - 1] - start[line - 1]
        full[line] = length + 1 + (1 if sign & SINGLE_WORD else _word_length(points, signs, start[line]))
        near[line] = number[line] == number[line - 1] + 1 and not sign & ITEM and indent[line] <= indent[line - 1]
        ends += near[line] and full[line] > NARROWEST_COLUMN
    width, narrowest = 0, NARROWEST_COLUMN
    if ends >= MANY and sentences >= max(INSIDE * ends, 1):
        width = _width(points, signs, lines, start, end, full, near, NARROWEST_COLUMN, NARROWEST - 1)
    if not width and wide <= LONG * lines:
        narrowest = NARROWEST
        width = _width(points, signs, lines, start, end, full, near, NARROWEST, WIDEST)
    for line in range(1, lines):
        if width and near[line] and full[line] > narrowest:
            goes_on[line] = full[line] + (0 if near[line - 1] else INDENT) > width
            goes_on[line] |= narrowest == NARROWEST_COLUMN and signs[points[start[line]]] & LOWER != 0


@step
def _word_length(points, signs, start):
    """Return how many characters follow before white space, at most WIDEST; a divider follows every text."""
    length = 0
    while length < WIDEST and not signs[points[start + length]] & WHITE:
        length += 1
    return length


@maker
def _width(points, signs, lines, start, end, full, near, narrowest, widest):
    """Return the width that most line ends allow, the narrowest of equals; 0 where the text is not wrapped."""
    lower, caseless, rows = 0, 0, 0
    allows = np.zeros(widest + 3, dtype=np.int64)  # how many more line ends allow a width than the one before
    for line in range(1, lines):
        if near[line] and full[line] > narrowest:
            sign = signs[points[start[line]]]
            rows += 1
            lower += (sign & LOWER) != 0
            caseless += (sign & CASELESS) != 0
            least, most = max(end[line - 1] - start[line - 1], narrowest), min(full[line], widest + 1)
            if least < most:
                allows[least] += 1
                allows[most] -= 1
    width, most, here = 0, 0, 0
    for at in range(narrowest, widest + 1):
        here += allows[at]
        if here > most:
            width, most = at, here
    if narrowest == NARROWEST_COLUMN:
        prose = most >= MANY and lower >= IN_COLUMN * rows
    else:
        prose = most >= ENOUGH and lower >= CONTINUES * rows
        prose |= most >= MANY and most >= CASELESS_FITS * rows and caseless * 2 >= rows
    return width if most >= FITS * rows and prose else 0
