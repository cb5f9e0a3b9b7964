"""Story similarity: how likely two articles tell the same story, from many kinds of evidence."""

from .measure import FEATURES, measure, score

__all__ = ["FEATURES", "measure", "score"]
