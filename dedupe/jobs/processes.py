"""Work of Python's in several processes, or in one of its own: chunks go there, and what is made of them comes back."""

from __future__ import annotations

import gc
import logging
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from itertools import chain, islice
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

T = TypeVar("T")
R = TypeVar("R")

HERE = 1  # chunks that are done here first, so that a small input never waits for a process to start
# Chunks for each process that are handed out ahead, so that it has work while the results before are used. They bound
# the memory: with two processes they are 50 MB of text.
AHEAD = 24


def spread(work: Callable[[T], R], chunks: Iterable[T], jobs: int = 1) -> Iterator[R]:
    """Yield what `work` makes of each chunk, in order, in up to `jobs` processes.

    `work`, the chunks and the results have to be picklable, or this waits for ever; to hand over a megabyte
    takes about a millisecond.

    >>> list(spread(sum, [[1, 2], [3]]))
    [3, 3]
    """
    waiting = iter(chunks)
    yield from map(work, islice(waiting, HERE))
    first = next(waiting, None)
    if first is not None:
        several = jobs > 1 and may_fork()
        yield from _forked(work, first, waiting, jobs) if several else map(work, chain([first], waiting))


def apart(work: Callable[[], R], *, behind: int = 0) -> Callable[[], R]:
    """Start work in a process of its own, which sees all that is there now; return what waits for its result.

    Only the result has to be picklable. Where no process can be started, or it is killed, the work is done here. It is
    done here too for who asks a second time, and in a process that was forked since: the answer comes but once, to the
    process that started the work. `behind`: steps of niceness, by which other work comes first. With 10 the process
    gets a tenth of a busy processor and all of an idle one; with 5 a quarter.

    >>> total = apart(lambda: sum([1, 2]))
    >>> total()
    3
    """
    if not may_fork():
        return work
    from multiprocessing import get_context

    context = get_context("fork")
    here, there = context.Pipe(duplex=False)

    def run() -> None:
        _started()
        os.nice(behind)
        logging.disable()  # what there is to say, the parent says
        here.close()
        value = work()
        with suppress(BrokenPipeError):  # a parent that was killed waits for nothing
            there.send(value)

    process = context.Process(target=run, daemon=True)
    process.start()
    there.close()
    asking = os.getpid()

    def result() -> R:
        if here.closed or os.getpid() != asking:
            return work()
        try:
            value: R = here.recv()
        except (EOFError, OSError):  # killed before its result was sent, or amid
            return work()
        except BaseException:  # an interruption: nobody waits for the result any more
            process.kill()
            raise
        finally:
            here.close()
            process.join()
        return value

    return result


def chunks_of(items: Iterable[T], size: Callable[[T], int], enough: int) -> Iterator[list[T]]:
    """Yield the items in lists whose sizes sum to `enough` or a little more; the last may be smaller.

    >>> list(chunks_of(["ab", "c", "d", "efgh", "i"], len, 3))
    [['ab', 'c'], ['d', 'efgh'], ['i']]
    """
    chunk: list[T] = []
    filled = 0
    for item in items:
        chunk.append(item)
        filled += size(item)
        if filled >= enough:
            yield chunk
            chunk, filled = [], 0
    if chunk:
        yield chunk


def may_fork() -> bool:
    if sys.platform != "linux":  # macOS has fork, but its system libraries do not survive it
        return False
    from multiprocessing import current_process

    return not current_process().daemon  # a pool's worker may have no children


def _forked(work: Callable[[T], R], first: T, rest: Iterator[T], jobs: int) -> Iterator[R]:
    """Yield what `work` makes of each chunk; once a process was killed, as where memory is short, all is done here."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    pool = ProcessPoolExecutor(jobs, get_context("fork"), worker)
    waiting = deque([asked_of(pool, work, first)])
    try:
        for chunk in rest:
            waiting.append(asked_of(pool, work, chunk))
            if len(waiting) > AHEAD * jobs:
                yield waiting.popleft()()
        while waiting:
            yield waiting.popleft()()
    finally:
        pool.shutdown(cancel_futures=True)


def asked_of(pool: ProcessPoolExecutor, work: Callable[[T], R], chunk: T) -> Callable[[], R]:
    """Return what waits for what a pool makes of a chunk; it is made here once a process of the pool was killed."""
    from concurrent.futures.process import BrokenProcessPool

    try:
        working = pool.submit(work, chunk)
    except BrokenProcessPool:
        return partial(work, chunk)

    def result() -> R:
        try:
            return working.result()
        except BrokenProcessPool:
            return work(chunk)

    return result


def _started() -> None:
    """Make a new process ready for work: what it has from this one is not looked through for garbage."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interruption is the parent's to handle: its children end with it
    gc.freeze()  # to look at it would copy it


def worker(behind: int = 0) -> None:
    """Make a process of a pool ready: it lives long enough to have garbage of its own, and to outlive its parent."""
    _started()
    os.nice(behind)
    gc.enable()
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process once its parent was killed.

    Else it would wait for ever: the queue it waits at stays open as long as another worker holds it. A worker also
    holds the pipes by which those that were forked before it are told of the end, so the last one ends first, then the
    one before it.
    """
    from multiprocessing import parent_process

    if parent := parent_process():
        parent.join()
        os._exit(1)
