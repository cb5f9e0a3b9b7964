"""Which version finds the words of a batch: numpy for a few articles, the kernel for many. The columns are the same."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING

from . import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .plain import Tokens

LARGE = 300_000  # words: what numpy does in the half second that it takes to load the kernels
CHARACTERS = 5  # of a word and the space after it, at least


def compiled(words: int, room: str = "") -> bool:
    """Return whether a batch of so many words takes the kernels: they are worth loading for it, or the room's are."""
    return f"{room}.kernel" in sys.modules or (words >= LARGE and find_spec("numba") is not None)


def cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def tokenize(texts: Sequence[str], jobs: int | None = None) -> Tokens:
    """Return the words of many texts as columns, whatever the size of the batch and the number of threads.

    >>> tokens = tokenize(["The cat", "", "the CAT sat"])
    >>> tokens.first.tolist(), (tokens.hash[:2] == tokens.hash[2:4]).tolist()
    ([0, 2, 2, 5], [True, True])
    """
    if texts and compiled(sum(map(len, texts)) // CHARACTERS, __package__):
        from . import chunks

        return chunks.tokenize(texts, jobs or cores())
    return plain.tokenize(texts)
