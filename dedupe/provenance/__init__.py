"""Provenance: who took from whom, the canonical version of a story, and a verdict on each article."""

from .credits import second_hand, with_carried_credits
from .derive import Close, Derived, derive
from .origin import Origin, Traces
from .phrases import LONGEST, furniture, furniture_phrases
from .revised import Revised, revised, revised_all, to_read
from .shares import first_to_last, reused_words, shares
from .slips import SHORTEST, slips
from .verdict import all_from_outside, judge

__all__ = [
    "LONGEST",
    "SHORTEST",
    "Close",
    "Derived",
    "Origin",
    "Revised",
    "Traces",
    "all_from_outside",
    "derive",
    "first_to_last",
    "furniture",
    "furniture_phrases",
    "judge",
    "reused_words",
    "revised",
    "revised_all",
    "second_hand",
    "shares",
    "slips",
    "to_read",
    "with_carried_credits",
]
