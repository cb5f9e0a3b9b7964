"""Which words are speech: they stand in quotation marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from ..model import Blocks
from ..rows import ranges
from ..words import CLOSING, OPENING, Tokens, block_tokens

FEWEST = 3  # words; fewer are a title, a nickname or doubt, not speech
_MARK = re.compile('["“”„‟«»‹›「」『』‘’\n]')
_STRAIGHT = re.compile(rf'{OPENING}[^"\n]*{CLOSING}')  # all there is in a text of ASCII
_OPENS, _CLOSES = re.compile(OPENING), re.compile(CLOSING)
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

    >>> text = 'He said: "They left. "We stay," he said. "We do not," she said.'
    >>> [text[start:end] for start, end in spoken_spans(text)]
    ['"We stay,"', '"We do not,"']
    """
    if text.isascii():
        return [found.span() for found in _STRAIGHT.finditer(text)]
    spans = []
    opened, start = "", 0
    for found in _MARK.finditer(text):
        mark, at = found.group(), found.start()
        if mark == "\n":
            if opened in _TO_THE_END:
                spans.append((start, at))
            opened = ""
        elif opened:
            if mark == opened == '"' and not _CLOSES.match(text, at):
                start = at
            elif mark in _CLOSERS[opened] and not (mark == "’" and text[at + 1 : at + 2].isalnum()):
                spans.append((start, at + 1))
                opened = ""
        elif mark == '"' and not _OPENS.match(text, at):
            continue
        elif mark in _CLOSERS and not (mark == "‘" and at and text[at - 1].isalnum()):
            opened, start = mark, at
    if opened in _TO_THE_END and opened:
        spans.append((start, len(text)))
    return spans


def spoken_words(texts: Sequence[str], tokens: Tokens, wanted: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return which words of the wanted texts are speech, bool of shape (words,)."""
    rows = np.flatnonzero(wanted).tolist()
    spans = [spoken_spans(texts[row]) for row in rows]
    first = np.zeros(len(texts) + 1, dtype=np.int64)
    first[np.array(rows, dtype=np.int64) + 1] = [len(own) for own in spans]
    first = np.cumsum(first)
    start, end = np.array(list(chain.from_iterable(spans)), dtype=np.int32).reshape(-1, 2).T
    low, high = (block_tokens(Blocks(first, edge, edge), tokens)[:-1] for edge in (start, end))
    long = high - low >= FEWEST
    spoken = np.zeros(len(tokens.hash), dtype=np.bool_)
    spoken[ranges(low[long], (high - low)[long])[1]] = True
    return spoken
