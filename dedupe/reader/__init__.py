"""Files to records: every input is read as far as it can be, and what cannot be is listed with its reason.

Nothing is unpacked to disk, nothing but regular files is opened, links are not followed, and no more than one record
(at most `LIMIT` bytes) is held at a time, whatever a file claims or unpacks to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import ConfigError
from ..model import Skipped
from .formats import read_source
from .record import NAMES, Record, plain
from .stream import LIMIT
from .walk import ARCHIVES, kind_of, sources

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

LISTED = 1000  # faults of one file that are listed one by one: beyond, it is the file that is wrong

__all__ = ["ARCHIVES", "LIMIT", "NAMES", "Record", "kind_of", "plain", "records"]


def records(
    paths: Sequence[str | Path], *, fields: Mapping[str, str] | None = None, skipped: list[Skipped]
) -> Iterator[Record]:
    """Yield the records of files and folders, sorted by file; what is left out is added to `skipped` with its reason.

    `fields` maps our names to those of the inputs (`{"text": "body"}`). Ids are unique: of two records with one id the
    later is left out and listed, with the place of the first.
    """
    wanted = _wanted(fields or {})
    seen: dict[str, str] = {}  # where each id was met
    for source in sources(paths, skipped):
        faults = 0
        for item in read_source(source, wanted):
            if isinstance(item, Skipped):
                faults += 1
                if faults <= LISTED:
                    skipped.append(item)
            elif item.id in seen:
                shown = item.id if len(item.id) <= 80 else item.id[:77] + "..."
                skipped.append(Skipped(item.path, f"id {shown!r} is taken by {seen[item.id]}"))
            else:
                seen[item.id] = item.path
                yield item
        if faults > LISTED:
            skipped.append(Skipped(source.path, f"{faults - LISTED:,} more of its records could not be read"))


def _wanted(fields: Mapping[str, str]) -> dict[str, str]:
    """Return under which name each of our fields stands in the inputs."""
    unknown = sorted(set(fields) - {"id", *NAMES})
    if unknown:
        raise ConfigError(f"unknown field {', '.join(unknown)}; known are id, {', '.join(NAMES)}")
    return {name: fields.get(name, name) for name in ("id", *NAMES)}
