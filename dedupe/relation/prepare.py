"""The words of a run with what the relation of two texts is read from: sentences, speech, names, numbers, terms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from ..words import ALL_CAPITALS, CAPITAL, NUMERIC, SINGLE, Tokens, joined_points, mix, row_chunks, small_letters, stems

QUOTED, NAME, NUMBER, FUNCTION, CASED, ALONE, INFLECTED = 1, 2, 4, 8, 16, 32, 64  # what a word is, as bits
WHITE, HARD_END, STOP, QUOTE, LOWER = 1, 2, 4, 8, 16  # what a character is, as bits

LONGEST_SENTENCE = 60  # words; text without full stops is cut there, so that no step grows with its square
SCALE = 256  # steps of weight: whole numbers add up to the same sum in any order
FUNCTION_WEIGHT = 2.3  # natural logarithm: a word that stands in every tenth text says nothing about which event
RARE_WEIGHT = 6.5  # one text in 665 has such a word
CAPITALS, MANY_CAPITALS = 0.23, 0.30  # share of the words with a capital, most of it in English, all of it in German

_HARD = "!?。！？｡؟।॥။።؛‼⁇⁈⁉…"  # ends a sentence whatever follows
_QUOTES = '"“”„‟«»＂「」『』《》〝〞'


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """The words of many texts as columns, what comparisons stand on.

    `first`: int64 of shape (texts + 1,). All others have one row for each word: `word` uint32 its hash, `term` uint32
    the hash of its stem (of two neighbouring characters in a script without spaces), `weight` int32 the IDF in steps of
    1/256, zero for function words, `sentence` int32 counted from 0 in each text, `kind` uint8 bits QUOTED, NAME,
    NUMBER, FUNCTION, CASED (first letter of a script with case), ALONE (character of a script without spaces) and
    INFLECTED (in a text whose names are compared by their stems).
    """

    first: NDArray[np.int64]
    word: NDArray[np.uint32]
    term: NDArray[np.uint32]
    weight: NDArray[np.int32]
    sentence: NDArray[np.int32]
    kind: NDArray[np.uint8]


def prepare(texts: Sequence[str], tokens: Tokens, weight: NDArray[np.float32]) -> Ground:
    """Return the ground of some texts; `weight` is the IDF (natural logarithm) of each row of `tokens`.

    >>> from dedupe.words import tokenize
    >>> texts = ["Kim met Moon. Then Trump said: “We met on 27 April”. All left."]
    >>> ground = prepare(texts, tokenize(texts), np.full(13, 5.0, dtype=np.float32))
    >>> ground.sentence.tolist()
    [0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2]
    >>> (ground.kind & QUOTED).tolist()
    [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 0, 0]
    >>> (np.flatnonzero(ground.kind & NAME).tolist(), np.flatnonzero(ground.kind & NUMBER).tolist())
    ([2, 4, 10], [9])
    """
    parts = [_prepare(texts[low:high], tokens.part(low, high)) for low, high in row_chunks(texts)]
    empty = (np.zeros(0, np.uint32), np.zeros(0, np.int32), np.zeros(0, np.uint8), np.zeros(0, bool))
    term, sentence, kind, joined = (np.concatenate(part) for part in zip(empty, *parts, strict=True))
    weight = np.where(joined, (weight + np.append(weight[1:], 0)) / 2, weight)
    function = (weight < FUNCTION_WEIGHT) & (kind & NUMBER == 0)
    kind = _names(tokens, np.where(function, kind | FUNCTION, kind), weight).astype(np.uint8)
    steps = np.where(function, 0, np.rint(np.clip(weight, 0, 16) * SCALE)).astype(np.int32)
    return Ground(tokens.first, tokens.hash, term, steps, sentence, kind)


def _names(tokens: Tokens, kind: NDArray[np.uint8], weight: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Return the kinds with NAME on what names something, given it on capitals inside sentences.

    Where a language writes more with a capital than names (German nouns: 25 to 33 % of the words of news, against 3 to
    20 % in English), a name has to be the rarer, the more capitals there are. A script without case has rare words.
    """

    def share(bit: int) -> NDArray[np.float64]:  # of each text's words, given again for each of them
        count = np.concatenate(([0], np.cumsum(kind & bit != 0)))
        words = np.diff(tokens.first)
        return np.repeat((count[tokens.first[1:]] - count[tokens.first[:-1]]) / np.maximum(words, 1), words)

    least = FUNCTION_WEIGHT + np.clip((share(NAME) - CAPITALS) / (MANY_CAPITALS - CAPITALS), 0, 1) * (
        RARE_WEIGHT - FUNCTION_WEIGHT
    )
    named = (kind & NAME != 0) & (weight >= least)
    rare = (weight >= RARE_WEIGHT) & (kind & NUMBER == 0)
    named = np.where(share(CASED) < 0.5, rare, named)
    return np.where(named, kind | NAME, kind & ~np.uint8(NAME))


@cache
def character_classes() -> NDArray[np.uint8]:
    """Return what each code point is: bits of WHITE, HARD_END, STOP (a full stop), QUOTE and LOWER, uint8."""
    classes = np.where(small_letters(), LOWER, 0).astype(np.uint8)
    listed = ((WHITE, " \t\n\r\u00a0\u2003\u2009"), (HARD_END, _HARD + "\n"), (STOP, "."), (QUOTE, _QUOTES))
    for bit, characters in listed:
        classes[[ord(character) for character in characters]] |= bit
    return classes


def _prepare(
    texts: Sequence[str], tokens: Tokens
) -> tuple[NDArray[np.uint32], NDArray[np.int32], NDArray[np.uint8], NDArray[np.bool_]]:
    """Return term, sentence, kind and whether the term joins two characters, for each word of a chunk."""
    if not len(tokens.hash):
        return np.zeros(0, np.uint32), np.zeros(0, np.int32), np.zeros(0, np.uint8), np.zeros(0, np.bool_)
    points, origin = joined_points(texts)
    count = np.diff(tokens.first)
    offset = np.repeat(origin[:-1], count)
    start, end = tokens.start + offset, tokens.end + offset
    last = np.zeros(len(start), dtype=bool)
    last[tokens.first[1:][count > 0] - 1] = True
    classes = _mark_quotes(points)
    sentence, opens = _sentences(classes, tokens, start, end, last)
    quoted, after_quote = _speech(points, classes, start, end, opens)
    joined = joins(tokens)
    term = _terms(texts, tokens, joined)
    capital = (tokens.flags & CAPITAL != 0) & (end - start > 1) & ~opens & ~after_quote
    cased = (tokens.flags & CAPITAL != 0) | (classes[start] & LOWER != 0)
    kind = np.where(quoted, QUOTED, 0) | np.where(capital, NAME, 0) | np.where(cased, CASED, 0)
    kind |= np.where(tokens.flags & NUMERIC != 0, NUMBER, 0) | np.where(tokens.flags & SINGLE != 0, ALONE, 0)
    return term, sentence, kind.astype(np.uint8), joined


def _mark_quotes(points: NDArray[np.uint32]) -> NDArray[np.uint8]:
    """Return the classes of the characters, with `` and '' as one quotation mark each, on their first character."""
    classes = character_classes()[points]
    following = np.append(points[1:], 0)
    double = (points == following) & ((points == ord("'")) | (points == ord("`")))
    double[1:] &= ~double[:-1]
    classes[double] |= QUOTE
    return classes


def _sentences(
    classes: NDArray[np.uint8],
    tokens: Tokens,
    start: NDArray[np.int64],
    end: NDArray[np.int64],
    last: NDArray[np.bool_],
) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
    """Return the number of each word's sentence in its text, and whether the word opens one."""

    def between(bit: int) -> NDArray[np.bool_]:  # does such a character stand between this word and the next?
        total = np.concatenate(([0], np.cumsum(classes & bit != 0)))
        return np.append(total[start[1:]] - total[end[:-1]] > 0, True)

    capital, short = tokens.flags & CAPITAL != 0, end - start <= 3
    initial = (end - start == 1) & (tokens.flags & (SINGLE | NUMERIC) == 0)
    title = capital & short & (tokens.flags & (ALL_CAPITALS | NUMERIC) == 0) & np.append(capital[1:], False)  # Mr. Gov.
    lower = np.append(classes[start[1:]] & LOWER != 0, False)
    stop = between(STOP) & (between(WHITE) | (tokens.flags & SINGLE != 0)) & ~lower & ~initial & ~title
    ends = last | between(HARD_END) | stop
    opens = np.concatenate(([True], ends[:-1]))
    position = np.arange(len(start))
    since = position - np.maximum.accumulate(np.where(opens, position, 0))
    number = np.cumsum(opens | ((since > 0) & (since % LONGEST_SENTENCE == 0)))
    count = np.diff(tokens.first)
    return (number - np.repeat(number[tokens.first[:-1][count > 0]], count[count > 0])).astype(np.int32), opens


def _speech(
    points: NDArray[np.uint32],
    classes: NDArray[np.uint8],
    start: NDArray[np.int64],
    end: NDArray[np.int64],
    opens: NDArray[np.bool_],
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return whether each word stands between quotation marks, and whether one opens or closes right before it.

    Marks count in turn from the start of their line, whatever their shape: „…“, »…« and “…” differ by language.
    """
    marks = np.concatenate(([0], np.cumsum(classes & QUOTE != 0)))
    position = np.arange(len(points))
    line = np.maximum.accumulate(np.where(np.append(10, points[:-1]) == 10, position, 0))
    quoted = (marks[start] - marks[line[start]]) % 2 == 1
    before = np.concatenate(([0], end[:-1]))
    return quoted, (marks[start] > marks[before]) & ~opens


def joins(tokens: Tokens) -> NDArray[np.bool_]:
    """Return which words are characters of a script without spaces whose next one is too, in the same text."""
    single = tokens.flags & SINGLE != 0
    found: NDArray[np.bool_] = single & np.append(single[1:] & (tokens.start[1:] == tokens.end[:-1]), False)
    found[tokens.first[1:][np.diff(tokens.first) > 0] - 1] = False
    return found


def _terms(texts: Sequence[str], tokens: Tokens, joined: NDArray[np.bool_]) -> NDArray[np.uint32]:
    """Return the hash of each word's stem; of it and the next character in a script without spaces."""
    pair = mix(tokens.hash.astype(np.uint64) << np.uint64(32) | np.append(tokens.hash[1:], 0).astype(np.uint64))
    return np.where(joined, (pair >> np.uint64(32)).astype(np.uint32), stems(texts, tokens))
