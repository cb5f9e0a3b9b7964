"""What `features.describe_plain` tells of each block, in one call: a page alone takes a third of the time it took."""

import numpy as np

from ...compiling.load import kernel, maker, step
from ...words.kernel import longest_of, mixed, table_size
from ..features import BASE, FLAGS, NEAR, OFFSETS, WINDOWS
from ..lexicon import CATEGORIES, CATEGORY
from ..model import GRAIN
from ..positions import COUNTED as PLACES_COUNTED
from ..positions import HEADS, PLACED
from ..shape import COUNTED, ENDS, OPENS, SHAPE
from ..signs import ENDS_STOP
from .asked import asked
from .place import around
from .positions import positions
from .shape import looks
from .words import find_phrases, word_sums

_SHAPES = len(SHAPE)
_BASE, _GRAIN = len(BASE), np.float32(GRAIN)
_BYLINE = CATEGORY["byline"]
_WANTED = np.array(FLAGS, dtype=np.uint8)
# Where what is written: the numbers of columns, or of the first of several.
_LOGARITHMS = np.array([BASE.index(name) for name in (*COUNTED, "words", *PLACES_COUNTED, "twins", "pages_seen")])
_PLACED, _NEAR = (np.array([BASE.index(name) for name in names]) for names in (PLACED, NEAR))
_LETTERS, _REPEATED = BASE.index("word_length"), BASE.index("repeated")
_COVERED, _LONGEST, _STARTS = (BASE.index(f"{of}:{CATEGORIES[0]}") for of in ("covered", "longest", "starts"))
_SINCE, _UNTIL, _SEEN = (BASE.index(f"{of}:{HEADS[0]}") for of in ("since", "until", "seen"))
_OFFSETS, _WINDOWS = np.array(OFFSETS), np.array(WINDOWS)


@kernel
def describe(
    points, text_start, kind_of, pages, from_page, to_page, on, of, words, first, keys, phrases, logarithms, openers,
    out, spoken,
):  # fmt: skip
    """Write the columns of each block, and the languages of its phrases; return what `asked` does.

    `points`: of the texts of all pages; each starts at its `text_start`. `kind_of`: see `shape.kinds`. `pages`,
    `from_page`, `to_page`: as in `Blocks`. `on`, `of`: see `site_repeats`. `words`: hash, start, end and flags of each;
    those of block i are rows first[i] to first[i + 1]. `keys`: see `block_keys`; `phrases`: see `lexicon.known`;
    `logarithms`: see `features.logarithms`; `openers`: see `asked.openers`.
    """
    (hashes, word_start, word_end, flags), (table, masks, languages, most) = words, phrases
    start, end = from_page.astype(np.int64), to_page.astype(np.int64)
    for page in range(len(pages) - 1):
        start[pages[page] : pages[page + 1]] += text_start[page]
        end[pages[page] : pages[page + 1]] += text_start[page]
    shapes, signs = looks(points, start, end, kind_of, ENDS, OPENS, _SHAPES)
    covered, longest, starts, language = find_phrases(hashes, flags, first, table, masks, languages, most)
    sums, said, letters = word_sums(word_start, word_end, flags, first, _WANTED), first[1:] - first[:-1], signs[:, 0]
    placed, stands, since, until = positions(
        letters.astype(np.float64), shapes[:, ENDS_STOP], said, covered, starts[:, _BYLINE],
        hashes, word_start, word_end, flags, first, pages,
    )  # fmt: skip
    twin = _twins(keys, pages)
    for block in range(len(start)):
        own, column = out[block], 0
        for number in range(_SHAPES):  # rows are not sliced: to say that they do not fit is long to compile
            own[number] = shapes[block, number]
        for number in range(signs.shape[1]):
            own[_LOGARITHMS[column]] = _logarithm(signs[block, number], logarithms)
            column += 1
        own[_LOGARITHMS[column]] = _logarithm(said[block], logarithms)
        column += 1
        for number in range(stands.shape[1]):
            own[_LOGARITHMS[column]] = _logarithm(np.int64(stands[block, number]), logarithms)
            column += 1
        own[_LOGARITHMS[column]] = _logarithm(twin[block], logarithms)
        own[_LOGARITHMS[column + 1]] = _logarithm(np.int64(of[block]), logarithms)
        for number in range(sums.shape[1]):
            own[_LETTERS + number] = sums[block, number] / max(said[block], 1)
        for number in range(covered.shape[1]):
            own[_COVERED + number], own[_LONGEST + number] = covered[block, number], longest[block, number]
            own[_STARTS + number], spoken[block, number] = starts[block, number], language[block, number]
        for number in range(len(_PLACED)):
            own[_PLACED[number]] = placed[block, number]
        for number in range(since.shape[1]):
            own[_SINCE + number], own[_UNTIL + number] = since[block, number], until[block, number]
            own[_SEEN + number] = since[block, number] > 0
        own[_REPEATED] = on[block] / of[block] if of[block] > 1 else 0.0
    _beside(pages, out)
    return asked(out, words[0], first, openers)


@step
def _logarithm(count, logarithms):
    """Return log(1 + count), float32: above the table LLVM's, which up to eight million is the same when rounded."""
    return logarithms[count] if count < len(logarithms) else np.float32(np.log1p(np.float64(count)))


@maker
def _beside(pages, out):
    """Write the columns of the blocks around each block, in multiples of 1 / GRAIN."""
    near = np.empty((len(out), len(_NEAR)), dtype=np.float32)
    for block in range(len(out)):
        for number in range(len(_NEAR)):
            near[block, number] = np.rint(out[block, _NEAR[number]] * _GRAIN) / _GRAIN
    around(near, _OFFSETS, _WINDOWS, pages, np.arange(len(out)), out, _BASE)


@maker
def _twins(keys, pages):
    """Return how many other blocks of its page have the key of each block."""
    room = table_size(longest_of(pages))
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
