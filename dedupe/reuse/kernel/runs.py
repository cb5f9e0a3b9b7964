"""Runs of equal words of two articles, and the stretches that they make up."""

import numpy as np

from ...compiling.load import step
from ...words.kernel import table_size

_MIX = np.uint64(0x9E3779B97F4A7C15)


@step
def _slot(numbers, place, size, mask):
    mixed = np.uint64(0)
    for k in range(size):
        mixed = (mixed + np.uint64(numbers[place + k])) * _MIX
        mixed ^= mixed >> np.uint64(29)
    return np.int64(mixed & np.uint64(mask))


@step
def _index(numbers, ahead, size, head, following):
    """Chain the places, ascending, from which on `size` words stand in both articles; return the mask of the slots."""
    slots = table_size(len(numbers))
    head[:slots] = -1
    for j in range(len(numbers) - size, -1, -1):
        if ahead[j] >= size:
            slot = _slot(numbers, j, size, slots - 1)
            following[j] = head[slot]
            head[slot] = j
    return slots - 1


@step
def _length(own, theirs, i, j):
    """Return how many words from these places on are equal."""
    size = 0
    while i + size < len(own) and j + size < len(theirs) and own[i + size] == theirs[j + size]:
        size += 1
    return size


@step
def find_runs(rules, own, theirs, own_ahead, their_ahead, head, following, out):
    """Write the runs of equal words, reading from the start, the longest first; return how many."""
    mask = _index(theirs, their_ahead, rules.gram, head, following)
    n = 0
    i = 0
    while i + rules.gram <= len(own):
        longest, there, tried = 0, -1, 0
        j = head[_slot(own, i, rules.gram, mask)] if own_ahead[i] >= rules.gram else -1
        while j >= 0 and tried < rules.tried:
            size = _length(own, theirs, i, j)
            if size >= rules.gram:
                tried += 1
                if size > longest:
                    longest, there = size, j
            j = following[j]
        if longest:
            out[n, 0], out[n, 1], out[n, 2] = i, there, longest
            n += 1
        i += max(longest, 1)
    return n


@step
def mark_stretches(rules, spoken, runs, n, to, speech_to):
    """Mark the stretches: runs that follow each other on both sides, not far from one to the next; return whether any.

    Of 53,000 pairs of Reuters that tell one story in their own words 41,000 have runs, and 15,000 a stretch.
    """
    first, marked = 0, False
    for r in range(1, n + 1):
        if r < n:
            here = runs[r, 0] - runs[r - 1, 0] - runs[r - 1, 2]
            there = runs[r, 1] - runs[r - 1, 1] - runs[r - 1, 2]
            if here <= rules.gap and 0 <= there <= rules.gap:
                continue
        marked |= _mark(rules, spoken, runs, first, r, to, speech_to)
        first = r
    return marked


@step
def _mark(rules, spoken, runs, first, last, to, speech_to):
    """Write where each word of a stretch stands in y: to `to` if it is reuse, to `speech_to` if shared speech.

    Return whether it is either.
    """
    total, said = 0, 0
    for r in range(first, last):
        total += runs[r, 2]
        for k in range(runs[r, 2]):
            said += spoken[runs[r, 0] + k]
    if total >= rules.stretch and total - said >= rules.unspoken:
        for r in range(first, last):
            for k in range(runs[r, 2]):
                to[runs[r, 0] + k] = runs[r, 1] + k
        return True
    if said >= rules.quoted:
        for r in range(first, last):
            for k in range(runs[r, 2]):
                if spoken[runs[r, 0] + k]:
                    speech_to[runs[r, 0] + k] = runs[r, 1] + k
        return True
    return False
