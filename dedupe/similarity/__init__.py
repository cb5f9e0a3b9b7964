"""Story similarity: how likely two articles tell the same story, from many kinds of evidence."""

from .features import FEATURES, measure
from .score import beforehand, finished, likeness, score, similarities

__all__ = ["FEATURES", "beforehand", "finished", "likeness", "measure", "score", "similarities"]
