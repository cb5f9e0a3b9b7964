"""Which words are speech: they stand in quotation marks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ..words import Tokens

FEWEST = 3  # words; fewer are a title, a nickname or doubt, not speech
_MARK = re.compile('["“”„‟«»‹›「」『』‘’\n]')
_CLOSERS = {
    "“": "”‟", "„": "“”", "‟": "”", "”": "”", '"': '"', "‘": "’",
    "«": "»", "»": "«", "‹": "›", "›": "‹", "「": "」", "『": "』",
}  # fmt: skip
_TO_THE_END = frozenset("“„«「『")  # left open at the end of a paragraph where the next goes on speaking


def spoken_spans(text: str) -> list[tuple[int, int]]:
    """Return where quotation marks open and close, as character offsets, inner quotations being part of the outer.

    >>> text = 'He said "we’ll wait" and then: “No deal.\\nNothing.'
    >>> [text[start:end] for start, end in spoken_spans(text)]
    ['"we’ll wait"', '“No deal.']

    A mark that nothing closes before the paragraph ends is speech to its end where it plainly opens, else nothing.
    """
    spans = []
    opened, start = "", 0
    for found in _MARK.finditer(text):
        mark, at = found.group(), found.start()
        if mark == "\n":
            if opened in _TO_THE_END:
                spans.append((start, at))
            opened = ""
        elif opened:
            if mark in _CLOSERS[opened] and not (mark == "’" and text[at + 1 : at + 2].isalnum()):
                spans.append((start, at + 1))
                opened = ""
        elif mark in _CLOSERS and not (mark == "‘" and at and text[at - 1].isalnum()):
            opened, start = mark, at
    if opened in _TO_THE_END and opened:
        spans.append((start, len(text)))
    return spans


def spoken_words(texts: Sequence[str], tokens: Tokens, wanted: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return which words of the wanted texts are speech, bool of shape (words,)."""
    size = np.array([len(text) for text in texts], dtype=np.int64)
    offset = np.concatenate(([0], np.cumsum(size)))
    spans = [
        (start + base, end + base)
        for text, base, use in zip(texts, offset.tolist(), wanted.tolist(), strict=False)
        if use
        for start, end in spoken_spans(text)
    ]
    if not spans:
        return np.zeros(len(tokens.hash), dtype=np.bool_)
    place = tokens.start + np.repeat(offset[:-1], np.diff(tokens.first))
    start, end = np.array(spans, dtype=np.int64).T
    first, last = np.searchsorted(place, start), np.searchsorted(place, end)
    long = last - first >= FEWEST
    step = np.zeros(len(place) + 1, dtype=np.int64)
    np.add.at(step, first[long], 1)
    np.add.at(step, last[long], -1)
    spoken: NDArray[np.bool_] = np.cumsum(step[:-1]) > 0
    return spoken
