"""The report for a terminal: readable in 80 columns, in colour only where there is a terminal to show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.table import Table
from rich.text import Text

from ..pipeline.story_facts import contradictions_of
from .quotes import quotes_of
from .wording import (
    RELATION_WORDS,
    by_size,
    clip,
    count,
    derivations_by_story,
    named,
    pairs_by_story,
    percent,
    safe,
    summary,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from ..model import Derivation, Fact, Findings, Pair, ReportedArticle, Story

STORIES, MEMBERS, PAIRS, SKIPPED, QUOTES, SOURCES = (
    20,
    20,
    10,
    20,
    3,
    4,
)  # what a reader scrolls through; the JSON report has all of it
BAR = 16  # columns of the bar of shares
VERDICT_STYLE = {
    "original": "green",
    "syndicated": "yellow",
    "rewrite": "magenta",
    "aggregated": "red",
    "unclear": "dim",
}
SHARE_MARKS = {"original": "█", "reused": "▓", "credit": "▒", "ad": "×", "boilerplate": "·"}
SHARE_STYLE = {"original": "green", "reused": "yellow", "credit": "cyan", "ad": "red", "boilerplate": "dim"}


def render(findings: Findings, *, stories: int = STORIES) -> Iterator[RenderableType]:
    """Return the parts of the report in reading order."""
    for line in summary(findings):
        yield Text(line)
    yield _legend()
    articles = {article.id: article for article in findings.articles}
    rows = {article.id: row for row, article in enumerate(findings.articles)}
    pairs = pairs_by_story(findings)
    derivations = derivations_by_story(findings)
    shown = [story for story in by_size(findings) if len(story.members) > 1 or len(findings.stories) <= stories]
    for story in shown[:stories]:
        yield Text()
        said = [*map(_difference, contradictions_of(findings, story, rows)), *_quotes(findings, story, rows)]
        yield _story(story, articles, pairs.get(story.id, []), derivations.get(story.id, []), said)
    yield from _rest(findings, len(shown[:stories]))
    yield from _skipped(findings)


def _legend() -> Text:
    legend = Text("Shares: ")
    for name, mark in SHARE_MARKS.items():
        legend.append(mark, SHARE_STYLE[name]).append(f" {name}  ")
    return legend


def _story(
    story: Story, articles: dict[str, ReportedArticle], pairs: list[Pair], derivations: list[Derivation],
    said: list[Text],
) -> Group:  # fmt: skip
    head = Text(no_wrap=True, overflow="ellipsis")
    head.append(clip(safe(story.label) or "(no title)", 50), "bold")
    head.append(f"  {count(len(story.members), 'version')}  ").append(story.id, "dim")
    parts: list[RenderableType] = [head, _versions(story, articles)]
    if len(story.members) > MEMBERS:
        parts.append(
            Text(f"  … and {count(len(story.members) - MEMBERS, 'more version')}; -f json has them all", "dim")
        )
    for member in story.members[:MEMBERS]:
        parts += _why(articles[member])
        parts += _reused(articles[member])
    parts += [_taken(derivation) for derivation in derivations[:PAIRS]]
    parts += said
    parts += [line for pair in pairs[:PAIRS] for line in _pair(pair)]
    if len(pairs) > PAIRS:
        parts.append(Text(f"  … and {count(len(pairs) - PAIRS, 'more pair')} in this story", "dim"))
    return Group(*parts)


def _versions(story: Story, articles: dict[str, ReportedArticle]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 1), show_header=True, header_style="dim")
    table.add_column("")
    table.add_column("article", overflow="fold", ratio=1)
    table.add_column("verdict", no_wrap=True)
    table.add_column("words", justify="right", no_wrap=True)
    table.add_column("original", justify="right", no_wrap=True)
    table.add_column("shares", no_wrap=True, width=BAR)
    group = {member: number for number, group in enumerate(story.copy_groups, 1) for member in group}
    for member in story.members[:MEMBERS]:
        article = articles[member]
        kind = article.verdict.kind.value
        mark = "*" if member == story.canonical else ""
        copies = f"={group[member]}" if member in group else ""
        table.add_row(
            mark + copies,
            Text(safe(member)),
            Text(kind, VERDICT_STYLE[kind]),
            f"{article.words:,}",
            percent(article.verdict.shares.original),
            bar(article),
        )
    return table


def bar(article: ReportedArticle, width: int = BAR) -> Text:
    """Return an article's shares as a bar of marks, by largest remainder so that it is always full."""
    shares = [(name, getattr(article.verdict.shares, name)) for name in SHARE_MARKS]
    cells = {name: int(share * width) for name, share in shares}
    rest = sorted(shares, key=lambda item: (int(item[1] * width) - item[1] * width, item[0]))
    for name, _ in rest[: width - sum(cells.values())]:
        cells[name] += 1
    text = Text()
    for name, length in cells.items():
        text.append(SHARE_MARKS[name] * length, SHARE_STYLE[name])
    return text


def _why(article: ReportedArticle) -> list[Text]:
    return [
        Text(f"  {clip(safe(article.id), 24)}: {safe(reason)}", "dim", overflow="fold")
        for reason in article.verdict.reasons[:3]
    ]


def _taken(derivation: Derivation) -> Text:
    source = derivation.source or f"{derivation.source_name} (outside this corpus)"
    line = Text("  ").append(safe(source), "bold").append(" → ").append(safe(derivation.copy), "bold")
    return line.append(f"  {percent(derivation.confidence)} sure: {safe('; '.join(derivation.evidence))}")


def _difference(fact: Fact) -> Text:
    """Return what versions say differently, on one line."""
    said = "; ".join(f"{value} ({', '.join(m.article[:12] for m in mentions)})" for value, mentions in fact.values)
    return Text("  differs: ", "bold").append(safe(f"{fact.subject}: {said}"), "not bold")


def _reused(article: ReportedArticle) -> list[Text]:
    """Return from whom an article's reused words were taken, on one line, the largest shares first."""
    taken = article.verdict.shares.by_source
    if not taken:
        return []
    said = ", ".join(f"{percent(item.share)} from {safe(named(item))}" for item in taken[:SOURCES])
    more = f" and {len(taken) - SOURCES} more" if len(taken) > SOURCES else ""
    return [Text(f"  {clip(safe(article.id), 24)}: reused, {said}{more}", overflow="fold")]


def _quotes(findings: Findings, story: Story, rows: dict[str, int]) -> Iterator[Text]:
    """Return what several outlets quote and what only one does, the longest of each."""
    shared, own = quotes_of(findings, [rows[member] for member in story.members[:MEMBERS]])
    for quoted, what in ((shared, "quoted by several, no copying: "), (own, "quoted by one alone: ")):
        for text, places in quoted[:QUOTES]:
            articles = ", ".join(dict.fromkeys(article[:12] for article, _ in places))
            yield Text("  ").append(what, "bold").append(safe(f"“{clip(text, 100)}” ({articles})"), "not bold")
        if len(quoted) > QUOTES:
            yield Text(f"  … and {count(len(quoted) - QUOTES, 'more quotation')} of this kind; -f json", "dim")


def _pair(pair: Pair) -> list[Text]:
    line = Text("  ")
    line.append(RELATION_WORDS[pair.relation.value], "bold").append(f" ({percent(pair.confidence)} sure)  ")
    line.append(f"{safe(pair.a)} ~ {safe(pair.b)}")
    numbers = f"    jaccard {pair.jaccard:.2f}, containment {pair.containment:.2f}, story {pair.story_similarity:.2f}"
    return [line, Text(numbers, "dim"), *(Text(f"    {safe(reason)}", "dim") for reason in pair.evidence[:2])]


def _rest(findings: Findings, shown: int) -> Iterator[RenderableType]:
    missing = len(findings.stories) - shown
    if missing:
        alone = sum(len(story.members) == 1 for story in findings.stories)
        yield Text()
        yield Text(
            f"… and {count(missing, 'more story', 'more stories')} ({alone:,} of one article); -f json has them all."
        )


def _skipped(findings: Findings) -> Iterator[RenderableType]:
    if not findings.skipped:
        return
    failed = sum(item.failed for item in findings.skipped)
    yield Text()
    yield Text(f"Left out: {len(findings.skipped):,}, of these {failed:,} that could not be read.", "bold")
    for item in findings.skipped[:SKIPPED]:
        yield Text(f"  {safe(item.path)}: {safe(item.reason)}")
    if len(findings.skipped) > SKIPPED:
        yield Text(f"  … and {len(findings.skipped) - SKIPPED:,} more; -f json has them all.")
