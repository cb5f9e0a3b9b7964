"""One page of HTML: what is read off it, repaired, measured and given its title."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from multiprocessing import parent_process

import numpy as np
from numpy.typing import NDArray
from selectolax.lexbor import LexborNode

from ..compiling import COLD, compiles
from ..model import Markup
from .blocks import Walk, one_line, read_blocks, texts_of
from .columns import MARKUP_FEATURES, PROSE
from .evidence import measure
from .head import SAYING, read_head
from .headline import as_headed, headline, without_outlet
from .links import own_domain
from .nodes import Nodes, divide
from .source import read_source
from .tree import body_of, parse_tree

# The kernels take 3 ms less for a page of 170 kB, and to load them takes half a second: they come after so much markup.
_WORTH = 34_000_000  # characters
_PAGE = "<title>Lost</title><meta name=author content=Reed><p class=lead>The <a href=/b>bridge</a> is lost.<p>No boat."
_markup_read = [0]  # of those, by this process


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """What a reader sees of a page, and what it says of itself.

    `text`: its visible blocks in reading order, joined by newlines. `markup`: where each block starts and ends in
    it, and its evidence. `metadata`: title (without the outlet's name; where the head says none its heading or its
    title tag), author, published (as written), source, canonical, language, description, those that are said.
    `syndication`: the sources that tags name (syndication-source, isBasedOn, ...) as written.
    """

    text: str
    markup: Markup
    metadata: dict[str, str]
    syndication: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Parsed:
    """What is read off a page, as it stands there: its `head`, its texts, and the nodes that hold them.

    `texts`: each on a line. `held`: the nodes that were read from its source, or the body of its tree; None where the
    page has no body.
    """

    texts: str
    held: Nodes | LexborNode | None
    head: dict[str, str]
    syndication: tuple[str, ...]
    url: str


def parse(html: str, url: str = "", repair: Callable[[str], str] = str) -> Page:
    """Return the visible text of a page with its markup; never fails, whatever the markup.

    `repair`: returns text as it was meant; it is given all that the page shows and says, and no more of its source.

    >>> page = parse("<title>T</title><nav><a>Home</a></nav><p>One<br>two <b>three</b><p style='display:none'>four")
    >>> page.text.split("\\n"), page.metadata
    (['Home', 'One', 'two three'], {'page_title': 'T', 'title': 'T'})
    >>> page.markup.start.tolist(), page.markup.end.tolist(), page.markup.evidence.shape[0]
    ([0, 5, 9], [4, 8, 18], 3)
    """
    return page_of(read(html, url), repair)


def read(html: str, url: str = "") -> Parsed:
    """Return what is read off the source of a page or off its tree; `page_of` makes the page of it."""
    _markup_read[0] += len(html)
    held: Nodes | LexborNode | None
    named: Callable[[], Sequence[LexborNode]]
    if _by_kernels(_markup_read[0]) and (source := read_source(html)):
        held, said = source
        texts, named = held.texts, cache(lambda: holding(parse_tree(html).css("[itemprop]")))
        root = next((attributes for tag, attributes, _ in said if tag == "html"), {})
    else:
        tree = parse_tree(html)
        nodes, held = tree.css(SAYING), body_of(tree)
        texts, named = texts_of(tree, held), partial(holding, nodes)
        said = [(node.tag, node.attributes, node.text) for node in nodes]
        root = tree.root.attributes if tree.root is not None else {}
    head, syndication = read_head(said, named, root.get("lang") or root.get("xml:lang") or "", url)
    return Parsed(texts, held, head, syndication, url)


def _by_kernels(size: int) -> bool:
    """Return whether pages are read by the kernels, once this process read markup of so many characters.

    Kernels that are not on disk yet are compiled here where that pays. A process that works for another one leaves
    compiling to that one (`pipeline.kernels`), else each of them would compile, and does without until it is done.
    """
    if f"{__package__}.kernel" in sys.modules:
        return True
    if size < _WORTH or not compiles():
        return False
    from ..compiling.kept import kept  # here, since it loads numba

    if not kept("html"):
        if parent_process() is not None or size < COLD * _WORTH:
            return False
        compile_kernels()
    return True


def compile_kernels() -> None:
    """Compile the kernels, and have them kept on disk."""
    from ..compiling.kept import keep
    from . import kernel  # noqa: F401  (from here on they are taken)

    parse(_PAGE)
    keep("html")


def holding(nodes: Sequence[LexborNode]) -> list[LexborNode]:
    """Return the nodes that name an itemprop."""
    return [node for node in nodes if node.attributes.get("itemprop")]


def page_of(parsed: Parsed, repair: Callable[[str], str] = str) -> Page:
    """Return the page that was parsed; `repair`: see `parse`."""
    held, url = parsed.held, parsed.url
    texts, values = repair_together(parsed.texts, [*parsed.head.values(), *parsed.syndication], repair)
    head = dict(zip(parsed.head, values, strict=False))
    syndication = tuple(values[len(head) :])
    if held is None:
        return Page(
            "", _markup(np.zeros(0, np.int64), np.zeros((0, len(MARKUP_FEATURES)), np.float32)), head, syndication
        )
    own = own_domain(url or head.get("canonical", ""))
    blocks = partial(divide, held, texts) if isinstance(held, Nodes) else partial(read_blocks, held, texts.split("\n"))
    seen = blocks(own=own)
    if seen.hidden_characters > 2 * seen.blocks.size.sum():
        seen = uncovered(seen, blocks(show_hidden=True, own=own))
    evidence = measure(seen, head)
    head.pop("article_body", None)
    title = without_outlet(head.get("title", ""), head.get("source", ""), url)
    title = as_headed(seen, title) if title else headline(seen, head, url)
    if title:  # after measuring: evidence is what a page says
        head["title"] = title
    return Page("\n".join(seen.text), _markup(seen.blocks.size, evidence), head, syndication)


def uncovered(drawn: Walk, whole: Walk) -> Walk:
    """Return the walk over all of a page, if scripts uncover its text; else the walk over what is `drawn`.

    Such a page hides at least twice as much prose as it draws, not counting hidden copies of what it draws. Of 680
    pages eight hide twice as many characters, all in menus, comments and copies of what they draw.
    """
    shown, every = ({text for text in seen.text if len(text) >= PROSE} for seen in (drawn, whole))
    return whole if sum(map(len, every - shown)) >= 2 * sum(map(len, shown)) else drawn


def repair_together(texts: str, values: Sequence[str], repair: Callable[[str], str]) -> tuple[str, list[str]]:
    """Return the texts of a page, each on a line, and other values, as they were meant.

    They are repaired as one text: what is surely broken in one of them tells what else is. Where that gives more lines
    than there were, each line is repaired on its own.
    """
    lines = "\n".join([texts, *map(one_line, values)])
    repaired = repair(lines)
    if repaired.count("\n") != lines.count("\n"):
        repaired = "\n".join(one_line(repair(line)) for line in lines.split("\n"))
    shown, *rest = repaired.rsplit("\n", len(values))
    return shown, rest


def _markup(size: NDArray[np.int64], evidence: NDArray[np.float32]) -> Markup:
    end = np.cumsum(size + 1) - 1
    return Markup((end - size).astype(np.int32), end.astype(np.int32), evidence)
