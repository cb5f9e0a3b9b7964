"""Which version finds the words of a batch: numpy for a few articles, the kernel for many. The columns are the same."""

from __future__ import annotations

import os
from importlib.util import find_spec
from typing import TYPE_CHECKING

from . import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .plain import Tokens

LARGE = 1_500_000  # characters: about 300,000 words, which take numpy as long as it takes to load the kernels


def cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def tokenize(texts: Sequence[str], jobs: int | None = None) -> Tokens:
    """Return the words of many texts as columns, whatever the size of the batch and the number of threads.

    >>> tokens = tokenize(["The cat", "", "the CAT sat"])
    >>> tokens.first.tolist(), (tokens.hash[:2] == tokens.hash[2:4]).tolist()
    ([0, 2, 2, 5], [True, True])
    """
    if sum(map(len, texts)) < LARGE or find_spec("numba") is None:
        return plain.tokenize(texts)
    from . import kernel

    return kernel.tokenize(texts, jobs or cores())
