"""What is read of a page's source but not shown: all above its body, what elements say of the page, drawings, lists."""

import numpy as np

from ...compiling.load import step
from ...words import PAD
from .. import construction as rules
from ..nodes import key_of
from ..tree import DEEPEST
from .elements import DEPTH, STRICT, TITLES
from .source import (
    end_of_comment,
    find,
    is_letter,
    is_space,
    is_white,
    opens_comment,
    raw_text_end,
    read_name,
    read_tag,
    slot_of,
    small,
    text_end,
    with_sign,
)
from .strings import END, copy, end_with

_LT, _GT, _SLASH, _BANG, _DASH, _LOW_LINE, _AMP = np.frombuffer(b"<>/!-_&", dtype=np.uint8)
_JSON, _CANONICAL, _SOURCE = (np.frombuffer(piece, dtype=np.uint8) for piece in (b"ld+json", b"canonical", b"-source"))
_NAMES = (
    "base body br desc !doctype foreignobject head html link meta noframes noscript optgroup option script select "
    "style template title"
)
(
    _BASE, _BODY, _BR, _DESC, _DOCTYPE, _FOREIGN, _HEAD, _HTML, _LINK, _META, _NOFRAMES, _NOSCRIPT, _OPTGROUP, _OPTION,
    _SCRIPT, _SELECT, _STYLE, _TEMPLATE, _TITLE,
) = map(np.uint64, map(key_of, _NAMES.split()))  # fmt: skip
_CONTENT, _PROPERTY, _NAME, _ITEMPROP, _EQUIV, _REL, _HREF, _TYPE = range(8)  # of `source.ATTRIBUTES`
_SAID = 4  # the row of what is said


@step
def read_top(source, page):
    """Read a page up to its body, and return where that starts, -1 where the page is not regular."""
    data, size, state = source.data, len(source.data) - PAD, page.state
    at, begun, headed, ended, inside = 0, False, False, False, False  # inside: of a noscript
    while 0 <= at < size:
        if is_space(data[at]):
            at += 1
        elif data[at] != _LT:
            return -1
        elif opens_comment(data, at):
            at = end_of_comment(data, at)
        elif data[at + 1] == _BANG:
            key, low = read_name(data, at + 1)
            at = find(data, at, size, _GT) + 1
            if key == _DOCTYPE and not begun:
                key, low = read_name(data, low + 1)
                state[STRICT] = key == _HTML and low == at - 1
        elif data[at + 1] == _SLASH:
            lettered = is_letter(data[at + 2])
            key, at = read_name(data, at + 2)
            at = read_tag(data, at, source.said, source.spans)
            if not lettered or key in (_BODY, _HTML, _BR) or (inside and key != _NOSCRIPT):
                return -1
            ended |= key == _HEAD
            inside = False
        else:
            start = at
            key, low = read_name(data, at + 1)
            is_raw = key in (_SCRIPT, _STYLE, _TITLE, _NOFRAMES)
            says = key in (_HTML, _META, _LINK, _SCRIPT, _TITLE)
            if key == _TEMPLATE or (key == _HTML and begun) or (key == _HEAD and (headed or ended)):
                return -1
            above = is_raw or says or key in (_BASE, _HEAD) or (key == _NOSCRIPT and not ended)
            if inside and above and key not in (_META, _LINK, _STYLE, _NOFRAMES):
                return -1
            if not above:
                return at if is_letter(data[at + 1]) else -1
            at = read_tag(data, low, source.said, source.spans)
            if at < 0 or (source.spans[_ITEMPROP, 0] >= 0 and not says):
                return -1
            if says:
                say(source, page, start, at)
            at = after_raw(source, at, key) if is_raw else at
            begun, headed, inside = True, headed or key == _HEAD, inside or key == _NOSCRIPT
    return -1


@step
def say(source, page, start, at):
    """Write what an element says of the page, whose tag starts and ends at two places."""
    data, out, written, spans = source.data, page.out, page.written, source.spans
    key, named = read_name(data, start + 1)
    read_tag(data, named, source.said, spans)
    if spans[_ITEMPROP, 0] < 0 and not _is_heard(source, key):
        return
    for place in range(start + 1, named):
        end_with(out, written, _SAID, small(data[place]))
    end_with(out, written, _SAID, END)
    for number in range(len(source.said)):
        if spans[number, 0] >= 0:
            low, high = spans[number, 0], spans[number, 1]
            written[_SAID] = copy(data, low, high, out[_SAID], written[_SAID], False, source.references)
        end_with(out, written, _SAID, END)
    if key == _TITLE:
        page.state[TITLES] += 1
        high = raw_text_end(data, at, key)
        written[_SAID] = copy(data, at, high, out[_SAID], written[_SAID], True, source.references)
    elif key == _SCRIPT:
        for place in range(at, raw_text_end(data, at, key)):
            end_with(out, written, _SAID, data[place])
    end_with(out, written, _SAID, END)


@step
def _is_heard(source, key):
    """Return whether what the tag that was read says is asked for, as `head.SAYING` selects it."""
    data, spans = source.data, source.spans
    if key == _SCRIPT:
        return _holds(data, spans[_TYPE], _JSON)
    if key == _LINK:
        return _holds(data, spans[_REL], _CANONICAL) or _holds(data, spans[_REL], _SOURCE)
    if key == _META:
        named = _is_known(source, _PROPERTY) or _is_known(source, _NAME) or _is_known(source, _EQUIV)
        return named and spans[_CONTENT, 1] > spans[_CONTENT, 0]
    return True


@step
def _holds(data, span, piece):
    """Return whether a piece stands in an attribute's value, in letters of any case, or may do so once it is read."""
    for at in range(span[0], span[1]):
        same = 0
        while same < len(piece) and small(data[at + same]) == piece[same]:
            same += 1
        if data[at] == _AMP or (same == len(piece) and at + same <= span[1]):
            return True
    return False


@step
def _is_known(source, number):
    """Return whether an attribute is the name of a meta tag that is heard, or may be once it is read."""
    data, span, key = source.data, source.spans[number], np.uint64(0)
    for at in range(span[0], span[1]):
        sign = data[at]
        if sign == _AMP or sign > 0x7F:
            return True
        if sign != _DASH and sign != _LOW_LINE and not is_white(sign):
            key = with_sign(key, small(sign))
    return key != 0 and source.metas[slot_of(key, source.metas.key)].key == key


@step
def after_raw(source, at, key):
    """Return the place after an element whose raw text starts here."""
    at = raw_text_end(source.data, at, key)
    if at < 0:
        return -1
    _, at = read_name(source.data, at + 2)
    return read_tag(source.data, at, source.said, source.spans)


@step
def after_select(source, at):
    """Return the place after a list to choose from, whose first option starts here, if it holds nothing but options."""
    data, size = source.data, len(source.data) - PAD
    at = text_end(data, at)
    while 0 <= at < size:
        if opens_comment(data, at):
            at = end_of_comment(data, at)
        else:
            ends = data[at + 1] == _SLASH
            key, at = read_name(data, at + 1 + ends)
            at = read_tag(data, at, source.said, source.spans)
            if ends and key == _SELECT:
                return at
            if (key != _OPTION and key != _OPTGROUP) or source.spans[_ITEMPROP, 0] >= 0:
                return -1
        at = text_end(data, at) if at >= 0 else at
    return -1


@step
def after_drawing(source, page, at, key):
    """Return the place after a drawing whose content starts here, if its elements nest, and none is HTML."""
    data, size, first = source.data, len(source.data) - PAD, page.state[DEPTH]
    page.key[first] = key
    depth = first + 1
    at = text_end(data, at)
    while 0 <= at < size:
        above = page.key[depth - 1]
        if opens_comment(data, at):
            at = end_of_comment(data, at)
        elif data[at + 1] == _SLASH:
            key, at = read_name(data, at + 2)
            at = read_tag(data, at, source.said, source.spans)
            depth -= 1
            if key != above or depth == first:
                return at if key == above else -1
        elif not is_letter(data[at + 1]) or above in (_TITLE, _DESC, _FOREIGN):
            return -1
        else:
            key, at = read_name(data, at + 1)
            at = read_tag(data, at, source.said, source.spans)
            if key == _TITLE and not page.state[TITLES]:  # it would be the page's
                return -1
            outward = source.tags[slot_of(key, source.tags.key)].kind & rules.OUTWARD
            if outward or depth == DEEPEST or source.spans[_ITEMPROP, 0] >= 0:
                return -1
            if source.spans[len(source.said), 1] < 0:
                page.key[depth] = key
                depth += 1
        at = text_end(data, at) if at >= 0 else at
    return -1
