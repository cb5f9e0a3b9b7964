"""Provenance: who took from whom, the canonical version of a story, and a verdict on each article."""

from .credits import with_carried_credits
from .derive import Close, derive
from .origin import Origin
from .verdict import all_from_outside, first_to_last, judge, reused_words, shares

__all__ = [
    "Close",
    "Origin",
    "all_from_outside",
    "derive",
    "first_to_last",
    "judge",
    "reused_words",
    "shares",
    "with_carried_credits",
]
