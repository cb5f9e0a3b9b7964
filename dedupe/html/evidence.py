"""The evidence of each block: where it stands in the page, as columns of numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .blocks import MARK_BIT, MARKS, TAG_BIT, TAGS
from .vocabulary import KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from .blocks import Walk

_ABOVE = (
    "nav", "aside", "footer", "header", "figure", "main", "article", "form", "table", "ul", "ol", "li",
    "blockquote", "section", "details", "dialog", "address", "figcaption", "p",
)  # fmt: skip
_ABOVE_MASK = sum(TAG_BIT[tag] for tag in _ABOVE)
_MARK_MASK = sum(MARK_BIT.values())
_BITS = len(TAGS) + len(MARKS)
_KIND_BITS = len(KINDS)

NUMBERS = (
    "link_density", "links", "depth", "heading_distance",
    "parent_blocks", "parent_prose", "parent_link_density", "parent_mean_length",
    "above_blocks", "above_prose", "above_link_density", "above_mean_length",
    "alike_blocks", "alike_mean_length", "alike_link_density",
    "in_main", "below_main", "direct_in_main", "main_prose",
    "in_article_body", "is_headline", "in_page_title", "is_description", "has_author", "after_headline",
)  # fmt: skip
MARKUP_FEATURES: tuple[str, ...] = (
    *(f"tag:{tag}" for tag in TAGS),
    *(f"mark:{mark}" for mark in MARKS),
    *(f"in:{tag}" for tag in _ABOVE),
    *(f"near:{kind}" for kind in KINDS),
    *(f"far:{kind}" for kind in KINDS),
    *NUMBERS,
)

_PROSE = 80  # characters of a block, about 12 words: menus and teasers rarely reach it, sentences do
_NOT_PROSE_COST = 30  # what a block that is no prose costs a container, in characters: some three words


def measure(seen: Walk, head: dict[str, str]) -> NDArray[np.float32]:
    """Return the evidence, float32 of shape (blocks, len(MARKUP_FEATURES)).

    `head`: what the page's head and JSON-LD say, see `dedupe.html.head`; of it title, page_title, description, author
    and article_body are looked for in the blocks.
    """
    count = len(seen.text)
    out = np.zeros((count, len(MARKUP_FEATURES)), dtype=np.float32)
    if count:
        tags, above, near, far, depth = _bits(seen)
        kinds = len(TAGS) + len(MARKS) + len(_ABOVE)
        above_places = [TAGS.index(tag) for tag in _ABOVE]
        out[:, :_BITS] = _unpack(tags, _BITS)
        out[:, _BITS:kinds] = _unpack(above, _BITS)[:, above_places]
        out[:, kinds : kinds + _KIND_BITS] = _unpack(near, _KIND_BITS)
        out[:, kinds + _KIND_BITS : kinds + 2 * _KIND_BITS] = _unpack(far, _KIND_BITS)
        numbers = out[:, kinds + 2 * _KIND_BITS :]
        _numbers(seen, np.array(depth), numbers)
        _said_by_head(seen, head, numbers)
    return out


def _bits(seen: Walk) -> tuple[list[int], list[int], list[int], list[int], list[int]]:
    """Return of each block: own tags and all marks, tags above, kinds near (own and two up) and far, depth."""
    above, near, far, depth = [], [], [], []
    kinds, parents = seen.kinds, seen.parent
    for number, parent in enumerate(parents):
        if parent < 0:
            above.append(seen.tags[number])
            near.append(kinds[number])
            far.append(0)
            depth.append(1)
            continue
        upper = parents[parent]
        above.append(above[parent] | seen.tags[number])
        near.append(kinds[number] | kinds[parent] | (kinds[upper] if upper >= 0 else 0))
        far.append(far[parent] | (near[upper] if upper >= 0 else 0))
        depth.append(depth[parent] + 1)
    rows = list(zip(seen.element, seen.inline_tags, seen.inline_kinds, strict=True))
    above.append(0)  # element -1 is the page itself
    near.append(0)
    far.append(0)
    depth.append(0)
    own = [*seen.tags, 0]
    return (
        [own[element] | inline | above[element] & _MARK_MASK for element, inline, _ in rows],
        [above[element] & _ABOVE_MASK for element, _, _ in rows],
        [near[element] | inline for element, _, inline in rows],
        [far[element] for element, _, _ in rows],
        [depth[element] for element, _, _ in rows],
    )


def _unpack(masks: list[int], bits: int) -> NDArray[np.uint8]:
    size = (bits + 7) // 8
    packed = np.frombuffer(b"".join([mask.to_bytes(size, "little") for mask in masks]), dtype=np.uint8)
    return np.unpackbits(packed.reshape(len(masks), size), axis=1, count=bits, bitorder="little")


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


def _numbers(seen: Walk, depth: NDArray[np.int64], out: NDArray[np.float32]) -> None:
    count = len(seen.text)
    plain = np.array([len(text) for text in seen.text], dtype=np.float64)
    length = lengths(seen.text)
    element = np.array(seen.element, dtype=np.int64)
    parent = np.array([*seen.parent, -1], dtype=np.int64)
    link_density = np.minimum(np.array(seen.in_links) / plain, 1.0)
    linked = length * link_density
    prose = np.where((length >= _PROSE) & (link_density < 0.33), length, 0.0)
    out[:, 0] = link_density
    out[:, 1] = np.log1p(np.array(seen.links))
    out[:, 2] = np.minimum(depth, 40) / 40
    is_heading = np.array([(tags & _HEADING) != 0 for tags in (seen.tags[e] if e >= 0 else 0 for e in seen.element)])
    place = np.arange(count)
    last = np.maximum.accumulate(np.where(is_heading, place, -1))
    out[:, 3] = np.where(last >= 0, 1 / (1 + place - last), 0)
    total = max(prose.sum(), 1.0)
    first, end = _ranges(seen)
    columns = np.stack([np.ones(count), prose / total, linked, length])
    sums = np.concatenate((np.zeros((4, 1)), np.cumsum(columns, axis=1)), axis=1)
    up = parent[element]
    for place_of, column in ((up, 4), (parent[up], 8)):
        blocks, share, in_links, size = sums[:, end[place_of]] - sums[:, first[place_of]]
        out[:, column] = np.log1p(blocks)
        out[:, column + 1] = share
        out[:, column + 2] = in_links / np.maximum(size, 1)
        out[:, column + 3] = np.log1p(size / np.maximum(blocks, 1))
    _alike(seen, length, linked, out)
    _main(seen, first, end, prose, length, depth, out)


_HEADING = sum(TAG_BIT[tag] for tag in ("h1", "h2", "h3", "h4", "h5", "h6"))


def _ranges(seen: Walk) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the first and the end block of each element, and at index -1 those of the page."""
    return np.array([*seen.first_block, 0]), np.array([*seen.end_block, len(seen.text)])


def _alike(seen: Walk, length: NDArray[np.float64], linked: NDArray[np.float64], out: NDArray[np.float32]) -> None:
    """Fill in how many blocks of the page look like each one (tag, names and parent's names), and what they hold."""
    names, tags, parents = [*seen.names, ""], [*seen.tags, 0], [*seen.parent, -1]
    groups: dict[tuple[int, str, str], int] = {}
    group = np.array(
        [groups.setdefault((tags[e], names[e], names[parents[e]]), len(groups)) for e in seen.element], dtype=np.int64
    )
    blocks = np.bincount(group)
    size = np.bincount(group, weights=length)
    in_links = np.bincount(group, weights=linked)
    out[:, 12] = np.log1p(blocks)[group]
    out[:, 13] = np.log1p(size / blocks)[group]
    out[:, 14] = (in_links / np.maximum(size, 1))[group]


def _main(
    seen: Walk,
    first: NDArray[np.int64],
    end: NDArray[np.int64],
    prose: NDArray[np.float64],
    length: NDArray[np.float64],
    depth: NDArray[np.int64],
    out: NDArray[np.float32],
) -> None:
    """Fill in the main container: the element whose prose most outweighs the rest of what it holds.

    The maximal scoring subsequence of Pasternack and Roth (2009), over elements instead of tokens.
    """
    value = np.where(prose > 0, prose, -_NOT_PROSE_COST)
    sums = np.concatenate(([0.0], np.cumsum(value)))
    scores = sums[end] - sums[first]
    best = len(scores) - 1 - int(np.argmax(scores[::-1]))  # of equal ones the deepest; the page itself is the last
    if best == len(scores) - 1 and scores[:-1].size and scores[:-1].max() >= scores[-1]:
        best = len(scores) - 2 - int(np.argmax(scores[:-1][::-1]))
    start, stop = first[best], end[best]
    inside = np.zeros(len(length), dtype=bool)
    inside[start:stop] = True
    main_depth = depth[start:stop].min() if stop > start else 0
    out[:, 15] = inside
    out[:, 16] = np.where(inside, np.minimum(depth - main_depth, 20) / 20, 0)
    parents = np.array([*seen.parent, -1])
    up = parents[np.array(seen.element, dtype=np.int64)]
    out[:, 17] = up == (best if best < len(seen.parent) else -1)
    out[:, 18] = prose[inside].sum() / max(prose.sum(), 1.0)


def _said_by_head(seen: Walk, head: dict[str, str], out: NDArray[np.float32]) -> None:
    """Fill in which blocks stand in the JSON-LD article body, are the headline, name the author."""
    body = _fold(head.get("article_body", ""))
    title, description = _fold(head.get("title", "")), _fold(head.get("description", ""))
    page_title = _fold(head.get("page_title", ""))
    authors = [name for name in _fold(head.get("author", "")).split(", ") if len(name) > 3]
    met = 0
    for row, text in enumerate(seen.text):
        folded = _fold(text[:300])
        if body and len(folded) > 3:
            out[row, 19] = folded[:80] in body and folded[-40:] in body
        if len(folded) > 8:
            if title and (folded == title or (len(folded) > 0.8 * len(title) and folded in title)):
                out[row, 20] = 1
                met = row + 1
            out[row, 21] = folded in page_title
            out[row, 22] = len(folded) > 20 and bool(description) and (folded in description)
        if authors and len(text) < 200:
            out[row, 23] = any(name in folded for name in authors)
        out[row, 24] = 0 if not met else 1 / (1 + 0.1 * (row - met + 1))


def _fold(text: str) -> str:
    return " ".join(text.casefold().split())
