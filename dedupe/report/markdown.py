"""The report as Markdown, to paste into an issue or a wiki."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..model import SHARES, Derivation, Fact, Findings, ReportedArticle, Story, percent
from .facts import contradictions_of
from .order import by_size, derivations_by_story, in_time, worst_first
from .wording import LONGEST, RELATION_WORDS, clip, left_out, named, reasons, safe, summary

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~-]|&(?=#?\w+;))")


def escaped(text: str) -> str:
    """Return text from a page on one line, so that nothing in it is taken for Markdown or HTML.

    >>> print(escaped("a|b <script> &copy; AT&T"))
    a\\|b \\<script\\> \\&copy; AT&T
    """
    return _SPECIAL.sub(r"\\\1", safe(text))


def render(findings: Findings) -> Iterator[str]:
    """Return the report line by line: a summary, each story of several versions, their pairs, what was left out."""
    yield "# Versions of stories\n\n"
    yield from (f"{line}\n" for line in summary(findings))
    derivations = derivations_by_story(findings)
    for story in by_size(findings):
        if len(story.members) > 1:
            yield from _story(findings, story, derivations.get(story.id, []))
            yield from _differences(contradictions_of(findings, story))
    alone = [findings.article(story.members[0]) for story in by_size(findings) if len(story.members) == 1]
    if alone:
        yield "\n## Stories of one article\n\n"
        yield from _table(alone)
    if findings.pairs:
        yield "\n## Pairs\n\n| a | b | relation | sure | evidence |\n|---|---|---|---|---|\n"
        for pair in findings.pairs:
            said = "; ".join(map(escaped, pair.evidence))
            relation = RELATION_WORDS[pair.relation.value]
            yield f"| {escaped(pair.a)} | {escaped(pair.b)} | {relation} | {percent(pair.confidence)} | {said} |\n"
    if findings.skipped:
        yield "\n## Left out\n\n"
        yield from (f"- {escaped(left_out(item))}\n" for item in worst_first(findings.skipped))


def _story(findings: Findings, story: Story, derivations: list[Derivation]) -> Iterator[str]:
    yield f"\n## {escaped(story.label) or '(no title)'}\n\n`{story.id}`, canonical {escaped(story.canonical)}\n\n"
    versions = in_time(map(findings.article, story.members))
    yield from _table(versions)
    for group in story.copy_groups:
        yield f"\nCopies of one text: {', '.join(map(escaped, group))}\n"
    yield "\nWhy:\n\n"
    for reason, ids in reasons(versions, derivations).items():
        yield f"- {', '.join(map(escaped, ids))}: {escaped(reason)}\n"
    if derivations:
        yield "\nWho took from whom:\n\n"
    for item in derivations:
        said = "; ".join(map(escaped, item.evidence))
        yield f"- {escaped(named(item))} → {escaped(item.copy)}, {percent(item.confidence)} sure: {said}\n"
    for version in versions:
        if taken := version.verdict.shares.by_source:
            said = ", ".join(f"{percent(item.share)} from {escaped(named(item))}" for item in taken)
            yield f"\n{escaped(version.id)}: reused, {said}\n"


def _differences(contradictions: Iterable[Fact]) -> Iterator[str]:
    for position, fact in enumerate(contradictions):
        yield "" if position else "\nWhat the versions say differently:\n\n"
        said = "; ".join(
            f"{escaped(value)} ({', '.join(escaped(mention.article) for mention in mentions)})"
            for value, mentions in fact.values
        )
        yield f"- {escaped(fact.subject)}: {said}\n"


def _table(articles: list[ReportedArticle]) -> Iterator[str]:
    columns = ("article", "title", "outlet", "published", "verdict", "words", *SHARES)
    yield f"| {' | '.join(columns)} |\n|{'---|' * len(columns)}\n"
    for article in articles:
        cells = (
            escaped(article.id), escaped(clip(article.title, LONGEST)), escaped(article.source),
            escaped(article.published), article.verdict.kind.value, f"{article.words:,}",
            *map(percent, article.verdict.shares.parts().values()),
        )  # fmt: skip
        yield f"| {' | '.join(cells)} |\n"
