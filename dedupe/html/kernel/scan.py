"""One scan over a page's body as the parser writes it out again; see `nodes`."""

from __future__ import annotations

import numpy as np

from ...words import PAD
from ...words.kernel import table_size
from ...words.load import kernel
from ..blocks import BLOCK, NOTHING, TEXT
from ..nodes import ATTRIBUTES, DONE, DOUBTFUL, ENDLESS, FAILED, GONE, IS_FOREIGN, LINK, RAW, UNREADABLE
from .markup import comment_end, find, raw_end, read_attributes, read_key, slot_of
from .strings import LINE, TEXTS, copy, end_with, listen

_LT, _GT, _SLASH, _BANG, _DASH, _ASKS = np.frombuffer(b"<>/!-?", dtype=np.uint8)


@kernel
def scan(data, tags, attributes, references):
    """Return (how it ended, does, parent, place, numbers, bytes written, texts, names, tells, links).

    `tags`: see `nodes.tags`. `attributes`: the keys of ATTRIBUTES. `references`: see `nodes.references`. `numbers`:
    int32 of shape (3, nodes), those of each node's names, marks and link. What is written is UTF-8, each text ended by
    a line end, all else by a zero.
    """
    size = len(data) - PAD
    most = 1
    for at in range(size):
        most += 2 * (data[at] == _LT)
    does, place = np.empty(most, np.uint8), np.empty(most, np.int8)
    parent, numbers = np.empty(most, np.int32), np.full((3, most), -1, np.int32)
    out = np.empty((4, size + 1), np.uint8)
    written, listed, spans = np.zeros(4, np.int64), np.zeros(4, np.int32), np.empty((len(ATTRIBUTES) + 1, 4), np.int64)
    keys, opened = np.empty(most, np.uint64), np.empty(most, np.int32)  # of the elements that are open
    slots, starts = np.full((2, table_size(most)), -1, np.int32), np.empty((2, most), np.int64)  # of names and marks
    depth = nodes = at = 0
    gone = foreign = most  # how many are open above one that is not shown, that is of another language
    ended = DONE
    while at < size and ended != FAILED:
        above = opened[depth - 1] if depth else -1
        if data[at] != _LT:
            end = find(data, at, len(data) - PAD, _LT)
            if depth <= gone:
                does[nodes], parent[nodes], place[nodes] = TEXT, above, -1
                nodes += 1
                written[TEXTS] = copy(data, at, end, out[TEXTS], written[TEXTS], True, references)
                end_with(out, written, TEXTS, LINE)
            at = end
        elif data[at + 1] == _BANG and data[at + 2] == _DASH and data[at + 3] == _DASH:
            at = comment_end(data, at + 4)
            if depth <= gone:
                does[nodes], parent[nodes], place[nodes] = NOTHING, above, -1
                nodes += 1
        elif data[at + 1] == _ASKS:  # an instruction to another program
            at = find(data, at, len(data) - PAD, _GT) + 1
            if depth <= gone:
                does[nodes], parent[nodes], place[nodes] = BLOCK, above, -1
                nodes += 1
        elif data[at + 1] == _SLASH:
            key, at = read_key(data, at + 2)
            depth -= 1
            if depth < 0 or keys[depth] != key:
                ended = FAILED
            gone, foreign = most if depth == gone else gone, most if depth == foreign else foreign
            at += 1
        else:
            key, at = read_key(data, at + 1)
            tag = slot_of(key, tags.key)
            nature = tags[tag].nature
            gone = depth if nature & GONE and depth < gone else gone
            foreign = depth if nature & IS_FOREIGN and depth < foreign else foreign
            at = read_attributes(data, at, attributes, spans)
            if at < 0 or nature & UNREADABLE:
                ended = FAILED
                break
            keys[depth], opened[depth] = key, nodes
            if depth < gone:
                does[nodes], parent[nodes], place[nodes] = tags[tag].does, above, tags[tag].place
                listen(data, spans, nature & LINK, out, written, listed, slots, starts, numbers[:, nodes], references)
                nodes += 1
            if nature & ENDLESS:
                gone, foreign = most if depth == gone else gone, most if depth == foreign else foreign
                continue
            depth += 1
            if nature & RAW:
                at, doubtful = raw_end(data, at, key)
                ended = DOUBTFUL if doubtful or depth > foreign else ended
    ended = FAILED if depth else ended
    return ended, does[:nodes], parent[:nodes], place[:nodes], numbers[:, :nodes], written, out
