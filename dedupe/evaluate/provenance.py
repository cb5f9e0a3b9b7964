"""Direction of derivations on copies made by script: right where the evidence is there, unclear where it was removed.

The set is made from a file of articles (one JSON object a line with id and text): each chosen article gets a copy by
one of the WAYS, half of them with evidence (dates, or a credit, or a canonical link) and half with all of it removed.
"""

from __future__ import annotations

import random
import re
from itertools import islice
from typing import TYPE_CHECKING, Any

from ..model import Article
from ..pipeline import analyze, read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ..config import Config

PAIRS = 400
STRIDE = 37  # articles between two that are chosen, so that few of them tell one story
FOOTER = "\n\nSubscribe to our newsletter for more stories like this.\n\n© 2010 All rights reserved. Terms of use"
EVIDENCE = ("date", "hours", "credit", "canonical")
_CREDIT = re.compile(r"\(?\s*\bReuters\b\s*\)?\s*-?|\((?:Reporting|Editing|Writing|Additional)[^)]*\)?", re.IGNORECASE)


def evaluate(gold_path: Path, config: Config | None = None) -> dict[str, Any]:
    """Return how often the direction is right where there is evidence, and left open where there is none."""
    cases, articles = make(list(islice(read([gold_path]), PAIRS * STRIDE))[::STRIDE])
    report = analyze(articles, config=config)
    derived = {(item.source, item.copy) for item in report.derivations if item.source}
    verdict = {article.id: article.verdict.kind.value for article in report.articles}
    outcome: dict[str, list[bool]] = {}
    for copy, sources, way, evidence in cases:
        if evidence:
            right = all((source, copy) in derived for source in sources)
        else:
            open_ = not any((x, y) in derived for s in sources for x, y in ((s, copy), (copy, s)))
            right = open_ and verdict[copy] == "unclear"
        outcome.setdefault("with evidence" if evidence else "stripped", []).append(right)
        outcome.setdefault(f"{way}, {evidence or 'stripped'}", []).append(right)
    return {name: {"cases": len(right), "right": sum(right) / len(right)} for name, right in sorted(outcome.items())}


def table(result: dict[str, Any]) -> str:
    """Return the figures as lines of text."""
    return "\n".join(f"{name:<28}{row['cases']:6}{row['right']:8.3f}" for name, row in result.items())


def make(originals: list[Article]) -> tuple[list[tuple[str, tuple[str, ...], str, str]], list[Article]]:
    """Return (copy, sources, way, evidence) of each case, and all articles; evidence "" where it was removed."""
    chance = random.Random(20261121)
    cases, articles = [], []
    for i, original in enumerate(originals[:-1]):
        way = sorted(WAYS)[i % len(WAYS)]
        evidence = chance.choice(EVIDENCE) if chance.random() < 0.5 else ""
        sources = [original] if way != "splice" else [original, originals[i + 1]]
        stripped = [_stripped(source, f"{i:04}-s{k}", evidence) for k, source in enumerate(sources)]
        texts = [source.text for source in stripped]
        copy = _copy(f"{i:04}-c", WAYS[way](texts, chance), stripped[0], evidence)
        cases.append((copy.id, tuple(source.id for source in stripped), way, evidence))
        articles += [*stripped, copy]
    return cases, articles


def _stripped(original: Article, id: str, evidence: str) -> Article:
    """Return the original with only the evidence that the case allows."""
    published = {"date": "2024-03-05", "hours": "2024-03-05T08:00:00+00:00"}.get(evidence, "")
    url = f"https://www.morning-courier.com/{id}" if evidence == "canonical" else ""
    source = "Morning Courier" if evidence == "credit" else ""
    text = _CREDIT.sub("", original.text)
    return Article(id=id, text=text, title=original.title, published=published, url=url, source=source)


def _copy(id: str, text: str, source: Article, evidence: str) -> Article:
    if evidence == "credit":
        text += "\n\nThis article was originally published by the Morning Courier."
    later = {"date": "2024-03-06", "hours": "2024-03-05T11:30:00+00:00"}.get(evidence, "")
    canonical = source.url if evidence == "canonical" else ""
    return Article(id=id, text=text, title=source.title, published=later, canonical=canonical)


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?])\s+", text.strip())


def _edit(texts: list[str], chance: random.Random) -> str:
    words = texts[0].split(" ")
    for at in range(len(words)):
        if chance.random() < 0.05:
            words[at] = chance.choice(words)
    return " ".join(words)


def _cut(texts: list[str], chance: random.Random) -> str:
    sentences = _sentences(texts[0])
    return " ".join(sentences[: max(len(sentences) * 6 // 10, 3)])


def _shuffle(texts: list[str], chance: random.Random) -> str:
    sentences = _sentences(texts[0])
    chance.shuffle(sentences)
    return " ".join(sentences)


def _splice(texts: list[str], chance: random.Random) -> str:
    halves = [_sentences(text) for text in texts]
    return "\n\n".join(" ".join(half[: max(len(half) * 7 // 10, 4)]) for half in halves)


WAYS: dict[str, Callable[[list[str], random.Random], str]] = {
    "cut": _cut,
    "edit": _edit,
    "footer": lambda texts, chance: texts[0] + FOOTER,
    "shuffle": _shuffle,
    "splice": _splice,
    "whole": lambda texts, chance: texts[0],
}
