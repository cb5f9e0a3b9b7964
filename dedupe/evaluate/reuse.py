"""How well passages are aligned: plagdet, as the text alignment task of PAN measures it.

The measures are those of Potthast, Stein, Barrón-Cedeño and Rosso, "An evaluation framework for plagiarism detection"
(COLING 2010), averaged as PAN's own script does by default: macro, over cases and over detections, each counting
alike whatever its length. A case and a detection meet if they overlap in both texts of the same pair.

    recall       mean over cases of the share of a case's characters, of both sides, in detections that meet it
    precision    mean over detections of the share of a detection's characters in cases that meet it
    granularity  mean number of detections that meet a case, over the cases that any meets
    plagdet      F1 of recall and precision / log2(1 + granularity)

The gold is a file of pairs (`suspicious`, `source`, `obfuscation`, `passages` as [start, length, start, length]) beside
one of documents (`id`, `text`) whose name has "documents" in the place of "pairs".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import log2
from pathlib import Path
from typing import Any, NamedTuple

from ..alignment import align
from ..alignment.cores import Span as Case  # of characters: planted, or detected
from ..config import Config
from .corpora import rows_of


class Pair(NamedTuple):
    """What was planted in a pair of texts, and what was detected."""

    cases: tuple[Case, ...]
    detections: tuple[Case, ...]


class Planted(NamedTuple):
    """A pair of texts: the id of the source, how its passages were disguised, and where they are."""

    source: str
    obfuscation: str
    a: str
    b: str
    cases: tuple[Case, ...]


def evaluate(gold_path: Path, config: Config | None = None, jobs: int = 1) -> dict[str, Any]:
    """Return plagdet and its parts for each obfuscation and for all pairs together.

    `config` and `jobs` are not used: no setting touches the alignment of two texts.
    """
    by_kind: dict[str, list[Pair]] = {}
    for planted in read(gold_path):
        found = align(planted.a, planted.b)
        detections = tuple(Case(*passage[:4]) for passage in found)
        by_kind.setdefault(planted.obfuscation, []).append(Pair(planted.cases, detections))
    figures = {kind: plagdet(by_kind[kind]) for kind in sorted(by_kind)}
    return figures | {"all": plagdet([pair for kind in sorted(by_kind) for pair in by_kind[kind]])}


def read(gold_path: Path) -> list[Planted]:
    """Return the pairs of a file, with their texts and what was planted in them."""
    documents = gold_path.with_name(gold_path.name.replace("pairs", "documents"))
    text = {record["id"]: record["text"] for record in rows_of(documents)}
    return [
        Planted(
            pair["source"], pair["obfuscation"], text[pair["suspicious"]], text[pair["source"]],
            tuple(Case(a, a + size_a, b, b + size_b) for a, size_a, b, size_b in pair["passages"]),
        )
        for pair in rows_of(gold_path)
    ]  # fmt: skip


def plagdet(pairs: Sequence[Pair]) -> dict[str, float]:
    """Return plagdet, recall, precision and granularity, and how many cases and detections there were.

    >>> planted, halves = Case(0, 100, 0, 100), (Case(0, 50, 0, 50), Case(50, 100, 50, 100))
    >>> figures = plagdet([Pair((planted,), halves)])
    >>> figures["recall"], figures["precision"], figures["granularity"], round(figures["plagdet"], 3)
    (1.0, 1.0, 2.0, 0.631)

    Without cases there is no recall, and every detection is a false one: plagdet is 0, or 1 if there is none.
    """
    recall = [_share(case, pair.detections) for pair in pairs for case in pair.cases]
    precision = [_share(found, pair.cases) for pair in pairs for found in pair.detections]
    met = [sum(case.meets(found) for found in pair.detections) for pair in pairs for case in pair.cases]
    detected = [count for count in met if count]
    granularity = sum(detected) / len(detected) if detected else 1.0
    if recall or precision:
        r, p = (sum(shares) / len(shares) if shares else 0.0 for shares in (recall, precision))
    else:
        r, p = 1.0, 1.0
    score = 2 * r * p / (r + p) / log2(1 + granularity) if r + p else 0.0
    return {
        "plagdet": score, "recall": r, "precision": p, "granularity": granularity, "pairs": len(pairs),
        "cases": len(recall), "detections": len(precision),
    }  # fmt: skip


def _share(one: Case, others: Iterable[Case]) -> float:
    """Return the share of the characters on both sides of one that stand in those of the others that meet it."""
    meeting = [other for other in others if one.meets(other)]
    covered = _covered(one.a_start, one.a_end, [other[:2] for other in meeting])
    covered += _covered(one.b_start, one.b_end, [other[2:] for other in meeting])
    return covered / (one.a_end - one.a_start + one.b_end - one.b_start)


def _covered(start: int, end: int, stretches: Iterable[tuple[int, int]]) -> int:
    """Return how many of start to end lie in any of the stretches."""
    covered, reached = 0, start
    for first, last in sorted(stretches):
        first, last = max(first, reached), min(last, end)
        covered += max(last - first, 0)
        reached = max(reached, last)
    return covered


def table(result: dict[str, Any]) -> str:
    """Return the figures as lines of text."""
    lines = [f"{'':<24} plagdet  recall  precision  granularity  detections   cases   pairs"]
    form = "{plagdet:8.3f}{recall:8.3f}{precision:11.3f}{granularity:13.3f}{detections:12d}{cases:8d}{pairs:8d}"
    return "\n".join([*lines, *(f"{kind:<24}" + form.format(**figures) for kind, figures in result.items())])
