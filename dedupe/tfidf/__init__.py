"""TF-IDF: how much each word of an article says about it, and which articles are near each other by it."""

from .background import Background, load_background, unlisted, written_rates
from .neighbours import neighbours
from .stems import stemmed, stems_of
from .surroundings import likened, surrounded
from .terms import count_terms
from .weights import Rated, idf_of, in_order, of_distinct, rated, weigh, weighed

__all__ = [
    "Background", "Rated", "count_terms", "idf_of", "in_order", "likened", "load_background", "neighbours",
    "of_distinct", "rated", "stemmed", "stems_of", "surrounded", "unlisted", "weigh", "weighed", "written_rates",
]  # fmt: skip
