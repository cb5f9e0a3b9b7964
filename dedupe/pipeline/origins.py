"""What each page tells of its origin, with outlets and agencies under one name however they are written."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from ..attribution import agency_of
from ..metadata import outlet_of_url
from ..provenance import Origin

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..model import Attribution, Corpus

_ENDING = re.compile(r"\.(?:com?|org|net|info|news|biz|gov|edu|tv|eu|[a-z]{2})(?:\.[a-z]{2})?$")


@lru_cache(maxsize=100_000)
def outlet_key(name: str) -> str:
    """Return a key that is equal for the ways in which one outlet or agency is written.

    >>> outlet_key("foxnews.com") == outlet_key("Fox News") == outlet_key("The FoxNews")
    True
    >>> outlet_key("AP") == outlet_key("The Associated Press"), outlet_key("")
    (True, '')
    """
    agency = agency_of(name)
    plain = _ENDING.sub("", (agency or name).casefold().strip().removeprefix("www.")).removeprefix("the ")
    return "".join(filter(str.isalnum, plain))


def origins_of(corpus: Corpus, attributions: Sequence[Sequence[Attribution]]) -> list[Origin]:
    """Return the origin of each article, in the order of the corpus's rows."""
    days = corpus.published.tolist()
    return [
        Origin(
            id=article.id,
            outlet=outlet_key(article.source),
            name=article.source,
            host=outlet_of_url(article.url),
            url=article.url,
            canonical=article.canonical,
            canonical_host=outlet_of_url(article.canonical),
            syndication=tuple(key for tag in article.syndication for key in (tag, outlet_of_url(tag), outlet_key(tag))),
            day=days[row],
            timed="T" in article.published,
            published=article.published,
            named=tuple((outlet_key(said.name), said) for said in attributions[row]),
            text=corpus.text[row],
        )
        for row, article in enumerate(corpus.articles)
    ]
