"""The words in which pages say where their text comes from, in many languages: `dedupe/data/attribution.json`.

Its "from" are patterns after which a name follows. Each has its language and some "triggers", lower-case pieces: a text
must hold one of them for the pattern to be tried, since `in` is some hundred times faster than a search. After a "weak"
pattern people are named as often as outlets. After a "news" pattern follows who had the news first; the text need not
be theirs. Its "labels" stand before a colon. All are bounded, so that no text makes a search slow.

Of its other kinds of words, each a part of a pattern: "outlet_words" are those of outlets' names, "also_outlet_words"
of others' too; "no_name" is none, nor what "no_name_begins"; "agency" is what one is called in front of its name.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ..resources import load_json

WORDS = load_json("attribution.json")
_FROM = WORDS["from"]
PIECES = sorted({piece for entry in _FROM for piece in entry["triggers"]})
_ROOM = 48  # bits; patterns so many rows apart share one
LABELS = frozenset(map(str.casefold, WORDS["labels"]))
LONGEST_LABEL = max(map(len, LABELS)) + 1
_COLON = re.compile(r"[:：]")
_BEFORE_LABEL = re.compile(r"^.*(?:[|•·—–]|[(\[](?![^)\]]*[)\]])|\s{2}|[.!?]\s)\s*", re.S)  # not the "(" of "Quelle(n)"
_EAST_LABEL = re.compile(r"(?<![\u3040-\u9fff])[\u3040-\u9fff]+$")  # "2019-09-07 15:10:53 来源：": no bar before it
_VIA = re.compile(r"(?:via|h/t)\s+(?=\S)", re.I)
_CONTRIBUTED = {  # who else reported, by a piece of each match
    piece: re.compile("|".join(patterns), re.I) for piece, patterns in WORDS["contributed"].items()
}
CONTRIBUTED_PIECES = tuple(_CONTRIBUTED)
SELF = re.compile(rf"\b(?:{'|'.join(WORDS['self']['patterns'])})", re.I)
SELF_PIECES = tuple(WORDS["self"]["pieces"])  # of its matches
COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright|tous\s+droits|alle\s+rechte)", re.I)


def any_of(kind: str) -> str:
    """Return a pattern that matches any of the words of a kind."""
    return "|".join(WORDS[kind])


def labels(text: str) -> list[int]:
    """Return where the labels of a text end: "Source:" and the like at its start, or after a sentence or a bar.

    >>> labels("Fact sheet | Quelle: dpa"), labels("via Futurism"), labels("Its source: a friend")
    ([20], [4], [])
    >>> labels("2019-09-07 15:10 来源：EETOP")
    [20]
    """
    ends = [match.end()] if (match := _VIA.match(text)) else []
    for colon in _COLON.finditer(text):
        start = max(colon.start() - LONGEST_LABEL - 3, 0)
        before = text[start : colon.start()]
        east = _EAST_LABEL.search(before)
        label = east[0] if east else _BEFORE_LABEL.sub("", before).strip().casefold()
        if label in LABELS and (start == 0 or len(label) < len(before.strip())):
            ends.append(colon.end())
    return ends


def bits_of(piece: str) -> int:
    """Return a bit for each of the patterns that a piece is of."""
    rows = {row % _ROOM for row, own in enumerate(_FROM) if piece in own["triggers"]}
    return sum(1 << bit for bit in rows)


@lru_cache(maxsize=1 << 12)
def _rows_of(bits: int, news: bool) -> list[int]:
    """Return the patterns that have one of these bits and are of who had the news, or are not."""
    return [row for row, own in enumerate(_FROM) if bits >> row % _ROOM & 1 and own.get("news", False) == news]


def names_follow(text: str, lower: str, *, news: bool = False, bits: int = -1) -> list[tuple[int, bool]]:
    """Return where the phrases of a text end after which a name follows, and whether people follow as often.

    `news`: those after which follows who had the news, in place of whose the text is. `bits`: those of the pieces that
    may stand in the text.

    >>> names_follow(text := "Originally published by Futurism.", text.lower())
    [(23, False)]
    >>> names_follow(text := "The sale was first reported by Futurism.", text.lower(), news=True)
    [(30, False)]
    """
    rows = [row for row in _rows_of(bits, news) if any(piece in lower for piece in _FROM[row]["triggers"])]
    return [(match.end(), _FROM[row].get("weak", False)) for row in rows for match in _pattern(row).finditer(text)]


@cache
def _pattern(row: int) -> re.Pattern[str]:
    """Return the pattern of a phrase; few pages need more than some."""
    return re.compile(_FROM[row]["pattern"], re.I)


def says_self(text: str) -> bool:
    """Return whether a text may say that its site gathers texts by itself: a piece of what `SELF` finds is in it."""
    return any(piece in text for piece in SELF_PIECES)


def says_contributed(text: str, lower: str) -> bool:
    """Return whether a text says who else reported."""
    return any(piece in lower and own.search(text) for piece, own in _CONTRIBUTED.items())
