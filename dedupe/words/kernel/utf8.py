"""Characters as UTF-8 and back, compiled."""

import numpy as np

from ...compiling.load import step


@step
def decode(data, place, stop):
    """Return (code point, bytes) of the UTF-8 character at a place."""
    lead = np.int64(data[place])
    if lead < 0x80:
        return lead, 1
    if lead < 0xE0:
        size, point = 2, lead & 0x1F
    elif lead < 0xF0:
        size, point = 3, lead & 0x0F
    else:
        size, point = 4, lead & 0x07
    for i in range(1, min(size, stop - place)):
        point = point << 6 | np.int64(data[place + i]) & 0x3F
    return min(point, 0x10FFFF), size


@step
def encode(point):
    """Return (number, bytes) of a character: its UTF-8 as a number, the first byte lowest."""
    point = np.int64(point)
    if point < 0x80:
        return point, 1
    last = 0x80 | point & 0x3F
    if point < 0x800:
        return 0xC0 | point >> 6 | last << 8, 2
    third = 0x80 | point >> 6 & 0x3F
    if point < 0x10000:
        return 0xE0 | point >> 12 | third << 8 | last << 16, 3
    return 0xF0 | point >> 18 | (0x80 | point >> 12 & 0x3F) << 8 | third << 16 | last << 24, 4


@step
def write(out, to, point):
    """Write a character as UTF-8 to a place; return the place after it."""
    number, size = encode(point)
    for i in range(size):
        out[to + i] = number >> 8 * i & 0xFF
    return to + size
