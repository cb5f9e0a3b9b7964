"""A page read from its source, without the parser's tree.

Nine pages of ten keep to the rules of HTML so far that a stack of open elements is enough to know their tree. Those are
read in one pass, in a third of the time. A page that does not, or may not, is left to the parser, whose tree is the
oracle.
"""

from __future__ import annotations

from functools import cache, partial

import numpy as np
from numpy.typing import NDArray

from ..words import PAD
from .head import ASKED, Said
from .nodes import ATTRIBUTES as OF_NODES
from .nodes import Nodes, keys_of, references, tags, words
from .tree import encoded

# Of elements that say something of the page; those that are read of a node of its body are `nodes.ATTRIBUTES`.
ATTRIBUTES = (
    "content", "property", "name", "itemprop", "http-equiv", "rel", "href", "type", "lang", "xml:lang", "datetime",
)  # fmt: skip
_WIDTH = 2 + len(ATTRIBUTES)  # an element's name, these attributes, and its text


def read_source(html: str) -> tuple[Nodes, list[Said]] | None:
    """Return the nodes of a page's body, and what is said of the page; None where it is not regular. Needs numba."""
    from . import kernel

    data = encoded(html)
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    signs = np.frombuffer(data + bytes(PAD), dtype=np.uint8)
    regular, does, parent, place, numbers, size, out = kernel.page(
        signs, tags(), keys_of(OF_NODES), keys_of(ATTRIBUTES), _metas(), references()
    )
    if not regular:
        return None
    texts, names, marks, links, told = (row[:end] for row, end in zip(out, size.tolist(), strict=True))
    parts = _written(told).split("\0") if len(told) else []
    said: list[Said] = [
        (tag, dict(zip(ATTRIBUTES, values, strict=True)), partial(str, text))
        for tag, *values, text in zip(*[iter(parts)] * _WIDTH, strict=True)
    ]
    name, tells, link = numbers
    read = _written(texts), names.copy(), _written(marks).split("\0"), links.copy()  # the kernel's buffers are larger
    return Nodes(does, parent, place, name, tells, link, *read), said


def _written(octets: NDArray[np.uint8]) -> str:
    """Return what was written, without what ends it."""
    return octets.tobytes().decode()[:-1]


@cache
def _metas() -> NDArray[np.void]:
    """Return a table of the names of meta tags that are heard."""
    return words(dict.fromkeys(ASKED, 1))
