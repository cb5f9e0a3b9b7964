"""Python's search for circular garbage, put off while much is made that has none."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def collector_paused() -> Iterator[None]:
    """Put off the collector for a while: the findings of 50,000 articles are a million values, a fifth of the time.

    Nothing is lost: what nobody holds any more is freed at once as ever, and circles are found afterwards.

    >>> with collector_paused():
    ...     gc.isenabled()
    False
    >>> gc.isenabled()
    True
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
