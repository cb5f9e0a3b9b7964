"""The right to write to an index: one process has it at a time, and writes down beside the file how far it came."""

from __future__ import annotations

import errno
import fcntl
import os
import time
import zlib
from pathlib import Path
from weakref import WeakSet

from ..errors import IndexFileError, reason

_NOTE, _NOTED = 20, 30  # where in the lock's file, after its holder, the version stands, and its length

_held: WeakSet[WriterLock] = WeakSet()


def _let_go() -> None:
    for lock in list(_held):
        lock.release()


os.register_at_fork(after_in_child=_let_go)


class WriterLock:
    """The right to write: an advisory lock on a file beside the index, given up by the system when its holder dies.

    A forked process shares the lock, and would keep it when its parent is killed; so it lets go of it at once, which
    leaves the parent's.
    """

    def __init__(self, path: Path, timeout: float) -> None:
        name, self._file = f"{path}.lock", -1
        try:
            self._file = os.open(name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        except OSError as error:
            raise IndexFileError(f"{path}: cannot be written, {name} cannot be made ({reason(error)})") from error
        until = time.monotonic() + timeout
        while not self._take():
            if time.monotonic() >= until:
                holder = os.pread(self._file, 20, 0).decode("ascii", "replace").strip() or "unknown"
                self.release()
                raise IndexFileError(
                    f"{path}: process {holder} is writing to it, and after {timeout:g} s still is; an index has one "
                    "writer at a time: close the other, or open with a longer timeout"
                )
            time.sleep(0.005)
        _held.add(self)
        try:
            os.pwrite(self._file, f"{os.getpid():<19}\n".encode(), 0)
        except OSError as error:
            self.release()
            raise IndexFileError(f"{path}: cannot be written, nor can {name} ({reason(error)})") from error

    def _take(self) -> bool:
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in (errno.EAGAIN, errno.EACCES):
                return False
            raise
        return True

    def note(self, version: int) -> None:
        """Write down that the file has come to a version; not synced, so it is never ahead of what is on disk."""
        os.pwrite(self._file, _noted(version), _NOTE)

    def release(self) -> None:
        """Let another writer in; done once, for by the second time the number may be that of another file."""
        _held.discard(self)
        if self._file >= 0:
            os.close(self._file)
        self._file = -1

    def __del__(self) -> None:
        """Let go with an index that was dropped without being closed, else its own process would wait for itself."""
        self.release()


def acknowledged(path: Path) -> int:
    """Return the version that a writer wrote down beside the file; 0 where none did.

    SQLite takes a damaged log for one that ends before the damage. Then the file is older than this.
    """
    try:
        with open(f"{path}.lock", "rb") as file:
            said = file.read()[_NOTE : _NOTE + _NOTED]
        version = int(said[:20])
    except (OSError, ValueError):
        return 0
    return version if said == _noted(version) else 0


def _noted(version: int) -> bytes:
    digits = f"{version:20d}"
    return f"{digits} {zlib.crc32(digits.encode()):08x}\n".encode()
