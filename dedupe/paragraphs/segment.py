"""Where the paragraphs of a page start and end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from ..compiling import compiled, kernel_of
from ..jobs import chunks_of, threaded
from ..model import Article, Blocks
from ..rows import bounds_of, lengths, marked, owners_of, runs
from ..words import ALONE, CHARACTERS, CLASS, LETTER, UPPER, character_table, joined_points, small_letters

LINE_ENDS = "\n\r\x0b\x0c\x85\u2028\u2029"
MARKERS = "•·‣▪●○◦–—-*+>►»→"  # a line that starts so is an item of its own
BATCH = 1 << 21  # characters at a time: a hundred MB or two of columns at most

# A hard-wrapped text breaks a line where the next word would pass its width, nowhere else. Widths seen in the wild
# are 60 to 80; below 40 it is a list of short lines or a printed column, above 110 nobody wraps by hand.
NARROWEST, WIDEST = 40, 110
FITS = 0.6  # share of line ends that one width explains; pages of one block a line stay below 0.2
CONTINUES = 0.3  # share of those whose next line goes on in lower case: prose 0.5 to 0.9, lists of headlines 0.1
INDENT = 4  # the first line of a paragraph may have lost as many columns
ENOUGH = 3  # line ends; two lines prove no width
MANY = 8  # line ends where the script has no case to confirm it; there the width has to explain CASELESS_FITS of them
CASELESS_FITS = 0.8
LONG = 0.1  # share of lines that are wider than any wrapped one: above it the lines are paragraphs
# In a printed column most lines go on in lower case (in 800 made of news 0.6 of them or more), and sentences end inside
# of lines (one in ten), where those of a list, a menu or verse hardly do. Nothing else is one among 5,057 documents of
# PAN-13, 53,224 articles of Reuters and 101 pages of the web.
NARROWEST_COLUMN = 20
IN_COLUMN = 0.55
INSIDE = 0.02

# Wire text whose line ends were lost keeps the indentation of its paragraphs as wide gaps: "said.  The company". So
# does text typed with two spaces after each full stop; there hardly a sentence ends with one space (in 3,000 wire
# stories with such gaps 0.10 to 0.35 do), and a page that has its lines has few gaps for them.
CLOSING, OPENING = ".!?:;\"'”’)»", "\"'“‘(«"
ONE_SPACE = 0.1  # share of sentence ends
GAPS_A_LINE = 0.25

# What a character is at an end of a line; SINGLE_WORD is of a script without spaces, CASELESS of one without case.
BREAKS, WHITE, CLOSES, OPENS, ITEM, LOWER, SINGLE_WORD, CASELESS = (1 << bit for bit in range(8))


def segment(articles: Sequence[Article], jobs: int = 1) -> Blocks:
    """Return the paragraphs of the articles: the blocks of their markup, else the lines of their text.

    >>> from dedupe.model import Article
    >>> blocks = segment([Article("a", "One.\\n\\n  • two\\n"), Article("b"), Article("c", "Three")])
    >>> blocks.first.tolist(), blocks.start.tolist(), blocks.end.tolist()
    ([0, 2, 2, 3], [0, 8, 0], [4, 13, 5])

    Empty lines are no paragraphs, and white space around a line is not part of it. The lines of a hard-wrapped text
    are joined up to its paragraphs' ends: an empty line, a short line, an indented one or an item's marker.
    """
    parts = threaded(_paragraphs, chunks_of(articles, lambda article: len(article.text), BATCH), jobs)
    return parts[0] if len(parts) == 1 else _joined(parts)


def _joined(parts: Iterable[Blocks]) -> Blocks:
    """Return the blocks of some articles, of others and so on as those of all."""
    every = [Blocks(np.zeros(1, dtype=np.int64), *np.zeros((2, 0), dtype=np.int32)), *parts]
    count = np.concatenate([lengths(part.first) for part in every])
    return Blocks(
        bounds_of(count), np.concatenate([part.start for part in every]), np.concatenate([part.end for part in every])
    )


def _paragraphs(articles: Sequence[Article]) -> Blocks:
    """Return the paragraphs of some articles."""
    texts = [article.text if article.markup is None else "" for article in articles]
    lines = _compiled_lines if compiled(sum(map(len, texts)) // CHARACTERS, __package__) else lines_plain
    blocks = lines(texts)
    marked = [article.markup for article in articles]
    if not any(marked):
        return blocks
    return _joined(
        Blocks(np.array([0, len(markup.start)]), markup.start, markup.end) if markup else blocks.part(row, row + 1)
        for row, markup in enumerate(marked)
    )


def _compiled_lines(texts: list[str]) -> Blocks:
    """Return what `lines_plain` does."""
    kernel = kernel_of(__package__)
    points, text_start = joined_points(texts)
    room = len(points) // 2 + len(texts) + 1  # a line and its end are two
    first = np.empty(len(texts) + 1, dtype=np.int64)
    start, end = np.empty(room, dtype=np.int32), np.empty(room, dtype=np.int32)
    total = kernel.paragraphs_of_texts(points, text_start, signs(), first, start, end)
    return Blocks(first, start[:total].copy(), end[:total].copy())


@cache
def signs() -> NDArray[np.uint16]:
    """Return for each code point what matters of it at the ends of lines: the bits BREAKS to CASELESS."""
    classes, _ = character_table()
    upper, kind = classes & UPPER != 0, classes & CLASS
    out = np.zeros(len(classes), dtype=np.uint16)
    out[small_letters()] = LOWER
    out[(kind == ALONE) | ((classes == LETTER) & (out == 0))] |= CASELESS
    out[kind == ALONE] |= SINGLE_WORD
    out[upper] |= OPENS
    white = "".join(character for character in map(chr, range(0x3001)) if character.isspace())  # U+3000 is the last
    members = ((LINE_ENDS, BREAKS), (white, WHITE), (CLOSING, CLOSES), (OPENING, OPENS), (MARKERS, ITEM))
    for characters, bit in members:
        out[[ord(character) for character in characters]] |= bit
    return out


def lines_plain(texts: list[str]) -> Blocks:
    """Return the paragraphs of plain texts."""
    points, text_start = joined_points(texts)
    sign = signs()[points]
    broken = sign & BREAKS != 0
    lost, sentences = _lost_breaks(points, sign, text_start)
    broken[lost] = True
    ink = sign & WHITE == 0
    # the first and the last character with ink of every line that has any
    position = np.flatnonzero(ink)
    line = np.cumsum(broken)[position]
    bounds = runs(line)
    start, end = position[bounds[:-1]], position[bounds[1:] - 1] + 1
    page = owners_of(text_start, start)
    opens, closes = np.ones((2, len(start)), dtype=np.bool_)
    opens[1:] = closes[:-1] = ~_wrapped(sign, broken, page, line[bounds[:-1]], start, end, sentences)
    page, start, end = page[opens], start[opens], end[closes]
    offset = text_start[page]
    first = np.searchsorted(page, np.arange(len(texts) + 1))
    return Blocks(first, (start - offset).astype(np.int32), (end - offset).astype(np.int32))


def _lost_breaks(
    points: NDArray[np.uint32], sign: NDArray[np.uint16], text_start: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the places (two spaces each) where wide gaps stand for ends of paragraphs.

    And how many sentences end inside of the lines of each text.
    """
    space = np.flatnonzero(points == ord(" "))
    space = space[(space > 0) & (space < len(points) - 2)]  # the last character is a divider
    space = space[sign[space - 1] & CLOSES != 0]
    wide = points[space + 1] == ord(" ")
    opens = sign[space + 1 + wide] & OPENS != 0
    space, wide = space[opens], wide[opens]
    page = owners_of(text_start, space)
    pages = len(text_start) - 1
    gaps = np.bincount(page[wide], minlength=pages)
    single = np.bincount(page[~wide], minlength=pages)
    lines = marked(sign & BREAKS, text_start)
    lost = (gaps >= ENOUGH) & (single >= ONE_SPACE * (gaps + single)) & (gaps >= GAPS_A_LINE * lines)
    place = space[wide & lost[page]]
    return np.concatenate((place, place + 1)), gaps + single


def _wrapped(
    sign: NDArray[np.uint16],
    broken: NDArray[np.bool_],
    page: NDArray[np.int64],
    number: NDArray[np.int64],
    start: NDArray[np.int64],
    end: NDArray[np.int64],
    sentences: NDArray[np.int64],
) -> NDArray[np.bool_]:
    """Return for each line but the last whether the next one continues its paragraph."""
    if len(start) < 2:
        return np.zeros(max(len(start) - 1, 0), dtype=np.bool_)
    head = sign[start[1:]]
    line_start = np.concatenate(([0], np.flatnonzero(broken) + 1))
    indent = start - line_start[number]
    next_word = np.where(head & SINGLE_WORD, 1, _word_length(sign, start[1:]))
    length = (end - start)[:-1]
    full = length + 1 + next_word
    near = (page[1:] == page[:-1]) & (number[1:] == number[:-1] + 1) & (head & ITEM == 0)
    near &= indent[1:] <= indent[:-1]
    lower, caseless = head & LOWER != 0, head & CASELESS != 0
    ends = np.bincount(page[1:], weights=near & (full > NARROWEST_COLUMN), minlength=len(sentences))
    narrow = np.flatnonzero(near & (full > NARROWEST_COLUMN) & (sentences >= np.maximum(INSIDE * ends, 1))[page[1:]])
    column = _widths(page[narrow], length[narrow], full[narrow], lower[narrow], None, int(page[-1]) + 1)
    row = np.flatnonzero(near & (full > NARROWEST) & (column[page[1:]] == 0))
    width = _widths(page[row], length[row], full[row], lower[row], caseless[row], int(page[-1]) + 1)
    lines = np.bincount(page)
    width[np.bincount(page, weights=end - start > WIDEST) > LONG * lines] = 0
    joined = np.zeros(len(near), dtype=np.bool_)
    full[1:] += INDENT * ~near[:-1]
    full[0] += INDENT
    joined[row] = (full[row] > width[page[row]]) & (width[page[row]] > 0)
    joined[narrow] |= ((full[narrow] > column[page[narrow]]) | lower[narrow]) & (column[page[narrow]] > 0)
    return joined


def _word_length(sign: NDArray[np.uint16], start: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return how many characters follow each start before white space, at most WIDEST."""
    stop = np.flatnonzero(sign & WHITE)
    return np.minimum(np.append(stop, len(sign))[np.searchsorted(stop, start)] - start, WIDEST)


def _widths(
    page: NDArray[np.int64],
    length: NDArray[np.int64],
    full: NDArray[np.int64],
    lower: NDArray[np.bool_],
    caseless: NDArray[np.bool_] | None,
    pages: int,
) -> NDArray[np.int64]:
    """Return the width at which each page is wrapped, 0 where it is not; without `caseless` that of a column.

    A wrapped line end allows the widths from the line's length to what the next word would have made of it, less
    one; the width is the one that most line ends of the page allow.
    """
    width = np.zeros(pages, dtype=np.int64)
    narrowest, widest = (NARROWEST_COLUMN, NARROWEST - 1) if caseless is None else (NARROWEST, WIDEST)
    low, high = np.maximum(length, narrowest), np.minimum(full, widest + 1)
    row = np.flatnonzero(low < high)
    at = np.concatenate((low[row], high[row]))
    where = np.concatenate((page[row], page[row]))
    step = np.repeat(np.array([1, -1]), len(row))
    order = np.lexsort((step, at, where))  # closing before opening at one width: half-open ranges
    where, at = where[order], at[order]
    open_here = np.cumsum(step[order])  # closes to 0 at the end of every page
    best = np.lexsort((-at, open_here, where))  # the last of each page: most line ends, then the narrowest
    chosen = best[runs(where[best])[1:] - 1]
    allowed, here = open_here[chosen], where[chosen]
    ends = np.bincount(page, minlength=pages)[here]
    least, share = (MANY, IN_COLUMN) if caseless is None else (ENOUGH, CONTINUES)
    prose = (allowed >= least) & (np.bincount(page, weights=lower, minlength=pages)[here] >= share * ends)
    if caseless is not None:
        without = (allowed >= MANY) & (allowed >= CASELESS_FITS * ends)
        prose |= without & (np.bincount(page, weights=caseless, minlength=pages)[here] >= ends / 2)
    wrapped = (allowed >= FITS * ends) & prose
    width[here[wrapped]] = at[chosen[wrapped]]
    return width
