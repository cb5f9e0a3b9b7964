"""The nodes of a page as blocks of text and the elements that they stand in; the walk in `blocks` is the oracle."""

import numpy as np

from ...compiling.load import kernel, step
from ...words import CLASS, DIGIT, LETTER, UPPER
from ..blocks import BREAK, CELL, INLINE, NOTHING, SPACED, TEXT, Elements, TextBlocks
from ..marks import MARKS, TAG_PLACE, TARGET_MASK, WORD

_LINE, _SPACE = np.uint32(10), np.uint32(32)
_ONE, _NONE, _LINK = np.uint64(1), np.uint64(0), TAG_PLACE["a"]
_TARGETS, _TARGETS_FROM = np.uint64(TARGET_MASK >> WORD), np.uint64(len(MARKS))


@kernel
def divide(does, parent, place, name, tells, link, points, white, classes, kinds, marks, hides, targets, show):
    """Return (elements, how many they are, blocks, how many, their text, characters that are not drawn), see `Walk`.

    `points`: of the texts, with line ends between them. `white`: of the first code points, which are white space.
    `classes`: of code points, see `words.character_table`. `kinds`: of the names, their bits. `marks`, `hides`: of the
    marks, their bits and whether they hide. `targets`: of the links, their bits. `show`: whether what is hidden is
    shown.
    """
    count = len(does)
    numbers, bits = np.zeros((10, count), np.int64), np.zeros((6, count), np.uint64)
    elements = Elements(numbers[0], bits[0], bits[1], bits[2], numbers[1], numbers[2], numbers[3])
    blocks = TextBlocks(
        numbers[4], numbers[5], numbers[6], bits[3], bits[4], bits[5], numbers[7], numbers[8], np.zeros(count, np.bool_)
    )
    start, out = numbers[9], np.empty(len(points) + 1, np.uint32)
    # Of each node: the element that it is or is in, and the innermost that ends a block where it ends; bits of inline
    # elements since then; whether it is in a link, and not drawn. The last row is what the first node is in.
    element, ends = np.full(count + 1, -1, np.int64), np.full(count + 1, -1, np.int64)
    around, own = np.zeros((count + 1, 3), np.uint64), np.zeros(3, np.uint64)
    linked, hidden = np.zeros(count + 1, np.bool_), np.zeros(count + 1, np.bool_)
    # How many texts were written before it, and the innermost node that was open at the last of these.
    since, outer = np.full(count + 1, -1, np.int64), np.full(count + 1, -1, np.int64)
    made = ended = at = to = unseen = seen = 0
    last = first = end = 0  # what the last text that was written stood in; where that starts and ends
    ending, inked, blank, space = -1, False, False, False  # of the next block: whether it has text, or only white space
    for node in range(count):
        above, kind = parent[node], does[node]
        if (ends[above] != ending or kind <= BREAK) and (inked or blank):
            if inked:
                stood = element[above] if ends[above] == ending else ending
                blocks.element[ended], blocks.size[ended] = stood, to - start[ended]
                ended += 1
            inked = blank = False
            _begin(blocks, ended)
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
                    start[ended], blocks.link_first[ended] = to, linked[above]
                elif since[above] == seen and outer[above] != last and not space:
                    space = end - first > 1 and _run_on(classes[points[end - 1]], classes[points[low]])
                to, space = _ink(points, low, at - 1, white, out, start[ended], to, space)
                blocks.in_links[ended] += at - 1 - low if linked[above] else 0
                blocks.tags[ended] |= around[above, 0]
                blocks.marks[ended] |= around[above, 1]
                blocks.kinds[ended] |= around[above, 2]
                seen, last, first, end = seen + 1, above, low, at - 1
        elif kind != NOTHING and kind != BREAK:
            own[0] = _ONE << np.uint64(place[node]) if place[node] >= 0 else _NONE
            own[1] = marks[tells[node]] if tells[node] >= 0 else _NONE
            own[1] |= targets[link[node]] << _TARGETS_FROM if link[node] >= 0 else _NONE
            own[2] = kinds[name[node]] if name[node] >= 0 else _NONE
            since[node], outer[node] = seen, outer[above] if since[above] == seen else above
            hidden[node] = hidden[above] or (tells[node] >= 0 and hides[tells[node]] and not show)
            if kind in (CELL, SPACED):
                blank = space = True
            linked[node], element[node], ends[node] = linked[above], element[above], ends[above]
            if kind >= INLINE:
                blocks.links[ended] += place[node] == _LINK
                linked[node] |= place[node] == _LINK
                for word in range(3):
                    around[node, word] = around[above, word] | own[word]
            else:
                elements.parent[made], elements.names[made], elements.first[made] = (
                    element[above],
                    name[node] + 1,
                    ended,
                )
                elements.tags[made], elements.marks[made], elements.kinds[made] = own[0], own[1], own[2]
                element[node], ends[node] = made, ends[above] if kind == CELL else made
                around[node, 1] = around[above, 1] & _TARGETS
                made += 1
    if inked:
        blocks.element[ended], blocks.size[ended] = ending, to - start[ended]
        ended += 1
    _count_blocks(elements, made, blocks, ended)
    for block in range(ended):
        blocks.octets[block] = _octets(out, start[block], start[block] + blocks.size[block])
    return elements, made, blocks, ended, out[:to], unseen


@step
def _begin(blocks, at):
    """Begin a block anew: what stood before was none, or is another."""
    blocks.in_links[at] = blocks.links[at] = 0
    blocks.tags[at] = blocks.marks[at] = blocks.kinds[at] = _NONE


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
def _run_on(last, first):
    """Return what `blocks.run_on` does, given the classes of the two characters that meet."""
    word = last & CLASS == LETTER or last & CLASS == DIGIT
    return word and (first & UPPER > 0 or first & CLASS == DIGIT)


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
        elements.end[blocks.element[block]] += 1
    for number in range(made - 1, 0, -1):
        elements.end[elements.parent[number]] += elements.end[number]
    for number in range(made):
        elements.end[number] += elements.first[number]
