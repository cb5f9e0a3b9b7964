"""What an outlet repeats on pages of different stories: its menus, notices and boxes, but not a story told twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..compiling import compiled, kernel_of
from ..model import Article, Blocks
from ..rows import lengths, owners, runs
from ..words import Tokens, block_tokens, mix, tokenize
from ..words.phrases import PHRASE_BASE, word_values

SAMPLES = 4  # of a page's own blocks: two pages that share half of them meet with probability 1 - 0.5**4 = 0.94
ROUNDS = 8  # how often labels are passed on; the pages of a story are few, and nearly all meet directly


@dataclass(frozen=True, slots=True, eq=False)
class BlockWords:
    """The words of some pages by their blocks; `pages`: see `Blocks.first`.

    `first`: int64 of shape (m + 1,), the words of block i are rows first[i] to first[i + 1] of the tokens. `keys`:
    uint64 of shape (m,), see `block_keys`.
    """

    tokens: Tokens
    pages: NDArray[np.int64]
    first: NDArray[np.int64]
    keys: NDArray[np.uint64]

    def part(self, low: int, high: int) -> BlockWords:
        """Return those of the pages from `low` up to `high`."""
        start, end = int(self.pages[low]), int(self.pages[high])
        first = self.first[start : end + 1] - self.tokens.first[low]
        return BlockWords(self.tokens.part(low, high), self.pages[low : high + 1] - start, first, self.keys[start:end])


def block_keys(articles: Sequence[Article], blocks: Blocks, tokens: Tokens | None = None) -> NDArray[np.uint64]:
    """Return a key for each block, equal for blocks of equal words whatever their case, punctuation and numbers.

    >>> from dedupe.model import Article
    >>> from dedupe.paragraphs import segment
    >>> pages = [Article("a", "3 Comments"), Article("b", "12 comments:\\nShare")]
    >>> keys = block_keys(pages, segment(pages))
    >>> bool(keys[0] == keys[1]), bool(keys[1] == keys[2])
    (True, False)

    A block without a word has the key of its length. `tokens`: of the articles' texts, where they are at hand.
    """
    return block_words(articles, blocks, tokens).keys


def block_words(articles: Sequence[Article], blocks: Blocks, tokens: Tokens | None = None) -> BlockWords:
    """Return the words of the articles by their blocks; `tokens`: of their texts, where they are at hand."""
    tokens = tokenize([article.text for article in articles]) if tokens is None else tokens
    if not compiled(len(tokens.hash), __package__):
        return block_words_plain(blocks, tokens)
    kernel = kernel_of(__package__)
    start, end = map(np.ascontiguousarray, (blocks.start, blocks.end))  # or it would be compiled anew
    first, keys = np.empty(len(start) + 1, dtype=np.int64), np.empty(len(start), dtype=np.uint64)
    kernel.words_of_blocks(tokens.first, tokens.start, tokens.hash, tokens.flags, blocks.first, start, end, first, keys)
    return BlockWords(tokens, blocks.first, first, keys)


def block_words_plain(blocks: Blocks, tokens: Tokens) -> BlockWords:
    """Return what `block_words` does, with numpy."""
    first = block_tokens(blocks, tokens)
    keys = np.where(lengths(first) > 0, key_sums(tokens, first), mix((blocks.end - blocks.start).astype(np.uint64)))
    return BlockWords(tokens, blocks.first, first, keys)


def key_sums(tokens: Tokens, first: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Return the sum of each block's words, each mixed with its place so that their order counts, uint64 of (m,)."""
    values = word_values(tokens)
    place = np.arange(len(values), dtype=np.uint64) - np.repeat(first[:-1], lengths(first)).astype(np.uint64)
    running = np.concatenate((np.zeros(1, dtype=np.uint64), np.cumsum(mix(values + place * PHRASE_BASE))))
    return running[first[1:]] - running[first[:-1]]


def site_repeats(
    keys: NDArray[np.uint64], first: NDArray[np.int64], outlets: NDArray[np.int32], sizes: NDArray[np.int32]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return (on, of), int32 per block: it stands on pages of `on` of the `of` stories that its outlet has here.

    `keys`: see `block_keys`; `first`: see `Blocks`; `outlets`: a number for that of each page; `sizes`: characters of
    each block.

    >>> import numpy as np
    >>> keys = np.array([1, 2, 9, 1, 3, 9, 1, 3, 9], dtype=np.uint64)
    >>> outlets, sizes = np.zeros(3, dtype=np.int32), np.full(9, 20, dtype=np.int32)
    >>> on, of = site_repeats(keys, np.array([0, 3, 6, 9]), outlets, sizes)
    >>> on.tolist(), of.tolist()  # the second and the third page are one story: block 3 is no boilerplate
    ([2, 1, 2, 2, 1, 2, 2, 1, 2], [2, 2, 2, 2, 2, 2, 2, 2, 2])

    A page of unknown outlet (-1) repeats nothing: 1 of 1.
    """
    on, of = np.ones((2, len(keys)), dtype=np.int32)
    if len(outlets) < 2:
        return on, of
    several = np.bincount(outlets + 1)[outlets + 1] > 1
    asked = np.repeat(several & (outlets >= 0), lengths(first))  # an outlet's only page repeats nothing either
    if asked.any():
        page = owners(first)[asked]
        site = outlets.astype(np.int64)[page]
        block = np.unique(keys[asked], return_inverse=True)[1].ravel()
        story = _stories(keys[asked], block, page, site, outlets, sizes[asked])
        on[asked] = _distinct(np.stack([site, block, story[page]], axis=1), 2)
        of[asked] = _distinct(np.stack([site, story[page]], axis=1), 1)
    return on, of


def _groups(columns: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return a dense number for each row, equal for equal rows."""
    order = np.lexsort(columns.T)
    number = np.empty(len(order), dtype=np.int64)
    number[order] = owners(runs(*columns[order].T))
    return number


def _distinct(columns: NDArray[np.int64], by: int) -> NDArray[np.int64]:
    """Return for each row how many distinct rows agree with it in the first `by` columns."""
    order = np.lexsort(columns.T[::-1])
    ordered = columns[order].T
    bounds, fresh = runs(*ordered[:by]), runs(*ordered)[:-1]
    distinct = np.empty(len(order), dtype=np.int64)
    distinct[order] = np.repeat(lengths(np.searchsorted(fresh, bounds)), lengths(bounds))
    return distinct


def _stories(
    keys: NDArray[np.uint64],
    block: NDArray[np.int64],
    page: NDArray[np.int64],
    site: NDArray[np.int64],
    outlets: NDArray[np.int32],
    sizes: NDArray[np.int32],
) -> NDArray[np.int64]:
    """Return a label for each page, equal for pages of one outlet that share most of their own blocks.

    A page's own blocks are the rare ones: a quarter of its text, by characters, stands in the blocks that the outlet
    shows on the fewest pages, and no own block stands on more pages than these. Boilerplate does. Two pages meet when
    one of SAMPLES minima over the mixed keys of their own blocks is equal.
    """
    label = np.arange(len(outlets), dtype=np.int64)
    pages_with = _distinct(np.stack([site, block, page], axis=1), 2)
    order = np.lexsort((pages_with, page))
    running = np.cumsum(sizes[order].astype(np.float64))
    starts = np.searchsorted(page, np.arange(len(outlets) + 1))
    base = np.concatenate(([0.0], running))[starts]
    quarter = np.searchsorted(running, base[:-1] + (base[1:] - base[:-1]) / 4)
    rare = pages_with[order][np.minimum(quarter, len(order) - 1)]
    own = np.flatnonzero(pages_with <= rare[page])
    some = np.unique(page[own])
    begin = np.searchsorted(page[own], some)
    for salt in np.arange(1, SAMPLES + 1, dtype=np.uint64)[:, None] * PHRASE_BASE:
        minima = np.minimum.reduceat(mix(keys[own] + salt), begin)
        meets = _groups(np.stack([outlets[some].astype(np.int64), minima.view(np.int64)], axis=1))
        for _ in range(ROUNDS):
            lowest = np.full(len(some), len(outlets), dtype=np.int64)
            np.minimum.at(lowest, meets, label[some])
            label[some] = lowest[meets]
    return label
