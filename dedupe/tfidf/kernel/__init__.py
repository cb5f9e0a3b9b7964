"""TF-IDF compiled: terms counted and weighed, weights looked up, neighbours searched."""

from .count import count_terms
from .crowding import crowding
from .places import Places, places
from .rates import background_rates
from .search import all_cosines, nearest
from .weigh import idf_of, is_foreign, look_up, totals, weekdays, weighted_rows

__all__ = [
    "Places", "all_cosines", "background_rates", "count_terms", "crowding", "idf_of", "is_foreign", "look_up",
    "nearest", "places", "totals", "weekdays", "weighted_rows",
]  # fmt: skip
