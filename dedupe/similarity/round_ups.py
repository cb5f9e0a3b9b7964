"""Which articles tell of many things, by their titles: a round-up is no version of the story of one of its items."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from ..resources import load_json

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..model import Corpus

_NUMBER = re.compile(r"(?:the )?(?:\d{1,2}|three|five|ten) ")
_BETWEEN = r"[^\w:.;!?]+"  # words of one part of a title
_ON = rf"{_BETWEEN}(?:\w+{_BETWEEN}){{0,6}}"
_SPACELESS = "\u2e80"  # from here on scripts have no ends of words
_KEPT = 1 << 15  # titles


def round_ups(corpus: Corpus, rows: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Return of each article whether it is a round-up, bool of shape (n,); only the given rows are looked at."""
    found = np.zeros(len(corpus.articles), dtype=np.bool_)
    found[rows] = [is_round_up(corpus.articles[row].title) for row in rows.tolist()]
    return found


@lru_cache(_KEPT)
def is_round_up(title: str) -> bool:
    """Return whether a title is that of a round-up: of the news of a day or a week, of the press, of offers.

    It begins as such titles do, or counts things to know of a day, and does not go on with what they are about. What
    a live page tells is mostly one event.

    >>> is_round_up("Opening Bell 11.18.19"), is_round_up("10 things in tech you need to know today")
    (True, True)
    >>> is_round_up("What to know today about the storm"), is_round_up("Opening bells ring"), is_round_up("")
    (False, False, False)
    """
    title = title.replace("’", "'").casefold().strip()
    if title.startswith(_openings()):
        ends = [len(phrase) for phrase in _openings() if title.startswith(phrase) and _ends(title, len(phrase))]
        return bool(ends) and not _of_one().match(title, max(ends))
    number = _NUMBER.match(title)
    things = _things().match(title, number.end()) if number else None
    return things is not None and not _of_one().match(title, things.end())


def _ends(title: str, place: int) -> bool:
    """Return whether a word ends before this place of a title."""
    return place == len(title) or title[place - 1] >= _SPACELESS or not title[place].isalnum()


@cache
def _openings() -> tuple[str, ...]:
    languages = load_json("round_ups.json")["openings"].values()
    return tuple(phrase.casefold() for phrases in languages for phrase in phrases)


@cache
def _things() -> re.Pattern[str]:
    """Return the pattern of what follows a number: things, and, a few words on, when."""
    languages = load_json("round_ups.json")["numbered"].values()
    return re.compile("|".join(rf"{_any(words['what'])}{_ON}{_any(words['when'])}" for words in languages))


@cache
def _of_one() -> re.Pattern[str]:
    """Return the pattern of what goes on from such words where it is of one event: "... about the storm"."""
    phrases = [phrase for own in load_json("round_ups.json")["of_one"].values() for phrase in own]
    return re.compile(rf" {_any(phrases)}")


def _any(phrases: list[str]) -> str:
    return rf"(?:{'|'.join(map(re.escape, phrases))})(?!\w)"
