"""What each page tells of its origin, with outlets and agencies under one name however they are written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import nan

from ..attribution import agency_of, domains
from ..metadata import outlet_of_url
from ..model import Attribution, Corpus, fold_name, timestamp
from ..provenance import Origin, Traces
from ..similarity import tells_of_many

PAGES = 4  # of one outlet with an author's name, from which on it is where the author writes; copies are few
_ENDING = re.compile(r"\.(?:com?|org|net|info|news|biz|gov|edu|tv|eu|[a-z]{2})(?:\.[a-z]{2})?$")


@lru_cache(maxsize=100_000)
def outlet_key(name: str) -> str:
    """Return a key that is equal for the ways in which one outlet or agency is written.

    >>> outlet_key("foxnews.com") == outlet_key("Fox News") == outlet_key("The FoxNews")
    True
    >>> outlet_key("theguardian.com") == outlet_key("The Guardian") == outlet_key("guardian")
    True
    >>> outlet_key("https://www.theguardian.com/uk") == outlet_key("The Guardian")
    True
    >>> outlet_key("AP") == outlet_key("The Associated Press") == outlet_key("apnews.com"), outlet_key("")
    (True, '')
    """
    name = outlet_of_url(name) or name
    return fold_name(_ENDING.sub("", (_agency(name) or name).casefold().strip().removeprefix("www.")))


def _agency(name: str) -> str:
    """Return the news agency that an outlet's name or host stands for, "" for none."""
    return agency_of(name) or domains().get(name.casefold().removeprefix("www."), "")


def origins_of(
    corpus: Corpus, attributions: Sequence[Sequence[Attribution]], traces: Mapping[int, Traces]
) -> list[Origin]:
    """Return the origin of each article, in the order of the corpus's rows; `traces`: those of some rows.

    A page that was fetched a day or more before it says it was published says so of an update, or is wrong: then when
    it was published is not known. Hosts are given for the rows with traces only: no others are compared.
    """
    outlets = [outlet_key(article.source) for article in corpus.articles]
    for row in traces:  # an agency's site may call itself otherwise: "KYODO NEWS +"
        if agency := domains().get(outlet_of_url(corpus.articles[row].url)):
            outlets[row] = outlet_key(agency)
    fetched = [timestamp(article.crawled) for article in corpus.articles]
    homes = _homes(corpus, outlets)
    none = Traces()
    return [
        Origin(
            id=article.id,
            outlet=outlets[row],
            name=article.source,
            host=outlet_of_url(article.url) if row in traces else "",
            url=article.url,
            canonical=article.canonical,
            canonical_host=(site := outlet_of_url(article.canonical) if row in traces else ""),
            canonical_outlet=outlet_key(site),
            syndication=tuple(key for tag in article.syndication for key in (tag, outlet_of_url(tag), outlet_key(tag))),
            day=nan if day - fetched[row] >= 1 else day,
            timed="T" in article.published,
            published=article.published,
            fetched=fetched[row],
            crawled=article.crawled,
            authors=tuple(name for name in article.author.split(", ") if name and not agency_of(name)),
            home=homes.get(article.author, ""),
            named=tuple((outlet_key(said.name), _of_one_name(said)) for said in attributions[row]),
            text=corpus.text[row],
            traces=traces.get(row, none),
            agency=row in traces and bool(_agency(article.source) or domains().get(outlet_of_url(article.url))),
            round_up=row in traces and tells_of_many(article.title, corpus.text[row]),
        )
        for row, (article, day) in enumerate(zip(corpus.articles, corpus.published.tolist(), strict=True))
    ]


def _of_one_name(said: Attribution) -> Attribution:
    """Return an attribution with an agency's own name for "Reuters Staff", "dpa" or "路透社"."""
    agency = agency_of(said.name)
    return said._replace(name=agency) if agency and agency != said.name else said


def _homes(corpus: Corpus, outlets: Sequence[str]) -> dict[str, str]:
    """Return the outlet that each author writes for: at least `PAGES`, and three quarters of what is theirs."""
    by_author: dict[str, Counter[str]] = {}
    for article, outlet in zip(corpus.articles, outlets, strict=True):
        if article.author and outlet:
            by_author.setdefault(article.author, Counter())[outlet] += 1
    homes = {}
    for author, pages in by_author.items():
        outlet, most = min(pages.items(), key=lambda item: (-item[1], item[0]))
        if most >= PAGES and 4 * most >= 3 * pages.total():
            homes[author] = outlet
    return homes
