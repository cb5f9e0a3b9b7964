"""The loops that find and hash words in UTF-8, compiled: the same columns as the plain version, some 50 times as fast.

A word is found by its edges, of 64 bytes at a time where they are ASCII; its hash then reads eight bytes at a time.
Words with other characters are decoded one by one.
"""

from __future__ import annotations

import numpy as np

from .intrinsics import classify, load, lowest, many
from .load import kernel, maker, step
from .phrases import ANY_NUMBER, FILTER, PHRASE_BASE
from .plain import _LONGEST, ALL_CAPITALS, ALONE, CAPITAL, DIGIT, DIVIDER, LETTER, MARK, NUMERIC, SINGLE, UPPER

_ALL = np.uint64(0xFFFFFFFFFFFFFFFF)
_LETTER_BIT = np.uint64(0x4040404040404040)  # set in ASCII letters, not in digits
_ONE, _BYTE = np.uint64(1), np.uint64(0xFF)
_FIRST, _SECOND = (  # of the first and the second eight bytes of a word of so many bytes, those that belong to it
    np.array([(1 << 8 * min(max(size - before, 0), 8)) - 1 for size in range(17)], dtype=np.uint64) for before in (0, 8)
)
_AT_ONCE = 256  # words: first a pass that reads them, then one that the compiler makes vectors of
_MIX_1, _MIX_2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


@step
def _decode(data, place, stop):
    """Return (code point, bytes) of the UTF-8 character at a place."""
    lead = np.int64(data[place])
    if lead < 0x80:
        return lead, 1
    if lead < 0xE0:
        size, point = 2, lead & 0x1F
    elif lead < 0xF0:
        size, point = 3, lead & 0x0F
    else:
        size, point = 4, lead & 0x07
    for i in range(1, min(size, stop - place)):
        point = point << 6 | np.int64(data[place + i]) & 0x3F
    return min(point, 0x10FFFF), size


@step
def _ascii_edges(data, low, high, edge):
    """Write where words of an ASCII text start and end, in turns; return how many edges there are, -1 if it is not."""
    count, carry = 0, np.uint64(0)
    for place in range(low, high, 64):
        word, foreign = classify(data, place)
        if high - place < 64:
            inside = (_ONE << np.uint64(high - place)) - _ONE
            word, foreign = word & inside, foreign & inside
        if foreign != 0:
            return -1
        turns = word ^ (word << _ONE | carry)
        carry = word >> np.uint64(63)
        edges = count + many(turns)
        while count < edges:  # four at a time, some of them for nothing: how often is easier to foresee
            for k in range(4):
                edge[count + k] = place - low + lowest(turns)
                turns &= turns - _ONE
            count += 4
        count = edges
    if count & 1:
        edge[count] = high - low
        count += 1
    return count


@step
def _edges(data, low, high, classes, edge, char, other):
    """Write where words start and end, in bytes and in characters; mark the words that are not ASCII.

    A state is 0 between words, 1 in a word, 2 in a character that is a word of its own. Where 64 bytes are ASCII they
    are taken at once, as above.
    """
    count, state, extra = 0, 0, 0
    i = low
    while i < high:
        word, foreign = classify(data, i)
        if foreign == 0 and high - i >= 64 and state < 2:
            turns = word ^ (word << _ONE | np.uint64(state))
            while turns != 0:
                edge[count] = i - low + lowest(turns)
                char[count] = edge[count] - extra
                other[count] = 0
                turns &= turns - _ONE
                count += 1
            state = 1 if word >> np.uint64(63) else 0
            i += 64
            continue
        stop = min(i + 64, high)
        while i < stop:
            point, size = _decode(data, i, high)
            kind = classes[point] & 7
            fresh = kind != MARK
            now = state
            if fresh:
                now = 0 if kind == DIVIDER else 2 if kind == ALONE else 1
            cut = fresh and now != 0 and (now == 2 or state == 2)
            if state != 0 and (now == 0 or cut):
                edge[count], char[count] = i - low, i - low - extra
                count += 1
            if now != 0 and (state == 0 or cut):
                edge[count], char[count], other[count] = i - low, i - low - extra, 0
                count += 1
            if now != 0 and size > 1:
                other[count - 1] = 1
            state = now
            i += size
            extra += size - 1
    if state != 0:
        edge[count], char[count] = high - low, high - low - extra
        count += 1
    return count


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
        point, size = _decode(data, i, stop)
        kind = classes[point]
        upper = 1 if kind & UPPER else 0
        if i == start:
            flags = CAPITAL if upper else 0
            flags |= NUMERIC if kind & 7 == DIGIT else SINGLE if kind & 7 == ALONE else 0
        letters += 1 if kind & 7 == LETTER else 0
        capitals += upper
        fold = np.int64(folded[point])
        width = 1 if fold < 0x80 else 2 if fold < 0x800 else 3 if fold < 0x10000 else 4
        for j in range(width):
            if width == 1:
                byte = fold
            elif j == 0:
                byte = (0xF00 >> width) & 0xFF | fold >> 6 * (width - 1)
            else:
                byte = 0x80 | (fold >> 6 * (width - 1 - j)) & 0x3F
            block |= np.uint64(byte) << np.uint64(8 * filled)
            filled += 1
            if filled == 8:
                total += block * powers[number & (_LONGEST - 1)]
                block, filled, number = np.uint64(0), 0, number + 1
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
        words = _ascii_edges(data, low, high, edge) >> 1
        if words >= 0:
            _ascii_hashes(data, low, edge, words, powers, hashes[count:])
        else:
            words = _edges(data, low, high, classes, edge, char, other) >> 1
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
        words = _ascii_edges(data, low, high, edge) >> 1
        if words >= 0:
            _ascii_hashes(data, low, edge, words, powers, hashes[count:])
            _ascii_kinds(data, low, edge, words, flags[count:])
            for k in range(words):
                start[count + k], end[count + k] = edge[2 * k], edge[2 * k + 1]
        else:
            words = _edges(data, low, high, classes, edge, char, other) >> 1
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


@step
def place_of(key, table):
    """Return the row of a phrase's key in a `phrases.Table`, -1 where it has none."""
    return row_of(key, table) if may_have(key, table) else np.int64(-1)


@step
def may_have(key, table):
    """Return whether a table may have a key, told by its low bits: of keys that it lacks one in twenty."""
    low = key & np.uint64(FILTER - 1)
    return table.often[low >> np.uint64(3)] >> np.uint8(low & np.uint64(7)) & 1 != 0


@step
def row_of(key, table):
    """Return what `place_of` does, of a key that the table may have."""
    last = np.uint64(len(table.slots) - 1)
    slot = (key >> np.uint64(32)) & last
    while table.slots[slot] != key and table.slots[slot] != 0:
        slot = (slot + np.uint64(1)) & last
    return np.int64(table.row[slot])


@step
def longer(key, hashed, flags):
    """Return the key of a phrase with one more word, as `phrases.extend` does."""
    return mixed(key * PHRASE_BASE + (ANY_NUMBER if flags & NUMERIC else np.uint64(hashed)))


@kernel
def rows_of_blocks(token_first, token_start, blocks_first, start):
    """Return int64[m + 1]: where each block's words start; see `blocks.block_tokens`."""
    out = np.empty(len(start) + 1, dtype=np.int64)
    out[len(start)] = len(token_start)
    for page in range(len(blocks_first) - 1):
        low = token_first[page]
        for block in range(blocks_first[page], blocks_first[page + 1]):
            high = token_first[page + 1]
            while low < high:
                middle = (low + high) >> 1
                if token_start[middle] < start[block]:
                    low = middle + 1
                else:
                    high = middle
            out[block] = low
    return out


@kernel
def words_of_blocks(hashes, start, end, flags, low, bounds, moved, columns):
    """Write hash, start, end and flags of the words of blocks to four columns; see `blocks.words_of`."""
    for block in range(len(low)):
        for place in range(bounds[block], bounds[block + 1]):
            word = low[block] + place - bounds[block]
            columns[0][place], columns[3][place] = hashes[word], flags[word]
            columns[1][place], columns[2][place] = start[word] + moved[block], end[word] + moved[block]


@kernel
def told(first, hashes, text_first, text_hashes):
    """Return for each word whether the text of its row has it: a table of the words, then one pass over the text."""
    found = np.zeros(len(hashes), dtype=np.bool_)
    longest = 0
    for row in range(len(first) - 1):
        longest = max(longest, first[row + 1] - first[row])
    slots = np.full(table_size(longest), -1, dtype=np.int64)
    for row in range(len(first) - 1):
        low, high = first[row], first[row + 1]
        last = table_size(high - low) - 1
        slots[: last + 1] = -1
        maybe = np.uint64(0)  # a bit for each word: most words of a text are told not to be one without a look
        for word in range(low, high):
            slots[_slot_of(hashes[word], hashes, slots, last)] = word
            maybe |= _bit_of(hashes[word])
        for word in range(text_first[row], text_first[row + 1]):
            if maybe & _bit_of(text_hashes[word]):
                known = slots[_slot_of(text_hashes[word], hashes, slots, last)]
                if known >= 0:
                    found[known] = True
        for word in range(low, high):  # the others of equal words
            found[word] = found[slots[_slot_of(hashes[word], hashes, slots, last)]]
    return found


@step
def table_size(count):
    """Return a power of two that is at least twice as many."""
    size = 8
    while size < 2 * count:
        size *= 2
    return size


@step
def _bit_of(hashed):
    """Return one of 64 bits for a word, told by the upper bits of its hash."""
    return _ONE << np.uint64(hashed >> np.uint32(26))


@step
def _slot_of(hashed, hashes, slots, last):
    """Return the slot of a word in a table of rows of hashes, where it is or would be."""
    slot = np.int64((hashed * np.uint32(0x9E3779B1)) >> np.uint32(7)) & last
    while slots[slot] >= 0 and hashes[slots[slot]] != hashed:
        slot = (slot + 1) & last
    return slot
