"""Write dedupe/data/characters.json: the class of every code point and the folds that change one character to one.

    python -m training.characters TSCharacters.txt

Made with Python 3.11, whose `unicodedata` is version 14.0, and with the simplified form of each traditional character
of Chinese by OpenCC (BYVoid and others, Apache-2.0, see NOTICE): data/dictionary/TSCharacters.txt of
https://github.com/BYVoid/OpenCC. As of opencc-python-reimplemented 0.1.7 (opencc/dictionary/) it makes the table here.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from itertools import groupby
from pathlib import Path

from dedupe.words import ALONE, DIGIT, DIVIDER, LETTER, MARK

# Scripts written without spaces between words (Unicode Standard Annex 29, ideographic and South East Asian).
SPACELESS = (
    "CJK UNIFIED", "CJK COMPATIBILITY IDEOGRAPH", "HIRAGANA", "KATAKANA", "HALFWIDTH KATAKANA", "BOPOMOFO", "THAI",
    "LAO", "KHMER", "MYANMAR", "TIBETAN", "TAI ", "NEW TAI", "YI SYLLABLE", "IDEOGRAPHIC", "TANGUT", "NUSHU",
    "JAVANESE", "BALINESE",
)  # fmt: skip
TATWEEL = 0x640  # only lengthens the line
# Signs that one outlet writes and another leaves out: of vowels in Arabic and Hebrew, the dot below letters of Hindi.
LEFT_OUT = (
    TATWEEL, *range(0x64B, 0x660), 0x670, *range(0x6D6, 0x6DD), *range(0x6DF, 0x6E5), 0x6E7, 0x6E8,
    *range(0x6EA, 0x6EE), *range(0x591, 0x5BE), 0x5BF, 0x5C1, 0x5C2, 0x5C4, 0x5C5, 0x5C7, 0x93C,
)  # fmt: skip
# Letters that are written one way or the other: of Arabic and Persian as search engines have them (the normalizers of
# Apache Lucene), one vowel sign of Hindi, of Russian, of Romanian.
LETTERS = {
    "آ": "ا", "أ": "ا", "إ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ے": "ي", "ک": "ك", "ة": "ه", "ۀ": "ه", "ہ": "ه",
    "\u0901": "\u0902", "ё": "е", "ș": "ş", "ț": "ţ",
}  # fmt: skip


def kind(point: int) -> int:
    """Return the class of a code point."""
    character = chr(point)
    category = unicodedata.category(character)
    if category[0] == "M" or point in (0x200D, TATWEEL):
        return MARK
    if category[0] == "N":
        return DIGIT
    if category[0] != "L":
        return DIVIDER
    return ALONE if unicodedata.name(character, "").startswith(SPACELESS) else LETTER


def small(point: int) -> int:
    """Return the code point in small, or the point itself where that would change the length."""
    for folded in (chr(point).casefold(), chr(point).lower()):
        if len(folded) == 1:
            return ord(folded)
    return point


def spelling(point: int) -> int:
    """Return the code point that stands for all that a letter or digit may be written as."""
    character = chr(point)
    if unicodedata.category(character) == "Nd":
        return ord("0") + unicodedata.digit(character)
    if 0xFF21 <= point <= 0xFF5A and character.isalpha():  # of full width
        return point - 0xFEE0
    return ord(LETTERS.get(character, character))


def runs_of(shifts: list[tuple[int, int]]) -> list[list[int]]:
    """Return [start, end, step, shift] of the runs of (code point, shift) with one shift and equal steps."""
    folds: list[list[int]] = []
    for point, shift in shifts:
        if folds and folds[-1][3] == shift:
            start, end, step, _ = folds[-1]
            if (end - 1 == start and point - start in (1, 2)) or point == end - 1 + step:
                folds[-1] = [start, point + 1, point - (end - 1), shift]
                continue
        folds.append([point, point + 1, 1, shift])
    return folds


def simplified(table: Path) -> list[str]:
    """Return two strings: the traditional characters of Chinese that OpenCC's table has, and the simplified ones."""
    rows = [line.split("\t") for line in table.read_text("utf-8").splitlines() if "\t" in line]
    pairs = [(old, new.split()[0]) for old, new in rows if len(old) == 1 and old != new.split()[0]]
    pairs = [pair for pair in pairs if all("\u4e00" <= sign <= "\u9fff" for sign in pair)]
    return ["".join(column) for column in zip(*sorted(pairs), strict=True)]


def main(table: Path) -> None:
    """Write the table."""
    points = range(sys.maxunicode + 1)
    classes = [(len(list(run)), value) for value, run in groupby(kind(point) for point in points)]
    letters = {point: small(point) for point in points if small(point) != point}
    folds = runs_of([(point, spelling(own) - point) for point, own in letters.items()])
    other = [point for point in points if point not in letters and spelling(point) != point]
    spellings = runs_of([(point, spelling(point) - point) for point in other])
    chinese = simplified(table)
    written = {"classes": classes, "folds": folds, "spellings": spellings, "chinese": chinese, "left_out": LEFT_OUT}
    path = Path(__file__).parent.parent / "dedupe" / "data" / "characters.json"
    path.write_text(json.dumps(written, separators=(",", ":"), ensure_ascii=False) + "\n", "utf-8")
    print(f"{path}: {len(classes)} runs, {len(folds)} folds, {len(spellings)} spellings, {len(chinese[0])} of Chinese")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
