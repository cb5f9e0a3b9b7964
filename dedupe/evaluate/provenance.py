"""Direction of derivations on copies made by script: right where the evidence is there, unclear where it was removed.

The set is made from a file of articles (one JSON object a line with id and text): each chosen article gets a copy by
one of the WAYS, half of them with one kind of evidence of KINDS and half with all of it removed.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from ..attribution.agencies import mentions
from ..config import Config
from ..errors import InputError
from ..model import Article
from ..pipeline import analyze, read

PAIRS = 400
STRIDE = 37  # articles between two that are chosen, so that few of them tell one story
FOOTER = "\n\nSubscribe to our newsletter for more stories like this.\n\n© 2010 All rights reserved. Terms of use"
OUTLET, TAKER, AUTHOR = "Morning Courier", "Evening Tribune", "Nina Keller"
SITE = "https://www.morning-courier.com"
LINE = "Get the harbour letter of our newsroom every Friday in your inbox."
PHRASE = "Story continues below"
KINDS = ("date", "hours", "fetched", "credit", "canonical", "tag", "byline", "line", "glued", "slip")
_BETWEEN = re.compile(r"(?<=[.!?])\s+")  # two sentences
_CREDIT = re.compile(r"\((?:Reporting|Editing|Writing|Additional)[^)]*\)?", re.IGNORECASE)


class Case(NamedTuple):
    """A copy, what it was made from and what it was not, how, and what tells so ("" where that was removed)."""

    copy: str
    sources: tuple[str, ...]
    others: tuple[str, ...]
    way: str
    evidence: str


def evaluate(gold_path: Path, config: Config | None = None, jobs: int = 1) -> dict[str, Any]:
    """Return how often the direction is right where there is evidence, and left open where there is none."""
    cases, articles = make(list(islice(read([gold_path]), PAIRS * STRIDE))[::STRIDE])
    if not cases:
        raise InputError(f"{gold_path}: no article could be read of it; give a file of them, a JSON object a line")
    report = analyze(articles, config=config, jobs=jobs)
    derived = {(item.source, item.copy) for item in report.derivations if item.source}
    verdict = {article.id: article.verdict.kind.value for article in report.articles}
    outcome: dict[str, list[bool]] = {}
    for copy, sources, others, way, evidence in cases:
        if evidence:
            right = all((source, copy) in derived for source in sources)
            right &= not any((other, copy) in derived for other in others)
        else:
            open_ = not any((x, y) in derived for s in sources for x, y in ((s, copy), (copy, s)))
            right = open_ and verdict[copy] == "unclear"
        name = "with evidence" if evidence else "stripped"
        for key in (name, f"{name}, by way: {way}", *([f"{name}: {evidence}"] if evidence else [])):
            outcome.setdefault(key, []).append(right)
    return {name: {"cases": len(right), "right": sum(right) / len(right)} for name, right in sorted(outcome.items())}


def table(result: dict[str, Any]) -> str:
    """Return the figures as lines of text."""
    return "\n".join(f"{name:<32}{row['cases']:6}{row['right']:8.3f}" for name, row in result.items())


def make(originals: list[Article]) -> tuple[list[Case], list[Article]]:
    """Return the cases and all their articles; no original is in two cases."""
    chance = random.Random(20261121)
    cases: list[Case] = []
    articles: list[Article] = []
    left = iter(originals)
    for i, original in enumerate(left):
        way = sorted(WAYS)[i % len(WAYS)]
        evidence = chance.choice(KINDS) if chance.random() < 0.5 else ""
        chosen = [original, *(islice(left, 1) if way == "splice" else ())]
        sources = [Article(f"{i:04}-s{k}", _bare(one.text), one.title) for k, one in enumerate(chosen)]
        text = WAYS[way]([source.text for source in sources], chance)
        made, others = _with_evidence(sources, Article(f"{i:04}-c", text, original.title), evidence)
        told = sources[:1] if evidence == "canonical" else sources  # a page has one canonical link
        cases.append(Case(made[-1].id, tuple(one.id for one in told), tuple(one.id for one in others), way, evidence))
        articles += [*made, *others]
    return cases, articles


def _bare(text: str) -> str:
    """Return a text without the credits that it came with."""
    text = _CREDIT.sub("", text)
    for name in mentions(text):
        text = re.sub(rf"\(?\s*(?<!\w){re.escape(name)}(?!\w)\s*\)?\s*-?", "", text, flags=re.IGNORECASE)
    return text


def _with_evidence(sources: list[Article], copy: Article, evidence: str) -> tuple[list[Article], list[Article]]:
    """Return the sources and the copy with one kind of evidence in them, and other versions there are beside them."""
    at_source, at_copy = FIELDS.get(evidence, ({}, {}))
    urls = {source.id: f"{SITE}/{source.id}" for source in sources}
    sources = [replace(source, **at_source) for source in sources]
    copy = replace(copy, **at_copy)
    others: list[Article] = []
    if evidence in ("canonical", "tag"):
        sources = [replace(source, url=urls[source.id]) for source in sources]
        tags = tuple(urls.values())
        copy = replace(copy, canonical=tags[0]) if evidence == "canonical" else replace(copy, syndication=tags)
    elif evidence == "credit":
        copy = replace(copy, text=f"{copy.text}\n\nThis article was originally published by the {OUTLET}.")
    elif evidence == "byline":
        copy = replace(copy, text=f"By {AUTHOR}\n\n{copy.text}")
    elif evidence == "line":
        sources = [replace(source, text=f"{source.text}\n\n{LINE}") for source in sources]
        copy = replace(copy, text=f"{copy.text} {LINE}")
    elif evidence == "glued":
        sources = [replace(source, text=_put_in(source.text, f"\n\n{PHRASE}\n\n")) for source in sources]
        copy = replace(copy, text=_put_in(copy.text, f" {PHRASE} "))
    elif evidence == "slip":
        right, wrong = _slip(sources[0].text, copy.text)
        others = [replace(sources[0], id=f"{sources[0].id}-x")]
        sources[0] = replace(sources[0], text=sources[0].text.replace(right, wrong, 1))
        copy = replace(copy, text=copy.text.replace(right, wrong, 1))
    return [*sources, copy], others


FIELDS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {  # of the source, of the copy
    "date": ({"published": "2024-03-05"}, {"published": "2024-03-06"}),
    "slip": ({"published": "2024-03-05"}, {"published": "2024-03-06"}),
    "hours": ({"published": "2024-03-05T08:00:00+00:00"}, {"published": "2024-03-05T11:30:00+00:00"}),
    "fetched": ({"crawled": "2024-03-05T09:00:00+00:00"}, {"published": "2024-03-06"}),
    "credit": ({"source": OUTLET}, {}),
    "byline": ({"source": OUTLET, "author": AUTHOR}, {"source": TAKER, "author": "Tribune Online"}),
    "line": ({"source": OUTLET}, {"source": TAKER}),
}


def _put_in(text: str, phrase: str) -> str:
    """Return a text with a phrase behind the sentence that ends in the middle of its first paragraphs."""
    ends = [match.span() for match in _BETWEEN.finditer(text.removesuffix(FOOTER))]
    start, end = ends[len(ends) // 2] if ends else (len(text), len(text))
    return text[:start] + phrase + text[end:]


def _slip(source: str, copy: str) -> tuple[str, str]:
    """Return a word that both texts have twice, and the same without a letter."""
    here, there = (re.findall(r"\b[a-z]{8,}\b", text) for text in (source, copy))
    twice = [word for word in dict.fromkeys(here) if min(here.count(word), there.count(word)) > 1]
    word = twice[0] if twice else next((word for word in here if word in there), "government")
    return word, word[:4] + word[5:]


def _sentences(text: str) -> list[str]:
    return _BETWEEN.split(text.strip())


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
