"""Which words of a page each of its blocks has, and which of one text stand in another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from .batch import compiled
from .plain import Tokens, lengths, ranges

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..model import Blocks


def block_tokens(blocks: Blocks, tokens: Tokens) -> NDArray[np.int64]:
    """Return int64[m + 1]: the words of block i are rows [i] to [i + 1] of the tokens that lie in blocks, in order.

    Words between blocks do not happen: what is outside of every block is white space.
    """
    if compiled(len(tokens.start), __package__):
        from . import kernel

        start = np.ascontiguousarray(blocks.start)  # or the kernel would be compiled once more
        rows: NDArray[np.int64] = kernel.rows_of_blocks(tokens.first, tokens.start, blocks.first, start)
        return rows
    return block_tokens_plain(blocks, tokens)


def block_tokens_plain(blocks: Blocks, tokens: Tokens) -> NDArray[np.int64]:
    """Return what `block_tokens` does, by one search in all words."""
    page = np.repeat(np.arange(len(blocks.first) - 1, dtype=np.int64), np.diff(blocks.first))
    word_page = np.repeat(np.arange(len(tokens.first) - 1, dtype=np.int64), np.diff(tokens.first))
    start = (page << 32) + blocks.start
    return np.append(np.searchsorted((word_page << 32) + tokens.start, start), len(tokens.start))


def words_of(tokens: Tokens, first: NDArray[np.int64], kept: NDArray[np.int64], moved: NDArray[np.int64]) -> Tokens:
    """Return the words of the kept blocks, each block's offsets moved by so many characters.

    `first`: see `block_tokens`. `kept`: rows of blocks, ascending. The words' own `first` has one entry for each kept
    block, and one more.
    """
    count = first[kept + 1] - first[kept]
    bounds = np.concatenate(([0], np.cumsum(count)))
    if compiled(len(tokens.hash), __package__):
        from . import kernel

        columns = (tokens.hash, tokens.start, tokens.end, tokens.flags)
        found = tuple(np.empty(bounds[-1], column.dtype) for column in columns)  # numpy's memory comes in large pages
        kernel.words_of_blocks(*columns, first[kept], bounds, moved, found)
        return Tokens(bounds, *found)
    row, word = ranges(first[kept], count)
    return Tokens(
        bounds,
        tokens.hash[word],
        (tokens.start[word] + moved[row]).astype(np.int32),
        (tokens.end[word] + moved[row]).astype(np.int32),
        tokens.flags[word],
    )


def chosen(tokens: Tokens, rows: NDArray[Any]) -> Tokens:
    """Return the words of some texts, whose rows ascend."""
    count = lengths(tokens.first)
    kept = np.zeros(len(count), dtype=np.bool_)
    kept[rows] = True
    word = np.repeat(kept, count)
    first = np.concatenate(([0], np.cumsum(count[rows])))
    return Tokens(first, tokens.hash[word], tokens.start[word], tokens.end[word], tokens.flags[word])


def told(words: Tokens, texts: Tokens) -> NDArray[np.bool_]:
    """Return for each word of one column of texts whether it stands in the same row of another, bool of (words,)."""
    if compiled(len(texts.hash), __package__):
        from . import kernel

        found: NDArray[np.bool_] = kernel.told(words.first, words.hash, texts.first, texts.hash)
        return found
    return told_plain(words, texts)


def told_plain(words: Tokens, texts: Tokens) -> NDArray[np.bool_]:
    """Return what `told` does, all texts at once."""
    return np.isin(_keys(words), _keys(texts))


def _keys(tokens: Tokens) -> NDArray[np.uint64]:
    """Return the text and hash of each word as one number."""
    text = np.repeat(np.arange(len(tokens.first) - 1, dtype=np.uint64), np.diff(tokens.first))
    return text << np.uint64(32) | tokens.hash
