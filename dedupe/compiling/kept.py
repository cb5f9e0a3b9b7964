"""Whether this machine has compiled the kernels already, so that a run of middling size need not wait for that."""

from __future__ import annotations

from pathlib import Path

from .load import kernel


@kernel
def _for_report() -> None:
    """Return nothing: where this is on disk, all that a report needs is."""


@kernel
def _for_index() -> None:
    """Return nothing: where this is on disk, all that an index asks single articles with is."""


@kernel
def _for_html() -> None:
    """Return nothing: where this is on disk, all that pages of HTML are read with is."""


_MARKS = {"report": _for_report, "index": _for_index, "html": _for_html}


def kept(use: str = "report") -> bool:
    """Return whether the kernels are on disk; those of another version are there too, and then compiled when needed."""
    folder = _MARKS[use].stats.cache_path
    return folder is not None and any(Path(folder).glob(f"*.{_MARKS[use].__name__}-*.nbi"))


def keepable() -> bool:
    """Return whether there is a disk to keep them on."""
    return _for_report.stats.cache_path is not None


def keep(use: str = "report") -> None:
    """Tell later processes that all are kept now."""
    _MARKS[use]()
