"""How far two articles agree about all others: reports of one event are like the same articles, and unlike the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from ..rows import lengths, places_in, ranges

# Story similarity is made for means: its log-odds are halved, so that no single pair rules a mean, and lifted, so that
# the mean pair of one event has 0.5. `chance_of` undoes both: a pair of 0.5 is of one event with a chance of 0.15, one
# of 0.8 with 0.75.
DOUBT = 5.5
LEAST = 0.05  # of a chance, to be a mate: most neighbours are none
REACH = 0.2  # of a similarity: what is less is not lifted above the threshold by any mates
# How far the mates are from EVEN, in log-odds, if they are many; OPEN of them say half as much. On sets that the
# similarity has not learnt from, all from 3 to 5, 2 to 5 and 0.4 to 0.5 give 0.005 to 0.008 of B-cubed F1. Of pages of
# nothing but one headline, all about as alike, a third of the mates are in common.
MATES = 4.0
OPEN = 3.0
EVEN = 0.45  # the share of mates in common that says nothing


def chance_of(similarity: NDArray[Any]) -> NDArray[np.float64]:
    """Return the chance that two articles as similar as that are of one event, whatever else is known, float64.

    >>> chance_of(np.array([0.0, 0.2, 0.5, 0.8, 1.0])).round(2).tolist()
    [0.0, 0.01, 0.15, 0.74, 1.0]
    """
    similarity = similarity.astype(np.float64)
    sure, unsure = similarity**2, DOUBT * (1.0 - similarity) ** 2
    return sure / (sure + unsure)


@dataclass(frozen=True, slots=True, eq=False)
class Mates:
    """The likely mates of each of n articles: of article i, those from first[i] to first[i + 1].

    `key`, int64, ascending: i * n + mate. `chance`, float64: that it is one. `total`, float64 of shape (n,): the sum.
    """

    n: int
    first: NDArray[np.int64]
    key: NDArray[np.int64]
    chance: NDArray[np.float64]
    total: NDArray[np.float64]

    @classmethod
    def of(cls, n: int, a: NDArray[np.int64], b: NDArray[np.int64], similarity: NDArray[np.float64]) -> Self:
        """Return the mates of n articles, given the similarity of pairs, each once."""
        chance = chance_of(similarity)
        kept = chance >= LEAST
        a, b, chance = a[kept], b[kept], chance[kept]
        key, chance = np.concatenate((a * n + b, b * n + a)), np.concatenate((chance, chance))
        order = np.argsort(key)
        owner = key[order] // max(n, 1)
        total = np.bincount(owner, weights=chance[order], minlength=n).astype(np.float64)
        return cls(n, np.searchsorted(owner, np.arange(n + 1)), key[order], chance[order], total)

    def heard(self, a: NDArray[Any], b: NDArray[Any], similarity: NDArray[Any]) -> NDArray[np.float64]:
        """Return the similarity of pairs, raised where the two have mates in common and lowered where they have not.

        The mates of the article that has fewer count: the other may have a longer story.

        >>> a, b = np.array([0, 0, 1, 2]), np.array([1, 2, 2, 3])
        >>> alike = np.array([0.6, 0.9, 0.9, 0.6])
        >>> Mates.of(4, a, b, alike).heard(a, b, alike).round(2).tolist()
        [0.7, 0.91, 0.91, 0.6]
        """
        result = similarity.astype(np.float64)
        near = np.flatnonzero((result >= REACH) & (self.total[a] > 0) & (self.total[b] > 0))
        one, other = a[near].astype(np.int64), b[near].astype(np.int64)
        fewer = np.minimum(self.total[one], self.total[other]) - self._chances(one, other)
        count = lengths(self.first)
        short = np.where(count[one] <= count[other], one, other)
        pair, place = ranges(self.first[short], count[short])
        mine, theirs = self.chance[place], self._chances((one + other - short)[pair], self.key[place] % max(self.n, 1))
        common = np.bincount(pair, weights=mine * theirs, minlength=len(near))
        said = np.exp(MATES * (common - EVEN * fewer) / (np.maximum(fewer, 0.0) + OPEN))
        result[near] = result[near] * said / (result[near] * said + (1.0 - result[near]))
        return result

    def _chances(self, article: NDArray[np.int64], mate: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the chance of each pair, float64, 0 of those that are no mates."""
        place = places_in(self.key, article * self.n + mate)
        known, found = place >= 0, np.zeros(len(place))
        found[known] = self.chance[place[known]]
        return found
