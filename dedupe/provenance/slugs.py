"""What opens a title and is none of it: what kind of piece it is ("FACTBOX: ..."); in `dedupe/data/slugs.json`."""

from __future__ import annotations

import re
from functools import cache

from ..resources import phrases_of
from .revised import opening_words, parted

_ADDRESS = re.compile(r"https?\s?:\s?/", re.I)


def without_slug(title: str) -> str:
    """Return a title without what opens it and says only what kind of piece it is, or that it is a new version.

    What says that the rest is a claim stays: "Fact check: Vaccines hold microchips".

    >>> [without_slug(title) for title in ("UPDATE 2-FACTBOX: Firms in the case", "UPDATE 1-OPINION: No", "TEXT: ")]
    ['Firms in the case', 'OPINION: No', 'TEXT: ']
    """
    word, rest = parted(title)
    while rest and word.casefold() in _slugs():
        title = rest
        word, rest = parted(title)
    return title


def is_beside(title: str) -> bool:
    """Return whether a title is that of a piece that stands beside reports: facts, a chronology, an opinion.

    >>> [is_beside(title) for title in ("Factbox: Firms", "UPDATE 1-TIMELINE-The case", "Exclusive: A case")]
    [True, True, False]
    """
    word, rest = parted(title)
    while (kind := word.casefold()) in _slugs() and kind not in _beside():
        word, rest = parted(rest)
    return kind in _beside()


def is_address(title: str) -> bool:
    """Return whether what was taken for a title is an address, as where the first line of a file is.

    >>> is_address("https://a.org/fire"), is_address("HTTP: how it works")
    (True, False)
    """
    return bool(_ADDRESS.match(title))


@cache
def _beside() -> frozenset[str]:
    return frozenset([*phrases_of("slugs.json", "beside"), *phrases_of("slugs.json", "claims")])


@cache
def _slugs() -> frozenset[str]:
    return frozenset([*opening_words(), *phrases_of("slugs.json", "news"), *phrases_of("slugs.json", "beside")])
