"""The sources that pages name: agency tags, credits, "originally published by", tags of the head."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from ..compiling import compiled
from ..model import ROLE_CODE, ROLES, Attribution, Role, domain_of, host_of
from ..words import owners
from .agencies import agency_of, domains, mentions
from .digest import inner_credits, with_parts
from .names import is_name, is_own, looks_like_outlet, names_after, own_names, split_names
from .news import had_news
from .phrases import COPYRIGHT, SELF, labels, names_follow, says_contributed, says_self
from .pictures import without_pictures
from .sift import ALL, CONTRIBUTES, CREDIT, GATHERS, LABEL, PHRASE, PHRASES, PICTURE, SHORT, TAIL, sift
from .tags import is_item, line_sign, opening, signed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ..model import Article, Blocks
    from ..words import Tokens

_EDGE = 2  # body paragraphs at the start and at the end of an article in which agencies sign
_BESIDE = 5  # paragraphs above the body in which bylines and credits stand, whatever their role was taken for
_LINE, _CREDIT_WORDS = 60, 7  # characters and words of a line that is nothing but a credit
_NOTICE_WORDS = 12  # of a notice of copyright that says more than that all rights are reserved
_SEVERAL = 3  # paragraphs that make a page a digest rather than a flash with its credit
_EVIDENCE = 200  # characters of a paragraph that are quoted
_WORDS = 20  # whose finding takes as long as to read a paragraph for sources
_UNREAD = np.isin(ROLES, (Role.CAPTION, Role.COMMENT, Role.AD))  # photo credits name no source of the text
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,6}", re.I)


def find(
    articles: Sequence[Article], blocks: Blocks, roles: NDArray[np.uint8], tokens: Tokens | None = None
) -> list[tuple[Attribution, ...]]:
    """Return for each article the sources it names: each name once for each paragraph that says it, in reading order.

    The article's own outlet is no source, and a photo's credit is none of the text. Tags of the head come first.
    `tokens`: the words of the articles' texts, where they are at hand; many paragraphs are then sifted by them.
    """
    wanted, near = rows_to_read(blocks, roles)
    if tokens is None or not compiled(max(len(tokens.hash), _WORDS * int(wanted.sum())), __package__):
        holds = np.where(wanted, ALL, 0)
    else:
        holds = sift(articles, blocks, roles, tokens, wanted, near)
    rows = np.flatnonzero(holds)
    bounds, first = np.searchsorted(rows, blocks.first).tolist(), blocks.first.tolist()
    columns = (blocks.start, blocks.end, roles, near, holds)
    read = list(zip(rows.tolist(), *(column[rows].tolist() for column in columns), strict=True))
    body = ROLE_CODE[Role.BODY]
    credit = ROLE_CODE[Role.ATTRIBUTION]
    inner = inner_credits(blocks, roles)
    own: dict[tuple[str, str], dict[str, bool]] = {}  # of each outlet: whether a name is its own
    found: list[tuple[Attribution, ...]] = []
    for i, article in enumerate(articles):
        tagged = article.syndication or article.canonical or article.author
        if not tagged and bounds[i] == bounds[i + 1] and i not in inner:
            found.append(())
            continue
        host = host_of(article.url)
        said = _of_head(article, host) if tagged else []
        several = first[i + 1] - first[i] >= _SEVERAL
        outlet = own.setdefault((article.source, host), {})
        for row, start, end, role, beside, may in read[bounds[i] : bounds[i + 1]]:
            text = article.text[start:end]
            item = several and role in (body, credit) and is_item(text)
            if not (item and role == body):
                for name, kind in _of_text(text, ROLES[role], beside, may):
                    if item and text.rstrip().endswith("]"):  # "Reporting by Ana Gomez (Reuters)" is a credit too
                        kind = "part"
                    if kind == "self" or not _is_own(name, article, outlet):
                        said.append(Attribution(name, kind, _evidence(text, name), row - first[i]))
        if i in inner:
            lines = [(row - first[i], article.text[blocks.start[row] : blocks.end[row]]) for row in inner[i]]
            said = with_parts(said, lines)
        said = [source for source in said if source.kind == "self" or not _is_own(source.name, article, outlet)]
        unique = {(source.name, source.paragraph): source for source in reversed(said)}
        found.append(tuple(reversed(unique.values())))
    return found


def _is_own(name: str, article: Article, known: dict[str, bool]) -> bool:
    """Return whether a name is that of an article's outlet, which is `known` once it was asked for."""
    if name not in known:
        known[name] = is_own(name, own_names(article.source, article.url))
    return known[name]


def rows_to_read(blocks: Blocks, roles: NDArray[np.uint8]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return which paragraphs can name a source, and which stand where credits do, beside the body's ends.

    Of the body these are the outer ones, of the rest all but `_UNREAD`.
    """
    if compiled(0, __package__):
        from . import kernel

        read, beside = kernel.rows_to_read(blocks.first, roles, ROLE_CODE[Role.BODY], _UNREAD, _EDGE, _BESIDE)
        return read, beside
    return rows_to_read_plain(blocks, roles)


def rows_to_read_plain(blocks: Blocks, roles: NDArray[np.uint8]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return what `rows_to_read` does, all pages at once."""
    body = roles == ROLE_CODE[Role.BODY]
    before = np.concatenate(([0], np.cumsum(body)))
    page = owners(blocks.first)
    rank = before[:-1] - before[blocks.first[page]]
    left = before[blocks.first[page + 1]] - before[:-1]
    read = np.where(body, (rank < _EDGE) | (left <= _EDGE), ~_UNREAD[roles])
    beside = np.zeros(len(roles), dtype=bool)
    for edge, steps in (
        (np.flatnonzero(body & (rank == 0)), range(-_BESIDE, 0)),
        (np.flatnonzero(body & (left == 1)), (1, 2)),
    ):
        for step in steps:
            near = edge + step
            inside = (near >= 0) & (near < len(roles))
            beside[near[inside][page[near[inside]] == page[edge[inside]]]] = True
    return read, beside & ~body


def _of_head(article: Article, here: str) -> list[Attribution]:
    """Return the sources that the tags of a page's head name; `here`: the host of its address.

    A tag with the page's own address names none; where that is not known, its canonical link stands for it.
    """
    said = []
    there = host_of(article.canonical)
    for tag in article.syndication:
        name = host_of(tag) or tag.strip()
        if name and domain_of(name) != domain_of(here or there):
            said.append(_named(name, f"syndication tag: {tag}", -1))
    if there and here and domain_of(there) != domain_of(here):
        said.append(_named(there, f"canonical link: {article.canonical}", -1))
    said += _of_author(article.author)
    return said


@lru_cache(maxsize=1 << 12)
def _of_author(author: str) -> tuple[Attribution, ...]:
    """Return the agencies that an author's tag names; few authors write most of an outlet's pages."""
    return tuple(_named(name, f"author: {author}", -1) for name in mentions(author[:SHORT]))


def _named(name: str, evidence: str, paragraph: int) -> Attribution:
    agency = agency_of(name) or domains().get(name, "")
    return Attribution(name[:100], "agency" if agency else "outlet", evidence[:300], paragraph)


def _of_text(text: str, role: Role, beside: bool, may: int = ALL) -> list[tuple[str, str]]:
    """Return what `_of_block` does, but for the names that only a picture's credit holds, whatever the role."""
    said = _of_block(text, role, beside, may)
    if not said or not may & PICTURE or (bare := without_pictures(text)) == text:
        return said
    left = _of_block(bare, role, beside)
    return [source for source in said if source in left]


def _of_block(text: str, role: Role, beside: bool = False, may: int = ALL) -> list[tuple[str, str]]:
    """Return (name, kind) of the sources that a paragraph names; `beside` the body a mere name is a credit.

    `may`: what the paragraph may hold, see `sift`.

    >>> _of_block("AFP, MANILA", Role.TITLE, beside=True)
    [('AFP', 'agency')]
    >>> _of_block("AFP wins a prize for its photos of war", Role.TITLE, beside=True)
    []
    """
    body = role is Role.BODY
    names = signed(text, whole=body) if body or role is Role.TITLE else []
    if len(text) <= (CREDIT if body else SHORT):
        part = text
    else:
        part = text[-TAIL:] if body else text[:SHORT] + " … " + text[-SHORT:]
    lower = part.lower()
    names += _of_phrases(part, lower, Role.ATTRIBUTION if beside else role, may)
    if beside and not names and len(text) <= _LINE:
        said = _mentioned(text) or line_sign(text)
        names += said if 5 * sum(map(len, said)) >= len(text) and len(text.split()) <= _CREDIT_WORDS else []
    if role in (Role.ATTRIBUTION, Role.BYLINE) and not names and len(text) <= SHORT:
        names += _mentioned(text) or opening(text)
        if role is Role.ATTRIBUTION and not names and len(text) <= 60 and (text.isupper() or " / " in text):
            names += [name for name in split_names(text) if len(name.split()) <= 4]  # nothing but names
    if may & GATHERS and says_self(lower) and (own := SELF.search(part)):
        who = _who(part, own.start())
        if not body or "." in who:  # in a report on aggregators the word alone says nothing of the page
            return [(who, "self")]
    kinds = dict.fromkeys(_of_news(part, lower, may), "news")
    kinds |= {name: "agency" if agency_of(name) else "outlet" for name in names}
    return [(name, kinds[name]) for name in dict.fromkeys([*names, *kinds])]


def _of_news(text: str, lower: str, may: int) -> list[str]:
    """Return who a paragraph says had the news first.

    >>> _of_news(text := "Comme l’a révélé Le Courrier du Morvan, des camions venaient.", text.lower(), ALL)
    ['Le Courrier du Morvan']
    """
    if not may & PHRASE:
        return []
    found = (had_news(text, end) for end, _ in names_follow(text, lower, news=True, bits=may >> PHRASES))
    return list(dict.fromkeys(filter(None, found)))


def _of_phrases(text: str, lower: str, role: Role, may: int) -> list[str]:
    """Return the names after the phrases and labels of a paragraph that say where it comes from."""
    names: list[str] = []
    if may & PHRASE and role is not Role.BIO:  # which says where else its author was published
        for end, weak in names_follow(text, lower, bits=may >> PHRASES):
            names += [name for name in names_after(text, end) if not weak or _sure(name)]
    if may & CONTRIBUTES and says_contributed(text, lower):
        names += mentions(text)
    if may & LABEL and role not in (Role.NAVIGATION, Role.PROMO, Role.BIO) and len(text) <= SHORT:
        for end in labels(text):
            after = names_after(text, end)
            names += after if role is not Role.BODY else filter(_sure, after)  # in the body it may be a figure's
    if role in (Role.LEGAL, Role.ATTRIBUTION):
        names += _owners(text, role is Role.LEGAL)
    return names


def _owners(text: str, apart: bool) -> list[str]:
    """Return the agencies whose the text is by a notice of copyright.

    One for some texts of a site ("Photos: © AFP") tells nothing of the page's, and one that stands `apart` from the
    body tells who owns the site, unless it goes on to say what must not be done with the material.

    >>> _owners("© 2016 The Associated Press. All rights reserved.", apart=False)
    ['The Associated Press']
    >>> _owners("AP articles: © 2016 The Associated Press.", False), _owners("© 2011 Bloomberg L.P.", apart=True)
    ([], [])
    >>> _owners("© 2024 Pacific Business Wire Review", apart=False)  # which is no agency
    []
    """
    mark = COPYRIGHT.search(text)
    if not mark or text[: mark.start()].rstrip().endswith(":") or (apart and len(text.split()) < _NOTICE_WORDS):
        return []
    owner = text[mark.end() : mark.end() + 60]
    return [name for name in mentions(owner) if not _within_a_name(name, owner)]


def _mentioned(line: str) -> list[str]:
    """Return the agencies that a line of credits names; of a notice of copyright those that it is of."""
    return _owners(line, apart=False) if COPYRIGHT.match(line) else mentions(line)


def _within_a_name(agency: str, text: str) -> bool:
    """Return whether an agency's name is the middle of a longer one, with a capitalised word on either side of it."""
    before, _, after = text.partition(agency)
    word = before.split()[-1:] if before[-1:].isspace() else []
    follows = after.split()[:1] if after[:1].isspace() else []
    longer = bool(word and follows) and word[0][0].isupper() and follows[0][0].isupper()
    return longer and not COPYRIGHT.match(word[0]) and follows[0].casefold() != "all"  # "all rights reserved"


def _sure(name: str) -> bool:
    """Return whether a name is an agency's or a domain, and so no person's and no authority's."""
    return bool(agency_of(name)) or bool(_DOMAIN.fullmatch(name))


def _who(text: str, at: int) -> str:
    """Return the domain or name that stands before "is an automatic aggregator", or "this page"."""
    before = text[max(at - 80, 0) : at].split()
    for word in reversed(before):
        word = word.strip(" .,:;!?()'\"")
        if "." in word and is_name(word):
            return word
    last = [word for word in before if word[:1].isupper()]
    return last[-1].strip(",.:;") if last and looks_like_outlet(last[-1]) else "this page"


def _evidence(text: str, name: str) -> str:
    """Return the words around a name in a paragraph, at most 200 characters and marks of what was left out.

    >>> _evidence("The rise came late, the dpa said. " + "Prices fell. " * 20, "dpa")[-30:]
    'ces fell. Prices fell. Prices…'
    """
    if len(text) <= _EVIDENCE:
        return " ".join(text.split())
    start = max(min(max(text.find(name), 0) - _EVIDENCE // 2, len(text) - _EVIDENCE), 0)
    part = text[start : start + _EVIDENCE]
    if start:
        part = "…" + part.partition(" ")[2]
    if start + _EVIDENCE < len(text):
        part = part.rpartition(" ")[0] + "…"
    return " ".join(part.split())
