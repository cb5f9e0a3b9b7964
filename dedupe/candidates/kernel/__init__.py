"""The loops of the search for pairs, compiled.

`chunk` goes from text to keys, `search` from keys to pairs, `overlap` counts what the two of a pair share.
"""

from .overlap import blocks, shared_shingles, shingled
from .search import bucket_pairs, by_bits, count_pairs, counted, moved, repeated, roots, sliced

__all__ = [
    "blocks", "bucket_pairs", "by_bits", "count_pairs", "counted", "moved", "repeated", "roots", "shared_shingles",
    "shingled", "sliced",
]  # fmt: skip
