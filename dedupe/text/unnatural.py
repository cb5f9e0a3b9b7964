"""How unnatural a few characters in a row are: what tells a broken character from one that was meant.

The numbers say how many times in a row the oddity would have to be met to be believed: 3 for what no newsroom writes
(a capital or a sign inside a word), 5 for a word in two scripts, 6 for characters that no text has.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

_SHORT = 12  # characters of a stretch that may come again
_EMOJI = re.compile("[\u2600-\u27bf\u2b05-\u2b07\u2b1b\u2b1c\u2b50\u2b55\ufe0f\U0001f000-\U0001faff]")
# Letters outside of these are of few languages or of none that is written today.
_EVERYDAY = re.compile(
    "[\u0000-\u024f\u0259\u02bb\u02bc\u0370-\u03ce\u0400-\u045f\u0490-\u04ff\u0531-\u0587\u05d0-\u05f4\u0620-\u064a\u066e-"
    "\u06d5\u0900-\u0dff\u0e00-\u0eff\u0f40-\u0fbc\u1000-\u109f\u10a0-\u10ff\u1200-\u137f\u1780-\u17d3\u1e00-\u1eff\u3040-"
    "\u30ff\u3400-\u9fff\uac00-\ud7a3\U00020000-\U0002ffff]"
)
_DIGITS = re.compile("[0-9\u0660-\u0669\u06f0-\u06f9\u0966-\u096f]")
# Of Latin Extended-B, what some alphabet of today has: the rest is for phonetics or history.
_RARE = re.compile(
    "[\u0149\u017f\u0180-\u0191\u0193-\u019f\u01a2-\u01ae\u01b1-\u01cc\u01dc-\u0217\u021c-\u024f\u0370-\u0385\u0460-\u048f]"
)
# By Unicode's category, or by its first letter; and what is used in another way than its category says.
_KINDS = {
    "Lu": "U", "Lt": "U", "Ll": "L", "L": "O", "M": "M", "No": "Y", "N": "D", "Z": "S", "Pi": "Q", "Pf": "Q", "Pd": "H",
    "P": "P", "S": "Y", "Cf": "S", "C": "C",
}  # fmt: skip
_ODD = {**dict.fromkeys("ªºµƒ", "Y"), **dict.fromkeys("‚„", "Q"), **dict.fromkeys("\t\n\r", "S")}


def cost(text: str) -> float:
    """Return how unnatural a short stretch of text is; 0 for what is written every day, 3 and more for what never is.

    >>> cost("schön"), cost("schÃ¶n"), cost("“Yes,” 20°C"), cost("Рівне"), cost("РџСЂ")
    (0.0, 6.0, 0.0, 0.0, 3.0)
    """
    return _short(text) if len(text) <= _SHORT else _sum(text)


@lru_cache(maxsize=1 << 14)
def _short(text: str) -> float:
    return _sum(text)  # a text that is broken throughout has few runs, many times


def _sum(text: str) -> float:
    total = sum(_rarity(character) for character in text)
    total += sum(_joint(a, b) for a, b in pairwise(text))
    return total + sum(_inside(a, b, c) for a, b, c in zip(text, text[1:], text[2:], strict=False))


@lru_cache(maxsize=4096)
def _kind(character: str) -> str:
    """Return the kind of a character.

    U, L, O: letters, capital, small and other; M: marks; D: digits; S: spaces; P, Q, H: punctuation, quotation marks,
    hyphens and dashes; Y: signs; E: emoji; C: what no text has.
    """
    if character in _ODD:
        return _ODD[character]
    if _EMOJI.match(character):
        return "E"
    category = unicodedata.category(character)
    return _KINDS.get(category) or _KINDS[category[0]]


@lru_cache(maxsize=4096)
def _script(character: str) -> str:
    """Return the script of a letter by the first word of its name; those that are written together are one, "CJK"."""
    name = unicodedata.name(character, "").split(" ")[0]
    return "CJK" if name in ("HIRAGANA", "KATAKANA", "HANGUL", "KATAKANA-HIRAGANA") else name


@lru_cache(maxsize=4096)
def _rarity(character: str) -> float:
    """Return how unnatural a character is anywhere."""
    kind = _kind(character)
    if kind == "C":
        return 6.0  # control characters, and what is assigned to nothing
    odd_letter = kind in "ULO" and (not _EVERYDAY.match(character) or _RARE.match(character))
    # Marks beside Latin letters are a part of them in any text that is typed; digits of most scripts are little used.
    odd_mark, odd_digit = "\u0300" <= character <= "\u036f", kind == "D" and not _DIGITS.match(character)
    return 3.0 if odd_letter or odd_mark or odd_digit else 0.0


def _joint(a: str, b: str) -> float:
    """Return how unnatural it is that b follows a, for two characters that are not both ASCII."""
    if a < "\x80" and b < "\x80":
        return 0.0
    x, y = _kind(a), _kind(b)
    if x in "ULO" and y in "ULO":
        return mixed(a, b) or (3.0 if (x, y) == ("L", "U") else 0.0)
    if "Y" in x + y:
        return _sign(a, b, x, y)
    if y == "M":
        return 3.0 if x not in "ULOM" else 0.0
    return 1.0 if x in "QP" and y in "QP" and a > "\x7f" and b > "\x7f" else 0.0


def mixed(a: str, b: str) -> float:
    """Return how unnatural it is that a letter b follows a letter a of another script."""
    if not a or not b or (a < "\x80" and b < "\x80") or _kind(a) not in "ULO" or _kind(b) not in "ULO":
        return 0.0
    return 5.0 if _script(a) != _script(b) else 0.0


def _sign(a: str, b: str, x: str, y: str) -> float:
    """Return the same where one of the two is a sign (of money, mathematics, rights, degrees, or for drawing)."""
    if x == y:
        return 2.0
    if y == "Y":  # behind a letter: only those that belong there
        return 3.0 if x in "ULOM" and b not in "™®²³¹ªº" else 0.0
    return 3.0 if y in "ULOM" and a not in "°©®€£$¥#№§" else 0.0


def _inside(a: str, b: str, c: str) -> float:
    """Return how unnatural punctuation b between a and c is: inside a word."""
    if b < "\x80" or _kind(b) not in "PQH" or b in "’‘·‧ʼ" or _kind(a) not in "UL" or _kind(c) not in "ULO":
        return 0.0
    if _kind(b) == "H":
        return 1.0 if a > "\x7f" and c > "\x7f" else 0.0
    return 1.0 if b == "…" else 3.0
