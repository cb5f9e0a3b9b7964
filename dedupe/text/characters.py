"""Characters that are not what they look like: kinds of spaces and line ends, invisible ones, halves of pairs."""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import cache

import numpy as np
from numpy.typing import NDArray

from .mojibake import mend, no_plain, suspected

_SPACES = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_LINES = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x80-\x84\x86-\x9f]")
# Controls, soft hyphens, what has no width or directs the writing, fillers, noncharacters. The selectors of variants
# stay, as they decide whether a sign is an emoji; tags are gone, so of the flags only those of countries are whole.
_GONE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f\u00ad\u061c\u115f\u1160\u180b-\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufdd0-\ufdef\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e0fff"
    + "".join(chr(plane << 16 | last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF))
    + "]"
)
# Joiners decide how letters of these scripts are joined, and emoji; anywhere else they are there by mistake.
_JOINERS = re.compile(
    "[\u200c\u200d](?<![\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\u2600-\u27bf\ufe0f\U0001f000-\U0001faff]"
    "[\u200c\u200d])"
)
# Letters and signs that NFC leaves alone, whatever stands beside them: of these the normal form is not asked.
_COMPOSED = re.compile(
    "[\u0388-\u0482\u0488-\u058f\u05d0-\u05f4\u0620-\u064a\u0660-\u066f\u2010-\u20cf\u2190-\u2328\u232b-\u2adb"
    "\u2add-\u2bff\u3000-\u3029\u3030-\u3098\u309b-\u9fff\uac00-\ud7a3\uff01-\uff9f\U0001f000-\U0001faff]"
)
_PLAIN = bytes([ord("\n"), *range(0x20, 0x7F)])  # nothing is ever done to these
_FEW = 16  # characters that are replaced one after another sooner than by a search for all
_MARKS = 30  # marks on one letter that are kept, as in Unicode's Stream-Safe Text Format (UAX 15)
_LONG = re.compile(f"[\u0300-\U0010ffff]{{{_MARKS + 1}}}")


def repair(text: str) -> str:
    r"""Return a text as it was meant, as far as that is sure; a text that is right stays as it is.

    >>> repair("ā€œI’d love to,ā€ he saidā€¦ in\u00a0Seoul\u200b.\r\n")
    '“I’d love to,” he said… in Seoul.\n'
    >>> repair("L’été à Łódź: ‘Рівне’, 日本")
    'L’été à Łódź: ‘Рівне’, 日本'
    """
    if text.isascii() and not text.encode().translate(None, _PLAIN):
        return text
    for _ in range(4):  # taking out what is invisible can bring the parts of a broken character together
        at, points = no_plain(text)
        broken, repaired = suspected(at, points), text
        if broken and (repaired := mend(text, broken)) != text:
            at, points = no_plain(repaired)
        repaired, other = _clean(repaired, at, points)
        if repaired == text or not (broken or other):
            return repaired
        text = repaired
    return text


def _clean(text: str, at: NDArray[np.int64], odd: NDArray[np.uint32]) -> tuple[str, bool]:
    """Return a text with plain spaces and line ends, without what is invisible, in NFC.

    `at`, `odd`: what `no_plain` says of it. The second value is whether anything may have changed but spaces and line
    ends.
    """
    actions = _actions()[odd]
    seen = int(np.bitwise_or.reduce(actions, initial=0))
    if seen & _LINE:
        text = _replaced(text.replace("\r\n", "\n"), odd[actions & _LINE != 0], _LINES, "\n")
    if seen & _SPACE:
        text = _replaced(text, odd[actions & _SPACE != 0], _SPACES, " ")
    if seen & _CONTROL:
        text = _CONTROLS.sub(_as_windows, text)
    if seen & _NOTHING:
        text = _replaced(text, odd[actions & _NOTHING != 0], _GONE, "")
    if seen & _JOINER:
        text = _JOINERS.sub("", text)
    if seen & _HALF:
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if seen & _MAY_COMPOSE:
        long = (seen & _NOTHING or _in_a_row(at[odd >= 0x300]) > _MARKS) and _LONG.search(text)
        if long and _in_a_row(at[_piling()[odd]]) > _MARKS:
            text = _surplus_marks().sub(r"\1", text)
        composed = unicodedata.normalize("NFC", text)
        seen ^= _MAY_COMPOSE if composed == text else 0
        text = composed
    return text, seen & ~(_LINE | _SPACE) != 0


def _replaced(text: str, points: NDArray[np.uint32], pattern: re.Pattern[str], into: str) -> str:
    """Return a text with a pattern's characters replaced, given those in it; a pass for each of a few is fastest."""
    present = set(points.tolist())
    if len(present) > _FEW:
        return pattern.sub(into, text)
    for point in present:
        text = text.replace(chr(point), into)
    return text


def _in_a_row(at: NDArray[np.int64]) -> int:
    """Return how many of the places follow each other at most."""
    ends = np.flatnonzero(np.diff(at, append=-1) != 1)
    return int(np.diff(ends, prepend=-1).max(initial=0))


def _as_windows(control: re.Match[str]) -> str:
    """Return the character that a control character was in windows-1252: text has no use for the control."""
    return control.group().encode("latin-1").decode("cp1252", "ignore")


_LINE, _SPACE, _CONTROL, _NOTHING, _JOINER, _HALF, _MAY_COMPOSE = (1 << bit for bit in range(7))


@cache
def _actions() -> NDArray[np.uint8]:
    """Return for each code point what `_clean` may have to do where it stands, the bits _LINE to _MAY_COMPOSE."""
    actions = np.zeros(sys.maxunicode + 1, dtype=np.uint8)
    for bit, pattern in enumerate((_LINES, _SPACES, _CONTROLS, _GONE, re.compile("[\u200c\u200d]"))):
        for first, last in _ranges(pattern):
            actions[first : last + 1] |= 1 << bit
    actions[ord("\r")] |= _LINE
    actions[0xD800:0xE000] |= _HALF
    actions[0x300:] |= _MAY_COMPOSE  # all below is in NFC
    for first, last in _ranges(_COMPOSED):
        actions[first : last + 1] &= 0xFF ^ _MAY_COMPOSE
    return actions


def _ranges(pattern: re.Pattern[str]) -> list[tuple[int, int]]:
    """Return the ranges of characters, first and last, in the last class of a pattern."""
    inside = pattern.pattern.rpartition("[")[2].rstrip("]")
    found = re.findall("(.)-(.)|(.)", inside, re.DOTALL)
    return [(ord(first or one), ord(last or one)) for first, last, one in found]


@cache
def _marks() -> str:
    return "".join(chr(point) for point in range(0x300, 0x1F000) if unicodedata.combining(chr(point)))


@cache
def _piling() -> NDArray[np.bool_]:
    """Return which code points are marks, or may be gone or become one: no others can stand in a pile of marks."""
    piling: NDArray[np.bool_] = _actions() & (_CONTROL | _NOTHING | _JOINER | _HALF) != 0
    piling[[ord(mark) for mark in _marks()]] = True
    return piling


@cache
def _surplus_marks() -> re.Pattern[str]:
    """Return the pattern of the marks that one letter has too many: putting them in order takes quadratic time.

    Its search takes 200 ns a character.
    """
    return re.compile(f"([{_marks()}]{{{_MARKS}}})[{_marks()}]+")
