"""Words that were misread where print was digitised, as what they stand for: in each copy of a report they are others.

Which texts are such readings is told by their own words, so that a text has the same words wherever it is met.
"""

from .meanings import Meanings
from .read import as_meant

__all__ = ["Meanings", "as_meant"]
