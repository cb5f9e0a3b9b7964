"""Who took from whom, a row for each page and source: how much of it is theirs, and whether the page says so."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from itertools import chain, groupby
from operator import attrgetter
from typing import Any

import msgspec
from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from ..errors import InputError
from ..model import RELATION_CODE, Derivation, Findings, Pair, ReportedArticle, count, moments, percent
from ..model.codes import EXCERPT
from ..pipeline.origins import outlet_key
from .outlets import names_of
from .table import csv_lines
from .terminal import left_out_parts
from .wording import RELATION_WORDS, bounded, clip, safe, undated

COLUMNS = (
    "outlet", "id", "url", "title", "published", "words", "share", "from_outlet", "from_id", "from_url", "from_title",
    "from_published", "credit", "confidence", "evidence",
)  # fmt: skip
LEGEND = "%: how much of a page's words is theirs; –: none; ?: not known who was first"
OUTLETS, PAGES, TITLE, NAMED = 20, 20, 60, 12  # what a reader scrolls through; CSV has all of it


@dataclass(frozen=True, slots=True)
class Taking:
    """That a page of an outlet took from another, or from a source that is not here (`source` is None).

    `share`: of the page's words. `credit`: in what words it says so, "" where it does not. `confidence` is 0, and
    `share` too, where both have the text and nothing says who had it first.
    """

    outlet: str
    page: ReportedArticle
    source: ReportedArticle | None
    source_name: str
    share: float
    credit: str
    confidence: float
    evidence: tuple[str, ...]


def takings(findings: Findings, of: Collection[str] = ()) -> list[Taking]:
    """Return what pages took from other outlets, by outlet, the largest shares first.

    `of`: the ids of articles to which it has to lead back, be it by way of another page. Then pages that have words of
    theirs without a sign of who had them first are listed, too.
    """
    called = names_of(findings)
    found = [_taking(findings, item, called) for item in _leading_back(findings, of)]
    listed = {item.copy for item in findings.derivations}  # what has a source, here or elsewhere, is told of already
    for pair in findings.pairs if of else ():  # the strongest first
        page, ours = (pair.b, pair.a) if pair.a in of else (pair.a, pair.b)
        verbatim = RELATION_CODE[pair.relation] <= EXCERPT
        if verbatim and ours in of and page not in of and not {page, ours} & listed:
            listed.add(page)
            found.append(_shared(findings, pair, page, ours, called))
    whose = {outlet_key(findings.article(id).source) for id in of} - {""}
    others = (taking for taking in found if not (outlet_key(taking.page.source) in whose if of else _own(taking)))
    return sorted(others, key=lambda taking: (taking.outlet, -taking.share, taking.page.id))


def _leading_back(findings: Findings, of: Collection[str]) -> list[Derivation]:
    """Return the derivations that lead to some articles, all of them where none are given.

    A page that took from a taker counts where it is like one of these articles itself: the taker may have had more.
    """
    if not of:
        return list(findings.derivations)
    like = {id for pair in findings.pairs if pair.a in of or pair.b in of for id in (pair.a, pair.b)}
    by_source: dict[str, list[Derivation]] = {}
    for item in findings.derivations:
        by_source.setdefault(item.source, []).append(item)
    reached, waiting, found = set(of), sorted(of), []
    while waiting:
        for item in by_source.get(waiting.pop(), ()):
            if item.copy in of or not (item.source in of or item.copy in like):
                continue
            found.append(item)
            if item.copy not in reached:
                reached.add(item.copy)
                waiting.append(item.copy)
    return found


def _taking(findings: Findings, item: Derivation, called: Callable[[str], str]) -> Taking:
    page = findings.article(item.copy)
    taken = (part for part in page.verdict.shares.by_source if part.source == item.source)
    share = sum(part.share for part in taken if item.source or part.source_name == item.source_name)
    source = findings.article(item.source) if item.source else None
    outlet = called(page.source)
    return Taking(outlet, page, source, item.source_name, round(share, 4), item.credit, item.confidence, item.evidence)


def _shared(findings: Findings, pair: Pair, id: str, ours: str, called: Callable[[str], str]) -> Taking:
    page, source = findings.article(id), findings.article(ours)
    said = f"{RELATION_WORDS[pair.relation.value]}, containment {pair.containment:.2f}; nothing says which came first"
    return Taking(called(page.source), page, source, source.source or source.id, 0.0, "", 0.0, (said,))


def _own(taking: Taking) -> bool:
    """Return whether a page took from one of its own outlet."""
    return taking.source is not None and outlet_key(taking.source.source) == outlet_key(taking.page.source) != ""


def articles_of(findings: Findings, whose: str) -> set[str]:
    """Return the ids of an outlet's articles, or of those from a file or folder; InputError where there are none."""
    key, path = outlet_key(whose), os.path.abspath(whose)  # the inputs may spell it otherwise: "." has "ours" in it
    found = set()
    for article in findings.articles:
        place = os.path.abspath(article.path) if article.path else ""
        theirs = key and outlet_key(article.source) == key
        if theirs or place == path or place.startswith((f"{path}{os.sep}", f"{path}#")):
            found.add(article.id)
    if not found:
        outlets = Counter(article.source for article in findings.articles if article.source)
        known = ", ".join(f"{name} ({number:,})" for name, number in outlets.most_common(NAMED)) or "not known"
        raise InputError(f"no article is of {whose!r}; give an outlet or a path of the inputs; outlets are {known}")
    return found


def records(found: list[Taking]) -> Iterator[dict[str, Any]]:
    """Return a record for each taking, with the names of COLUMNS."""
    for taking in found:
        page, source = taking.page, taking.source
        theirs = (source.id, source.url, source.title, source.published) if source else ("",) * 4
        values = (
            taking.outlet, page.id, page.url, page.title, page.published, page.words, taking.share,
            source.source if source else taking.source_name, *theirs, taking.credit, taking.confidence,
            list(taking.evidence),
        )  # fmt: skip
        yield dict(zip(COLUMNS, values, strict=True))


def to_csv(found: list[Taking]) -> Iterator[str]:
    """Return the lines of a CSV file, header first."""
    rows = ([*list(record.values())[:-1], "; ".join(record["evidence"])] for record in records(found))
    return csv_lines(chain([COLUMNS], rows))


def to_json_lines(found: list[Taking]) -> Iterator[bytes]:
    """Return one JSON object for each taking."""
    return (msgspec.json.encode(record) + b"\n" for record in records(found))


def render(
    findings: Findings, found: list[Taking], whose: str = "", of: Collection[str] = ()
) -> Iterator[RenderableType]:
    """Return what was taken in reading order: how much in all and by which outlets, then every page."""
    yield Text(_summary(found, whose, of), "bold")
    for line in undated(findings):
        yield Text(line)
    by_outlet = [list(group) for _, group in groupby(found, key=attrgetter("outlet"))]
    by_outlet.sort(key=lambda group: -len({taking.page.id for taking in group}))
    names = [safe(group[0].outlet) or "no outlet known" for group in by_outlet[:OUTLETS]]
    for name, group in zip(names, by_outlet, strict=False):
        yield Padding(Text(f"{name}: {_pages(group)}"), (0, 0, 0, 2))
    if len(by_outlet) > OUTLETS:
        yield Text(f"  … and {count(len(by_outlet) - OUTLETS, 'more outlet')}; -f csv has them all")
    if found:
        yield Text(f"\n{LEGEND}", "dim")
    for name, group in zip(names, by_outlet, strict=False):
        yield Text(f"\n{name}", "bold")
        for taking in group[:PAGES]:
            yield from _lines(taking)
        if len(group) > PAGES:
            yield Text(f"  … and {len(group) - PAGES:,} more; -f csv has them all", "dim")
    yield from left_out_parts(findings.skipped)


def _summary(found: list[Taking], whose: str, of: Collection[str]) -> str:
    outlets = count(len({taking.outlet for taking in found}), "outlet")
    if not of:
        return f"Taken from others: {_pages(found)}, of {outlets}." if found else "No page took from another outlet."
    taken = {taking.source.id for taking in found if taking.source} & set(of)
    head = f"Of {count(len(of), 'article')} of {safe(whose)} {len(taken):,} were taken"
    return f"{head}, by {outlets}: {_pages(found)}." if found else f"{head}."


def _pages(found: list[Taking]) -> str:
    said = {taking.page.id for taking in found if taking.credit}
    return f"{count(len({taking.page.id for taking in found}), 'page')}, {len(said):,} with credit"


def _lines(taking: Taking) -> Iterator[RenderableType]:
    page, source = taking.page, taking.source
    time, then = moments(page.published, source.published if source else "")
    share = (percent(taking.share) if taking.share else "–") if taking.confidence else "?"
    yield Padding(Text(f"{share:>5}  {bounded(page.id)}  {time}"), (0, 0, 0, 2))
    origin = f"{safe(taking.source_name)} (not found here)"
    if source:
        name = f" ({safe(taking.source_name)})" if taking.source_name != source.id else ""
        origin = f"{bounded(source.id)}{name}  {then}".rstrip()
    sure = f"{percent(taking.confidence)} sure" if taking.confidence else taking.evidence[0]
    credit = safe(taking.credit.removeprefix(page.id)) or "no credit"
    for line in (clip(safe(page.title), TITLE), f"from {origin}; {sure}", credit):
        yield Padding(Text(line, "dim"), (0, 0, 0, 9))
