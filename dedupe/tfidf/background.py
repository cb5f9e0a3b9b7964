"""How common words are in news at large: document counts that ship with the package."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..model import Weights
from ..resources import load, load_json
from ..rows import distinct, owners, places_in
from ..words import tokenize
from .terms import term_keys
from .weekdays import day_terms, stems_but_days

_WORDS = 400  # of a document, by which a share of all words becomes a share of documents

DAY = 0.15  # of reports name a day of the week: in English 0.18 each from Monday to Friday, 0.05 of the others


class Background(NamedTuple):
    """In how large a share of documents each word stands: `key` uint32 ascending, `rate` float64, same shape.

    `unseen`: the rate of a word that is not listed.
    """

    key: NDArray[np.uint32]
    rate: NDArray[np.float64]
    unseen: float

    def rates(self, keys: NDArray[np.uint32]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
        """Return the rate of each key, float64, and whether it is listed."""
        place = places_in(self.key, keys)
        return np.append(self.rate, self.unseen)[place], place >= 0


@cache
def load_background() -> Background:
    """Return the table that ships with the package, made by `python -m training.background`.

    The file: a line with the number of documents, then lines of a count and the words that stand in so many of them.
    """
    documents, counts, words = _counted()
    tokens = tokenize(words)
    count = np.repeat(np.array(counts, dtype=np.float64), np.diff(tokens.first))
    order = np.argsort(tokens.hash, kind="stable")
    # 0.5: a word in no document is as if half a document had it, so that its rate is not 0
    return Background(tokens.hash[order], (count[order] + 0.5) / (documents + 1), 0.5 / (documents + 1))


def _counted() -> tuple[int, list[int], list[str]]:
    """Return the number of documents, counts, and the words that stand in so many of them, parted by spaces."""
    header, *lines = load("background.txt.gz").decode("utf-8").splitlines()
    counts, words = zip(*(line.split(" ", 1) for line in lines), strict=True)
    return int(header), [int(count) for count in counts], list(words)


def unlisted(weights: Weights) -> NDArray[np.bool_]:
    """Return which terms are not listed in `load_background`."""
    least = 2 * load_background().unseen  # half the rate of the rarest listed word
    return weights.background_idf > -np.log(least)


def written_rates() -> dict[str, float]:
    """Return the words of `load_background` as they are written, with the share of documents each stands in."""
    documents, counts, words = _counted()
    return {word: count / documents for count, line in zip(counts, words, strict=True) for word in line.split()}


@cache
def load_common() -> Background:
    """Return the stems of the commonest words of many languages, with rates by rank; 0 for one that is not listed.

    Of Chinese the commonest characters, of Japanese pairs of kana; of all, the days of the week.

    Rank alone says how often a word is used (Zipf 1949): the shares of English words in `load_background` are met by
    0.05 / (rank + 2) of all words. Words of one stem add up; of a stem of several languages the highest rate counts.
    """
    lists = _common_words()
    use = np.concatenate([0.05 / (np.arange(1, 1 + len(words)) + 2) for words in lists])
    language = np.repeat(np.arange(len(lists)), [len(words) for words in lists])
    words = [word for words in lists for word in words]
    tokens = tokenize(words)
    stem, part = term_keys(replace(tokens, hash=stems_but_days(words, tokens)))
    word = owners(tokens.first)[part]
    (own, place) = np.unique(language[word] << 32 | stem.astype(np.int64), return_inverse=True)
    used = np.bincount(place, weights=use[word])
    key, place = np.unique((own & 0xFFFFFFFF).astype(np.uint32), return_inverse=True)
    most = np.zeros(len(key))
    np.maximum.at(most, place, used)
    days = np.setdiff1d(day_terms(), key)
    order = np.argsort(np.concatenate((key, days)), kind="stable")
    rate = np.concatenate((share(most), np.full(len(days), DAY)))
    return Background(np.concatenate((key, days))[order], rate[order], 0.0)


@cache
def common_words() -> NDArray[np.uint32]:
    """Return the commonest words of many languages as they are written, uint32, ascending."""
    return distinct(np.concatenate((tokenize([" ".join(words) for words in _common_words()]).hash, day_terms())))


def _common_words() -> list[list[str]]:
    """Return the commonest words, or what else is counted in `load_common`, of each language."""
    return [words.split() for name in ("languages.json", "common_terms.json") for words in load_json(name).values()]


def share(use: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the share of documents that a word stands in, given its share of all words, if it is spread by chance.

    >>> share(np.array([0.0, 0.001, 0.05])).round(2).tolist()
    [0.0, 0.33, 1.0]
    """
    return -np.expm1(-_WORDS * use)
