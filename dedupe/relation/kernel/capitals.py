"""Where the names stand that two texts share, compiled: the same places as `shared.places_plain`."""

import numpy as np

from ...compiling.load import kernel, maker, step
from ...words import CAPITAL, MISREAD
from ...words.kernel import table_size
from ..features import LONGEST_TEXT


@kernel
def places(first, hashes, flags, start, end, a, b):
    """Return (first, low, high): the shared names of pair i are at characters low[k] to high[k] of a[i]'s text.

    Those of pair i are rows first[i] to first[i + 1].
    """
    own, place = _only_capitals(first, hashes, flags, a, b)
    found = np.empty(len(a) + 1, np.int64)
    low, high = np.empty(1024, np.int64), np.empty(1024, np.int64)
    table = np.empty(16, np.int64)
    n = 0
    for i in range(len(a)):
        found[i] = n
        theirs = own[b[i] + 1] - own[b[i]]
        table = _table(table, theirs)
        last = table_size(theirs) - 1
        for k in range(own[b[i]], own[b[i] + 1]):
            table[_slot(hashes[place[k]], hashes, table, last)] = place[k]
        if n + own[a[i] + 1] - own[a[i]] > len(low):
            low, high = _grown(low), _grown(high)
        before = -2  # the last word that is shared
        for k in range(own[a[i]], own[a[i] + 1]):
            word = place[k]
            if table[_slot(hashes[word], hashes, table, last)] < 0:
                continue
            if word == before + 1 and start[word] == end[before] + 1:
                high[n - 1] = end[word]
            else:
                low[n], high[n] = start[word], end[word]
                n += 1
            before = word
    found[len(a)] = n
    return found, low[:n], high[:n]


@maker
def _only_capitals(first, hashes, flags, a, b):
    """Return (first, place): the words that the paired texts only write with a capital, by text and in order."""
    paired = np.zeros(len(first) - 1, np.bool_)
    for i in range(len(a)):
        paired[a[i]] = paired[b[i]] = True
    own, place = np.empty(len(first), np.int64), np.empty(1024, np.int64)
    table = np.empty(16, np.int64)
    n = 0
    for text in range(len(paired)):
        own[text] = n
        if not paired[text]:
            continue
        begin, stop = first[text], min(first[text + 1], first[text] + LONGEST_TEXT)
        table = _table(table, stop - begin)
        last = table_size(stop - begin) - 1
        for word in range(begin, stop):
            if not flags[word] & CAPITAL:
                table[_slot(hashes[word], hashes, table, last)] = word
        if n + stop - begin > len(place):
            place = _grown(place)
        for word in range(begin, stop):
            if flags[word] & (CAPITAL | MISREAD) == CAPITAL and table[_slot(hashes[word], hashes, table, last)] < 0:
                place[n] = word
                n += 1
    own[len(paired)] = n
    return own, place[:n]


@maker
def _table(table, words):
    """Return an empty table for so many words: the rows of those put in, -1 where there is none."""
    slots = table_size(words)
    if slots > len(table):
        table = np.empty(slots, np.int64)
    table[:slots] = -1
    return table


@step
def _slot(hashed, hashes, table, last):
    """Return the slot of a word, where it is or would be; hashes are spread over all their bits."""
    slot = np.int64(hashed) & last
    while table[slot] >= 0 and hashes[table[slot]] != hashed:
        slot = (slot + 1) & last
    return slot


@maker
def _grown(rows):
    """Return the rows with room for twice as many, and for all the words of one more text."""
    more = np.empty(2 * len(rows) + LONGEST_TEXT, np.int64)
    for row in range(len(rows)):
        more[row] = rows[row]
    return more
