"""The SQLite file an index lives in: recognised before it is opened, made whole or not at all."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from ..errors import IndexFileError, reason
from . import arrays, stored

Still = tuple[int, int, int]  # when a file was written last, how long it is, and how long its log

APPLICATION = 0x64647570  # "ddup", in the file's header
FORMAT = 7
SAFE_SQLITE = (3, 51, 3)  # before it, two connections that checkpoint at once may corrupt a file (the WAL-reset race)
PAGE = 8192  # a compressed article of 1.4 kB wastes a third of a page of 4096, an eighth of this
MAPPED = 1 << 40  # bytes of a file that are mapped into memory, at most: all of it that SQLite is built to map (2 GB)

_META = "CREATE TABLE meta(k TEXT PRIMARY KEY, v TEXT NOT NULL, crc INTEGER NOT NULL) STRICT"


def recognise(path: Path) -> bool:
    """Return whether there is an index at the path; what is there but is no index we can read is an error."""
    if path.name == ":memory:":  # as SQLite calls what is kept nowhere
        raise IndexFileError(f"{path}: an index is a file; give a path, for a test one in a temporary folder")
    try:
        path.stat()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise _unreadable(path, error) from error
    application, version = _numbers(path) or _read_numbers(path)
    if application != APPLICATION:
        raise IndexFileError(f"{path}: is an SQLite file of another program, not an index; give another path")
    if version > FORMAT:
        raise IndexFileError(f"{path}: has format {version}, this dedupe reads up to {FORMAT}; update dedupe")
    if version < FORMAT:
        raise IndexFileError(f"{path}: has format {version}, which was never released; build the index again")
    return True


def _numbers(path: Path) -> tuple[int, int] | None:
    """Return the numbers of application and format in a file's header, nothing where SQLite cannot read them.

    It is SQLite that is asked: a process that opens and closes a file by itself loses all locks that it holds there
    (POSIX), among them those of an index that it has open already.
    """
    if path.is_dir() or not path.stat().st_size:
        return None
    try:
        with closing(sqlite3.connect(_uri(path, "mode=ro"), uri=True)) as db:
            (application,), (version,) = (
                db.execute(f"PRAGMA {name}").fetchone() for name in ("application_id", "user_version")
            )
    except sqlite3.Error:
        return None
    return application, version


def _read_numbers(path: Path) -> tuple[int, int]:
    """Return the same from the bytes of a file that SQLite does not read, or an error that says what it is."""
    try:
        with open(path, "rb") as file:
            head = file.read(100)
    except IsADirectoryError:
        raise IndexFileError(
            f"{path}: is a folder; give the path of an index file, for instance {path}/news.db"
        ) from None
    except OSError as error:
        raise _unreadable(path, error) from error
    if not head:
        raise IndexFileError(f"{path}: is empty, not an index; delete it or give another path")
    if len(head) < 100 or not head.startswith(b"SQLite format 3\0"):
        raise IndexFileError(f"{path}: is not an index of dedupe; give another path")
    return int.from_bytes(head[68:72], "big"), int.from_bytes(head[60:64], "big")


def _unreadable(path: Path, error: OSError) -> IndexFileError:
    return IndexFileError(f"{path}: cannot be read ({reason(error)})")


def create(path: Path, settings: dict[str, Any], state: str) -> None:
    """Make an empty index under another name and move it into place, so that no half-made one is ever seen."""
    fresh = path.with_name(path.name + ".new")
    try:
        fresh.unlink(missing_ok=True)
        db = sqlite3.connect(fresh, isolation_level=None)
        db.execute(f"PRAGMA page_size = {PAGE}")
        db.execute(f"PRAGMA application_id = {APPLICATION}")
        db.execute(f"PRAGMA user_version = {FORMAT}")
        db.executescript(f"BEGIN;{_META};{arrays.SCHEMA};{stored.SCHEMA};COMMIT")
        put(db, "settings", json.dumps(settings, sort_keys=True))
        put(db, "state", state)
        db.execute("PRAGMA journal_mode = WAL")
        db.close()
        with open(fresh, "rb") as file:
            os.fsync(file.fileno())
        os.replace(fresh, path)
        folder = os.open(path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
    except (OSError, sqlite3.Error) as error:
        fresh.unlink(missing_ok=True)
        raise IndexFileError(f"{path}: cannot be made ({reason(error)})") from error


def connect(path: Path, *, write: bool, timeout: float) -> tuple[arrays.Connection, Still | None]:
    """Return a connection; only a writer's may checkpoint, and it does so when told.

    And where it is taken that nobody writes, how the file was then: as soon as it is otherwise, connect again.
    """
    if write:
        db = _connect(path, "mode=rw", timeout)
        db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA wal_autocheckpoint = 0")
        return db, None
    as_it_was = None
    try:
        db = _connect(path, "mode=ro", timeout)
    except sqlite3.OperationalError:
        as_it_was = still(path)
        if as_it_was[-1]:
            raise
        db = _connect(path, "mode=ro&immutable=1", timeout)  # nothing can be written here by whom it is read
    db.execute("PRAGMA query_only = 1")
    return db, as_it_was


def still(path: Path) -> Still:
    """Return how a file is: it is otherwise as soon as anybody writes to it."""
    try:
        told = path.stat()
        return told.st_mtime_ns, told.st_size, log_size(path)
    except OSError:  # it is gone: to connect again is told so
        return 0, 0, 0


def _connect(path: Path, mode: str, timeout: float) -> arrays.Connection:
    db = sqlite3.connect(
        _uri(path, mode), timeout, isolation_level=None, check_same_thread=False, factory=arrays.Connection, uri=True
    )
    db.where = str(path)
    db.execute("PRAGMA cache_size = -32768")
    db.execute("SELECT count(*) FROM meta").fetchone()  # opened by now, or an error
    return db


def map_pages(db: sqlite3.Connection) -> None:
    """From now on read the file where the system holds it: to copy a page takes longer than all else of a look-up.

    What has to be read from end to end is better read before, since mapped pages count as the process's memory. Writers
    do not: an `add` gains nothing by it that can be measured, and a file cut off under a writer then ends in an error.
    """
    db.execute(f"PRAGMA mmap_size = {MAPPED}")


def log_size(path: Path) -> int:
    """Return how long the log beside a file is, in bytes; 0 where there is none."""
    try:
        return os.stat(f"{path}-wal").st_size
    except FileNotFoundError:
        return 0


def move_log(db: sqlite3.Connection, patience: float = 30.0) -> bool:
    """Move the log into the file; return whether a reader held it, for longer than `patience` seconds."""
    (usual,) = db.execute("PRAGMA busy_timeout").fetchone()
    db.execute(f"PRAGMA busy_timeout = {min(int(1000 * patience), usual)}")
    try:
        (held, _, _) = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        db.execute(f"PRAGMA busy_timeout = {usual}")
    return bool(held)


def _uri(path: Path, mode: str) -> str:
    return f"{path.absolute().as_uri()}?{mode}"


def sqlite_warning() -> str:
    """Return what to say of an SQLite that is too old, or an empty string."""
    if sqlite3.sqlite_version_info >= SAFE_SQLITE:
        return ""
    return (
        f"SQLite {sqlite3.sqlite_version} is older than 3.51.3, which mends a race between two checkpoints; "
        "dedupe only ever runs one, so let no other program write to the index"
    )


def put(db: sqlite3.Connection, key: str, value: str) -> None:
    """Store a value under a key, with a checksum of both; a row that is there stays, so that no index page changes."""
    changed = "ON CONFLICT(k) DO UPDATE SET v = excluded.v, crc = excluded.crc"
    db.execute(f"INSERT INTO meta VALUES (?, ?, ?) {changed}", (key, value, _crc(key, value)))


def get(db: arrays.Connection, key: str, before: str = "") -> str:
    """Return the value of a key; one that is as it was read `before` was compared with its checksum then."""
    row = db.execute("SELECT v, crc FROM meta WHERE k = ?", (key,)).fetchone()
    if before and row and row[0] == before:
        return before
    if row is None or not isinstance(row[0], str) or row[1] != _crc(key, row[0]):
        raise arrays.damaged(db.where, f"its {key} cannot be read")
    value: str = row[0]
    return value


def _crc(key: str, value: str) -> int:
    return arrays.checksum(len(key), f"{key}\0{value}".encode("utf-8", "surrogatepass"))


@contextmanager
def named_errors(path: Path) -> Iterator[None]:
    """Turn what SQLite reports into an error that names the file and says what to do."""
    try:
        yield
    except sqlite3.Error as error:
        text = str(error)
        if "full" in text:
            what = "the disk is full; nothing acknowledged was lost, make room and go on"
        elif "locked" in text or "busy" in text:
            what = "another process holds it; try again, or open with a longer timeout"
        elif "readonly" in text:
            what = "it, or its folder, cannot be written; change the permissions or open it with readonly=True"
        elif "I/O" in text or "unable to open" in text:
            what = f"the disk refused ({text}); nothing acknowledged was lost, look at the disk and go on"
        else:
            what = f"damaged ({text}); restore a copy or build the index again"
        raise IndexFileError(f"{path}: {what}") from error
