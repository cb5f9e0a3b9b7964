"""Work on many records in several processes, where there are enough of them to pay.

The work is Python's, which holds its lock, so threads would not help. Processes are forked, which takes milliseconds
and asks nothing of the caller's main module; where that is not to be had (Windows, macOS, inside another pool's
worker) all is done here. Either way the results are the same and come in the order of the records.
"""

from __future__ import annotations

import signal
import sys
from collections import deque
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

T = TypeVar("T")
R = TypeVar("R")

CHUNK = 1 << 20  # characters that go to a process at a time: enough that handing them over takes hardly any time
HERE = 2  # chunks that are done here first: a tenth of a second's work, in which processes would just have started
AHEAD = 3  # chunks for each process that are read ahead, so that none waits; they bound the memory


def spread(work: Callable[[list[T]], R], items: Iterable[T], size: Callable[[T], int], jobs: int = 1) -> Iterator[R]:
    """Yield what `work` makes of the items, chunk by chunk in their order, in up to `jobs` processes.

    `size` says how many characters an item has. `work`, its chunks and its results have to be picklable.

    >>> list(spread(sum, [1, 2, 3], size=lambda item: 1 << 19))
    [3, 3]
    """
    chunks = _chunks(items, size)
    yield from map(work, islice(chunks, HERE if jobs > 1 and _may_fork() else None))
    first = next(chunks, None)
    if first is not None:
        yield from _forked(work, first, chunks, jobs)


def _chunks(items: Iterable[T], size: Callable[[T], int]) -> Iterator[list[T]]:
    chunk: list[T] = []
    filled = 0
    for item in items:
        chunk.append(item)
        filled += size(item)
        if filled >= CHUNK:
            yield chunk
            chunk, filled = [], 0
    if chunk:
        yield chunk


def _may_fork() -> bool:
    if sys.platform != "linux":  # macOS has fork, but its system libraries do not survive it
        return False
    from multiprocessing import current_process

    return not current_process().daemon  # a pool's worker may have no children


def _forked(work: Callable[[list[T]], R], first: list[T], rest: Iterator[list[T]], jobs: int) -> Iterator[R]:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # An interruption is the parent's to handle; its children end with the pool.
    pool = ProcessPoolExecutor(jobs, get_context("fork"), signal.signal, (signal.SIGINT, signal.SIG_IGN))
    waiting = deque([pool.submit(work, first)])
    try:
        for chunk in rest:
            waiting.append(pool.submit(work, chunk))
            if len(waiting) > AHEAD * jobs:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)
