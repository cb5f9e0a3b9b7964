"""A process that is started early and given work later."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Self, TypeVar

from .processes import asked_of, may_fork, worker

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

T = TypeVar("T")
R = TypeVar("R")


class Assistant:
    """A process beside this one that does work of Python's as it comes, from `start` to the end of a `with` statement.

    A process that is forked late costs more than its work: whatever this one writes to while the other lives, freed
    memory too, the system copies page by page. Until it is started, and where there is no fork, work is done here, when
    its result is asked for.

    >>> with Assistant() as assistant:
    ...     assistant.start()
    ...     total = assistant.ask(sum, [1, 2])
    ...     total()
    3
    """

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def start(self, *, behind: int = 0) -> None:
        """Start the process. `behind`: steps of niceness, see `apart`."""
        if self._pool or not may_fork():
            return
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_context

        self._pool = ProcessPoolExecutor(1, get_context("fork"), partial(worker, behind))
        self._pool.submit(int)  # it is forked when first asked

    def ask(self, work: Callable[[T], R], given: T) -> Callable[[], R]:
        """Return what waits for work(given); both have to be picklable, and the result.

        In a process that was forked since, the work is done there.
        """
        if self._pool is None:
            return partial(work, given)
        result, asking = asked_of(self._pool, work, given), os.getpid()
        return lambda: result() if os.getpid() == asking else work(given)
