"""Which words of articles are terms: those of English as they are, of other languages their stems."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from ..compiling import compiled, kernel_of
from ..words import Tokens, chosen, in_slots, lengths, ranges, slots_of
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
    if len(rows) == len(texts):
        return replace(tokens, hash=stems_but_days(texts, tokens))
    own = chosen(tokens, rows)
    hashes = tokens.hash.copy()
    _, place = ranges(tokens.first[rows], lengths(own.first))
    hashes[place] = stems_but_days([texts[row] for row in rows.tolist()], own)
    return replace(tokens, hash=hashes)


def is_foreign(bodies: Tokens, titles: Tokens) -> NDArray[np.bool_]:
    """Return which articles are in another language than English: few of their words are common in it."""
    found = _few_listed(bodies, titles, COMMON, STRANGE)
    return found & _few_listed(bodies, titles, USED, FEW) if found.any() else found


def _few_listed(bodies: Tokens, titles: Tokens, rate: float, share: float) -> NDArray[np.bool_]:
    """Return of which articles fewer than a share of the words stand in at least so many of English news texts."""
    listed = _slots(rate)
    if compiled(len(bodies.hash), __package__):
        found: NDArray[np.bool_] = kernel_of(__package__).few_listed(
            bodies.first, bodies.hash, titles.first, titles.hash, listed, share
        )
        return found
    size = lengths(bodies.first) + lengths(titles.first)
    many = sum(lengths(np.searchsorted(in_slots(listed, one.hash), one.first)) for one in (bodies, titles))
    return np.asarray(many < share * size)


@cache
def _slots(rate: float) -> NDArray[np.bool_]:
    """Return a table of the words that stand in at least such a share of English news."""
    background = load_background()
    return slots_of(background.key[background.rate > rate])
