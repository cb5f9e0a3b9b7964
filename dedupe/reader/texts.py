"""One text of each line of JSON, as bytes and without a Python object for it: what a search through millions reads."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

_PAD = 64  # bytes that are read past the end
_BLOCK = 1 << 21  # bytes of a block of lines: its words stay in a cache


def line_blocks(file: io.RawIOBase | io.BufferedIOBase, size: int = _BLOCK) -> Iterator[NDArray[np.uint8]]:
    """Yield a file of lines in blocks of about so many bytes, cut between lines, 64 zeros after each.

    >>> import io
    >>> [block[:-64].tobytes() for block in line_blocks(io.BytesIO(b"one\\ntwo\\nthree"), size=5)]
    [b'one\\n', b'two\\n', b'three']
    """
    rest = np.zeros(0, dtype=np.uint8)
    while True:
        block = np.empty(max(size, 2 * len(rest)) + len(rest) + _PAD, np.uint8)
        block[: len(rest)] = rest
        read = file.readinto(block.data[len(rest) : -_PAD])
        end = len(rest) + read
        cut = _last_line(block, len(rest), end) if read else end
        if cut:
            rest = block[cut:end].copy()
            block[cut : cut + _PAD] = 0
            yield block[: cut + _PAD]
        else:
            rest = block[:end].copy()
        if not read:
            return


def _last_line(block: NDArray[np.uint8], low: int, high: int) -> int:
    """Return the place after the last line end in block[low:high], 0 where there is none."""
    step = 1 << 12
    while high > low:
        found = np.flatnonzero(block[max(low, high - step) : high] == 10)
        if len(found):
            return max(low, high - step) + int(found[-1]) + 1
        high -= step
    return 0


def texts_of_lines(block: NDArray[np.uint8], field: str = "text") -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Return (data, bounds): the field of record i is the UTF-8 data[bounds[i] : bounds[i + 1]]; zeros follow the last.

    64 zeros follow the lines of `block`. Blank lines are no records. A record that is not an object with that field as
    a string has an empty text. Needs numba.

    >>> import io
    >>> lines = io.BytesIO(b'{"id": 1, "text": "One\\\\n\\\\u0032"}\\n\\n{"text": null}\\n')
    >>> data, bounds = texts_of_lines(next(line_blocks(lines)))
    >>> data[: bounds[1]].tobytes(), bounds.tolist()
    (b'One\\n2', [0, 5, 5])
    """
    from . import kernel

    most = len(block) // 2 + 1
    out, bounds = np.empty(len(block), np.uint8), np.empty(most + 1, np.int64)
    start, known = np.empty(most, np.int64), np.empty(most, np.uint8)
    name = np.frombuffer(field.encode(), dtype=np.uint8)
    count = kernel.fields(block, len(block) - _PAD, name, out, bounds, start, known)
    out[bounds[count] :][:_PAD] = 0
    bounds = bounds[: count + 1].copy()
    odd = np.flatnonzero(known[:count] != kernel.ASCII)
    wrong = [i for i in odd.tolist() if known[i] == kernel.UNSURE or not _is_utf8(out[bounds[i] : bounds[i + 1]])]
    if not wrong:
        return out, bounds
    parts = [out[low:high].tobytes() for low, high in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True)]
    lines = block[:-_PAD].tobytes()
    for i in wrong:
        parts[i] = _carefully(lines, int(start[i]), field)
    return np.frombuffer(b"".join([*parts, bytes(_PAD)]), dtype=np.uint8), np.cumsum([0, *map(len, parts)])


def _is_utf8(text: NDArray[np.uint8]) -> bool:
    try:
        text.tobytes().decode()
    except UnicodeDecodeError:
        return False
    return True


def _carefully(block: bytes, start: int, field: str) -> bytes:
    """Return the field of the record that starts at a place, by the JSON decoder, half a surrogate pair as U+FFFD."""
    end = block.find(b"\n", start)
    line = block[start:] if end < 0 else block[start:end]
    try:
        record = json.loads(line.decode(errors="replace"), strict=False)
    except (ValueError, RecursionError):
        return b""
    text = record.get(field) if isinstance(record, dict) else None
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode() if isinstance(text, str) else b""
