"""The loops over characters, words and trees, compiled; imported only for large batches. The plain versions, which the
modules of this room define, are their oracles."""

from .asked import asked
from .columns import places
from .decide import decide
from .describe import describe
from .lines import paragraphs_of_texts
from .places import around, beside, stretch, together
from .shape import count_kinds, looks
from .signs import met_in_core, met_in_lines
from .trees import told, vote
from .words import find_phrases, word_sums, word_weights, wording, words_of_blocks

__all__ = [
    "around",
    "asked",
    "beside",
    "count_kinds",
    "decide",
    "describe",
    "find_phrases",
    "looks",
    "met_in_core",
    "met_in_lines",
    "paragraphs_of_texts",
    "places",
    "stretch",
    "together",
    "told",
    "vote",
    "word_sums",
    "word_weights",
    "wording",
    "words_of_blocks",
]
