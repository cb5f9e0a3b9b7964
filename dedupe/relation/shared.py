"""What two articles share, in the words of the first: the names in both, and the words of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..words import CAPITAL
from .names import LONGEST_TEXT

if TYPE_CHECKING:
    from ..model import Corpus

NAMES = 5  # shown
WORDS = 12  # of a run that are shown
SHORTEST = 3  # letters of a name that is shown


def stretch(corpus: Corpus, row: int, first: float, count: float) -> str:
    """Return `count` words of a text from word `first` on, as written, on one line; a long stretch only begins."""
    start = int(corpus.tokens.first[row]) + int(first)
    shown = min(int(count), WORDS)
    text = corpus.text[row][corpus.tokens.start[start] : corpus.tokens.end[start + shown - 1]]
    return " ".join(text.split()) + (" …" if shown < count else "")


def shared_names(corpus: Corpus, a: int, b: int) -> list[str]:
    """Return the words that both texts have, and only with a capital: the most frequent first, at most NAMES.

    A script without case has none here. Words next to each other wherever they stand in A are one name.
    """
    spans = [slice(int(corpus.tokens.first[row]), _last(corpus, row)) for row in (a, b)]
    words = np.concatenate([corpus.tokens.hash[span] for span in spans])
    capital = np.concatenate([corpus.tokens.flags[span] for span in spans]) & CAPITAL != 0
    known, place, count = np.unique(words, return_inverse=True, return_counts=True)
    always = np.bincount(place, capital, len(known)) == count
    size = spans[0].stop - spans[0].start
    in_a, in_b = (np.bincount(part, minlength=len(known)) > 0 for part in (place[:size], place[size:]))
    start, end = corpus.tokens.start[spans[0]], corpus.tokens.end[spans[0]]
    named = (always & in_a & in_b)[place[:size]]
    seen: dict[str, int] = {}
    text = corpus.text[a]
    at = np.flatnonzero(named).tolist()
    for low, high in _neighbours(at, start.tolist(), end.tolist()):
        if high - low >= SHORTEST:
            seen[text[low:high]] = seen.get(text[low:high], 0) + 1
    order = sorted(seen, key=lambda name: (-seen[name], text.find(name)))
    return _without_parts(order)[:NAMES]


def _last(corpus: Corpus, row: int) -> int:
    return min(int(corpus.tokens.first[row + 1]), int(corpus.tokens.first[row]) + LONGEST_TEXT)


def _neighbours(at: list[int], start: list[int], end: list[int]) -> list[tuple[int, int]]:
    """Return the character spans of words, those a single space apart joined."""
    found: list[tuple[int, int]] = []
    before = -2
    for i in at:
        if i == before + 1 and start[i] == end[before] + 1:
            found[-1] = (found[-1][0], end[i])
        else:
            found.append((start[i], end[i]))
        before = i
    return found


def _without_parts(names: list[str]) -> list[str]:
    """Return the names that are no part of another one among the first ten."""
    first = names[:10]
    return [name for name in first if not any(name != other and name in other for other in first)]
