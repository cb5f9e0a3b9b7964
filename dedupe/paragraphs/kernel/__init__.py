"""The loops over characters, words and trees, compiled; imported only for large batches.

Each module does what the module of the same name in this room does, which is its oracle; `words` does what `lexicon`,
`repeats` and `wording` do.
"""

from .decide import decide
from .describe import describe
from .model import predict
from .segment import paragraphs_of_texts
from .words import wording, words_of_blocks

__all__ = ["decide", "describe", "paragraphs_of_texts", "predict", "wording", "words_of_blocks"]
