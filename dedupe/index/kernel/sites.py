"""What an outlet repeats, compiled: the same as in `sites`."""

import numpy as np

from ...compiling.load import kernel
from ...words.kernel import mixed

_HALF = np.uint64(32)


@kernel
def block_keys(outlet, blocks, salt, asked):
    """Write the keys of blocks of an outlet, and after them its own, as `sites.block_keys` does."""
    for i in range(len(blocks)):
        asked[i] = mixed(blocks[i] ^ np.uint64(outlet) ^ salt) >> _HALF
    asked[len(blocks)] = outlet


@kernel
def stories_on(start, found, low, story, own_stories, on):
    """Write on pages of how many stories each block stands; return how many there are; see `sites.stories_on_plain`."""
    pages = found[low:]
    number = np.full(len(pages), -1, np.int64)  # of each page's story, by the place of the first page it has
    stories = np.empty(len(pages), np.int64)
    for i in range(len(pages)):
        stories[i] = np.int64(story[pages[i]]) << 32 | i
    stories.sort()
    count, before = 0, np.int64(-1)
    for value in stories:
        mine = value >> 32
        own = np.searchsorted(own_stories, mine)
        if own == len(own_stories) or own_stories[own] != mine:
            count += mine != before
            number[value & 0xFFFFFFFF] = count - 1
            before = mine
    latest = np.full(count, -1, np.int64)  # the block that was last seen on a page of each story
    for block in range(len(on)):
        on[block] = 0
        for i in range(start[block], start[block + 1]):
            at = np.searchsorted(pages, found[i])
            if at < len(pages) and pages[at] == found[i] and number[at] >= 0 and latest[number[at]] != block:
                latest[number[at]] = block
                on[block] += 1
    return count
