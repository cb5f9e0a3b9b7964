"""JSON lines as bytes: `strings` copies strings, `values` checks what is of no interest, `lines` finds the fields."""

from __future__ import annotations

from .lines import fields
from .strings import FOREIGN, UNSURE

__all__ = ["FOREIGN", "UNSURE", "fields"]
