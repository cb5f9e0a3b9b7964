"""The report for a terminal: readable in 80 columns, in colour only where there is a terminal to show it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ..model import Derivation, Fact, Findings, Pair, ReportedArticle, Skipped, Story, Taken, count, moments, percent
from .facts import contradictions_of
from .order import by_size, derivations_by_story, in_time, pairs_by_story
from .outlets import outlets
from .quotes import quotes_of
from .wording import RELATION_WORDS, bounded, clip, in_short, left_out_lines, named, reasons, safe, short_names, summary

# What a reader scrolls through; the JSON report has all of it.
STORIES, MEMBERS, PAIRS, QUOTES, SOURCES, REASONS, OUTLETS = 20, 20, 10, 3, 4, 3, 20
REST = 0.05  # of an article's words that are from others than its source, from which on these are listed
BAR = 16  # columns of the bar of shares
LINE, TITLE = 76, 50  # columns of a story's first line and of a version's title, where there are 80: with more, more
NARROW = 72  # columns below which bars, words and ids of stories are left out, so that the articles have room
VERDICT_STYLE = {
    "original": "green",
    "syndicated": "yellow",
    "rewrite": "magenta",
    "aggregated": "red",
    "unclear": "dim",
}
SHARE_MARKS = {"original": "█", "reused": "▓", "credit": "▒", "ad": "×", "boilerplate": "·"}
SHARE_STYLE = {"original": "green", "reused": "yellow", "credit": "cyan", "ad": "red", "boilerplate": "dim"}


def render(findings: Findings, *, width: int = 80) -> Iterator[RenderableType]:
    """Return the parts of the report in reading order, for a terminal of so many columns."""
    for line in summary(findings):
        yield Text(line)
    if width >= NARROW:
        yield _legend()
    yield Text("Versions: * the one to read, =1 copies of one text")
    pairs = pairs_by_story(findings)
    derivations = derivations_by_story(findings)
    shown = [story for story in by_size(findings) if len(story.members) > 1 or len(findings.stories) <= STORIES]
    for story in shown[:STORIES]:
        yield Text()
        yield _story(findings, story, pairs.get(story.id, []), derivations.get(story.id, []), width)
    yield from _rest(findings, len(shown[:STORIES]))
    yield from _takers(findings)
    yield from left_out_parts(findings.skipped, "; -f json has them all")


def _legend() -> Text:
    legend = Text("Shares: ")
    for name, mark in SHARE_MARKS.items():
        legend.append(mark, SHARE_STYLE[name]).append(f" {name}  ")
    return legend


def _story(findings: Findings, story: Story, pairs: list[Pair], derivations: list[Derivation], width: int) -> Group:
    versions = in_time(map(findings.article, story.members))[:MEMBERS]
    short = short_names(story.members)
    parts: list[RenderableType] = [_head(story, width), _versions(story, versions, width)]
    if len(story.members) > MEMBERS:
        parts.append(
            Text(f"  … and {count(len(story.members) - MEMBERS, 'more version')}; -f json has them all", "dim")
        )
    verdicts = reasons(versions, derivations[:PAIRS], REASONS)
    told = [
        *(
            Text(f"{safe(', '.join(short[id] for id in ids))}: {safe(in_short(reason, short))}", "dim")
            for reason, ids in verdicts.items()
        ),
        *(line for version in versions for line in _reused(version, short)),
        *(_taken(derivation, verdicts, short) for derivation in derivations[:PAIRS]),
        *(difference(fact, short) for fact in contradictions_of(findings, story)),
        *_quotes(findings, story, short),
    ]
    parts += [_indented(line, 2) for line in told]
    parts += [line for pair in pairs[:PAIRS] for line in _pair(pair, short)]
    if len(pairs) > PAIRS:
        parts.append(Text(f"  … and {count(len(pairs) - PAIRS, 'more pair')} in this story", "dim"))
    return Group(*parts)


def _indented(line: Text, columns: int) -> Padding:
    return Padding(line, (0, 0, 0, columns), expand=False)  # what is wrapped too


def _room(width: int, of_80: int) -> int:
    """Return the columns for what has so many of 80, in a terminal of another width."""
    return min(of_80, width) + max(width - 80, 0)


def _head(story: Story, width: int) -> Text:
    rest, id = f"  {count(len(story.members), 'version')}  ", story.id if width >= NARROW else ""
    head = Text(no_wrap=True, overflow="ellipsis")
    head.append(clip(safe(story.label) or "(no title)", _room(width, LINE) - len(rest) - len(id)), "bold")
    return head.append(rest).append(id, "dim")


def _versions(story: Story, versions: list[ReportedArticle], width: int) -> Table:
    wide = width >= NARROW
    table = Table(box=None, pad_edge=False, padding=(0, 1), show_header=True, header_style="dim")
    table.add_column("")
    table.add_column("article", overflow="fold", ratio=1)
    table.add_column("verdict", no_wrap=True)
    if wide:
        table.add_column("words", justify="right", no_wrap=True)
    table.add_column("original", justify="right", no_wrap=True)
    if wide:
        table.add_column("shares", no_wrap=True, width=BAR)
    group = {member: number for number, group in enumerate(story.copy_groups, 1) for member in group}
    times = moments(*(article.published for article in versions))
    for article, time in zip(versions, times, strict=True):
        kind = article.verdict.kind.value
        mark = "*" if article.id == story.canonical else ""
        copies = f"={group[article.id]}" if article.id in group else ""
        original = percent(article.verdict.shares.original)
        numbers = (f"{article.words:,}", original, bar(article)) if wide else (original,)
        table.add_row(mark + copies, _article(article, time, width), Text(kind, VERDICT_STYLE[kind]), *numbers)
    return table


def _article(article: ReportedArticle, time: str, width: int) -> Text:
    """Return an article's id, and below it who published it, when and under which title, as far as is known."""
    known = ", ".join(part for part in (article.source, time) if part)
    told = Text(bounded(article.id))
    for line in filter(None, (known, clip(article.title, _room(width, TITLE)))):
        told.append(f"\n{safe(line)}", "dim")
    return told


def bar(article: ReportedArticle) -> Text:
    """Return an article's shares as a bar of marks, by largest remainder so that it is always full."""
    shares = article.verdict.shares.parts()
    cells = {name: int(share * BAR) for name, share in shares.items()}
    rest = sorted(shares.items(), key=lambda item: (int(item[1] * BAR) - item[1] * BAR, item[0]))
    for name, _ in rest[: BAR - sum(cells.values())]:
        cells[name] += 1
    text = Text()
    for name, length in cells.items():
        text.append(SHARE_MARKS[name] * length, SHARE_STYLE[name])
    return text


def _taken(derivation: Derivation, verdicts: dict[str, list[str]], short: dict[str, str]) -> Text:
    """Return who took from whom and why, on one line, but for the words of a credit that its verdict quotes above."""
    source = derivation.source or named(derivation)
    line = Text().append(" → ".join(safe(short.get(id, id)) for id in (source, derivation.copy)), "bold")
    words = derivation.credit.partition(": ")[2]
    above = words and any(reason.endswith(words) and derivation.copy in ids for reason, ids in verdicts.items())
    told = (said for said in derivation.evidence if not (above and said == derivation.credit))
    evidence = in_short("; ".join(told), short)
    return line.append(f"  {percent(derivation.confidence)} sure" + (f": {safe(evidence)}" if evidence else ""))


def difference(fact: Fact, short: dict[str, str]) -> Text:
    """Return what versions say differently, on one line."""
    said = "; ".join(f"{value} ({', '.join(short[m.article] for m in mentions)})" for value, mentions in fact.values)
    return Text("differs: ", "bold").append(safe(f"{fact.subject}: {said}"), "not bold")


def _reused(article: ReportedArticle, short: dict[str, str]) -> list[Text]:
    """Return from whom an article's reused words were taken, on one line, the largest shares first.

    Where nearly all of it is one source's that the verdict names, that is told already.
    """
    taken = article.verdict.shares.by_source
    if not taken or (sum(item.share for item in taken[1:]) < REST and _names(article.verdict.reasons, taken[0])):
        return []
    said = ", ".join(f"{percent(item.share)} from {safe(in_short(named(item), short))}" for item in taken[:SOURCES])
    more = f" and {len(taken) - SOURCES} more" if len(taken) > SOURCES else ""
    return [Text(f"{safe(short[article.id])}: of its words {said}{more}", "dim")]


def _names(reasons: Sequence[str], source: Taken) -> bool:
    return any((source.source or source.source_name) in reason for reason in reasons)


def _quotes(findings: Findings, story: Story, short: dict[str, str]) -> Iterator[Text]:
    """Return what several outlets quote and what only one does, the longest of each."""
    shared, own = quotes_of(findings, list(map(findings.row, story.members[:MEMBERS])))
    for quoted, what in ((shared, "quoted by several: "), (own, "quoted by one outlet: ")):
        for text, places in quoted[:QUOTES]:
            articles = ", ".join(dict.fromkeys(short[article] for article, _ in places))
            yield Text().append(what, "bold").append(safe(f"“{clip(text, 100)}” ({articles})"), "not bold")
        if len(quoted) > QUOTES:
            yield Text(f"… and {count(len(quoted) - QUOTES, 'more quotation')} of this kind; -f json", "dim")


def _pair(pair: Pair, short: dict[str, str]) -> Iterator[Padding]:
    line = Text(RELATION_WORDS[pair.relation.value], "bold").append(f" ({percent(pair.confidence)} sure)  ", "not bold")
    yield _indented(line.append(f"{safe(short[pair.a])} (A) ~ {safe(short[pair.b])} (B)", "not bold"), 2)
    numbers = f"jaccard {pair.jaccard:.2f}, containment {pair.containment:.2f}, story {pair.story_similarity:.2f}"
    for said in (numbers, *map(safe, pair.evidence[:2])):
        yield _indented(Text(said, "dim"), 4)


def _rest(findings: Findings, shown: int) -> Iterator[RenderableType]:
    """Return how many stories are not shown: none is where there are many, each of one article."""
    missing = len(findings.stories) - shown
    if missing:
        alone = sum(len(story.members) == 1 for story in findings.stories)
        more = count(missing, "more story", "more stories")
        told = f"… and {more} ({alone:,} of one article)" if shown else "All stories are of one article"
        yield Text(f"\n{told}; -f json has them all.")


def _takers(findings: Findings) -> Iterator[RenderableType]:
    """Return which outlets took several articles and from whom; of those that took one its story tells."""
    taken = {outlet: sum(number for _, number in outlet.takes_from) for outlet in outlets(findings)}
    takers = sorted((outlet for outlet in taken if taken[outlet] > 1), key=lambda outlet: (-taken[outlet], outlet.name))
    if takers:
        yield Text("\nWho takes from whom, in articles; dedupe taken lists each", "bold")
    for outlet in takers[:OUTLETS]:
        said = ", ".join(f"{number:,} from {safe(name)}" for name, number in outlet.takes_from[:SOURCES])
        more = len(outlet.takes_from) - SOURCES
        yield _indented(Text(f"{safe(outlet.name)}: {said}" + (f" and {more:,} more" if more > 0 else "")), 2)
    if len(takers) > OUTLETS:
        yield Text(f"  … and {count(len(takers) - OUTLETS, 'more outlet')}; -f json has them all", "dim")


def left_out_parts(skipped: Sequence[Skipped], rest: str = "") -> Iterator[RenderableType]:
    """Return what was left out and why, a line each; `rest` says where those beyond the first are told."""
    for place, line in enumerate(left_out_lines(skipped, rest)):
        yield _indented(Text(line), 2) if place else Text(f"\n{line}", "bold")
