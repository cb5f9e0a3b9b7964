"""Which blocks of a page its head speaks of: the headline, the description, the authors, the text of its JSON-LD."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

SAID = (
    "in_article_body", "page_has_article_body", "is_headline", "in_page_title", "is_description", "has_author",
    "after_headline",
)  # fmt: skip
_IN_BODY, _HAS_BODY, _IS_HEADLINE, _IN_TITLE, _IS_DESCRIPTION, _HAS_AUTHOR, _AFTER = range(len(SAID))
_OPENING = 300  # characters of a block that are looked for in what the head says
_LEAST, _SHORT = 3, 8  # a text of so few characters says nothing; one of so few is no title
_NAMING = 200  # characters of a block that may name its author


def said_by_head(texts: Sequence[str], head: dict[str, str], out: NDArray[np.float64]) -> None:
    """Write which blocks the head speaks of into zeros, float64 of shape (blocks, SAID)."""
    body, title, description, page_title, author = (
        _fold(head.get(name, "")) for name in ("article_body", "title", "description", "page_title", "author")
    )
    longest = max(len(title), len(description), len(page_title), _NAMING if author else 0)
    folded = _openings(texts, _OPENING if body else min(longest, _OPENING), bool(body) or longest >= _OPENING)
    if body:
        out[:, _HAS_BODY] = 1
        told = (text[:80] in body and text[-40:] in body for text in folded)
        out[[row for row, inside in enumerate(told) if inside and len(folded[row]) > _LEAST], _IN_BODY] = 1
    named = "\n".join((title, description, page_title))  # a few blocks stand there
    rows = [(row, text) for row, text in enumerate(folded) if len(text) > _SHORT and text in named]
    out[[row for row, text in rows if text in page_title], _IN_TITLE] = 1
    out[[row for row, text in rows if len(text) > 20 and text in description], _IS_DESCRIPTION] = 1
    for name in author.split(", "):
        if len(name) > _LEAST:
            out[[row for row, text in enumerate(folded) if name in text and len(texts[row]) < _NAMING], _HAS_AUTHOR] = 1
    headlines = [row for row, text in rows if len(text) > 0.8 * len(title) and text in title]
    if headlines:
        out[headlines, _IS_HEADLINE] = 1
        number = np.arange(headlines[0], len(texts))
        last = np.array(headlines)[np.searchsorted(headlines, number, side="right") - 1]
        out[number, _AFTER] = 1 / (1 + 0.1 * (number - last))


def _openings(texts: Sequence[str], longest: int, cut: bool) -> list[str]:
    """Return each text case folded; of a longer one its start if they are to be cut, else nothing.

    One by one: most are ASCII, which is folded ten times as fast as what holds a single other character.
    """
    starts = (text if len(text) <= longest else text[:longest].rstrip() if cut else "" for text in texts)
    return list(map(str.casefold, starts))


def _fold(text: str) -> str:
    return " ".join(text.casefold().split())
