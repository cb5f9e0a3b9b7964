"""Misspelt words that the articles of a story share, with what they are meant to be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from ..model import NAME, NUMBER, Corpus, Weights
from ..rows import bounds_of, owners_of, ranges
from ..words import code_points, mix
from .slips import SHORTEST, slips

RARE = 50  # articles that have a slip: what more have is a word
COMMON = 0.001  # share of articles from which a word is one that a slip can be meant for
_ROWS = 1024  # articles looked at together, for the sake of memory
_SLOTS = 20  # bits


def misspelt(
    corpus: Corpus, weights: Weights, unlisted: NDArray[np.bool_], close: NDArray[np.int64], story: NDArray[np.int32]
) -> dict[int, dict[str, str]]:
    """Return for each row the misspelt words that it shares with another of its story, with what they are meant to be.

    What they are meant to be stands in the story too: a rare word alone is mostly no slip ("flailing"). `unlisted`:
    which terms are none of news at large, bool; `close`: the rows of articles that share text, ascending.
    """
    rare = unlisted & (weights.articles > 1) & (weights.articles <= RARE)
    own, term = _shared(weights, close, story, rare)
    if not len(own):
        return {}
    usual = ~rare & (_rates(corpus, weights) >= COMMON)
    found: dict[int, dict[str, str]] = {}
    for label in _suspected(corpus, close, story, own << 32 | weights.key[term]):
        rows = close[story[close] == label].tolist()
        odd_keys = weights.key[term[own == label]]
        terms = np.unique(np.concatenate([weights.term[weights.first[r] : weights.first[r + 1]] for r in rows]))
        words = filter(str.islower, _written(corpus, rows, odd_keys))
        meant = slips(words, _written(corpus, rows, weights.key[terms[usual[terms]]]))
        for row in rows if meant else ():
            found[row] = {word: meant[word] for word in _written(corpus, [row], odd_keys) if word in meant}
    return found


def _shared(
    weights: Weights, close: NDArray[np.int64], story: NDArray[np.int32], rare: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return (story, term) of the rare words that several articles of a story have, ascending."""
    odd = np.flatnonzero(rare[weights.term])
    odd = odd[weights.flags[odd] & (NAME | NUMBER) == 0]
    row, among = owners_of(weights.first, odd), np.zeros(len(story), dtype=np.bool_)
    among[close] = True
    odd, row = odd[among[row]], row[among[row]]
    width = np.int64(max(len(weights.key), 1))
    pair, times = np.unique(story[row] * width + weights.term[odd], return_counts=True)
    return pair[times > 1] // width, pair[times > 1] % width


def _rates(corpus: Corpus, weights: Weights) -> NDArray[np.float64]:
    """Return in how large a share of articles each term stands: of news at large, or of the corpus if that is more."""
    at_large = np.exp(-weights.background_idf.astype(np.float64))
    return np.maximum(at_large, weights.articles / max(len(corpus.articles), 1000))


def _suspected(
    corpus: Corpus, close: NDArray[np.int64], story: NDArray[np.int32], rare: NDArray[np.int64]
) -> list[int]:
    """Return the stories, ascending, in which a word is written much as one of the rare ones.

    `rare`: ascending, the story in the upper half and the word's hash in the lower. This is what spares making all
    the words of all stories: of 2,900 stories of Reuters with rare words it leaves a few dozen.
    """
    rows = close[np.isin(story[close], rare >> 32)]
    odd = _by_story(_spelled(corpus, rows, story, rare))
    framed = [
        (label, len(word) + more, *map(ord, (word[0], *word[-2:])))
        for label, own in odd.items()
        for word in own
        for more in (-1, 0, 1)
    ]
    frames = _frames(*np.array(framed, dtype=np.int64).reshape(-1, 5).T)
    alike = _by_story(_framed(corpus, rows, story, frames))
    return [label for label, own in sorted(odd.items()) if slips(own, alike.get(label, ()))]


def _by_story(words: Iterable[tuple[int, str]]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for label, word in words:
        found.setdefault(label, set()).add(word)
    return found


def _spelled(
    corpus: Corpus, rows: NDArray[np.int64], story: NDArray[np.int32], rare: NDArray[np.int64]
) -> Iterator[tuple[int, str]]:
    """Yield (story, word) of the rare words wherever they are written in small letters and long enough for a slip."""
    for part in np.array_split(rows, len(rows) // _ROWS + 1):
        owner, place = _words_of(corpus, part)
        kept = _among(story[part[owner]].astype(np.int64) << 32 | corpus.tokens.hash[place], rare)
        for label, word in _texts(corpus, part[owner[kept]], place[kept], story):
            if word.islower() and len(word) >= SHORTEST:
                yield label, word


def _framed(
    corpus: Corpus, rows: NDArray[np.int64], story: NDArray[np.int32], frames: NDArray[np.int64]
) -> Iterator[tuple[int, str]]:
    """Yield (story, word) of the words with one of the frames."""
    for part in np.array_split(rows, len(rows) // _ROWS + 1):
        owner, place = _words_of(corpus, part)
        size = corpus.tokens.end[place] - corpus.tokens.start[place]
        long = size >= SHORTEST - 1
        owner, place, size = owner[long], place[long], size[long].astype(np.int64)
        texts = [corpus.text[row] for row in part.tolist()]
        points = code_points("".join(texts))
        start = bounds_of(list(map(len, texts)))[owner] + corpus.tokens.start[place]
        letters = (points[at].astype(np.int64) for at in (start, start + size - 2, start + size - 1))
        kept = _among(_frames(story[part[owner]].astype(np.int64), size, *letters), frames)
        yield from _texts(corpus, part[owner[kept]], place[kept], story)


def _among(numbers: NDArray[np.int64], few: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which numbers are among a few: nearly all others are left out by their lowest bits.

    >>> _among(np.array([7, 8, 7 + (1 << 40)]), np.array([7]))
    array([ True, False, False])
    """
    slot = np.zeros(1 << _SLOTS, dtype=np.bool_)
    slot[few & ((1 << _SLOTS) - 1)] = True
    found: NDArray[np.bool_] = slot[numbers & ((1 << _SLOTS) - 1)]
    found[found] = np.isin(numbers[found], few)
    return found


def _words_of(corpus: Corpus, rows: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    low = corpus.tokens.first[rows]
    return ranges(low, corpus.tokens.first[rows + 1] - low)


def _texts(
    corpus: Corpus, row: NDArray[np.int64], place: NDArray[np.int64], story: NDArray[np.int32]
) -> Iterator[tuple[int, str]]:
    """Yield (story, word) of the words in these places, as written."""
    columns = (story[row], row, corpus.tokens.start[place], corpus.tokens.end[place])
    for label, at, start, end in zip(*(column.tolist() for column in columns), strict=True):
        yield label, corpus.text[at][start:end]


def _frames(*columns: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return a number for each row of columns, int64, hardly ever the same for other rows."""
    value = np.zeros(len(columns[0]), dtype=np.uint64)
    for column in columns:
        value = mix(value + column.astype(np.uint64))
    return value.view(np.int64)


def _written(corpus: Corpus, rows: Iterable[int], keys: NDArray[np.uint32]) -> list[str]:
    """Return the words of some rows that have these hashes, as they are written first."""
    found: dict[int, str] = {}
    for row in rows:
        part = slice(int(corpus.tokens.first[row]), int(corpus.tokens.first[row + 1]))
        hashes = corpus.tokens.hash[part]
        place = np.flatnonzero(np.isin(hashes, keys))
        starts, ends = corpus.tokens.start[part][place].tolist(), corpus.tokens.end[part][place].tolist()
        for key, start, end in zip(hashes[place].tolist(), starts, ends, strict=True):
            if key not in found:
                found[key] = corpus.text[row][start:end]
    return list(found.values())
