"""Words that were misread when print was digitised, as the words that were meant: each copy has other misread words.

Whether a text is such a reading is told by its own words alone, so that it has the same words wherever it is met.
"""

from .meanings import Meanings
from .read import as_meant

__all__ = ["Meanings", "as_meant"]
