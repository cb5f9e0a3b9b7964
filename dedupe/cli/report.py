"""`dedupe report`: the main job."""

from __future__ import annotations

from collections.abc import Iterator

import click

from ..config import Config
from ..model import Findings, Skipped
from .common import FAIL_ON, INPUTS, OUTPUT, common, formats, kept, list_failures, nothing, progress, status
from .writing import console, save


@click.command(short_help="Report versions of stories and their copies.")
@INPUTS
@formats("text", "json", "html", "csv", "md")
@OUTPUT
@click.option("--include-text", is_flag=True, help="Put the articles' texts into the JSON report.")
@FAIL_ON
@common
def report(
    inputs: tuple[str, ...], form: str, out: str | None, include_text: bool, fail_on: str | None, config: Config,
    names: dict[str, str], jobs: int, quiet: bool, verbose: bool,
) -> int:  # fmt: skip
    """Report which pages tell the same story, what was copied, and what is not reporting.

    INPUTS are files or folders of scraped pages: .txt .md .html .jsonl .json .csv .tsv .parquet .mhtml .warc,
    feeds (.rss .atom .xml), also packed; - is standard input.
    """
    from ..pipeline import analyze, read

    skipped: list[Skipped] = []
    with progress(quiet=quiet, verbose=verbose) as tell:
        articles = read(inputs, names=names, skipped=skipped, jobs=jobs)
        findings = analyze(articles, config=config, jobs=jobs, skipped=skipped, progress=tell)
    if not findings.articles and not (form == "json" and any(item.failed for item in findings.skipped)):
        raise nothing(inputs, findings.skipped, quiet=quiet)  # JSON tells programs what was left out
    write(kept(findings), form, out, include_text=include_text)
    if form != "text" or out:
        list_failures(findings.skipped, quiet=quiet)
    if not findings.articles:
        return 2
    return status(findings.skipped, (pair.relation for pair in findings.pairs), fail_on)


def write(findings: Findings, form: str, out: str | None, *, include_text: bool = False) -> None:
    """Write a report in one of the formats."""
    if form == "text":
        print_text(findings, out)
    elif form == "json":
        from ..report.json import parts

        save(parts(findings, include_text=include_text), out)
    else:
        save(_pieces(findings, form), out)


def _pieces(findings: Findings, form: str) -> Iterator[str]:
    if form == "csv":
        from ..report.table import to_csv as render
    elif form == "md":
        from ..report.markdown import render
    else:
        from ..report.html import render
    return render(findings)


def print_text(findings: Findings, out: str | None) -> None:
    """Print the report for people."""
    from ..report.terminal import render

    with console(out) as screen:
        for part in render(findings, width=screen.width):
            screen.print(part, markup=False, emoji=False)
