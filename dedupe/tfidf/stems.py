"""Which words of articles are terms: those of English as they are, of other languages their stems."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from ..words import Tokens, chosen, lengths, ranges
from .background import load_background
from .weekdays import stems_but_days
from .weights import COMMON, STRANGE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ..model import Corpus

# Of an English text's words at least so many stand in one of a hundred others, were it a line of names and numbers with
# none of the commonest words: 0.4 and more in the 24 of 14,000 such, 0.03 to 0.26 in German, Spanish and Russian.
USED, FEW = 0.01, 1 / 3
_SLOTS = 20  # bits of a word's hash


def stemmed(corpus: Corpus) -> tuple[Tokens, Tokens]:
    """Return the words of texts and titles that terms are made of, see `stems_of`."""
    return stems_of(corpus.text, corpus.tokens, [article.title for article in corpus.articles], corpus.titles)


def stems_of(texts: Sequence[str], bodies: Tokens, headlines: Sequence[str], titles: Tokens) -> tuple[Tokens, Tokens]:
    """Return the words of texts and of their headlines, those of articles in other languages than English as stems.

    English has few forms of a word. In most languages a report of an event has other forms of its names and nouns than
    the next ("Арекипа", "Арекипой"), and few of the same words. Days of the week stay what they are.

    >>> from dedupe.words import tokenize
    >>> texts = ["Wer regiert in Berlin? Die Berliner regieren.", "Who rules Berlin? Berliners rule."]
    >>> words, none = tokenize(texts), tokenize(["", ""])
    >>> terms, _ = stems_of(texts, words, ["", ""], none)
    >>> bool(terms.hash[1] == terms.hash[6]), bool(terms.hash[3] == terms.hash[5]), bool(words.hash[3] == words.hash[5])
    (True, True, False)
    >>> bool((terms.hash[7:] == words.hash[7:]).all())
    True
    """
    foreign = np.flatnonzero(is_foreign(bodies, titles))
    if not len(foreign):
        return bodies, titles
    return _stemmed(texts, bodies, foreign), _stemmed(headlines, titles, foreign)


def _stemmed(texts: Sequence[str], tokens: Tokens, rows: NDArray[np.int64]) -> Tokens:
    """Return the words of texts, those in these rows as stems."""
    own = chosen(tokens, rows)
    hashes = tokens.hash.copy()
    _, place = ranges(tokens.first[rows], lengths(own.first))
    hashes[place] = stems_but_days([texts[row] for row in rows.tolist()], own)
    return replace(tokens, hash=hashes)


def is_foreign(bodies: Tokens, titles: Tokens) -> NDArray[np.bool_]:
    """Return which articles are in another language than English: few of their words are common in it."""
    length = lengths(bodies.first) + lengths(titles.first)
    found = np.asarray(_listed(bodies, COMMON) + _listed(titles, COMMON) < STRANGE * length)
    rows = np.flatnonzero(found)
    if len(rows):
        used = sum(_listed(chosen(tokens, rows), USED) for tokens in (bodies, titles))
        found[rows] = used < FEW * length[rows]
    return found


def _listed(tokens: Tokens, rate: float) -> NDArray[np.int64]:
    """Return how many words of each text stand in at least such a share of English news, int64."""
    listed = np.flatnonzero(_slots(rate)[tokens.hash >> (32 - _SLOTS)])
    return lengths(np.searchsorted(listed, tokens.first))


@cache
def _slots(rate: float) -> NDArray[np.bool_]:
    """Return by the upper bits of its hash whether a word may be one that stands in such a share of English news."""
    background, slots = load_background(), np.zeros(1 << _SLOTS, dtype=np.bool_)
    slots[background.key[background.rate > rate] >> (32 - _SLOTS)] = True
    return slots
