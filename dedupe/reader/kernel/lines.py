"""The text, the id and the title of each line of JSON; a line of which that is not certain is left to a decoder."""

from ...compiling.load import kernel, step
from ..json_lines import TITLE_BYTES
from .strings import ASCII, QUOTE, UNSURE, string
from .values import CLOSE, COLON, COMMA, NEWLINE, OPEN, blank, number, value

TEXT, ID, TITLE, HTML = range(4)  # the fields, in the order of their names
_DIGITS = 15  # of an id; longer ones are left to a decoder


@step
def _which(names, ends, out, start, stop):
    """Return which field a key names, -1 for none."""
    low = 0
    for field in range(len(ends)):
        same = ends[field] - low == stop - start
        for i in range(stop - start if same else 0):
            same = same and names[low + i] == out[start + i]
        if same:
            return field
        low = ends[field]
    return -1


@step
def _null(data, place):
    return data[place] == 110 and data[place + 1] == 117 and data[place + 2] == 108 and data[place + 3] == 108


@step
def _id(data, place, stop, out, to):
    """Write an id, a string or a short whole number; return (place after it, end of what is written, what is known)."""
    if data[place] == QUOTE:
        return string(data, place + 1, stop, out, to)
    end = number(data, place, stop)
    if end < 0 or end - place > _DIGITS or (data[place] == 45 and data[place + 1] == 48):
        return stop, to, UNSURE
    for i in range(end - place):
        byte = data[place + i]
        if byte != 45 and not 48 <= byte <= 57:
            return stop, to, UNSURE
        out[to + i] = byte
    return end, to + end - place, ASCII


@step
def _line(data, place, stop, fields, text, id, title):
    """Write the fields of the object at a place; return (place after it, ends of what is written, what is known of it).

    `fields` are their names and where each ends; `text`, `id`, `title` are where to write them, and from which place
    on. Every rule of JSON is checked; what is not an object on one line with the text as a string, each field once, and
    no HTML is UNSURE.
    """
    (names, ends), (out, to), (ids, id_to), (titles, title_to) = fields, text, id, title
    start, end, id_end, title_end, known, seen = place, to, id_to, title_to, ASCII, 0
    wrong = (start, to, id_to, title_to, UNSURE)
    if data[place] != OPEN:
        return wrong
    place = blank(data, place + 1, stop)
    while place < stop and data[place] == QUOTE:
        place, after, sure = string(data, place + 1, stop, out, end)
        field = _which(names, ends, out, end, after)
        place = blank(data, place, stop)
        if sure == UNSURE or place >= stop or data[place] != COLON:
            return wrong
        known = max(known, sure)
        place = blank(data, place + 1, stop)
        if place >= stop or (field >= 0 and seen >> field & 1):
            return wrong
        if field >= 0:
            seen |= 1 << field
        if field < 0 or (field != TEXT and _null(data, place)):
            place, sure = value(data, place, stop, out, end)
        elif field == TEXT and data[place] == QUOTE:
            place, end, sure = string(data, place + 1, stop, out, to)
        elif field == ID:
            place, id_end, sure = _id(data, place, stop, ids, id_to)
        elif field == TITLE and data[place] == QUOTE:
            place, title_end, sure = string(data, place + 1, stop, titles, title_to)
        else:
            return wrong
        if sure == UNSURE:
            return wrong
        known = max(known, sure)
        place = blank(data, place, stop)
        if place < stop and data[place] == CLOSE:
            place = blank(data, place + 1, stop)
            whole = (place == stop or data[place] == NEWLINE) and seen & 1
            return (place, end, id_end, title_end, known) if whole else wrong
        if place >= stop or data[place] != COMMA:
            return wrong
        place = blank(data, place + 1, stop)
    return wrong


@step
def _titled(out, low, high, titles, start, end):
    """Return where a title ends that is cut to its length, and is the start of the text where there is none."""
    if end > start:
        return min(end, start + TITLE_BYTES)
    for i in range(min(high - low, TITLE_BYTES)):
        titles[start + i] = out[low + i]
    return start + min(high - low, TITLE_BYTES)


@kernel
def fields(data, size, names, ends, out, bounds, ids, id_bounds, titles, title_bounds, start, number, known):
    """Write the fields of each line that is not blank, one after the other, and of each where its text, its id and its
    title end, where the line starts, its number, and what is known of it; return (how many there are, how many lines).
    64 bytes follow `data` and what is written.
    """
    count, place, line = 0, 0, 0
    bounds[0] = id_bounds[0] = title_bounds[0] = 0
    while place < size:
        start[count], number[count] = place, line
        place = blank(data, place, size)
        if place < size and data[place] != NEWLINE:
            to, at, by = bounds[count], id_bounds[count], title_bounds[count]
            place, end, id_end, title_end, known[count] = _line(
                data, place, size, (names, ends), (out, to), (ids, at), (titles, by)
            )
            bounds[count + 1], id_bounds[count + 1] = end, id_end
            title_bounds[count + 1] = _titled(out, to, end, titles, by, title_end)
            count += 1
        while place < size and data[place] != NEWLINE:  # only a line that is UNSURE is not at its end
            place += 1
        place += 1
        line += 1
    return count, line
