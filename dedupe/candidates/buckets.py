"""Pairs of texts out of buckets, by sorting packed (key, row) integers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..config import Config
from ..jobs import ahead
from ..rows import each_once, lengths, ranges, runs
from .keys import SLICES, Entries, slice_shift

LOW = np.uint64(0xFFFFFFFF)
HALF = np.uint64(32)
_ENTRIES = 1 << 18  # of sketches, about, that are looked at together, as far as there are slices to cut them by
_PLACES_EACH = 8  # bits for each hash in the table that finds repeated ones: one in eight shares its bit with another
MANY = 15  # times that a pair is counted in the table of pairs, at most: what four bits hold
_PLACES = 1 << 16  # of that table to begin with; a power of two


def band_pairs(
    bands: Sequence[NDArray[np.uint32]],
    row: NDArray[np.int64],
    place: NDArray[np.int64],
    limit: int,
    jobs: int,
    large: bool,
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Return (pairs, sizes): the packed pairs that share a bucket of any band, and the sizes of buckets over `limit`.

    Part i has the texts from row[i] on, `place` is -1 of a text that takes no part. A pair is packed as a << 32 | b
    with places a < b; pairs come in any order, each once.
    """
    size = np.array([part.shape[1] for part in bands])
    each = np.arange(size.max(), dtype=np.uint16)  # a text has one key in a band
    keys, texts = _addresses(bands), _addresses([each] * len(bands))

    def pairs_of(band: int) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
        if large:
            packed = _repeated(keys + 4 * size * band, texts, size, row, place, 0, 1 << 32)
        else:
            packed = _packed(np.concatenate([part[band] for part in bands]), place)
        return bucket_pairs(by_key(packed, large), limit, large)

    return _gathered(pairs_of, range(len(bands[0])), jobs, 1, large)


def sketch_pairs(
    parts: Sequence[Entries], row: NDArray[np.int64], place: NDArray[np.int64], config: Config, jobs: int, large: bool
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Return (pairs, sizes): the packed pairs whose sketches share enough shingles, and the sizes of large buckets.

    `row` and `place` are those of `band_pairs`.
    """
    first = np.array([part.first for part in parts])
    hashes, texts = _addresses([part.hash for part in parts]), _addresses([part.text for part in parts])
    runs = min(SLICES, 1 + int(first[:, -1].sum()) // _ENTRIES)
    shift = slice_shift(config.sketch_scale)

    def pairs_of(run: int) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
        low, high = SLICES * run // runs, SLICES * (run + 1) // runs
        start, size, span = first[:, low], first[:, high] - first[:, low], (high - low) << shift
        if large:
            packed = _repeated(hashes + 4 * start, texts + 2 * start, size, row, place, low << shift, span)
        else:
            cuts = [slice(*cut) for cut in zip(start, start + size, strict=True)]
            hash = np.concatenate([part.hash[cut] for part, cut in zip(parts, cuts, strict=True)])
            text = np.concatenate([part.text[cut] for part, cut in zip(parts, cuts, strict=True)])
            packed = _packed(hash, place[np.repeat(row[: len(parts)], size) + text])
        packed = each_once(by_key(packed, large, span.bit_length()))
        return bucket_pairs(packed, config.sketch_bucket, large)

    return _gathered(pairs_of, range(runs), jobs, config.sketch_shared, large)


def by_key(packed: NDArray[np.uint64], large: bool, bits: int = 32) -> NDArray[np.uint64]:
    """Return packed key << 32 | place with equal keys together; keys differ in so many of their lowest bits."""
    if large:
        from . import kernel

        return kernel.by_bits(packed, 32, bits)
    packed.sort()
    return packed


def _packed(hashes: NDArray[np.uint32], owner: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Return hash << 32 | owner of the entries whose owner takes part."""
    kept = owner >= 0
    return hashes[kept].astype(np.uint64) << HALF | owner[kept].astype(np.uint64)


def _repeated(
    hashes: NDArray[np.int64],
    texts: NDArray[np.int64],
    size: NDArray[np.int64],
    row: NDArray[np.int64],
    place: NDArray[np.int64],
    low: int,
    span: int,
) -> NDArray[np.uint64]:
    """Return what `_packed` does, without the entries whose hash is certain to stand in one text only.

    Hashes are from `low` on, of so many. The entries of part i stand where hashes[i] and texts[i] say.
    """
    from . import kernel

    places = max((_PLACES_EACH * int(size.sum())).bit_length(), 6)
    coarse = max(span.bit_length() - places, 0)
    return kernel.repeated(hashes, texts, size, row, place, low, coarse, (span >> coarse) + 64)


def _addresses(columns: Sequence[NDArray[Any]]) -> NDArray[np.int64]:
    """Return where columns stand in memory."""
    return np.array([column.ctypes.data for column in columns], dtype=np.int64)


def _gathered(
    pairs_of: Callable[[int], tuple[NDArray[np.uint64], NDArray[np.int64]]],
    numbers: Iterable[int],
    jobs: int,
    least: int,
    large: bool,
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Return (pairs, sizes) of all numbers together: the pairs that come up at least so often, each once."""
    sizes = [np.zeros(0, dtype=np.int64)]
    found = ahead(pairs_of, numbers, jobs, jobs + 1)
    pairs = (_tabled if large and least <= MANY else _sorted)(found, sizes, least)
    return pairs, np.concatenate(sizes)


def _sorted(
    found: Iterable[tuple[NDArray[np.uint64], NDArray[np.int64]]], sizes: list[NDArray[np.int64]], least: int
) -> NDArray[np.uint64]:
    """Return the pairs that come up at least so often, each once; add the sizes to the list."""
    every = [np.zeros(0, dtype=np.uint64)]
    for pairs, large in found:
        every.append(pairs)
        sizes.append(large)
    pairs, count = np.unique(np.concatenate(every), return_counts=True)
    return pairs[count >= least]


def _tabled(
    found: Iterable[tuple[NDArray[np.uint64], NDArray[np.int64]]], sizes: list[NDArray[np.int64]], least: int
) -> NDArray[np.uint64]:
    """Return what `_sorted` does of up to `MANY` times, in any order; copies come up too often to keep every time."""
    from . import kernel

    table, used = np.zeros(_PLACES, dtype=np.uint64), 0
    for pairs, large in found:
        sizes.append(large)
        done = 0
        while done < len(pairs):
            done, used = kernel.count_pairs(table, used, pairs, done)
            if done < len(pairs):  # the table is nearly full
                full, table = table, np.zeros(2 * len(table), dtype=np.uint64)
                kernel.moved(full, table)
    return kernel.counted(table, least)


def bucket_pairs(
    packed: NDArray[np.uint64], limit: int, large: bool = False
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Return (pairs, sizes) of sorted packed key << 32 | place: what equal keys put together.

    The members of a bucket meet all with all; in one of more than `limit` each meets the first and the next, so that
    the work stays linear. `sizes` are those of such buckets.

    >>> packed = np.array([1 << 32 | 4, 2 << 32 | 0, 2 << 32 | 5, 2 << 32 | 9], dtype=np.uint64)
    >>> [(int(pair) >> 32, int(pair) & 0xFFFFFFFF) for pair in bucket_pairs(packed, limit=3)[0]]
    [(0, 5), (5, 9), (0, 9)]
    """
    if large:
        from . import kernel

        return kernel.bucket_pairs(packed, limit)
    bounds = runs(packed >> HALF)
    size = lengths(bounds)
    shared = size > 1
    size, start = size[shared], bounds[:-1][shared]
    end = np.repeat(start + size, size)
    _, at = ranges(start, size)
    row = packed & LOW
    small = np.repeat(size <= limit, size)
    left, stop = at[small], end[small]
    found = []
    for step in range(1, limit):
        inside = left + step < stop
        left, stop = left[inside], stop[inside]
        if not len(left):
            break
        found.append(row[left] << HALF | row[left + step])
    head = row[np.repeat(start, size)]
    big = ~small & (row[at] != head)
    found += [head[big] << HALF | row[at[big]], row[at[big] - 1] << HALF | row[at[big]]]
    return np.concatenate(found), size[size > limit]


def order_of(values: NDArray[np.uint64], bits: int, large: bool) -> NDArray[np.int64]:
    """Return the order in which values of so many bits ascend, equals as they stand.

    >>> order_of(np.array([5, 2, 5, 0], dtype=np.uint64), 3, large=False).tolist()
    [3, 1, 0, 2]
    """
    place = len(values).bit_length()
    if not large or bits + place > 64:
        return np.argsort(values, kind="stable")
    from . import kernel

    packed: NDArray[np.uint64] = kernel.by_bits(
        values << np.uint64(place) | np.arange(len(values), dtype=np.uint64), place, bits
    )
    return (packed & np.uint64((1 << place) - 1)).astype(np.int64)


def distinct(pairs: NDArray[np.uint64], places: int, large: bool) -> NDArray[np.uint64]:
    """Return packed pairs of so many places, ascending, each once."""
    if not large:
        return np.unique(pairs)
    from . import kernel

    bits = places.bit_length()
    return each_once(kernel.by_bits(kernel.by_bits(pairs, 0, bits), 32, bits))
