"""The evidence of each block: where it stands in the page, as columns of numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from .links import TARGETS
from .marks import MARK_BIT, MARKS, TAG_BIT, TAGS, WORD
from .vocabulary import KIND_BIT, KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from .blocks import Walk

_ABOVE = (
    "nav", "aside", "footer", "header", "figure", "main", "article", "form", "table", "ul", "ol", "li",
    "blockquote", "section", "details", "dialog", "address", "figcaption", "p",
)  # fmt: skip
_ABOVE_PLACES = [TAGS.index(tag) for tag in _ABOVE]
_MARK_MASK = np.uint64((1 << len(MARKS)) - 1)
_H1, _BODY_KIND = np.uint64(TAG_BIT["h1"]), np.uint64(KIND_BIT["body"])
_BODY_MARK = np.uint64(MARK_BIT["itemprop_body"] >> WORD)
_HEADING = np.uint64(sum(TAG_BIT[tag] for tag in ("h1", "h2", "h3", "h4", "h5", "h6")))

_SAID = (
    "in_article_body", "page_has_article_body", "is_headline", "in_page_title", "is_description", "has_author",
    "after_headline",
)  # fmt: skip
_SUMMED = ("out", "story", "policy", "offer")  # what a container's links are, as shares of its blocks
NUMBERS = (
    "link_density", "links", "link_first", "depth", "heading_distance",
    "parent_blocks", "parent_prose", "parent_link_density", "parent_mean_length",
    "above_blocks", "above_prose", "above_link_density", "above_mean_length",
    "alike_blocks", "alike_mean_length", "alike_link_density",
    "in_main", "below_main", "direct_in_main", "main_prose",
    "in_named", "named_prose", "with_headline_blocks", "with_headline_depth",
    *_SAID,
    *(f"{group}_to_{target}" for group in ("parent", "above", "alike") for target in _SUMMED),
    "group_parent", "group_above", "group_alike",
)  # fmt: skip  # the last three number containers of the page, so that findings about blocks can be summed over them
MARKUP_FEATURES: tuple[str, ...] = (
    *(f"tag:{tag}" for tag in TAGS),
    *(f"mark:{mark}" for mark in MARKS),
    *(f"to:{target}" for target in TARGETS),
    *(f"in:{tag}" for tag in _ABOVE),
    *(f"near:{kind}" for kind in KINDS),
    *(f"far:{kind}" for kind in KINDS),
    *NUMBERS,
)

_OPENING = 300  # characters of a block that are looked for in what the head says
_MOST = 50_000  # blocks of a page that are measured, the rest has no evidence: an article has hundreds
_PROSE = 80  # characters of a block, about 12 words: menus and teasers rarely reach it, sentences do
_NOT_PROSE_COST = 30  # what a block that is no prose costs a container, in characters: some three words


def measure(seen: Walk, head: dict[str, str]) -> NDArray[np.float32]:
    """Return the evidence, float32 of shape (blocks, len(MARKUP_FEATURES)).

    `head`: what the page's head and JSON-LD say, see `dedupe.html.head`; of it title, page_title, description, author
    and article_body are looked for in the blocks.
    """
    count = len(seen.text)
    out = np.zeros((count, len(MARKUP_FEATURES)), dtype=np.float32)
    if count > _MOST:
        out[:_MOST] = measure(_start_of(seen, _MOST), head)
    elif count:
        own, near, far, above, depth = _bits(seen)
        said = _said_by_head(seen, head)
        columns = {**said, **_numbers(seen, depth)}
        led = _unpack(own[:, 1], len(MARKS) + len(TARGETS))[:, len(MARKS) :]
        columns |= _summed(seen, led, columns["group_alike"])
        columns |= _with_headline(seen, _headline(seen, said["is_headline"]), depth)
        bits = (
            _unpack(own[:, 0], len(TAGS)), _unpack(own[:, 1], len(MARKS) + len(TARGETS)),
            _unpack(above, len(TAGS))[:, _ABOVE_PLACES], _unpack(near, len(KINDS)), _unpack(far, len(KINDS)),
        )  # fmt: skip
        numbers = len(MARKUP_FEATURES) - len(NUMBERS)
        np.concatenate(bits, axis=1, out=out[:, :numbers], casting="unsafe")
        for place, name in enumerate(NUMBERS, numbers):
            out[:, place] = columns[name]
    return out


def _start_of(seen: Walk, count: int) -> Walk:
    """Return the first blocks of a walk, with all its elements."""
    blocks = ("text", "element", "inline_tags", "inline_kinds", "in_links", "links", "link_first")
    return replace(
        seen,
        first_block=np.minimum(seen.first_block, count),
        end_block=np.minimum(seen.end_block, count),
        **{name: getattr(seen, name)[:count] for name in blocks},
    )


def _bits(
    seen: Walk,
) -> tuple[NDArray[np.uint64], NDArray[np.uint64], NDArray[np.uint64], NDArray[np.uint64], NDArray[np.int64]]:
    """Return of each block: own tags and all marks (m, 2), kinds near (own and two up) and far, tags above, depth."""
    up = np.append(seen.parent, -1)  # the last row is what is above the page, which is nothing
    bits = np.concatenate((seen.tags, seen.kinds[:, None]), axis=1)
    bits = np.concatenate((bits, np.zeros_like(bits[:1])))
    all_above, depth = bits.copy(), np.append(np.ones(len(seen.parent), dtype=np.int64), 0)
    ancestor = up
    while (ancestor >= 0).any():  # each round twice as many of an element's ancestors are known
        all_above |= all_above[ancestor]
        depth += depth[ancestor]
        ancestor = ancestor[ancestor]
    element, two_up = seen.element, up[up[seen.element]]
    own = bits[element, :2] | seen.inline_tags
    own[:, 1] |= all_above[element, 1] & _MARK_MASK
    near = bits[element, 2] | bits[up[element], 2] | bits[two_up, 2] | seen.inline_kinds
    return own, near, all_above[two_up, 2], all_above[element, 0], depth[element]


def _unpack(words: NDArray[np.uint64], bits: int) -> NDArray[np.uint8]:
    """Return the first bits of each word, uint8 of shape (m, bits)."""
    octets = np.ascontiguousarray(words, dtype="<u8").view(np.uint8).reshape(len(words), 8)
    return np.unpackbits(octets, axis=1, count=bits, bitorder="little")


def lengths(texts: Sequence[str]) -> NDArray[np.float64]:
    """Return how long each text is in characters of an alphabet; a Han or kana sign counts two and a half.

    >>> lengths(["seven!!", "東京都知事"]).tolist()
    [7.0, 12.5]
    """
    plain = [len(text) for text in texts]
    size = [
        n if text.isascii() else len(text.encode("utf-8", "surrogatepass"))
        for n, text in zip(plain, texts, strict=True)
    ]
    out = np.array(plain, dtype=np.float64)
    out[np.array(size) > 2.4 * out] *= 2.5  # three bytes each: a script without spaces, not Cyrillic or Greek
    return out


def _numbers(seen: Walk, depth: NDArray[np.int64]) -> dict[str, NDArray[np.float64]]:
    plain = np.array([len(text) for text in seen.text], dtype=np.float64)
    length = lengths(seen.text)
    parent = np.append(seen.parent, -1)
    link_density = np.minimum(seen.in_links / plain, 1.0)
    linked = length * link_density
    prose = np.where((length >= _PROSE) & (link_density < 0.33), length, 0.0)
    is_heading = seen.tags[seen.element, 0] & _HEADING != 0
    place = np.arange(len(plain))
    last = np.maximum.accumulate(np.where(is_heading, place, -1))
    columns = {
        "link_density": link_density,
        "links": np.log1p(seen.links),
        "link_first": seen.link_first.astype(np.float64),
        "depth": np.minimum(depth, 40) / 40,
        "heading_distance": np.where(last >= 0, 1 / (1 + place - last), 0),
    }
    first, end = _ranges(seen)
    total = max(prose.sum(), 1.0)
    summed = np.stack([np.ones(len(plain)), prose / total, linked, length])
    sums = np.concatenate((np.zeros((4, 1)), np.cumsum(summed, axis=1)), axis=1)
    up = seen.parent[seen.element]
    for container, prefix in ((up, "parent"), (parent[up], "above")):
        blocks, share, in_links, size = sums[:, end[container]] - sums[:, first[container]]
        columns[f"group_{prefix}"] = container.astype(np.float64)
        columns[f"{prefix}_blocks"] = np.log1p(blocks)
        columns[f"{prefix}_prose"] = share
        columns[f"{prefix}_link_density"] = in_links / np.maximum(size, 1)
        columns[f"{prefix}_mean_length"] = np.log1p(size / np.maximum(blocks, 1))
    columns |= _alike(seen, length, linked)
    columns |= _main(seen, prose, depth)
    columns |= _named(seen, sums[1])
    return columns


def _ranges(seen: Walk) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the first and the end block of each element, and at index -1 those of the page."""
    return np.append(seen.first_block, 0), np.append(seen.end_block, len(seen.text))


def _summed(seen: Walk, led: NDArray[np.uint8], alike: NDArray[np.float64]) -> dict[str, NDArray[np.float64]]:
    """Return the shares of blocks with a link of each of _SUMMED among those of each block's containers.

    `led`: uint8 of shape (blocks, TARGETS), what the links of each block are. `alike`: the number of its group.
    """
    picked = led[:, [TARGETS.index(name) for name in _SUMMED]].astype(np.float64)
    sums = np.concatenate((np.zeros((1, picked.shape[1])), np.cumsum(picked, axis=0)))
    first, end = _ranges(seen)
    parent = np.append(seen.parent, -1)
    up = parent[seen.element]
    group = alike.astype(np.int64)
    means = [(sums[end[at]] - sums[first[at]]) / np.maximum(end[at] - first[at], 1)[:, None] for at in (up, parent[up])]
    total = np.stack([np.bincount(group, weights=column) for column in picked.T], axis=1)
    means.append((total / np.bincount(group)[:, None])[group])
    return {
        f"{name}_to_{target}": mean[:, place]
        for name, mean in zip(("parent", "above", "alike"), means, strict=True)
        for place, target in enumerate(_SUMMED)
    }


def _alike(seen: Walk, length: NDArray[np.float64], linked: NDArray[np.float64]) -> dict[str, NDArray[np.float64]]:
    """Return how many blocks of the page look like each one (tag, names and parent's names), and what they hold."""
    names, tags, parents = [*seen.names, ""], list(map(bytes, seen.tags)), seen.parent.tolist()
    groups: dict[tuple[bytes, str, str], int] = {}
    group = np.array(
        [
            groups.setdefault((tags[element], names[element], names[parents[element]]), len(groups))
            for element in seen.element.tolist()
        ],
        dtype=np.int64,
    )
    blocks = np.bincount(group)
    size = np.bincount(group, weights=length)
    in_links = np.bincount(group, weights=linked)
    return {
        "group_alike": group.astype(np.float64),
        "alike_blocks": np.log1p(blocks)[group],
        "alike_mean_length": np.log1p(size / blocks)[group],
        "alike_link_density": (in_links / np.maximum(size, 1))[group],
    }


def _main(seen: Walk, prose: NDArray[np.float64], depth: NDArray[np.int64]) -> dict[str, NDArray[np.float64]]:
    """Return which blocks stand in the main container: the element whose prose most outweighs the rest in it.

    The maximal scoring subsequence of Pasternack and Roth (2009), over elements instead of tokens.
    """
    first, end = _ranges(seen)
    sums = np.concatenate(([0.0], np.cumsum(np.where(prose > 0, prose, -_NOT_PROSE_COST))))
    scores = sums[end] - sums[first]
    last = len(scores) - 1  # the page itself; of equally good containers the deepest is taken
    best = last - 1 - int(np.argmax(scores[:-1][::-1])) if last and scores[:-1].max() >= scores[-1] else last
    start, stop = first[best], end[best]
    inside = np.zeros(len(prose), dtype=bool)
    inside[start:stop] = True
    main_depth = depth[start:stop].min() if stop > start else 0
    up = seen.parent[seen.element]
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
    inside, held = np.zeros(len(seen.text)), 0.0
    called = (seen.kinds & _BODY_KIND | seen.tags[:, 1] & _BODY_MARK) != 0
    if called.any():
        number = np.flatnonzero(called)
        share = prose[seen.end_block[number]] - prose[seen.first_block[number]]
        best = number[share.argmax()]
        held = share.max()
        inside[seen.first_block[best] : seen.end_block[best]] = 1
    return {"in_named": inside, "named_prose": np.full(len(inside), held)}


def _headline(seen: Walk, is_headline: NDArray[np.float64]) -> int:
    """Return the number of the headline's block: the first that is the title of the head, else the first h1; or -1."""
    places = np.flatnonzero(is_headline)
    tags = seen.tags[seen.element, 0]
    headings = places[tags[places] & _HEADING != 0]
    if not len(places):
        headings = np.flatnonzero(tags & _H1)
    return int(next(iter([*headings[:1], *places[:1]]), -1))


def _with_headline(seen: Walk, headline: int, depth: NDArray[np.int64]) -> dict[str, NDArray[np.float64]]:
    """Return how many blocks the smallest element with both a block and the headline has, and how deep it lies."""
    count = len(seen.text)
    if headline < 0:
        return {"with_headline_blocks": np.zeros(count), "with_headline_depth": np.zeros(count)}
    chain, element = [], int(seen.element[headline])
    while element >= 0:
        chain.append(element)
        element = int(seen.parent[element])
    size, below = np.full(count, count), np.full(count, len(chain), dtype=np.int64)
    for up, element in reversed(list(enumerate(chain))):
        start, end = seen.first_block[element], seen.end_block[element]
        size[start:end], below[start:end] = end - start, up
    return {"with_headline_blocks": np.log1p(size), "with_headline_depth": np.minimum(below, 20) / 20}


def _said_by_head(seen: Walk, head: dict[str, str]) -> dict[str, NDArray[np.float64]]:
    """Return which blocks stand in the JSON-LD article body, are the headline, name the author."""
    body = _fold(head.get("article_body", ""))
    title, description = _fold(head.get("title", "")), _fold(head.get("description", ""))
    page_title = _fold(head.get("page_title", ""))
    authors = [name for name in _fold(head.get("author", "")).split(", ") if len(name) > 3]
    count = len(seen.text)
    columns = {name: np.zeros(count) for name in _SAID}
    columns["page_has_article_body"][:] = bool(body)
    headlines = []
    for row, text in enumerate(seen.text):
        folded = text[:_OPENING].casefold().rstrip()  # of a block, whose white space is single
        size = len(folded)
        if size > 3 and body and folded[:80] in body and folded[-40:] in body:
            columns["in_article_body"][row] = 1
        if size > 8:
            if title and (folded == title or (size > 0.8 * len(title) and folded in title)):
                headlines.append(row)
            if folded in page_title:
                columns["in_page_title"][row] = 1
            if size > 20 and description and folded in description:
                columns["is_description"][row] = 1
        if authors and len(text) < 200 and any(name in folded for name in authors):
            columns["has_author"][row] = 1
    if headlines:
        columns["is_headline"][headlines] = 1
        number, met = np.arange(count), np.searchsorted(headlines, np.arange(count), side="right")
        last = np.array([0, *headlines])[met]
        columns["after_headline"] = np.where(met > 0, 1 / (1 + 0.1 * (number - last)), 0)
    return columns


def _fold(text: str) -> str:
    return " ".join(text.casefold().split())
