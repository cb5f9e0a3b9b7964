"""The terms of articles: words, and pairs of neighbouring characters in scripts without spaces."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ..words import SINGLE, Tokens, mix

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MOST = np.iinfo(np.uint16).max


class Terms(NamedTuple):
    """Counted terms as rows: `first` int64 (n + 1,), `term` int32 and `count` uint16 (entries,), `key` uint32 (terms,).

    Keys ascend, and terms ascend within a row.
    """

    first: NDArray[np.int64]
    term: NDArray[np.int32]
    count: NDArray[np.uint16]
    key: NDArray[np.uint32]


def term_keys(tokens: Tokens) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Return the key of each term in reading order and the text it stands in, each of shape (occurrences,).

    A word is a term. So is each pair of neighbouring characters of a script without spaces (Cavnar and Trenkle's
    n-grams; pairs are the usual unit for Chinese retrieval); such a character without a neighbour stands alone.
    """
    row = np.repeat(np.arange(len(tokens.first) - 1), np.diff(tokens.first))
    single = (tokens.flags & SINGLE) != 0
    if not single.any():
        return tokens.hash, row
    touches = single[:-1] & single[1:] & (row[:-1] == row[1:]) & (tokens.end[:-1] == tokens.start[1:])
    follows = np.concatenate(([False], touches))
    precedes = np.concatenate((touches, [False]))
    head, tail = tokens.hash[:-1][touches].astype(np.uint64), tokens.hash[1:][touches].astype(np.uint64)
    pairs = (mix(head << np.uint64(32) | tail) >> np.uint64(32)).astype(np.uint32)
    keys = tokens.hash.copy()
    keys[np.flatnonzero(precedes)] = pairs
    kept = precedes | ~follows  # the last character of a run is in the pair before it
    return keys[kept], row[kept]


def count_terms(*columns: Tokens) -> Terms:
    """Return how often each term stands in each text; several columns (bodies, titles) of the same texts add up.

    >>> from dedupe.words import tokenize
    >>> terms = count_terms(tokenize(["a rose is a rose", ""]), tokenize(["Rose", "Is"]))
    >>> terms.first.tolist(), sorted(terms.count[:3].tolist()), len(terms.key)
    ([0, 3, 4], [1, 2, 3], 3)
    """
    texts = len(columns[0].first) - 1
    parts = [term_keys(tokens) for tokens in columns]
    packed = np.concatenate([row.astype(np.uint64) << np.uint64(32) | keys for keys, row in parts])
    packed.sort()
    fresh = np.concatenate(([True], packed[1:] != packed[:-1])) if len(packed) else np.zeros(0, dtype=bool)
    start = np.flatnonzero(fresh)
    count = np.diff(np.concatenate((start, [len(packed)])))
    packed = packed[start]
    keys = packed.astype(np.uint32)
    vocabulary = _distinct(keys)
    first = np.searchsorted(packed, np.arange(texts + 1, dtype=np.uint64) << np.uint64(32))
    term = np.searchsorted(vocabulary, keys).astype(np.int32)
    return Terms(first.astype(np.int64), term, np.minimum(count, _MOST).astype(np.uint16), vocabulary)


def _distinct(keys: NDArray[np.uint32]) -> NDArray[np.uint32]:
    ordered = np.sort(keys)
    return ordered[np.concatenate(([True], ordered[1:] != ordered[:-1]))] if len(ordered) else ordered
