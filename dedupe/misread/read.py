"""The words of texts as they were meant, where the texts are readings of print."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..rows import bounds_of, lengths
from ..words import CAPITAL, MISREAD, NUMERIC, SINGLE, SLOT_SHIFT, Tokens, tokenize, unlisted
from .meanings import LINE_END, SHORTEST, Meanings

# A text is a reading of print where such a share of its words, and at least so many, each counted once, are broken at
# a line's end or stand for a common word. With one word in ten misread 19 of 20 texts have so many, with one in twenty
# 7 of 10; of other news none of 12,000 (Reuters) and of 1,914 (AllSides, Wikinews), 3 of 772 (ECB+), whose rare words
# look like common ones.
SIGNS, FEWEST = 0.01, 3
STRANGE = 0.015  # share of its words, at least, in small letters and not listed: with fewer nothing is looked up
KNOWN = 0.6  # share of its words, at least, that are listed, else it is in another language; 0.85 if a fifth is misread

_BROKEN = re.compile(rf"\b([^\W\d_]+){LINE_END.pattern}([^\W\d_]+)")


class Word(NamedTuple):
    """A word of a text: its columns, see `Tokens`; in place of its hash the word that was meant, if that is known."""

    hash: int | str
    start: int
    end: int
    flags: int


def as_meant(
    texts: Sequence[str],
    tokens: Tokens,
    listed: NDArray[np.bool_],
    meanings: Callable[[], Meanings],
    in_language: Callable[[str], bool],
) -> Tokens:
    """Return the words of texts, those of misread ones as what they stand for; others are left as they are.

    `listed`: the words of a language, as `slots_of` has them. `meanings`: returns what misread words stand for; called
    where a text seems to have enough of them. `in_language`: whether a text is in that language; asked of few texts,
    since half the words of some in another language are listed too.

    >>> from dedupe.misread import Meanings
    >>> from dedupe.words import slots_of, words
    >>> text = "tbe rnayor of tne town said on monday that the ferry is safe and tbe qu-\\nay is open"
    >>> meant = "the mayor of the town said on monday that the ferry is safe and the quay is open"
    >>> listed, rates = slots_of(tokenize([meant]).hash), dict.fromkeys(words(meant), 0.1)
    >>> found = as_meant([text], tokenize([text]), listed, lambda: Meanings(rates), lambda text: True)
    >>> bool((found.hash == tokenize([meant]).hash).all()), text[found.start[15] : found.end[15]]
    (True, 'qu-\\nay')
    """
    count, (other, odd) = lengths(tokens.first), unlisted(tokens, listed)
    some = (odd >= np.maximum(STRANGE * count, FEWEST)) & (other <= (1 - KNOWN) * count)
    read: dict[int, Tokens] = {}
    for row in np.flatnonzero(some).tolist():
        own, known = tokens.part(row, row + 1), meanings()
        if is_misread(texts[row], own, listed, known) and in_language(texts[row]):
            read[row] = _columns(_reread(texts[row], own, known))
    return _with(tokens, read) if read else tokens


def is_misread(text: str, words: Tokens, listed: NDArray[np.bool_], meanings: Meanings) -> bool:
    """Return whether a text is a reading of print: enough words look like others or are broken at the end of a line."""
    odd = ~listed[words.hash >> SLOT_SHIFT] & (words.flags & (CAPITAL | NUMERIC) == 0)
    different = {text[a:b].lower() for a, b in zip(words.start[odd].tolist(), words.end[odd].tolist(), strict=True)}
    broken = {(one.lower(), other.lower()) for one, other in _BROKEN.findall(text)}
    signs = sum(map(meanings.common, different)) + sum(one + other in meanings.rates for one, other in broken)
    return signs >= max(SIGNS * len(words.hash), FEWEST)


def _reread(text: str, words: Tokens, meanings: Meanings) -> Iterator[Word]:
    """Yield the words of a text as they are meant."""
    columns = (column.tolist() for column in words.columns)
    pairs = pairwise([*map(Word, *columns), Word(0, len(text), len(text), NUMERIC)])
    for one, other in pairs:
        said, more = text[one.start : one.end].lower(), text[other.start : other.end].lower()
        apart = (one.flags | other.flags) & (NUMERIC | SINGLE) or other.flags & CAPITAL
        whole = "" if apart else meanings.whole(said, more, text[one.end : other.start])
        if whole:
            one, said = Word(whole, one.start, other.end, one.flags), whole  # it may be misread as well
            next(pairs, None)
        letters = sum(map(str.isalpha, said))
        known = said in meanings.rates or len(said) < SHORTEST or 2 * letters <= len(said)
        match () if known else meanings.of(said):
            case (meant,):
                yield Word(meant, one.start, one.end, one.flags & ~NUMERIC | MISREAD)
            case (first, second):
                cut = one.start + len(first)
                yield Word(first, one.start, cut, one.flags & ~NUMERIC | MISREAD)
                yield Word(second, cut, one.end, MISREAD)
            case _:
                yield one if known or one.flags & CAPITAL else one._replace(flags=one.flags | MISREAD)


def _columns(words: Iterable[Word]) -> Tokens:
    """Return the words of one text as columns."""
    said, start, end, flags = zip(*words, strict=True)
    hashes = iter(tokenize([" ".join(word for word in said if isinstance(word, str))]).hash.tolist())
    return Tokens(
        np.array([0, len(said)], dtype=np.int64),
        np.array([next(hashes) if isinstance(word, str) else word for word in said], dtype=np.uint32),
        np.array(start, dtype=np.int32),
        np.array(end, dtype=np.int32),
        np.array(flags, dtype=np.uint8),
    )


def _with(tokens: Tokens, read: Mapping[int, Tokens]) -> Tokens:
    """Return the words of texts, those of some rows replaced."""
    texts, low, parts = len(tokens.first) - 1, 0, []
    count = lengths(tokens.first)
    for row, own in read.items():
        parts += [tokens.part(low, row), own]
        count[row], low = len(own.hash), row + 1
    parts.append(tokens.part(low, texts))
    return Tokens(bounds_of(count), *map(np.concatenate, zip(*(part.columns for part in parts), strict=True)))
