"""Which words of a block say what it is, in some forty languages: `dedupe/data/role_words_*.json`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from ..resources import agency_aliases, load_json
from ..rows import bounds_of, lengths, owners, runs
from ..words import Tokens
from ..words.phrases import FILTER, Table, beginnings, extend, often, table, word_values
from ..words.plain import tokenize  # the phrases are few: never worth loading a kernel for

FILES = ("germanic", "romance", "slavic", "east", "south", "markers")
CATEGORIES = (
    "function", "ad", "deal", "promo", "readmore", "subscribe", "nav", "section", "share", "legal", "byline", "job",
    "bio", "source", "caption", "comment", "other", "say", "you", "time", "agency", "marker",
    "address", "verb", "heading",
)  # fmt: skip
CATEGORY = {name: number for number, name in enumerate(CATEGORIES)}


@dataclass(frozen=True, slots=True, eq=False)
class Phrases:
    """Every beginning of every phrase, as a sorted column of keys.

    `key`: uint64, the words of a beginning mixed in order. `mask`: uint32, categories of the phrase that ends there,
    0 where none does. `language`: uint8 index into `languages`. `often`: bool of shape (FILTER,), which low bits occur.
    """

    key: NDArray[np.uint64]
    mask: NDArray[np.uint32]
    language: NDArray[np.uint8]
    often: NDArray[np.bool_]
    longest: int
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What the lexicon knows of each block, as columns.

    `words`: int64 of shape (m,), how many words the blocks have. `covered`: float32 of shape (m, categories), the share
    of the words that stand in phrases of a category. `longest`: uint8 of the same shape, words of the longest such
    phrase. `starts`: bool of the same shape, whether one starts the block. `language`: uint8 of the same shape, 1 + its
    index in `Phrases.languages`, 0 where there is none.
    """

    words: NDArray[np.int64]
    covered: NDArray[np.float32]
    longest: NDArray[np.uint8]
    starts: NDArray[np.bool_]
    language: NDArray[np.uint8]


@cache
def phrases() -> Phrases:
    """Return the phrases of all languages."""
    tables = [load_json(f"role_words_{name}.json") for name in FILES]
    entries = [
        (text, category, language)
        for table in tables
        for language, categories in table.items()
        for category, texts in categories.items()
        for text in texts.split("; ")
    ]
    entries += [(alias, "agency", "") for alias in agency_aliases()]
    languages = tuple(sorted({language for _, _, language in entries}))
    tokens = tokenize([text for text, _, _ in entries])
    bits = np.array([1 << CATEGORY[category] for _, category, _ in entries], dtype=np.uint32)
    spoken = np.array([languages.index(language) for _, _, language in entries], dtype=np.uint8)
    return _prefixes(tokens, bits, spoken, languages)


def _prefixes(
    tokens: Tokens, bits: NDArray[np.uint32], spoken: NDArray[np.uint8], languages: tuple[str, ...]
) -> Phrases:
    keys, phrase, whole = beginnings(tokens)
    mask, tongue = np.where(whole, bits[phrase], 0).astype(np.uint32), spoken[phrase]
    order = np.lexsort((mask == 0, keys))
    keys, mask, tongue = keys[order], mask[order], tongue[order]
    fresh = runs(keys)[:-1]
    return Phrases(
        keys[fresh], np.bitwise_or.reduceat(mask, fresh), tongue[fresh], often(keys),
        int(lengths(tokens.first).max()), languages,
    )  # fmt: skip


@cache
def known() -> tuple[Table, NDArray[np.uint32], NDArray[np.uint8], int]:
    """Return the phrases as the kernel looks them up: table of keys, categories, languages, words of the longest."""
    all_of_them = phrases()
    return table(all_of_them.key), all_of_them.mask, all_of_them.language, all_of_them.longest


def find(tokens: Tokens, first: NDArray[np.int64]) -> Found:
    """Return what the lexicon knows of blocks whose words are rows first[i] to first[i + 1] of the tokens."""
    values = word_values(tokens)
    known_phrases = phrases()
    count = lengths(first)
    size = (len(count), len(CATEGORIES))
    longest, starts = np.zeros(size, dtype=np.uint8), np.zeros(size, dtype=np.bool_)
    language = np.zeros(size, dtype=np.uint8)
    covers = np.zeros(len(values), dtype=np.uint32)
    block = owners(first)
    at = np.arange(first[0] if len(first) else 0, len(block))
    key = np.zeros(len(at), dtype=np.uint64)
    for length in range(1, known_phrases.longest + 1):
        inside = at + length <= first[block[at] + 1]
        at = at[inside]
        if not len(at):
            break
        key = extend(key[inside], values[at + length - 1])
        known = np.flatnonzero(known_phrases.often[key & np.uint64(FILTER - 1)])
        place = np.minimum(np.searchsorted(known_phrases.key, key[known]), len(known_phrases.key) - 1)
        met = known_phrases.key[place] == key[known]
        at, key, place = at[known[met]], key[known[met]], place[met]
        mask = known_phrases.mask[place]
        ends = np.flatnonzero(mask)
        where, mask = at[ends], mask[ends]
        for step in range(length):
            covers[where + step] |= mask
        owner = block[where]
        tongue = known_phrases.language[place[ends]] + 1
        opening = where == first[owner]
        for number in range(len(CATEGORIES)):
            here = (mask >> np.uint32(number)) & 1 == 1
            rows = owner[here]
            longest[rows, number] = length
            language[rows, number] = tongue[here]
            starts[owner[opening & here], number] = True
    covered = np.empty(size, dtype=np.float32)
    for number in range(len(CATEGORIES)):
        running = bounds_of((covers >> np.uint32(number)) & 1)
        covered[:, number] = lengths(running[first]) / np.maximum(count, 1)
    return Found(count, covered, longest, starts, language)
