"""Whether two texts of like words are about two things: by what their titles differ in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..model import Corpus

LEAST = 2  # words that both titles have ...
MOST = 4  # ... and of one that the other has not, or as many as both have: a name and a verb, not most of a title
_WORD = re.compile(r"[\u2e80-\u9fff]|[^\W\d\u2e80-\u9fff]+")  # no numbers; of scripts without spaces each character


def other_subject(corpus: Corpus, a: NDArray[np.int32], b: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Return which pairs have titles that differ in little but a name which stands in the one text, not in the other.

    So the weather of two towns, the profit of two companies that rose and fell, and not "Toll rises" and "Toll climbs".
    The texts tell names from other words, since titles capitalize what they like; numbers do not count.
    """
    found = np.zeros(len(a), dtype=np.bool_)
    for pair, rows in enumerate(zip(a.tolist(), b.tolist(), strict=True)):
        one, other = differing(*(corpus.articles[row].title.casefold() for row in rows))
        if one and other:
            here, there = (corpus.text[row] for row in rows)
            found[pair] = _has_own_name(one, here, there) and _has_own_name(other, there, here)
    return found


def _has_own_name(words: list[str], here: str, there: str) -> bool:
    """Return whether one of the folded words is a name in one text and stands not in the other.

    >>> _has_own_name(["rises", "nepal"], "In Nepal the toll rises.", "The toll climbs.")
    True
    >>> _has_own_name(["rises"], "In Nepal the toll rises.", "The toll climbs."), _has_own_name(["市"], "市の", "県の")
    (False, True)
    """
    absent = there.casefold()
    return any(word not in absent and _is_name(word, here) for word in words)


def _is_name(word: str, text: str) -> bool:
    """Return whether a word stands in a text, and never in small letters; some scripts have no others."""
    begin = r"\b" if word < "\u0e00" else ""  # what follows may be an ending
    found = re.findall(begin + re.escape(word), text, re.IGNORECASE)
    return bool(found) and not any(each.islower() for each in found)


def differing(one: str, other: str) -> tuple[list[str], list[str]]:
    """Return the words of each of two titles that the other has not; none where little is alike.

    >>> differing("leeds weather: rain until 5pm", "east derry weather: rain until 2pm")
    (['leeds'], ['east', 'derry'])
    >>> differing("alpha's quarterly profit rises", "quarterly profit of betamax falls")
    (['alpha', 's', 'rises'], ['of', 'betamax', 'falls'])
    >>> differing("rain in leeds", "sun over most of derry")
    ([], [])
    """
    left, right = _WORD.findall(one), _WORD.findall(other)
    shared = {*left} & {*right}
    own, others = ([word for word in words if word not in shared] for words in (left, right))
    alike = min(len(left) - len(own), len(right) - len(others))
    return (own, others) if alike >= LEAST and max(len(own), len(others)) <= max(MOST, alike) else ([], [])
