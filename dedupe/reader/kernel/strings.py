"""Strings of JSON, copied and unescaped 64 bytes at a time."""

from __future__ import annotations

from typing import Any

import numpy as np
from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from ...compiling.intrinsics import lowest, pointer_to
from ...compiling.load import step
from ...words.kernel import write

ASCII, FOREIGN, UNSURE = range(3)  # what is known of a string or a line: UNSURE is left to a JSON decoder

QUOTE, _ESCAPE, _UNICODE = 34, 92, ord("u")
_MEANT = np.zeros(256, np.uint8)  # what a letter means after a backslash, 0 for those that mean nothing there
_MEANT[list(b'"\\/bfnrt')] = list(b'"\\/\b\f\n\r\t')


def _special(typing_context: Any, data: Any, place: Any, out: Any, to: Any) -> Any:
    """Copy 64 bytes; return two uint64 masks of them: quotes, backslashes and control characters; not ASCII."""
    byte = ir.IntType(8)
    vector = ir.VectorType(byte, 64)

    def every(value: int) -> Any:
        return ir.Constant(vector, [value] * 64)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        pointers = []
        for number in (0, 2):
            pointer = pointer_to(context, builder, signature, arguments, number, number + 1)
            pointers.append(builder.bitcast(pointer, vector.as_pointer()))
        here = builder.load(pointers[0], align=1)
        builder.store(here, pointers[1], align=1)
        ends = builder.or_(
            builder.icmp_unsigned("==", here, every(QUOTE)), builder.icmp_unsigned("==", here, every(_ESCAPE))
        )
        stops = builder.or_(ends, builder.icmp_unsigned("<", here, every(32)))
        foreign = builder.icmp_unsigned(">=", here, every(128))
        masks = [builder.bitcast(bits, ir.IntType(64)) for bits in (stops, foreign)]
        return context.make_tuple(builder, signature.return_type, masks)

    return types.UniTuple(types.uint64, 2)(data, types.int64, out, types.int64), generate


_copied: Any = intrinsic(_special)


@step
def _hex(data, place):
    """Return the number of four hexadecimal digits, -1 where there are none."""
    value = 0
    for i in range(4):
        digit = int(data[place + i])
        if 48 <= digit <= 57:
            digit -= 48
        elif 97 <= digit | 32 <= 102:
            digit = (digit | 32) - 87
        else:
            return -1
        value = value << 4 | digit
    return value


@step
def _escaped(data, place, out, to):
    """Write what the escape with the backslash at a place means; return (bytes read, bytes written), 0 if wrong."""
    if data[place + 1] == _UNICODE:
        return _unicode(data, place, out, to)
    out[to] = _MEANT[data[place + 1]]
    return (2, 1) if out[to] else (0, 0)


@step
def _unicode(data, place, out, to):
    """Write the UTF-8 of an escape by number; return (bytes read, bytes written), 0 if wrong."""
    point, size = _hex(data, place + 2), 6
    if 0xD800 <= point < 0xDC00 and data[place + 6] == _ESCAPE and data[place + 7] == _UNICODE:
        second = _hex(data, place + 8)
        if 0xDC00 <= second < 0xE000:
            point, size = 0x10000 + ((point & 0x3FF) << 10 | second & 0x3FF), 12
    if point < 0 or 0xD800 <= point < 0xE000:
        return 0, 0
    return size, write(out, to, point) - to


@step
def string(data, place, stop, out, to):
    """Write the string that starts after the quote before a place; return (place after it, end of what is written,
    what is known of it).
    """
    known = ASCII
    while place < stop:
        special, foreign = _copied(data, place, out, to)
        if special == 0:  # foreseen, it lets the next 64 be looked at before this is known
            known = FOREIGN if foreign else known
            place, to = place + 64, to + 64
            continue
        step = lowest(special)
        if foreign & ((np.uint64(1) << np.uint64(step)) - np.uint64(1)):
            known = FOREIGN
        place, to = place + step, to + step
        if place >= stop:
            break
        if data[place] == QUOTE:
            return place + 1, to, known
        if data[place] != _ESCAPE:
            return stop, to, UNSURE
        size, width = _escaped(data, place, out, to)
        if size == 0:
            return stop, to, UNSURE
        known = FOREIGN if width > 1 else known
        place, to = place + size, to + width
    return stop, to, UNSURE
