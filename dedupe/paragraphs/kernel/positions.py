"""The columns that say where a block stands on its page, as `positions` has them, in one walk over each page.

Counts that become logarithms are left as they are: numpy takes their logarithms, which no two libraries round alike.
"""

import numpy as np

from ...compiling.load import maker, step
from ..place import FAR, PROSE
from ..positions import COUNTED, HEAD_COVERED, HEAD_WORDS, KINDS, KNOWN, PLACED, PLAIN
from ..signs import BYLINE_WORDS, VERBS
from .place import beside, stretch
from .signs import met_in_core, met_in_lines

_HEADS, _WIDGETS, _VERB, _JOB = KINDS
(
    _PROSE_SHARE, _IN_STRETCH, _BEFORE, _AFTER, _IN_CORE, _TITLE_LIKE, _TITLE_PAST, _HEADING_LIKE, _NAMED, _AUTHOR,
    _VERBLESS, _VERBLESS_OPENING, _ENCLOSED, _ENCLOSED_ONE, _ENCLOSED_ROWS, _RUN_KNOWN, _PLAIN_ONE, _PLAIN_ROWS,
) = range(len(PLACED))  # fmt: skip
_FROM_START, _FROM_END, _PAGE_BLOCKS, _PAGE_PROSE, _STRETCH_BLOCKS, _CORE_WORDS, _RUN = range(len(COUNTED))
_KNOWN, _HEAD_COVERED = np.float32(KNOWN), np.float32(HEAD_COVERED)  # numpy compares columns of float32 with these


@maker
def positions(letters, stops, words, covered, bylines, hashes, start, end, flags, first, pages):
    """Return (columns, counts, since, until): float32, float64, float32 and float32.

    Columns and counts are those of `positions.PLACED` and `positions.COUNTED`, the others of its HEADS.
    """
    blocks = len(letters)
    low, high = stretch(letters, pages)
    core = np.zeros(blocks, dtype=np.bool_)
    line = np.zeros(blocks, dtype=np.bool_)
    marked = np.zeros((blocks, len(_HEADS)), dtype=np.bool_)
    for page in range(len(pages) - 1):
        for block in range(pages[page], pages[page + 1]):
            core[block] = low[page] <= block < high[page] and letters[block] >= PROSE
            line[block] = (bylines[block] or covered[block, _JOB] > 0) and words[block] <= BYLINE_WORDS
            if words[block] <= HEAD_WORDS:
                for column in range(len(_HEADS)):
                    marked[block, column] = covered[block, _HEADS[column]] >= _HEAD_COVERED
    shared, total = met_in_core(hashes, start, end, flags, first, core, pages)
    met, opening = met_in_lines(hashes, start, end, flags, first, line, pages)
    out, counts = np.zeros((blocks, len(PLACED)), np.float32), np.zeros((blocks, len(COUNTED)), np.float64)
    for page in range(len(pages) - 1):
        own = pages[page], pages[page + 1]
        _positions(own, low[page], high[page], letters, out, counts)
        _titles(own, low[page], letters, stops, words, shared, total, out, counts)
        for block in range(own[0], own[1]):
            out[block, _NAMED] = met[block] / max(first[block + 1] - first[block], 1)
            out[block, _AUTHOR] = opening[block] / 2
        _verbless(own, low[page], letters, words, covered, out)
        _runs(own, low[page], high[page], letters, covered, out, counts)
    since, until = beside(marked, pages)
    return out, counts, since, until


@step
def _positions(own, low, high, letters, out, counts):
    """Write where the blocks of a page stand on it, and how far from its stretch of prose."""
    prose = 0.0
    for block in range(own[0], own[1]):
        prose += letters[block] if letters[block] >= PROSE else 0.0
    for block in range(own[0], own[1]):
        counts[block, _FROM_START], counts[block, _FROM_END] = block - own[0], own[1] - 1 - block
        counts[block, _PAGE_BLOCKS], counts[block, _PAGE_PROSE] = own[1] - own[0], prose
        counts[block, _STRETCH_BLOCKS] = high - low
        out[block, _PROSE_SHARE] = letters[block] / max(prose, 1.0)
        out[block, _IN_STRETCH] = low <= block < high
        out[block, _BEFORE] = min(max(low - block, 0), FAR)
        out[block, _AFTER] = min(max(block - high + 1, 0), FAR)


@step
def _titles(own, low, letters, stops, words, shared, total, out, counts):
    """Write how much of a block the prose has elsewhere, how much it looks like a headline or a heading."""
    best, place = np.float32(-1), own[0]
    for block in range(own[0], own[1]):
        in_core = np.float32(shared[block] / max(total[block], 1))
        near = 1 / (1 + 0.15 * abs(low - block))
        length = min(max(letters[block] / 30, 0.0), 1.0) * min(max(2 - letters[block] / 150, 0.0), 1.0)
        plain = np.float32(1) - stops[block] * np.float32(0.5)
        title = np.float32(in_core * near * length * plain * (words[block] >= 3))
        if title > best:
            best, place = title, block
        counts[block, _CORE_WORDS] = shared[block]
        out[block, _IN_CORE], out[block, _TITLE_LIKE] = in_core, title
        after = block + 1 < own[1] and letters[block + 1] >= PROSE
        out[block, _HEADING_LIKE] = after and letters[block] < 1.5 * PROSE and words[block] >= 2 and stops[block] == 0
    for block in range(own[0], own[1]):
        out[block, _TITLE_PAST] = min(max(block - place, -20), 20)


@step
def _verbless(own, low, letters, words, covered, out):
    """Write which blocks lack any verb that we know, on pages whose prose has many."""
    said, verbs = 0.0, 0.0
    for block in range(own[0], own[1]):
        if letters[block] >= PROSE:
            said += words[block]
            verbs += np.rint(covered[block, _VERB] * words[block])
    if verbs < VERBS * max(said, 1.0):
        return
    for block in range(own[0], own[1]):
        lacking = 4 <= words[block] <= 30 and covered[block, _VERB] == 0
        out[block, _VERBLESS] = lacking
        out[block, _VERBLESS_OPENING] = lacking and (block == low or block == low - 1)


@step
def _runs(own, low, high, letters, covered, out, counts):
    """Write of each run of lines between paragraphs its length, whether prose encloses it, how much is known."""
    at = own[0]
    while at < own[1]:
        end, known, prose = at, 0, letters[at] >= PROSE
        while end < own[1] and (letters[end] >= PROSE) == prose:
            for column in _WIDGETS:
                if covered[end, column] >= _KNOWN:
                    known += 1
                    break
            end += 1
        length, between = end - at, at > own[0] and end < own[1] and not prose
        share = known / length
        for block in range(at, end):
            enclosed = between and low <= block < high
            plain = enclosed and share < PLAIN
            counts[block, _RUN] = 0 if prose else length
            out[block, _ENCLOSED], out[block, _RUN_KNOWN] = enclosed, share
            out[block, _ENCLOSED_ONE], out[block, _ENCLOSED_ROWS] = enclosed and length == 1, enclosed and length > 1
            out[block, _PLAIN_ONE], out[block, _PLAIN_ROWS] = plain and length == 1, plain and length > 1
        at = end
