"""Sentences and lines that say only when a page appeared, who reports or edits: "This article was published today".

They look like the last or first sentence of the report, above or below which they stand.
"""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from ...model import ROLES, Role
from ..features import COLUMN, at_most
from ..segmented import Segmented
from .furniture import folded, openings, whose_text

_TAKEN = np.isin(ROLES, (Role.TITLE, Role.BODY, Role.PROMO))
_LONGEST = at_most(16)  # words
_STAMP = re.compile(
    r"this (?:article|story|post|page|report) (?:"
    r"(?:was|has been) (?:last )?(?:published|posted|updated) "
    r"(?:today|yesterday|(?:on|at) (?:\w{3,9},? ){0,2}\d|\w{3,9} \d)"
    r"|(?:is|was published) more than \d+ \w{3,7} (?:old|ago))[^.]{0,40}(?:[ap]\.m)?\.?$",
    re.I,
)
_ONE = (
    r"(?:[\uac00-\ud7a3]{2,8}[\s/=])?[\uac00-\ud7a3]{2,4}\s?(?:[\uac00-\ud7a3]{2,8}\s)?(?:기자|특파원)"
    r"(?:\s?[/(]?\s?[\w.-]+@[\w.-]+\)?)?"
)
_REPORTER = re.compile(rf"[\[(]?\s?{_ONE}(?:\s?[·,]\s?{_ONE})*\s?[\])]?")  # "이상학 기자": a name, and "reporter"
_SENT = re.compile(
    r"(?:\[?(?:기사)?(?:입력|송고|등록|수정)\s?:?\s?)?20\d\d[./년-]\s?\d{1,2}[./월-]\s?\d{1,2}[.일]?\s\d{1,2}[:시]\s?\d\d분?\s?(?:송고|입력)\]?"
)
_SIGNED = re.compile(r"[^\W\d_][^\d:：.。!?]{1,40}")  # who edited, behind the word for it
_NAMES = 5  # words of that
_PARTICLE = 3  # letters of the longest small word of a name: "de", "van"


def stamps(pages: Segmented, columns: NDArray[np.float32], roles: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Return which blocks were taken for what an article says, and say when it appeared or who reports."""
    return whose_text(is_stamp, _TAKEN[roles] & (columns[:, COLUMN.words] <= _LONGEST), pages)


def is_stamp(line: str) -> bool:
    """Return whether a line says when its page appeared or who edited it, or is a reporter and the word for that.

    >>> [is_stamp(line) for line in ("This article was published today at 9:15 a.m.", "이상학 기자", "【编辑:田小川】")]
    [True, True, True]
    >>> is_stamp("EDITÖR: Ali Kaya"), is_stamp("Editor: un hombre de pocas palabras")
    (True, False)
    >>> [is_stamp(line) for line in ("Edição: Aline Leite", "Edição: 2024", "도쿄/정수민 특파원·곽민수 기자 a@b.kr")]
    [True, False, True]
    >>> is_stamp("2024/03/14 06:30 송고"), is_stamp("2024년 3월 14일 6시 30분 출발")
    (True, False)
    >>> [is_stamp(line) for line in ("This story was published by 3 papers.", "This article is about 3 boats.")]
    [False, False]
    """
    label, colon, name = line.strip(" ()[]（）【】〔〕").replace("：", ":").partition(":")
    edited = colon and folded(label).rstrip() in openings("editors") and _SIGNED.fullmatch(name.strip())
    return bool(
        _STAMP.match(line)
        or _REPORTER.fullmatch(line)
        or _SENT.fullmatch(line)
        or (edited and len(name.split()) <= _NAMES and not any(map(_is_small, name.split())))
    )


def _is_small(word: str) -> bool:
    """Return whether a word is in small letters, and longer than those between the parts of a name."""
    return word.islower() and len(word) > _PARTICLE
