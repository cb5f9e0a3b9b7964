"""The loops of the search for pairs, compiled: the same values as the plain versions beside them."""

import numpy as np

from ...compiling.intrinsics import prefetch, texts_at, words_at
from ...compiling.load import kernel, step
from ...words import SPREAD
from ..buckets import MANY

_DIGIT = 11  # bits by which values are sorted at a time: their 2,048 buckets stay in the nearest cache
_AHEAD = 16  # pairs whose places in a table are fetched before they are looked at
_ONE, _LOW, _HALF = np.uint64(1), np.uint64(0xFFFFFFFF), np.uint64(32)
_MANY, _COUNT, _ONCE, _PAIR = np.uint64(MANY), np.uint64(4), np.uint64(1 << 60), np.uint64((1 << 60) - 1)


@step
def word_sum(words, table):
    """Return the sum of word i times table[i % 4096] * table[i / 4096], modulo 2**64."""
    total = np.uint64(0)
    for block in range(0, len(words), 4096):
        part, its = np.uint64(0), words[block : block + 4096]
        for i in range(len(its)):
            part += np.uint64(its[i]) * table[i]
        total += part * table[(block >> 12) & 4095]
    return total


@kernel
def repeated(hashes, texts, size, row, place, low, coarse, room):
    """Return hash << 32 | place of the entries whose hash may stand in several of the texts that take part.

    `size[i]` entries belong to the texts from `row[i]` on: uint32 from address hashes[i] on, and uint16 from texts[i]
    on that tell whose they are; `place` is -1 of a text that takes no part. Two bits for each of so many places of the
    hash tell whether it came up, and came up again; most hashes of news are found once and need not be sorted. What is
    kept is decided without a branch, which would be guessed wrong too often.
    """
    packed = np.empty(size.sum() + 1, np.uint64)
    found = 0
    for part in range(len(size)):
        its, whose, own = words_at(hashes[part], size[part]), texts_at(texts[part], size[part]), place[row[part] :]
        for i in range(size[part]):
            owner = own[whose[i]]
            packed[found] = np.uint64(its[i]) << _HALF | np.uint64(owner)
            found += owner >= 0
    once, again = np.zeros(room >> 6, np.uint64), np.zeros(room >> 6, np.uint64)
    least, shift = np.uint64(low), np.uint64(coarse)
    for entry in packed[:found]:
        at = ((entry >> _HALF) - least) >> shift
        bit = np.uint64(1) << (at & np.uint64(63))
        again[at >> np.uint64(6)] |= once[at >> np.uint64(6)] & bit
        once[at >> np.uint64(6)] |= bit
    count = 0
    for i in range(found):
        entry = packed[i]
        at = ((entry >> _HALF) - least) >> shift
        packed[count] = entry
        count += again[at >> np.uint64(6)] >> (at & np.uint64(63)) & np.uint64(1) != 0
    return packed[:count]


@kernel
def sliced(sketch_first, hashes, slices, shift):
    """Return (first, hash, text): the entries of sketches in the order of slice hash >> shift, slice i from first[i].

    The sketch of text i is hashes[sketch_first[i] : sketch_first[i + 1]].
    """
    first, by = np.zeros(slices + 1, np.int64), np.uint64(shift)
    for value in hashes:
        first[(np.uint64(value) >> by) + _ONE] += 1
    for i in range(slices):
        first[i + 1] += first[i]
    place = first[:-1].astype(np.uint64)
    out, texts = np.empty(len(hashes), np.uint32), np.empty(len(hashes), np.uint16)
    for text in range(len(sketch_first) - 1):
        for value in hashes[sketch_first[text] : sketch_first[text + 1]]:
            its = np.uint64(value) >> by
            at = place[its]
            place[its] = at + _ONE
            out[at], texts[at] = value, text
    return first, out, texts


@kernel
def by_bits(values, low, bits):
    """Return uint64 values sorted by `bits` of their bits from `low` on; equals stay in order, what is given does not.

    A radix sort: up to nine times as fast as `np.sort`, which some processors have no fast way for.
    """
    passes = max(-(-bits // _DIGIT), 1)
    digit = -(-bits // passes)
    bucket = np.empty((1 << digit) + 1, np.uint64)
    source, target = values, np.empty(len(values), np.uint64)
    for done in range(passes):
        shift, mask = np.uint64(low + done * digit), np.uint64((1 << min(digit, bits - done * digit)) - 1)
        bucket[:] = 0
        for value in source:
            bucket[((value >> shift) & mask) + _ONE] += _ONE
        for i in range(1, len(bucket)):
            bucket[i] += bucket[i - 1]
        for value in source:
            place = (value >> shift) & mask
            target[bucket[place]] = value
            bucket[place] += _ONE
        source, target = target, source
    return source


@step
def _bucket_sizes(packed, limit):
    """Return how many pairs the buckets make, and how many of them are over the limit."""
    pairs, large, start = 0, 0, 0
    for i in range(1, len(packed) + 1):
        if i == len(packed) or packed[i] >> _HALF != packed[start] >> _HALF:
            size = i - start
            if size > limit:
                large += 1
                pairs += 2 * size - 2
            else:
                pairs += size * (size - 1) // 2
            start = i
    return pairs, large


@kernel
def bucket_pairs(packed, limit):
    """Return (pairs, sizes); equal keys are together, their rows in any order. That of the pairs is not the plain
    version's.
    """
    pairs, large = _bucket_sizes(packed, limit)
    found, sizes = np.empty(pairs, np.uint64), np.empty(large, np.int64)
    pairs, large, start = 0, 0, 0
    for i in range(1, len(packed) + 1):
        if i < len(packed) and packed[i] >> _HALF == packed[start] >> _HALF:
            continue
        if i - start > limit:
            sizes[large] = i - start
            large += 1
            its = by_bits(packed[start:i].copy(), 0, 32)
            for j in range(1, len(its)):
                found[pairs] = (its[0] & _LOW) << _HALF | its[j] & _LOW
                found[pairs + 1] = (its[j - 1] & _LOW) << _HALF | its[j] & _LOW
                pairs += 2
        else:
            for j in range(start, i):
                one = packed[j] & _LOW
                for k in range(j + 1, i):
                    other = packed[k] & _LOW
                    found[pairs] = min(one, other) << _HALF | max(one, other)
                    pairs += 1
        start = i
    return found, sizes


@kernel
def count_pairs(table, used, pairs, start):
    """Count pairs from a place on in a table with open addressing; return (how many are done, how many places are used)
    at three quarters.

    What is far from the cache is fetched once: a place of the table holds a pair with its count, up to MANY, in the
    four bits that a row never needs, and 0 where it is empty.
    """
    mask, most, shift = len(table) - 1, len(table) // 4 * 3, _shift(len(table))
    for i in range(start, len(pairs)):
        prefetch(table, np.int64((pairs[min(i + _AHEAD, len(pairs) - 1)] * SPREAD) >> shift))
        pair = pairs[i]
        place = np.int64((pair * SPREAD) >> shift)
        held = table[place]
        while held != 0 and (held ^ pair) << _COUNT != 0:
            place = (place + 1) & mask
            held = table[place]
        if held == 0:
            if used >= most:
                return i, used
            table[place] = pair | _ONCE
            used += 1
        elif held < _ONCE * _MANY:
            table[place] = held + _ONCE
    return len(pairs), used


@step
def _shift(places):
    """Return by how many bits a spread value is shifted to become one of so many places."""
    shift = 64
    while places > 1:
        places >>= 1
        shift -= 1
    return np.uint64(shift)


@kernel
def moved(table, wide):
    """Write what a table holds to a wider one, in which it stands in nearly the same order."""
    mask, shift = len(wide) - 1, _shift(len(wide))
    for held in table:
        if held != 0:
            place = np.int64(((held & _PAIR) * SPREAD) >> shift)
            while wide[place] != 0:
                place = (place + 1) & mask
            wide[place] = held


@kernel
def counted(table, least):
    """Return the pairs of a table that were counted at least so often."""
    found, count = np.empty(len(table), np.uint64), 0
    for held in table:
        found[count] = held & _PAIR
        count += held >= _ONCE * np.uint64(least)
    return found[:count].copy()


@kernel
def roots(a, b, count):
    """Return for each row the least row that pairs connect it with (union-find, paths halved)."""
    root = np.arange(count)
    for i in range(len(a)):
        x, y = a[i], b[i]
        while root[x] != x:
            root[x] = root[root[x]]
            x = root[x]
        while root[y] != y:
            root[y] = root[root[y]]
            y = root[y]
        if x < y:
            root[y] = x
        else:
            root[x] = y
    for i in range(count):
        root[i] = root[root[i]]
    return root
