"""Two articles side by side, without a corpus around them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from .. import relation
from ..config import Config
from ..model import Article, Findings, Passage, Relation
from .analyze import analyze
from .articles import as_article, ready
from .columns import reporting_blocks
from .passages import shared_passages
from .prepare import writable

NUMBERS = ("jaccard", "containment", "story_similarity")
LITTLE = 0.2  # story similarity below which names and words in common are chance


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """How article a stands to article b, with the passages they share as offsets into the two articles' texts.

    `evidence` calls them A and B; `numbers`: jaccard, containment (of the shorter one's shingles in the longer one) and
    story_similarity, each from 0 to 1.
    """

    a: Article
    b: Article
    relation: Relation
    confidence: float
    numbers: dict[str, float]
    passages: tuple[Passage, ...]
    evidence: tuple[str, ...]
    findings: Findings = field(repr=False)


def compare(
    a: Article | Mapping[str, Any] | str, b: Article | Mapping[str, Any] | str, *, config: Config | None = None
) -> Comparison:
    """Return how two articles stand to each other, each an `Article`, a mapping with its fields, or a text.

    What has no id is called "a" and "b".

    >>> text = "The volcano erupted at dawn, and four villages on its southern slope were cleared before noon. "
    >>> text += "Ash closed the airport, the governor said, and the coast road will stay shut until Friday at least."
    >>> compare(text, text.replace("dawn", "daybreak")).relation.value
    'near_duplicate'
    """
    one, other = (ready(writable(as_article(value, name))) for value, name in ((a, "a"), (b, "b")))
    if one.id == other.id:
        other = replace(other, id=f"{other.id} (2)")
    findings = analyze([one, other], config=config, of=one.id)
    texts = [article.text for article in findings.articles]
    rows = [findings.row(side.id) for side in (one, other)]
    passages = shared_passages(texts, findings.blocks, findings.roles, *rows)
    pair = findings.pairs[0]
    numbers = {name: getattr(pair, name) for name in NUMBERS}
    evidence = pair.evidence
    if pair.relation == Relation.UNRELATED and not passages:
        chance = ("no text or content in common beyond chance",)
        little = pair.story_similarity < LITTLE and evidence[0] not in relation.TOLD_TWICE
        evidence = _bare(findings, rows) or (chance if little else evidence)
    return Comparison(one, other, pair.relation, pair.confidence, numbers, passages, evidence, findings)


def _bare(findings: Findings, rows: list[int]) -> tuple[str, ...]:
    """Return which of two pages have nothing to compare: a bare title, a table of numbers, a list of links."""
    reporting, first = reporting_blocks(findings.blocks, findings.roles), findings.blocks.first
    names = [findings.articles[row].id for row in rows if not reporting[first[row] : first[row + 1]].any()]
    return (f"no paragraph of {' nor of '.join(names)} is reporting, so there is nothing to compare",) if names else ()
