"""Which version finds the words of a batch: numpy for a few articles, the kernel for many. The columns are the same."""

from __future__ import annotations

import os
import sys
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

from . import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .plain import Tokens

LARGE = 400_000  # words: numpy takes a second longer for them than kernels do, once these are compiled
COLD = 2.5  # times as many are worth compiling for, which a machine does once, in a third of a minute
CHARACTERS = 5  # of a word and the space after it, at least


def compiled(size: int, room: str = "", large: int | None = None, cold: float = COLD) -> bool:
    """Return whether work of some size takes the kernels: the room's are loaded, or worth loading, or compiling.

    `large`: the size from which on they are worth loading, by default LARGE words; `cold` times as much is worth
    compiling for on a machine that has not done it yet.
    """
    if f"{room}.kernel" in sys.modules:
        return True
    enough = LARGE if large is None else large
    return size >= enough and compiles() and (size >= cold * enough or _kept())


def compiles() -> bool:
    """Return whether kernels can be compiled: numba is installed, and not switched off as debuggers do."""
    return find_spec("numba") is not None and os.environ.get("NUMBA_DISABLE_JIT", "0") in ("", "0")


@cache  # one answer for all of a run
def _kept() -> bool:
    from .kept import kept  # here, since it loads numba

    return kept()


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
