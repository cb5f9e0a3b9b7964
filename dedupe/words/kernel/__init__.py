"""The loops that find, hash and look up words, compiled: the columns of the plain versions, some 50 times as fast."""

from .hash import hash_chunk, mixed, token_chunk
from .rows import (
    bounds_of_blocks,
    longer,
    longest_of,
    may_have,
    place_of,
    row_of,
    rows_of_blocks,
    table_size,
    told,
    unlisted,
    words_of_blocks,
)
from .stems import stem_of, stem_words
from .utf8 import write

__all__ = [
    "bounds_of_blocks", "hash_chunk", "longer", "longest_of", "may_have", "mixed", "place_of", "row_of",
    "rows_of_blocks", "stem_of", "stem_words", "table_size", "token_chunk", "told", "unlisted", "words_of_blocks",
    "write",
]  # fmt: skip
