"""Text as it was meant: repaired where it is surely broken, never made worse; and what language it is in."""

from __future__ import annotations

from .characters import repair
from .entities import unescaped
from .identify import language, spoken, spoken_all

__all__ = ["language", "repair", "spoken", "spoken_all", "unescaped"]
