"""Which words of a page each of its blocks has, and how many of a text stand in another, or in no table."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..compiling import compiled, kernel_of
from ..model import Blocks
from ..rows import bounds_of, lengths, owners, ranges
from .plain import CAPITAL, NUMERIC, SLOT_SHIFT, Tokens


def block_tokens(blocks: Blocks, tokens: Tokens) -> NDArray[np.int64]:
    """Return `first`, int64 of shape (m + 1,): the words of block i are rows first[i] to first[i + 1] of the tokens.

    There are no words between blocks: what is outside of every block is white space.
    """
    if compiled(len(tokens.start), __package__):
        kernel = kernel_of(__package__)
        start = np.ascontiguousarray(blocks.start)  # or the kernel would be compiled once more
        return kernel.rows_of_blocks(tokens.first, tokens.start, blocks.first, start)
    return block_tokens_plain(blocks, tokens)


def block_tokens_plain(blocks: Blocks, tokens: Tokens) -> NDArray[np.int64]:
    """Return what `block_tokens` does, by one search in all words."""
    page = owners(blocks.first)
    word_page = owners(tokens.first)
    start = (page << 32) + blocks.start
    return np.append(np.searchsorted((word_page << 32) + tokens.start, start), len(tokens.start))


class Kept(NamedTuple):
    """Blocks of pages that were kept, and where they stand in a text of them, a line each.

    `first`: int64; those of page i are rows first[i] to first[i + 1]. int64: the `row` of the block, and by how many
    characters it is `moved`. int32: `start` and `end` in that text, and `index`, the number of the block on its page.
    """

    first: NDArray[np.int64]
    row: NDArray[np.int64]
    moved: NDArray[np.int64]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    index: NDArray[np.int32]  # type: ignore[assignment]  # hides tuple.index, which nobody misses


def kept_blocks(blocks: Blocks, rank: NDArray[np.uint8], best: int, most: int) -> Kept:
    """Return the blocks of each page that have the best rank; of a page without any, those of a rank below `most`."""
    pages = len(blocks.first) - 1
    page = owners(blocks.first)
    has_best = np.bincount(page[rank == best], minlength=pages) > 0
    row = np.flatnonzero(np.where(has_best[page], rank == best, rank < most))
    page = page[row]
    first = np.searchsorted(page, np.arange(pages + 1))
    length = (blocks.end - blocks.start)[row].astype(np.int64)
    before = bounds_of(length + 1)  # each is followed by a newline
    start: NDArray[np.int64] = before[:-1] - before[first[page]]
    places = (column.astype(np.int32) for column in (start, start + length, row - blocks.first[page]))
    moved: NDArray[np.int64] = start - blocks.start[row]
    return Kept(first, row, moved, *places)


def words_of(tokens: Tokens, first: NDArray[np.int64], kept: NDArray[np.int64], moved: NDArray[np.int64]) -> Tokens:
    """Return the words of the kept blocks, each block's offsets moved by so many characters.

    `first`: see `block_tokens`. `kept`: rows of blocks, in any order. The words' own `first` has one entry for each
    kept block, and one more.
    """
    if compiled(len(tokens.hash), __package__):
        kernel, bounds = kernel_of(__package__), np.empty(len(kept) + 1, np.int64)
        kernel.bounds_of_blocks(first, kept, bounds)
        found = _room(tokens, bounds)
        kernel.words_of_blocks(*tokens.columns, first, kept, bounds, moved, found)
        return Tokens(bounds, *found)
    count = first[kept + 1] - first[kept]
    row, word = ranges(first[kept], count)
    return Tokens(
        bounds_of(count),
        tokens.hash[word],
        (tokens.start[word] + moved[row]).astype(np.int32),
        (tokens.end[word] + moved[row]).astype(np.int32),
        tokens.flags[word],
    )


def chosen(tokens: Tokens, rows: NDArray[Any]) -> Tokens:
    """Return the words of the texts in these rows, in their order."""
    return words_of(tokens, tokens.first, rows.astype(np.int64), np.zeros(len(rows), dtype=np.int64))


def woven(one: Tokens, other: Tokens, rows: NDArray[Any]) -> Tokens:
    """Return the words of the texts in these rows, in their order; the texts of `other` follow those of `one`."""
    large = compiled(len(one.hash) + len(other.hash), __package__)
    return woven_compiled(one, other, rows) if large else chosen(_followed(one, other), rows)


def woven_compiled(one: Tokens, other: Tokens, rows: NDArray[Any]) -> Tokens:
    """Return what `woven` does without laying the words of all texts one after the other first."""
    kernel = kernel_of(__package__)
    own, count = len(one.first) - 1, np.concatenate((lengths(one.first), lengths(other.first)))[rows]
    bounds = bounds_of(count)
    found = _room(one, bounds)
    for tokens, low, here in ((one, 0, rows < own), (other, own, rows >= own)):
        kept, unmoved = rows[here].astype(np.int64) - low, np.zeros(len(rows), dtype=np.int64)
        kernel.words_of_blocks(*tokens.columns, tokens.first, kept, bounds[:-1][here], unmoved, found)
    return Tokens(bounds, *found)


def _followed(one: Tokens, other: Tokens) -> Tokens:
    """Return the words of some texts, then those of others."""
    first = np.concatenate((one.first, one.first[-1] + other.first[1:]))
    return Tokens(first, *map(np.concatenate, zip(one.columns, other.columns, strict=True)))


def _room(tokens: Tokens, bounds: NDArray[np.int64]) -> tuple[NDArray[Any], ...]:
    """Return columns as long as the last of `bounds`, to be written to; numpy's memory comes in large pages."""
    return tuple(np.empty(bounds[-1], column.dtype) for column in tokens.columns)


def told(words: Tokens, texts: Tokens) -> NDArray[np.int64]:
    """Return how many words of each row of one column of texts stand in the same row of another, int64."""
    if compiled(len(texts.hash), __package__):
        kernel = kernel_of(__package__)
        count = np.empty(len(words.first) - 1, np.int64)
        kernel.told(words.first, words.hash, texts.first, texts.hash, count)
        return count
    return told_plain(words, texts)


def told_plain(words: Tokens, texts: Tokens) -> NDArray[np.int64]:
    """Return what `told` does, all texts at once."""
    row = owners(words.first)
    return np.bincount(row[np.isin(_keys(words), _keys(texts))], minlength=len(words.first) - 1)


def _keys(tokens: Tokens) -> NDArray[np.uint64]:
    """Return the text and hash of each word as one number."""
    text = owners(tokens.first).astype(np.uint64)
    return text << np.uint64(32) | tokens.hash


def unlisted(tokens: Tokens, listed: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return how many words of each text are not in a table of slots, and how many of those are in small letters.

    int64 of shape (2, texts). `listed`: see `slots_of`.
    """
    if compiled(len(tokens.hash), __package__):
        kernel = kernel_of(__package__)
        count = np.empty((2, len(tokens.first) - 1), np.int64)
        kernel.unlisted(tokens.first, tokens.hash, tokens.flags, listed, count)
        return count
    return unlisted_plain(tokens, listed)


def unlisted_plain(tokens: Tokens, listed: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return what `unlisted` does, all texts at once."""
    other = np.flatnonzero(~listed[tokens.hash >> SLOT_SHIFT])
    small = other[tokens.flags[other] & (CAPITAL | NUMERIC) == 0]
    return np.stack([lengths(np.searchsorted(some, tokens.first)) for some in (other, small)])
