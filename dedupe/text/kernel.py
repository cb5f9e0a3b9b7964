"""The language of many texts by script and frequent words, compiled: what `identify` says of each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..compiling.load import kernel, step
from ..rows import bounds_of
from ..words import code_points
from ..words.kernel import longest_of, mixed, place_of
from ..words.phrases import Table, table
from .identify import FEW, LEAST, MARGIN, SAMPLES, SCRIPTS, STRIP, codes, folded, frequent_words

_BASE = np.uint64(0x100000001B3)  # of FNV-1a
_SPACE, _STRIP = 1, 2  # what divides words, and what is stripped of them
_NAMES = sorted({name for _, name in SCRIPTS})  # of scripts, or the languages that are told by theirs
_STARTS = np.array([start for start, _ in SCRIPTS])
_SCRIPT = np.array([_NAMES.index(name) for _, name in SCRIPTS])
_NO, _LATIN, _HAN, _KANA = (_NAMES.index(name) for name in ("?", "Latin", "zh", "ja"))
_NONE = -1


class _Frequent(NamedTuple):
    """The frequent words: where a key is found, and the odds of each language.

    `odds`: float32 of shape (words, languages). `known`: float32 of shape (scripts, languages), 0 for the languages of
    a script, else -inf. `worded`: bool of shape (scripts,), which have several. `signs`: uint8 for each character up to
    the last that is white space.
    """

    table: Table
    odds: NDArray[np.float32]
    known: NDArray[np.float32]
    worded: NDArray[np.bool_]
    signs: NDArray[np.uint8]


def languages_of(texts: Sequence[str]) -> list[str]:
    """Return what `identify.language` says of each text from its second quarter on, or else of all of it.

    >>> languages_of(["The mayor defended the decision to press ahead, saying that it was the right one.", "Oui."])
    ['en', '']
    """
    found = [""] * len(texts)
    for quarter, size in product((True, False), SAMPLES):
        left = [row for row, name in enumerate(found) if not name]
        if not left:
            break
        starts = [len(texts[row]) // 4 if quarter else 0 for row in left]
        samples = [texts[row][at : at + size] for row, at in zip(left, starts, strict=True)]
        for row, name in zip(left, of_samples(samples), strict=True):
            found[row] = name
    return found


def of_samples(samples: Sequence[str]) -> list[str]:
    """Return the language that each sample is surely in, "" for none.

    >>> of_samples(["Le maire a défendu le projet que la ville a voté dans la nuit.", "東京都は火曜日に発表"])
    ['fr', 'ja']
    """
    words, called = _frequent(), codes()
    strange = ["" if sample.isascii() else sample for sample in samples]  # of the others the script is known
    found = np.empty(len(samples), np.int64)
    _languages(*_joined([*map(folded, samples), *strange]), *words, found)
    return [called[code] if code >= 0 else "" if code == _NONE else _NAMES[-2 - code] for code in found.tolist()]


def _joined(texts: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    return code_points("".join(texts)), bounds_of(list(map(len, texts)))


@cache
def _frequent() -> _Frequent:
    rows, odds, scripts = frequent_words()
    signs = np.zeros(0x3001, np.uint8)
    for point in range(len(signs)):
        signs[point] = _SPACE * chr(point).isspace() + _STRIP * (chr(point) in STRIP)
    keys = np.empty(len(rows), np.uint64)
    _keys(*_joined(list(rows)), keys)
    worded = np.array([name in scripts for name in _NAMES])
    known = np.zeros((len(_NAMES), odds.shape[1]), np.float32)
    for name, own in scripts.items():
        known[_NAMES.index(name)] = own
    return _Frequent(table(keys), odds, known, worded, signs)


@kernel
def _keys(points, bounds, keys):
    """Write the key of each word."""
    for word in range(len(keys)):
        keys[word] = _key(points, bounds[word], bounds[word + 1])


@step
def _key(points, low, high):
    """Return a key of a word."""
    key = np.uint64(0)
    for place in range(low, high):
        key = (key ^ np.uint64(points[place])) * _BASE
    return mixed(key)


@kernel
def _languages(points, bounds, table, odds, known, worded, signs, found):
    """Write the column of the odds of the language that each sample is surely in.

    -1 for none, and -2 less the script where that tells it. `points`: of all samples folded, and then again of each as
    it is, or of nothing where it is ASCII.
    """
    samples, score, counts = len(found), np.empty(odds.shape[1], np.float32), np.empty(len(worded), np.int64)
    longest = longest_of(bounds[: samples + 1])
    rows = np.empty(longest, np.int64)
    for sample in range(samples):
        script, low, high = _LATIN, bounds[samples + sample], bounds[samples + sample + 1]
        if low < high:
            script = _script(points, low, high, counts)
        if script == _NO or not worded[script]:
            found[sample] = _NONE if script == _NO else -2 - script
            continue
        words, count = _known_words(points, bounds[sample], bounds[sample + 1], table, signs, rows)
        found[sample] = _surest(rows[:count], words, odds, known[script], score)


@step
def _script(points, low, high, counts):
    """Return the script of most letters, or the language that it tells, by its place; see `identify`."""
    counts[:] = 0
    for place in range(low, high):
        before, after = 0, len(_STARTS)
        while after - before > 1:
            middle = (before + after) >> 1
            if _STARTS[middle] <= points[place]:
                before = middle
            else:
                after = middle
        counts[_SCRIPT[before]] += 1
    counts[_NO] = 0
    if counts[_KANA] * 20 > counts[_HAN]:
        counts[_KANA] += counts[_HAN]
        counts[_HAN] = 0
    best, total = 0, 0
    for script in range(len(counts)):
        best = script if counts[script] >= counts[best] else best
        total += counts[script]
    return best if 2 * counts[best] > total else _NO


@step
def _surest(rows, words, odds, known, score):
    """Return the column of the language that a sample's frequent words explain best, -1 where that is not sure."""
    least = max(FEW, LEAST * words)
    if len(rows) < least:
        return _NONE
    score[:] = 0
    for row in rows:  # in this order, as numpy adds rows up
        for column in range(len(score)):
            score[column] += odds[row, column]
    best = 0
    for column in range(len(score)):
        score[column] += known[column]
        if score[column] > score[best]:
            best = column
    own, second = 0, np.float32(-np.inf)
    for column in range(len(score)):
        if column != best:
            second = max(second, score[column])
    for row in rows:
        own += odds[row, best] != 0
    return best if score[best] - second >= MARGIN and own >= least else _NONE


@step
def _known_words(points, low, high, table, signs, rows):
    """Write the rows of a text's frequent words; return how many words it has, and how many of them are frequent."""
    words, known, at = 0, 0, low
    while at < high:
        start = at
        while at < high and not _sign(points[at], signs) & _SPACE:
            at += 1
        if at > start:
            words += 1
            row = place_of(_key(points, start, at), table)
            if row < 0:
                first, last = start, at
                while first < last and _sign(points[first], signs) & _STRIP:
                    first += 1
                while first < last and _sign(points[last - 1], signs) & _STRIP:
                    last -= 1
                row = place_of(_key(points, first, last), table) if last - first < at - start else row
            if row >= 0:
                rows[known] = row
                known += 1
        at += 1
    return words, known


@step
def _sign(point, signs):
    """Return what matters of a character at the ends of words."""
    return signs[point] if point < len(signs) else np.uint8(0)
