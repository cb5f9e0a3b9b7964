"""The language of many texts by their frequent words, compiled: what `identify` says of samples of plain ASCII."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ..words.chunks import encode
from ..words.kernel import mixed, place_of
from ..words.load import kernel, step
from ..words.phrases import Table, table
from .identify import FEW, LEAST, MARGIN, STRIP, codes, frequent_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_BASE = np.uint64(0x100000001B3)  # of FNV-1a
_SPACE, _STRIP = 1, 2  # what divides words, and what is stripped of them


class _Frequent(NamedTuple):
    """The frequent words of plain ASCII: where a key is found, and the odds of each language in Latin script.

    `odds`: float32 of shape (words, languages). `language`: int64 of shape (languages,), which of `codes` they are.
    `signs`: uint8 for each byte.
    """

    table: Table
    odds: NDArray[np.float32]
    language: NDArray[np.int64]
    signs: NDArray[np.uint8]


def languages_of(samples: Sequence[str]) -> list[str]:
    """Return the language of each sample that is plain ASCII and surely in one; "" for the others.

    >>> languages_of(["The mayor defended the decision to press ahead, saying that it was the right one.", "Oui."])
    ['en', '']
    """
    data, bounds = encode([sample if sample.isascii() else "" for sample in samples])
    words, called = _frequent(), codes()
    found = np.empty(len(samples), np.int64)
    _languages(data, bounds, words.table, words.odds, words.signs, found)
    return [called[words.language[place]] if place >= 0 else "" for place in found.tolist()]


@cache
def _frequent() -> _Frequent:
    rows, odds, known = frequent_words()
    words = [word for word in rows if word.isascii()]
    latin = np.flatnonzero(known["Latin"] == 0)
    signs = np.zeros(256, np.uint8)
    for byte in range(128):
        signs[byte] = _SPACE * chr(byte).isspace() + _STRIP * (chr(byte) in STRIP)
    keys = np.empty(len(words), np.uint64)
    _keys(*encode(words), keys)
    return _Frequent(table(keys), odds[[rows[word] for word in words]][:, latin], latin, signs)


@kernel
def _keys(data, bounds, keys):
    """Write the key of each word."""
    for word in range(len(keys)):
        keys[word] = _key(data, bounds[word], bounds[word + 1])


@step
def _key(data, low, high):
    """Return a key of the bytes of a word in small letters."""
    key = np.uint64(0)
    for place in range(low, high):
        byte = data[place]
        small = byte + 32 if 65 <= byte <= 90 else byte
        key = (key ^ np.uint64(small)) * _BASE
    return mixed(key)


@kernel
def _languages(data, bounds, table, odds, signs, found):
    """Write the column of the odds of the language that each text is surely in, -1 for none."""
    score = np.empty(odds.shape[1], np.float32)
    longest = 0
    for text in range(len(found)):
        longest = max(longest, bounds[text + 1] - bounds[text])
    rows = np.empty(longest, np.int64)
    for text in range(len(found)):
        words, known = _known_words(data, bounds[text], bounds[text + 1], table, signs, rows)
        least = max(FEW, LEAST * words)
        found[text] = -1
        if known < least:
            continue
        score[:] = 0
        for i in range(known):  # in this order, as numpy adds rows up
            for column in range(len(score)):
                score[column] += odds[rows[i], column]
        best = 0
        for column in range(len(score)):
            if score[column] > score[best]:
                best = column
        own, second = 0, np.float32(-np.inf)
        for column in range(len(score)):
            if column != best:
                second = max(second, score[column])
        for i in range(known):
            own += odds[rows[i], best] != 0
        if score[best] - second >= MARGIN and own >= least:
            found[text] = best


@step
def _known_words(data, low, high, table, signs, rows):
    """Write the rows of a text's frequent words; return how many words it has, and how many of them are frequent."""
    words, known, at = 0, 0, low
    while at < high:
        start = at
        while at < high and not signs[data[at]] & _SPACE:
            at += 1
        if at > start:
            words += 1
            row = place_of(_key(data, start, at), table)
            if row < 0:
                first, last = start, at
                while first < last and signs[data[first]] & _STRIP:
                    first += 1
                while first < last and signs[data[last - 1]] & _STRIP:
                    last -= 1
                row = place_of(_key(data, first, last), table) if last - first < at - start else row
            if row >= 0:
                rows[known] = row
                known += 1
        at += 1
    return words, known
