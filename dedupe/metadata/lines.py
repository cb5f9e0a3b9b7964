"""The shapes that lines of a page have: prose, headings, bylines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..resources import load_json

PROSE, UNSPACED_PROSE = 100, 40  # characters of a line of the report, and of one of a script without spaces


def any_of(words: Sequence[str]) -> str:
    """Return a pattern that matches what "|".join(words) does: tried is each first letter, not each word.

    >>> any_of(["by", "von", "bởi"])
    'b(?:y|ởi)|v(?:on)'
    """
    behind: dict[str, list[str]] = {}
    for word in words:
        behind.setdefault(word[0], []).append(word[1:])
    return "|".join(f"{first}(?:{'|'.join(rests)})" for first, rests in behind.items())


_WORDS = load_json("bylines.json")
BY, COLON, UNSPACED = (any_of(_WORDS[name]) for name in ("by", "by_colon", "by_unspaced"))
OFFICES = any_of(_WORDS["offices"])  # of reporters
BYLINE = re.compile(
    rf"^\W{{0,3}}(?:(?:{BY})\b\s*[:：–-]?\s+(?=\S)|(?-i:by)(?=[A-Z])|(?:{COLON})\s?[:：]\s*(?=\S)|(?:{UNSPACED})\s*[:：/／]\s*)",
    re.I,
)
_DATELINE = re.compile(r"\(\w[\w ]{1,20}\)\s*[-–—]")  # "LONDON (Reuters) -": the report has begun
CLUTTER = re.compile(  # what stands beside a date and says nothing
    r"[\W\d_]+|\b(?:[ap]m|utc|gmt|uhr|at|um|on|am|à|às|hrs?|[a-z]{3,4}t|min|read|read time|lesezeit)\b", re.I
)


def is_prose(line: str) -> bool:
    """Return whether a line is as long as one of the report."""
    return len(line) >= PROSE or (len(line) >= UNSPACED_PROSE and unspaced(line))


def is_heading(line: str) -> bool:
    """Return whether a line can be a headline: some words, no sentence and no byline."""
    words = len(line.split())
    if line[:1].islower() or _DATELINE.search(line):
        return False
    if words > 35 or len(line) > 220 or line.endswith((".", "…", "...", ":")):
        return False
    return (words >= 4 or (unspaced(line) and len(line) >= 10)) and not BYLINE.match(line)


def is_heading_or_prose(line: str) -> bool:
    """Return whether a line is either, and no furniture."""
    return len(line) >= PROSE or is_heading(line)


def goes_on(lines: list[str], number: int) -> bool:
    """Return whether a line of five words or more goes on in the next: a wrapped sentence of the report."""
    return number + 1 < len(lines) and lines[number + 1][:1].islower() and lines[number].count(" ") >= 4


def unspaced(line: str) -> bool:
    """Return whether a line is of a script without spaces, or in Korean, judged by the three signs in its middle.

    >>> unspaced("이미지 확대"), unspaced("央行再次加息"), unspaced("Ставка растёт")
    (True, True, False)
    """
    middle = len(line) // 2
    return not line.isascii() and any("\u3040" <= sign <= "\ud7af" for sign in line[max(middle - 1, 0) : middle + 2])
