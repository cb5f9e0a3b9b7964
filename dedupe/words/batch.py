"""Which version finds the words of a batch: numpy for a few articles, the kernel for many. The columns are the same."""

from __future__ import annotations

import os
import sys
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, TypeVar

from . import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from .plain import Tokens

T = TypeVar("T")
R = TypeVar("R")

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


def cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def threaded(work: Callable[[T], R], parts: Iterable[T], jobs: int = 1) -> list[R]:
    """Return what `work` makes of each part, in order, with up to `jobs` threads; it should let go of Python's lock.

    To start a thread takes as long as the work on a single article: one part, or one job, takes none.

    >>> threaded(sum, [[1, 2], [3]], 2)
    [3, 3]
    """
    every = list(parts)
    if jobs < 2 or len(every) < 2:
        return list(map(work, every))
    from concurrent.futures import ThreadPoolExecutor  # here, since a small run needs none

    with ThreadPoolExecutor(jobs) as pool:
        return list(pool.map(work, every))


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
