"""The pass over words and characters of `sift`, compiled."""

import numpy as np

from ..compiling.load import kernel, step
from ..words.kernel import longer, place_of
from .phrases import LONGEST_LABEL
from .sift import (
    ALL,
    ANYWHERE,
    COLON,
    COLONS,
    CONTRIBUTES,
    CREDIT,
    ENDS,
    GATHERS,
    LABEL,
    NAME,
    NOWHERE,
    PHRASE,
    PICTURE,
    SHORT,
    SURELY,
    TAIL,
)  # fmt: skip
from .tags import HEAD

_SURE = PHRASE | GATHERS | LABEL | NAME  # the others say nothing by themselves
_COLONS = (ord(COLONS[0]), ord(COLONS[1]))
_V, _H, _SMALL, _SLASH = ord("v"), ord("h"), 32, ord("/")


@kernel
def rows_to_read(first, roles, body, unread, edge, above):
    """Return which paragraphs can name a source, and which stand beside the body; see `find.rows_to_read`."""
    read, beside = np.zeros(len(roles), dtype=np.bool_), np.zeros(len(roles), dtype=np.bool_)
    for page in range(len(first) - 1):
        low, high = first[page], first[page + 1]
        start, end, left = high, high, 0
        for row in range(low, high):
            read[row] = not unread[roles[row]]
            if roles[row] == body:
                start, end, left = min(start, row), row, left + 1
        rank = 0
        for row in range(start, high):
            if roles[row] == body:
                read[row] = rank < edge or left <= edge
                rank, left = rank + 1, left - 1
        if start < high:
            beside[max(start - above, low) : start] = True
            beside[end + 1 : min(end + 3, high)] = True
    return read, beside


@kernel
def sift(
    points, offset, start, end, rows, where, labelled, hashes, word_start, word_end, flags, first,
    pieces, agencies, labels,
):  # fmt: skip
    """Return what each of these rows of blocks may hold. `where`: where an agency's name counts in each; `labelled`:
    whether a label does."""
    may = np.zeros(len(rows), dtype=np.int64)
    for i in range(len(rows)):
        block, ends = rows[i], where[i] == ENDS
        low, size = offset[block] + start[block], end[block] - start[block]
        text = points[low : low + size]
        if size > (CREDIT if ends else SHORT):
            said = _of_ends(text, pieces) if ends else ALL
        else:
            said = _pieces(text, pieces)
        place = max(where[i], ANYWHERE) if said & CONTRIBUTES else np.int64(where[i])
        begin, stop = first[block], first[block + 1]
        if labelled[i] and not said & LABEL:
            colon = said & COLON and _labels(text, begin, stop, hashes, flags, word_end, start[block], labels)
            said |= LABEL if colon or _opens_as_label(text) else 0
        if said & _SURE == 0 and (
            place == SURELY or _names(begin, stop, hashes, flags, word_start, start[block], size, place, agencies)
        ):
            said |= NAME
        if said & _SURE:
            may[i] = said
            if ends and size > CREDIT and not said & PICTURE:
                may[i] |= _pieces(text, pieces) & PICTURE
    return may


@step
def _of_ends(text, pieces):
    """Return the bits of a long paragraph of the body, of which only the ends are read; the tail may cut a word."""
    tail = text[len(text) - TAIL :]
    said = _pieces(text[:HEAD], pieces) | _pieces(tail, pieces)
    if _opens_as_label(tail):
        said |= LABEL
    for at in range(min(LONGEST_LABEL + 3, len(tail))):
        if tail[at] in _COLONS:
            said |= LABEL
    return said


@step
def _names(begin, stop, hashes, flags, word_start, start, size, place, agencies):
    """Return whether an agency is named where it counts."""
    for at in range(begin, stop):
        middle = HEAD <= word_start[at] - start < size - HEAD
        if place == NOWHERE or (place == ENDS and middle):
            continue
        if _is_name(at, stop, hashes, flags, agencies):
            return True
    return False


@step
def _labels(text, begin, stop, hashes, flags, word_end, start, labels):
    """Return whether a label may stand before a colon."""
    for at in range(begin, stop):
        before = _before_colon(text, word_end[at] - start)
        if before and place_of(longer(np.uint64(0), hashes[at], flags[at]), labels.table) >= 0:
            return True
    return False


@step
def _pieces(text, pieces):
    """Return the bits of the pieces that stand in a text."""
    said, state = np.int64(0), np.int64(0)
    for at in range(len(text)):
        state = np.int64(pieces.step[state, pieces.letter[text[at]]])
        said |= pieces.means[state]
    return said


@step
def _is_name(at, stop, hashes, flags, names):
    """Return whether a name starts at a word."""
    key = np.uint64(0)
    for place in range(at, min(stop, at + names.longest)):
        key = longer(key, hashes[place], flags[place])
        row = place_of(key, names.table)
        if row < 0:
            return False
        if names.whole[row]:
            return True
    return False


@step
def _before_colon(text, at):
    """Return whether only white space and a bracket stand between a place and a colon."""
    while at < len(text) and (_blank(text[at]) or text[at] == 0x29 or text[at] == 0xFF09):
        at += 1
    return at < len(text) and text[at] in _COLONS


@step
def _blank(point):
    """Return whether a character is white space, or nearly."""
    if point < 0x80:
        return point <= 0x20
    narrow = 0x2000 <= point <= 0x200A or 0x2028 <= point <= 0x202F or point == 0x205F
    return narrow or point == 0x85 or point == 0xA0 or point == 0x1680 or point == 0x3000


@step
def _opens_as_label(text):
    """Return whether a text may open with "via" or "h/t"."""
    if len(text) < 2:
        return False
    lead = text[0] | _SMALL
    return (lead == _V and text[1] != 32) or (lead == _H and text[1] == _SLASH)
