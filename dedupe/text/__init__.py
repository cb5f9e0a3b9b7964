"""Text as it was meant: repaired where it is surely broken, never made worse; and what language it is in.

`characters` repairs a text: with what `mojibake` turns back, where `unnatural` finds it broken. `entities` reads
characters that are written as in HTML. `identify` tells the language.
"""

from .characters import repair
from .entities import unescaped
from .identify import language, spoken, spoken_all

__all__ = ["language", "repair", "spoken", "spoken_all", "unescaped"]
