"""One string field of JSON lines, found and unescaped 64 bytes at a time."""

from __future__ import annotations

from typing import Any

import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from ..words.intrinsics import lowest
from ..words.load import kernel, step

ASCII, FOREIGN, UNSURE = range(3)  # what is known of the text of a line: UNSURE is left to a JSON decoder

_NEWLINE, _QUOTE, _ESCAPE, _COMMA, _COLON = 10, 34, 92, 44, 58
_OPEN, _CLOSE, _OPEN_LIST, _CLOSE_LIST = 123, 125, 91, 93


def _special(typing_context: Any, data: Any, place: Any, out: Any, to: Any) -> Any:
    """Copy 64 bytes; return two uint64 masks of them: quotes, backslashes and control characters; not ASCII."""
    byte = ir.IntType(8)
    vector = ir.VectorType(byte, 64)

    def every(value: int) -> Any:
        return ir.Constant(vector, [value] * 64)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        pointers = []
        for number in (0, 2):
            array = context.make_array(signature.args[number])(context, builder, arguments[number])
            place = cgutils.gep_inbounds(builder, array.data, arguments[number + 1])
            pointers.append(builder.bitcast(place, vector.as_pointer()))
        here = builder.load(pointers[0], align=1)
        builder.store(here, pointers[1], align=1)
        ends = builder.or_(
            builder.icmp_unsigned("==", here, every(_QUOTE)), builder.icmp_unsigned("==", here, every(_ESCAPE))
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
def _unicode(data, place, out, to):
    """Write the UTF-8 of the escape after the backslash at a place; return (bytes read, bytes written), 0 if wrong."""
    point, size = _hex(data, place + 2), 6
    if 0xD800 <= point < 0xDC00 and data[place + 6] == _ESCAPE and data[place + 7] == 117:
        second = _hex(data, place + 8)
        if 0xDC00 <= second < 0xE000:
            point, size = 0x10000 + ((point & 0x3FF) << 10 | second & 0x3FF), 12
    if point < 0 or 0xD800 <= point < 0xE000:
        return 0, 0
    if point < 0x80:
        out[to] = point
        return size, 1
    width = 2 if point < 0x800 else 3 if point < 0x10000 else 4
    out[to] = (0xF00 >> width) & 0xFF | point >> 6 * (width - 1)
    for i in range(1, width):
        out[to + i] = 0x80 | (point >> 6 * (width - 1 - i)) & 0x3F
    return size, width


@step
def _string(data, place, stop, out, to):
    """Write the string that starts after the quote before a place; return (place after it, end of what is written,
    what is known of it).
    """
    known = ASCII
    while place < stop:
        special, foreign = _copied(data, place, out, to)
        step = lowest(special)
        if foreign & ((np.uint64(1) << np.uint64(step & 63)) - np.uint64(1) if step < 64 else foreign):
            known = FOREIGN
        place, to = place + step, to + step
        if step == 64:
            continue
        if place >= stop:
            break
        if data[place] == _QUOTE:
            return place + 1, to, known
        if data[place] != _ESCAPE:
            return stop, to, UNSURE
        kind = data[place + 1]
        if kind == 117:
            size, width = _unicode(data, place, out, to)
            if size == 0:
                return stop, to, UNSURE
            known = FOREIGN if width > 1 else known
            place, to = place + size, to + width
            continue
        if kind == 110:
            out[to] = 10
        elif kind in (_QUOTE, _ESCAPE, 47):
            out[to] = kind
        elif kind == 116:
            out[to] = 9
        elif kind == 114:
            out[to] = 13
        elif kind == 98:
            out[to] = 8
        elif kind == 102:
            out[to] = 12
        else:
            return stop, to, UNSURE
        place, to = place + 2, to + 1
    return stop, to, UNSURE


@step
def _blank(data, place, stop):
    """Return the first place that is not white space."""
    while place < stop and (data[place] == 32 or data[place] == 9 or data[place] == 13):
        place += 1
    return place


@step
def _value(data, place, stop, out, to):
    """Return the place after a value that is of no interest, -1 if there is none."""
    depth, start = 0, place
    while place < stop:
        byte = data[place]
        if byte == _QUOTE:
            place, _, known = _string(data, place + 1, stop, out, to)
            if known == UNSURE:
                return -1
        elif byte in (_OPEN, _OPEN_LIST):
            depth, place = depth + 1, place + 1
        elif byte in (_CLOSE, _CLOSE_LIST):
            if depth == 0:
                break
            depth, place = depth - 1, place + 1
        elif byte == _NEWLINE or (byte == _COMMA and depth == 0):
            break
        else:
            place += 1
    return place if place > start and depth == 0 else -1


@step
def _line(data, place, stop, field, out, to):
    """Write the field of the object at a place; return (place after it, end of what is written, what is known of it).

    Not every rule of JSON is checked; what is not a plain object on one line with the field once, a string, is UNSURE.
    """
    end, known = to, UNSURE
    start = place
    if data[place] != _OPEN:
        return start, to, UNSURE
    place = _blank(data, place + 1, stop)
    while place < stop and data[place] == _QUOTE:
        place, after, sure = _string(data, place + 1, stop, out, end)
        wanted = after - end == len(field)
        for i in range(len(field) if wanted else 0):
            wanted = wanted and out[end + i] == field[i]
        place = _blank(data, place, stop)
        if sure == UNSURE or place >= stop or data[place] != _COLON:
            return start, to, UNSURE
        place = _blank(data, place + 1, stop)
        if wanted:
            if known != UNSURE or place >= stop or data[place] != _QUOTE:
                return start, to, UNSURE
            place, end, known = _string(data, place + 1, stop, out, to)
            if known == UNSURE:
                return start, to, UNSURE
        else:
            place = _value(data, place, stop, out, end)
            if place < 0:
                return start, to, UNSURE
        place = _blank(data, place, stop)
        if place < stop and data[place] == _CLOSE:
            place = _blank(data, place + 1, stop)
            return (place, end, known) if place == stop or data[place] == _NEWLINE else (start, to, UNSURE)
        if place >= stop or data[place] != _COMMA:
            return start, to, UNSURE
        place = _blank(data, place + 1, stop)
    return start, to, UNSURE


@kernel
def fields(data, size, field, out, bounds, start, known):
    """Write the field of each line that is not blank, one after the other, and of each where its text ends, where the
    line starts, and what is known of it; return how many lines there are. 64 bytes follow both `data` and `out`.
    """
    count, place, to = 0, 0, 0
    bounds[0] = 0
    while place < size:
        place = _blank(data, place, size)
        if place < size and data[place] != _NEWLINE:
            start[count] = place
            place, to, known[count] = _line(data, place, size, field, out, to)
            bounds[count + 1] = to
            count += 1
        while place < size and data[place] != _NEWLINE:  # only a line that is UNSURE is not at its end
            place += 1
        place += 1
    return count
