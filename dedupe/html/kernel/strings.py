"""The strings that a scan finds, written into buffers.

Texts are written one after another; of the names, attributes and addresses of elements each different one is written
once, so that an element only has its number.
"""

from __future__ import annotations

import numpy as np

from ...words.load import step
from ..nodes import ATTRIBUTES, PRIME
from .markup import find

TEXTS, _NAMES, _MARKS, _LINKS = range(4)  # rows of what is written
_CLASS, _ID, _HREF, _REL = (ATTRIBUTES.index(name) for name in ("class", "id", "href", "rel"))  # the others follow
_MANY = len(ATTRIBUTES)
_PRIME = np.uint64(PRIME)
_LT, _GT, _AMP, _SPACE, _QUOTE, _SEMICOLON, _TAB, LINE = np.frombuffer(b'<>& ";\t\n', dtype=np.uint8)
_A, _L, _G, _Q, _N = np.frombuffer(b"algqn", dtype=np.uint8)  # the first letters of the five references
_END = np.uint8(0)
_NO_BREAK_SPACE = np.frombuffer("\u00a0".encode(), dtype=np.uint8)


@step
def listen(data, spans, is_link, out, written, listed, slots, starts, number):
    """Write the names of an element, what else it tells, and of a link where it leads; set their numbers."""
    low = written[_NAMES]
    _write(data, spans, _CLASS, out, written, _NAMES)
    if spans[_ID, 0] >= 0:
        end_with(out, written, _NAMES, _SPACE)
        _write(data, spans, _ID, out, written, _NAMES)
    if written[_NAMES] > low:
        number[0] = _number(out, written, _NAMES, low, listed, slots[0], starts[0])
    low = written[_MARKS]
    for asked in range(_REL if is_link else _REL + 1, _MANY):
        if spans[asked, 0] >= 0:
            for at in range(spans[asked, 2], spans[asked, 3]):
                out[_MARKS, written[_MARKS]] = data[at]
                written[_MARKS] += 1
    if written[_MARKS] > low:
        number[1] = _number(out, written, _MARKS, low, listed, slots[1], starts[1])
    if is_link and spans[_MANY, 0] >= 0:
        _write(data, spans, _HREF, out, written, _LINKS)
        end_with(out, written, _LINKS, _END)
        _write(data, spans, _REL, out, written, _LINKS)
        end_with(out, written, _LINKS, _END)
        number[2] = listed[_LINKS]
        listed[_LINKS] += 1


@step
def _number(out, written, to, low, listed, slots, starts):
    """End what was written from a place on, and return its number; where it was there before, it is taken back."""
    key = np.uint64(0)
    for at in range(low, written[to]):
        key = (key ^ np.uint64(out[to, at])) * _PRIME
    end_with(out, written, to, _END)
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


@step
def _write(data, spans, number, out, written, to):
    """Write an attribute's value, nothing where it has none."""
    if spans[number, 0] >= 0:
        written[to] = copy(data, spans[number, 0], spans[number, 1], out[to], written[to], False)


@step
def end_with(out, written, to, sign):
    """Write what ends or divides."""
    out[to, written[to]] = sign
    written[to] += 1


@step
def copy(data, at, end, out, to, on_one_line):
    """Write text with its references read, and return the place after it."""
    while at < end:
        sign = data[at]
        at += 1
        if sign == _AMP:
            sign = _referred(data[at])
            if data[at] == _N:
                out[to] = _NO_BREAK_SPACE[0]
                to += 1
            at = find(data, at, end, _SEMICOLON) + 1
        elif on_one_line and sign in (_TAB, LINE):
            sign = _SPACE
        out[to] = sign
        to += 1
    return to


@step
def _referred(letter):
    """Return the sign, or its last byte, of the reference that starts with a letter."""
    if letter == _A:
        return _AMP
    if letter == _L:
        return _LT
    if letter == _G:
        return _GT
    return _QUOTE if letter == _Q else _NO_BREAK_SPACE[1]
