"""The stem of a word: its first letters, which its forms share in any language that inflects ("Москвой", "Москвы").

Cut after five letters, words of European languages are found about as well as by what knows their endings (McNamee and
Mayfield 2004). Short words have forms too ("мэр", "мэра"): an ending of one letter may be cut as well. A letter of
Korean is a syllable.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ..compiling import compiled, kernel_of
from ..rows import bounds_of, lengths
from .plain import NOTHING, NUMERIC, Tokens, character_table, hash_words, joined_points

STEM = 5  # characters of a word that its stem keeps: announced, announces, announcement are one
# Letters, at least, of a stem without its ending. Of 18 written sets in six languages (events told by several papers,
# and others of their kind) 9 are grouped better by such stems and none worse; English, if it is taken for a
# foreign language: ECB+ 0.881 to 0.883, AllSides 0.866, Wikinews 0.795 to 0.797.
ROOT = 3
# The one letter in which most forms of a word differ from the shortest: a vowel. Of two letters, cut one after the
# other, German, Spanish and French had less; of "s" and "u" nothing more. Signs are left out of account ("é", "й").
_VOWELS = "aeioаеиоуыэюяьієαειουηωاهةي"
ENDINGS = np.array([unicodedata.normalize("NFD", chr(point))[0] in _VOWELS for point in range(0x700)])
_SYLLABLES = 2  # of a Korean word: most nouns have two, and their particles come after; by three nothing was gained
_HANGUL = 0xAC00, 0xD7A4
_ALEF, _LAM, _WAW, *_BEFORE = map(ord, "الوبكف")  # Arabic writes "the", "and" and the like as part of the next word
_LEFT = 2  # letters of what stays, at least; of what looks like a word with "and" one more
_HEBREW, _HEBREW_BEFORE = (0x5D0, 0x5EB), tuple(map(ord, "והבלמשכ"))  # "and the in to from that as", written likewise
_AT_MOST = 4  # of these before a word
_CHUNK = 1 << 22  # characters worked on at a time, for the sake of memory


def stems(texts: Sequence[str], tokens: Tokens, root: int = STEM) -> NDArray[np.uint32]:
    """Return the hash of each word's stem; a short word or a number is its own.

    `root`: ROOT for stems without their endings.

    >>> from dedupe.words import tokenize
    >>> texts = ["Москва", "Москвы 2019", "Рим"]
    >>> words, found = tokenize(texts), stems(texts, tokenize(texts))
    >>> bool(found[0] == found[1]), (found == words.hash).tolist()
    (True, [False, False, True, True])
    >>> texts = ["мэр мэра Мэры", "Feuer Feuers Feuerwehr", "Mann Manne"]
    >>> found = stems(texts, tokenize(texts), ROOT)
    >>> [len(set(found[first:end].tolist())) for first, end in ((0, 3), (3, 6), (6, 8))]
    [1, 1, 1]
    """
    found = tokens.hash.copy()
    kernel = kernel_of(__package__) if compiled(len(found), __package__) else None
    for low, high in row_chunks(texts):
        points, origin = joined_points(texts[low:high])
        own, here = tokens.part(low, high), found[tokens.first[low] : tokens.first[high]]
        if kernel:
            columns = points, origin, own.first, own.start, own.end, own.flags, character_table()[1]
            kernel.stem_words(*columns, here, root)
            continue
        offset = np.repeat(origin[:-1], lengths(own.first))
        start, end = own.start + offset, own.end + offset
        whole, start = end - start, start + prefixed(points, start, end)
        end = np.where(_within(points[start], _HANGUL), np.minimum(end, start + _SYLLABLES), end)
        cuts = (end - start > root) | (end - start < whole)
        long = np.flatnonzero(cuts & (own.flags & NUMERIC == 0))
        cut = hash_stems(points, start[long], end[long], root)
        here[long] = np.where(cut > 0, cut, here[long])
    return found


def prefixed(points: NDArray[np.uint32], start: NDArray[np.int64], end: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return how many letters stand before each word points[start:end] that are words of their own in Arabic, int64.

    "And", then the article, with "in", "as", "so" or "to": the prefixes of the light stemmer of Larkey, Ballesteros and
    Connell (2002). What looks like "and" goes after the article too, so that "minister" and "the minister" are one.

    >>> from dedupe.words import code_points
    >>> words = code_points("والوزير وزير بالمئة للحرب")
    >>> prefixed(words, np.array([0, 8, 13, 20]), np.array([7, 12, 19, 25])).tolist()
    [4, 1, 3, 2]
    """
    size = np.zeros(len(start), dtype=np.int64)
    if not len(start) or points[start].max() < _HEBREW[0]:
        return size
    size += _hebrew_prefixed(points, start, end)
    folded = np.append(character_table()[1][points], np.zeros(len(_BEFORE), dtype=np.uint32))
    size += (folded[start] == _WAW) & (end - start > _LEFT + 1)
    first, second, third = (folded[start + size + place] for place in range(3))
    article = np.where(((first == _ALEF) | (first == _LAM)) & (second == _LAM), 2, 0)
    article[np.isin(first, _BEFORE) & (second == _ALEF) & (third == _LAM)] = 3
    article[end - start - size - article < _LEFT] = 0
    size += article
    size += (article > 0) & (folded[start + size] == _WAW) & (end - start - size > _LEFT + 1)
    return size


def _hebrew_prefixed(points: NDArray[np.uint32], start: NDArray[np.int64], end: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return how many letters before each word points[start:end] may be words of their own in Hebrew, int64.

    All that may be are taken: of "Morocco" and "in Morocco" the same letters stay, though not the first.

    >>> from dedupe.words import code_points
    >>> _hebrew_prefixed(code_points("במרוקו מרוקו הכלא"), np.array([0, 7, 13]), np.array([6, 12, 17])).tolist()
    [2, 1, 1]
    """
    size = np.zeros(len(start), dtype=np.int64)
    going = _within(points[start], _HEBREW)
    for _ in range(_AT_MOST if going.any() else 0):
        going &= np.isin(points[start + size], _HEBREW_BEFORE) & (end - start - size > _LEFT + 1)
        size += going
    return size


def _within(points: NDArray[np.uint32], letters: tuple[int, int]) -> NDArray[np.bool_]:
    """Return which code points are some of these letters."""
    return (points >= letters[0]) & (points < letters[1])


def hash_stems(
    points: NDArray[np.uint32], start: NDArray[np.int64], end: NDArray[np.int64], root: int = STEM
) -> NDArray[np.uint32]:
    """Return the hash of the stem of each word points[start:end], uint32; 0 where nothing but signs is left of it."""
    folded = character_table()[1][points]
    if (gone := folded == NOTHING).any():
        place = bounds_of(~gone)
        folded, start, end = folded[~gone], place[start], place[end]
    found, left = np.zeros(len(start), dtype=np.uint32), end > start
    start, stop = start[left], np.minimum(end, start + STEM)[left]
    last = folded[stop - 1]
    stop -= (stop - start > root) & (last < len(ENDINGS)) & ENDINGS[np.minimum(last, len(ENDINGS) - 1)]
    found[left] = hash_words(folded, start, stop)
    return found


def row_chunks(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Return row ranges of about _CHUNK characters each."""
    sizes = [len(text) for text in texts]
    if sum(sizes) < _CHUNK:
        return [(0, len(texts))] if texts else []
    size = np.cumsum(sizes) // _CHUNK
    cuts = [0, *(np.flatnonzero(np.diff(size)) + 1).tolist(), len(texts)]
    return list(pairwise(cuts))
