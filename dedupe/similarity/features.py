"""The evidence for one story in two articles, as columns over pairs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from ..compiling import compiled
from ..jobs import threaded
from ..model import Corpus, Weights
from ..rows import lengths
from ..words import AS_TWO_WORDS, SINGLE, Tokens
from . import sums
from .datelines import YEAR, datelines, days_of_year, named_apart
from .round_ups import round_ups

# of what pairs share, of the rows by themselves, and which of these each row of the corpus is
Sums = tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]]

T = TypeVar("T")

_NAMED = ("terms", "names", "numbers", "title", "opening")  # sums.KINDS but for the last two
FEATURES = (
    # of each kind of terms: the cosine, and the larger and smaller share of one article's that stands in the other
    *(f"{name}_{what}" for name in _NAMED for what in ("cosine", "most", "least")),
    *(f"{name}_known" for name in _NAMED[1:]),  # 1 where both articles have terms of the kind
    "untitled_cosine",  # the cosine where a title is missing, else 0: short of it, the rest has to say more
    "crowd",  # mean cosine of the two with their neighbours of rank 11 to 30
    "nearest_most",  # the cosine as a share of the larger and of the smaller of the two's cosines with their nearest
    "nearest_least",
    "shorter",  # natural logarithms of the numbers of words
    "longer",
    "same_days",  # `_rarity` where both dates (or datelines with a day) are known and at most a day apart, else 0
    "days_apart",  # beyond the first, at most a week; 0 where a date is unknown
    "weeks_apart",  # beyond that week, as log2(1 + weeks), at most 3; 0 where a date is unknown
    "same_weekday",  # 1 where title or opening of both name a day of the week, and one of them is the same
    "other_weekday",  # 1 where both do, and none is
    # Reports of one event say what was done in like words, two of one subject may have no more than names in common. Of
    # the titles' words that are neither names nor numbers, the smaller share of one's that stands in the other.
    "deeds_least",
    # 1 where one of the two tells of many things (round_ups.py) and the other does not, or all that they share, but are
    # not the same, is numbers: any two tables of prices or results have some, and reports of one event share words too.
    "round_up",
    "others",  # `_others`: 1 where two texts tell of others, with other numbers
    "strangers",  # 1 where the datelines of the two name two places (datelines.py), and little by name is in both
    "around",  # mean likeness (score.likeness) of the two with their neighbours of rank 21 to 30
)
# All pages of one day's crawl are of near dates, which says nothing of two of them; that two of a year's articles are,
# says much. At this share of pairs and below, near dates count in full.
RARE = 0.05
SHORT = 40.0  # words: what a likeness means was learnt on openings of that length and more; less counts as that
DAYS = 8.0  # after a week a new story on the same matter is likelier than a late report of the old one
# In a small pile of articles an event is alone because the rest of the world's news is missing, not because that is
# unlike it. So nowhere is taken for emptier than this: a middling corpus of news. Without the floors, corpora in which
# most articles stand alone lose 4 points of F1 in training/similarity.py.
LEAST_CROWD = 0.1
LEAST_NEAREST = 0.3
LEAST_AROUND = 2.4  # 1.4 to 3 do about as well in training/similarity.py; pages of few outlets want no less
# Where more than thirty papers report one event, all neighbours of a report are of the event itself, and none of them
# looks more like it than usual: without a limit forty reports fell into five stories. Less than 1 in 100 articles of
# the event sets has neighbours so like it. With a limit a sixth lower, running matters of Reuters (a strike's eve and
# its first two days) became one story.
MOST_AROUND = 3.3
# Mean cosine from which on there is no such limit: no report is as near as that to twenty others (of forty of one event
# they have 0.2 to 0.5), only forms are, and pages of nothing but one headline.
FORM = 0.6
# A report that is filled in anew for the next company or match shares most of its words with the last, and neither the
# names of its opening nor its numbers. Of pairs that are as alike as one story, 1 in 200 of one event have so few of
# both in common, of two events 3 to 6 in 100.
OTHER_NAMES, OTHER_NUMBERS = 0.4, 0.5  # of one text's that stand in the other, at most ...
FADING = 0.2  # ... and so much below that it counts in full
# Two house fires of one day are told in the same words, with no numbers or the same ("2 dead"). Of twenty such briefs
# 22 pairs were one story; two still are. Of 25 pairs that no longer are of one in 4,000 Reuters articles 20 were two.
STRANGE, SAME = 0.2, 0.1  # cosine of the names
_BLOCK = 1 << 14  # pairs at a time: their columns stay in a cache
_LARGE = 20_000  # pairs: what the plain version does in the half second that it takes to load the kernel


class Told(NamedTuple):
    """What each article is by itself: whether one of the `round_ups`, its `datelines`, how many words as `spoken`.

    `days`: see `days_of_year`. `caseless`: whether it is in a script without spaces, and so without capitals.
    """

    many: NDArray[np.bool_]
    places: NDArray[np.int64]
    words: NDArray[np.int64]
    days: NDArray[np.float64]
    caseless: NDArray[np.bool_]


def told_by(corpus: Corpus, weights: Weights, rows: NDArray[np.int32]) -> Told:
    """Return what is known of the given rows by themselves."""
    words = spoken(corpus.tokens) + spoken(corpus.titles)
    caseless = 2 * _spaceless(corpus.tokens) > lengths(corpus.tokens.first)
    return Told(round_ups(corpus, rows), datelines(corpus, weights, rows), words, days_of_year(corpus, rows), caseless)


def measure(corpus: Corpus, weights: Weights, a: NDArray[np.int32], b: NDArray[np.int32]) -> NDArray[np.float32]:
    """Return the evidence for each pair, float32 of shape (pairs, features), columns named by FEATURES.

    Where an article's surroundings are not known, they are taken for those of a middling corpus of news.
    """
    return np.concatenate(in_blocks(corpus, weights, a, b, lambda features: features, 1))


def in_blocks(
    corpus: Corpus,
    weights: Weights,
    a: NDArray[np.int32],
    b: NDArray[np.int32],
    work: Callable[[NDArray[np.float32]], T],
    jobs: int,
    told: Told | None = None,
) -> list[T]:
    """Return work(evidence) of the pairs block by block, in their order, on `jobs` threads.

    `told`: see `told_by` of all rows, where it is known.
    """
    used = np.zeros(len(weights.first) - 1, dtype=np.bool_)
    used[a] = used[b] = True
    rows, place = np.flatnonzero(used).astype(np.int32), np.cumsum(used) - 1
    loops = kernel_for(len(a))
    rarity, opens = _rarity(corpus.published), told or told_by(corpus, weights, rows)
    row_sums = partial((loops or sums).row_sums, weights)
    alone = row_sums(rows) if jobs == 1 else np.concatenate(threaded(row_sums, np.array_split(rows, jobs), jobs))

    def block(low: int) -> T:
        one, other = a[low : low + _BLOCK], b[low : low + _BLOCK]
        sums_of = (loops or sums).pair_sums(weights, one, other), alone, place
        made = (loops.evidence if loops else evidence)(corpus.published, weights, one, other, sums_of, rarity, opens)
        return work(_but_named(corpus, one, other, opens, made))

    return threaded(block, range(0, max(len(a), 1), _BLOCK), jobs)


def kernel_for(pairs: int) -> Any:
    """Return the compiled loops where there are pairs enough to load them for, or they are loaded."""
    if not compiled(pairs, __package__, _LARGE):
        return None
    from . import kernel

    return kernel


def evidence(
    published: NDArray[np.float64],
    weights: Weights,
    a: NDArray[np.int32],
    b: NDArray[np.int32],
    sums_of: Sums,
    rarity: float,
    opens: Told,
) -> NDArray[np.float32]:
    """Return the evidence of pairs, float32 of shape (features, pairs), but for what `_but_named` does.

    Given the sums of what they share and of either, `_rarity`, and what is known of the rows (`told_by`).
    """
    shared, alone, place = sums_of
    likeness, known = _likeness(shared, alone[place[a]], alone[place[b]])
    cosine, surroundings = likeness[0], weights.surroundings.astype(np.float64)
    columns = {"untitled_cosine": cosine * (1.0 - known[_NAMED.index("title")])}
    columns |= _surroundings(cosine, surroundings[a], surroundings[b])
    columns |= _lengths(opens.words[a], opens.words[b])
    columns |= _dates(_days_between(published, opens.days, a, b), rarity)
    columns |= _weekdays(weights.days[a], weights.days[b])
    columns["deeds_least"] = likeness[3 * sums.KINDS.index(sums.DEED) + 2]
    only_numbers = (cosine > 0) & (cosine < 1) & (shared[:, 0] == shared[:, 3 * _NAMED.index("numbers")])
    columns["round_up"] = (opens.many[a] != opens.many[b]) | only_numbers
    columns["others"] = _others(likeness, known)
    columns["strangers"] = _strangers(likeness, opens.places[a], opens.places[b])
    rest = [columns[name] for name in FEATURES[-len(columns) :]]
    told = slice(3 * len(_NAMED)), slice(1, len(_NAMED))
    return np.concatenate((likeness[told[0]], known[told[1]], rest), dtype=np.float32)


def _but_named(
    corpus: Corpus, a: NDArray[np.int32], b: NDArray[np.int32], opens: Told, columns: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return the evidence of pairs, a row each: where one names the other's place, they are no strangers.

    So it is where no names are known, or where no capitals tell them: then they are too few to tell by themselves.
    """
    strangers, named = columns[FEATURES.index("strangers")], columns[FEATURES.index("names_known")]
    caseless = opens.caseless[a] & opens.caseless[b]
    strangers[caseless] = _apart(opens.places[a[caseless]], opens.places[b[caseless]])
    unnamed = np.flatnonzero((strangers > 0) & (caseless | (named == 0)))
    if len(unnamed):
        strangers[unnamed] *= named_apart(corpus, a[unnamed], b[unnamed])
    return columns.T  # read column by column


def _likeness(
    shared: NDArray[np.float64], left: NDArray[np.float64], right: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return three columns for each kind of terms, and one for whether both articles have any; a row is a column."""
    kinds, pairs = len(sums.KINDS), len(shared)
    both = shared.T.reshape(kinds, 3, pairs)
    one, other = (side.T.reshape(kinds, 2, pairs) for side in (left, right))
    cosine = _ratio(both[:, 0], np.sqrt(one[:, 0] * other[:, 0]))
    share_one, share_other = _ratio(both[:, 1], one[:, 1]), _ratio(both[:, 2], other[:, 1])
    columns = (cosine, np.maximum(share_one, share_other), np.minimum(share_one, share_other))
    return np.stack(columns, axis=1).reshape(3 * kinds, pairs), (one[:, 1] > 0) & (other[:, 1] > 0)


def _others(likeness: NDArray[np.float64], known: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return how far texts that have names in title or opening, and numbers, have neither in common, 0 to 1."""
    actors, numbers = len(_NAMED), _NAMED.index("numbers")
    other_names = np.clip((OTHER_NAMES - likeness[3 * actors + 1]) / FADING, 0.0, 1.0)
    other_numbers = np.clip((OTHER_NUMBERS - likeness[3 * numbers + 1]) / FADING, 0.0, 1.0)
    return other_names * other_numbers * (known[actors] & known[numbers])


def _strangers(likeness: NDArray[np.float64], one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return how far texts from two places have no names in common, 0 to 1, given the `datelines` of both."""
    names = likeness[3 * _NAMED.index("names")]
    return np.clip((STRANGE - names) / (STRANGE - SAME), 0.0, 1.0) * _apart(one, other)


def _apart(one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return whether the `datelines` of two texts name two places, and one is no city full of reporters."""
    return (np.abs(one) != np.abs(other)) & (one != 0) & (other != 0) & (np.maximum(one, other) > 0)


def _ratio(above: NDArray[np.float64], below: NDArray[np.float64]) -> NDArray[np.float64]:
    return above / np.where(below > 0, below, 1.0)


def _surroundings(
    cosine: NDArray[np.float64], one: NDArray[np.float64], other: NDArray[np.float64]
) -> dict[str, NDArray[np.float64]]:
    nearest = np.maximum(one[:, 0], LEAST_NEAREST), np.maximum(other[:, 0], LEAST_NEAREST)
    most, least = np.maximum(*nearest), np.minimum(*nearest)
    return {
        "crowd": np.maximum((one[:, 1] + other[:, 1]) / 2, LEAST_CROWD),
        "nearest_most": np.minimum(_ratio(cosine, most), 1.0),
        "nearest_least": np.minimum(_ratio(cosine, least), 1.0),
        "around": around(one, other),
    }


def around(one: NDArray[Any], other: NDArray[Any]) -> NDArray[np.float64]:
    """Return the mean of what is usual around two articles, given the surroundings of both, float64.

    >>> crowds = np.array([[0.9, 0.1, 1], [0.9, 0.2, 3], [0.9, 0.3, 9], [0.9, 0.9, 9]], dtype=np.float32)
    >>> around(crowds, crowds).tolist() == [LEAST_AROUND, 3, MOST_AROUND, 9]
    True
    """
    return (usual(one[:, 1], one[:, 2]) + usual(other[:, 1], other[:, 2])) / 2


def usual(cosine: NDArray[Any], likeness: NDArray[Any]) -> NDArray[np.float64]:
    """Return what is usual around articles, float64, given their farther neighbours' mean cosine and likeness."""
    most = np.where(cosine < FORM, MOST_AROUND, np.inf)
    return np.clip(likeness.astype(np.float64), LEAST_AROUND, most)


def spoken(tokens: Tokens) -> NDArray[np.int64]:
    """Return how many words each text has, int64; three characters of a script without spaces are about two.

    >>> from dedupe.words import tokenize
    >>> spoken(tokenize(["two words", "五个中国字"])).tolist()
    [2, 4]
    """
    return lengths(tokens.first) - _spaceless(tokens) // AS_TWO_WORDS


def _spaceless(tokens: Tokens) -> NDArray[np.int64]:
    """Return how many words of each text are characters of a script without spaces, int64."""
    alone = np.flatnonzero(tokens.flags & SINGLE)
    return lengths(np.searchsorted(alone, tokens.first)) if len(alone) else np.zeros(len(tokens.first) - 1, np.int64)


def _lengths(one: NDArray[np.int64], other: NDArray[np.int64]) -> dict[str, NDArray[np.float64]]:
    return {
        "shorter": np.log(np.maximum(np.minimum(one, other), SHORT)),
        "longer": np.log(np.maximum(np.maximum(one, other), SHORT)),
    }


def _weekdays(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> dict[str, NDArray[np.bool_]]:
    both, shared = (one != 0) & (other != 0), (one & other) != 0
    return {"same_weekday": shared, "other_weekday": both & ~shared}


def _rarity(published: NDArray[np.float64]) -> float:
    """Return how rare it is that two dated articles of a corpus are at most a day apart: 0 where all are, at most 1.

    >>> _rarity(np.array([20000.2, 20000.9, np.nan])), _rarity(np.arange(0.0, 9000.0, 7.0))
    (0.0, 1.0)
    """
    days = np.floor(published[np.isfinite(published)]).astype(np.int64)
    if len(days) < 2:
        return 0.0
    counts = np.bincount(days - days.min())
    pairs = len(days) * (len(days) - 1) / 2
    near = (counts * (counts - 1) / 2).sum() + (counts[1:] * counts[:-1]).sum()
    return float(min(np.log(max(pairs, 1) / max(near, 1)) / -np.log(RARE), 1.0))


def _days_between(
    published: NDArray[np.float64], days: NDArray[np.float64], a: NDArray[np.int32], b: NDArray[np.int32]
) -> NDArray[np.float64]:
    """Return the days between two articles, nan where that is not known; the fewest, where a year is not.

    >>> a, b = np.array([0, 0, 1]), np.array([1, 2, 2])
    >>> _days_between(np.array([19724.5, np.nan, np.nan]), np.array([2.0, 360.0, np.nan]), a, b).tolist()
    [8.0, nan, nan]
    """
    gap = np.abs(np.floor(published[a]) - np.floor(published[b]))
    within = np.abs(days[a] - days[b])
    return np.where(np.isnan(gap), np.minimum(within, YEAR - within), gap)


def _dates(gap: NDArray[np.float64], rarity: float) -> dict[str, NDArray[np.float64]]:
    known = ~np.isnan(gap)
    gap = np.where(known, gap, 0.0)
    return {
        "same_days": rarity * (known & (gap <= 1)),
        "days_apart": np.clip(gap - 1.0, 0.0, DAYS - 1.0),
        "weeks_apart": np.minimum(np.log2(1.0 + np.maximum(gap - DAYS, 0.0) / 7.0), 3.0),
    }
