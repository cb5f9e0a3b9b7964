"""The words of each block: phrases of the lexicon, flags, and the key that `repeats` counts it by."""

import numpy as np

from ...compiling.intrinsics import prefetch
from ...compiling.load import kernel, maker, step
from ...words.kernel import longer, longest_of, may_have, mixed, row_of, rows_of_blocks
from ...words.phrases import ANY_NUMBER, PHRASE_BASE
from ...words.plain import NUMERIC
from ..lexicon import CATEGORIES
from ..wording import CELLS, GRAIN, LEAST

_KINDS = len(CATEGORIES)
_LANES = 32  # bits of a mask of categories
_LENGTH, _LANGUAGE = np.uint32(8), np.uint32(255)


@maker
def find_phrases(hashes, flags, first, table, masks, languages, most):
    """Return (covered, longest, starts, language) of blocks whose words are rows first[i] to first[i + 1]."""
    blocks = len(first) - 1
    covered = np.zeros((blocks, _KINDS), dtype=np.float32)
    longest = np.zeros((blocks, _KINDS), dtype=np.uint8)
    starts = np.zeros((blocks, _KINDS), dtype=np.bool_)
    language = np.zeros((blocks, _KINDS), dtype=np.uint8)
    widest = longest_of(first)
    covers, keys, begins = np.zeros(widest, np.uint32), np.empty(widest, np.uint64), np.empty(widest + 1, np.int64)
    count, met = np.empty(_KINDS, np.int64), np.empty(_LANES, np.uint32)
    for block in range(blocks):
        low, words, opening = first[block], first[block + 1] - first[block], np.uint32(0)
        found = _may_begin(hashes, flags, low, words, table, keys, begins)
        met[:] = 0
        for at in begins[:found]:
            key, length = keys[at], 1
            while True:
                place = row_of(key, table)
                if place < 0:
                    break
                mask = masks[place]
                for word in range(at, at + length):
                    covers[word] |= mask
                _lengthen(met, mask, np.uint32(length), languages[place])
                opening |= mask if at == 0 else np.uint32(0)
                length += 1
                if length > most or at + length > words:
                    break
                key = longer(key, hashes[low + at + length - 1], flags[low + at + length - 1])
                if not may_have(key, table):
                    break
        _share(covers, words, count, covered[block])
        for number in range(_KINDS):
            longest[block, number], language[block, number] = met[number] >> _LENGTH, met[number] & _LANGUAGE
            starts[block, number] = opening >> np.uint32(number) & np.uint32(1)
    return covered, longest, starts, language


@step
def _may_begin(hashes, flags, low, words, table, keys, begins):
    """Write the keys of a block's words, and the places of those that may begin a phrase; return how many may.

    Half of the words do: a branch would be guessed wrong too often.
    """
    for at in range(words):
        keys[at] = longer(np.uint64(0), hashes[low + at], flags[low + at])
    found = 0
    for at in range(words):
        begins[found] = at
        found += may_have(keys[at], table)
    for at in begins[:found]:
        slot = np.int64(keys[at] >> np.uint64(32)) & (len(table.slots) - 1)
        prefetch(table.slots, slot)
        prefetch(table.row, slot)
    return found


@step
def _lengthen(met, mask, length, spoken):
    """Write length and language of a phrase of these categories, where none was longer; a vector of all categories."""
    its, more = length << _LENGTH | np.uint32(spoken) + np.uint32(1), (length + np.uint32(1)) << _LENGTH
    here, limit = np.uint32(its), np.uint32(more)
    for number in range(_LANES):
        before = met[number]
        met[number] = here if mask >> np.uint32(number) & np.uint32(1) != 0 and before < limit else before


@step
def _share(covers, words, count, covered):
    """Write the share of a block's words that each category covers; clear what was used.

    Categories are counted all at once: the binary digits of 32 counts, each in a number of its own.
    """
    count[:] = 0
    ones = twos = fours = eights = np.uint32(0)
    for at in range(words):
        carry = covers[at]
        covers[at] = 0
        ones, carry = ones ^ carry, ones & carry
        twos, carry = twos ^ carry, twos & carry
        fours, carry = fours ^ carry, fours & carry
        eights ^= carry
        if at % 15 == 14 or at == words - 1:  # more do not fit
            for number in range(_KINDS):
                bit = np.uint32(number)
                count[number] += (
                    (ones >> bit & 1) + 2 * (twos >> bit & 1) + 4 * (fours >> bit & 1) + 8 * (eights >> bit & 1)
                )
            ones = twos = fours = eights = np.uint32(0)
    for number in range(_KINDS):
        covered[number] = count[number] / max(words, 1)


@maker
def word_sums(start, end, flags, first, wanted):
    """Return, for each block, the letters of its words and how many of them have each of the wanted flags, int64."""
    sums = np.zeros((len(first) - 1, 1 + len(wanted)), dtype=np.int64)
    for block in range(len(first) - 1):
        for at in range(first[block], first[block + 1]):
            sums[block, 0] += end[at] - start[at]
            for number in range(len(wanted)):
                sums[block, 1 + number] += 1 if flags[at] & wanted[number] else 0
    return sums


@kernel
def words_of_blocks(token_first, token_start, hashes, flags, pages, start, end, first, keys):
    """Write where each block's words start, and its key; see `repeats.block_words`."""
    rows = rows_of_blocks(token_first, token_start, pages, start)
    first[len(start)] = rows[len(start)]
    for block in range(len(start)):
        first[block] = rows[block]
        place, total = np.uint64(0), np.uint64(0)
        for at in range(rows[block], rows[block + 1]):
            total += mixed(_value(hashes[at], flags[at]) + place)
            place += PHRASE_BASE
        keys[block] = total if rows[block] < rows[block + 1] else mixed(np.uint64(end[block] - start[block]))


@maker
def _word_weights(hashes, flags, first, weights):
    """Return the sum of the weights of each block's words and pairs; see `wording.word_weights`."""
    sums = np.zeros((len(first) - 1, weights.shape[1]), dtype=np.int32)
    widest = longest_of(first)
    cells = np.empty(2 * widest, dtype=np.int64)
    for block in range(len(sums)):
        own = sums[block]
        for cell in cells[: _cells(hashes, flags, first[block], first[block + 1], weights, cells)]:
            weight = weights[cell]
            for role in range(len(own)):
                own[role] += weight[role]
    return sums


@step
def _cells(hashes, flags, low, high, weights, cells):
    """Write the cells of a block's words, and of each with its next one; have all their weights fetched at once.

    A pair's is that of `longer`, written out here: called, it made labelling 4 % slower.
    """
    mask, before, count = np.uint64(CELLS - 1), np.uint64(0), 0
    for at in range(low, high):
        value = _value(hashes[at], flags[at])
        if at > low:
            cells[count] = np.int64(mixed(before * PHRASE_BASE + value) & mask) + CELLS
            prefetch(weights, cells[count] * weights.shape[1])
            count += 1
        before = mixed(value)
        cells[count] = np.int64(before & mask)
        prefetch(weights, cells[count] * weights.shape[1])
        count += 1
    return count


@step
def _value(hashed, flags):
    """Return the value of a word, one for all numbers; see `phrases.word_values`."""
    return ANY_NUMBER if flags & NUMERIC else np.uint64(hashed)


@kernel
def wording(hashes, flags, first, weights, intercept):
    """Return how likely each role is by a block's words alone, float32; see `wording.likely`."""
    sums = _word_weights(hashes, flags, first, weights)
    out, odds = np.empty(sums.shape, dtype=np.float32), np.empty(len(intercept), dtype=np.float64)
    for block in range(len(sums)):
        scale = GRAIN * np.sqrt(np.float64(max(2 * (first[block + 1] - first[block]) - 1, 1)))
        best = -np.inf
        for role in range(len(odds)):
            odds[role] = sums[block, role] / scale + intercept[role]
            best = max(best, odds[role])
        total = 0.0
        for role in range(len(odds)):
            odds[role] = np.exp(odds[role] - best)
            total += odds[role]
        for role in range(len(odds)):
            out[block, role] = np.rint(np.log2(odds[role] / total + LEAST) * 64) / 64
    return out
