"""Python's search for circular garbage, put off while much is made that has none."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused(*, kept: bool = False) -> Iterator[None]:
    """Put off the collector for a while: to look through the findings of 50,000 articles takes a fifth of the time.

    What nobody holds any more is freed at once as ever, and circles are found afterwards. `kept`: what was made will
    stay, so it is put among the old objects, which are looked through seldom, and not looked through now.

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
            if kept and not gc.get_freeze_count():  # what the caller froze stays frozen
                gc.freeze()
                gc.unfreeze()  # into the oldest generation
            gc.enable()
