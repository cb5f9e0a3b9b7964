"""Write dedupe/data/characters.json: the class of every code point and the folds that change one character to one.

    python -m training.characters

Made with Python 3.11, whose `unicodedata` is version 14.0.
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


def kind(point: int) -> int:
    """Return the class of a code point."""
    character = chr(point)
    category = unicodedata.category(character)
    if category[0] == "M" or point == 0x200D:
        return MARK
    if category[0] == "N":
        return DIGIT
    if category[0] != "L":
        return DIVIDER
    return ALONE if unicodedata.name(character, "").startswith(SPACELESS) else LETTER


def fold(point: int) -> int:
    """Return the folded code point, or the point itself where folding would change the length."""
    for folded in (chr(point).casefold(), chr(point).lower()):
        if len(folded) == 1:
            return ord(folded)
    return point


def main() -> None:
    """Write the table."""
    points = range(sys.maxunicode + 1)
    classes = [(len(list(run)), value) for value, run in groupby(kind(point) for point in points)]
    shifts = [(point, fold(point) - point) for point in points if fold(point) != point]
    folds: list[list[int]] = []
    for point, shift in shifts:
        if folds and folds[-1][3] == shift:
            start, end, step, _ = folds[-1]
            if (end - 1 == start and point - start in (1, 2)) or point == end - 1 + step:
                folds[-1] = [start, point + 1, point - (end - 1), shift]
                continue
        folds.append([point, point + 1, 1, shift])
    path = Path(__file__).parent.parent / "dedupe" / "data" / "characters.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps({"classes": classes, "folds": folds}, separators=(",", ":")) + "\n", "ascii")
    print(f"{path}: {len(classes)} runs, {len(folds)} folds, Unicode {unicodedata.unidata_version}")


if __name__ == "__main__":
    main()
