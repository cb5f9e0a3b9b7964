"""Which line above a plain text is its headline: one that tells what the report tells, set off as headlines are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import takewhile
from math import log1p
from operator import mul

from ..resources import load_json
from .lines import BYLINE, goes_on, is_heading, is_prose, unspaced

_FAR = 80  # lines above the report in which its headline is looked for
_READ, _LEAD = 4000, 700  # characters of the report, and of its opening, whose words are compared
_MANY = 40  # lines of the report that are read
_SIDE = 4  # lines on each side of one that tell whether it stands in a list of others like it
_BELOW = 3  # lines under a headline in which its byline and date stand
_SHORT, _LONG = 3, 22  # words: a menu's entry has fewer, a standfirst more
_STEM = 6  # letters of a word that are compared: "charger" is told by "Chargers"
_SENTENCE = 8  # words of a line with a full stop that is no headline
_WORD = re.compile(r"\w+")
_SIGN = re.compile(r"[\W_]+")
_TELLING = 0.5  # of its words: a heading of which the report tells so many; what stands under it is a standfirst
_PATH = re.compile(r"\s[>»›/|•·]|[>»›|•·]\s")  # "Home › Money › Rates rise"
_FEW = 5  # lines above the report in a text without a page's furniture
_CREDITS = 2  # lines between the headline and the byline or date: an agency's name, a section
_WHOLE = 8  # letters of a line that is looked for inside of others
# What speaks for a line being the headline, in the order of the weights of `training.headlines`.
SIGNS = (
    "far", "short", "long", "told", "told_words", "opening_words", "repeated", "heading", "path", "dated", "above_date",
    "above_byline", "among_headings", "prose", "sentence", "under_telling",
)  # fmt: skip


def headline_of(lines: list[str], first: int, end: int, dated: Iterable[int]) -> str:
    """Return the line that is likeliest the headline of the report between `first` and `end`; "" where none is likely.

    `dated`: the lines `near` it that say a date or how long ago. Where little stands above the report its form tells;
    below a page's furniture learnt weights, of a choice between the lines and none (`training.headlines`).

    >>> body = "The central bank raised its key rate again on Wednesday, as prices climbed faster than it had foreseen."
    >>> headline_of(["Home", "Money", "Bank rate raised again as prices climb", *["Share"] * 5, body], 8, 9, [])
    'Bank rate raised again as prices climb'
    """
    rows = candidates(lines, first)
    if not rows:
        marks = {*dated, *(row for row in range(first) if BYLINE.match(lines[row]))}
        return _topmost(lines, first, sorted(row for row in marks if row < first))
    weights, none = _weights()
    scores = [sum(map(mul, weights, signs)) for signs in signs_of(lines, rows, first, end, dated)]
    best = max(range(len(rows)), key=scores.__getitem__)
    return lines[rows[best]] if scores[best] > none else ""


@cache
def _weights() -> tuple[list[float], float]:
    """Return the weights of `SIGNS`, and that of "none"."""
    known = load_json("headline_weights.json")
    return [known["weights"][name] for name in SIGNS], known["none"]


def _topmost(lines: list[str], first: int, marks: Sequence[int]) -> str:
    """Return the topmost of the headings above the byline or date, or below it where that stands on top."""
    if marks:
        over = marks[0] - 1
        while over > max(marks[0] - 1 - _CREDITS, 0) and not is_heading(lines[over]):
            over -= 1
        run = takewhile(lambda row: is_heading(lines[row]), range(over, max(over - 4, -1), -1))
        if headings := list(run):
            return lines[headings[-1]]
    rows = range(marks[0] if marks else 0, min(first, len(lines)))
    return next(
        (lines[row] for row in rows if row not in marks and is_heading(lines[row]) and not goes_on(lines, row)), ""
    )


def candidates(lines: Sequence[str], first: int) -> list[int]:
    """Return the lines below a page's furniture that may be its headline: above the report's first, and that itself."""
    rows = range(max(first - _FAR, 0), min(first + 1, len(lines))) if first > _FEW else range(0)
    return [row for row in rows if not _is_sentence(lines[row])]


def _is_sentence(line: str) -> bool:
    return line.endswith(".") and not line.endswith("..") and line.count(" ") >= _SENTENCE


def near(lines: Sequence[str], first: int) -> range:
    """Return the lines whose dates and names tell of the headline: the candidates and some below, or the few above."""
    return range(max(first - _FAR, 0), min(first + 1 + _BELOW, len(lines))) if first > _FEW else range(first)


def signs_of(
    lines: Sequence[str], rows: Sequence[int], first: int, end: int, dated: Iterable[int]
) -> list[tuple[float, ...]]:
    """Return for each of the `candidates`, `rows`, the values of `SIGNS`: all within 0 and 1 but `far`."""
    beside, days = near(lines, first), set(dated)
    bylines = {row for row in beside if BYLINE.match(lines[row])}
    names = {row: _SIGN.sub("", lines[row].casefold()) for row in beside}
    said = "\n".join(names.values())
    listed = range(max(rows[0] - _SIDE, 0), min(rows[-1] + _SIDE + 1, len(lines)))
    headings = {row: is_heading(lines[row]) for row in listed}
    prose = [line for line in lines[first : min(end, first + _MANY)] if is_prose(line)]
    report, opening = _words_of(prose, _READ), _words_of(prose, _LEAD)
    found: list[tuple[float, ...]] = []
    told_above = 0.0
    for row in rows:
        line, name = lines[row], names[row]
        words = _words(line)
        own = row == first  # a line does not tell of itself
        told = sum([report.get(word, 0) > own for word in words])
        opened = sum([opening.get(word, 0) > own for word in words])
        count = len(line) / 2.2 if unspaced(line) else line.count(" ") + 1  # signs to a word
        repeated = said.count(name) - 1 if len(name) > _WHOLE else 0
        around = range(max(row - _SIDE, 0), min(row + _SIDE + 1, len(lines)))
        below = range(row + 1, row + 1 + _BELOW)
        found.append(
            (
                log1p(first - row),
                float(count < _SHORT),
                float(count > _LONG),
                told / max(len(words), 1),
                min(told, 5) / 5,
                min(opened, 4) / 4,
                min(repeated, 3) / 3,
                float(headings[row]),
                float(_PATH.search(line) is not None),
                float(row in days or row in bylines),
                float(not days.isdisjoint(below)),
                float(not bylines.isdisjoint(below)),
                (sum([headings[other] for other in around]) - headings[row]) / (2 * _SIDE),
                float(is_prose(line)),
                float(line.endswith(".")),
                float(told_above >= _TELLING),
            )
        )
        told_above = told / max(len(words), 1) if headings[row] and len(words) > 1 else 0.0
    return found


def _words_of(lines: Iterable[str], limit: int) -> Counter[str]:
    """Return in how many of the lines each word stands, as far as `limit` characters."""
    held: Counter[str] = Counter()
    for line in lines:
        if limit <= 0:
            break
        held.update(_words(line[:limit]))
        limit -= len(line)
    return held


def _words(line: str) -> set[str]:
    """Return the stems of the words of a line that say something: numbers, and what is longer than three letters.

    Of scripts without spaces between words the pairs of signs.
    """
    words = _WORD.findall(line.casefold())
    if line.isascii():
        return {word[:_STEM] for word in words if len(word) > 3 or word.isdigit()}
    said: set[str] = set()
    for word in words:
        if not word.isascii() and "\u0e00" <= word[len(word) // 2] <= "\ud7af":
            said.update(word[at : at + 2] for at in range(len(word) - 1))
        elif len(word) > 3 or word.isdigit():
            said.add(word[:_STEM])
    return said
