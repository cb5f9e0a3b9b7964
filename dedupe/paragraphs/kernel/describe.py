"""What `features.describe_plain` tells of each block, in one call: a page alone takes a third of the time it took."""

from __future__ import annotations

import numpy as np

from ...words.kernel import mixed, table_size
from ...words.load import kernel, maker, step
from ..features import BASE
from ..model import GRAIN
from ..shape import SHAPE
from ..signs import ENDS_STOP
from .columns import places
from .places import around
from .shape import looks
from .words import find_phrases, key_sums, word_sums

_SHAPES = len(SHAPE)
_BASE, _GRAIN = len(BASE), np.float32(GRAIN)


@kernel
def describe(text, blocks, repeats, words, first, wanted, phrases, kinds, logarithms, at, out):
    """Write the columns of each block; return what the lexicon found.

    `text`: points, where each page starts among them, then what `looks` asks for. `blocks`: as in `Blocks`. `repeats`:
    see `site_repeats`. `words`: hash, start, end and flags of each; those of block i are rows first[i] to first[i + 1].
    `wanted`: their flags that are counted. `phrases`: see `lexicon.known`; `kinds`: see `positions.KINDS`;
    `logarithms`: see `features.logarithms`; `at`: a `features.At` of the columns of `out`.
    """
    points, text_start, kind_of, ends, opens = text
    (pages, from_page, to_page), (on, of), (hashes, word_start, word_end, flags) = blocks, repeats, words
    table, masks, languages, most = phrases
    heads, widgets, byline, verb, job = kinds
    start, end = from_page.astype(np.int64), to_page.astype(np.int64)
    for page in range(len(pages) - 1):
        start[pages[page] : pages[page + 1]] += text_start[page]
        end[pages[page] : pages[page + 1]] += text_start[page]
    shapes, signs = looks(points, start, end, kind_of, ends, opens, _SHAPES)
    covered, longest, starts, language = find_phrases(hashes, flags, first, table, masks, languages, most)
    sums, said, letters = word_sums(word_start, word_end, flags, first, wanted), first[1:] - first[:-1], signs[:, 0]
    placed, stands, since, until = places(
        letters.astype(np.float64), shapes[:, ENDS_STOP], said, covered, starts[:, byline],
        hashes, word_start, word_end, flags, first, pages, heads, widgets, verb, job,
    )  # fmt: skip
    twin = _twins(_keys(hashes, flags, first, start, end), pages)
    for block in range(len(start)):
        own, column = out[block], 0
        for number in range(_SHAPES):  # rows are not sliced: to say that they do not fit is long to compile
            own[number] = shapes[block, number]
        for number in range(signs.shape[1]):
            own[at.logarithms[column]] = _logarithm(signs[block, number], logarithms)
            column += 1
        own[at.logarithms[column]] = _logarithm(said[block], logarithms)
        column += 1
        for number in range(stands.shape[1]):
            own[at.logarithms[column]] = _logarithm(np.int64(stands[block, number]), logarithms)
            column += 1
        own[at.logarithms[column]] = _logarithm(twin[block], logarithms)
        own[at.logarithms[column + 1]] = _logarithm(np.int64(of[block]), logarithms)
        for number in range(sums.shape[1]):
            own[at.words + number] = sums[block, number] / max(said[block], 1)
        for number in range(covered.shape[1]):
            own[at.covered + number], own[at.longest + number] = covered[block, number], longest[block, number]
            own[at.starts + number] = starts[block, number]
        for number in range(len(at.placed)):
            own[at.placed[number]] = placed[block, number]
        for number in range(len(heads)):
            own[at.since + number], own[at.until + number] = since[block, number], until[block, number]
            own[at.seen + number] = since[block, number] > 0
        own[at.repeated] = on[block] / of[block] if of[block] > 1 else 0.0
    _beside(pages, at, out)
    return covered, longest, starts, language


@step
def _logarithm(count, logarithms):
    """Return log(1 + count), float32: above the table LLVM's, which up to eight million is the same when rounded."""
    return logarithms[count] if count < len(logarithms) else np.float32(np.log1p(np.float64(count)))


@maker
def _beside(pages, at, out):
    """Write the columns of the blocks around each block, in multiples of 1 / GRAIN."""
    near = np.empty((len(out), len(at.near)), dtype=np.float32)
    for block in range(len(out)):
        for number in range(len(at.near)):
            near[block, number] = np.rint(out[block, at.near[number]] * _GRAIN) / _GRAIN
    around(near, at.offsets, at.windows, pages, np.arange(len(out)), out, np.int64(_BASE))


@maker
def _keys(hashes, flags, first, start, end):
    """Return the key of each block, as `repeats.keys_of_words` makes it."""
    keys = key_sums(hashes, flags, first)
    for block in range(len(keys)):
        if first[block + 1] == first[block]:
            keys[block] = mixed(np.uint64(end[block] - start[block]))
    return keys


@maker
def _twins(keys, pages):
    """Return how many other blocks of its page have the key of each block."""
    longest = 0
    for page in range(len(pages) - 1):
        longest = max(longest, pages[page + 1] - pages[page])
    room = table_size(longest)
    held, times = np.empty(room, dtype=np.uint64), np.empty(room, dtype=np.int64)
    twins = np.empty(len(keys), dtype=np.int64)
    for page in range(len(pages) - 1):
        low, high = pages[page], pages[page + 1]
        last = table_size(high - low) - 1
        times[: last + 1] = 0
        for block in range(low, high):
            slot = _slot(keys[block], held, times, last)
            held[slot] = keys[block]
            times[slot] += 1
        for block in range(low, high):
            twins[block] = times[_slot(keys[block], held, times, last)] - 1
    return twins


@step
def _slot(key, held, times, last):
    """Return the slot of a key in a table with open addresses, where it is or would be."""
    slot = np.int64(mixed(key) >> np.uint64(1)) & last
    while times[slot] and held[slot] != key:
        slot = (slot + 1) & last
    return slot
