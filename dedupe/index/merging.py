"""Runs of postings merged into one, a stretch of keys at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from .arrays import Connection
from .postings import ENTRIES, Open, Postings, ordered, read

_WINDOW = 4096  # parts of the longest run that are merged at a time, so that memory does not grow with the index


def merged(
    db: Connection, runs: Sequence[Open], keep: Callable[[NDArray[np.uint32]], NDArray[np.bool_]]
) -> Iterator[Postings]:
    """Return the entries of runs, oldest first, whose articles are to be kept, in order and in pieces."""
    fences = max((opened.fences for opened in runs), key=len)
    edges = [*fences[_WINDOW::_WINDOW].tolist(), None]  # None: to the end
    lo = 0
    for hi in edges:
        keys, articles = zip(*(_window(db, opened, lo, hi) for opened in runs), strict=True)
        key, article = np.concatenate(keys), np.concatenate(articles)
        kept = keep(article)
        yield ordered(key[kept], article[kept])
        lo = hi or 0


def _window(db: Connection, opened: Open, lo: int, hi: int | None) -> Postings:
    """Return the entries of a run with lo <= key < hi."""
    if not opened.run.entries:
        return np.zeros(0, np.uint32), np.zeros(0, np.uint32)
    first = max(int(np.searchsorted(opened.fences, np.uint32(lo), side="left")) - 1, 0)
    last = opened.run.parts if hi is None else int(np.searchsorted(opened.fences, np.uint32(hi), side="left"))
    content = read(db, opened.run, range(first, last))
    keys, articles = (content[:, column].ravel()[: opened.run.entries - first * ENTRIES] for column in (0, 1))
    a = int(np.searchsorted(keys, np.uint32(lo), side="left"))
    b = len(keys) if hi is None else int(np.searchsorted(keys, np.uint32(hi), side="left"))
    return keys[a:b], articles[a:b]
