"""The nodes of a page's body as columns, and the tables by which a kernel reads them off its source."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from html.entities import html5

import numpy as np
from numpy.typing import NDArray

from ..words import character_table, code_points
from .blocks import BLOCK, DOES, Elements, TextBlocks, Walk
from .construction import NAMED, rules_of
from .links import SOCIAL, TARGET_BIT, targets
from .links import WORD_BITS as LINK_BITS
from .marks import TAG_PLACE, marks_of
from .tree import UNSEEN
from .vocabulary import WORD_BITS as KIND_BITS
from .vocabulary import kinds_of

# What else a tag tells the kernel of an element: that it is not shown, is a link, says something of the page.
GONE, LINK, SAYS = (1 << bit for bit in range(3))
_NATURES = (UNSEEN, GONE), (("a",), LINK), (("html", "meta", "link", "title", "script"), SAYS)
ATTRIBUTES = ("class", "id", "href", "rel", "role", "itemprop", "aria-hidden", "hidden", "style")
PRIME = 0x100000001B3
_SLOTS = 512  # of the table of tags


@dataclass(frozen=True, slots=True, eq=False)
class Nodes:
    """The nodes of a body that are not UNSEEN, in order, and what stands in them.

    Of each node: what it `does`, uint8; its `parent`, int32, -1 for the first node; the `place` of its tag among TAGS,
    int8, -1 if it is not there; the numbers of its `name`, of what else it `tells` and of its `link` in the lists
    below, int32, -1 for none.

    `texts`: of the text nodes, each on one line. `names`: classes and ids of elements, uint8, in UTF-8, each once and
    ended by a zero. `marks`: their other ATTRIBUTES as they are written, each once. `links`: of each its address
    and its `rel`, as names are.
    """

    does: NDArray[np.uint8]
    parent: NDArray[np.int32]
    place: NDArray[np.int8]
    name: NDArray[np.int32]
    tells: NDArray[np.int32]
    link: NDArray[np.int32]
    texts: str
    names: NDArray[np.uint8]
    marks: list[str]
    links: NDArray[np.uint8]


def divide(nodes: Nodes, texts: str, show_hidden: bool = False, own: str = "") -> Walk:
    """Return what `blocks.read_blocks` does, of nodes and their texts on lines. Needs numba."""
    from . import kernel

    marks = list(map(marks_of, nodes.marks))
    elements, made, blocks, ended, text, hidden_characters = kernel.divide(
        nodes.does, nodes.parent, nodes.place, nodes.name, nodes.tells, nodes.link, code_points(texts), _white(),
        character_table()[0],
        _kinds(nodes.names),
        np.array([bits for bits, _ in marks], dtype=np.uint64),
        np.array([hides for _, hides in marks], dtype=np.bool_),
        _targets(nodes.links, own),
        show_hidden,
    )  # fmt: skip
    shown = text.tobytes().decode("utf-32-le", "surrogatepass")
    return Walk(
        Elements._make(column[:made] for column in elements),
        TextBlocks._make(column[:ended] for column in blocks),
        tuple(shown.split("\n")) if shown else (),
        hidden_characters,
    )


def _kinds(names: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """Return what the words of each of the names say, see `vocabulary.kinds_of`."""
    from . import kernel

    kinds: NDArray[np.uint64]
    kinds, other = kernel.kinds(names, _kind_words())
    for number in other.nonzero()[0].tolist():
        kinds[number] = kinds_of(names.tobytes().split(b"\0")[number].decode())
    return kinds


def _targets(links: NDArray[np.uint8], own: str) -> NDArray[np.uint64]:
    """Return what each of the links is, see `links.targets`."""
    from . import kernel

    found: NDArray[np.uint64]
    found, other = kernel.targets(links, np.frombuffer(own.encode(), dtype=np.uint8), _link_words(), _hosts())
    for number in other.nonzero()[0].tolist():
        address, rel = links.tobytes().split(b"\0")[2 * number : 2 * number + 2]
        found[number] = targets(address.decode(), rel.decode(), own)
    return found


@cache
def _white() -> NDArray[np.bool_]:
    """Return which code points are white space, up to the last that is."""
    return np.array([chr(point).isspace() for point in range(0x3001)])


def key_of(name: str) -> int:
    """Return the key of a tag or an attribute: by Fowler, Noll and Vo (FNV-1a), from 0."""
    key = 0
    for byte in name.encode():
        key = (key ^ byte) * PRIME & 0xFFFFFFFFFFFFFFFF
    return key


@cache
def keys_of(names: tuple[str, ...]) -> NDArray[np.uint64]:
    """Return the keys of tags or attributes."""
    return np.array(list(map(key_of, names)), dtype=np.uint64)


@cache
def tags() -> NDArray[np.void]:
    """Return a table of tags with open addresses by their keys: of each what it is here, and in `construction`."""
    names = ["key", "nature", "does", "place", "kind", "starts", "ends"]
    table = np.zeros(_SLOTS, dtype={"names": names, "formats": ["<u8", "u1", "u1", "i1", "<i4", "u1", "u1"]})
    table["place"] = -1  # of a tag that says nothing
    known = {name for names, _ in _NATURES for name in names} | DOES.keys() | TAG_PLACE.keys() | set(NAMED)
    for name in sorted(known):
        nature = sum(bit for names, bit in _NATURES if name in names)
        _put(table, name, nature, DOES.get(name, BLOCK), TAG_PLACE.get(name, -1), *rules_of(name))
    return table


@cache
def _kind_words() -> NDArray[np.void]:
    return words(KIND_BITS)


@cache
def _link_words() -> NDArray[np.void]:
    return words(LINK_BITS)


@cache
def _hosts() -> NDArray[np.void]:
    return words(dict.fromkeys(SOCIAL, TARGET_BIT["social"]))


@cache
def references() -> NDArray[np.void]:
    """Return a table of the names of references, with and without semicolons: the one or two signs that each means."""
    table = np.zeros(16 * _SLOTS, dtype=[("key", "<u8"), ("first", "<u4"), ("second", "<u4")])
    for name, signs in html5.items():
        _put(table, name, ord(signs[0]), ord(signs[1]) if len(signs) > 1 else 0)
    return table


def words(said: dict[str, int]) -> NDArray[np.void]:
    """Return a table of words like that of tags: `key` and `says`, what it says, of each."""
    table = np.zeros(4 * _SLOTS, dtype=[("key", "<u8"), ("says", "<u8")])
    for word, bits in said.items():
        _put(table, word, bits)
    return table


def _put(table: NDArray[np.void], name: str, *values: int) -> None:
    """Put what is known of a name into a table."""
    slot = key_of(name) >> 20 & len(table) - 1
    while table["key"][slot]:
        slot = (slot + 1) % len(table)
    table[slot] = key_of(name), *values
