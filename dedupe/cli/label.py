"""`dedupe label`: the paragraphs of pages with their roles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from ..model import GROUP_OF, RoleGroup, Skipped
from .common import INPUTS, OUTPUT, common, formats, list_failures, nothing, progress, status
from .writing import console, save

if TYPE_CHECKING:
    from ..pipeline import Labelled

STYLE = {
    RoleGroup.REPORTING: "default",
    RoleGroup.CREDIT: "cyan",
    RoleGroup.AD: "red",
    RoleGroup.BOILERPLATE: "bright_black",
}


@click.command(short_help="Show what each paragraph of a page is.")
@INPUTS
@formats("text", "jsonl")
@OUTPUT
@common
def label(
    inputs: tuple[str, ...], form: str, out: str | None, names: dict[str, str], jobs: int, quiet: bool, verbose: bool,
    **_: object,
) -> int:  # fmt: skip
    """Show what each paragraph of a page is: reporting, credit, advertising or boilerplate, and why."""
    from ..pipeline import label_pages, read

    skipped: list[Skipped] = []
    with progress(quiet=quiet, verbose=verbose) as tell:
        articles = read(inputs, names=names, skipped=skipped, jobs=jobs)
        labelled = label_pages(articles, jobs=jobs, skipped=skipped, progress=tell)
    if not labelled.articles:
        raise nothing(inputs, skipped, quiet=quiet)
    if form == "jsonl":
        save(json_lines(labelled), out)
    else:
        print_pages(labelled, out)
    list_failures(skipped, quiet=quiet)
    return status(skipped)


def json_lines(labelled: Labelled) -> Iterator[bytes]:
    """Yield one JSON object for each article."""
    import msgspec

    for row, article in enumerate(labelled.articles):
        paragraphs = [
            {name: getattr(paragraph, name) for name in ("index", "start", "end", "text", "role", "reason")}
            for paragraph in labelled.paragraphs(row)
        ]
        yield msgspec.json.encode({"id": article.id, "paragraphs": paragraphs}) + b"\n"


def print_pages(labelled: Labelled, out: str | None) -> None:
    """Print each page with the role of every paragraph before it, in colour on a terminal."""
    from rich.table import Table
    from rich.text import Text

    from ..report.wording import bounded, safe

    with console(out) as screen:
        for row, article in enumerate(labelled.articles):
            screen.print(Text(bounded(article.id), "bold"), markup=False)
            table = Table(box=None, pad_edge=False, padding=(0, 1), show_header=False)
            table.add_column("role", no_wrap=True)
            table.add_column("text", overflow="fold", ratio=1)
            for paragraph in labelled.paragraphs(row):
                style = STYLE[GROUP_OF[paragraph.role]]
                words = Text(safe(paragraph.text), style).append(f"  [{safe(paragraph.reason)}]", "dim italic")
                table.add_row(Text(paragraph.role.value, style), words)
            screen.print(table)
            screen.print()
