"""Story similarity: how likely two articles tell the same story, from many kinds of evidence."""

from .features import FEATURES, Told, measure, told_by
from .round_ups import is_round_up, round_ups, tells_of_many
from .score import beforehand, finished, likeness, score, similarities

__all__ = [
    "FEATURES", "Told", "beforehand", "finished", "is_round_up", "likeness", "measure", "round_ups", "score",
    "similarities", "tells_of_many", "told_by",
]  # fmt: skip
