"""How two articles stand to each other: measured, decided with a confidence, explained."""

from .bound import may_be_copies
from .decide import LATE, decide, is_form, is_piece
from .explain import explain
from .measure import measure
from .names import COLUMN, FEATURES
from .occasion import APART
from .score import copying, rewriting

__all__ = [
    "APART",
    "COLUMN",
    "FEATURES",
    "LATE",
    "copying",
    "decide",
    "explain",
    "is_form",
    "is_piece",
    "may_be_copies",
    "measure",
    "rewriting",
]
