"""Groups of copies written down: for the terminal, as JSON lines, and as CSV."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any

import msgspec
from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from ..model import count
from ..pipeline.ids import derived_id
from .table import csv_lines
from .terminal import left_out_parts
from .wording import bounded, clip, safe

if TYPE_CHECKING:
    from ..copies import CopyGroup, NearDuplicates

COLUMNS = ("group", "copies", "id", "title")
GROUPS, MEMBERS, LINE = 20, 10, 76  # what a reader scrolls through; JSON lines have all of it


def to_json_lines(found: NearDuplicates) -> Iterator[bytes]:
    """Return one JSON object for each group, and then one for each pair."""
    encode = msgspec.json.Encoder().encode
    for group in found.groups:
        members: list[dict[str, Any]] = [
            {"id": id, "title": title} for id, title in zip(group.members, group.titles, strict=True)
        ]
        yield encode({"group": derived_id("c", group.members), "copies": len(members), "members": members}) + b"\n"
    for pair in found.pairs:
        yield encode(pair._asdict()) + b"\n"


def to_csv(found: NearDuplicates) -> Iterator[str]:
    """Return the lines of a CSV file, header first: a row for each member of a group."""
    rows = (
        [derived_id("c", group.members), len(group.members), id, title]
        for group in found.groups
        for id, title in zip(group.members, group.titles, strict=True)
    )
    return csv_lines(chain([COLUMNS], rows))


def render(found: NearDuplicates) -> Iterator[RenderableType]:
    """Return the lines of the report in reading order."""
    yield from _summary(found)
    if found.pages:
        yield Text("Pages were compared whole; dedupe report compares what is reporting on them.")
    for group in found.groups[:GROUPS]:
        yield Text()
        yield from _group(group)
    if len(found.groups) > GROUPS:
        yield Text()
        yield Text(f"… and {count(len(found.groups) - GROUPS, 'more group')}; -f jsonl or csv has them all.")
    yield from _held(found)
    yield from left_out_parts(found.skipped)


def _summary(found: NearDuplicates) -> Iterator[Text]:
    compared = f"{count(found.texts, 'text')} compared"
    if not found.groups:
        yield Text(f"{compared}; no two are copies of each other.")
        return
    copies = sum(len(group.members) for group in found.groups)
    left = found.texts - copies + len(found.groups)
    yield Text(f"{compared}; {copies:,} are in {count(len(found.groups), 'group')} of copies.")
    yield Text(f"With one of each group, {count(left, 'text remains', 'texts remain')}.")


def _group(group: CopyGroup) -> Iterator[RenderableType]:
    title, copies = safe(group.titles[0]), f"  {len(group.members):,} copies"
    yield Text(clip(title, LINE - len(copies)), "bold").append(copies, "not bold")
    for id, other in zip(group.members[:MEMBERS], group.titles, strict=False):
        yield Padding(Text(bounded(id)), (0, 0, 0, 2))
        if (said := safe(other)) != title:
            yield Text(f"    {clip(said, LINE - 4)}", "dim")
    if len(group.members) > MEMBERS:
        yield Text(f"  … and {len(group.members) - MEMBERS:,} more", "dim")


def _held(found: NearDuplicates) -> Iterator[Text]:
    of = {id: number for number, group in enumerate(found.groups) for id in group.members}
    held = sum(of.get(pair.a, -1) != of.get(pair.b, -2) for pair in found.pairs)
    if held:
        yield Text()
        pairs = count(held, "time", "times")
        yield Text(f"Beside these, {pairs} a text stands in a longer one that is no copy of it; -f jsonl names both.")
