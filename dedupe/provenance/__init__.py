"""Provenance: who took from whom, the canonical version of a story, and a verdict on each article."""

from .credits import second_hand, with_carried_credits
from .derive import Close, Derived, derive
from .misspelt import misspelt
from .origin import Origin, Traces
from .phrases import LONGEST, furniture, furniture_phrases
from .revised import Revised, revised, to_read
from .shares import Inside, by_source, first_to_last, inside_paragraphs, reused_words, shares
from .slugs import is_address, is_beside, without_slug
from .verdict import judge

__all__ = [
    "LONGEST", "Close", "Derived", "Inside", "Origin", "Revised", "Traces", "by_source", "derive", "first_to_last",
    "furniture", "furniture_phrases", "inside_paragraphs", "is_address", "is_beside", "judge", "misspelt",
    "reused_words", "revised", "second_hand", "shares", "to_read", "with_carried_credits", "without_slug",
]  # fmt: skip
