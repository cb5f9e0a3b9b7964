"""The words of texts with their hashes, places and flags, compiled: eight bytes of a word at a time.

Words with other characters than ASCII are decoded one by one.
"""

import numpy as np

from ...compiling.intrinsics import load
from ...compiling.load import kernel, maker, step
from ..plain import (
    _LONGEST,
    ALL_CAPITALS,
    ALONE,
    CAPITAL,
    CLASS,
    DIGIT,
    IDEOGRAPH,
    LETTER,
    NOTHING,
    NUMERIC,
    SINGLE,
    UPPER,
)
from .edges import all_edges, ascii_edges
from .utf8 import decode, encode

_ALL = np.uint64(0xFFFFFFFFFFFFFFFF)
_LETTER_BIT = np.uint64(0x4040404040404040)  # set in ASCII letters, not in digits
_ONE, _BYTE = np.uint64(1), np.uint64(0xFF)
_FIRST, _SECOND = (  # of the first and the second eight bytes of a word of so many bytes, those that belong to it
    np.array([(1 << 8 * min(max(size - before, 0), 8)) - 1 for size in range(17)], dtype=np.uint64) for before in (0, 8)
)
_AT_ONCE = 256  # words: first a pass that reads them, then one that the compiler makes vectors of
_MIX_1, _MIX_2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


@step
def mixed(value):
    """Return a uint64 with every bit spread over all others, as `plain.mix` does."""
    value = (value ^ (value >> np.uint64(30))) * _MIX_1
    value = (value ^ (value >> np.uint64(27))) * _MIX_2
    return value ^ (value >> np.uint64(31))


@step
def _upper_half(value):
    return np.uint32(mixed(value) >> np.uint64(32))


@step
def _block(data, place, size):
    """Return the next eight bytes of a word of which `size` > 0 are left, zeros after them."""
    return load(data, place) & (_ALL >> (np.uint64(64) - np.uint64(8) * np.uint64(min(size, 8))))


@step
def _small(block):
    """Return a block of ASCII letters and digits in small letters; the zeros after them stay."""
    return block | (block & _LETTER_BIT) >> _ONE


@step
def _ascii_word(data, start, size, powers):
    """Return the sum of blocks of an ASCII word."""
    total = _small(_block(data, start, size))
    place, number = 8, 1
    while place < size:
        total += _small(_block(data, start + place, size - place)) * powers[number & (_LONGEST - 1)]
        place, number = place + 8, number + 1
    return total


@step
def _ascii_flags(data, start, size):
    """Return the flags of an ASCII word: a letter is small where the bits 0x40 and 0x20 are both set."""
    block = _block(data, start, size)
    letters = block & _LETTER_BIT
    small = letters & block << _ONE
    several = letters & (letters - _ONE)
    place = 8
    while place < size:
        block = _block(data, start + place, size - place)
        here = block & _LETTER_BIT
        small |= here & block << _ONE
        several |= here & (here - _ONE)
        if letters != 0:
            several |= here
        letters |= here
        place += 8
    lead = data[start]
    flags = NUMERIC if lead < 0x40 else CAPITAL if lead < 0x60 else 0
    return flags | (ALL_CAPITALS if several != 0 and small == 0 else 0)


@step
def _other_word(data, start, stop, classes, folded, powers):
    """Return (sum of blocks, flags) of a word that is not all ASCII: each character folded, and its UTF-8 summed."""
    total, block, filled, number = np.uint64(0), np.uint64(0), 0, 0
    letters, capitals, flags = 0, 0, 0
    i = start
    while i < stop:
        point, size = decode(data, i, stop)
        kind = classes[point]
        upper = 1 if kind & UPPER else 0
        if i == start:
            flags = CAPITAL if upper else 0
            flags |= NUMERIC if kind & CLASS == DIGIT else SINGLE if kind & CLASS == ALONE else 0
            flags |= kind & IDEOGRAPH
        letters += 1 if kind & CLASS == LETTER else 0
        capitals += upper
        fold = np.int64(folded[point])
        if fold != NOTHING:
            written, width = encode(fold)
            block |= np.uint64(written) << np.uint64(8 * filled)
            filled += width
            if filled >= 8:
                total += block * powers[number & (_LONGEST - 1)]
                filled, number = filled - 8, number + 1
                block = np.uint64(written) >> np.uint64(8 * (width - filled))
        i += size
    total += block * powers[number & (_LONGEST - 1)]
    if capitals >= 2 and capitals == letters:
        flags |= ALL_CAPITALS
    return total, flags


@maker
def _ascii_hashes(data, low, edge, words, powers, hashes):
    """Write the hashes of the words of an ASCII text: two blocks of each are read, whether it has them or not."""
    total, second = np.empty(_AT_ONCE, np.uint64), powers[1]
    for done in range(0, words, _AT_ONCE):
        here, its, out, longest = min(_AT_ONCE, words - done), edge[2 * done :], hashes[done:], 0
        for k in range(here):
            start = its[2 * k]
            size = its[2 * k + 1] - start
            known = min(size, 16)
            one, two = load(data, low + start) & _FIRST[known], load(data, low + start + 8) & _SECOND[known]
            total[k] = _small(one) + _small(two) * second
            longest = max(longest, size)
        for k in range(here if longest > 16 else 0):
            start = its[2 * k]
            size = its[2 * k + 1] - start
            if size > 16:
                total[k] = _ascii_word(data, low + start, size, powers)
        for k in range(here):
            out[k] = _upper_half(total[k])


@step
def _ascii_kinds(data, low, edge, words, flags):
    """Write the flags of the words of an ASCII text, as `_ascii_flags` has them, of two blocks of each."""
    longest = 0
    for k in range(words):
        start = edge[2 * k]
        size = edge[2 * k + 1] - start
        known = min(size, 16)
        one, two = load(data, low + start) & _FIRST[known], load(data, low + start + 8) & _SECOND[known]
        here, there = one & _LETTER_BIT, two & _LETTER_BIT
        small = here & one << _ONE | there & two << _ONE
        several = here & (here - _ONE) | there & (there - _ONE) | (here if there != 0 else np.uint64(0))
        lead = one & _BYTE
        capital = CAPITAL if lead < 0x60 else 0
        flags[k] = (NUMERIC if lead < 0x40 else capital) | (ALL_CAPITALS if several != 0 and small == 0 else 0)
        longest = max(longest, size)
    for k in range(words if longest > 16 else 0):
        if edge[2 * k + 1] - edge[2 * k] > 16:
            flags[k] = _ascii_flags(data, low + edge[2 * k], edge[2 * k + 1] - edge[2 * k])


@kernel
def hash_chunk(data, bounds, classes, folded, powers, edge, char, other, first, hashes):
    """Write the hashes of the words of the texts data[bounds[i] : bounds[i + 1]], and where each text's start."""
    first[0] = 0
    for text in range(len(bounds) - 1):
        low, high, count = bounds[text], bounds[text + 1], first[text]
        words = ascii_edges(data, low, high, edge) >> 1
        if words >= 0:
            _ascii_hashes(data, low, edge, words, powers, hashes[count:])
        else:
            words = all_edges(data, low, high, classes, edge, char, other) >> 1
            for k in range(words):
                start, stop = low + edge[2 * k], low + edge[2 * k + 1]
                if other[2 * k]:
                    total, _ = _other_word(data, start, stop, classes, folded, powers)
                else:
                    total = _ascii_word(data, start, stop - start, powers)
                hashes[count + k] = _upper_half(total)
        first[text + 1] = count + words
    return first[-1]


@kernel
def token_chunk(data, bounds, classes, folded, powers, edge, char, other, first, hashes, start, end, flags):
    """Write what `hash_chunk` writes, and each word's place in its text and its flags."""
    first[0] = 0
    for text in range(len(bounds) - 1):
        low, high, count = bounds[text], bounds[text + 1], first[text]
        words = ascii_edges(data, low, high, edge) >> 1
        if words >= 0:
            _ascii_hashes(data, low, edge, words, powers, hashes[count:])
            _ascii_kinds(data, low, edge, words, flags[count:])
            for k in range(words):
                start[count + k], end[count + k] = edge[2 * k], edge[2 * k + 1]
        else:
            words = all_edges(data, low, high, classes, edge, char, other) >> 1
            for k in range(words):
                begin, size = low + edge[2 * k], edge[2 * k + 1] - edge[2 * k]
                if other[2 * k]:
                    total, flag = _other_word(data, begin, begin + size, classes, folded, powers)
                else:
                    total, flag = _ascii_word(data, begin, size, powers), _ascii_flags(data, begin, size)
                hashes[count + k], flags[count + k] = _upper_half(total), flag
                start[count + k], end[count + k] = char[2 * k], char[2 * k + 1]
        first[text + 1] = count + words
    return first[-1]
