"""Provenance: who took from whom, the canonical version of a story, and a verdict on each article."""

from .derive import Close, derive
from .verdict import canonical, judge, shares

__all__ = ["Close", "canonical", "derive", "judge", "shares"]
