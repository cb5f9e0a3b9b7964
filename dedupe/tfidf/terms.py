"""The terms of articles: words, and in scripts without spaces pairs of neighbouring characters."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..compiling import compiled, kernel_of
from ..model import IN_LEAD, IN_TITLE, NAME, NUMBER
from ..rows import distinct, lengths, owners, runs
from ..words import CAPITAL, IDEOGRAPH, NUMERIC, SINGLE, Tokens, mix

LEAD = 60  # words: the opening paragraphs, in which news says what happened
NAMES = 0.7  # of a name's occurrences start with a capital; a common word at the head of its sentences stays below
MOST = np.iinfo(np.uint16).max
_BITS = np.uint64(4)  # below the key: CAPITAL, then the flags of the occurrence
CAPITAL_BIT, TITLE_BIT, LEAD_BIT, NUMBER_BIT = 1, 2, 4, 8


class Terms(NamedTuple):
    """Counted terms as rows: `first` int64 (n + 1,); `term` int32, `count` uint16 and `flags` uint8 (entries,);
    `key` uint32 (terms,).

    Keys ascend, and terms ascend within a row. The flags are those of `model.Weights`.
    """

    first: NDArray[np.int64]
    term: NDArray[np.int32]
    count: NDArray[np.uint16]  # type: ignore[assignment]  # hides tuple.count, which nobody misses
    flags: NDArray[np.uint8]
    key: NDArray[np.uint32]


def count_terms(bodies: Tokens, titles: Tokens | None = None, *, jobs: int = 1) -> Terms:
    """Return how often each term stands in each text and its title, and where.

    A word is a term. So is each pair of neighbouring characters of a script without spaces (Cavnar and Trenkle's
    n-grams; pairs are the usual unit for Chinese retrieval); such a character without a neighbour stands alone. One of
    Chinese is a term beside its pairs: many words have one, outlets write foreign names with others, and both together
    find more (Nie, Gao, Zhang and Zhou 2000).

    >>> from dedupe.words import tokenize
    >>> terms = count_terms(tokenize(["a rose is a rose", ""]), tokenize(["Rose", "Is"]))
    >>> terms.first.tolist(), sorted(terms.count[:3].tolist()), len(terms.key)
    ([0, 3, 4], [1, 2, 3], 3)
    """
    if compiled(len(bodies.hash), __package__):
        return kernel_of(__package__).count_terms(bodies, titles, jobs)
    texts = len(bodies.first) - 1
    packed = _occurrences(bodies, title=False)
    if titles is not None:
        packed = np.concatenate((packed, _occurrences(titles, title=True)))
    packed.sort()
    whole = packed >> _BITS
    bounds = runs(whole)
    start, count = bounds[:-1], lengths(bounds)
    whole = whole[start]
    first = np.searchsorted(whole, np.arange(texts + 1, dtype=np.uint64) << np.uint64(32))
    keys = whole.astype(np.uint32)
    vocabulary = distinct(keys)
    term = np.searchsorted(vocabulary, keys).astype(np.int32)
    flags = _flags(packed.astype(np.uint8) & np.uint8(15), start, term, len(vocabulary))
    return Terms(first.astype(np.int64), term, np.minimum(count, MOST).astype(np.uint16), flags, vocabulary)


def _occurrences(tokens: Tokens, *, title: bool) -> NDArray[np.uint64]:
    """Return each occurrence of a term as one number: text, key and flags, uint64."""
    keys, words = term_keys(tokens)
    row = owners(tokens.first)
    flags = np.where(tokens.flags & NUMERIC != 0, NUMBER_BIT, 0)
    if title:
        flags |= TITLE_BIT
    else:
        flags |= np.where(tokens.flags & CAPITAL != 0, CAPITAL_BIT, 0)
        flags |= np.where(np.arange(len(row)) - tokens.first[row] < LEAD, LEAD_BIT, 0)
    if words is not None:
        row, flags = row[words], flags[words]
    packed = row.astype(np.uint64) << np.uint64(32) | keys
    return packed << _BITS | flags.astype(np.uint64)


def term_keys(tokens: Tokens) -> tuple[NDArray[np.uint32], NDArray[np.int64] | None]:
    """Return the key of each term, and the word it starts with (None: every word is one term)."""
    pair, start = pair_keys(tokens)
    if not len(pair):
        return tokens.hash, None
    alone = np.ones(len(tokens.hash), dtype=np.bool_)
    alone[start] = alone[start + 1] = False
    words = np.flatnonzero(alone | (tokens.flags & IDEOGRAPH != 0))
    return np.concatenate((tokens.hash[words], pair)), np.concatenate((words, start))


def pair_keys(tokens: Tokens) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Return the key of each pair of neighbouring characters of a script without spaces, and the word it starts with.

    >>> from dedupe.words import tokenize
    >>> pair_keys(tokenize(["a 東京で", "地震"]))[1].tolist()
    [1, 2, 4]
    """
    single = (tokens.flags & SINGLE) != 0
    touches = single[:-1] & single[1:] & (tokens.end[:-1] == tokens.start[1:])
    inner = tokens.first[(tokens.first > 0) & (tokens.first < len(single))]
    touches[inner - 1] = False  # the last word of a text and the first of the next
    head, tail = tokens.hash[:-1][touches].astype(np.uint64), tokens.hash[1:][touches].astype(np.uint64)
    return (mix(head << np.uint64(32) | tail) >> np.uint64(32)).astype(np.uint32), np.flatnonzero(touches)


def _flags(bits: NDArray[np.uint8], start: NDArray[np.int64], term: NDArray[np.int32], terms: int) -> NDArray[np.uint8]:
    """Return the flags of each entry, given the bits of its occurrences: what is a name, the whole corpus decides."""
    if not len(start):
        return np.zeros(0, dtype=np.uint8)
    anywhere = np.bitwise_or.reduceat(bits, start)
    capitals = np.bincount(term, weights=np.add.reduceat(bits & 1, start, dtype=np.int64), minlength=terms)
    in_bodies = np.bincount(term, weights=np.add.reduceat((bits >> 1 & 1) ^ 1, start, dtype=np.int64), minlength=terms)
    numeric = np.bincount(term, weights=anywhere & NUMBER_BIT, minlength=terms) > 0
    names = are_names(capitals, in_bodies, numeric)
    return entry_flags(anywhere, names[term], numeric[term])


def are_names(capitals: NDArray[Any], in_bodies: NDArray[Any], numeric: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return which terms are names, given their occurrences with a capital and those in bodies."""
    return (capitals > 0) & (capitals >= NAMES * in_bodies) & ~numeric


def entry_flags(anywhere: NDArray[np.uint8], named: NDArray[np.bool_], numeric: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """Return the flags of entries, given the bits of any of their occurrences and what their terms are."""
    flags = np.where(anywhere & TITLE_BIT, np.uint8(IN_TITLE), np.uint8(0))
    flags |= np.where(anywhere & LEAD_BIT, np.uint8(IN_LEAD), np.uint8(0))
    flags |= np.where(named, np.uint8(NAME), np.uint8(0))
    flags |= np.where(numeric, np.uint8(NUMBER), np.uint8(0))
    return flags
