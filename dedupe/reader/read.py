"""The records of files and folders, one file after another, and what of them could not be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from ..errors import ConfigError
from ..model import Skipped, place_of
from .formats import read_source
from .record import NAMES, Record
from .walk import Source, sources

Item = TypeVar("Item")

LISTED = 1000  # faults of one file that are listed one by one: beyond, it is the file that is wrong


def records(
    paths: Sequence[str | Path], *, names: Mapping[str, str] | None = None, skipped: list[Skipped], unique: bool = True
) -> Iterator[Record]:
    """Return the records of files and folders, sorted by file; what is left out is added to `skipped` with its reason.

    `names` maps our names to those of the inputs (`{"text": "body"}`). Ids are `unique`: of two records with one id
    the later is left out and listed, with the place of the first.
    """
    return _records(paths, wanted(names or {}), skipped, unique)


def _records(
    paths: Sequence[str | Path], names: Mapping[str, str], skipped: list[Skipped], unique: bool
) -> Iterator[Record]:
    seen: dict[str, str] = {}  # where each id was met
    for source in sources(paths, skipped):
        for item in items(source, names):
            if isinstance(item, Skipped):
                skipped.append(item)
            elif item.id in seen:
                skipped.append(taken(item.id, item.path, seen[item.id]))
            else:
                if unique:
                    seen[item.id] = item.path
                yield item


def items(source: Source, names: Mapping[str, str]) -> Iterator[Record | Skipped]:
    """Yield the records of a file, and what of it could not be read, up to a number of faults."""
    return listed(source, read_source(source, names))


def listed(source: Source, found: Iterable[Item | Skipped]) -> Iterator[Item | Skipped]:
    """Yield what was found in a file; faults one by one up to a number, of the others how many there are."""
    faults = 0
    for item in found:
        if isinstance(item, Skipped):
            faults += 1
        if faults <= LISTED or not isinstance(item, Skipped):
            yield item
    if faults > LISTED:
        yield Skipped(source.path, f"{faults - LISTED:,} more of its records could not be read")


def taken(id: str, path: str, by: str) -> Skipped:
    """Return what to say of a second record with an id."""
    shown = id if len(id) <= 80 else id[:77] + "..."
    else_named = "; name another field of ids with --field id=NAME" if "#" in path else ""  # of records, not of files
    return Skipped(path, f"id {shown!r} is taken by {by}{else_named}", alike=f"an id of {place_of(by)[0]}")


def wanted(names: Mapping[str, str]) -> dict[str, str]:
    """Return under which name each of our fields stands in the inputs; one that is none of ours is a `ConfigError`."""
    unknown = sorted(set(names) - {"id", *NAMES})
    if unknown:
        raise ConfigError(f"unknown field {', '.join(unknown)}; known are id, {', '.join(NAMES)}")
    return {name: names.get(name, name) for name in ("id", *NAMES)}
