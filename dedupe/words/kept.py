"""Whether this machine has compiled the kernels already, so that a run of middling size need not wait for that."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from .load import kernel


@kernel
def _last() -> None:
    """Return nothing: where this is on disk, all that a report needs is."""


@cache  # one answer for all of a run
def kept() -> bool:
    """Return whether the kernels are on disk; those of another version are there too, and then compiled when needed."""
    folder = _last.stats.cache_path
    return folder is not None and any(Path(folder).glob(f"*.{_last.__name__}-*.nbi"))


def keepable() -> bool:
    """Return whether there is a disk to keep them on."""
    return _last.stats.cache_path is not None


def keep() -> None:
    """Tell later processes that all are kept now."""
    _last()
