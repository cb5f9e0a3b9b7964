"""How the inner loops are compiled (`load`), whether this machine has done it (`kept`), and when they are worth it.

A room that has such loops keeps them in its `kernel`, which is imported only where its work takes them: to load numba
and the loops takes half a second, to compile them all a third of a minute, once. Everything runs without.
"""

from __future__ import annotations

import os
import sys
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

LARGE = 400_000  # words: numpy takes a second longer for them than kernels do, once these are compiled
COLD = 2.5  # times as many are worth compiling for, which a machine does once, in a third of a minute


def compiled(size: int, room: str = "", large: int | None = None, cold: float = COLD) -> bool:
    """Return whether a room's kernels do work of some size: they are loaded, or worth loading or even compiling.

    `large`: the size from which on they are worth loading, by default LARGE words; `cold` times as much is worth
    compiling them for, on a machine that has not done it yet. With size 0: whether they are loaded.
    """
    if f"{room}.kernel" in sys.modules:
        return True
    enough = LARGE if large is None else large
    return size >= enough and compiles() and (size >= cold * enough or _kept())


@cache
def kernel_of(room: str) -> Any:
    """Return the kernels of a room, imported: a statement that imports them takes ten times as long each time it runs.

    A single article comes by thirty of them, a tenth of the time that an index takes to check it.
    """
    return import_module(f"{room}.kernel")


def compiles() -> bool:
    """Return whether kernels can be compiled: numba is installed, and not switched off as debuggers do."""
    return find_spec("numba") is not None and os.environ.get("NUMBA_DISABLE_JIT", "0") in ("", "0")


@cache  # one answer for all of a run
def _kept() -> bool:
    from .kept import kept  # here, since it loads numba

    return kept()
