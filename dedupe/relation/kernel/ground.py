"""What the relation of two texts is read from (`prepare.Ground`), compiled, for many texts at once.

The same bytes as those of `prepare.prepare`, in one pass over the characters between words.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ...compiling.load import kernel, step
from ...words import ALL_CAPITALS, CAPITAL, NUMERIC, SINGLE, STEM, Tokens, character_table, joined_points, row_chunks
from ...words.kernel import mixed, stem_of
from ..prepare import (
    ALONE,
    CAPITALS,
    CASED,
    FUNCTION,
    FUNCTION_WEIGHT,
    HARD_END,
    LONGEST_SENTENCE,
    LOWER,
    MANY_CAPITALS,
    NAME,
    NUMBER,
    QUOTE,
    QUOTED,
    RARE_WEIGHT,
    SCALE,
    STOP,
    WHITE,
    Ground,
    character_classes,
)

_NEWLINE, _APOSTROPHE, _GRAVE = 10, 39, 96


def prepare(texts: Sequence[str], tokens: Tokens, weight: NDArray[np.float32]) -> Ground:
    """Return the ground of some texts as `prepare.prepare` does, some megabytes of text at a time."""
    words = len(tokens.hash)
    columns = (
        np.zeros(words, np.uint32),
        np.zeros(words, np.int32),
        np.zeros(words, np.int32),
        np.zeros(words, np.uint8),
    )
    classes, folded = character_classes(), character_table()[1]

    for low, high in row_chunks(texts):
        here = slice(tokens.first[low], tokens.first[high])
        own = tokens.part(low, high)
        points, origin = joined_points(texts[low:high])
        out = [column[here] for column in columns]
        columns_of = (own.first, own.hash, own.start, own.end, own.flags)
        _fill(points, origin, *columns_of, weight[here], classes, folded, *out)
    term, steps, sentence, kind = columns
    return Ground(tokens.first, tokens.hash, term, steps, sentence, kind)


# Functions called for each word take numbers: to hand over an array costs as much as such a function's own work.


@kernel
def _fill(points, origin, first, word, start, end, flags, weight, classes, folded, term, steps, sentence, kind):
    """Write the columns."""
    for text in range(len(first) - 1):
        low, high = first[text], first[text + 1]
        here = slice(low, high)
        _places(points, origin[text], start[here], end[here], flags[here], classes, sentence[here], kind[here])
        _terms(points, origin[text], word[here], start[here], end[here], flags[here], folded, term[here])
        _weights(weight[here], start[here], end[here], flags[here], steps[here], kind[here])


@step
def _places(points, origin, start, end, flags, classes, sentence, kind):
    """Number the sentences of a text, and mark words in speech, with a capital, or of a script with case."""
    place, odd, number, since = origin, 0, 0, 0
    for i in range(len(start)):
        begin, seen = origin + start[i], 0
        for at in range(place, begin):
            sign = points[at]
            bits = classes[sign]
            twice = sign in (_APOSTROPHE, _GRAVE) and points[at + 1] == sign
            if twice and (at == 0 or points[at - 1] != sign):
                bits |= QUOTE
            seen |= bits
            if sign == _NEWLINE:
                odd = 0
            elif bits & QUOTE:
                odd ^= 1
        place, lower, size = origin + end[i], classes[points[begin]] & LOWER, end[i] - start[i]
        opens = (
            i == 0
            or (not lower and _ends(seen, end[i - 1] - start[i - 1], flags[i - 1], flags[i]))
            or (seen & HARD_END != 0)
        )
        since = 0 if opens else since + 1
        number += i > 0 and since % LONGEST_SENTENCE == 0
        sentence[i] = number
        bits = QUOTED if odd else 0
        if flags[i] & CAPITAL:
            bits |= CASED
            if size > 1 and not opens and not seen & QUOTE:
                bits |= NAME
        elif lower:
            bits |= CASED
        kind[i] = bits | (NUMBER if flags[i] & NUMERIC else 0) | (ALONE if flags[i] & SINGLE else 0)


@step
def _ends(seen, size, flags, following):
    """Return whether a full stop ends a sentence after a word; `seen`: what stands between it and the next one."""
    if not seen & STOP or not (seen & WHITE or flags & SINGLE):
        return False
    if size == 1 and not flags & (SINGLE | NUMERIC):
        return False  # an initial
    short = flags & CAPITAL and size <= 3 and not flags & (ALL_CAPITALS | NUMERIC)
    return not (short and following & CAPITAL)  # Mr. Gov.


@step
def _terms(points, origin, word, start, end, flags, folded, term):
    """Hash the stem of each word, or two neighbours of a script without spaces."""
    for i in range(len(word)):
        if i + 1 < len(word) and _joins(flags[i], flags[i + 1], start[i + 1] - end[i]):
            term[i] = np.uint32(mixed(np.uint64(word[i]) << np.uint64(32) | np.uint64(word[i + 1])) >> np.uint64(32))
        else:
            term[i] = stem_of(points, origin + start[i], origin + end[i], flags[i], folded, word[i], STEM)


@step
def _joins(flags, following, between):
    return flags & following & SINGLE != 0 and between == 0


@step
def _weights(weight, start, end, flags, steps, kind):
    """Weigh the words, and leave NAME on what names something, see `prepare._names`."""
    words = max(len(weight), 1)
    capitals = cased = 0
    for i in range(len(weight)):
        capitals += kind[i] & NAME != 0
        cased += kind[i] & CASED != 0
    much = min(max((capitals / words - CAPITALS) / (MANY_CAPITALS - CAPITALS), 0.0), 1.0)
    least = FUNCTION_WEIGHT + much * (RARE_WEIGHT - FUNCTION_WEIGHT)
    for i in range(len(weight)):
        heavy = np.float64(weight[i])
        if i + 1 < len(weight) and _joins(flags[i], flags[i + 1], start[i + 1] - end[i]):
            heavy = (heavy + np.float64(weight[i + 1])) / 2
        function = heavy < FUNCTION_WEIGHT and not kind[i] & NUMBER
        rare = heavy >= RARE_WEIGHT and not kind[i] & NUMBER
        named = rare if cased / words < 0.5 else kind[i] & NAME != 0 and heavy >= least
        steps[i] = 0 if function else np.int32(np.rint(min(max(heavy, 0.0), 16.0) * SCALE))
        kind[i] = kind[i] & ~np.uint8(NAME) | (NAME if named else 0) | (FUNCTION if function else 0)
