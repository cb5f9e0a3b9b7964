"""The measurements of many pairs: the plain way for few, the kernel for many."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ..compiling import compiled
from ..model import Corpus
from ..rows import distinct, lengths, marked, ranges
from ..words import Tokens, chosen
from . import plain
from .decide import LATE, NAMED, RISEN, SERIES, SOME_FIGURES, SUBJECT, is_form, may_be_of_two
from .features import COLUMN
from .figures import numbers_of, shared_words
from .legible import legible
from .occasion import of_one_day, of_one_series, other_day, risen
from .prepare import INFLECTED, Ground, prepare
from .subject import other_subject

MANY = 200_000  # words of all pairs that take the plain way about as long (4 us each) as loading the compiled one takes
COLD = 6  # times as many take as long as compiling


class ByPlace(Protocol):
    """A column, or what stands for one, of which the values in some places are asked for."""

    def __getitem__(self, places: NDArray[np.int64], /) -> NDArray[np.float32]: ...


def measure(
    corpus: Corpus,
    a: NDArray[np.int32],
    b: NDArray[np.int32],
    weight: ByPlace,
    terms: NDArray[np.uint32] | None = None,
    whole: int = 0,
) -> NDArray[np.float32]:
    """Return the features of the pairs (a[i], b[i]) of rows of the corpus, float32 of shape (pairs, len(FEATURES)).

    `weight` is the IDF (natural logarithm) of each row of `corpus.tokens`, `terms` its term, if that is not the word.
    `whole`: where these are a part of the pairs that are measured, the words of all of them.
    Shares are 0 where a text has nothing to share. `days` is nan where a date is unknown. `other_day` is 0, 1, SERIES,
    SUBJECT or NAMED; of a pair that looks like one form it becomes 0 where both name one day of the week, and RISEN
    where the figures have `risen`.
    """
    rows = distinct(np.concatenate((a, b)))  # what is in no pair is not prepared
    texts, words, place = _chosen(corpus, rows)
    ground = _ground(texts, words, weight[place])
    if terms is not None:
        _inflect(ground, terms[place])
    order = np.lexsort((b, a))
    one, other = (np.searchsorted(rows, side[order]).astype(np.int32) for side in (a, b))
    length = lengths(ground.first)
    if compiled(max(whole, int(length[one].sum() + length[other].sum())), __package__, MANY, COLD):
        from . import kernel

        found = kernel.measure(ground, one, other)
    else:
        found = plain.measure(ground, one, other)
    features = np.empty_like(found)
    features[order] = found
    days = np.abs(corpus.published[a] - corpus.published[b]).astype(np.float32)
    one_outlet = ((corpus.outlet[a] == corpus.outlet[b]) & (corpus.outlet[a] >= 0)).astype(np.float32)
    apart = np.where(of_one_series(corpus, a, b), SERIES, other_day(corpus, a, b)).astype(np.float32)
    read = legible(words)
    right = (read[np.searchsorted(rows, a)] * read[np.searchsorted(rows, b)]).astype(np.float32)
    features = np.column_stack((features, days, one_outlet, right, apart))
    apart = features[:, COLUMN["other_day"]]
    likely = np.flatnonzero((apart != SERIES) & (may_be_of_two(features) > 0))
    apart[likely] = _subject(corpus, words, rows, a[likely], b[likely], apart[likely])
    forms = np.flatnonzero(is_form(features) & ~(days >= LATE))
    if len(forms):  # they may tell of one event all the same
        sides = a[forms], b[forms]
        subject, of_days = apart[forms], apart[forms] == SERIES  # of one day's two the one has more by chance
        one_day = of_one_day(corpus, *sides) & (subject < SUBJECT)
        grown = risen(corpus, *sides) & ~of_days & ((subject < SUBJECT) | ((subject < NAMED) & (days[forms] > 0)))
        apart[forms] = np.where(grown, RISEN, apart[forms] * ~one_day)
    return features


def _subject(
    corpus: Corpus, words: Tokens, rows: NDArray[np.int32], a: NDArray[np.int32], b: NDArray[np.int32],
    apart: NDArray[np.float32],
) -> NDArray[np.float32]:  # fmt: skip
    """Return what titles say of pairs, if anything; NAMED only where the texts, of `words`, give other numbers.

    One other number is none: who puts right a name in text and title may put right a number, too.
    `apart`: what else is known of the pairs. `rows`: those of the texts.
    """
    told = other_subject(corpus, a, b)
    named = np.flatnonzero(told == NAMED)
    if len(named):
        one, other = (np.searchsorted(rows, side[named]).astype(np.int32) for side in (a, b))
        numbers = numbers_of(words)
        shared, *own = shared_words(numbers.first, numbers.number, one, other)
        told[named[np.minimum(*own) - shared < SOME_FIGURES]] = SUBJECT
    return np.where(told > 0, told, apart).astype(np.float32)


def _ground(texts: list[str], tokens: Tokens, weight: NDArray[np.float32]) -> Ground:
    if compiled(len(tokens.hash), __package__):
        from . import kernel

        return kernel.prepare(texts, tokens, weight)
    return prepare(texts, tokens, weight)


def _chosen(corpus: Corpus, rows: NDArray[np.int32]) -> tuple[list[str], Tokens, NDArray[np.int64]]:
    """Return the texts in `rows` (ascending), their words, and where these stand among all."""
    words = chosen(corpus.tokens, rows)
    _, place = ranges(corpus.tokens.first[rows], lengths(words.first))
    return [corpus.text[row] for row in rows.tolist()], words, place


def _inflect(ground: Ground, terms: NDArray[np.uint32]) -> None:
    """Mark the words of texts whose terms are not their words: names have several forms there."""
    ground.kind[np.repeat(marked(terms != ground.word, ground.first) > 0, lengths(ground.first))] |= INFLECTED
