"""Provenance: who took from whom, the canonical version of a story, and a verdict on each article."""

from .derive import Close, derive
from .origin import Origin
from .verdict import canonical, judge, reused_words, shares, whole_from_outside

__all__ = ["Close", "Origin", "canonical", "derive", "judge", "reused_words", "shares", "whole_from_outside"]
