"""One pass over a page as it was written, where it is regular: its nodes, and what its elements say of it.

Steps that read return the place after what they read, -1 where the page is not regular there.
"""

import numpy as np

from ...compiling.load import inlined, kernel, step
from ...words import PAD
from ...words.kernel import table_size
from .. import construction as rules
from ..blocks import BLOCK, NOTHING, TEXT
from ..nodes import ATTRIBUTES, LINK, SAYS, key_of
from ..nodes import GONE as IS_GONE
from ..tree import DEEPEST, MANY_OPTIONS, MANY_TAGS
from .elements import (
    AFTER,
    BODY,
    CHANGES,
    DEPTH,
    GLUE,
    GONE,
    NODES,
    STRICT,
    Page,
    add,
    end,
    make_room,
    make_rows,
    push,
    shown,
    top,
    within,
)  # fmt: skip
from .source import (
    Source,
    end_of_comment,
    find,
    is_letter,
    is_space,
    opens_comment,
    read_name,
    read_tag,
    slot_of,
    text_end,
)
from .strings import LINE, TEXTS, copy, end_with, listen
from .top import after_drawing, after_raw, after_select, read_top, say

_LT, _GT, _SLASH, _BANG, _AMP, _LF, _O = np.frombuffer(b"<>/!&\no", dtype=np.uint8)
_NAMES = "body !doctype listing pre script style template title"
_BODY, _DOCTYPE, _LISTING, _PRE, _SCRIPT, _STYLE, _TEMPLATE, _TITLE = map(np.uint64, map(key_of, _NAMES.split()))
_ITEMPROP, _MANY = ATTRIBUTES.index("itemprop"), len(ATTRIBUTES)


@kernel
def page(data, tags, attributes, said, metas, references):
    """Return (whether it is regular, does, parent, place, numbers, bytes written in each row of what follows, rows).

    `numbers`: int32 of shape (3, nodes), those of each node's names, marks and link. The rows are UTF-8: texts, each
    ended by a line end; names, marks and links, each ended by a zero, as is what is said: of each element that says
    something of the page its name, its attributes `said` and its text. The tables: see `nodes` and `source`.
    """
    size = len(data) - PAD
    many = options = 0
    for at in range(size):
        many += data[at] == _LT
        options += (data[at] == _LT) & (data[at + 1] == _O)
    many = MANY_TAGS + 1 if options > MANY_OPTIONS else min(many, MANY_TAGS + 1)
    # With each tag there may come a text, a row and a section of a table. What is written is as long as what was read,
    # but for some references (&nGt;) and what ends names and values.
    most = 4 * many + 4
    here = Page(
        np.empty(DEEPEST + 2, np.uint64), np.empty(DEEPEST + 2, np.int32), np.empty(DEEPEST + 2, np.int32),
        np.zeros(9, np.int64), np.empty(most, np.uint8), np.empty(most, np.int32), np.empty(most, np.int8),
        np.full((3, most), -1, np.int32), np.empty((5, size + size // 4 + 32 * many + PAD), np.uint8),
        np.zeros(5, np.int64), np.zeros(4, np.int64), np.full((2, table_size(many)), -1, np.int32),
        np.empty((2, many + 1), np.int64),
    )  # fmt: skip
    spans = np.empty((max(len(attributes), len(said)) + 1, 4), np.int64)
    source, state = Source(data, tags, attributes, said, metas, references, spans), here.state
    state[GONE], state[GLUE] = len(here.key), -1
    at = _open_body(source, here, read_top(source, here)) if many <= MANY_TAGS else -1
    while 0 <= at < size:
        stop = text_end(data, at)
        if stop > at:
            at = _take_text(source, here, at, stop)
        elif data[at + 1] == _BANG:
            at = _take_comment(source, here, at)
        elif data[at + 1] == _SLASH:
            at = _take_end(source, here, at)
        else:
            at = _take_start(source, here, at)
    count = state[NODES]
    return (
        at == size, here.does[:count], here.parent[:count], here.place[:count], here.numbers[:, :count], here.written,
        here.out,
    )  # fmt: skip


@step
def _open_body(source, page, at):
    """Open the body, which has a tag of its own here, or else only begins here."""
    if at < 0:
        return -1
    push(page, _BODY, rules.SPECIAL, add(page, BLOCK, -1))
    key, low = read_name(source.data, at + 1)
    return _take_body(source, page, at, low) if key == _BODY else at


@step
def _take_body(source, page, start, at):
    """Read the body's own tag, which may stand behind some of what is in it; there is no other."""
    at = read_tag(source.data, at, source.attributes, source.spans)
    if at < 0 or page.state[BODY] or not listen(source, page, 0, 0):
        return -1
    page.state[BODY] = True
    if source.spans[_ITEMPROP, 0] >= 0:
        if page.state[NODES] > 1:
            return -1
        say(source, page, start, at)
    return at


@inlined
def _take_text(source, page, at, stop):
    """Read text; behind one with nothing but ignored tags between it goes on."""
    state = page.state
    in_table = top(page) & rules.IN_TABLE != 0
    if (in_table or state[AFTER]) and not _is_blank(source.data, at, stop):
        if in_table:
            return -1
        state[AFTER] = False
    if shown(page):
        if state[GLUE] == state[CHANGES]:
            page.written[TEXTS] -= 1
        else:
            add(page, TEXT, -1)
        page.written[TEXTS] = copy(source.data, at, stop, page.out[TEXTS], page.written[TEXTS], True, source.references)
        end_with(page.out, page.written, TEXTS, LINE)
        state[GLUE] = state[CHANGES]
    return stop


@step
def _is_blank(data, at, stop):
    """Return whether there is nothing but white space between two places."""
    while at < stop and is_space(data[at]):
        at += 1
    return at == stop


@inlined
def _take_comment(source, page, at):
    """Read a comment, or what becomes one; behind the body's end it is not in the body."""
    data, size = source.data, len(source.data) - PAD
    key, _ = read_name(data, at + 1)
    if opens_comment(data, at):
        at = end_of_comment(data, at)
    else:
        at = find(data, at, size, _GT) + 1
        at = -1 if at > size else at
    if key != _DOCTYPE and not page.state[AFTER]:
        add(page, NOTHING, -1)
    return at


@inlined
def _take_end(source, page, at):
    """Read an end tag."""
    lettered = is_letter(source.data[at + 2])
    key, at = read_name(source.data, at + 2)
    at = read_tag(source.data, at, source.attributes, source.spans)
    ends = source.tags[slot_of(key, source.tags.key)].ends
    if at < 0 or not lettered or ends == rules.IRREGULAR:
        return -1
    page.state[AFTER] = ends == rules.BODY_ENDS
    if ends == rules.BODY_ENDS:
        return at if within(page, rules.FENCE | rules.IN_TABLE, 0) < 0 else -1
    return at if end(page, key, ends) else -1


@inlined
def _take_start(source, page, start):
    """Read a start tag, with all that an element holds of which nothing is shown."""
    data, state = source.data, page.state
    key, at = read_name(data, start + 1)
    tag = source.tags[slot_of(key, source.tags.key)]
    starts = tag.starts
    state[AFTER] = False
    if starts == rules.BODY_STARTS and within(page, rules.TEMPLATE, 0) < 0:
        return _take_body(source, page, start, at)
    if starts in (rules.HTML_STARTS, rules.HEAD_STARTS, rules.BODY_STARTS, rules.IRREGULAR) or key == _TITLE:
        return -1
    at = read_tag(data, at, source.attributes, source.spans)
    if at < 0 or not is_letter(data[start + 1]) or not _makes_room(page, key, starts):
        return -1
    number = -1
    if tag.nature & IS_GONE:
        state[CHANGES] += 1
    else:
        number = add(page, np.int64(tag.does), np.int64(tag.place))  # or `add` were compiled once more
    if number >= 0 and not listen(source, page, np.int64(number), tag.nature & LINK):
        return -1
    ended = source.spans[_MANY, 1] >= 0
    if (tag.nature & SAYS or source.spans[_ITEMPROP, 0] >= 0) and within(page, rules.TEMPLATE, 0) < 0:
        say(source, page, start, at)
    if starts == rules.RAW_STARTS:
        return after_raw(source, at, key)
    if starts == rules.SELECT_STARTS:
        return after_select(source, at)
    if starts == rules.FOREIGN_STARTS:
        return at if ended else after_drawing(source, page, at, key)
    if starts in (rules.LONE, rules.LINE_STARTS):
        return at
    if tag.nature & IS_GONE and shown(page):
        state[GONE] = state[DEPTH]
    regular = push(page, key, np.int64(tag.kind), number)
    if key in (_PRE, _LISTING):  # a line end that follows is none of the text
        regular &= data[at] != _AMP
        at += data[at] == _LF
    return at if regular else -1


@inlined
def _makes_room(page, key, starts):
    """Close and open what a start tag does; return whether it may stand here."""
    if starts in (rules.SECTION_STARTS, rules.ROW_STARTS, rules.CELL_STARTS):
        return make_rows(page, starts)
    if top(page) & rules.IN_TABLE:
        return key in (_SCRIPT, _STYLE, _TEMPLATE)
    if (
        starts == rules.TABLE_STARTS
        and not page.state[STRICT]
        and within(page, rules.P, rules.FENCE | rules.BUTTON) >= 0
    ):
        return False  # a paragraph that old pages may hold a table in
    return make_room(page, key, starts)
