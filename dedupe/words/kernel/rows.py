"""Words looked up by their hashes and places, compiled: in a table of phrases, in blocks of a page, in another text."""

import numpy as np

from ...compiling.load import kernel, step
from ..phrases import ANY_NUMBER, FILTER, PHRASE_BASE
from ..plain import CAPITAL, NUMERIC, SLOT_SHIFT
from .hash import mixed

_ONE = np.uint64(1)


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
def bounds_of_blocks(first, kept, bounds):
    """Write where the words of each kept block start, given where those of all blocks do."""
    bounds[0] = 0
    for i in range(len(kept)):
        bounds[i + 1] = bounds[i] + first[kept[i] + 1] - first[kept[i]]


@kernel
def words_of_blocks(hashes, start, end, flags, first, kept, bounds, moved, columns):
    """Write hash, start, end and flags of the words of kept blocks to four columns; see `blocks.words_of`.

    `bounds`: where those of each block are written.
    """
    for block in range(len(kept)):  # of rows that are sliced, since a place that is a sum may count from the end
        low, high, by = first[kept[block]], first[kept[block] + 1], moved[block]
        there, to = bounds[block], bounds[block] + high - low
        _copy(hashes[low:high], 0, columns[0][there:to])
        _copy(start[low:high], by, columns[1][there:to])
        _copy(end[low:high], by, columns[2][there:to])
        _copy(flags[low:high], 0, columns[3][there:to])


@step
def _copy(numbers, by, out):
    """Write numbers, each larger by one: several at once."""
    for i in range(len(numbers)):
        out[i] = numbers[i] + by


@kernel
def unlisted(first, hashes, flags, listed, count):
    """Write how many words of each text are not listed, and how many of those are in small letters."""
    for row in range(len(first) - 1):
        count[0, row] = count[1, row] = 0
        for word in range(first[row], first[row + 1]):
            if not listed[hashes[word] >> SLOT_SHIFT]:
                count[0, row] += 1
                count[1, row] += flags[word] & (CAPITAL | NUMERIC) == 0


@kernel
def told(first, hashes, text_first, text_hashes, count):
    """Write how many words of each row its text has: a table of the words, then one pass over the text."""
    found = np.zeros(len(hashes), dtype=np.bool_)
    slots = np.full(table_size(longest_of(first)), -1, dtype=np.int64)
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
        count[row] = 0
        for word in range(low, high):
            count[row] += found[slots[_slot_of(hashes[word], hashes, slots, last)]]  # of equal words one was found


@step
def longest_of(first):
    """Return how many rows the longest part has, of those from first[i] to first[i + 1]; 0 where there is none."""
    longest = 0
    for part in range(len(first) - 1):
        longest = max(longest, first[part + 1] - first[part])
    return longest


@step
def table_size(count):
    """Return the slots of a table for so many keys: a power of two, at most half full."""
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
