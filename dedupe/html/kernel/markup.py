"""The signs of a page that is written out: where a tag, a comment, a raw text ends, and which attributes a tag has."""

from __future__ import annotations

import numpy as np

from ...words import PAD
from ...words.intrinsics import equal, lowest
from ...words.load import step
from ..nodes import ATTRIBUTES, PRIME

_MANY, _PRIME = len(ATTRIBUTES), np.uint64(PRIME)
_LT, _GT, _SPACE, _QUOTE, _IS, _SLASH, _BANG, _DASH, _S = np.frombuffer(b'<> "=/!-s', dtype=np.uint8)


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
def comment_end(data, at):
    """Return the place after the comment whose text starts here."""
    end = find(data, at, len(data) - PAD, _GT)
    while data[end] == _GT and (end < at + 2 or data[end - 1] != _DASH or data[end - 2] != _DASH):
        end = find(data, end + 1, len(data) - PAD, _GT)
    return end + 1


@step
def read_key(data, at):
    """Return the key of the tag's name that starts here, see `nodes.key_of`, and the place after it."""
    key = np.uint64(0)
    while data[at] > _SPACE and data[at] != _GT:
        key = (key ^ np.uint64(data[at])) * _PRIME
        at += 1
    return key, at


@step
def is_white(sign):
    """Return whether a sign is white space to Python, if it is ASCII."""
    return sign == _SPACE or 9 <= sign <= 13 or 28 <= sign <= 31


@step
def slot_of(key, keys):
    """Return the row of a key in the keys of a table, or a free one."""
    slot = np.int64(key >> np.uint64(20)) & (len(keys) - 1)
    while keys[slot] != key and keys[slot] != 0:
        slot = (slot + 1) & (len(keys) - 1)
    return slot


@step
def read_attributes(data, at, attributes, spans):
    """Write of each attribute that is asked for where it stands; return the place after the tag, or -1.

    A span is where the value starts and ends, and its name does; -1 for none. The last span starts where there is any
    attribute.
    """
    spans[:] = -1
    while data[at] == _SPACE:
        start = at
        at += 1
        key = np.uint64(0)
        while data[at] > _SPACE and data[at] != _GT and (data[at] != _IS or at == start + 1):
            key = (key ^ np.uint64(data[at])) * _PRIME
            at += 1
        low = high = named = at
        if data[at] == _IS and data[at + 1] == _QUOTE:
            low = at + 2
            high = find(data, low, len(data) - PAD, _QUOTE)
            at = high + 1
        for number in range(_MANY):
            if attributes[number] == key:
                spans[number, 0], spans[number, 1], spans[number, 2], spans[number, 3] = low, high, start + 1, named
        spans[_MANY, 0] = at
    return at + 1 if data[at] == _GT else -1


@step
def raw_end(data, at, key):
    """Return the place of the end tag of an element that holds raw text, and whether that may not be its end.

    A script may hold its own end tag after what starts a comment and another script (the standard's "double escaped").
    """
    commented = doubtful = False
    at = find(data, at, len(data) - PAD, _LT)
    while data[at] == _LT:
        if data[at + 1] == _SLASH:
            other, end = read_key(data, at + 2)
            if other == key and data[end] == _GT:
                break
        commented |= data[at + 1] == _BANG
        doubtful |= commented and data[at + 1] | 32 == _S
        at = find(data, at + 1, len(data) - PAD, _LT)
    return at, doubtful
