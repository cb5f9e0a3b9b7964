"""The compiled loops that an index asks its articles with: loaded, or compiled by a process apart while it goes on.

A service must not stand still for the minute that compiling takes, which a machine does once.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from ..compiling import compiles
from ..jobs import apart
from ..pipeline.kernels import ABROAD, EARLIER, LATER, STORY
from .near import FEW

_ROOMS = (*EARLIER, *LATER, "attribution.kernel", "alignment.kernel", "index.kernel")
_ALIKE = (
    f"{STORY} More follows.",
    f"{STORY} The council of Harbour Point meets on Friday. It has to say who pays for it, and when the work begins.",
    "A barge that broke loose on Tuesday night destroyed the bridge of Harbour Point, its mayor said. Pupils of three "
    "schools cross the river by boat. Nobody was hurt when two pillars fell.",
    ABROAD,
)


def kept() -> bool:
    """Return whether the disk has all the loops."""
    if not compiles():
        return False
    from ..compiling.kept import kept  # here, since it loads numba

    return kept("index")


def keepable() -> bool:
    """Return whether loops can be compiled here and kept on disk."""
    if not compiles():
        return False
    from ..compiling.kept import keepable

    return keepable()


def load() -> None:
    """Load the loops, compiled first where the disk has none; from then on they are used."""
    if kept():
        _import()
    elif keepable():
        compile_apart()()
        _import()
    elif compiles():
        _practise()


def compile_apart(*, behind: int = 0) -> Callable[[], None]:
    """Start to compile the loops in a process of its own, `behind` others in turn; return what waits for its end."""
    from ..compiling.load import tell_compiling

    tell_compiling()
    return apart(_compile, behind=behind)


def _import() -> None:
    for room in _ROOMS:
        import_module(f"dedupe.{room}")


def _compile() -> None:
    from ..compiling.kept import keep

    _practise()
    keep("index")


def _practise() -> None:
    """Take the loops for a few articles: each is made ready for the columns that it always has.

    As in a service they have an outlet, are too many to be all compared, and in the end stand in a run on disk.
    """
    from .api import Index

    _import()
    texts = STORY, *_ALIKE, *(f"{STORY} Version {number}." for number in range(FEW))
    with TemporaryDirectory() as folder, Index(Path(folder) / "practice.db") as index:
        for number, text in enumerate(texts):
            told = index.add({"id": str(number), "title": "A bridge lost", "source": "news", "text": text})
            _ = told.pairs, told.passages, told.derivations
        index.compact()
        index.check({"id": "again", "title": "A bridge lost", "source": "news", "text": STORY})
