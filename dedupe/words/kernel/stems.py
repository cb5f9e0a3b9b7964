"""The stems of words, compiled: the same as in `stems`."""

import numpy as np

from ...compiling.load import kernel, step
from ..plain import NOTHING, NUMERIC, SPREAD
from ..stems import (
    _ALEF,
    _AT_MOST,
    _BEFORE,
    _HANGUL,
    _HEBREW,
    _HEBREW_BEFORE,
    _LAM,
    _LEFT,
    _SYLLABLES,
    _WAW,
    ENDINGS,
    STEM,
)
from .hash import mixed
from .utf8 import encode

_BASE = np.uint64(SPREAD)  # of the hash of words
_PREFIXES = tuple(_BEFORE)


@kernel
def stem_words(points, origin, first, start, end, flags, folded, found, root):
    """Write the hash of each word's stem in the place of that of the word, which stays where it is its own."""
    for text in range(len(first) - 1):
        for i in range(first[text], first[text + 1]):
            low, high = origin[text] + start[i], origin[text] + end[i]
            found[i] = stem_of(points, low, high, flags[i], folded, found[i], root)


@step
def stem_of(points, start, end, flags, folded, word, root):
    """Return the hash of the stem of a word points[start:end], given the word's; `root` as in `stems.stems`."""
    if flags & NUMERIC:
        return word
    at, stop = start, end
    if points[start] >= _HEBREW[0]:
        at += _prefixed(points, start, end, folded)
        if _HANGUL[0] <= points[at] < _HANGUL[1]:
            stop = min(end, at + _SYLLABLES)
    if root < STEM:
        stop = _ending(points, at, stop, folded, root)
    cut = _stem_hash(points, at, stop, folded) if stop - at > STEM or stop - at < end - start else word
    return cut if cut > 0 else word  # of a letter with its signs they alone may be left


@step
def _prefixed(points, start, end, folded):
    """Return what `stems.prefixed` does, of one word."""
    size = 0
    if _HEBREW[0] <= points[start] < _HEBREW[1]:
        while size < _AT_MOST and points[start + size] in _HEBREW_BEFORE and end - start - size > _LEFT + 1:
            size += 1
    elif folded[points[start]] == _WAW and end - start > _LEFT + 1:
        size = 1
    article, left = 0, end - start - size
    if left >= _LEFT + 2:
        at = start + size
        one, two, three = folded[points[at]], folded[points[at + 1]], folded[points[at + 2]]
        if one in (_ALEF, _LAM) and two == _LAM:
            article = 2
        elif left >= _LEFT + 3 and one in _PREFIXES and two == _ALEF and three == _LAM:
            article = 3
    size += article
    return size + (article > 0 and folded[points[start + size]] == _WAW and end - start - size > _LEFT + 1)


@step
def _ending(points, at, stop, folded, root):
    """Return where a stem has its ending, `stop` if it has none."""
    taken, last = 0, at
    while at < stop and taken < STEM:
        if folded[points[at]] != NOTHING:
            taken, last = taken + 1, at
        at += 1
    sign = folded[points[last]]
    return last if taken > root and sign < len(ENDINGS) and ENDINGS[sign] else stop


@step
def _stem_hash(points, at, stop, folded):
    """Return the hash of the first letters of a word: that of `plain.hash_words`, eight bytes of UTF-8 at a time."""
    total, block, power, filled, taken = np.uint64(0), np.uint64(0), np.uint64(1), 0, 0
    while at < stop and taken < STEM:
        sign = folded[points[at]]
        at += 1
        if sign != NOTHING:
            written, size = encode(sign)
            taken += 1
            block |= np.uint64(written) << np.uint64(8 * filled)
            filled += size
            if filled >= 8:
                total += block * power
                power, filled = power * _BASE, filled - 8
                block = np.uint64(written) >> np.uint64(8 * (size - filled))
    return np.uint32(mixed(total + block * power) >> np.uint64(32))
