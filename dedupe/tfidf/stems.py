"""Which words of articles are terms: those of English as they are, of other languages their stems."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from ..compiling import compiled, kernel_of
from ..model import Corpus
from ..rows import bounds_of, lengths, ranges
from ..words import NUMERIC, Tokens, chosen, in_slots, slots_of
from .background import common_words, load_background
from .weekdays import stems_but_days
from .weights import ABROAD, COMMON, USED, is_strange


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
    if not len(tokens.hash):  # no article has a title
        return tokens
    if len(rows) == len(texts):
        return replace(tokens, hash=stems_but_days(texts, tokens))
    own = chosen(tokens, rows)
    hashes = tokens.hash.copy()
    _, place = ranges(tokens.first[rows], lengths(own.first))
    hashes[place] = stems_but_days([texts[row] for row in rows.tolist()], own)
    return replace(tokens, hash=hashes)


def is_foreign(bodies: Tokens, titles: Tokens) -> NDArray[np.bool_]:
    """Return which articles are in another language than English, as `weights.is_strange` tells."""
    kinds = _kinds()
    if compiled(len(bodies.hash), __package__):
        columns = (bodies.first, bodies.hash, bodies.flags, titles.first, titles.hash, titles.flags)
        return kernel_of(__package__).is_foreign(*columns, kinds)
    return is_strange(*(_counted(bodies, kinds) + _counted(titles, kinds)))


def _counted(tokens: Tokens, kinds: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Return how many words each text has but numbers, and how many of each kind, int64 of shape (4, texts)."""
    words = tokens.flags & NUMERIC == 0
    first, hashes = bounds_of(words)[tokens.first], tokens.hash[words]
    listed = [np.searchsorted(in_slots(kinds & kind, hashes), first) for kind in (1, 2, 4)]
    return np.stack([lengths(bounds) for bounds in (first, *listed)])


@cache
def _kinds() -> NDArray[np.uint8]:
    """Return a table of words: 1 of those USED in English, 2 COMMON in it, 4 common elsewhere and rarer than ABROAD."""
    english, common = load_background(), common_words()
    abroad = common[english.rates(common)[0] < ABROAD]
    kinds = np.zeros(len(slots_of(abroad)), dtype=np.uint8)
    for kind, words in ((1, english.key[english.rate > USED]), (2, english.key[english.rate > COMMON]), (4, abroad)):
        kinds |= slots_of(words) * np.uint8(kind)
    return kinds
