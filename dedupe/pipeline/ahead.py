"""Kernels made ready while others work: loaded while pages are read, or compiled, where the disk has none.

Numba compiles with one thread at a time and keeps on disk what it made, so that only the first large run waits for it.
Then the kernels of the later stages are compiled in a process of their own while the earlier stages compile theirs.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from ..words import LARGE, compiles
from .pause import collector_paused
from .spread import apart

if TYPE_CHECKING:
    from collections.abc import Callable

_EARLIER = ("words.kernel", "paragraphs.kernel", "shingle.kernel", "minhash.kernel", "candidates.kernel")
_LATER = ("relation.ground", "relation.kernel", "similarity.kernel", "reuse.kernel")  # half of all there is to compile
_LAST = ("reuse.kernel.pairs", "_compare_chunk")  # what is compiled at the end: where it is kept, all is
_STORY = (
    "The town of Harbour Point lost its only bridge on Tuesday night, when a barge broke loose and struck two of its "
    "pillars, the mayor said. Nobody was hurt. Boats carry the pupils of three schools until a new one stands."
)


def load_numba() -> None:
    """Load what every kernel needs."""
    import_module("dedupe.words.kernel")


@collector_paused()
def load_ahead() -> None:
    """Load the kernels that are kept, and the tables of the stages: a thread that needs one lets all others wait."""
    load_numba()
    if _kept():
        _run(*_EARLIER, *_LATER)


def compile_ahead(words: int, jobs: int) -> Callable[[], None]:
    """Start to compile, where so many words will need it and nothing is kept yet; return what waits for the end."""
    if jobs < 2 or words < LARGE or not compiles() or _kept():
        return lambda: None
    return apart(lambda: _run(*_LATER))


def _kept() -> bool:
    """Return whether the kernels are on disk; those of another version are there too, and then compiled when needed."""
    room, name = _LAST
    kernel = getattr(import_module(f"dedupe.{room}"), name)
    folder = kernel.stats.cache_path
    return folder is None or any(Path(folder).glob(f"*.{name}-*.nbi"))


def _run(*rooms: str) -> None:
    """Take the kernels of rooms for a story and its copy: each is made ready for the columns that it always has."""
    from .analyze import analyze

    for room in rooms:
        import_module(f"dedupe.{room}")
    analyze([{"id": "first", "text": _STORY}, {"id": "copy", "text": f"{_STORY} More follows."}], jobs=1)
