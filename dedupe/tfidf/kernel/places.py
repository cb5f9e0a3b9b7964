"""Where a key stands among ascending keys: as hashes are even, a table of their upper bits leads to within a step."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...compiling.load import kernel, step


class Places(NamedTuple):
    """Ascending `key`, uint32; those with the upper bits i are key[start[i] : start[i + 1]]."""

    key: NDArray[np.uint32]
    start: NDArray[np.int32]
    shift: int


def places(key: NDArray[np.uint32]) -> Places:
    """Return the table of ascending keys."""
    bits = min(max(len(key).bit_length(), 1), 24)
    start = np.empty((1 << bits) + 1, np.int32)
    _starts(key, start, 32 - bits)
    return Places(key, start, 32 - bits)


@kernel
def _starts(key, start, shift):
    """Write how many keys have smaller upper bits than each number."""
    slot = 0
    for i in range(len(key)):
        while slot <= key[i] >> shift:
            start[slot] = i
            slot += 1
    start[slot:] = len(key)


@step
def place(table, value):
    """Return where a value stands among the keys, -1 where it does not."""
    slot = value >> table.shift
    for i in range(table.start[slot], table.start[slot + 1]):
        if table.key[i] >= value:
            return i if table.key[i] == value else -1
    return -1
