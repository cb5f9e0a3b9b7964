"""Which words of articles are terms: those of English as they are, of other languages their stems."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from ..compiling import compiled, kernel_of
from ..words import Tokens, chosen, in_slots, lengths, ranges, slots_of
from .background import load_background, load_common
from .weekdays import stems_but_days
from .weights import ABROAD, COMMON, HALF, USED, is_strange

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ..model import Corpus


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
    """Return which articles are in another language than English, as `weights.is_strange` tells."""
    found = _few_used(bodies, titles)
    rows = np.flatnonzero(found)
    if len(rows):
        own = chosen(bodies, rows), chosen(titles, rows)
        used, common, abroad = (_listed(*own, slots) for slots in (_english(USED), _english(COMMON), _abroad()))
        found[rows] = is_strange(lengths(own[0].first) + lengths(own[1].first), used, common, abroad)
    return found


def _few_used(bodies: Tokens, titles: Tokens) -> NDArray[np.bool_]:
    """Return of which articles fewer than HALF of the words are USED in English."""
    used = _english(USED)
    if compiled(len(bodies.hash), __package__):
        found: NDArray[np.bool_] = kernel_of(__package__).few_listed(
            bodies.first, bodies.hash, titles.first, titles.hash, used, HALF
        )
        return found
    return np.asarray(_listed(bodies, titles, used) < HALF * (lengths(bodies.first) + lengths(titles.first)))


def _listed(bodies: Tokens, titles: Tokens, slots: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return how many words of each article are in a table, int64."""
    found = (lengths(np.searchsorted(in_slots(slots, some.hash), some.first)) for some in (bodies, titles))
    return np.asarray(sum(found))


@cache
def _english(rate: float) -> NDArray[np.bool_]:
    """Return a table of the words that stand in at least such a share of English news."""
    background = load_background()
    return slots_of(background.key[background.rate > rate])


@cache
def _abroad() -> NDArray[np.bool_]:
    """Return a table of the commonest words of other languages that are rarer than ABROAD in English."""
    common = load_common().key
    return slots_of(common[load_background().rates(common)[0] < ABROAD])
