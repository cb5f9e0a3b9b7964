"""A page of HTML as visible text, blocks with their evidence, and what the page says of itself."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..model import Markup
from .blocks import read_blocks
from .evidence import MARKUP_FEATURES, measure
from .head import read_head
from .headline import headline, without_outlet
from .links import own_domain
from .tree import UNSEEN, parse_tree

__all__ = ["MARKUP_FEATURES", "Page", "parse"]


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """What a reader sees of a page, and what it says of itself.

    `text`: its visible blocks in reading order, joined by newlines. `markup`: where each block starts and ends in
    it, and its evidence. `metadata`: title (without the outlet's name; where the head says none its heading or its
    title tag), author, published (as written), source, canonical, language, description, those that are said.
    `syndication`: syndication-source and original-source tags as written.
    """

    text: str
    markup: Markup
    metadata: dict[str, str]
    syndication: tuple[str, ...]


def parse(html: str, url: str = "") -> Page:
    """Return the visible text of a page with its markup; never fails, whatever the markup.

    >>> page = parse("<title>T</title><nav><a>Home</a></nav><p>One<br>two <b>three</b><p style='display:none'>four")
    >>> page.text.split("\\n"), page.metadata
    (['Home', 'One', 'two three'], {'page_title': 'T', 'title': 'T'})
    >>> page.markup.start.tolist(), page.markup.end.tolist(), page.markup.evidence.shape[0]
    ([0, 5, 9], [4, 8, 18], 3)
    """
    tree = parse_tree(html)
    head, syndication = read_head(tree, url)
    tree.strip_tags(UNSEEN)
    if tree.body is None:
        return Page("", _markup([], np.zeros((0, len(MARKUP_FEATURES)), dtype=np.float32)), head, syndication)
    own = own_domain(url or head.get("canonical", ""))
    seen = read_blocks(tree.body, own=own)
    if seen.hidden_characters > 2 * sum(map(len, seen.text)):  # a page that scripts uncover: its text is what there is
        seen = read_blocks(tree.body, show_hidden=True, own=own)
    evidence = measure(seen, head)
    head.pop("article_body", None)
    title = without_outlet(head.get("title", ""), head.get("source", ""), url) or headline(seen, head, url)
    if title:  # after measuring: evidence is what a page says
        head["title"] = title
    return Page("\n".join(seen.text), _markup(seen.text, evidence), head, syndication)


def _markup(blocks: list[str], evidence: np.ndarray[tuple[int, int], np.dtype[np.float32]]) -> Markup:
    length = np.array([len(block) for block in blocks], dtype=np.int64)
    end = np.cumsum(length + 1) - 1
    return Markup((end - length).astype(np.int32), end.astype(np.int32), evidence)
