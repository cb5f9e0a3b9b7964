"""The sources that pages name: in the tags of their heads, and paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..compiling import compiled, kernel_of
from ..model import ROLES, Article, Attribution, Blocks, Role, domain_of, host_of
from ..model.codes import BODY
from ..resources import place_of_source
from ..rows import above_and_below, lengths, owners
from ..words import Tokens
from .agencies import agency_of, domains, mentions
from .digest import inner_credits, with_parts
from .names import is_own
from .paragraph import named_in
from .sift import ALL, SHORT, sift
from .tags import is_item

_EDGE = 2  # body paragraphs at the start and at the end of an article in which agencies sign
_BESIDE = 5  # paragraphs above the body in which bylines and credits stand, whatever their role was taken for
_SEVERAL = 3  # paragraphs that make a page a digest rather than a flash with its credit
_EVIDENCE = 200  # characters of a paragraph that are quoted
_WORDS = 20  # whose finding takes as long as to read a paragraph for sources
_UNREAD = np.isin(ROLES, (Role.CAPTION, Role.COMMENT, Role.AD))  # photo credits name no source of the text


class Lines(NamedTuple):
    """What is to be read of some articles: plain values, which go to another process quickly.

    `heads`: the fields of a `_Head` of each. `lines`: those of a `_Line`, as columns. `credits`: by row of the article,
    the numbers and texts of the paragraphs that may be credits of its parts.
    """

    heads: Sequence[tuple[Any, ...]]
    lines: Sequence[Sequence[Any]]
    credits: Mapping[int, Sequence[tuple[int, str]]]


class _Head(NamedTuple):
    """What an article says of itself, as in `Article`."""

    source: str
    url: str
    canonical: str
    syndication: tuple[str, ...]
    author: str


class _Line(NamedTuple):
    """A paragraph to read: the row of its page, its number on that, its text, its role, and what is known of it.

    `beside`: whether it stands where credits do. `several`: whether its page has several paragraphs. `may`: what it may
    hold, see `sift`.
    """

    page: int
    paragraph: int
    text: str
    role: int
    beside: bool
    several: bool
    may: int


_head_of = attrgetter(*_Head._fields)


def find(
    articles: Sequence[Article], blocks: Blocks, roles: NDArray[np.uint8], tokens: Tokens | None = None
) -> list[tuple[Attribution, ...]]:
    """Return for each article the sources it names: each name once for each paragraph that says it, in reading order.

    The article's own outlet is no source, and a photo's credit is none of the text. Tags of the head come first.
    `tokens`: the words of the articles' texts, where they are at hand; many paragraphs are then sifted by them.
    """
    return sources(to_read(articles, blocks, roles, tokens))


def to_read(
    articles: Sequence[Article], blocks: Blocks, roles: NDArray[np.uint8], tokens: Tokens | None = None
) -> Lines:
    """Return what `sources` reads to find what `find` does: the half of the work that lets go of Python's lock."""
    wanted, near = rows_to_read(blocks, roles)
    if tokens is None or not compiled(max(len(tokens.hash), _WORDS * int(wanted.sum())), __package__):
        may = np.where(wanted, ALL, 0)
    else:
        may = sift(articles, blocks, roles, tokens, wanted, near)
    rows = np.flatnonzero(may)
    page = owners(blocks.first)[rows]
    number, several = rows - blocks.first[page], (lengths(blocks.first) >= _SEVERAL)[page]
    ends = blocks.start[rows].tolist(), blocks.end[rows].tolist()
    texts = [articles[i].text[start:end] for i, start, end in zip(page.tolist(), *ends, strict=True)]
    known = (column.tolist() for column in (roles[rows], near[rows], several, may[rows]))
    credits = {
        i: [(row - int(blocks.first[i]), articles[i].text[blocks.start[row] : blocks.end[row]]) for row in own]
        for i, own in inner_credits(blocks, roles).items()
    }
    return Lines([*map(_head_of, articles)], [page.tolist(), number.tolist(), texts, *known], credits)


def sources(asked: Lines) -> list[tuple[Attribution, ...]]:
    """Return the sources that articles name, given what is to be read of them; see `find`."""
    heads = [*map(_Head._make, asked.heads)]
    found = [list(_of_head(head)) for head in heads]
    for line in map(_Line, *asked.lines):
        found[line.page] += _of_line(heads[line.page], line)
    for i, credits in asked.credits.items():
        found[i] = with_parts(found[i], credits)
    return [_each_once(head, said) if said else () for head, said in zip(heads, found, strict=True)]


def _of_line(head: _Head, line: _Line) -> Iterator[Attribution]:
    """Yield the sources that a paragraph of an article names."""
    text, role = line.text, ROLES[line.role]
    item = line.several and role in (Role.BODY, Role.ATTRIBUTION) and is_item(text)
    if item and role is Role.BODY:
        return
    part = item and text.rstrip().endswith("]")  # "Reporting by Ana Gomez (Reuters)" is a credit too
    for name, kind in named_in(text, role, line.beside, line.may):
        kind = "part" if part else kind
        if kind == "self" or not _is_own(name, head):
            yield Attribution(name, kind, _evidence(text, name), line.paragraph)


def _each_once(head: _Head, said: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """Return the sources that are not the article's own outlet, one for each name that a paragraph says."""
    other = [source for source in said if source.kind == "self" or not _is_own(source.name, head)]
    unique = {(source.name, source.paragraph): source for source in reversed(other)}
    return tuple(reversed(unique.values()))


def _is_own(name: str, head: _Head) -> bool:
    return is_own(name, head.source, host_of(head.url))


def rows_to_read(blocks: Blocks, roles: NDArray[np.uint8]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return which paragraphs can name a source, and which stand where credits do, beside the body's ends.

    Of the body these are the outer ones, of the rest all but `_UNREAD`.
    """
    if compiled(0, __package__):
        kernel = kernel_of(__package__)
        read, beside = kernel.rows_to_read(blocks.first, roles, BODY, _UNREAD, _EDGE, _BESIDE)
        return read, beside
    return rows_to_read_plain(blocks, roles)


def rows_to_read_plain(blocks: Blocks, roles: NDArray[np.uint8]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return what `rows_to_read` does, all pages at once."""
    body = roles == BODY
    page, (above, below) = owners(blocks.first), above_and_below(body, blocks.first)
    read = np.where(body, (above < _EDGE) | (below < _EDGE), ~_UNREAD[roles])
    beside = np.zeros(len(roles), dtype=bool)
    for others, steps in ((above, range(-_BESIDE, 0)), (below, (1, 2))):
        edge = np.flatnonzero(body & (others == 0))
        for step in steps:
            near = edge + step
            inside = (near >= 0) & (near < len(roles))
            beside[near[inside][page[near[inside]] == page[edge[inside]]]] = True
    return read, beside & ~body


def _of_head(head: _Head) -> Iterator[Attribution]:
    """Yield the sources that the tags of a page's head name.

    A tag with the page's own address names none; where that is not known, its canonical link stands for it.
    """
    if head.syndication or head.canonical:
        here, there = host_of(head.url), host_of(head.canonical)
        for tag in head.syndication:
            name = host_of(tag) or tag.strip()
            if name and domain_of(name) != domain_of(here or there):
                yield _named(name, f"syndication tag: {tag}")
        if there and here and domain_of(there) != domain_of(here):
            yield _named(there, f"canonical link: {head.canonical}")
    yield from _of_author(head.author)


@lru_cache(maxsize=1 << 12)
def _of_author(author: str) -> tuple[Attribution, ...]:
    """Return the agencies that an author's tag names; few authors write most of an outlet's pages."""
    return tuple(_named(name, f"author: {author}") for name in mentions(author[:SHORT]))


def _named(name: str, evidence: str) -> Attribution:
    agency = agency_of(name) or domains().get(name, "")
    return Attribution(name[:100], "agency" if agency else "outlet", evidence[:300], -1)


def _evidence(text: str, name: str) -> str:
    """Return the words around a name in a paragraph, at most 200 characters and marks of what was left out.

    >>> _evidence("The rise came late, the dpa said. " + "Prices fell. " * 20, "dpa")[-30:]
    'ces fell. Prices fell. Prices…'
    """
    if len(text) <= _EVIDENCE:
        return " ".join(text.split())
    start = max(min(place_of_source(text, name)[0] - _EVIDENCE // 2, len(text) - _EVIDENCE), 0)
    part = text[start : start + _EVIDENCE]
    if start:
        part = "…" + part.partition(" ")[2]
    if start + _EVIDENCE < len(text):
        part = part.rpartition(" ")[0] + "…"
    return " ".join(part.split())
