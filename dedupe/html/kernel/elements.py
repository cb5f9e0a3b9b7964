"""The elements that are open while a page is read from its source, opened and closed by the rules of `construction`.

Steps that open and close return whether the page is regular up to there.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from ...compiling.load import inlined, step
from .. import construction as rules
from ..blocks import BLOCK
from ..marks import TAG_PLACE
from ..nodes import key_of
from ..tree import DEEPEST

# Of a state: how many elements are open, and are above one that is not shown; changes, nodes and titles so far; at
# which change the last node is a text that goes on; whether the body had a tag, and an end; whether the page keeps to
# the standard.
DEPTH, GONE, CHANGES, NODES, TITLES, GLUE, BODY, AFTER, STRICT = range(9)
_A, _TBODY, _TR = (np.uint64(key_of(name)) for name in ("a", "tbody", "tr"))
_P_PLACE, _TR_PLACE = TAG_PLACE["p"], TAG_PLACE["tr"]
_CLOSED_ON_THE_WAY = rules.P | rules.LI | rules.TERM


class Page(NamedTuple):
    """A page that is being read: of its open elements keys, kinds and nodes, its state, what nodes it has.

    `numbers`, `out`, `written`, `listed`, `slots`, `starts`: of strings, see `strings.listen`.
    """

    key: Any
    kind: Any
    node: Any
    state: Any
    does: Any
    parent: Any
    place: Any
    numbers: Any
    out: Any
    written: Any
    listed: Any
    slots: Any
    starts: Any


@step
def shown(page):
    """Return whether what stands here is shown."""
    return page.state[DEPTH] <= page.state[GONE]


@step
def top(page):
    """Return what the innermost open element is."""
    return page.kind[page.state[DEPTH] - 1]


@inlined
def add(page, does, place):
    """Add a node to what is open, where that is shown; return its number, -1 for none."""
    state = page.state
    state[CHANGES] += 1
    number = state[NODES]
    if not shown(page):
        return -1
    page.does[number], page.place[number] = does, place
    page.parent[number] = page.node[state[DEPTH] - 1] if state[DEPTH] else -1
    state[NODES] += 1
    return number


@inlined
def push(page, key, kind, node):
    """Open an element; it may not lie too deep."""
    depth = page.state[DEPTH]
    page.key[depth], page.kind[depth], page.node[depth] = key, kind, node
    page.state[DEPTH] += 1
    return depth < DEEPEST


@inlined
def within(page, kind, fence):
    """Return the place of the innermost open element that is of a kind; -1 where one of the fence is met before."""
    at = page.state[DEPTH] - 1
    while at >= 0 and not page.kind[at] & kind:
        at = -1 if page.kind[at] & fence else at - 1
    return at


@inlined
def named(page, key, fence):
    """Return the place of the innermost open element of a name; -1 where one of the fence is met before."""
    at = page.state[DEPTH] - 1
    while at >= 0 and page.key[at] != key:
        at = -1 if page.kind[at] & fence else at - 1
    return at


@inlined
def close(page, at):
    """Close the elements from a place on, if there is one; none inside of the first may be one that opens again."""
    state, regular = page.state, True
    while at >= 0 and state[DEPTH] > at:
        state[DEPTH] -= 1
        state[CHANGES] += 1
        regular &= state[DEPTH] == at or not page.kind[state[DEPTH]] & (rules.FORMATTING | rules.FORM)
        if state[DEPTH] == state[GONE]:
            state[GONE] = len(page.key)
    return regular


@inlined
def make_room(page, key, starts):
    """Close what a start tag closes where no table's part is asked for."""
    regular = True
    if starts in (rules.ITEM_STARTS, rules.TERM_STARTS):
        at, same = page.state[DEPTH] - 1, rules.LI if starts == rules.ITEM_STARTS else rules.TERM
        while at >= 0 and not page.kind[at] & same:
            at = -1 if page.kind[at] & rules.SPECIAL and not page.kind[at] & rules.PASSED else at - 1
        regular = close(page, at)
    elif starts == rules.FORMAT_STARTS:
        return key != _A or named(page, key, rules.MARKED) < 0
    elif starts == rules.BUTTON_STARTS:
        return within(page, rules.BUTTON, rules.FENCE) < 0
    elif starts == rules.FORM_STARTS:
        regular = within(page, rules.FORM | rules.TEMPLATE, 0) < 0
    elif starts not in (rules.BLOCK_STARTS, rules.HEADING_STARTS, rules.LINE_STARTS, rules.TABLE_STARTS):
        return True
    regular &= close(page, within(page, rules.P, rules.FENCE | rules.BUTTON))
    if starts == rules.HEADING_STARTS and top(page) & rules.HEADING:
        regular &= close(page, page.state[DEPTH] - 1)
    return regular


@inlined
def make_rows(page, starts):
    """Close and open what stands between a table and the part of it that starts."""
    regular = close(page, within(page, rules.CELL, rules.TABLE | rules.TEMPLATE))
    if not top(page) & rules.IN_TABLE:
        return False
    if starts != rules.CELL_STARTS and top(page) & rules.ROW:
        close(page, page.state[DEPTH] - 1)
    if starts not in (rules.ROW_STARTS, rules.CELL_STARTS):
        if top(page) & rules.SECTION:
            close(page, page.state[DEPTH] - 1)
        return regular
    if top(page) & rules.TABLE:
        regular &= push(page, _TBODY, rules.SPECIAL | rules.SECTION, add(page, BLOCK, -1))
    if starts == rules.CELL_STARTS and top(page) & rules.SECTION:
        regular &= push(page, _TR, rules.SPECIAL | rules.ROW, add(page, BLOCK, _TR_PLACE))
    return regular


@inlined
def end(page, key, ends):
    """Close what an end tag closes; one that closes nothing is as if it was not there."""
    if top(page) & rules.IN_TABLE and ends not in (rules.TABLE_ENDS, rules.TEMPLATE_ENDS):
        return False
    if ends == rules.TABLE_ENDS:
        return close(page, named(page, key, rules.TABLE | rules.TEMPLATE))
    if ends == rules.P_ENDS:
        at = within(page, rules.P, rules.FENCE | rules.BUTTON)
        if at < 0:
            add(page, BLOCK, _P_PLACE)
        return close(page, at)
    if ends == rules.IN_SCOPE:
        return close(page, named(page, key, rules.FENCE))
    if ends == rules.ITEM_ENDS:
        return close(page, named(page, key, rules.FENCE | rules.LIST))
    if ends == rules.HEADING_ENDS:
        return close(page, within(page, rules.HEADING, rules.FENCE))
    if ends == rules.TEMPLATE_ENDS:
        return close(page, named(page, key, 0))
    if ends == rules.FORMAT_ENDS:
        at = named(page, key, rules.MARKED)
        return at < 0 or (within(page, rules.SPECIAL, 0) < at and close(page, at))
    if ends == rules.FORM_ENDS:
        at = within(page, rules.FORM, 0)
        for inside in range(at + 1, page.state[DEPTH] if at >= 0 else 0):
            if not page.kind[inside] & _CLOSED_ON_THE_WAY:
                return False
        return close(page, at)
    return close(page, named(page, key, rules.SPECIAL))
