"""UTF-8 that was read in an old code page, turned back run by run.

A run is a stretch of characters that, taken as bytes of one code page, are well-formed UTF-8. Correct text has such
stretches too ("Рівне" is UTF-8 for "г" and more), so a run is only turned back where what stands there is
unnatural (capitals and signs inside words, mixed scripts, control characters) and what comes of it is not. The idea of
weighing both readings is that of ftfy (Speer, 2019), which decides for whole texts and code pages by name.
"""

from __future__ import annotations

import re
from functools import cache

import numpy as np
from numpy.typing import NDArray

from ..words import code_points
from .unnatural import cost, mixed

Suspected = list[tuple[str, list[int]]]

# In the order in which they are tried; the first is by far the commonest. Latin-1 is in all of them, see `_page`.
PAGES = (
    "cp1252", "cp1250", "cp1251", "cp1257", "cp1253", "cp1254", "cp1255", "cp1256", "cp1258", "iso8859_2", "mac_roman",
    "cp437", "cp850", "cp852", "cp866", "koi8_r",
)  # fmt: skip
UNNATURAL = 3.0  # cost from which a run is not what anyone wrote: one fault of the heavier kind, see `cost`
_MANY = 5  # runs of letters of another script inside words from which this is no play with look-alikes
_EVIDENCE = 6.0  # cost mended in a text from which its page counts as proven, so that weaker runs are mended too
_ROUNDS = 8  # text that was broken as often has grown to its 100-fold or more
_CLOSING = "\u201d"
_FIRST_PLAIN, _LAST_PLAIN = np.uint32(0x20), np.uint32(0x7E)  # of ASCII


def mend(text: str, pages: Suspected | None = None) -> str:
    """Return a text with its broken runs turned back; text that is right stays as it is.

    `pages`: what `suspected` says of the text, where it is known.

    >>> mend("â€œIâ€™d love to,â€ he said, at 20Â°C")
    '“I’d love to,” he said, at 20°C'
    """
    for _ in range(_ROUNDS):
        mended = _once(text, suspected(*no_plain(text)) if pages is None else pages)
        if mended == text:
            break
        text, pages = mended, None
    return text


def no_plain(text: str) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    """Return where a text has characters that are no plain ASCII, line ends for one, and their code points."""
    points = code_points(text)
    at = np.flatnonzero(points - _FIRST_PLAIN > _LAST_PLAIN - _FIRST_PLAIN)  # below the first it wraps around
    return at, points[at]


def _once(text: str, pages: Suspected) -> str:
    """Return a text with the runs of one code page turned back, of the one that explains most."""
    best, gain = text, 0.0
    for page, starts in pages:
        mended, gained = _by_page(text, page, starts)
        if gained > gain:
            best, gain = mended, gained
    return best


def suspected(at: NDArray[np.int64], points: NDArray[np.uint32]) -> Suspected:
    """Return the code pages in which some two neighbours of a text may be the start of a UTF-8 sequence, and where.

    `at`, `points`: what `no_plain` says of the text.
    """
    high = np.minimum(points, 0xFFFF)
    lead, tail = _tables()
    both = np.where(at[1:] - at[:-1] == 1, lead[high[:-1]] & tail[high[1:]], 0)
    pages = int(np.bitwise_or.reduce(both, initial=0))
    return [(page, at[:-1][both >> bit & 1 == 1].tolist()) for bit, page in enumerate(PAGES) if pages >> bit & 1]


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


def _by_page(text: str, page: str, starts: list[int]) -> tuple[str, float]:
    """Return a text with the unnatural runs of a code page turned back, and the cost that this took away."""
    runs = _runs_at(text, page, starts)
    odd = [run for run in runs if cost(text[max(run.start() - 1, 0) : run.end() + 1]) >= UNNATURAL]
    if not odd:
        return text, 0.0  # nearly every page: no run is clear, whatever it would turn to
    # Of many runs a few odd ones do not prove that the others are broken, too.
    few = 2 * len(odd) < sum(run.groupdict().get("lone") is None for run in runs)
    found = [(run, _turned(run, page)) for run in (odd if few else runs)]
    weighed = [(run, turned, *_weigh(text, run, turned)) for run, turned in found if turned]
    clear = [_clear(before, after) for _, _, before, after, _ in weighed]
    likely = [_clear(before + apart, after) for _, _, before, after, apart in weighed]
    if not few and sum(likely) >= _MANY and 2 * sum(likely) >= len(likely):
        clear = likely
    gain = sum(before + apart - after for (*_, before, after, apart), sure in zip(weighed, clear, strict=True) if sure)
    proven = not few and gain >= _EVIDENCE and 2 * sum(clear) >= len(clear)
    parts, at = [], 0
    for (run, turned, before, after, apart), sure in zip(weighed, clear, strict=True):
        if sure or (proven and after <= before + apart):
            parts += [text[at : run.start()], turned]
            at = run.end()
    mended = "".join([*parts, text[at:]])
    return (_with_spaces(mended, page) if proven else mended), gain


def _runs_at(text: str, page: str, starts: list[int]) -> list[re.Match[str]]:
    """Return the runs of a code page, which start at some of these places; to look only there is faster by far."""
    match, found, end = _runs(page).match, [], 0
    for start in starts:
        if start >= end and (run := match(text, start)):
            found.append(run)
            end = run.end()
    return found


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
    """Return what a run stands for, turned back as often as it helps; "" for a cut one that is no quotation mark."""
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
    """Return (before, after, apart): what a run costs as it is, and as what it turns to, both between their neighbours.

    `apart` is not in `before`: what it costs that the run is in another script than its neighbours, if nothing else is
    wrong with it. A single letter that looks alike costs as much, so it takes several such runs to tell that a text is
    broken.
    """
    left, right = text[max(run.start() - 1, 0) : run.start()], text[run.end() : run.end() + 1]
    before, after = cost(left + run.group() + right), cost(left + turned + right)
    apart = 0.0 if cost(run.group()) else mixed(left, run.group()[0]) + mixed(run.group()[-1], right)
    return before - apart, after, apart
