"""Which words of a page each of its blocks has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .batch import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..model import Blocks
    from .plain import Tokens


def block_tokens(blocks: Blocks, tokens: Tokens) -> NDArray[np.int64]:
    """Return int64[m + 1]: the words of block i are rows [i] to [i + 1] of the tokens that lie in blocks, in order.

    Words between blocks do not happen: what is outside of every block is white space.
    """
    if compiled(len(tokens.start), __package__):
        from . import kernel

        rows: NDArray[np.int64] = kernel.rows_of_blocks(tokens.first, tokens.start, blocks.first, blocks.start)
        return rows
    return block_tokens_plain(blocks, tokens)


def block_tokens_plain(blocks: Blocks, tokens: Tokens) -> NDArray[np.int64]:
    """Return what `block_tokens` does, by one search in all words."""
    page = np.repeat(np.arange(len(blocks.first) - 1, dtype=np.int64), np.diff(blocks.first))
    word_page = np.repeat(np.arange(len(tokens.first) - 1, dtype=np.int64), np.diff(tokens.first))
    start = (page << 32) + blocks.start
    return np.append(np.searchsorted((word_page << 32) + tokens.start, start), len(tokens.start))
