"""JSON lines as bytes: `strings` copies strings, `values` checks what is of no interest, `lines` finds the fields."""

from .lines import fields
from .strings import UNSURE

__all__ = ["UNSURE", "fields"]
