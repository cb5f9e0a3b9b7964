"""Where commands write: a file that is there only when it is complete, a pipe, or a terminal that obeys no data."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from io import BufferedWriter, BytesIO, FileIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from ..errors import DedupeError, reason

if TYPE_CHECKING:
    from rich.console import Console

# In UTF-8: C0 and C1 controls but tabs and ends of lines, then the overrides of direction.
_OBEYED = re.compile(rb"[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9]")


class _Screen(BufferedWriter):
    """A terminal that is shown data: what it would obey, or what turns lines round, stands there as a question mark.

    Ids and addresses are given as they were found. Files and pipes get them so.
    """

    def write(self, data: Any) -> int:
        super().write(_OBEYED.sub(b"?", data))
        return len(data)


@contextmanager
def output(path: str | None, *, keep: bool = True) -> Iterator[BinaryIO]:
    """Return a file that appears under its name only when all of it is written; standard output for none or '-'.

    A link is written through. A pipe or a device (/dev/null, /dev/stderr) is written to as it is: to put a file in its
    place would take it from everyone. Where it is not to be kept, that it could be written is all that is found out.
    """
    if path is None or path == "-":
        if sys.stdout is None:
            raise DedupeError("standard output is closed; name a file with -o")
        if on_screen(path):
            with _Screen(FileIO(sys.stdout.fileno(), "wb", closefd=False)) as screen:
                yield screen
            return
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    if os.path.exists(path) and not os.path.isfile(path):
        with _special(path) if keep else nullcontext(BytesIO()) as file:
            yield file
        return
    target = Path(os.path.realpath(path))
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except OSError as error:
        raise _unwritable(path, error) from error
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        if keep:
            os.chmod(name, 0o666 & ~_umask())
            os.replace(name, target)
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        Path(name).unlink(missing_ok=True)


def save(lines: Iterable[bytes | str], path: str | None) -> None:
    """Write lines to a file or standard output, see `output`; what UTF-8 cannot hold is replaced."""
    with output(path) as file:
        file.writelines(line if isinstance(line, bytes) else line.encode("utf-8", "replace") for line in lines)


def _unwritable(path: str, error: OSError) -> DedupeError:
    return DedupeError(f"{path}: cannot be written ({reason(error)}); choose another place with -o")


@contextmanager
def _special(path: str) -> Iterator[BinaryIO]:
    """Return a pipe or a device, open for writing."""
    try:
        with open(path, "wb") as file:
            yield file
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _unwritable(path, error) from error


def on_screen(path: str | None) -> bool:
    """Return whether what is written to `path`, as `output` takes it, is seen on a terminal."""
    return (path is None or path == "-") and sys.stdout.isatty()


@contextmanager
def console(path: str | None) -> Iterator[Console]:
    """Return a rich console: in colour on a terminal, plain in a file or a pipe, there 80 columns wide or COLUMNS."""
    from io import TextIOWrapper

    from rich.console import Console

    class Lines(TextIOWrapper):
        def write(self, text: str) -> int:
            super().write(re.sub(r" +$", "", text, flags=re.M))  # rich fills lines up with blanks
            return len(text)

    class Screen(Console):
        def on_broken_pipe(self) -> None:
            raise  # rich, which calls this where the reader has gone, would end the process with 1

    with output(path) as file:
        wide = on_screen(path)
        width = None if wide or os.environ.get("COLUMNS") else 80
        wrapped = Lines(file, "utf-8", errors="replace", write_through=True)
        try:
            yield Screen(file=sys.stdout if wide else wrapped, highlight=False, width=width)
        finally:
            wrapped.detach()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
