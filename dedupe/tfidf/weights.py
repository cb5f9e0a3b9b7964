"""The weight of each term of each article, with IDF blended from news at large and from the corpus at hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..compiling import compiled, kernel_of
from ..model import NAME, NUMBER, Weights
from ..rows import bounds_of, lengths, marked, owners, places_in, ranges
from ..words import Tokens
from .background import Background, load_background, load_common, share
from .chinese import in_chinese, pair_rates, with_names
from .stem_rates import languages, stem_rates, without_nouns
from .terms import Terms, count_terms
from .weekdays import weekdays

# The background counts as so many articles of the corpus: five articles alone are weighed by the background, tens
# of thousands by themselves.
TRUST = 1000.0
# Rate of a word that is none of the commonest of its language, where these are known. Its rank is as likely 200 as
# 2,000 or 20,000 (Zipf), and a word of the middle one, 4,000, has such a rate. English does as well if no more is known
# of it than of such a language as with its table: B-cubed F1 of ECB+ 0.911 (with the table 0.912), AllSides 0.864
# (0.862), Wikinews 0.814 (0.827). By how often the texts at hand use a word, what reports share seemed common, and F1
# of Wikinews was 0.64.
UNLISTED = 0.005
# Rate of such a word in small letters, which is no name, where the language has capitals. Of English stems in small
# letters but those of the commonest 150 words the geometric mean is 0.03 in ECB+ and Wikinews, 0.04 in AllSides, 0.07
# in Reuters; of names 0.002, 0.002, 0.02 and 0.015.
SMALL_LETTERS = 0.03
CASED = 0.05  # of a text's terms are names, at least, where the language has capitals
# Where the commonest words of a language are not known either, the texts at hand tell how common a word is, and fewer
# words than these count as so many. If it were more, words that all texts have would tell the stories.
ENOUGH = 4_000.0
RANKED = 0.15  # of a text's words: so many are among the commonest of a language that is known, 0.2 to 0.5
# Which texts are in a language without a table (`is_strange`). Of 999 in 1,000 English reports 0.55 and more of the
# words are USED and 0.12 are COMMON; in a line of names a third are USED. Of Dutch, Danish, Swedish and Portuguese
# briefs up to 0.45 are USED and 0.25 COMMON ("in", "at", "do"), but as many are ABROAD, in English 0.02. Headlines of
# names and rare words are told by either kind ("Storm closes Genoa port as waves smash breakwater"): of 12,000 of
# Reuters 36 are taken for foreign, 143 if those with some USED and none ABROAD are; of 864 others 4 less. Numbers are
# USED in English as elsewhere: where they counted, 13 of 1,539 openings of 20 words in ten languages were English.
USED, HALF, FEW = 0.01, 0.5, 1 / 3
COMMON, STRANGE = 0.2, 0.15
ABROAD = 0.05
_STEP = 2.0**20  # weights are whole multiples of 1 / 2**20: sums of their products are exact in any order


class Rated(NamedTuple):
    """Counted terms, and in how large a share of the documents of news at large each stands: `rate`, float64."""

    terms: Terms
    rate: NDArray[np.float64]


def weigh(bodies: Tokens, titles: Tokens | None = None, *, jobs: int = 1) -> Weights:
    """Return the TF-IDF rows of articles, given the words of their texts and titles.

    Term frequency is sublinear, 1 + ln(count) (Manning, Raghavan and Schuetze 2008, 6.4.1). IDF is the negative
    logarithm of a blended share of documents (background rate x TRUST + articles) / (TRUST + n). There is no list of
    stop words: words that stand in most documents weigh next to nothing by themselves.

    >>> from dedupe.words import tokenize
    >>> rows = weigh(tokenize(["the volcano erupted", "the volcano slept", ""]))
    >>> rows.first.tolist(), rows.articles.max().item()
    ([0, 3, 6, 6], 2)
    >>> the, erupted = (rows.key.searchsorted(tokenize([word]).hash)[0] for word in ("the", "erupted"))
    >>> bool(rows.idf[the] < 0.2 * rows.idf[erupted])
    True
    """
    found = rated(bodies, titles, jobs=jobs)
    filled = lengths(found.terms.first) > 0
    return weighed(found, _totals(found.terms, filled)[1], int(filled.sum()), jobs=jobs)


def rated(bodies: Tokens, titles: Tokens | None = None, *, jobs: int = 1) -> Rated:
    """Return the counted terms of articles, with how common each is in news at large: all that is true anywhere.

    In a language that writes more than names with a capital, what is common is no name; see `chinese` for Chinese.
    """
    found = background_rates(count_terms(bodies, titles, jobs=jobs), load_background())
    if not len(rows := in_chinese(bodies)):
        return found
    return Rated(with_names(found.terms, bodies, rows), np.maximum(found.rate, pair_rates(found.terms, rows)))


def weighed(found: Rated, articles: NDArray[Any], size: float, *, jobs: int = 1) -> Weights:
    """Return the rows of counted terms, given in how many of the corpus's `size` articles with words each stands."""
    terms, rate = found
    idf = _idf((rate * TRUST + articles) / (TRUST + size))
    return Weights(
        first=terms.first,
        term=terms.term,
        count=terms.count,
        weight=weighted_rows(terms, idf, jobs),
        flags=terms.flags,
        key=terms.key,
        articles=articles.astype(np.int32),
        idf=idf,
        background_idf=_idf(rate),
        surroundings=np.zeros((len(terms.first) - 1, 3), dtype=np.float32),
        days=weekdays(terms),
    )


def of_distinct(
    weights: Weights,
    distinct: NDArray[np.bool_],
    *,
    counted: Callable[[NDArray[np.uint32], NDArray[np.int64], int], tuple[NDArray[Any], float]] | None = None,
    jobs: int = 1,
) -> Weights:
    """Return the rows weighed anew, by how many of the distinct articles have each term: the others are their copies.

    A story under forty mastheads would make its own words common, and itself unlike every other report of its event.
    `counted`: given term keys, in how many of these articles each stands, and how many have words, returns the same of
    a larger corpus; these are among it. Without it the corpus is these articles.

    >>> from dedupe.words import tokenize
    >>> rows = weigh(tokenize(["ash over Iceland", "ash over Iceland", "rates rose"]))
    >>> once = of_distinct(rows, np.array([True, False, True]))
    >>> ash = rows.key.searchsorted(tokenize(["ash"]).hash)[0]
    >>> bool(once.idf[ash] > rows.idf[ash]), once.articles[ash].item()
    (True, 2)
    """
    if distinct.all() and counted is None:
        return weights
    terms = Terms(weights.first, weights.term, weights.count, weights.flags, weights.key)
    _, articles = _totals(terms, distinct)
    size: float = int((distinct & (lengths(weights.first) > 0)).sum())
    if counted is not None:
        articles, size = counted(weights.key, articles, int(size))
    rate = np.exp(-weights.background_idf.astype(np.float64))
    idf = _idf((rate * TRUST + articles) / (TRUST + size))
    return replace(weights, weight=weighted_rows(terms, idf, jobs), idf=idf)


def in_order(weights: Weights, rows: NDArray[np.int64]) -> Weights:
    """Return the rows of some articles, in this order; how many have a term, and what it weighs, stay as they were."""
    if len(rows) == len(weights.first) - 1 and (rows[1:] > rows[:-1]).all():  # it is all of them, as they are
        return weights
    count = lengths(weights.first)[rows]
    _, entry = ranges(weights.first[rows], count)
    return replace(
        weights,
        first=bounds_of(count),
        term=weights.term[entry],
        count=weights.count[entry],
        weight=weights.weight[entry],
        flags=weights.flags[entry],
        surroundings=weights.surroundings[rows],
        days=weights.days[rows],
    )


def _idf(rate: NDArray[Any]) -> NDArray[np.float32]:
    return np.maximum(-np.log(rate), 0.0).astype(np.float32)


def weighted_rows(terms: Terms, idf: NDArray[np.float32], jobs: int = 1) -> NDArray[np.float32]:
    """Return the weights of entries, float32: rows whose squares sum to 1, rounded down to steps of 2**-20."""
    if compiled(len(terms.term), __package__):
        return kernel_of(__package__).weighted_rows(terms, idf, _STEP, jobs)
    values = (1.0 + np.log(terms.count.astype(np.float64))) * idf[terms.term]
    row = owners(terms.first)
    squares = np.bincount(row, weights=values * values, minlength=len(terms.first) - 1)
    scale = 1.0 / np.sqrt(np.where(squares > 0, squares, 1.0))
    return (np.floor(values * scale[row] * _STEP) / _STEP).astype(np.float32)


def idf_of(weights: Weights, words: NDArray[np.uint32], jobs: int = 1) -> NDArray[np.float32]:
    """Return the blended IDF of each word, float32; that of the rarest where a word is no term of any article.

    >>> from dedupe.words import tokenize
    >>> the, erupted = idf_of(weigh(tokenize(["the volcano erupted"])), tokenize(["the erupted"]).hash).tolist()
    >>> the < erupted
    True
    """
    if not len(weights.key):
        return np.zeros(len(words), dtype=np.float32)
    unknown = float(weights.idf.max())
    if compiled(len(words), __package__):
        from . import kernel

        return kernel.idf_of(words, weights.key, weights.idf, unknown, jobs)
    place = places_in(weights.key, words)
    return np.where(place >= 0, weights.idf[place], np.float32(unknown))


def background_rates(terms: Terms, background: Background) -> Rated:
    """Return the terms with each one's share of documents in news at large.

    Where a text's language is not in the table (`is_strange`), the rate of a word is that of the commonest words of
    many languages or of the stems of its own, or `unlisted_rates`; if none is of its language, the corpus tells.
    """
    if compiled(len(terms.term), __package__):
        return kernel_of(__package__).background_rates(terms, background)
    rate, _ = background.rates(terms.key)
    length, used = _lengths(terms, rate > USED)
    if not (used < HALF * length).any():
        return Rated(terms, rate)
    estimate, listed = load_common().rates(terms.key)
    common, abroad = (_lengths(terms, words)[1] for words in (rate > COMMON, listed & (rate < ABROAD)))
    strange = is_strange(length, used, common, abroad)
    ranked = strange & (_lengths(terms, listed)[1] >= RANKED * length)
    known, unknown, everywhere = (_totals(terms, texts)[0] for texts in (ranked, strange & ~ranked, strange | True))
    return rated_abroad(terms, rate, estimate, ranked, (known, unknown, everywhere))


def rated_abroad(
    terms: Terms,
    rate: NDArray[np.float64],
    estimate: NDArray[np.float64],
    ranked: NDArray[np.bool_],
    times: tuple[NDArray[Any], NDArray[Any], NDArray[Any]],
) -> Rated:
    """Return the terms with the rate of each, given that in English, and the `estimate` by the commonest words of many
    languages; and how many times it stands in the `ranked` texts, in others of strange languages, and in all.
    """
    known, unknown, everywhere = times
    spoken = languages(terms, ranked)
    estimate = np.maximum(estimate, stem_rates(terms, spoken))
    estimate = np.maximum(estimate, np.where((known > 0) & (estimate == 0), unlisted_rates(terms), 0.0))
    estimate = np.maximum(estimate, share(unknown / max(float(unknown.sum()), ENOUGH)))
    rate = np.where(known + unknown > 0.5 * everywhere, np.maximum(rate, estimate), rate)
    return Rated(without_nouns(terms, spoken), rate)


def is_strange(
    length: NDArray[Any], used: NDArray[Any], common: NDArray[Any], abroad: NDArray[Any]
) -> NDArray[np.bool_]:
    """Return which texts are in another language than English, given how many words, and of each kind, they have.

    Numbers are none. `used`, `common`: that stand in a share of USED and COMMON of English news; `abroad`: that are
    among the commonest of another language, and in English rarer than ABROAD.
    """
    other = (used < HALF * length) & (2 * (abroad - 1) > common)  # 1: a single word may be a name
    return other | (used < FEW * length) & (common < STRANGE * length) & ((abroad > 0) | (used == 0))


def unlisted_rates(terms: Terms) -> NDArray[np.float64]:
    """Return the rate of each term in news at large, float64, where it is none of its language's commonest words."""
    size = lengths(terms.first)
    names = marked(terms.flags & NAME, terms.first)
    cased, small = np.repeat(names >= CASED * size, size), terms.flags & (NAME | NUMBER) == 0
    rates = np.full(len(terms.key), UNLISTED)
    rates[terms.term[cased & small]] = SMALL_LETTERS
    return rates


def _totals(terms: Terms, texts: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return how often each term stands in some of the texts, and in how many of them, int64 of shape (2, terms)."""
    if compiled(len(terms.term), __package__):
        from . import kernel

        return kernel.totals(terms, texts)
    entries = np.repeat(texts, lengths(terms.first))
    term, count = terms.term[entries], terms.count[entries]
    found = [np.bincount(term, weights=each, minlength=len(terms.key)) for each in (count, None)]
    return np.stack(found).astype(np.int64)


def _lengths(terms: Terms, wanted: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return of each text how many words it has but numbers, and how many of the wanted ones, float64 (2, texts)."""
    row, texts = owners(terms.first), len(terms.first) - 1
    count = np.where(terms.flags & NUMBER, 0.0, terms.count)
    found = [np.bincount(row, weights=each, minlength=texts) for each in (count, count * wanted[terms.term])]
    return np.stack(found)
