"""`dedupe label`: the paragraphs of pages with their roles."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from ..model import GROUP_OF, RoleGroup
from .common import common, list_failures, output, progress, status

if TYPE_CHECKING:
    from ..config import Config
    from ..model import Findings, Skipped

STYLE = {
    RoleGroup.REPORTING: "default",
    RoleGroup.CREDIT: "cyan",
    RoleGroup.AD: "red",
    RoleGroup.BOILERPLATE: "bright_black",
}


@click.command()
@click.argument("inputs", nargs=-1, required=True, type=click.Path())
@click.option("-f", "--format", "form", type=click.Choice(("text", "jsonl")), default="text", show_default=True)
@click.option("-o", "--output", "out", type=click.Path(dir_okay=False), help="Write to a file.")
@common
def label(
    inputs: tuple[str, ...], form: str, out: str | None, config: Config, names: dict[str, str], jobs: int, quiet: bool,
    verbose: bool,
) -> int:  # fmt: skip
    """Show what each paragraph of a page is: reporting, credit, advertising or boilerplate, and why."""
    from ..errors import DedupeError
    from ..pipeline import label_pages, read

    skipped: list[Skipped] = []
    with progress(quiet=quiet, verbose=verbose) as tell:
        findings = label_pages(
            read(inputs, names=names, skipped=skipped), config=config, skipped=skipped, progress=tell
        )
    if not findings.articles and not skipped:
        raise DedupeError(f"{', '.join(inputs)}: no articles found; expected .txt, .html, .jsonl or the like")
    if form == "jsonl":
        write_lines(findings, out)
    else:
        print_pages(findings, out)
    list_failures(findings.skipped, quiet=quiet)
    return status(findings.skipped) if findings.articles else 2


def write_lines(findings: Findings, out: str | None) -> None:
    """Write one JSON object for each article."""
    import msgspec

    with output(out) as file:
        for row, article in enumerate(findings.articles):
            paragraphs = [
                {
                    "index": p.index,
                    "start": p.start,
                    "end": p.end,
                    "text": p.text,
                    "role": p.role.value,
                    "reason": p.reason,
                }
                for p in findings.paragraphs(row)
            ]
            file.write(msgspec.json.encode({"id": article.id, "paragraphs": paragraphs}) + b"\n")


def print_pages(findings: Findings, out: str | None) -> None:
    """Print each page with the role of every paragraph before it, in colour on a terminal."""
    from io import TextIOWrapper

    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from ..report.wording import safe

    with output(out) as file:
        wrapped = (
            None if file is sys.stdout.buffer else TextIOWrapper(file, "utf-8", errors="replace", write_through=True)
        )
        console = Console(file=wrapped, highlight=False, width=80 if wrapped else None)
        for row, article in enumerate(findings.articles):
            console.print(Text(safe(article.id), "bold"), markup=False)
            table = Table(box=None, pad_edge=False, padding=(0, 1), show_header=False)
            table.add_column("role", no_wrap=True)
            table.add_column("text", overflow="fold", ratio=1)
            for paragraph in findings.paragraphs(row):
                style = STYLE[GROUP_OF[paragraph.role]]
                words = Text(safe(paragraph.text), style).append(f"  [{safe(paragraph.reason)}]", "dim italic")
                table.add_row(Text(paragraph.role.value, style), words)
            console.print(table)
            console.print()
        if wrapped:
            wrapped.detach()
