"""The nodes of a page as blocks of text and the elements that they stand in; the walk in `blocks` is the oracle."""

from __future__ import annotations

import numpy as np

from ...compiling.load import kernel, step
from ..blocks import BREAK, CELL, INLINE, NOTHING, SPACED, TEXT
from ..marks import MARKS, TAG_PLACE, TARGET_MASK, WORD

_LINE, _SPACE = np.uint32(10), np.uint32(32)
_ONE, _NONE, _LINK = np.uint64(1), np.uint64(0), TAG_PLACE["a"]
_TARGETS, _TARGETS_FROM = np.uint64(TARGET_MASK >> WORD), np.uint64(len(MARKS))


@kernel
def divide(does, parent, place, name, tells, link, points, white, kinds, marks, hides, targets, show):
    """Return (elements, their bits, blocks, their bits, text, characters that are not drawn), see `blocks.Walk`.

    `points`: of the texts, with line ends between them. `white`: of the first code points, which are white space.
    `kinds`: of the names, their bits. `marks`, `hides`: of the marks, their bits and whether they hide. `targets`: of
    the links, their bits. `show`: whether what is hidden is shown.

    Columns of elements: parent, number of names, first block, end block. Of blocks: start and end in the text, element,
    characters in links, links, whether one is first, bytes in UTF-8. Of bits: of tags, of marks and targets, of kinds.
    """
    count = len(does)
    elements, element_bits = np.zeros((4, count), np.int64), np.zeros((3, count), np.uint64)
    blocks, block_bits = np.zeros((7, count), np.int64), np.zeros((3, count), np.uint64)
    out = np.empty(len(points) + 1, np.uint32)
    # Of each node: the element that it is or is in, and the innermost that ends a block where it ends; bits of inline
    # elements since then; whether it is in a link, and not drawn. The last row is what the first node is in.
    element, ends = np.full(count + 1, -1, np.int64), np.full(count + 1, -1, np.int64)
    around, own = np.zeros((count + 1, 3), np.uint64), np.zeros(3, np.uint64)
    linked, hidden = np.zeros(count + 1, np.bool_), np.zeros(count + 1, np.bool_)
    made = ended = at = to = unseen = 0
    ending, inked, blank, space = -1, False, False, False  # of the next block: whether it has text, or only white space
    for node in range(count):
        above, kind = parent[node], does[node]
        if (ends[above] != ending or kind <= BREAK) and (inked or blank):
            if inked:
                blocks[1, ended], blocks[2, ended] = to, element[above] if ends[above] == ending else ending
                ended += 1
            inked = blank = False
            blocks[:, ended], block_bits[:, ended] = 0, _NONE
        ending = ends[above]
        if kind == TEXT:
            low, at = at, _line_end(points, at) + 1
            if hidden[above]:
                unseen += at - 1 - low
            elif _is_blank(points, low, at - 1, white):
                blank, space = blank or not inked, True
            else:
                if not inked:
                    inked, to = True, _divided(out, to)
                    blocks[0, ended], blocks[5, ended] = to, linked[above]
                to, space = _ink(points, low, at - 1, white, out, blocks[0, ended], to, space)
                blocks[3, ended] += at - 1 - low if linked[above] else 0
                for word in range(3):
                    block_bits[word, ended] |= around[above, word]
        elif kind != NOTHING and kind != BREAK:
            own[0] = _ONE << np.uint64(place[node]) if place[node] >= 0 else _NONE
            own[1] = marks[tells[node]] if tells[node] >= 0 else _NONE
            own[1] |= targets[link[node]] << _TARGETS_FROM if link[node] >= 0 else _NONE
            own[2] = kinds[name[node]] if name[node] >= 0 else _NONE
            hidden[node] = hidden[above] or (tells[node] >= 0 and hides[tells[node]] and not show)
            if kind in (CELL, SPACED):
                blank = space = True
            linked[node], element[node], ends[node] = linked[above], element[above], ends[above]
            if kind >= INLINE:
                blocks[4, ended] += place[node] == _LINK
                linked[node] |= place[node] == _LINK
                for word in range(3):
                    around[node, word] = around[above, word] | own[word]
            else:
                elements[0, made], elements[2, made] = element[above], ended
                elements[1, made] = name[node] + 1
                element_bits[:, made] = own
                element[node], ends[node] = made, ends[above] if kind == CELL else made
                around[node, 1] = around[above, 1] & _TARGETS
                made += 1
    if inked:
        blocks[1, ended], blocks[2, ended] = to, ending
        ended += 1
    _count_blocks(elements, made, blocks, ended)
    for block in range(ended):
        blocks[6, block] = _octets(out, blocks[0, block], blocks[1, block])
    return elements[:, :made], element_bits[:, :made], blocks[:, :ended], block_bits[:, :ended], out[:to], unseen


@step
def _line_end(points, at):
    """Return the place of the next line end."""
    while at < len(points) and points[at] != _LINE:
        at += 1
    return at


@step
def _is_blank(points, low, high, white):
    """Return whether all characters are white space."""
    at = low
    while at < high and points[at] < len(white) and white[points[at]]:
        at += 1
    return at == high


@step
def _divided(out, to):
    """Write what divides the next block from one before it, and return where it starts."""
    if to > 0:
        out[to] = _LINE
        to += 1
    return to


@step
def _ink(points, low, high, white, out, start, to, space):
    """Write a text into the block that starts at a place, its white space as single spaces, none at the start.

    Return the place after it, and whether a space is due: `space` is whether one was.
    """
    for at in range(low, high):
        if points[at] < len(white) and white[points[at]]:
            space = True
        else:
            if space and to > start:
                out[to] = _SPACE
                to += 1
            out[to] = points[at]
            to += 1
            space = False
    return to, space


@step
def _octets(points, low, high):
    """Return how many bytes a text takes in UTF-8."""
    size = high - low
    for at in range(low, high):
        size += (points[at] > 0x7F) + (points[at] > 0x7FF) + (points[at] > 0xFFFF)
    return size


@step
def _count_blocks(elements, made, blocks, ended):
    """Write the end of each element's blocks, given where they start and in which elements the blocks stand."""
    for block in range(ended):
        elements[3, blocks[2, block]] += 1
    for number in range(made - 1, 0, -1):
        elements[3, elements[0, number]] += elements[3, number]
    for number in range(made):
        elements[3, number] += elements[2, number]
