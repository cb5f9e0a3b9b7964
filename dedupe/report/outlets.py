"""Outlets over all their pages: how much of what they run is their own, and whom they take from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from operator import itemgetter

from ..model import Findings
from ..pipeline.origins import outlet_key


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet's pages in this run; `original` is the share of its words that is reporting of its own.

    `takes_from`: how many of its articles were taken from each other outlet or agency, most first.
    """

    name: str
    articles: int
    words: int
    original: float
    takes_from: tuple[tuple[str, int], ...]


def outlets(findings: Findings) -> tuple[Outlet, ...]:
    """Return the outlets of a run, most articles first; pages of unknown outlet are left out."""
    totals: dict[str, list[float]] = {}
    called = names_of(findings)
    for article in findings.articles:
        if article.source:
            total = totals.setdefault(called(article.source), [0, 0, 0.0])
            total[0] += 1
            total[1] += article.words
            total[2] += article.words * article.verdict.shares.original
    taken = republished(findings)
    ranked = sorted(totals.items(), key=lambda item: (-item[1][0], item[0]))
    return tuple(
        Outlet(
            name, int(articles), int(words), round(own / words, 4) if words else 0.0, _most_first(taken.get(name, {}))
        )
        for name, (articles, words, own) in ranked
    )


def _most_first(counts: dict[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def republished(findings: Findings) -> dict[str, dict[str, int]]:
    """Return how many articles each outlet took from each source, its own left out: outlet -> source -> articles."""
    called = names_of(findings)
    outlet_of = {article.id: called(article.source) for article in findings.articles}
    counts: dict[str, dict[str, int]] = {}
    for item in findings.derivations:
        outlet, source = outlet_of[item.copy], outlet_of.get(item.source, "") or called(item.source_name)
        if outlet and source and outlet != source:
            row = counts.setdefault(outlet, {})
            row[source] = row.get(source, 0) + 1
    return counts


def names_of(findings: Findings) -> Callable[[str], str]:
    """Return what gives for an outlet's name the one by which most articles call it: "Fox News" for "foxnews.com".

    A name that two web sites share ("theguardian.com", "guardian.ng": two outlets) stays as it is.
    """
    names = sorted(Counter(article.source for article in findings.articles if article.source).items())
    by_key: dict[str, list[str]] = {}
    for name, _ in sorted(names, key=itemgetter(1)):
        by_key.setdefault(outlet_key(name), []).append(name)
    best = {key: names[-1] for key, names in by_key.items() if key and sum(map(_is_site, names)) < 2}
    return lambda name: best.get(outlet_key(name), name)


def _is_site(name: str) -> bool:
    return "." in name and " " not in name
