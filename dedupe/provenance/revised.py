"""What a page says of its own text: that it was withdrawn, corrected or updated; in `dedupe/data/revisions.json`.

Each of the three has words that open a line or a title ("Correction: ...", "UPDATE 2-...") and patterns of what is said
of the text itself ("an earlier version of this article"), each with the pieces one of which a text must hold before the
pattern is tried. All are bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from math import inf, isfinite
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..resources import load_json
from .origin import Origin

KINDS = ("withdrawn", "corrected", "updated")  # what is said first counts less than what is graver
ENDS = 900  # characters at either end of a page that are read: such a note stands above or below the text
LONGEST = 40  # characters of what opens a line; a piece has fewer
_MARK = re.compile(r"[:：\])）】–—-]")
_AROUND = " \t([（【*_>#"
SHOWN = 160  # characters of the note that are quoted
AT_ONCE = 128  # pages of many that are looked at together: what is made of them stays in a cache
BEGINNING = 6  # characters: no piece of ASCII is shorter
_BITS, _MIX = 20, np.uint64(0x9E3779B97F4A7C15)


class Revised(NamedTuple):
    """How a text was revised, as the page says it: one of KINDS, and in what words."""

    kind: str
    words: str


def revised(pages: Sequence[tuple[str, str]]) -> Iterator[Revised | None]:
    """Yield what each page, given as (title, text), says of the revision of its text, the gravest first, or None.

    >>> fire, note = "The fire killed two.", "An earlier version of this story gave a wrong age."
    >>> next(revised([("UPDATE 2-Two killed in Lyon", fire)]))
    Revised(kind='updated', words='UPDATE 2-Two killed in Lyon')
    >>> list(revised([("", f"{fire}\\n{note}"), ("Markets: a correction is due", "The minister withdrew his bill.")]))
    [Revised(kind='corrected', words='An earlier version of this story gave a wrong age.'), None]
    """
    for low in range(0, len(pages), AT_ONCE):
        read = [_read(*page) for page in pages[low : low + AT_ONCE]]
        yield from map(_revised, read, _pieces_in_all(read))  # most have none


def _read(title: str, text: str) -> str:
    ends = (text,) if len(text) <= 2 * ENDS else (text[:ENDS], text[-ENDS:])
    return "\n".join((title, *ends))


def _revised(read: str, held: set[str]) -> Revised | None:
    if not held:
        return None
    found = {kind: _short(line, 0) for line in read.split("\n") if (kind := _opens(line))}
    found |= dict(_says(read, held))
    return next((Revised(kind, found[kind]) for kind in KINDS if kind in found), None)


def _pieces_in(text: str) -> set[str]:
    lower = text.casefold()
    return {piece for piece in _every_piece() if piece in lower}


def _pieces_in_all(texts: Sequence[str]) -> list[set[str]]:
    """Return the pieces that each text holds.

    Of ASCII all places are looked at in one pass, for the letters that a piece begins with, in small letters or not:
    to look for each piece by itself took as long as to read the articles.

    >>> _pieces_in_all(["It was CORRECTED.", "Nobody was hurt."])
    [{'corrected'}, set()]
    """
    held = [set() if text.isascii() else _pieces_in(text) for text in texts]
    lines = [f"{text}\n" if text.isascii() else "" for text in texts]  # no piece goes on behind the end of a line
    plain = "".join(lines)
    place = np.flatnonzero(_beginnings()[_hashed(plain)])
    owner = np.searchsorted(np.cumsum([len(text) for text in lines]), place, side="right")
    for at, text in zip(place.tolist(), owner.tolist(), strict=True):
        here = plain[at : at + LONGEST].casefold()
        held[text].update(filter(here.startswith, _by_beginning().get(here[:BEGINNING], ())))
    return held


def _hashed(text: str) -> NDArray[np.int64]:
    """Return a number for the BEGINNING characters from each place of an ASCII text on, equal for equal ones."""
    small = np.frombuffer(text.encode() + bytes(8), np.uint8) | np.uint8(32)
    eight: NDArray[np.uint64] = np.ndarray((len(text),), "<u8", small, strides=(1,))
    return ((eight << np.uint64(64 - 8 * BEGINNING)) * _MIX >> np.uint64(64 - _BITS)).view(np.int64)


@cache
def _beginnings() -> NDArray[np.bool_]:
    """Return at which of these numbers a piece begins."""
    table = np.zeros(1 << _BITS, dtype=np.bool_)
    for beginning in _by_beginning():
        table[_hashed(beginning)[0]] = True
    return table


@cache
def _by_beginning() -> dict[str, list[str]]:
    """Return the pieces of ASCII by their first BEGINNING characters."""
    found: dict[str, list[str]] = {}
    for piece in filter(str.isascii, _every_piece()):
        found.setdefault(piece[:BEGINNING], []).append(piece)
    return found


def _opens(line: str) -> str:
    """Return the kind whose word opens a line, with a mark after it, and perhaps a number between; "" for none."""
    return opening_words().get(parted(line)[0].casefold(), "")


def parted(line: str) -> tuple[str, str]:
    """Return the word or two before the first mark of a line, without a number, and what follows; both "" for none.

    A dash is a mark after capitals only: "CORRECTED-Two killed", not "Correction - or crash?".

    >>> parted("UPDATE 2-Two killed"), parted("Correction - or crash?")
    (('UPDATE', 'Two killed'), ('', ''))
    """
    mark = _MARK.search(line, 1, LONGEST)
    word = line[: mark.start()].strip(_AROUND).rstrip("0123456789 ") if mark else ""
    return (word, line[mark.end() :].strip()) if mark and (mark[0] not in "-–—" or word.isupper()) else ("", "")


def _says(text: str, held: set[str]) -> Iterator[tuple[str, str]]:
    """Return the kinds of which a text that holds these pieces says so, each with the words."""
    for kind, language, pieces in _pieces() if held else ():
        if not held.isdisjoint(pieces) and (found := _pattern(kind, language).search(text)):
            start, end = text.rfind("\n", 0, found.start()) + 1, text.find("\n", found.end())
            yield kind, _short(text[start : end if end >= 0 else None], found.start() - start)


def _short(line: str, at: int) -> str:
    """Return the words around a place of a line, from the sentence's beginning if that is near."""
    start = max(line.rfind(". ", 0, at) + 1, at - SHOWN // 2, 0)
    words = " ".join(line[start : start + SHOWN].split())
    return ("…" if start and line[start - 1] != "." else "") + words + ("…" if len(line) > start + SHOWN else "")


@cache
def opening_words() -> dict[str, str]:
    """Return the kind of each word that opens a line, case folded."""
    table = load_json("revisions.json")
    return {word: kind for kind in KINDS for own in table[kind]["opens"].values() for word in own}


@cache
def _pieces() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Return (kind, language, pieces) of all patterns."""
    table = load_json("revisions.json")
    return tuple((kind, name, tuple(own["pieces"])) for kind in KINDS for name, own in table[kind]["says"].items())


@cache
def _every_piece() -> frozenset[str]:
    """Return the pieces one of which a text holds that says anything: those of the patterns and what opens a line."""
    return frozenset(piece for *_, pieces in _pieces() for piece in pieces).union(opening_words())


@cache
def _pattern(kind: str, language: str) -> re.Pattern[str]:
    return re.compile(load_json("revisions.json")[kind]["says"][language]["pattern"], re.I | re.M)


def to_read(rows: Sequence[int], first: int, origins: Sequence[Origin], said: Mapping[int, Revised]) -> int:
    """Return which of a text's versions is to be read in place of the first: that which says it is corrected, if any.

    Of several that of the same outlet, then the newest, then the longest text. One that says no more than that it was
    updated takes the place of its own outlet's earlier version only.
    """
    outlet, day = origins[first].outlet, origins[first].day

    def worth(row: int) -> tuple[bool, float, int]:
        own, when = origins[row].outlet == outlet != "", origins[row].day
        return own, when if isfinite(when) else -inf, len(origins[row].text)

    later = [row for row in rows if row in said and not origins[row].day < day]
    if not later:
        return first
    corrected = [row for row in later if said[row].kind == "corrected"]
    updated = [row for row in later if said[row].kind == "updated" and origins[row].outlet == outlet != ""]
    return max(corrected or updated or [first], key=worth)
