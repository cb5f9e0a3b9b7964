"""Values of JSON that are of no interest, checked to be JSON to the last comma."""

import numpy as np

from ...compiling.load import step
from .strings import ASCII, QUOTE, UNSURE, string

NEWLINE, COMMA, COLON = 10, 44, 58
OPEN, CLOSE, OPEN_LIST, CLOSE_LIST = 123, 125, 91, 93
_MINUS, _POINT, _ZERO, _NINE = 45, 46, 48, 57
_DEEPEST = 60  # values within each other; a decoder refuses some hundreds
_LONGEST = 300  # characters of a number; Python refuses whole ones of some thousands
_VALUE, _VALUE_OR_CLOSE, _KEY, _KEY_OR_CLOSE, _NEXT = range(5)  # what may come


@step
def blank(data, place, stop):
    """Return the first place that is not white space."""
    while place < stop and (data[place] == 32 or data[place] == 9 or data[place] == 13):
        place += 1
    return place


@step
def _digits(data, place, stop):
    """Return the first place that is no digit."""
    while place < stop and _ZERO <= data[place] <= _NINE:
        place += 1
    return place


@step
def number(data, place, stop):
    """Return the place after a number, -1 where there is none."""
    start = place
    if place < stop and data[place] == _MINUS:
        place += 1
    whole = place
    place = _digits(data, place, stop)
    if place == whole or (data[whole] == _ZERO and place > whole + 1):
        return -1
    if place < stop and data[place] == _POINT:
        part = place + 1
        place = _digits(data, part, stop)
        if place == part:
            return -1
    if place < stop and data[place] | 32 == 101:  # e
        place += 1
        if place < stop and (data[place] == 43 or data[place] == _MINUS):
            place += 1
        power = place
        place = _digits(data, place, stop)
        if place == power:
            return -1
    return place if place - start <= _LONGEST else -1


@step
def word(data, place, stop):
    """Return the place after true, false or null, -1 where there is none."""
    size = 5 if data[place] == 102 else 4
    if place + size > stop:
        return -1
    total = 0
    for i in range(size):
        total = total << 8 | int(data[place + i])
    return place + size if total == 0x74727565 or total == 0x66616C7365 or total == 0x6E756C6C else -1


@step
def value(data, place, stop, out, to):
    """Return (place after a value, what is known of its strings); UNSURE where it is not certain to be JSON.

    Its strings are written from `to` on, one over the other.
    """
    depth, objects, known, may = 0, np.uint64(0), ASCII, _VALUE
    while place < stop:
        place = blank(data, place, stop)
        byte = int(data[place]) if place < stop else NEWLINE
        inside = objects & np.uint64(1) != 0  # of an object, not a list
        if may == _NEXT and byte == COMMA:
            may = _KEY if inside else _VALUE
            place += 1
        elif (
            (byte == CLOSE and inside and may in (_NEXT, _KEY_OR_CLOSE))
            or (byte == CLOSE_LIST and not inside and may in (_NEXT, _VALUE_OR_CLOSE))
        ):  # fmt: skip
            depth, objects, may, place = depth - 1, objects >> np.uint64(1), _NEXT, place + 1
        elif may == _NEXT:
            return place, UNSURE
        elif byte == QUOTE:
            place, _, sure = string(data, place + 1, stop, out, to)
            if sure == UNSURE:
                return place, UNSURE
            known = max(known, sure)
            if may in (_KEY, _KEY_OR_CLOSE):
                place = blank(data, place, stop)
                if place >= stop or data[place] != COLON:
                    return place, UNSURE
                place, may = place + 1, _VALUE
            else:
                may = _NEXT
        elif may in (_KEY, _KEY_OR_CLOSE):
            return place, UNSURE
        elif byte in (OPEN, OPEN_LIST):
            if depth == _DEEPEST:
                return place, UNSURE
            depth, objects, place = depth + 1, objects << np.uint64(1), place + 1
            objects |= np.uint64(1 if byte == OPEN else 0)
            may = _KEY_OR_CLOSE if byte == OPEN else _VALUE_OR_CLOSE
        else:
            place = word(data, place, stop) if byte >= 97 else number(data, place, stop)
            if place < 0:
                return stop, UNSURE
            may = _NEXT
        if depth == 0 and may == _NEXT:
            return place, known
    return place, UNSURE
