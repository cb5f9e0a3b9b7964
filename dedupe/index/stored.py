"""What is stored of an article: the row that describes it, its reporting text, and what is pending until it settles."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from ..model import Attribution
from . import arrays

SCHEMA = """
CREATE TABLE article(aid INTEGER PRIMARY KEY, page TEXT NOT NULL, added REAL NOT NULL, published REAL,
                     crc INTEGER NOT NULL) STRICT;
CREATE TABLE body(aid INTEGER PRIMARY KEY, sealed BLOB NOT NULL) STRICT;
CREATE TABLE pending(aid INTEGER PRIMARY KEY, sealed BLOB NOT NULL) STRICT;
CREATE TABLE gone(n INTEGER PRIMARY KEY, sealed BLOB NOT NULL) STRICT;
CREATE TABLE merge(n INTEGER PRIMARY KEY, sealed BLOB NOT NULL) STRICT;
CREATE TABLE move(n INTEGER PRIMARY KEY, sealed BLOB NOT NULL) STRICT;
"""


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """An article as the store takes it.

    `page`: JSON values that describe it, of which `id` is one; `published`: days since 1970, nan where unknown.
    `body`: its reporting, packed by the caller.
    """

    page: dict[str, Any]
    published: float
    body: bytes


class Row(NamedTuple):
    """An article as the store gives it back; `aid` numbers articles in the order they came."""

    aid: int
    page: dict[str, Any]
    added: float  # days since 1970
    published: float

    @property
    def copies(self) -> tuple[int, ...]:
        """Return the numbers of the articles that it is a copy of, as far as they came before it."""
        return tuple(self.page.get("copies", ()))

    @property
    def counted(self) -> bool:
        """Return whether its words are counted: of copies the first one's are, of those that were not removed."""
        return "counted" in self.page or not self.copies

    @property
    def alike(self) -> dict[int, int]:
        """Return how like it was to others when it came, in thousandths, by their numbers."""
        return dict(zip(*self.page.get("alike", ((), ())), strict=True))

    @property
    def several(self) -> tuple[int, ...]:
        """Return the numbers of the articles that were known, when it came, to hold another text beside its copies'."""
        return tuple(aid or self.aid for aid in self.page.get("several", ()))

    @property
    def attributions(self) -> tuple[Attribution, ...]:
        """Return who the page said its text comes from."""
        return tuple(Attribution(*named) for named in self.page.get("named", ()))


class Pending(NamedTuple):
    """What of an article waits to be sorted into a run and counted; a story of 0: it was removed."""

    story: int
    keys: NDArray[np.uint32]
    terms: NDArray[np.uint32]


def id_key(id: str) -> int:
    """Return the key by which the article of an id is found, 32 bits."""
    return int.from_bytes(blake2b(id.encode("utf-8", "surrogatepass"), digest_size=4, person=b"id").digest(), "little")


def article(aid: int, entry: Entry, added: float) -> tuple[int, str, float, float | None, int]:
    """Return the columns of table article; JSON, because it keeps NULs, and lone surrogates too, as escapes."""
    try:
        page = msgspec.json.encode(entry.page).decode()
    except UnicodeEncodeError:
        page = json.dumps(entry.page, separators=(",", ":"))
    published = None if np.isnan(entry.published) else float(entry.published)
    return aid, page, added, published, _crc(aid, page, added, published)


def read_article(columns: Sequence[Any], where: str) -> Row:
    """Return the row of the columns of table article."""
    aid, page, added, published, crc = columns
    if not isinstance(page, str) or crc != _crc(aid, page, added, published):
        raise arrays.damaged(where, f"checksum of article {aid} differs")
    days = float("nan") if published is None else published
    return Row(aid, _page_of(page), added, days)


def _page_of(page: str) -> dict[str, Any]:
    """Return the JSON values that describe an article; msgspec is quicker but knows no lone surrogates."""
    try:
        values: dict[str, Any] = msgspec.json.decode(page)
    except msgspec.DecodeError:
        values = json.loads(page)
    return values


def _crc(aid: int, page: str, added: float, published: float | None) -> int:
    return zlib.crc32(f"{aid} {added!r} {published!r} {page}".encode("utf-8", "surrogatepass"))


def pack(aid: int, value: Pending) -> bytes:
    """Return a pending value, sealed: story and number of keys as uint32, then keys, then terms."""
    head = np.array([value.story, len(value.keys)], dtype="<u4")
    return arrays.seal(aid, head.tobytes() + value.keys.astype("<u4").tobytes() + value.terms.astype("<u4").tobytes())


def unpack(aid: int, sealed: bytes, where: str) -> Pending:
    """Return the pending value of a row."""
    content = arrays.unseal(aid, sealed, where)
    story, count = np.frombuffer(content, "<u4", 2).tolist()
    return Pending(story, np.frombuffer(content, "<u4", count, 8), np.frombuffer(content, "<u4", -1, 8 + 4 * count))
