"""Pages put together of parts that each name their source: "[CNET]" below one, "[The Verge]" below the next."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..model import Attribution, Blocks
from ..model.codes import ATTRIBUTION, BODY
from ..rows import bounds_of, owners_of
from .agencies import agency_of
from .names import is_name, looks_like_outlet
from .tags import line_tag

LINES, NAMES = 3, 2  # so many credits between paragraphs of the body, with so many names, make a page a digest
KNOWN = 2  # so many credits must name an agency or have an outlet's name: "[Applause]" does not, however often it comes
SHORT = 4  # letters of an outlet's name in capitals: CNET, BBC


def inner_credits(blocks: Blocks, roles: NDArray[np.uint8]) -> dict[int, list[int]]:
    """Return of each page that may be a digest the rows of its credits that have body above and below them."""
    rows = np.flatnonzero(roles == ATTRIBUTION)
    if len(rows) < LINES:  # as of nearly every page that is asked of alone
        return {}
    body = bounds_of(roles == BODY)
    page = owners_of(blocks.first, rows)
    inside = (body[rows] > body[blocks.first[page]]) & (body[rows] < body[blocks.first[page + 1]])
    rows, page = rows[inside], page[inside]
    pages, first, count = np.unique(page, return_index=True, return_counts=True)
    found = zip(pages.tolist(), first.tolist(), count.tolist(), strict=True)
    return {page: rows[start : start + n].tolist() for page, start, n in found if n >= LINES}


def with_parts(said: Sequence[Attribution], lines: Sequence[tuple[int, str]]) -> list[Attribution]:
    """Return the sources of a page with those of its parts marked as such, where it is a digest.

    `lines`: the paragraphs, by index, that stand as credits between those of the body.

    >>> agency = Attribution("CNBC", "agency", "[CNBC]", 6)
    >>> [source.name for source in with_parts([agency], [(2, "[Engadget]"), (4, "[CNET]"), (6, "[CNBC]")])]
    ['Engadget', 'CNET', 'CNBC']
    >>> [source.kind for source in with_parts([agency], [(2, "Writing by A"), (4, "Editing by B"), (6, "[CNBC]")])]
    ['agency']
    >>> with_parts([], [(2, "[Applause]"), (4, "[Laughter]"), (6, "[Applause]")])
    []
    """
    between = {paragraph for paragraph, _ in lines}
    parts = [source._replace(kind="part") for source in said if source.paragraph in between and source.kind != "self"]
    named = {source.paragraph for source in parts}
    tags = ((line_tag(text), text, paragraph) for paragraph, text in lines if paragraph not in named)
    parts += [Attribution(name, "part", text.strip(), paragraph) for name, text, paragraph in tags if is_name(name)]
    at, names = {source.paragraph for source in parts}, {source.name for source in parts}
    known = {source.paragraph for source in parts if _is_known(source.name)}
    if len(at) < LINES or len(names) < NAMES or len(known) < KNOWN:
        return list(said)
    whole = [source for source in said if source.paragraph not in between or source.kind == "self"]
    return sorted([*whole, *parts], key=lambda source: source.paragraph)


def _is_known(name: str) -> bool:
    return bool(agency_of(name)) or looks_like_outlet(name) or (name.isupper() and len(name) <= SHORT)
