"""Work of compiled loops and numpy on several threads: they let go of Python's lock."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future

T = TypeVar("T")
R = TypeVar("R")


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
    return list(ahead(work, every, jobs, len(every)))


def beside(work: Callable[[], R]) -> Callable[[], R]:
    """Start work in a thread of its own; return what waits for its result.

    >>> total = beside(lambda: sum([1, 2]))
    >>> total()
    3
    """
    from concurrent.futures import ThreadPoolExecutor

    pool = ThreadPoolExecutor(1)
    working = pool.submit(work)
    pool.shutdown(wait=False)
    return working.result


def together(one: Callable[[], T], other: Callable[[], R], jobs: int) -> tuple[T, R]:
    """Return one() and other(), done at the same time where there are several jobs, else one after the other.

    >>> together(lambda: 1, lambda: "a", jobs=2)
    (1, 'a')
    """
    if jobs < 2:
        return one(), other()
    second = beside(other)
    return one(), second()


def ahead(work: Callable[[T], R], parts: Iterable[T], jobs: int, limit: int) -> Iterator[R]:
    """Yield what `work` makes of each part, in order, with at most `limit` under way, which bounds the memory.

    With one job each is made when it is asked for, without a thread.

    >>> list(ahead(sum, [[1, 2], [3]], jobs=2, limit=3))
    [3, 3]
    """
    if jobs < 2:
        yield from map(work, parts)
        return
    from concurrent.futures import ThreadPoolExecutor  # here, since a small run needs none

    waiting: deque[Future[R]] = deque()
    pool = ThreadPoolExecutor(jobs)
    try:
        for part in parts:
            waiting.append(pool.submit(work, part))
            if len(waiting) >= limit:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BaseException:  # an interruption waits for no thread: one may be compiling
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    pool.shutdown()


def one_ahead(make: Callable[[Iterator[T]], Iterator[R]], values: Iterable[T], jobs: int) -> Generator[R, None, None]:
    """Yield what `make` makes of values; with several jobs a thread makes the next while the one before is used.

    When this is closed, the thread takes no further value. `make` yields no None.

    >>> list(one_ahead(lambda numbers: (2 * number for number in numbers), [1, 2], jobs=2))
    [2, 4]
    """
    if jobs < 2:
        yield from make(iter(values))
        return
    from concurrent.futures import CancelledError, ThreadPoolExecutor

    going = True

    def taken() -> Iterator[T]:
        for value in values:
            if not going:
                raise CancelledError
            yield value

    made = make(taken())
    with ThreadPoolExecutor(1) as pool:
        try:
            result = next(made, None)  # here: an interruption need not wait for a thread
            while result is not None:
                waiting = pool.submit(next, made, None)
                yield result
                result = waiting.result()
        finally:
            going = False
