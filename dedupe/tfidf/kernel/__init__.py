"""TF-IDF compiled: terms counted and weighed, weights looked up, neighbours searched."""

from __future__ import annotations

from .count import count_terms
from .few import count_few, rates_few
from .near import crowding, each_once
from .places import Places, places
from .search import HEAVY, LONGEST, all_cosines, nearest
from .weigh import idf_of, lengths, look_up, rates, totals, weekdays, weighted_rows

__all__ = [
    "HEAVY",
    "LONGEST",
    "Places",
    "all_cosines",
    "count_few",
    "count_terms",
    "crowding",
    "each_once",
    "idf_of",
    "lengths",
    "look_up",
    "nearest",
    "places",
    "rates",
    "rates_few",
    "totals",
    "weekdays",
    "weighted_rows",
]
