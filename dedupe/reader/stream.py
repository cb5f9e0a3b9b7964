"""Opening what may be opened: regular files only, unpacked as they are read, no more of one record than a limit."""

from __future__ import annotations

import bz2
import codecs
import gzip
import io
import lzma
import os
import stat
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO, cast

from ..errors import InputError
from .decode import encoding_of

LIMIT = 16 << 20  # bytes of one page or record: the longest real page we know has 11.8 million characters
TOO_LONG = f"longer than {LIMIT >> 20} MiB"
OVERRUN = 1 << 30  # bytes of one record that are skipped in search of its end before the rest of a file is given up
_CHUNK = 1 << 18
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)

PACKINGS = (".gz", ".zst", ".bz2", ".xz")
STDIN = "-"  # the path that means standard input; a file of this name is "./-"


def open_file(path: str) -> BinaryIO:
    """Return a regular file opened for reading; anything else (a pipe, a device, a link) is never opened for long.

    Opening does not wait for a pipe's other end, and what was opened is what is looked at. Only standard input may be
    whatever it is.
    """
    if path == STDIN:
        return os.fdopen(os.dup(0), "rb", _CHUNK)
    descriptor = os.open(path, _FLAGS)
    try:
        mode = os.fstat(descriptor).st_mode
        if not stat.S_ISREG(mode):
            raise InputError(f"{kind(mode)}, not a file")
        return os.fdopen(descriptor, "rb", _CHUNK)
    except BaseException:
        os.close(descriptor)
        raise


def kind(mode: int) -> str:
    """Return what a directory entry is that is neither file nor folder."""
    names: tuple[tuple[Callable[[int], bool], str], ...] = (
        (stat.S_ISLNK, "a symbolic link"),
        (stat.S_ISFIFO, "a named pipe"),
        (stat.S_ISSOCK, "a socket"),
        (stat.S_ISDIR, "a folder"),
    )
    return next((name for test, name in names if test(mode)), "a device")


def unpack(stream: BinaryIO, packing: str) -> BinaryIO:
    """Return the unpacked bytes of a stream; `packing` is one of PACKINGS or nothing."""
    if packing == ".gz":
        return _joined(_unpacked(gzip.GzipFile(fileobj=stream)))
    if packing == ".bz2":
        return _joined(_unpacked(bz2.BZ2File(stream)))
    if packing == ".xz":
        return _joined(_unpacked(lzma.LZMAFile(stream)))
    if packing == ".zst":
        return _joined(_zstandard(stream))
    return stream


def _unpacked(stream: gzip.GzipFile | bz2.BZ2File | lzma.LZMAFile) -> Iterator[bytes]:
    """Yield what a packed file gives at a time: a fault further on does not take along what comes before it."""
    return iter(lambda: stream.read1(_CHUNK), b"")


def _zstandard(stream: BinaryIO) -> Iterator[bytes]:
    """Yield what Zstandard frames hold, one after another, a little at a time: so what a bomb unpacks to is bounded."""
    import zstandard  # here: few files are packed so

    # 128 MiB is what `zstd` itself unpacks without being asked to (its --long=27)
    unpacker = zstandard.ZstdDecompressor(max_window_size=1 << 27)
    frame, rest, begun = unpacker.decompressobj(), b"", False
    while packed := rest or stream.read(1024):
        try:
            piece = frame.decompress(packed)
        except zstandard.ZstdError as error:
            raise zlib.error(str(error)) from error
        rest, begun = b"", True
        if frame.eof:
            rest, begun, frame = frame.unused_data, False, unpacker.decompressobj()
        yield piece
    if begun:
        raise EOFError("Zstandard data is cut off")


class _Pieces(io.RawIOBase):
    """A stream of the bytes that an iterator gives, piece by piece; what it raises, the reader gets each time it asks.

    A generator that raised is at its end when it is asked again: a cut off file would pass for one that is whole.
    """

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._ready = memoryview(b"")
        self._fault: Exception | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._ready:
            piece = self._next()
            if piece is None:
                return 0
            self._ready = memoryview(piece)
        size = min(len(buffer), len(self._ready))
        buffer[:size], self._ready = self._ready[:size], self._ready[size:]
        return size

    def _next(self) -> bytes | None:
        if self._fault:
            raise self._fault
        try:
            return next(self._pieces, None)
        except Exception as fault:
            self._fault = fault
            raise


def _joined(pieces: Iterator[bytes]) -> BinaryIO:
    return cast("BinaryIO", _Pieces(pieces))


def buffered(stream: BinaryIO) -> io.BufferedReader:
    """Return a stream that can be read by lines and looked into."""
    if isinstance(stream, io.BufferedReader):
        return stream
    return io.BufferedReader(cast("io.RawIOBase", stream), _CHUNK)


def pieces(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Yield (number from 1, line with its end) of a stream; None for a line longer than LIMIT, not kept."""
    number = 0
    while line := stream.readline(LIMIT + 1):
        number += 1
        if len(line) <= LIMIT:
            yield number, line
            continue
        pass_over(stream, line)
        yield number, None


def pass_over(stream: BinaryIO, line: bytes) -> None:
    """Read the rest of a line that is too long, of which this is known."""
    size = len(line)
    while line and not line.endswith(b"\n"):
        line = stream.readline(LIMIT)
        size += len(line)
        if size > OVERRUN:
            raise InputError(f"a line is longer than {OVERRUN >> 30} GiB; the rest was not read")


def as_utf8(stream: io.BufferedReader) -> io.BufferedReader:
    """Return a stream of text in UTF-8, whatever UTF it is in; a byte order mark is left out."""
    encoding, mark = encoding_of_stream(stream)
    stream.read(mark)
    if encoding.startswith(("utf-16", "utf-32")):
        return buffered(_joined(_recoded(stream, encoding)))
    return stream


def encoding_of_stream(stream: io.BufferedReader) -> tuple[str, int]:
    """Return the encoding of a stream and the length of its mark; nothing is consumed."""
    return encoding_of(stream.peek(_CHUNK)[:_CHUNK])


def _recoded(stream: BinaryIO, encoding: str) -> Iterator[bytes]:
    """Yield text of another encoding as UTF-8."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    while packed := stream.read(_CHUNK):
        yield decoder.decode(packed).encode("utf-8", "replace")
    yield decoder.decode(b"", final=True).encode("utf-8", "replace")
