"""The report as rows: CSV with a line for each article, and Arrow tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

import msgspec

from ..errors import DedupeError
from ..model import SHARES, Findings
from .json import TEXTS, article_records, derivation_record

COLUMNS = (
    *TEXTS, "words", "story", "cluster", "relation", "score", "verdict", "confidence", *SHARES, "canonical",
    "taken_from", "sources", "reasons",
)  # fmt: skip
_ENDS = "\r\n"  # a cell with either is put in quotes: to most readers of CSV both end a row
_REUSED = {"article": str, "paragraph": int, "similarity": float, "kind": str}
_PARAGRAPH = {"index": int, "start": int, "end": int, "role": str, "reason": str, "reused_from": [_REUSED]}
_QUOTED = {"article": str, "paragraph": int}
_QUOTE = {"paragraph": int, "start": int, "end": int, "kind": str, "quoted_in": [_QUOTED]}
_SCHEMAS: dict[str, dict[str, Any]] = {  # of the records in json.py
    "articles": {
        **dict.fromkeys(TEXTS, str),
        "words": int,
        **dict.fromkeys(("story", "copy_group"), str),
        "verdict": {"kind": str, "confidence": float, "reasons": [str]},
        "shares": dict.fromkeys(SHARES, float),
        "reused_by_source": [{"source": str, "source_name": str, "share": float}],
        "sources": [dict.fromkeys(("name", "kind", "evidence"), str)],
        "paragraphs": [_PARAGRAPH],
        "quotes": [_QUOTE],
    },
    "pairs": {
        **dict.fromkeys(("a", "b", "relation"), str),
        **dict.fromkeys(("confidence", "jaccard", "containment", "story_similarity"), float),
        "evidence": [str],
    },
    "stories": {"id": str, "members": [str], "copy_groups": [[str]], "canonical": str, "label": str},
    "derivations": {
        **dict.fromkeys(("source", "source_name", "copy"), str),
        "confidence": float,
        "evidence": [str],
        "credit": str,
    },
}


def rows(findings: Findings) -> Iterator[tuple[str | int | float, ...]]:
    """Return one row for each article, in the order of COLUMNS.

    `cluster` is its copy group, `relation` and `score` those of its strongest pair inside the corpus. `taken_from` has
    the ids of its sources, and the names of those outside.
    """
    canonical = {member: story.canonical for story in findings.stories for member in story.members}
    strongest: dict[str, tuple[str, float]] = {}
    for pair in findings.pairs:  # sorted strongest first
        for member in (pair.a, pair.b):
            strongest.setdefault(member, (pair.relation.value, pair.confidence))
    taken: dict[str, list[str]] = {}
    for item in findings.derivations:
        taken.setdefault(item.copy, []).append(item.source or item.source_name)
    for article in findings.articles:
        verdict = article.verdict
        yield (
            *(getattr(article, name) for name in TEXTS), article.words, article.story, article.copy_group,
            *strongest.get(article.id, ("", "")), verdict.kind.value, verdict.confidence,
            *verdict.shares.parts().values(), canonical[article.id], "; ".join(taken.get(article.id, ())),
            "; ".join(dict.fromkeys(source.name for source in article.sources)), "; ".join(verdict.reasons),
        )  # fmt: skip


def to_csv(findings: Findings) -> Iterator[str]:
    """Return the lines of a CSV file, header first."""
    return csv_lines(chain([COLUMNS], rows(findings)))


def csv_lines(table: Iterable[Sequence[object]]) -> Iterator[str]:
    """Return a table as lines of CSV; a cell that a spreadsheet would take for a formula is preceded by an apostrophe.

    >>> print(*csv_lines([["a", 1], ["=1+1", "x, y"]]), sep="", end="")
    a,1
    '=1+1,"x, y"
    """
    line = io.StringIO()
    writer = csv.writer(line, lineterminator=_ENDS)
    for cells in table:
        writer.writerow([_harmless(cell) for cell in cells])
        yield line.getvalue().removesuffix(_ENDS) + "\n"
        line.seek(0)
        line.truncate()


def _harmless(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def to_arrow(findings: Findings) -> dict[str, Any]:
    """Return Arrow tables by name: articles, pairs, stories, derivations.

    Their columns and types are those of `_SCHEMAS`, whatever is in them: tables of two runs can be concatenated.
    """
    try:
        import pyarrow as pa
    except ImportError as error:
        raise DedupeError("Arrow tables need pyarrow: pip install 'dedupe-news[parquet]'") from error
    records = {
        "articles": list(article_records(findings)),
        "pairs": msgspec.to_builtins(list(findings.pairs)),
        "stories": msgspec.to_builtins(findings.stories),
        "derivations": [derivation_record(item) for item in findings.derivations],
    }
    return {
        name: pa.Table.from_pylist(rows, schema=pa.schema(list(_arrow_type(pa, _SCHEMAS[name]))))
        for name, rows in records.items()
    }


def _arrow_type(pa: Any, kind: Any) -> Any:
    """Return the Arrow type of a Python type, of [item] for a list, of {name: type} for a record (as its fields)."""
    if isinstance(kind, list):
        return pa.list_(_arrow_type(pa, kind[0]))
    if isinstance(kind, dict):
        return pa.struct([pa.field(name, _arrow_type(pa, inner)) for name, inner in kind.items()])
    return {str: pa.string(), int: pa.int64(), float: pa.float64()}[kind]
