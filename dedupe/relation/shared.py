"""What two articles share, in the words of the first: the names in both, and the words of a run."""

from __future__ import annotations

from collections import Counter
from itertools import count
from operator import neg
from typing import TYPE_CHECKING

import numpy as np

from ..words import CAPITAL, ranges
from .names import LONGEST_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from ..model import Corpus

NAMES = 5  # shown
LOOKED_AT = 10  # of which these are chosen: names that are no part of another one of them
WORDS = 12  # of a run that are shown
SHORTEST = 3  # letters of a name that is shown
_PAIRS, _ROWS = 8192, 2048  # looked at together, for the sake of memory
_SLOTS = 22  # bits
_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_HALF, _LOWER_HALF = np.uint64(32), np.uint64(0xFFFFFFFF)


def stretch(corpus: Corpus, row: int, first: float, count: float) -> str:
    """Return `count` words of a text from word `first` on, as written, on one line; a long stretch only begins."""
    start = int(corpus.tokens.first[row]) + int(first)
    shown = min(int(count), WORDS)
    text = corpus.text[row][corpus.tokens.start[start] : corpus.tokens.end[start + shown - 1]]
    return " ".join(text.split()) + (" …" if shown < count else "")


def shared_names(corpus: Corpus, a: NDArray[np.int32], b: NDArray[np.int32]) -> Iterator[list[str]]:
    """Return for each pair the words that both texts have, and only with a capital: the most frequent first.

    At most NAMES of them. A script without case has none. Words next to each other wherever they stand in A are one
    name.
    """
    met = np.zeros(len(corpus.text), dtype=np.bool_)
    met[a] = met[b] = True
    first, place, key = _capitals(corpus, np.flatnonzero(met))
    known, start, end = np.sort(key), corpus.tokens.start, corpus.tokens.end
    for low in range(0, len(a), _PAIRS):
        one, other = a[low : low + _PAIRS], b[low : low + _PAIRS].astype(np.uint64)
        pair, entry = ranges(first[one], first[one + 1] - first[one])
        wanted = other[pair] << _HALF | key[entry] & _LOWER_HALF
        both = _among(wanted, known)
        pair, at = pair[both], place[entry[both]]
        goes_on = (np.diff(pair) == 0) & (np.diff(at) == 1) & (start[at[1:]] == end[at[:-1]] + 1)
        opening = np.flatnonzero(np.append(True, ~goes_on)[: len(at)])
        closing = np.append(opening[1:] - 1, len(at) - 1)[: len(opening)]
        spans = list(zip(start[at[opening]].tolist(), end[at[closing]].tolist(), strict=True))
        cuts = np.searchsorted(pair[opening], np.arange(len(one) + 1)).tolist()
        for row, i, j in zip(one.tolist(), cuts[:-1], cuts[1:], strict=True):
            yield _most_frequent(corpus.text[row], spans[i:j])


def _capitals(
    corpus: Corpus, rows: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.uint64]]:
    """Return (first, place, key): where the words stand that some texts (ascending) only write with a capital.

    Those of text i are entries first[i] to first[i + 1]; `place` is a word's row in the corpus's tokens, and `key`
    holds the text's row and the word's hash.
    """
    tokens = corpus.tokens
    places = [np.zeros(0, dtype=np.int64)]
    for part in np.array_split(rows, len(rows) // _ROWS + 1):
        length = np.minimum(tokens.first[part + 1] - tokens.first[part], LONGEST_TEXT)
        row, place = ranges(tokens.first[part], length)
        capital = tokens.flags[place] & CAPITAL != 0
        key = row.astype(np.uint64) << _HALF | tokens.hash[place]
        upper, lower = key[capital], key[~capital]
        slot = np.zeros(1 << _SLOTS, dtype=bool)  # leaves out nearly all words that stand nowhere with a capital
        slot[_slots(upper)] = True
        places.append(place[capital][~_among(upper, np.sort(lower[slot[_slots(lower)]]))])
    place = np.concatenate(places)
    first = np.searchsorted(place, tokens.first).astype(np.int64)
    row = np.repeat(np.arange(len(first) - 1, dtype=np.uint64), np.diff(first))
    return first, place, (row << _HALF | tokens.hash[place]).astype(np.uint64)


def _among(key: NDArray[np.uint64], known: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Return which keys are among the known ones, which ascend."""
    if not len(known):
        return np.zeros(len(key), dtype=np.bool_)
    found: NDArray[np.bool_] = known[np.minimum(np.searchsorted(known, key), len(known) - 1)] == key
    return found


def _slots(key: NDArray[np.uint64]) -> NDArray[np.uint64]:
    return (key * _SPREAD) >> np.uint64(64 - _SLOTS)


def _most_frequent(text: str, spans: list[tuple[int, int]]) -> list[str]:
    """Return the names in these places of a text, the most frequent first, then as they come."""
    seen = Counter([text[low:high] for low, high in spans if high - low >= SHORTEST])
    ranked = sorted(zip(map(neg, seen.values()), map(text.find, seen), count(), seen, strict=False))
    return _without_parts([name for *_, name in ranked[:LOOKED_AT]])[:NAMES]


def _without_parts(names: list[str]) -> list[str]:
    """Return the names that are no part of another one.

    >>> _without_parts(["Kim", "Kim Jong Un", "Seoul"])
    ['Kim Jong Un', 'Seoul']
    """
    every = "\0".join(names)
    return [name for name in names if every.find(name, every.find(name) + 1) < 0]
