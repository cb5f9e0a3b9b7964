"""The words of two articles as numbers: equal for equal words, small, so that tables of them need no search."""

import numpy as np

from ...compiling.load import step
from ...words.kernel import table_size


@step
def number(here, there, key, slot, own, theirs):
    """Write a number for each word of two articles, those of `there` from 0 on; return how many there are.

    A word of `here` that does not stand in `there` has -1.
    """
    slots, count = table_size(len(there)), 0
    slot[:slots] = -1
    for j in range(len(there)):
        at = np.int64(there[j]) & (slots - 1)  # hashes are spread over all their bits
        while slot[at] >= 0 and key[at] != there[j]:
            at = (at + 1) & (slots - 1)
        if slot[at] < 0:
            slot[at], key[at] = count, there[j]
            count += 1
        theirs[j] = slot[at]
    for i in range(len(here)):
        at = np.int64(here[i]) & (slots - 1)
        while slot[at] >= 0 and key[at] != here[i]:
            at = (at + 1) & (slots - 1)
        own[i] = slot[at]
    return count


@step
def shared_ahead(own, theirs, count, times, own_ahead, their_ahead):
    """Write for each place how many words from there on follow each other that the other article has too."""
    times[:count] = 0
    for i in range(len(own)):
        if own[i] >= 0:
            times[own[i]] = 1
    ahead = 0
    for i in range(len(own) - 1, -1, -1):
        ahead = ahead + 1 if own[i] >= 0 else 0
        own_ahead[i] = ahead
    ahead = 0
    for j in range(len(theirs) - 1, -1, -1):
        ahead = ahead + 1 if times[theirs[j]] else 0
        their_ahead[j] = ahead


@step
def list_paragraphs(tried, numbers, spoken, owner, count, times, start, filled, listed):
    """Write in which paragraphs each word stands that is not speech: listed[start : start + filled], ascending.

    `times`: how often it does; of a word that does more than `tried` times the paragraphs are not listed.
    """
    times[:count] = 0
    for j in range(len(numbers)):
        if numbers[j] >= 0 and not spoken[j]:
            times[numbers[j]] += 1
    total = 0
    for word in range(count):
        start[word], filled[word] = total, 0
        if times[word] <= tried:
            total += times[word]
    for j in range(len(numbers)):
        word = numbers[j]
        if word < 0 or spoken[j] or times[word] > tried:
            continue
        last = start[word] + filled[word]
        if not filled[word] or listed[last - 1] != owner[j] - owner[0]:
            listed[last] = owner[j] - owner[0]
            filled[word] += 1
