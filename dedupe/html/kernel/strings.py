"""The strings of a page, written into buffers.

Texts are written one after another; of the names, attributes and addresses of elements each different one is written
once, so that an element only has its number.
"""

import numpy as np

from ...compiling.load import inlined, step
from ...words.kernel import write
from ..nodes import ATTRIBUTES, key_of
from .source import refer, small, with_sign

TEXTS, _NAMES, _MARKS, _LINKS = range(4)  # rows of what is written
_CLASS, _ID, _HREF, _REL = (ATTRIBUTES.index(name) for name in ("class", "id", "href", "rel"))  # the others follow
_MANY = len(ATTRIBUTES)
_AMP, _SPACE, _QUOTE, _IS, _SEMICOLON, _TAB, LINE = np.frombuffer(b'& "=;\t\n', dtype=np.uint8)
END = np.uint8(0)
_SURE = np.array([key_of(name) for name in ("amp;", "quot;", "lt;", "gt;", "nbsp;")], dtype=np.uint64)
_LONGEST = 5  # characters of one of those


@inlined
def listen(source, page, node, is_link):
    """Write the names of a node by its tag, what else that tells, and of a link where it leads; set their numbers.

    Return whether what it tells can be told from how it is written.
    """
    out, written, listed, spans = page.out, page.written, page.listed, source.spans
    low, sure = written[_NAMES], True
    _write(source, _CLASS, out, written, _NAMES)
    if spans[_ID, 0] >= 0:
        end_with(out, written, _NAMES, _SPACE)
        _write(source, _ID, out, written, _NAMES)
    if written[_NAMES] > low:
        page.numbers[0, node] = _number(out, written, _NAMES, low, listed, page.slots[0], page.starts[0])
    low = written[_MARKS]
    for asked in range(_REL if is_link else _REL + 1, _MANY):
        if spans[asked, 0] >= 0:
            sure &= _mark(source.data, spans[asked], out, written)
    if written[_MARKS] > low:
        page.numbers[1, node] = _number(out, written, _MARKS, low, listed, page.slots[1], page.starts[1])
    if is_link and spans[_MANY, 0] >= 0:
        _write(source, _HREF, out, written, _LINKS)
        end_with(out, written, _LINKS, END)
        _write(source, _REL, out, written, _LINKS)
        end_with(out, written, _LINKS, END)
        page.numbers[2, node] = listed[_LINKS]
        listed[_LINKS] += 1
    return sure


@step
def _mark(data, span, out, written):
    """Write an attribute as it stands; return whether it could only be read in one way."""
    end_with(out, written, _MARKS, _SPACE)
    for at in range(span[2], span[3]):
        end_with(out, written, _MARKS, small(data[at]))
    end_with(out, written, _MARKS, _IS)
    end_with(out, written, _MARKS, _QUOTE)
    sure = True
    for at in range(span[0], span[1]):
        sure &= data[at] != _QUOTE and (data[at] != _AMP or _is_sure(data, at + 1, span[1]))
        end_with(out, written, _MARKS, data[at])
    end_with(out, written, _MARKS, _QUOTE)
    return sure


@step
def _is_sure(data, at, end):
    """Return whether a reference is one of the few that nobody reads in two ways."""
    key = np.uint64(0)
    for place in range(at, min(at + _LONGEST, end)):
        key = with_sign(key, data[place])
        if data[place] == _SEMICOLON:
            break
    return key == _SURE[0] or key == _SURE[1] or key == _SURE[2] or key == _SURE[3] or key == _SURE[4]


@step
def _number(out, written, to, low, listed, slots, starts):
    """End what was written from a place on, and return its number; where it was there before, it is taken back."""
    key = np.uint64(0)
    for at in range(low, written[to]):
        key = with_sign(key, out[to, at])
    end_with(out, written, to, END)
    slot = np.int64(key >> np.uint64(20)) & (len(slots) - 1)
    while slots[slot] >= 0:
        at, before = low, starts[slots[slot]]
        while at < written[to] and out[to, at] == out[to, before]:
            at, before = at + 1, before + 1
        if at == written[to]:
            written[to] = low
            return slots[slot]
        slot = (slot + 1) & (len(slots) - 1)
    slots[slot], starts[listed[to]] = listed[to], low
    listed[to] += 1
    return slots[slot]


@inlined
def _write(source, number, out, written, to):
    """Write an attribute's value, nothing where it has none."""
    low, high = source.spans[number, 0], source.spans[number, 1]
    if low >= 0:
        written[to] = copy(source.data, low, high, out[to], written[to], False, source.references)


@step
def end_with(out, written, to, sign):
    """Write what ends or divides."""
    out[to, written[to]] = sign
    written[to] += 1


@step
def copy(data, at, end, out, to, is_text, references):
    """Write text, on one line, or a value with its references read, and return the place after it."""
    while at < end:
        sign = data[at]
        at += 1
        if sign == _AMP:
            first, second, at = refer(data, at, end, not is_text, references)
            to = write(out, to, _SPACE if is_text and first in (_TAB, LINE) else first)
            to = write(out, to, second) if second else to
            continue
        if is_text and sign in (_TAB, LINE):
            sign = _SPACE
        out[to] = sign
        to += 1
    return to
