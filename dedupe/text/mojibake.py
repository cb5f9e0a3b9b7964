"""UTF-8 that was read in an old code page, turned back run by run.

A run is a stretch of characters that, taken as bytes of one code page, are well-formed UTF-8. Correct text has such
stretches too ("Рівне" is UTF-8 for "г" and more), so a run is only turned back where what stands there is
unnatural (capitals and signs inside words, mixed scripts, control characters) and what comes of it is not. The idea of
weighing both readings is that of ftfy (Speer, 2019), which decides for whole texts and code pages by name.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from ..words import code_points

if TYPE_CHECKING:
    from numpy.typing import NDArray

# In the order in which they are tried; the first is by far the commonest. Latin-1 is in all of them, see `_page`.
PAGES = (
    "cp1252", "cp1250", "cp1251", "cp1257", "cp1253", "cp1254", "cp1255", "cp1256", "cp1258", "iso8859_2", "mac_roman",
    "cp437", "cp850", "cp852", "cp866", "koi8_r",
)  # fmt: skip
UNNATURAL = 3.0  # cost from which a run is not what anyone wrote: one fault of the heavier kind, see `cost`
_MANY = 5  # runs of letters of another script inside words from which this is no play with look-alikes
_EVIDENCE = 6.0  # cost mended in a text from which its page counts as proven, so that weaker runs are mended too
_ROUNDS = 8  # text that was broken as often has grown to its 100-fold or more
_EMOJI = re.compile("[\u2600-\u27bf\u2b05-\u2b07\u2b1b\u2b1c\u2b50\u2b55\ufe0f\U0001f000-\U0001faff]")
_CLOSING = "\u201d"


def mend(text: str) -> str:
    """Return a text with its broken runs turned back; text that is right stays as it is.

    >>> mend("â€œIâ€™d love to,â€ he said, at 20Â°C")
    '“I’d love to,” he said, at 20°C'
    """
    for _ in range(_ROUNDS):
        mended = _once(text)
        if mended == text:
            break
        text = mended
    return text


def _once(text: str) -> str:
    """Return a text with the runs of one code page turned back, of the one that explains most."""
    best, gain = text, 0.0
    for page in _suspected(text):
        mended, gained = _by_page(text, page)
        if gained > gain:
            best, gain = mended, gained
    return best


def _suspected(text: str) -> list[str]:
    """Return the code pages in which some two neighbours of a text may be the start of a UTF-8 sequence."""
    points = code_points(text)
    at = np.flatnonzero(points > 0x7F)
    high = np.minimum(points[at], 0xFFFF)
    lead, tail = _tables()
    both = (lead[high[:-1]] & tail[high[1:]])[at[1:] - at[:-1] == 1]
    pages = int(np.bitwise_or.reduce(both, initial=0))
    return [page for bit, page in enumerate(PAGES) if pages >> bit & 1]


@cache
def _tables() -> tuple[NDArray[np.uint16], NDArray[np.uint16]]:
    """Return for each code point up to U+FFFF the pages (a bit each) in which it is a first or a later byte."""
    lead, tail = np.zeros(1 << 16, dtype=np.uint16), np.zeros(1 << 16, dtype=np.uint16)
    for bit, page in enumerate(PAGES):
        for character, byte in _page(page).items():
            (tail if byte < 0xC0 else lead)[ord(character)] |= 1 << bit
    return lead, tail


@cache
def _page(name: str) -> dict[str, int]:
    """Return the byte (128 to 255) of each character of a code page.

    Bytes it leaves out are those of windows-1252, as browsers have it; and control characters stand for themselves.
    """
    bytes_of = {chr(byte): byte for byte in range(0x80, 0xA0)}
    for codec in ("cp1252", name):
        for byte in range(0x80, 0x100):
            character = bytes([byte]).decode(codec, "ignore")
            taken = bytes([byte]).decode(name, "ignore")
            if character and (codec == name or not taken):
                bytes_of[character] = byte
    return {
        character: byte
        for character, byte in bytes_of.items()
        if byte < 0xC0 or (0xC2 <= byte < 0xF5 and not character.isspace())  # a space in front is a space
    }


@cache
def _spaced(name: str) -> re.Pattern[str]:
    """Return the pattern of UTF-8 in a code page with a space where a byte was a no-break space."""
    three, tail = _class(name, 0xE1, 0xEF), _class(name, 0x80, 0xBF)
    return re.compile(f"[{_class(name, 0xC3, 0xC3)[1:-1]}{_class(name, 0xD0, 0xD0)[1:-1]}] |{three}(?: {tail}|{tail} )")


def _class(name: str, first: int, last: int) -> str:
    """Return the pattern of one character that is one of these bytes of a code page."""
    members = [character for character, byte in sorted(_page(name).items()) if first <= byte <= last]
    return f"[{re.escape(''.join(members))}]"


@cache
def _runs(name: str) -> re.Pattern[str]:
    """Return the pattern of UTF-8 in a code page: whole sequences, or the start of one that lost its end."""

    def of(first: int, last: int) -> str:
        return _class(name, first, last)

    tail = of(0x80, 0xBF)
    sequences = (  # table 3-7 of the Unicode Standard
        (of(0xC2, 0xDF), tail),
        (of(0xE0, 0xE0), of(0xA0, 0xBF), tail),
        (of(0xE1, 0xEC), tail, tail),
        (of(0xED, 0xED), of(0x80, 0x9F), tail),
        (of(0xEE, 0xEF), tail, tail),
        (of(0xF0, 0xF0), of(0x90, 0xBF), tail, tail),
        (of(0xF1, 0xF3), tail, tail, tail),
        (of(0xF4, 0xF4), of(0x80, 0x8F), tail, tail),
    )
    whole = "|".join("".join(parts) for parts in sequences if "[]" not in parts)
    cut = f"{of(0xE2, 0xE2)}{of(0x80, 0x80)}\ufffd?(?!{tail})"
    return re.compile(f"(?:{whole})+(?P<cut>{cut})?|(?P<lone>{cut})" if "[]" not in cut else f"(?:{whole})+")


def _by_page(text: str, page: str) -> tuple[str, float]:
    """Return a text with the unnatural runs of a code page turned back, and the cost that this took away."""
    found = [(run, _turned(run, page)) for run in _runs(page).finditer(text)]
    weighed = [(run, turned, *_weigh(text, run, turned)) for run, turned in found if turned]
    clear = [_clear(before, after) for _, _, before, after, _ in weighed]
    likely = [_clear(before + mixed, after) for _, _, before, after, mixed in weighed]
    if sum(likely) >= _MANY and 2 * sum(likely) >= len(likely):
        clear = likely
    gain = sum(before + mixed - after for (*_, before, after, mixed), sure in zip(weighed, clear, strict=True) if sure)
    proven = gain >= _EVIDENCE and 2 * sum(clear) >= len(clear)
    parts, at = [], 0
    for (run, turned, before, after, mixed), sure in zip(weighed, clear, strict=True):
        if sure or (proven and after <= before + mixed):
            parts += [text[at : run.start()], turned]
            at = run.end()
    mended = "".join([*parts, text[at:]])
    return (_with_spaces(mended, page) if proven else mended), gain


def _with_spaces(text: str, page: str) -> str:
    """Return a text of a proven page with the sequences turned back in which a no-break space has become a space."""

    def turned(run: re.Match[str]) -> str:
        bytes_of = {**_page(page), " ": 0xA0}
        try:
            whole = bytes(bytes_of[character] for character in run.group()).decode("utf-8")
        except UnicodeDecodeError:
            return run.group()
        if whole == "à":  # of two spaces in "Ã  Paris" one was the letter's; of one, it is between the words
            return whole + " " * run.string[run.end() : run.end() + 1].isalnum()
        if whole == "Р" and run.group()[0].isalpha():  # Cyrillic, a capital: what comes behind is the rest of its word
            return whole
        before, after, _ = _weigh(text, run, whole)
        return whole if _clear(before, after) else run.group()

    return _spaced(page).sub(turned, text)


def _clear(before: float, after: float) -> bool:
    """Return whether a run is unnatural and what it turns to is not, or by far less so (text that was broken twice)."""
    return before >= UNNATURAL and after <= before / 2


def _turned(run: re.Match[str], page: str) -> str:
    """Return what a run stands for, turned as often as it helps; nothing for what can be no closing quotation mark."""
    cut = run.groupdict().get("cut") or run.groupdict().get("lone") or ""
    before, after = run.string[max(run.start() - 1, 0) : run.start()], run.string[run.end() : run.end() + 1]
    turned = _decoded(run.group()[: len(run.group()) - len(cut)], page)
    while _runs(page).fullmatch(turned):
        again = _decoded(turned, page)
        if again == turned or cost(before + again + after) > cost(before + turned + after):
            break
        turned = again
    if not cut:
        return turned
    closes = (turned or before).strip() and not after.isalnum()
    return turned + _CLOSING if closes else turned and turned + cut


def _decoded(text: str, page: str) -> str:
    """Return what whole sequences stand for; a cut one leaves the text as it is."""
    bytes_of = _page(page)
    try:
        return bytes(bytes_of[character] for character in text).decode("utf-8")
    except (UnicodeDecodeError, KeyError):
        return text


def _weigh(text: str, run: re.Match[str], turned: str) -> tuple[float, float, float]:
    """Return what a run costs as it is, and as what it turns to, both between their neighbours.

    The third number is what it costs that the run's script is another than its neighbours', where nothing else is wrong
    with it: a look-alike letter does that too, so that it takes more than one such run to say that they are broken.
    """
    left, right = text[max(run.start() - 1, 0) : run.start()], text[run.end() : run.end() + 1]
    before, after = cost(left + run.group() + right), cost(left + turned + right)
    mixed = 0.0 if cost(run.group()) else _mixed(left, run.group()[0]) + _mixed(run.group()[-1], right)
    return before - mixed, after, mixed


def cost(text: str) -> float:
    """Return how unnatural a short stretch of text is; 0 for what is written every day, 3 and more for what never is.

    >>> cost("schön"), cost("schÃ¶n"), cost("“Yes,” 20°C"), cost("Рівне"), cost("РџСЂ")
    (0.0, 6.0, 0.0, 0.0, 3.0)
    """
    total = sum(_rarity(character) for character in text)
    total += sum(_joint(a, b) for a, b in pairwise(text))
    return total + sum(_inside(a, b, c) for a, b, c in zip(text, text[1:], text[2:], strict=False))


@lru_cache(maxsize=4096)
def _kind(character: str) -> str:
    """Return the kind of a character.

    U, L, O: letters, capital, small and other; M: marks; D: digits; S: spaces; P, Q, H: punctuation, quotation marks,
    hyphens and dashes; Y: signs; E: emoji; C: what no text has.
    """
    if character in "\u00aa\u00ba":
        return "Y"
    if character in "\u00b5\u0192":
        return "Y"
    if _EMOJI.match(character):
        return "E"
    category = unicodedata.category(character)
    if category[0] == "L":
        return {"Lu": "U", "Lt": "U", "Ll": "L"}.get(category, "O")
    if category in ("Pi", "Pf") or character in "\u201a\u201e":
        return "Q"
    kinds = {"M": "M", "N": "D", "Z": "S", "P": "P", "S": "Y"}
    if category == "Pd":
        return "H"
    if category == "No":
        return "Y"
    return "S" if character in "\t\n\r" else kinds.get(category[0], "S" if category == "Cf" else "C")


@lru_cache(maxsize=4096)
def _script(character: str) -> str:
    """Return the script of a letter by the first word of its name, those that are written together as one."""
    name = unicodedata.name(character, "").split(" ")[0]
    together = {"CJK": "HAN", "HIRAGANA": "HAN", "KATAKANA": "HAN", "HANGUL": "HAN", "KATAKANA-HIRAGANA": "HAN"}
    return together.get(name, name)


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
        return _mixed(a, b) or (3.0 if (x, y) == ("L", "U") else 0.0)
    if "Y" in x + y:
        return _sign(a, b, x, y)
    if y == "M":
        return 3.0 if x not in "ULOM" else 0.0
    return 1.0 if x in "QP" and y in "QP" and a > "\x7f" and b > "\x7f" else 0.0


def _mixed(a: str, b: str) -> float:
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
