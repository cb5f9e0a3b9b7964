"""Kernels made ready while pages are read: loaded, or compiled first, where the disk has none.

Numba compiles with one thread at a time and keeps on disk what it made, so that only the first large run waits for it.
It is done by processes apart: the compiler takes hundreds of megabytes, which go when they end.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable
from functools import partial
from importlib import import_module

from ..compiling import compiles
from ..html import compile_kernels
from ..jobs import apart, collector_paused

EARLIER = ("words.kernel", "text.kernel", "paragraphs.kernel", "shingle.kernel", "minhash.kernel", "candidates.kernel")
LATER = ("tfidf.kernel", "relation.kernel", "similarity.kernel", "reuse.kernel")
STORY = (
    "The town of Harbour Point lost its only bridge on Tuesday night, when a barge broke loose and struck two of its "
    "pillars, the mayor said. Nobody was hurt. Boats carry the pupils of three schools until a new one stands."
)
ABROAD = (  # some loops are for other languages than English alone
    "Ein Lastkahn hat am Dienstag in der Nacht die Brücke von Harbour Point zerstört, teilte die Polizei mit. Es wurde "
    "niemand verletzt. Die Schüler fahren mit dem Boot über den Fluss, bis eine neue Brücke steht."
)


def load_numba() -> None:
    """Load what every kernel needs."""
    import_module("dedupe.words.kernel")


@collector_paused()
def load_ahead(jobs: int) -> None:
    """Load the kernels and the tables of the stages: else a thread that needs one would make all others wait."""
    load_numba()
    from ..compiling.kept import keepable, kept

    if not kept() and keepable():
        _compile_apart(jobs)
    _run(EARLIER + LATER, STORY)


def compile_for_pages() -> None:
    """Have the kernels that read pages of HTML compiled by a process of its own, where the disk has none.

    Nobody waits for it: the processes that read pages go on without, and load what there is from then on.
    """
    if not compiles():
        return
    from ..compiling.kept import keepable, kept  # here, since it loads numba
    from ..compiling.load import tell_compiling

    if keepable() and not kept("html"):
        tell_compiling()
        apart(_compile_for_pages)


def _compile_for_pages() -> None:
    gc.enable()  # put off by who reads the pages: what the compiler leaves is circular, and half as much again
    compile_kernels()


def _compile_apart(jobs: int) -> None:
    """Compile the kernels, with several jobs in two processes at once, and keep them on disk."""
    from ..compiling.kept import keep
    from ..compiling.load import tell_compiling

    tell_compiling()
    halves = [partial(_compile, rooms) for rooms in (EARLIER, LATER)]
    if jobs < 2:
        for half in halves:
            apart(half)()
    else:
        for compiled in [apart(half) for half in halves]:
            compiled()
    keep()


def _compile(rooms: Iterable[str]) -> None:
    """Compile the kernels of the rooms, one room after the other; what the compiler leaves is circular garbage."""
    for room in rooms:
        _run((room,), STORY, ABROAD)
        gc.collect()


def _run(rooms: Iterable[str], *stories: str) -> None:
    """Use the kernels of some rooms on stories and their copies: each is made ready for the types of its columns."""
    from .analyze import analyze

    for room in rooms:
        import_module(f"dedupe.{room}")
    texts = (text for story in stories for text in (story, f"{story} More follows."))
    analyze([{"id": str(number), "text": text} for number, text in enumerate(texts)], jobs=1)
