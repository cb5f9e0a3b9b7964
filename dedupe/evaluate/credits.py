"""How well author, date and sources of pages are found, on data in the form of `pages/roles_dev.jsonl.gz`.

What counts as the same:
- authors: the same set of names, whatever their case, order and joining words ("and", "&", "、"); agencies, outlets
  and words for the staff ("Staff Writer") beside a person are left out on both sides.
- date: the same calendar day, as written or in UTC.
- "author" and "date" are shares of the pages that list one; "author_all" and "date_all" of all pages, where a page
  that lists none must get none (its head may know a date that its text does not show).
- sources: micro F1 over the names of each page. An agency's aliases are one name, articles and signs do not count.
Scored with the HTML, and again with the visible text alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ..attribution import agency_of
from ..config import Config
from ..errors import InputError
from ..model import Article, Attribution, fold_name
from ..pipeline.labels import label_articles
from ..pipeline.prepare import prepare
from .corpora import page_of, rows_of

_JOIN = re.compile(r"\s*(?:,|;|/|\||&|、|，|\band\b|\bund\b|\bet\b|\by\b|\be\b|\bog\b|\bmit\b|\bi\b)\s*")
_STAFF = re.compile(
    r"\b(?:staff|writers?|reporters?|editors?|correspondents?|bureau|special to|contributors?|journalist|"
    r"redakteur(?:in)?)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Credits:
    """What a page says of itself: author, date, and the names of its sources."""

    author: str
    published: str
    sources: tuple[str, ...]


def evaluate(gold_path: Path, config: Config | None = None, jobs: int = 1) -> dict[str, Any]:
    """Return author and date accuracy and the F1 of sources, for "html" and "text", with the pages that went wrong.

    `config` is not used: no setting touches what a page says of itself.
    """
    rows = [row for row in rows_of(gold_path) if "author" in row]
    if not rows:
        raise InputError(f"{gold_path}: no page says who its author is; give rows with author, published and sources")
    gold = [
        Credits(row["author"] or "", row["published"] or "", tuple(source["name"] for source in row["sources"]))
        for row in rows
    ]
    result: dict[str, Any] = {"pages": len(rows)}
    for form in ("html", "text"):
        articles = [_article(row, gold_path.parent, form) for row in rows]
        named = label_articles(articles, jobs=jobs).attributions
        found = [
            Credits(article.author, article.published, _texts_are(sources))
            for article, sources in zip(articles, named, strict=True)
        ]
        result[form] = score(gold, found, [row["id"] for row in rows])
    return result


def _texts_are(sources: Iterable[Attribution]) -> tuple[str, ...]:
    """Return who a page says its text comes from, without who it says had the news."""
    return tuple(source.name for source in sources if source.kind != "news")


def _article(row: dict[str, Any], folder: Path, form: str) -> Article:
    known = {"id": row["id"], "url": row["url"], "source": row["source"]}
    if form == "text":
        return prepare(Article(text="\n".join(row["blocks"]), **known))
    return prepare(Article(html=page_of(folder / row["html"]), **known))


def score(gold: list[Credits], found: list[Credits], ids: list[str]) -> dict[str, Any]:
    """Return the figures, and what was wanted and found where they differ.

    >>> credits = Credits("Ann Lee and Bo Ek", "2025-10-29", ("AP",))
    >>> other = Credits("Bo Ek, Ann Lee", "2025-10-29T23:00:00+00:00", ("The Associated Press", "BBC"))
    >>> figures = score([credits], [other], ["a"])
    >>> figures["author"], figures["date"], round(figures["sources_f1"], 2), len(figures["wrong"])
    (1.0, 1.0, 0.67, 1)
    """
    wrong: list[tuple[str, str, str, str]] = []
    right = {"author": 0, "date": 0, "author_all": 0, "date_all": 0}
    met = named = said = 0
    for want, have, page in zip(gold, found, ids, strict=True):
        for what, wish, got, same in (
            ("author", want.author, have.author, people(want.author) == people(have.author)),
            ("date", want.published, have.published, _same_day(want.published, have.published)),
        ):
            right[what] += same and bool(wish)
            right[f"{what}_all"] += same
            if not same:
                wrong.append((page, what, wish, got))
        wanted, had = sources(want.sources), sources(have.sources)
        met, named, said = met + len(wanted & had), named + len(wanted), said + len(had)
        if wanted != had:
            wrong.append((page, "sources", ", ".join(sorted(wanted)), ", ".join(sorted(had))))
    count = max(len(ids), 1)
    return {
        "author": right["author"] / max(sum(bool(want.author) for want in gold), 1),
        "date": right["date"] / max(sum(bool(want.published) for want in gold), 1),
        "author_all": right["author_all"] / count,
        "date_all": right["date_all"] / count,
        "sources_precision": met / max(said, 1),
        "sources_recall": met / max(named, 1),
        "sources_f1": 2 * met / max(said + named, 1),
        "wrong": wrong,
    }


def people(author: str) -> frozenset[str]:
    """Return the names in an author line, folded; agencies and staff words only where no person stands beside them."""
    parts = [" ".join(_STAFF.sub(" ", part).split()) for part in _JOIN.split(author)]
    persons = [part for part in parts if part and not agency_of(part)]
    return frozenset(fold_name(part) for part in (persons or [author]) if fold_name(part))


def sources(names: Iterable[str]) -> frozenset[str]:
    """Return source names folded, agencies by the name of the table."""
    return frozenset(filter(None, (fold_name(agency_of(name) or name) for name in names)))


def _same_day(want: str, have: str) -> bool:
    if want[:10] == have[:10]:
        return True
    if len(have) <= 10 or not want:
        return False
    moment = datetime.fromisoformat(have)
    return moment.tzinfo is not None and moment.astimezone(UTC).date().isoformat() == want[:10]


def table(result: dict[str, Any]) -> str:
    """Return the figures as lines of text."""
    lines = [f"credits of {result['pages']} pages   author    date  (of all)         sources F1  precision  recall"]
    for form in ("html", "text"):
        row = result[form]
        lines.append(
            f"  {form:<20}{row['author']:10.3f}{row['date']:8.3f}{row['author_all']:8.3f}{row['date_all']:8.3f}"
            f"{row['sources_f1']:12.3f}"
            f"{row['sources_precision']:11.3f}{row['sources_recall']:8.3f}"
        )
    return "\n".join(lines)
