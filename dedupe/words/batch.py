"""Which version finds the words of a batch: numpy for a few articles, the kernel for many. The columns are the same."""

from __future__ import annotations

from collections.abc import Sequence

from ..compiling import compiled
from . import plain
from .plain import Tokens

CHARACTERS = 5  # of a word and the space after it, at least


def tokenize(texts: Sequence[str], jobs: int | None = None) -> Tokens:
    """Return the words of many texts as columns, whatever the size of the batch and the number of threads.

    >>> tokens = tokenize(["The cat", "", "the CAT sat"])
    >>> tokens.first.tolist(), (tokens.hash[:2] == tokens.hash[2:4]).tolist()
    ([0, 2, 2, 5], [True, True])
    """
    if texts and compiled(sum(map(len, texts)) // CHARACTERS, __package__):
        from . import chunks

        return chunks.tokenize(texts, jobs)
    return plain.tokenize(texts)
