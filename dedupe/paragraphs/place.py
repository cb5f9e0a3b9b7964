"""Where a block stands on its page: in the longest stretch of prose or how far from it, and how near to what."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..rows import lengths, owners, runs

PROSE = 80  # letters of a line that is prose: about 14 words
GAP = 40.0  # letters that a line which is no prose costs a stretch of it: a few headings and captions may stand in it
FAR = 60  # blocks; farther is as far as this


def stretch(letters: NDArray[np.float64], first: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return (start, end), int64 for each page: the blocks of the stretch that has most letters of prose.

    The stretch of the greatest sum (Kadane's), where prose counts its letters and any other line costs GAP. A page
    without prose has an empty stretch at its first block.

    >>> stretch(np.array([9.0, 300, 9, 200, 9, 9, 9, 9, 9, 9, 90]), np.array([0, 11]))
    (array([1]), array([4]))
    """
    start, end = first[:-1].copy(), first[:-1].copy()
    some = np.flatnonzero(lengths(first) > 0)
    if not len(some):
        return start, end
    worth = np.where(letters >= PROSE, letters, -GAP)
    page = owners(first)
    total = np.concatenate(([0.0], np.cumsum(worth)))
    total = total[1:] - total[first[page]]  # from the start of the page
    # the lowest sum before a block, found page by page in one pass: later pages lie lower than all earlier ones
    drop = (np.abs(total).max() + GAP) * 3
    before = np.where(np.arange(len(total)) == first[page], 0.0, np.concatenate(([0.0], total[:-1])))
    lowest = np.minimum.accumulate(before - drop * page) + drop * page
    gain = total - lowest
    best = np.maximum.reduceat(gain, first[some])
    order = np.flatnonzero(gain >= best[np.searchsorted(some, page)] - 1e-6)
    last = order[np.searchsorted(page[order], some)]
    floor = np.flatnonzero(before <= lowest + 1e-6)
    found = np.flatnonzero(best > 0)
    start[some[found]] = floor[np.searchsorted(floor, last[found], side="right") - 1]
    end[some[found]] = last[found] + 1
    return start, end


def lines_between(
    prose: NDArray[np.bool_], inside: NDArray[np.bool_], known: NDArray[np.bool_], page: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.bool_], NDArray[np.float64]]:
    """Return of the run of lines without prose that each block is in its length, whether it is enclosed, share known.

    The length is 0 for prose. A run is enclosed between two paragraphs of the stretch (`inside`): it is a heading, a
    table, a list, or else a widget, whose words are often `known`.
    """
    bounds = runs(prose, page)
    start, length, run = bounds[:-1], lengths(bounds), owners(bounds)
    enclosed = np.zeros(len(start), dtype=np.bool_)
    enclosed[1:-1] = (page[start[1:-1]] == page[start[:-2]]) & (page[start[1:-1]] == page[start[2:]])
    share = np.add.reduceat(known.astype(np.int64), start) / length
    return np.where(prose, 0, length[run]), enclosed[run] & inside & ~prose, share[run]


def beside(marked: NDArray[np.bool_], first: NDArray[np.int64]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return how near, for each column, the last marked block before each block of a page is, and the next one after.

    1 for its neighbour, 0 for none, float32 of the shape of `marked`.
    """
    page = owners(first)
    start, end = first[page], first[page + 1]
    columns = [(since(column, start), since(column[::-1], len(column) - end[::-1])[::-1]) for column in marked.T]
    return np.stack([one for one, _ in columns], axis=1), np.stack([other for _, other in columns], axis=1)


def since(marked: NDArray[np.bool_], page_start: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return how near the last marked block of the page before each block is: 1 for the one before, 0 for none."""
    number = np.arange(len(marked))
    last = np.maximum.accumulate(np.where(marked, number, -1)) if len(marked) else number
    last = np.concatenate(([-1], last[:-1])) if len(last) else last
    near = np.where(last >= page_start, 1 / np.sqrt(np.maximum(number - last, 1)), 0)
    return near.astype(np.float32)


def around(
    columns: NDArray[np.float32], offsets: Sequence[int], windows: Sequence[tuple[int, int]], first: NDArray[np.int64]
) -> NDArray[np.float32]:
    """Return the columns of a page's other blocks, `shifted` by each offset, then the mean of each `window`.

    The numbers have to be such that no sum of them is rounded, so that the order of adding does not matter.
    """
    page = owners(first)
    parts = [shifted(columns, by, page) for by in offsets]
    return np.concatenate([*parts, *(window(columns, low, high, first, page) for low, high in windows)], axis=1)


def shifted(columns: NDArray[np.float32], by: int, page: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return the columns of the block `by` further on, -1 where that is on another page."""
    out = np.full_like(columns, -1.0)
    count = len(columns)
    if abs(by) >= count:
        return out
    here, there = (slice(0, count - by), slice(by, count)) if by > 0 else (slice(-by, count), slice(0, count + by))
    same = page[here] == page[there]
    out[here][same] = columns[there][same]
    return out


def window(
    columns: NDArray[np.float32], low: int, high: int, first: NDArray[np.int64], page: NDArray[np.int64]
) -> NDArray[np.float32]:
    """Return the mean of the columns over the page's blocks from `low` to `high` places on, 0 where there is none."""
    number = np.arange(len(columns))
    start = np.clip(number + low, first[page], first[page + 1])
    end = np.clip(number + high + 1, first[page], first[page + 1])
    total = np.concatenate((np.zeros((1, columns.shape[1])), np.cumsum(columns, axis=0, dtype=np.float64)))
    return ((total[end] - total[start]) / np.maximum(end - start, 1)[:, None]).astype(np.float32)


def together(columns: NDArray[np.float32], group: NDArray[np.float32], first: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return the mean of the columns over the blocks of a page that are in the same group as a block, it included.

    The numbers have to be such that no sum of them is rounded.

    >>> numbers = np.array([[1], [3], [8]], dtype=np.float32)
    >>> together(numbers, np.array([7, 7, 7], dtype=np.float32), np.array([0, 2, 3]))
    array([[2.],
           [2.],
           [8.]], dtype=float32)
    """
    page = owners(first)
    _, which, count = np.unique((page << 32) + group.astype(np.int64), return_inverse=True, return_counts=True)
    which = which.ravel()
    sums = np.stack([np.bincount(which, weights=column, minlength=len(count)) for column in columns.T], axis=1)
    return (sums / count[:, None]).astype(np.float32)[which]
