"""The report as JSON: the schema `dedupe.report/1`, written in a stream, one article at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise
from typing import Any

import msgspec
import numpy as np
from msgspec import to_builtins
from numpy.typing import NDArray

from ..jobs import collector_paused
from ..model import PASSAGE_KINDS, ROLES, SHARED_QUOTE, Derivation, Fact, Findings, ReportedArticle
from .facts import facts_of
from .outlets import Outlet, outlets
from .quotes import quoted_too

SCHEMA = "dedupe.report/1"
QUOTE_KINDS = ("own", "shared", "copied")  # in the order of their codes
TEXTS = ("id", "path", "title", "source", "url", "published", "author", "language")  # of an article's record
ARTICLES = 2000  # of a run up to which the facts of every story are told
_AT_ONCE = 512  # records
_ROLES, _KINDS = [role.value for role in ROLES], [kind.value for kind in PASSAGE_KINDS]
_encode = msgspec.json.Encoder().encode  # of values as of records: the names of their fields are the keys


def parts(findings: Findings, *, include_text: bool = False) -> Iterator[bytes]:
    """Return the report piece by piece; joined they are one JSON object with a line for each of its records."""
    with collector_paused():
        yield from _parts(findings, include_text)


def _parts(findings: Findings, include_text: bool) -> Iterator[bytes]:
    head = {"schema": SCHEMA, "version": findings.version, "config": findings.config.to_dict()}
    yield _encode(head)[:-1]
    yield from _listed("articles", article_records(findings, include_text=include_text))
    yield from _listed("pairs", findings.pairs)
    yield from _listed("stories", _story_records(findings))
    yield from _listed("derivations", map(derivation_record, findings.derivations))
    yield from _listed("outlets", map(_outlet_record, outlets(findings)))
    yield from _listed("skipped", ({"path": item.path, "reason": item.reason} for item in findings.skipped))
    yield b"}\n"


def _listed(name: str, records: Iterable[Any]) -> Iterator[bytes]:
    yield f',\n"{name}":['.encode()
    before, rest = b"\n", iter(records)
    while several := b",\n".join(map(_encode, islice(rest, _AT_ONCE))):
        yield before + several
        before = b",\n"
    yield b"]"


def article_records(findings: Findings, *, include_text: bool = False) -> Iterator[dict[str, Any]]:
    """Return a record for each article, in order of id."""
    columns = zip(findings.articles, _paragraph_records(findings), _quote_records(findings), strict=True)
    for article, paragraphs, quotes in columns:
        record = _article_record(article, paragraphs)
        record["quotes"] = quotes
        if include_text:
            record["text"] = article.text
        yield record


def _quote_records(findings: Findings) -> Iterator[list[dict[str, Any]]]:
    """Yield each article's quotations: own (no other version has it), shared (others quote it too), or copied."""
    quotes = findings.quotes
    columns = (quotes.paragraph, quotes.start, quotes.end, quotes.kind)
    for row, found in enumerate(_by_article(_bounds(quotes.article, len(findings.articles)), columns)):
        others = quoted_too(findings.quote_reuse, row) if any(kind == SHARED_QUOTE for *_, kind in found) else {}
        yield [
            {
                "paragraph": paragraph,
                "start": start,
                "end": end,
                "kind": QUOTE_KINDS[kind],
                "quoted_in": _places(findings, others.get(paragraph, ())) if kind == SHARED_QUOTE else [],
            }
            for paragraph, start, end, kind in found
        ]


def _places(findings: Findings, quoted: Iterable[tuple[int, int]]) -> list[dict[str, Any]]:
    return [{"article": findings.articles[other].id, "paragraph": there} for other, there in quoted]


def _bounds(article: NDArray[np.int32], articles: int) -> NDArray[np.int64]:
    """Return where the rows of each article start in a column of articles that ascends, and where the last ones end."""
    return np.searchsorted(article, np.arange(articles + 1, dtype=article.dtype))


def _by_article(first: NDArray[np.int64], columns: Sequence[NDArray[Any]]) -> Iterator[list[tuple[Any, ...]]]:
    """Yield the rows of each article: those of article i are rows first[i] to first[i + 1] of the columns.

    Many articles' rows are made values of Python's at a time: a call for each takes longer than its values.
    """
    for low in range(0, len(first) - 1, _AT_ONCE):
        bounds = first[low : low + _AT_ONCE + 1].tolist()
        rows = list(zip(*(column[bounds[0] : bounds[-1]].tolist() for column in columns), strict=True))
        for start, end in pairwise(bounds):
            yield rows[start - bounds[0] : end - bounds[0]]


def _article_record(article: ReportedArticle, paragraphs: list[dict[str, Any]]) -> dict[str, Any]:
    verdict, shares = article.verdict, article.verdict.shares
    return {
        **{name: getattr(article, name) for name in (*TEXTS, "words", "story")},
        "copy_group": article.copy_group or None,
        "verdict": {"kind": verdict.kind.value, "confidence": verdict.confidence, "reasons": verdict.reasons},
        "shares": shares.parts(),
        "reused_by_source": [
            {"source": taken.source or None, "source_name": taken.source_name, "share": taken.share}
            for taken in shares.by_source
        ],
        "sources": [{"name": said.name, "kind": said.kind, "evidence": said.evidence} for said in article.sources],
        "paragraphs": paragraphs,
    }


def _paragraph_records(findings: Findings) -> Iterator[list[dict[str, Any]]]:
    blocks, reuse, ids = findings.blocks, findings.reuse, [article.id for article in findings.articles]
    reused = (reuse.paragraph, reuse.other, reuse.other_paragraph, reuse.similarity, reuse.kind)
    each = zip(
        _by_article(blocks.first, (blocks.start, blocks.end, findings.roles)),
        _by_article(_bounds(reuse.article, len(ids)), reused),
        strict=True,
    )
    reasons = iter(findings.reasons)
    for paragraphs, found in each:
        records: list[dict[str, Any]] = [
            {"index": i, "start": start, "end": end, "role": _ROLES[role], "reason": next(reasons), "reused_from": []}
            for i, (start, end, role) in enumerate(paragraphs)
        ]
        for paragraph, other, there, similarity, kind in found:
            records[paragraph]["reused_from"].append(
                {"article": ids[other], "paragraph": there, "similarity": round(similarity, 4), "kind": _KINDS[kind]}
            )
        yield records


def _outlet_record(outlet: Outlet) -> dict[str, Any]:
    takes = [{"name": name, "articles": number} for name, number in outlet.takes_from]
    return {**to_builtins(outlet), "takes_from": takes}


def _story_records(findings: Findings) -> Iterator[Any]:
    """Return the stories, in a run of a readable size with the facts in which their versions differ."""
    if len(findings.articles) > ARTICLES:
        yield from findings.stories
        return
    for story in findings.stories:
        yield {**to_builtins(story), "facts": [fact_record(fact) for fact in facts_of(findings, story)]}


def fact_record(fact: Fact) -> dict[str, Any]:
    """Return a fact with the places where each of its values is said."""
    values = [{"value": value, "said": mentions} for value, mentions in fact.values]
    return {"kind": fact.kind, "subject": fact.subject, "status": fact.status, "values": values}


def derivation_record(derivation: Derivation) -> dict[str, Any]:
    """Return a derivation as in the report; a source outside the corpus is null."""
    return {**to_builtins(derivation), "source": derivation.source or None}
