"""The facts of a story's versions, taken from what was found: only reporting paragraphs speak."""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Fact, Findings, Story
from ..model.codes import BODY
from ..model.saying import timestamp

VERSIONS = 20  # of one story that are compared: more cannot be read side by side


def facts_of(findings: Findings, story: Story) -> tuple[Fact, ...]:
    """Return the facts of a story of several versions."""
    from ..facts import facts  # many patterns, which no large report needs

    return facts(*_versions(findings, story)) if len(story.members) > 1 else ()


def contradictions_of(findings: Findings, story: Story) -> tuple[Fact, ...]:
    """Return only what the versions of a story say differently."""
    from ..facts import contradictions

    return contradictions(*_versions(findings, story)) if len(story.members) > 1 else ()


def _versions(findings: Findings, story: Story) -> tuple[list[tuple[str, Iterator[tuple[int, str]]]], dict[str, float]]:
    """Return the reporting of the versions that are compared, and their days."""
    rows = {member: findings.row(member) for member in story.members[:VERSIONS]}
    days = {member: timestamp(findings.articles[row].published) for member, row in rows.items()}
    return [(member, _body(findings, row)) for member, row in rows.items()], days


def _body(findings: Findings, row: int) -> Iterator[tuple[int, str]]:
    text = findings.articles[row].text
    first, last = int(findings.blocks.first[row]), int(findings.blocks.first[row + 1])
    for i in range(first, last):
        if findings.roles[i] == BODY:
            yield i - first, text[findings.blocks.start[i] : findings.blocks.end[i]]
