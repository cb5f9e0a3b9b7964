"""Arrays of any length in one SQLite table, cut into parts of at most half a page, each under its own checksum.

SQLite does not notice most damage to its pages. So nothing here is found by searching a B-tree for a key: a caller
knows the number of every part it asks for, and a part that is missing, moved or altered is an error, never an answer.
"""

from __future__ import annotations

import sqlite3
import struct
import zlib
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import IndexFileError

PART = 4032  # bytes of a part; with checksums and headers two fill a page of 8192
_PLACE = struct.Struct("<q").pack
_PARTS = 1 << 32  # of an array, at most
# Parts in the order in which they are asked for, so that SQLite neither sorts them nor looks for equal ones.
_CONTENT = "WITH wanted(n) AS (VALUES {}) SELECT content FROM wanted CROSS JOIN part USING (n)"
_AT_ONCE = 512  # parts asked for in one statement; SQLite allows 999 parameters in its oldest builds

SCHEMA = "CREATE TABLE part(n INTEGER PRIMARY KEY, content BLOB NOT NULL) STRICT"


class Connection(sqlite3.Connection):
    """A connection to an index; `where`: the path of its file, which errors name."""

    where = ""


def seal(place: int, content: bytes) -> bytes:
    """Return the content after a checksum of it and of the place it belongs to.

    >>> unseal(7, seal(7, b"abc"), "here")
    b'abc'
    >>> unseal(8, seal(7, b"abc"), "here")
    Traceback (most recent call last):
    dedupe.errors.IndexFileError: here: damaged (checksum of 8 differs); restore a copy or build the index again
    """
    return checksum(place, content).to_bytes(4, "little") + content


def unseal(place: int, sealed: bytes, where: str) -> bytes:
    """Return the content of a sealed value, or raise an error that names the file."""
    return bytes(unsealed(place, sealed, where))


def unsealed(place: int, sealed: bytes, where: str) -> memoryview:
    """Return what `unseal` does without a copy: most of the time of a look-up is spent here."""
    content = memoryview(sealed)[4:]
    if checksum(place, content) != int.from_bytes(sealed[:4], "little"):
        raise differs(where, place)
    return content


def differs(where: str, place: int) -> IndexFileError:
    """Return the error for content whose checksum is another than is stored with it."""
    return damaged(where, f"checksum of {place} differs")


def damaged(where: str, what: str) -> IndexFileError:
    """Return the error for content that cannot be trusted."""
    return IndexFileError(f"{where}: damaged ({what}); restore a copy or build the index again")


def checksum(place: int, content: bytes | memoryview) -> int:
    """Return the CRC-32 of a place and what is stored there."""
    return zlib.crc32(content, zlib.crc32(_PLACE(place)))


def write(db: Connection, array: int, parts: Iterable[bytes], start: int = 0) -> None:
    """Write the parts of an array from part `start` on, over those that are there."""
    base = array * _PARTS + start
    rows = ((n, seal(n, content)) for n, content in enumerate(parts, base))
    db.executemany("INSERT OR REPLACE INTO part VALUES (?, ?)", rows)


def write_bytes(db: Connection, array: int, content: bytes) -> None:
    """Write an array, cut into parts."""
    write(db, array, (content[at : at + PART] for at in range(0, len(content), PART)))


def read(db: Connection, array: int, numbers: Sequence[int]) -> list[bytes]:
    """Return the parts with these numbers, which ascend."""
    places = [first_place(array) + number for number in numbers]
    return [unseal(place, part, db.where) for place, part in zip(places, sealed(db, places), strict=True)]


def sealed(db: Connection, places: list[int]) -> list[bytes]:
    """Return the parts at these places, which ascend, each still after its checksum, which is to be compared."""
    found = [part for (part,) in selected(db, _CONTENT, places)]
    if len(found) != len(places):
        raise damaged(db.where, f"parts of array {array_of(places[0])} are missing")
    return found


def selected(db: Connection, asked: str, numbers: Sequence[int]) -> list[tuple[Any, ...]]:
    """Return what a statement selects, in which {} stands for the numbers, each in brackets; some more are NULL."""
    found: list[tuple[Any, ...]] = []
    for at in range(0, len(numbers), _AT_ONCE):
        some = list(numbers[at : at + _AT_ONCE])
        marks = 1 << (len(some) - 1).bit_length()  # a power of two: a statement of another length is parsed anew
        found += db.execute(asked.format("(?)," * (marks - 1) + "(?)"), some + [None] * (marks - len(some)))
    return found


def first_place(array: int) -> int:
    """Return the place of an array's first part, which its checksum tells."""
    return array * _PARTS


def array_of(place: int) -> int:
    """Return the array that a place is of.

    >>> array_of(first_place(72) + 5)
    72
    """
    return place // _PARTS


def read_bytes(db: Connection, array: int, length: int) -> NDArray[np.uint8]:
    """Return the first `length` bytes of an array. Each is copied once: of a million articles they are 80 MB."""
    base, parts = array * _PARTS, -(-length // PART)
    content = np.empty(parts * PART, dtype=np.uint8)
    room, filled, following = content.data, 0, base
    for n, sealed in db.execute("SELECT n, content FROM part WHERE n >= ? AND n < ? ORDER BY n", (base, base + parts)):
        if n != following or not 0 < len(sealed) - 4 <= PART:
            break
        part = unsealed(n, sealed, db.where)
        room[filled : filled + len(part)] = part
        filled, following = filled + len(part), n + 1
    if following != base + parts or filled < length:
        raise damaged(db.where, f"parts of array {array} are missing")
    return content[:length]


def delete(db: Connection, array: int) -> None:
    """Delete an array."""
    db.execute("DELETE FROM part WHERE n >= ? AND n < ?", (array * _PARTS, (array + 1) * _PARTS))


def all_numbers(db: Connection) -> list[int]:
    """Return the numbers of the arrays that have parts, in order."""
    found, after = [], 0
    while row := db.execute("SELECT n FROM part WHERE n >= ? ORDER BY n LIMIT 1", (after,)).fetchone():
        found.append(row[0] // _PARTS)
        after = (found[-1] + 1) * _PARTS
    return found
