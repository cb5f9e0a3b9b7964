"""Captions that end with whose picture it is: "The old town under snow © Ann Lee", "The quay. Photo: Ann Lee".

On 680 pages, five-fold by site, as text or with markup, 25 such blocks had been taken for report or headings. Of the
eleven with the sign, on six pages, ten were captions and one was a teaser; of the fourteen with the word, all were
captions. A caption without the name at its end cannot be told from a sentence of the text.
"""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from ...model import ROLES, Role
from ...resources import load_json
from ..features import COLUMN, at_most
from ..segmented import Segmented
from .furniture import whose_text

_TAKEN = np.isin(ROLES, (Role.TITLE, Role.BODY))
_TAKEN_FOR_NAME = np.isin(ROLES, (Role.TITLE, Role.BODY, Role.BYLINE, Role.ATTRIBUTION))
_SAYS = [COLUMN.colons, COLUMN.covered_caption]  # one of these names a picture
LONGEST = at_most(40)  # words: a whole article on one line may end with whose it is, too
_SAID, _NAME = 8, 50  # letters between a word and the sign, at least; of a name, at most
_PICTURE = "|".join(load_json("line_words.json")["picture"])  # before a colon and a name
_CREDIT = re.compile(
    rf"(?:^|[\s(\[|/.,–—])(?i:{_PICTURE})\s?\.?[:：]\s*[^\W\d_a-z][^:：]{{1,{_NAME}}}(?<![.!?。])$"
    r"|\b(?i:photo(?:graph)?s?|picture|image) by [A-Z][^:.]{2,40}$"
    r"|[\s。，、＝】]\S{2,6}\s?(?:(?<!拍)摄|(?<!拍)攝|撮影)[)）]?$"
)
# In Korean in brackets at the end of a caption, or alone: "[강원랜드 제공. 재판매 및 DB 금지]", "(사진=연합뉴스)".
_SUPPLIED = re.compile(
    r"[^.。!?]{0,80}[\[(<](?:사진\s?[=:/]\s?[^\])>]{2,40}"
    r"|[^\[\](){}<>]{2,40}제공(?:[.,]? ?재판매 및 DB ?금지)?\.?)[\])>]"
)


def captions(pages: Segmented, columns: NDArray[np.float32], roles: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Return which blocks were taken for what an article says, and end with the owner of a picture."""
    short = columns[:, COLUMN.words] <= LONGEST
    found = whose_text(ends_with_owner, _TAKEN[roles] & short & (columns[:, COLUMN.copyrights] > 0), pages)
    may = _TAKEN_FOR_NAME[roles] & short & (columns[:, COLUMN.ends_stop] == 0) & (columns[:, _SAYS] > 0).any(axis=1)
    return found | whose_text(ends_with_credit, may, pages)


def ends_with_owner(line: str) -> bool:
    """Return whether a line says something, and at its end whose that is; a year is nobody.

    >>> [ends_with_owner(line) for line in ("The old town under snow © Ann Lee", "© Ann Lee", "in broken wordsë© ì")]
    [True, False, False]
    """
    said, _, name = line.rpartition("©")
    name = name[1:] if name[:1].isspace() else name
    if said[-1:].isalnum():  # half of a letter in a broken encoding
        return False
    return any(map(str.isalnum, said[:-_SAID])) and name[:1].isalpha() and 1 < len(name) <= _NAME + 1


def ends_with_credit(line: str) -> bool:
    """Return whether a line ends with a word for a picture and the name of who made it.

    >>> [ends_with_credit(line) for line in ("The quay. Photo: Ann Lee", "Foto: EFE", "（新华社 李明 摄）")]
    [True, True, True]
    >>> [ends_with_credit(line) for line in ("워터월드 전경 [강원랜드 제공]", "그는 웃었다. (사진=연합뉴스)")]
    [True, False]
    >>> [ends_with_credit(line) for line in ("A bleak picture: The boats are late.", "In the picture: three boats")]
    [False, False]
    """
    return bool(_CREDIT.search(line) or _SUPPLIED.fullmatch(line))
