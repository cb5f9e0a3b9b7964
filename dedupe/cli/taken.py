"""`dedupe taken`: who took from whom, how much, and whether they say so."""

from __future__ import annotations

import click

from ..config import Config
from ..model import Skipped
from .common import INPUTS, OUTPUT, common, formats, kept, list_failures, nothing, progress, status
from .writing import console, save


@click.command(short_help="List who took from whom, how much, with what credit.")
@INPUTS
@click.option("--from", "whose", metavar="OUTLET", help="Only what leads back to this outlet, or to a path of INPUTS.")
@formats("text", "csv", "jsonl")
@OUTPUT
@common
def taken(
    inputs: tuple[str, ...], whose: str | None, form: str, out: str | None, config: Config, names: dict[str, str],
    jobs: int, quiet: bool, verbose: bool,
) -> int:  # fmt: skip
    """List which pages took text or news from other outlets, how much of each is theirs, and whether it says so.

    INPUTS are files or folders, as for report. Who took ours: dedupe taken ours/ others/ --from ours/
    """
    if whose == "":  # a variable of a shell that is unset
        raise click.BadParameter("is empty; give an outlet or a path of INPUTS", param_hint="--from")
    from ..pipeline import analyze, read
    from ..report.taken import articles_of, render, takings, to_csv, to_json_lines

    skipped: list[Skipped] = []
    with progress(quiet=quiet, verbose=verbose) as tell:
        articles = read(inputs, names=names, skipped=skipped, jobs=jobs)
        findings = analyze(articles, config=config, jobs=jobs, skipped=skipped, progress=tell)
    if not findings.articles:
        raise nothing(inputs, findings.skipped, quiet=quiet)
    kept(findings)
    of = articles_of(findings, whose) if whose else set()
    found = takings(findings, of)
    if form == "text":
        with console(out) as screen:
            for part in render(findings, found, whose or "", of):
                screen.print(part, markup=False, emoji=False)
    else:
        save(to_csv(found) if form == "csv" else to_json_lines(found), out)
    if form != "text" or out:
        list_failures(findings.skipped, quiet=quiet)
    return status(findings.skipped)
