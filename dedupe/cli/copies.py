"""`dedupe copies`: the groups of copies among very many texts, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ..config import Config
from ..model import Skipped
from .common import INPUTS, OUTPUT, common, formats, list_failures, nothing, progress, status
from .writing import console, save

if TYPE_CHECKING:
    from ..copies import NearDuplicates


@click.command(short_help="Group the copies among very many texts.")
@INPUTS
@formats("text", "jsonl", "csv")
@OUTPUT
@click.option(
    "--threshold", type=click.FloatRange(0, 1, min_open=True), default=0.7, show_default=True,
    help="Two texts are copies from this Jaccard on; below 0.3 some short ones are missed.",
)  # fmt: skip
@common
def copies(
    inputs: tuple[str, ...], form: str, out: str | None, threshold: float, config: Config, names: dict[str, str],
    jobs: int, quiet: bool, verbose: bool,
) -> int:  # fmt: skip
    """Group the copies among very many texts, and do nothing else: it takes seconds for a hundred thousand articles.

    INPUTS are files or folders, as for report. Texts are compared whole, with the menus and advertising they have;
    report tells the reporting from these, and what was copied of it.
    """
    from ..copies import near_duplicates

    skipped: list[Skipped] = []
    with progress(quiet=quiet, verbose=verbose) as tell:
        found = near_duplicates(
            inputs, threshold=threshold, config=config, names=names, jobs=jobs, skipped=skipped, progress=tell
        )
    if not found.texts:
        raise nothing(inputs, skipped, quiet=quiet)
    write(found, form, out)
    if form != "text" or out:
        list_failures(skipped, quiet=quiet)
    return status(skipped)


def write(found: NearDuplicates, form: str, out: str | None) -> None:
    """Write the groups in one of the formats."""
    from ..report.groups import render, to_csv, to_json_lines

    if form == "text":
        with console(out) as screen:
            for line in render(found):
                screen.print(line, markup=False, emoji=False)
    else:
        save(to_csv(found) if form == "csv" else to_json_lines(found), out)
