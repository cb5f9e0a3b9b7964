"""Look-ups in the index and the sorting of its entries, compiled: the same results as the plain way in numpy.

For one article the plain way is a hundred calls of numpy, each of which costs more than the work it does.
"""

from .near import heaviest, met, strongest, wanted
from .parts import CRC, ascending, first_broken, gather, locate, may_have
from .runs import mark, ordered
from .sites import block_keys, stories_on

__all__ = [
    "CRC",
    "ascending",
    "block_keys",
    "first_broken",
    "gather",
    "heaviest",
    "locate",
    "mark",
    "may_have",
    "met",
    "ordered",
    "stories_on",
    "strongest",
    "wanted",
]
