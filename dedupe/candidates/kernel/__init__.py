"""The loops of the search for pairs, compiled: `search` those of keys and pairs, `chunk` those from text to keys."""

from __future__ import annotations

from .search import (
    bucket_pairs,
    count_pairs,
    cuts,
    doubled,
    gather,
    repeated,
    roots,
    shared_shingles,
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
