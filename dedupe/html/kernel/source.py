"""The signs of a page as it was written: tags in any case, values in any quotes or none, references of any kind."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from ...compiling.intrinsics import equal, lowest
from ...compiling.load import step
from ...words import PAD
from ..nodes import PRIME

_PRIME, _NONE = np.uint64(PRIME), np.uint64(0)
_LT, _GT, _SPACE, _QUOTE, _TICK, _IS, _SLASH, _BANG, _DASH, _SHARP, _SEMICOLON, _AMP, _ASKS = np.frombuffer(
    b"<> \"'=/!-#;&?", dtype=np.uint8
)
_0, _9, _A, _F, _Z, _X = np.frombuffer(b"09afzx", dtype=np.uint8)
_CAPITAL_A, _CAPITAL_Z = np.frombuffer(b"AZ", dtype=np.uint8)
_ZERO, _TEN = np.int64(ord("0")), np.int64(ord("a") - 10)  # what a digit is more than its value
_MOST = 64  # attributes of a tag; of one that is long `tree` leaves out those that follow
_LONGEST_NAME = 40  # letters of a reference
_SURROGATES, _AFTER_SURROGATES, _LAST, _REPLACEMENT = 0xD800, 0xE000, 0x10FFFF, 0xFFFD
# What numbers of controls refer to: the characters of windows-1252, of which five bytes have none.
_OF_CONTROLS = np.array([ord(bytes([byte]).decode("cp1252", "ignore") or chr(byte)) for byte in range(0x80, 0xA0)])


class Source(NamedTuple):
    """A page's bytes, the tables of what they may say, and the spans of the attributes that were last read.

    `tags`, `attributes`, `references`: see `nodes`. `said`, `metas`: see `source`.
    """

    data: Any
    tags: Any
    attributes: Any
    said: Any
    metas: Any
    references: Any
    spans: Any


@step
def find(data, at, end, sign):
    """Return the next place of a sign before an end, or that; 64 bytes are looked at at once."""
    while at < end:
        found = equal(data, at, sign)
        if found != 0:
            return min(at + lowest(found), end)
        at += 64
    return end


@step
def with_sign(key, sign):
    """Return the key of a name with one more sign, see `nodes.key_of`; that of no signs is 0."""
    return (key ^ np.uint64(sign)) * _PRIME


@step
def slot_of(key, keys):
    """Return the row of a key in the keys of a table, or a free one."""
    slot = np.int64(key >> np.uint64(20)) & (len(keys) - 1)
    while keys[slot] != key and keys[slot] != 0:
        slot = (slot + 1) & (len(keys) - 1)
    return slot


@step
def is_white(sign):
    """Return whether a sign is white space to Python, if it is ASCII."""
    return sign == _SPACE or 9 <= sign <= 13 or 28 <= sign <= 31


@step
def is_space(sign):
    """Return whether a sign parts a tag's attributes."""
    return sign == _SPACE or sign == 9 or sign == 10 or sign == 12 or sign == 13


@step
def small(sign):
    """Return a letter as a small one."""
    return np.uint8(sign | _SPACE) if _CAPITAL_A <= sign <= _CAPITAL_Z else sign


@step
def is_letter(sign):
    """Return whether a sign is a letter of ASCII, with which a tag's name starts."""
    return _A <= sign | _SPACE <= _Z


@step
def _is_digit(sign):
    return _0 <= sign <= _9


@step
def read_name(data, at):
    """Return the key of the tag's name that starts here, in small letters, and the place after it."""
    key = _NONE
    while data[at] > _SPACE and data[at] != _GT and data[at] != _SLASH:
        key = with_sign(key, small(data[at]))
        at += 1
    return key, at


@step
def read_tag(data, at, attributes, spans):
    """Write of each attribute that is asked for where it stands; return the place after the tag, or -1.

    A span is where the value starts and ends, and its name does; -1 for none. Of several of a name the first counts.
    The last span starts where there is any attribute, and ends where the tag says that it has no content.
    """
    spans[:] = -1
    most = len(attributes)
    for _ in range(_MOST):
        ended = False
        while is_space(data[at]) or data[at] == _SLASH:
            ended = data[at] == _SLASH
            at += 1
        if data[at] == _GT:
            spans[most, 1] = at if ended else -1
            return at + 1
        start, key = at, _NONE
        while data[at] > _SPACE and data[at] not in (_GT, _SLASH) and (data[at] != _IS or at == start):
            key = with_sign(key, small(data[at]))
            at += 1
        named = at
        if at == start:  # a control character, or the page's end
            return -1
        while is_space(data[at]):
            at += 1
        low = high = at
        if data[at] == _IS:
            at += 1
            while is_space(data[at]):
                at += 1
            low = high = at
            if data[at] == _QUOTE or data[at] == _TICK:
                low = at + 1
                high = find(data, low, len(data) - PAD, data[at])
                at = high + 1
            elif data[at] != _GT:
                while data[at] > _SPACE and data[at] != _GT:
                    at += 1
                high = at
        for number in range(most):
            if attributes[number] == key and spans[number, 0] < 0:
                spans[number, 0], spans[number, 1], spans[number, 2], spans[number, 3] = low, high, start, named
        spans[most, 0] = at
    return -1


@step
def text_end(data, at):
    """Return the place of the next "<" that starts a tag, a comment or the like."""
    size = len(data) - PAD
    at = find(data, at, size, _LT)
    while at < size and not (is_letter(data[at + 1]) or data[at + 1] in (_SLASH, _BANG, _ASKS)):
        at = find(data, at + 1, size, _LT)
    return at


@step
def raw_text_end(data, at, key):
    """Return the place of the end tag of what holds raw text; -1 where it has none, or may have it elsewhere.

    A script may hold its own end tag after what starts a comment and another script (the standard's "double escaped").
    """
    size, commented = len(data) - PAD, False
    at = find(data, at, size, _LT)
    while at < size:
        ends = data[at + 1] == _SLASH
        other, stop = read_name(data, at + 1 + ends)
        if other == key and ends and (is_space(data[stop]) or data[stop] == _GT or data[stop] == _SLASH):
            return at
        if other == key and commented:
            return -1
        commented |= opens_comment(data, at)
        start, at = at, find(data, at + 1, size, _LT)
        commented = commented and not _ends_comment(data, start, at)
    return -1


@step
def _ends_comment(data, at, end):
    """Return whether a comment ends between two places."""
    stop = find(data, at, end, _GT)
    while stop < end and (data[stop - 1] != _DASH or data[stop - 2] != _DASH):
        stop = find(data, stop + 1, end, _GT)
    return stop < end


@step
def opens_comment(data, at):
    """Return whether a comment starts with the "<" that stands here."""
    return data[at + 1] == _BANG and data[at + 2] == _DASH and data[at + 3] == _DASH


@step
def end_of_comment(data, at):
    """Return the place after the comment that starts here; -1 where it has an end that only some see, or none."""
    size = len(data) - PAD
    if data[at + 4] == _GT or (data[at + 4] == _DASH and data[at + 5] == _GT):
        return -1
    stop = find(data, at + 4, size, _GT)
    while stop < size:
        if data[stop - 1] == _DASH and data[stop - 2] == _DASH:
            return stop + 1 if stop - 2 >= at + 4 else -1
        if data[stop - 1] == _BANG and data[stop - 2] == _DASH and data[stop - 3] == _DASH:
            return -1
        stop = find(data, stop + 1, size, _GT)
    return -1


@step
def refer(data, at, end, in_value, references):
    """Return what the reference after an "&" means, as one or two code points (0 for one), and the place after it.

    Where it is none it means an "&". In a value a name that was left open is none where it goes on.
    """
    if at < end and data[at] == _SHARP:
        return _numbered(data, at, end)
    key, first, second, stop = _NONE, np.uint32(_AMP), np.uint32(0), at
    for place in range(at, min(at + _LONGEST_NAME, end)):
        sign = data[place]
        if sign != _SEMICOLON and not is_letter(sign) and not _is_digit(sign):
            break
        key = with_sign(key, sign)
        row = slot_of(key, references.key)
        if references[row].key == key:
            first, second, stop = references[row].first, references[row].second, place + 1
        if sign == _SEMICOLON:
            break
    goes_on = stop < end and (data[stop] == _IS or is_letter(data[stop]) or _is_digit(data[stop]))
    if in_value and stop > at and data[stop - 1] != _SEMICOLON and goes_on:
        return np.uint32(_AMP), np.uint32(0), at
    return first, second, stop


@step
def _numbered(data, at, end):
    """Return what a reference by number means."""
    place = at + 1
    hexadecimal = place < end and small(data[place]) == _X
    place += hexadecimal
    value: Any = np.int64(0)
    start = place
    while place < end and (_is_digit(data[place]) or (hexadecimal and _A <= small(data[place]) <= _F)):
        sign = np.int64(small(data[place]))
        value = (16 if hexadecimal else 10) * value + sign - (_ZERO if sign <= _9 else _TEN)
        value = value if value <= _LAST else _LAST + 1
        place += 1
    if place == start:
        return np.uint32(_AMP), np.uint32(0), at
    place += place < end and data[place] == _SEMICOLON
    if value == 0 or value > _LAST or _SURROGATES <= value < _AFTER_SURROGATES:
        return np.uint32(_REPLACEMENT), np.uint32(0), place
    return np.uint32(_OF_CONTROLS[value - 0x80] if 0x80 <= value < 0xA0 else value), np.uint32(0), place
