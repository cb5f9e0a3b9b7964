"""Where each block of a page stands, in one pass over its elements and a few over its blocks; see `places_plain`.

What becomes a logarithm is left as it is: numpy takes it, since no two libraries round alike.
"""

import numpy as np

from ...compiling.intrinsics import lowest
from ...compiling.load import kernel, maker, step
from ...words.kernel import mixed, table_size
from ..columns import (
    BODY_KIND,
    BODY_MARK,
    FIRST,
    H1,
    HEADING,
    MARK_MASK,
    NOT_PROSE_COST,
    NUMBER,
    PROSE,
    PROSE_LINKED,
    SUMMED_BITS,
    UNDER,
)
from ..marks import TAGS

_MARKS, _UNDER, _NEAR, _FAR = (FIRST[group] for group in ("mark", "in", "near", "far"))
_UNDER_BITS = np.array([1 << TAGS.index(tag) for tag in UNDER], dtype=np.uint64)
(
    _LINK_DENSITY, _LINKS, _LINK_FIRST, _DEPTH, _HEADING_DISTANCE, _PARENT, _ABOVE, _ALIKE, _IN_MAIN, _BELOW_MAIN,
    _DIRECT_IN_MAIN, _MAIN_PROSE, _IN_NAMED, _NAMED_PROSE, _WITH_BLOCKS, _WITH_DEPTH, _IS_HEADLINE, _PARENT_TO,
    _ABOVE_TO, _ALIKE_TO, _GROUP_PARENT, _GROUP_ABOVE, _GROUP_ALIKE,
) = (
    NUMBER[name] for name in (
        "link_density", "links", "link_first", "depth", "heading_distance", "parent_blocks", "above_blocks",
        "alike_blocks", "in_main", "below_main", "direct_in_main", "main_prose", "in_named", "named_prose",
        "with_headline_blocks", "with_headline_depth", "is_headline", "parent_to_out", "above_to_out", "alike_to_out",
        "group_parent", "group_above", "group_alike",
    )
)  # fmt: skip
_SHARE, _LINKED, _LENGTH, _SCORE, _TO = range(5)  # of sums
_LED = len(SUMMED_BITS)


@kernel
def places(elements, blocks, plain, length, out, numbers):
    """Write the columns of bits and the NUMBERS of a page's blocks; see `places.places_plain`."""
    parent, tags, marks, kinds, names, first, end = elements
    element = blocks.element
    depth = np.empty(len(element), np.int64)
    _bits(elements, blocks, out, depth)
    sums = np.zeros((len(element) + 1, _TO + _LED), np.float64)
    for row in range(len(element)):
        own, number = marks[element[row]] | blocks.marks[row], numbers[row]
        number[_LINK_DENSITY] = min(blocks.in_links[row] / plain[row], 1.0)
        sums[row + 1, _LINKED], sums[row + 1, _LENGTH] = length[row] * number[_LINK_DENSITY], length[row]
        if length[row] >= PROSE and number[_LINK_DENSITY] < PROSE_LINKED:
            sums[row + 1, _SHARE] = length[row]
        for led in range(_LED):
            sums[row + 1, _TO + led] = (own & SUMMED_BITS[led]) != 0
    _alike(parent, tags, marks, names, element, sums, numbers)
    prose = _add_up(sums)
    last = -1
    for row in range(len(element)):
        at, number = element[row], numbers[row]
        last = row if tags[at] & HEADING else last
        number[_LINKS], number[_LINK_FIRST] = blocks.links[row], blocks.link_first[row]
        number[_DEPTH] = min(depth[row], 40) / 40
        number[_HEADING_DISTANCE] = 1 / (1 + row - last) if last >= 0 else 0.0
        up = parent[at]
        above = parent[up] if up >= 0 else -1
        _container(first, end, sums, up, number, _PARENT, _PARENT_TO)
        _container(first, end, sums, above, number, _ABOVE, _ABOVE_TO)
        number[_GROUP_PARENT], number[_GROUP_ABOVE] = up, above
    _main(parent, first, end, element, depth, sums, prose, numbers)
    _named(marks, kinds, first, end, sums, numbers)
    _with_headline(parent, tags, first, end, element, numbers)


@maker
def _bits(elements, blocks, out, depth):
    """Write the columns that are 0 or 1, and how deep each block lies."""
    parent, tags, marks, kinds = elements.parent, elements.tags, elements.marks, elements.kinds
    element = blocks.element
    count = len(parent)
    above, deep = np.zeros((3, count + 1), np.uint64), np.zeros(count + 1, np.int64)  # the last is above the page
    for at in range(count):
        above[0, at], above[1, at] = above[0, parent[at]] | tags[at], above[1, parent[at]] | marks[at]
        above[2, at], deep[at] = above[2, parent[at]] | kinds[at], deep[parent[at]] + 1
    for row in range(len(element)):
        at, near = element[row], kinds[element[row]] | blocks.kinds[row]
        up = parent[at]
        near |= kinds[up] if up >= 0 else np.uint64(0)
        up = parent[up] if up >= 0 else -1
        near |= kinds[up] if up >= 0 else np.uint64(0)
        _unpack(tags[at] | blocks.tags[row], out[row], 0)
        _unpack(marks[at] | blocks.marks[row] | (above[1, at] & MARK_MASK), out[row], _MARKS)
        _unpack(near, out[row], _NEAR)
        _unpack(above[2, up], out[row], _FAR)
        for number in range(len(_UNDER_BITS)):
            out[row, _UNDER + number] = (above[0, at] & _UNDER_BITS[number]) != 0
        depth[row] = deep[at]


@step
def _unpack(bits, row, place):
    """Write the bits that are set, from a place on."""
    while bits != 0:
        row[place + lowest(bits)] = 1
        bits &= bits - np.uint64(1)


@step
def _add_up(sums):
    """Make running sums of what there is of each block, and return how much prose there is."""
    prose = 0.0
    for row in range(1, len(sums)):
        prose += sums[row, _SHARE]
    for row in range(1, len(sums)):
        share = sums[row, _SHARE]
        sums[row, _SCORE] = share if share > 0 else -NOT_PROSE_COST
        sums[row, _SHARE] = share / max(prose, 1.0)
        for column in range(sums.shape[1]):
            sums[row, column] += sums[row - 1, column]
    return prose


@step
def _container(first, end, sums, at, number, place, to):
    """Write of a container its blocks, its share of the prose, its link density, its mean length, where links lead."""
    low, high = (first[at], end[at]) if at >= 0 else (0, len(sums) - 1)
    size = sums[high, _LENGTH] - sums[low, _LENGTH]
    number[place], number[place + 1] = high - low, sums[high, _SHARE] - sums[low, _SHARE]
    number[place + 2] = (sums[high, _LINKED] - sums[low, _LINKED]) / max(size, 1.0)
    number[place + 3] = size / max(high - low, 1)
    for led in range(_LED):
        number[to + led] = (sums[high, _TO + led] - sums[low, _TO + led]) / max(high - low, 1)


@maker
def _alike(parent, tags, marks, names, element, values, numbers):
    """Write how many blocks look like each one (tag, names and parent's names), and what they hold."""
    blocks = len(element)
    slots = np.full(table_size(blocks), -1, np.int64)
    like, group = np.empty(blocks, np.int64), np.empty(blocks, np.int64)  # an element of each group; of each block
    count, sums = np.zeros(blocks, np.int64), np.zeros((blocks, _TO + _LED), np.float64)
    groups = 0
    for row in range(blocks):
        at = element[row]
        own, above = names[at], names[parent[at]] if parent[at] >= 0 else 0
        key = mixed(tags[at] ^ mixed(marks[at] ^ mixed(np.uint64(own) << np.uint64(32) | np.uint64(above))))
        slot = np.int64(key >> np.uint64(20)) & (len(slots) - 1)
        while slots[slot] >= 0:
            other = like[slots[slot]]
            over = names[parent[other]] if parent[other] >= 0 else 0
            same = tags[other] == tags[at] and marks[other] == marks[at] and names[other] == own
            if same and over == above:
                break
            slot = (slot + 1) & (len(slots) - 1)
        if slots[slot] < 0:
            slots[slot], like[groups] = groups, at
            groups += 1
        group[row] = slots[slot]
        count[group[row]] += 1
        for column in range(sums.shape[1]):
            sums[group[row], column] += values[row + 1, column]
    for row in range(blocks):
        own, number = group[row], numbers[row]
        number[_ALIKE], number[_ALIKE + 1] = count[own], sums[own, _LENGTH] / count[own]
        number[_ALIKE + 2], number[_GROUP_ALIKE] = sums[own, _LINKED] / max(sums[own, _LENGTH], 1.0), own
        for led in range(_LED):
            number[_ALIKE_TO + led] = sums[own, _TO + led] / count[own]


@step
def _main(parent, first, end, element, depth, sums, prose, numbers):
    """Write which blocks stand in the main container: the element whose prose most outweighs the rest in it.

    Of equally good ones the deepest is taken, and the page only where none is as good.
    """
    blocks = len(element)
    best, highest = -1, sums[blocks, _SCORE]
    for at in range(len(parent)):
        score = sums[end[at], _SCORE] - sums[first[at], _SCORE]
        if score >= highest:
            best, highest = at, score
    low, high = (first[best], end[best]) if best >= 0 else (0, blocks)
    inside, shallowest = 0.0, depth[low] if high > low else 0
    for row in range(low, high):
        shallowest = min(shallowest, depth[row])
        inside += sums[row + 1, _SCORE] - sums[row, _SCORE] if sums[row + 1, _SCORE] > sums[row, _SCORE] else 0.0
    for row in range(blocks):
        number = numbers[row]
        if low <= row < high:
            number[_IN_MAIN], number[_BELOW_MAIN] = 1, min(depth[row] - shallowest, 20) / 20
        number[_DIRECT_IN_MAIN] = parent[element[row]] == best
        number[_MAIN_PROSE] = inside / max(prose, 1.0)


@step
def _named(marks, kinds, first, end, sums, numbers):
    """Write which blocks stand in the element that is called the article's body and holds the most prose of those."""
    best, held = -1, 0.0
    for at in range(len(kinds)):
        if kinds[at] & BODY_KIND or marks[at] & BODY_MARK:
            share = sums[end[at], _SHARE] - sums[first[at], _SHARE]
            if best < 0 or share > held:
                best, held = at, share
    for row in range(len(numbers)):
        numbers[row, _NAMED_PROSE] = held
        numbers[row, _IN_NAMED] = best >= 0 and first[best] <= row < end[best]


@step
def _with_headline(parent, tags, first, end, element, numbers):
    """Write how many blocks the smallest element with both a block and the headline has, and how deep it lies.

    The headline is the first heading that is the title of the head, else the first such block, else the first h1.
    """
    blocks = len(element)
    title = heading = said = -1
    for row in range(blocks - 1, -1, -1):
        if numbers[row, _IS_HEADLINE]:
            said = row
            title = row if tags[element[row]] & HEADING else title
        heading = row if tags[element[row]] & H1 else heading
    headline = title if title >= 0 else said if said >= 0 else heading
    if headline < 0:
        return
    low, high, up, at = headline, headline, 0, element[headline]
    while low > 0 or high < blocks or at >= 0:
        start, stop = (first[at], end[at]) if at >= 0 else (0, blocks)
        for row in range(start, low):
            numbers[row, _WITH_BLOCKS], numbers[row, _WITH_DEPTH] = stop - start, min(up, 20) / 20
        for row in range(high, stop):
            numbers[row, _WITH_BLOCKS], numbers[row, _WITH_DEPTH] = stop - start, min(up, 20) / 20
        low, high, up, at = min(start, low), max(stop, high), up + 1, parent[at] if at >= 0 else -1
