"""The report as rows: CSV with a line for each article, and Arrow tables."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from ..errors import DedupeError
from .json import article_records, derivation_record, pair_record, story_record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import Findings, ReportedArticle

COLUMNS = (
    "id", "path", "title", "source", "url", "published", "author", "language", "words", "story", "cluster", "relation",
    "score", "verdict", "confidence", "original", "reused", "credit", "ad", "boilerplate", "canonical", "sources",
    "reasons",
)  # fmt: skip


def rows(findings: Findings) -> Iterator[dict[str, Any]]:
    """Return one flat row for each article.

    `cluster` is its copy group, `relation` and `score` those of its strongest pair inside the corpus.
    """
    canonical = {member: story.canonical for story in findings.stories for member in story.members}
    strongest: dict[str, tuple[str, float]] = {}
    for pair in findings.pairs:  # sorted strongest first
        for member in (pair.a, pair.b):
            strongest.setdefault(member, (pair.relation.value, pair.confidence))
    for article in findings.articles:
        yield _row(article, canonical[article.id], *strongest.get(article.id, ("", "")))


def _row(article: ReportedArticle, canonical: str, relation: str, score: float | str) -> dict[str, Any]:
    verdict, shares = article.verdict, article.verdict.shares
    values = (
        article.id, article.path, article.title, article.source, article.url, article.published, article.author,
        article.language, article.words, article.story, article.copy_group, relation, score, verdict.kind.value,
        verdict.confidence, shares.original, shares.reused, shares.credit, shares.ad, shares.boilerplate, canonical,
        "; ".join(dict.fromkeys(source.name for source in article.sources)), " ".join(verdict.reasons),
    )  # fmt: skip
    return dict(zip(COLUMNS, values, strict=True))


def to_csv(findings: Findings) -> Iterator[str]:
    """Return the lines of a CSV file, header first.

    A cell that a spreadsheet would take for a formula is preceded by an apostrophe.
    """
    line = io.StringIO()
    writer = csv.writer(line, lineterminator="\n")
    for cells in ([*COLUMNS], *(list(row.values()) for row in rows(findings))):
        writer.writerow([_harmless(cell) for cell in cells])
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def _harmless(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def to_arrow(findings: Findings) -> dict[str, Any]:
    """Return Arrow tables by name: articles, pairs, stories, derivations."""
    try:
        import pyarrow as pa
    except ImportError as error:
        raise DedupeError("Arrow tables need pyarrow: pip install 'dedupe-news[parquet]'") from error
    return {
        "articles": pa.Table.from_pylist(list(article_records(findings))),
        "pairs": pa.Table.from_pylist([pair_record(pair) for pair in findings.pairs]),
        "stories": pa.Table.from_pylist([story_record(story) for story in findings.stories]),
        "derivations": pa.Table.from_pylist([derivation_record(item) for item in findings.derivations]),
    }
