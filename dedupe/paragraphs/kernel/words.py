"""The words of each block: phrases of the lexicon, flags, and the sum that `repeats` makes a key of."""

from __future__ import annotations

import numpy as np

from ...words.intrinsics import lowest
from ...words.kernel import longer, mixed, place_of
from ...words.load import kernel, step
from ...words.plain import NUMERIC
from ..lexicon import CATEGORIES
from ..repeats import BASE, NUMBER
from ..wording import BASE as PAIR_BASE
from ..wording import CELLS

_KINDS = len(CATEGORIES)


@kernel
def find_phrases(hashes, flags, first, table, masks, languages, most):
    """Return (covered, longest, starts, language) of blocks whose words are rows first[i] to first[i + 1]."""
    blocks = len(first) - 1
    covered = np.zeros((blocks, _KINDS), dtype=np.float32)
    longest = np.zeros((blocks, _KINDS), dtype=np.uint8)
    starts = np.zeros((blocks, _KINDS), dtype=np.bool_)
    language = np.zeros((blocks, _KINDS), dtype=np.uint8)
    widest = 0
    for block in range(blocks):
        widest = max(widest, first[block + 1] - first[block])
    covers = np.zeros(widest, dtype=np.uint32)
    count = np.zeros(_KINDS, dtype=np.int64)
    for block in range(blocks):
        low, high = first[block], first[block + 1]
        for at in range(low, high):
            key = np.uint64(0)
            for length in range(1, min(most, high - at) + 1):
                key = longer(key, hashes[at + length - 1], flags[at + length - 1])
                place = place_of(key, table)
                if place < 0:
                    break
                mask = masks[place]
                if mask == 0:
                    continue
                for word in range(at - low, at - low + length):
                    covers[word] |= mask
                while mask != 0:
                    number = lowest(np.uint64(mask))
                    mask &= mask - np.uint32(1)
                    if length >= longest[block, number]:
                        longest[block, number] = length
                        language[block, number] = languages[place] + 1
                    if at == low:
                        starts[block, number] = True
        _share(covers, high - low, count, covered[block])
    return covered, longest, starts, language


@step
def _share(covers, words, count, covered):
    """Write the share of a block's words that each category covers; clear what was used."""
    count[:] = 0
    for at in range(words):
        mask = covers[at]
        covers[at] = 0
        while mask != 0:
            count[lowest(np.uint64(mask))] += 1
            mask &= mask - np.uint32(1)
    for number in range(_KINDS):
        covered[number] = count[number] / max(words, 1)


@kernel
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
def key_sums(hashes, flags, first):
    """Return the sum of each block's words, each mixed with its place, uint64 of shape (m,)."""
    out = np.zeros(len(first) - 1, dtype=np.uint64)
    for block in range(len(first) - 1):
        place, total = np.uint64(0), np.uint64(0)
        for at in range(first[block], first[block + 1]):
            value = NUMBER if flags[at] & NUMERIC else np.uint64(hashes[at])
            total += mixed(value + place)
            place += BASE
        out[block] = total
    return out


@kernel
def word_weights(values, first, weights):
    """Return the sum of the weights of each block's words and pairs; see `wording.word_weights`."""
    sums = np.zeros((len(first) - 1, weights.shape[1]), dtype=np.int32)
    mask = np.uint64(CELLS - 1)
    for block in range(len(first) - 1):
        own = sums[block]
        for at in range(first[block], first[block + 1]):
            word = mixed(values[at])
            weight = weights[np.int64(word & mask)]
            for role in range(len(own)):
                own[role] += weight[role]
            if at + 1 < first[block + 1]:
                weight = weights[np.int64(mixed(word * PAIR_BASE + values[at + 1]) & mask) + CELLS]
                for role in range(len(own)):
                    own[role] += weight[role]
    return sums
