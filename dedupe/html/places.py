"""Where each block of a page stands, all blocks at once with numpy; see `columns.MARKUP_FEATURES`."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .blocks import Walk
from .columns import (
    BODY_KIND,
    BODY_MARK,
    H1,
    HEADING,
    MARK_MASK,
    NOT_PROSE_COST,
    NUMBER,
    NUMBERS,
    PROSE,
    PROSE_LINKED,
    SUMMED,
    UNDER,
)
from .links import TARGETS
from .marks import MARKS, TAGS
from .vocabulary import KINDS

_UNDER_PLACES = [TAGS.index(tag) for tag in UNDER]


def places_plain(
    seen: Walk,
    plain: NDArray[np.float64],
    length: NDArray[np.float64],
    out: NDArray[np.float32],
    numbers: NDArray[np.float64],
) -> None:
    """Write the columns of tags, marks, targets and kinds, and the NUMBERS but for those said by the head."""
    own, near, far, above, depth = _bits(seen)
    marks = _unpack(own[:, 1], len(MARKS) + len(TARGETS))
    columns = _numbers(seen, plain, length, depth)
    columns |= _summed(seen, marks[:, len(MARKS) :], columns["group_alike"])
    columns |= _with_headline(seen, _headline(seen, numbers[:, NUMBER["is_headline"]]))
    bits = (
        _unpack(own[:, 0], len(TAGS)), marks, _unpack(above, len(TAGS))[:, _UNDER_PLACES],
        _unpack(near, len(KINDS)), _unpack(far, len(KINDS)),
    )  # fmt: skip
    np.concatenate(bits, axis=1, out=out[:, : -len(NUMBERS)], casting="unsafe")
    for name, column in columns.items():
        numbers[:, NUMBER[name]] = column


def _bits(
    seen: Walk,
) -> tuple[NDArray[np.uint64], NDArray[np.uint64], NDArray[np.uint64], NDArray[np.uint64], NDArray[np.int64]]:
    """Return of each block: own tags and all marks (m, 2), kinds near (own and two up) and far, tags above, depth."""
    elements, blocks = seen.elements, seen.blocks
    up = np.append(elements.parent, -1)  # the last row is what is above the page, which is nothing
    bits = np.stack((elements.tags, elements.marks, elements.kinds), axis=1)
    bits = np.concatenate((bits, np.zeros_like(bits[:1])))
    all_above, depth = bits.copy(), np.append(np.ones(len(elements.parent), dtype=np.int64), 0)
    ancestor = up
    while (ancestor >= 0).any():  # each round twice as many of an element's ancestors are known
        all_above |= all_above[ancestor]
        depth += depth[ancestor]
        ancestor = ancestor[ancestor]
    element, two_up = blocks.element, up[up[blocks.element]]
    own = bits[element, :2] | np.stack((blocks.tags, blocks.marks), axis=1)
    own[:, 1] |= all_above[element, 1] & MARK_MASK
    near = bits[element, 2] | bits[up[element], 2] | bits[two_up, 2] | blocks.kinds
    return own, near, all_above[two_up, 2], all_above[element, 0], depth[element]


def _unpack(words: NDArray[np.uint64], bits: int) -> NDArray[np.uint8]:
    """Return the first bits of each word, uint8 of shape (m, bits)."""
    octets = np.ascontiguousarray(words, dtype="<u8").view(np.uint8).reshape(len(words), 8)
    return np.unpackbits(octets, axis=1, count=bits, bitorder="little")


def _numbers(
    seen: Walk, plain: NDArray[np.float64], length: NDArray[np.float64], depth: NDArray[np.int64]
) -> dict[str, NDArray[np.float64]]:
    parent = np.append(seen.elements.parent, -1)
    link_density = np.minimum(seen.blocks.in_links / plain, 1.0)
    linked = length * link_density
    prose = np.where((length >= PROSE) & (link_density < PROSE_LINKED), length, 0.0)
    is_heading = seen.elements.tags[seen.blocks.element] & HEADING != 0
    place = np.arange(len(plain))
    last = np.maximum.accumulate(np.where(is_heading, place, -1))
    columns = {
        "link_density": link_density,
        "links": seen.blocks.links.astype(np.float64),
        "link_first": seen.blocks.link_first.astype(np.float64),
        "depth": np.minimum(depth, 40) / 40,
        "heading_distance": np.where(last >= 0, 1 / (1 + place - last), 0),
    }
    first, end = _ranges(seen)
    total = max(prose.sum(), 1.0)
    summed = np.stack([np.ones(len(plain)), prose / total, linked, length])
    sums = np.concatenate((np.zeros((4, 1)), np.cumsum(summed, axis=1)), axis=1)
    up = seen.elements.parent[seen.blocks.element]
    for container, prefix in ((up, "parent"), (parent[up], "above")):
        blocks, share, in_links, size = sums[:, end[container]] - sums[:, first[container]]
        columns[f"group_{prefix}"] = container.astype(np.float64)
        columns[f"{prefix}_blocks"] = blocks
        columns[f"{prefix}_prose"] = share
        columns[f"{prefix}_link_density"] = in_links / np.maximum(size, 1)
        columns[f"{prefix}_mean_length"] = size / np.maximum(blocks, 1)
    columns |= _alike(seen, length, linked)
    columns |= _main(seen, prose, depth)
    columns |= _named(seen, sums[1])
    return columns


def _ranges(seen: Walk) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the first and the end block of each element, and at index -1 those of the page."""
    return np.append(seen.elements.first, 0), np.append(seen.elements.end, len(seen.text))


def _summed(seen: Walk, led: NDArray[np.uint8], alike: NDArray[np.float64]) -> dict[str, NDArray[np.float64]]:
    """Return the shares of blocks with a link of each of SUMMED among those of each block's containers.

    `led`: uint8 of shape (blocks, TARGETS), what the links of each block are. `alike`: the number of its group.
    """
    picked = led[:, [TARGETS.index(name) for name in SUMMED]].astype(np.float64)
    sums = np.concatenate((np.zeros((1, picked.shape[1])), np.cumsum(picked, axis=0)))
    first, end = _ranges(seen)
    parent = np.append(seen.elements.parent, -1)
    up = parent[seen.blocks.element]
    group = alike.astype(np.int64)
    means = [(sums[end[at]] - sums[first[at]]) / np.maximum(end[at] - first[at], 1)[:, None] for at in (up, parent[up])]
    total = np.stack([np.bincount(group, weights=column) for column in picked.T], axis=1)
    means.append((total / np.bincount(group)[:, None])[group])
    return {
        f"{name}_to_{target}": mean[:, place]
        for name, mean in zip(("parent", "above", "alike"), means, strict=True)
        for place, target in enumerate(SUMMED)
    }


def _alike(seen: Walk, length: NDArray[np.float64], linked: NDArray[np.float64]) -> dict[str, NDArray[np.float64]]:
    """Return how many blocks of the page look like each one (tag, names and parent's names), and what they hold."""
    elements, element = seen.elements, seen.blocks.element
    names = np.append(elements.names, 0)  # at -1, which is above the page, none
    looks = (elements.tags[element], elements.marks[element], names[element], names[elements.parent[element]])
    numbers: dict[tuple[int, ...], int] = {}
    listed = zip(*(column.tolist() for column in looks), strict=True)
    group = np.array([numbers.setdefault(look, len(numbers)) for look in listed], dtype=np.int64)
    blocks = np.bincount(group)
    size = np.bincount(group, weights=length)
    in_links = np.bincount(group, weights=linked)
    return {
        "group_alike": group.astype(np.float64),
        "alike_blocks": blocks[group].astype(np.float64),
        "alike_mean_length": (size / blocks)[group],
        "alike_link_density": (in_links / np.maximum(size, 1))[group],
    }


def _main(seen: Walk, prose: NDArray[np.float64], depth: NDArray[np.int64]) -> dict[str, NDArray[np.float64]]:
    """Return which blocks stand in the main container: the element whose prose most outweighs the rest in it.

    The maximal scoring subsequence of Pasternack and Roth (2009), over elements instead of tokens.
    """
    first, end = _ranges(seen)
    sums = np.concatenate(([0.0], np.cumsum(np.where(prose > 0, prose, -NOT_PROSE_COST))))
    scores = sums[end] - sums[first]
    last = len(scores) - 1  # the page itself; of equally good containers the deepest is taken
    best = last - 1 - int(np.argmax(scores[:-1][::-1])) if last and scores[:-1].max() >= scores[-1] else last
    start, stop = first[best], end[best]
    inside = np.zeros(len(prose), dtype=bool)
    inside[start:stop] = True
    main_depth = depth[start:stop].min() if stop > start else 0
    up = seen.elements.parent[seen.blocks.element]
    return {
        "in_main": inside.astype(np.float64),
        "below_main": np.where(inside, np.minimum(depth - main_depth, 20) / 20, 0),
        "direct_in_main": (up == (best if best < last else -1)).astype(np.float64),
        "main_prose": np.full(len(prose), prose[inside].sum() / max(prose.sum(), 1.0)),
    }


def _named(seen: Walk, prose: NDArray[np.float64]) -> dict[str, NDArray[np.float64]]:
    """Return which blocks stand in the element that is called the article's body and holds the most prose of those.

    `prose`: running share of the page's prose, float64 of shape (blocks + 1,).
    """
    inside, held, elements = np.zeros(len(seen.text)), 0.0, seen.elements
    called = (elements.kinds & BODY_KIND | elements.marks & BODY_MARK) != 0
    if called.any():
        number = np.flatnonzero(called)
        share = prose[elements.end[number]] - prose[elements.first[number]]
        best = number[share.argmax()]
        held = share.max()
        inside[elements.first[best] : elements.end[best]] = 1
    return {"in_named": inside, "named_prose": np.full(len(inside), held)}


def _headline(seen: Walk, is_headline: NDArray[np.float64]) -> int:
    """Return the number of the headline's block: the first that is the title of the head, else the first h1; or -1."""
    places = np.flatnonzero(is_headline)
    tags = seen.elements.tags[seen.blocks.element]
    headings = places[tags[places] & HEADING != 0]
    if not len(places):
        headings = np.flatnonzero(tags & H1)
    return int(next(iter([*headings[:1], *places[:1]]), -1))


def _with_headline(seen: Walk, headline: int) -> dict[str, NDArray[np.float64]]:
    """Return how many blocks the smallest element with both a block and the headline has, and how deep it lies."""
    count = len(seen.text)
    if headline < 0:
        return {"with_headline_blocks": np.zeros(count), "with_headline_depth": np.zeros(count)}
    elements, chain, element = seen.elements, [], int(seen.blocks.element[headline])
    while element >= 0:
        chain.append(element)
        element = int(elements.parent[element])
    size, below = np.full(count, count), np.full(count, len(chain), dtype=np.int64)
    for up, element in reversed(list(enumerate(chain))):
        start, end = elements.first[element], elements.end[element]
        size[start:end], below[start:end] = end - start, up
    return {"with_headline_blocks": size.astype(np.float64), "with_headline_depth": np.minimum(below, 20) / 20}
