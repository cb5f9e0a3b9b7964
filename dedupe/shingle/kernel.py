"""Shingles, compiled: the same bytes as the plain version."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..compiling.load import kernel, step
from ..rows import lengths
from .plain import weights

_SMALL = 2048  # shingles: up to so many are sorted by one spread over their range, more by radix
BUCKETS = 2 * _SMALL + 2  # room for the buckets of a sort
_HALF = np.uint64(32)


@kernel
def windows_of(first, word, size, weight, starts, out):
    """Write the shingles of texts and where each text's start; return how many there are."""
    starts[0] = 0
    for text in range(len(first) - 1):
        its, hashes = word[first[text] : first[text + 1]], out[starts[text] :]  # places from 0 on become vectors
        length = min(size, len(its))
        count = len(its) - length + 1 if len(its) > 0 else 0
        total = weight[size + length]
        if length == 5:  # the default, unrolled
            w0, w1, w2, w3, w4 = weight[0], weight[1], weight[2], weight[3], weight[4]
            for i in range(count):
                one = w0 * np.uint64(its[i]) + w1 * np.uint64(its[i + 1])
                other = w2 * np.uint64(its[i + 2]) + w3 * np.uint64(its[i + 3]) + w4 * np.uint64(its[i + 4])
                hashes[i] = (total + one + other) >> _HALF
        else:
            for i in range(count):
                value = total
                for j in range(length):
                    value += weight[j] * np.uint64(its[i + j])
                hashes[i] = value >> _HALF
        starts[text + 1] = starts[text] + count
    return starts[-1]


@step
def _spread_sort(values, count, shift, buckets, other, bucket):
    """Sort the first `count` values: hashes are even, so a bucket or two for each leaves little to put in order."""
    bucket[: buckets + 1] = 0
    for i in range(count):
        bucket[(values[i] >> shift) + 1] += 1
    for i in range(1, buckets + 1):
        bucket[i] += bucket[i - 1]
    for i in range(count):
        place = bucket[values[i] >> shift]
        bucket[values[i] >> shift] = place + 1
        other[place] = values[i]
    values[0] = other[0]
    for i in range(1, count):
        value = other[i]
        j = i - 1
        while j >= 0 and values[j] > value:
            values[j + 1] = values[j]
            j -= 1
        values[j + 1] = value


@step
def _radix_sort(values, other, bucket):
    """Sort values by their bytes, the lowest first, to and fro between two columns."""
    for shift in (0, 16):
        _by_byte(values, other, shift, bucket)
        _by_byte(other, values, shift + 8, bucket)


@step
def _by_byte(values, out, shift, bucket):
    """Write values in the order of one of their bytes."""
    bucket[:257] = 0
    for i in range(len(values)):
        bucket[((values[i] >> shift) & 255) + 1] += 1
    for i in range(1, 257):
        bucket[i] += bucket[i - 1]
    for i in range(len(values)):
        digit = (values[i] >> shift) & 255
        out[bucket[digit]] = values[i]
        bucket[digit] += 1


@kernel
def distinct_of(first, hashes, limit, values, other, bucket, starts, out):
    """Write of each text the hashes up to `limit`, sorted, each once."""
    starts[0] = 0
    for text in range(len(first) - 1):
        count = 0
        for i in range(first[text], first[text + 1]):
            values[count] = hashes[i]
            count += hashes[i] <= limit
        done = starts[text]
        if count > _SMALL:
            _radix_sort(values[:count], other[:count], bucket)
        elif count:
            shift = 0
            while limit >> shift >= 2 * count:
                shift += 1
            _spread_sort(values, count, shift, (limit >> shift) + 1, other, bucket)
        for i in range(count):
            if i == 0 or values[i] != values[i - 1]:
                out[done] = values[i]
                done += 1
        starts[text + 1] = done
    return starts[-1]


def windows(
    first: NDArray[np.int64], words: NDArray[np.uint32], size: int
) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    """Return what the plain version returns."""
    starts, out = np.empty(len(first), np.int64), np.empty(int(first[-1] - first[0]), np.uint32)
    count = windows_of(first, words, size, weights(size), starts, out)
    return starts, out[:count]


def distinct(
    first: NDArray[np.int64], hashes: NDArray[np.uint32], scale: int = 1
) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    """Return what the plain version returns."""
    longest = int(lengths(first).max(initial=0))
    starts, out = np.empty(len(first), np.int64), np.empty(int(first[-1] - first[0]), np.uint32)
    values, other = np.empty(longest + 1, np.uint32), np.empty(longest + 1, np.uint32)
    bucket = np.empty(BUCKETS, np.int32)
    limit = np.uint32((1 << 32) // scale - 1)
    count = distinct_of(first, hashes, limit, values, other, bucket, starts, out)
    return starts, out[:count]
