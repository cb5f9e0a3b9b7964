"""The loops of the search for pairs, compiled.

`chunk` goes from text to keys, `search` from keys to pairs, `overlap` counts what the two of a pair share.
"""

from __future__ import annotations

from .overlap import shared_shingles
from .search import (
    bucket_pairs,
    count_pairs,
    cuts,
    doubled,
    gather,
    repeated,
    roots,
    sliced,
    word_sums,
)

__all__ = [
    "bucket_pairs",
    "count_pairs",
    "cuts",
    "doubled",
    "gather",
    "repeated",
    "roots",
    "shared_shingles",
    "sliced",
    "word_sums",
]
