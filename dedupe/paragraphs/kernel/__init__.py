"""The loops over characters, words and trees, compiled; imported only for large batches. The plain versions, which the
modules of this room define, are their oracles."""

from .lexicon import find_phrases, word_sums
from .lines import paragraphs_of_texts
from .places import key_sums, rows_of_blocks
from .shape import count_kinds
from .signs import met_in_core, met_in_lines
from .trees import vote

__all__ = [
    "count_kinds",
    "find_phrases",
    "key_sums",
    "met_in_core",
    "met_in_lines",
    "paragraphs_of_texts",
    "rows_of_blocks",
    "vote",
    "word_sums",
]
