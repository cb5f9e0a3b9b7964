"""Which paragraphs can name a source at all: of a large batch only these are read closely.

Nothing that `find` would find is lost. It looks for pieces of phrases, names of agencies and labels before a colon; a
paragraph without any of them says nothing of its source.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..compiling import kernel_of
from ..model import ROLES, Article, Blocks, Role
from ..model.codes import ATTRIBUTION, BODY, BYLINE, LEGAL, TITLE
from ..rows import lengths
from ..words import Tokens, block_tokens, joined_points
from ..words.phrases import Table, beginnings, table
from ..words.plain import tokenize, words
from .agencies import names, signs, spaceless, unspaced
from .phrases import CONTRIBUTED_PIECES, LABELS, PIECES, SELF_PIECES, bits_of
from .pictures import CREDIT_PIECES

# What a paragraph may hold: a phrase before a name, words of SELF, of CONTRIBUTED, a picture's credit, a label, a name.
PHRASE, GATHERS, CONTRIBUTES, PICTURE, LABEL, NAME = (1 << bit for bit in range(6))
COLON = 1 << 6  # before which a label may stand
PHRASES = 8  # from this bit on: which phrases, see `phrases.bits_of`
ALL = (1 << 62) - 1
COLONS = ":："
CREDIT, SHORT = 250, 400  # characters: a longer paragraph, of the body or not, is read at its ends only
TAIL = 160  # characters at the end of a long paragraph of the body that are read
NOWHERE, ENDS, ANYWHERE, SURELY = range(4)  # where in a paragraph an agency's name may be that of its source
_CASED = 0x3000  # above it no character becomes one of a piece in lower case, see the test
_EXPANDS = (*range(0x80, _CASED), *range(0xFB00, 0xFB18))  # where characters lie that are several in another case
_WHERE = np.full(len(ROLES), NOWHERE)
_WHERE[[TITLE, BYLINE, LEGAL]] = ANYWHERE
_WHERE[BODY], _WHERE[ATTRIBUTION] = ENDS, SURELY
_QUIET = np.isin(ROLES, (Role.NAVIGATION, Role.PROMO, Role.BIO))  # in which a label before a colon names no source


class Pieces(NamedTuple):
    """An automaton that finds pieces of text in one pass (Aho & Corasick 1975).

    `letter`: uint8 for each code point, its class in any case. `step`: int16 of shape (states, classes), the next
    state. `means`: int64 for each state, the bits of the pieces that end there.
    """

    letter: NDArray[np.uint8]
    step: NDArray[np.int16]
    means: NDArray[np.int64]


class Names(NamedTuple):
    """Names as phrases of words: their table, and for each row of it whether a name ends there."""

    table: Table
    whole: NDArray[np.bool_]
    longest: int


def sift(
    articles: Sequence[Article],
    blocks: Blocks,
    roles: NDArray[np.uint8],
    tokens: Tokens,
    read: NDArray[np.bool_],
    beside: NDArray[np.bool_],
) -> NDArray[np.int64]:
    """Return what each of the paragraphs to read may hold, 0 for one that needs no closer look."""
    kernel = kernel_of(__package__)
    rows = np.flatnonzero(read)
    points, text_start = joined_points([article.text for article in articles])
    offset = np.repeat(text_start[:-1], lengths(blocks.first))
    first, role = block_tokens(blocks, tokens), roles[rows]
    where = np.where(beside[rows], np.maximum(_WHERE[role], ANYWHERE), _WHERE[role]).astype(np.uint8)
    may = np.zeros(len(read), dtype=np.int64)
    labelled = ~_QUIET[role] | beside[rows]
    may[rows] = kernel.sift(
        points, offset, blocks.start, blocks.end, rows, where, labelled,
        *tokens.columns, first, pieces(), agencies(), labels(),
    )  # fmt: skip
    return may


@cache
def agencies() -> Names:
    """Return the names of agencies."""
    return _names([*names(), *signs()])


@cache
def labels() -> Names:
    """Return the last words of labels, as phrases of one word."""
    return _names_of(tokenize([words(text)[-1] for text in LABELS]))


@cache
def pieces() -> Pieces:
    """Return the pieces of text in which sources are named, in small letters, and the characters no case folds."""
    several = ((SELF_PIECES, GATHERS), (CONTRIBUTED_PIECES, CONTRIBUTES), (CREDIT_PIECES, PICTURE), (COLONS, COLON))
    means = [
        *((piece, PHRASE | bits_of(piece) << PHRASES) for piece in PIECES),
        *((piece, bit) for own, bit in several for piece in own),
        *((name.lower(), NAME) for name in (*unspaced(), *filter(spaceless, signs()))),
    ]
    alphabet = sorted({sign for piece, _ in means for sign in piece})
    number = {sign: place for place, sign in enumerate(alphabet, 2)}  # 0 is any other, 1 has more than one in a case
    letter = np.zeros(sys.maxunicode + 1, dtype=np.uint8)
    for point in (*range(_CASED), *(ord(sign) for sign in alphabet)):
        letter[point] = number.get(chr(point).lower(), 0)
    letter[[point for point in _EXPANDS if expands(chr(point))]] = 1
    step, said = _automaton([([number[sign] for sign in piece], bit) for piece, bit in means] + [([1], ALL)])
    return Pieces(letter, step, said)


def expands(sign: str) -> bool:
    """Return whether a character is several in another case, but for "ß", whose words are looked up both ways."""
    return sign != "ß" and max(len(sign.lower()), len(sign.upper()), len(sign.casefold())) > 1


def _automaton(words: Sequence[tuple[list[int], int]]) -> tuple[NDArray[np.int16], NDArray[np.int64]]:
    """Return (step, means) of words, each a list of letters with its bit; state 0 is the start."""
    children: list[dict[int, int]] = [{}]
    means = [0]
    for letters, bit in words:
        state = 0
        for letter in letters:
            if letter not in children[state]:
                children[state][letter] = len(children)
                children.append({})
                means.append(0)
            state = children[state][letter]
        means[state] |= bit
    step = np.zeros((len(children), 1 + max(letter for letters, _ in words for letter in letters)), dtype=np.int16)
    waiting = [(0, 0)]  # a state, and the one of its longest proper suffix; nearer to the start first
    for state, suffix in waiting:
        step[state] = step[suffix] if state else 0
        means[state] |= means[suffix]
        waiting += [(child, int(step[state, letter])) for letter, child in children[state].items()]
        for letter, child in children[state].items():
            step[state, letter] = child
    return step, np.array(means, dtype=np.int64)


def _names(texts: Iterable[str]) -> Names:
    """Return names as phrases, with "ß" for each "ss" too, which are one when case is folded."""
    spelt = {"".join(parts) for text in texts for parts in _spellings(text)}
    return _names_of(tokenize(sorted(spelt)))


def _names_of(tokens: Tokens) -> Names:
    keys, _, whole = beginnings(tokens)
    distinct, row = np.unique(keys, return_inverse=True)
    ends = np.zeros(len(distinct), dtype=np.bool_)
    ends[row.ravel()[whole]] = True
    return Names(table(distinct), ends, int(lengths(tokens.first).max()))


def _spellings(text: str) -> Iterable[tuple[str, ...]]:
    parts = re.split("(ss)", text.lower())
    return product(*(("ss", "ß") if part == "ss" else (part,) for part in parts))
