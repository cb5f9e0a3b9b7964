"""The keys of encoded texts, or of their words, compiled: a text's words and shingles never leave the cache."""

import numpy as np

from ...compiling.load import kernel
from ...minhash.kernel import band_keys_of, signatures_of
from ...shingle.kernel import BUCKETS, distinct_of, windows_of
from ...words.kernel import hash_chunk, longest_of, mixed
from .search import word_sum


@kernel
def keys(data, bounds, characters, edges, constants, words, first, exact, bands, sketch_first, sketch):
    """Write the words, the sums of words, the upper halves of the band keys and the sketches, with repeats."""
    classes, folded, powers = characters
    edge, char, other = edges
    size, weight, a, b, band_weight, table, limit = constants
    longest = longest_of(bounds)
    shingle, spread = np.empty(longest // 2 + 2, np.uint32), np.empty(longest // 2 + 2, np.uint32)
    one, at = np.zeros(2, np.int64), np.zeros(2, np.int64)
    slots, key = np.empty((1, len(a)), np.uint32), np.empty((1, len(band_weight)), np.uint64)
    picked = np.uint64(0)
    first[0] = sketch_first[0] = 0
    for text in range(len(bounds) - 1):
        count = hash_chunk(
            data, bounds[text : text + 2], classes, folded, powers, edge, char, other, one, words[first[text] :]
        )
        first[text + 1] = first[text] + count
        mine = words[first[text] : first[text + 1]]
        exact[text] = word_sum(mine, table)
        made = windows_of(one, mine, size, weight, at, shingle)
        signatures_of(at, shingle, a, b, spread, slots)
        band_keys_of(slots, band_weight, key)
        for band in range(len(band_weight)):
            bands[band, text] = key[0, band] >> np.uint64(32)
        for i in range(made):
            sketch[picked] = shingle[i]
            picked += np.uint64(shingle[i] <= limit)
        sketch_first[text + 1] = picked


@kernel
def keys_of_words(first, words, constants, exact, bands, sketch_first, sketch):
    """Write the keys of texts, given their words; see `keys.Keys`."""
    size, weight, a, b, band_weight, table, limit = constants
    longest = longest_of(first)
    shingle, spread, values, other = np.empty((4, longest + 1), np.uint32)
    bucket = np.empty(BUCKETS, np.int32)
    own, at, picked = np.zeros((3, 2), np.int64)
    slots, key = np.empty((1, len(a)), np.uint32), np.empty((1, len(band_weight)), np.uint64)
    sketch_first[0] = 0
    for text in range(len(first) - 1):
        mine = words[first[text] : first[text + 1]]
        own[1] = len(mine)
        exact[text] = np.uint64(0)
        if len(mine):
            exact[text] = max(mixed(word_sum(mine, table) + np.uint64(len(mine))), np.uint64(1))
        windows_of(own, mine, size, weight, at, shingle)
        signatures_of(at, shingle, a, b, spread, slots)
        band_keys_of(slots, band_weight, key)
        bands[text] = key[0]
        distinct_of(at, shingle, limit, values, other, bucket, picked, sketch[sketch_first[text] :])
        sketch_first[text + 1] = sketch_first[text] + picked[1]
