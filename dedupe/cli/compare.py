"""`dedupe compare`: two articles side by side."""

from __future__ import annotations

from dataclasses import replace
from os.path import exists, isfile, normpath
from typing import TYPE_CHECKING, Any

import click

from ..config import Config
from ..errors import InputError
from ..model import GROUP_OF, Article, Fact, Findings, RoleGroup, Skipped, percent
from .common import FAIL_ON, OUTPUT, common, formats, status
from .writing import console, save

if TYPE_CHECKING:
    from ..pipeline.compare import Comparison


@click.command(short_help="Show how two articles stand to each other.")
@click.argument("a", type=click.Path())
@click.argument("b", type=click.Path())
@formats("text", "json", "html")
@OUTPUT
@FAIL_ON
@common
def compare(
    a: str, b: str, form: str, out: str | None, fail_on: str | None, config: Config, names: dict[str, str], **_: object
) -> int:
    """Show how article A stands to article B: their relation, the evidence, and the passages they share.

    A and B are files of one article, or records of a file: news.jsonl#12, by the `path` that a report gives.
    """
    from ..pipeline.compare import compare as compared

    one, other = _only(a, names), _only(b, names)
    if one.id == other.id and a != b:  # two files of one name go by their paths
        one, other = replace(one, id=one.path), replace(other, id=other.path)
    comparison = compared(one, other, config=config)
    if form == "html":
        from .report import write

        write(comparison.findings, "html", out)
    elif form == "json":
        import msgspec

        save([msgspec.json.format(msgspec.json.encode(record(comparison)), indent=1), b"\n"], out)
    else:
        print_text(comparison, out)
    return status((), [comparison.relation], fail_on)


def _only(path: str, names: dict[str, str]) -> Article:
    """Return the article of a file, or of a record of one; an error where there is none or there are several."""
    from ..model import place_of
    from ..pipeline import read

    file, number = place_of(path)
    inside = number >= 0 and isfile(file) and not exists(path)

    def is_meant(item: Article | Skipped) -> bool:
        return not inside or item.path == normpath(path)

    skipped: list[Skipped] = []
    articles = filter(is_meant, read([file if inside else path], names=names, skipped=skipped))
    article = next(articles, None)
    if article is None:
        why = "; ".join(f"{item.path}: {item.reason}" for item in filter(is_meant, skipped))
        raise InputError(why or f"{path}: holds no article")
    if not inside and next(articles, None) is not None:
        raise InputError(f"{path}: holds several articles; give the path of one, as a report has it")
    return article


def record(comparison: Comparison) -> dict[str, Any]:
    """Return a comparison as one JSON object; offsets are characters of the two repaired texts.

    `facts`: those that the two say differently.
    """
    from ..report.json import fact_record

    return {
        "a": comparison.a.id,
        "b": comparison.b.id,
        "relation": comparison.relation.value,
        "confidence": comparison.confidence,
        **comparison.numbers,
        "evidence": comparison.evidence,
        "facts": [*map(fact_record, told_differently(comparison))],
        "passages": [passage.to_dict() for passage in comparison.passages],
        "a_text": comparison.a.text,
        "b_text": comparison.b.text,
    }


def told_differently(comparison: Comparison) -> list[Fact]:
    """Return what two articles of one story say differently."""
    from ..report.facts import contradictions_of

    findings = comparison.findings
    return [fact for story in findings.stories for fact in contradictions_of(findings, story)]


def reporting(findings: Findings, id: str, start: int, end: int) -> list[str]:
    """Return what a passage holds of each paragraph of an article's reporting: what stands between is no part of it."""
    row = findings.row(id)
    inside = (p for p in findings.paragraphs(row) if p.start < end and start < p.end)
    text = findings.articles[row].text
    return [text[max(p.start, start) : min(p.end, end)] for p in inside if GROUP_OF[p.role] is RoleGroup.REPORTING]


def print_text(comparison: Comparison, out: str | None) -> None:
    """Print the relation, its evidence, and the shared passages side by side."""
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    from ..report.terminal import difference
    from ..report.wording import RELATION_WORDS, safe

    with console(out) as screen:
        head = Text(RELATION_WORDS[comparison.relation.value], "bold").append(
            f" ({percent(comparison.confidence)} sure)"
        )
        screen.print(head)
        letters = {comparison.a.id: "A", comparison.b.id: "B"}
        names = [f"{safe(id)} ({letter})" for id, letter in letters.items()]
        screen.print(Text(" ~ ".join(names)))
        numbers = (f"{name.removesuffix('_similarity')} {value:.3f}" for name, value in comparison.numbers.items())
        screen.print(Text(", ".join(numbers), "dim"))  # as a report calls them
        for reason in comparison.evidence:
            screen.print(Padding(Text(safe(reason)), (0, 0, 0, 2)))
        for fact in told_differently(comparison):
            screen.print(Padding(difference(fact, letters), (0, 0, 0, 2)))
        table = Table(show_lines=True, expand=True)
        for name in names:
            table.add_column(Text(name), ratio=1, overflow="fold")
        table.add_column("", no_wrap=True)
        for p in comparison.passages:
            sides = (comparison.a.id, p.a_start, p.a_end), (comparison.b.id, p.b_start, p.b_end)
            told = ("\n".join(map(safe, reporting(comparison.findings, *side))) for side in sides)
            table.add_row(*map(Text, told), Text(f"{p.kind.value}\n{p.similarity:.2f}"))
        if comparison.passages:
            screen.print(table)
        else:
            screen.print(Text("No passage of some length stands in both."))
