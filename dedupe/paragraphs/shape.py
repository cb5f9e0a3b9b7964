"""What a block looks like: its length, its characters and its punctuation, whatever the language."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from ..words import ALONE, CLASS, DIGIT, LETTER, UPPER, character_table

# Kinds of characters; a letter in lower case is the first, what is none of them the second.
KINDS = (
    "lower", "rest", "upper", "alone", "digit", "space", "stop", "comma", "colon", "question", "exclaim", "quote",
    "bracket", "bar", "bullet", "copyright", "at", "hash", "currency", "dash", "dots", "control",
)  # fmt: skip
_MEMBERS = {
    "space": " \t\n\r\u00a0\u3000\u2009\u202f",
    "stop": ".。।؟۔．｡", "comma": ",，、،;；؛", "colon": ":：", "question": "?？", "exclaim": "!！",
    "quote": "\"“”„«»‹›「」『』‘’‚",
    "bracket": "()[]{}（）【】［］〔〕", "bar": "|/\\｜／‖¦", "bullet": "•·‣▪●○◦►»→›▶■□★☆✓✔↓↑←*+>＞",
    "copyright": "©®™℗ⓒ", "at": "@＠", "hash": "#＃", "currency": "$€£¥₹₽₩₺₪฿₴₦￥", "dash": "-–—―‐", "dots": "…",
}  # fmt: skip
BETWEEN_DAYS = (ord("/"), ord("-"), ord("."))
MOST_BETWEEN = 3  # digits apart by a sign that are counted: more are a table
K = {name: number for number, name in enumerate(KINDS)}

SHAPE = (
    "size", "letters", "upper", "alone", "digit", "stops", "commas", "colons", "questions", "exclaims", "quotes",
    "brackets", "bars", "bullets", "copyrights", "ats", "hashes", "currencies", "dashes", "rest",
    "ends_stop", "ends_colon", "ends_dots", "ends_question", "ends_quote", "ends_bracket",
    "opens_upper", "opens_lower", "opens_digit", "opens_quote", "opens_bracket", "opens_bullet", "opens_copyright",
    "opens_at", "opens_rest", "clock", "date", "no_letters",
)  # fmt: skip
COUNTED = (SHAPE[0], *SHAPE[5:19])  # the columns that are logarithms of counts
_COUNTED = [SHAPE.index(name) for name in COUNTED]
LETTERS, UPPERS, ALONE_SHARE, DIGITS, REST, FIRST_END, FIRST_OPENING, CLOCK, DATE, NO_LETTERS = (
    SHAPE.index(name) for name in (
        "letters", "upper", "alone", "digit", "rest", "ends_stop", "opens_upper", "clock", "date", "no_letters",
    )
)  # fmt: skip
ENDS = np.array([K[name.split("_")[1]] for name in SHAPE[FIRST_END:FIRST_OPENING]], dtype=np.uint8)
OPENS = np.array([K[name.split("_")[1]] for name in SHAPE[FIRST_OPENING:CLOCK]], dtype=np.uint8)


@cache
def kinds() -> NDArray[np.uint8]:
    """Return the kind of each code point, an index into `KINDS`."""
    classes, _ = character_table()
    base = classes & CLASS
    out = np.full(len(classes), K["rest"], dtype=np.uint8)
    out[base == LETTER] = K["lower"]
    out[(base == LETTER) & (classes & UPPER != 0)] = K["upper"]
    out[base == ALONE] = K["alone"]
    out[base == DIGIT] = K["digit"]
    out[:32] = K["control"]
    for name, members in _MEMBERS.items():
        out[[ord(character) for character in members]] = K[name]
    return out


def measure(
    points: NDArray[np.uint32], start: NDArray[np.int64], end: NDArray[np.int64]
) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
    """Return (shape, letters) of each block points[start:end]: float32 of shape (m, len(SHAPE)), float64 of (m,).

    `letters`: a character of a script without spaces counted as three; `size` is the logarithm of them.
    """
    kind = kinds()[points]
    counts = _counts(kind, start, end)
    out = np.zeros((len(start), len(SHAPE)), dtype=np.float32)
    letters = counts[:, K["lower"]] + counts[:, K["upper"]]
    alone = counts[:, K["alone"]]
    counted = np.concatenate(((letters + 3 * alone)[:, None], counts[:, K["stop"] : K["dots"]]), axis=1)
    ink = np.maximum(end - start - counts[:, K["space"]], 1).astype(np.float32)
    out[:, LETTERS] = (letters + alone) / ink
    out[:, UPPERS] = counts[:, K["upper"]] / np.maximum(letters, 1)
    out[:, ALONE_SHARE] = alone / ink
    out[:, DIGITS] = counts[:, K["digit"]] / ink
    out[:, REST] = counts[:, K["rest"]] / ink
    last, head = kind[end - 1], kind[start]
    before = kind[np.maximum(end - 2, start)]
    out[:, FIRST_END:FIRST_OPENING] = last[:, None] == ENDS
    out[:, FIRST_END] += (last == K["exclaim"]) | (
        ((last == K["quote"]) | (last == K["bracket"])) & (before == K["stop"])
    )
    out[:, FIRST_OPENING:CLOCK] = head[:, None] == OPENS
    out[:, CLOCK], out[:, DATE] = _between_digits(kind, points, start, end)
    out[:, NO_LETTERS] = letters + alone == 0
    out[:, _COUNTED] = np.log1p(counted)
    return out, counted[:, 0].astype(np.float64)


def _counts(kind: NDArray[np.uint8], start: NDArray[np.int64], end: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return how many characters of each kind a block has, int64 of shape (m, kinds)."""
    length = end - start
    place = np.arange(length.sum()) - np.repeat(np.cumsum(length) - length - start, length)
    cell = np.repeat(np.arange(len(start)) * len(KINDS), length) + kind[place]
    return np.bincount(cell, minlength=len(start) * len(KINDS)).reshape(len(start), len(KINDS))


def _between_digits(
    kind: NDArray[np.uint8], points: NDArray[np.uint32], start: NDArray[np.int64], end: NDArray[np.int64]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return how often a colon, and how often a slash, hyphen or full stop, stands between two digits of a block."""
    digit = kind == K["digit"]
    middle = np.flatnonzero(digit[:-2] & digit[2:] & ~digit[1:-1]) + 1
    clock = middle[kind[middle] == K["colon"]]
    date = middle[np.isin(points[middle], BETWEEN_DAYS)]
    clocks, dates = (
        np.minimum(np.searchsorted(found, end) - np.searchsorted(found, start), MOST_BETWEEN).astype(np.float32)
        for found in (clock, date)
    )
    return clocks, dates
