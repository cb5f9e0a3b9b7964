"""A generated corpus of news-like texts with copies of every kind, and the exact truth about its pairs.

Blocks of 10,000 articles are independent of each other but for what outlets print under every article and one page
that all publish, so that the first lines of a large corpus are a small corpus. Words are drawn from a Zipf-Mandelbrot
distribution; 500 words an article, 3.1 kB. The truth is counted from word numbers, by none of the code it is to test.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

BLOCK = 10_000
VOCABULARY = 60_000
OUTLETS = 50
TRUTH_BLOCKS = 10  # blocks whose pairs are counted: as many as are compared with other tools
KINDS = {"exact": 300, "edited": 600, "framed": 300, "excerpt": 300, "shuffled": 100}
WIRES = 6  # families of 30 to 90 versions in a block
EVERYWHERE = 10  # copies of one page in every block


class Corpus(NamedTuple):
    """Where a corpus lies; of the pairs of its first blocks, rows a < b, Jaccard, containment, words of the shorter."""

    path: Path
    a: np.ndarray
    b: np.ndarray
    jaccard: np.ndarray
    containment: np.ndarray
    shorter: np.ndarray
    everywhere: np.ndarray  # rows of the page that all publish; pairs of two of them are not counted

    def pairs(self, articles: int) -> np.ndarray:
        """Return which pairs lie within the first articles."""
        return self.b < articles


def vocabulary(rng: np.random.Generator) -> list[str]:
    """Return words, the frequent ones shorter; some are always capitalised or end a clause or a paragraph."""
    consonants, vowels = list("bcdfghjklmnprstvwz"), list("aeiou")
    words: dict[str, None] = {}
    while len(words) < VOCABULARY:
        syllables = 1 + int(len(words) > 20) + int(len(words) > 300) + int(rng.random() < len(words) / VOCABULARY)
        parts = [consonants[rng.integers(18)] + vowels[rng.integers(5)] for _ in range(syllables)]
        words["".join(parts) + (consonants[rng.integers(18)] if rng.random() < 0.6 else "")] = None
    ends = rng.choice(["", ",", ".", ".\n\n"], VOCABULARY, p=[0.85, 0.08, 0.05, 0.02])
    capital = rng.random(VOCABULARY) < 0.1
    return [(word.capitalize() if big else word) + end for word, big, end in zip(words, capital, ends, strict=True)]


def _draw(rng: np.random.Generator, cumulative: np.ndarray, size: int) -> np.ndarray:
    return np.searchsorted(cumulative, rng.random(size)).astype(np.int64)


def _edited(rng: np.random.Generator, text: np.ndarray, rate: float) -> np.ndarray:
    """Return the text with a part of its words replaced, left out or doubled."""
    text = text.copy()
    place = np.flatnonzero(rng.random(len(text)) < rate)
    text[place] = rng.integers(0, VOCABULARY, len(place))
    times = np.ones(len(text), dtype=np.int64)
    times[place] = rng.choice([0, 1, 2], len(place), p=[0.2, 0.6, 0.2])
    return np.repeat(text, times)


def _derived(rng: np.random.Generator, kind: str, text: np.ndarray, frame: np.ndarray) -> np.ndarray:
    if kind == "exact":
        return text
    if kind == "edited":
        return _edited(rng, text, rng.uniform(0.002, 0.1))
    if kind == "framed":
        return np.concatenate((frame[:15], text, frame[15:]))
    if kind == "excerpt":
        size = min(len(text), max(100, int(len(text) * rng.uniform(0.3, 0.8))))
        start = rng.integers(0, len(text) - size + 1)
        return text[start : start + size]
    parts = np.array_split(text, 8)
    return np.concatenate([parts[i] for i in rng.permutation(8)])


def block(number: int, cumulative: np.ndarray, frames: np.ndarray) -> tuple[list[np.ndarray], list[list[int]]]:
    """Return (texts as word numbers, families of rows) of a block; its first rows are the page that all publish."""
    rng = np.random.default_rng([7, number])
    wires = rng.integers(30, 91, WIRES)
    derived = sum(KINDS.values()) + int(wires.sum())
    originals = BLOCK - derived - EVERYWHERE
    lengths = np.clip(np.exp(rng.normal(6.1, 0.5, originals)), 60, 3000).astype(np.int64)
    words = _draw(rng, cumulative, int(lengths.sum()))
    texts = np.split(words, np.cumsum(lengths)[:-1])
    families: dict[int, list[int]] = {}
    sources = rng.integers(WIRES, originals, sum(KINDS.values()))
    made: list[NDArray[np.int64]] = []
    for kind, source in zip(np.repeat(list(KINDS), list(KINDS.values())), sources.tolist(), strict=True):
        families.setdefault(source, [source]).append(originals + len(made))
        made.append(_derived(rng, str(kind), texts[source], frames[rng.integers(OUTLETS)]))
    for source, versions in enumerate(wires.tolist()):  # every outlet's desk cuts and frames the wire a little
        for _ in range(versions):
            families.setdefault(source, [source]).append(originals + len(made))
            text = _edited(rng, texts[source], rng.uniform(0, 0.02))[: int(len(texts[source]) * rng.uniform(0.8, 1))]
            made.append(np.concatenate((frames[rng.integers(OUTLETS)][:15], text)) if rng.random() < 0.5 else text)
    order = EVERYWHERE + rng.permutation(BLOCK - EVERYWHERE)  # where each text goes
    rows: list[np.ndarray] = [np.zeros(0, dtype=np.int64)] * BLOCK
    for text, place in zip([*texts, *made], order.tolist(), strict=True):
        rows[place] = text
    page = _draw(np.random.default_rng(5), cumulative, 400)
    rows[:EVERYWHERE] = [page] * EVERYWHERE
    return rows, [sorted(order[family].tolist()) for family in families.values()]


def truth(rows: list[np.ndarray], families: list[list[int]], size: int = 5) -> np.ndarray:
    """Return (a, b, Jaccard, containment, words of the shorter) for the pairs inside families, from word numbers."""
    base = np.random.default_rng(3).integers(1, 2**63, size, dtype=np.uint64) | np.uint64(1)
    found = []
    for family in families:
        sets = []
        for row in family:
            run = np.lib.stride_tricks.sliding_window_view(rows[row].astype(np.uint64), size)
            sets.append(np.unique((run * base).sum(axis=1, dtype=np.uint64)))
        for (i, a), (j, b) in combinations(enumerate(family), 2):
            shared = len(np.intersect1d(sets[i], sets[j], assume_unique=True))
            shorter = min(len(sets[i]), len(sets[j]))
            words = min(len(rows[a]), len(rows[b]))
            found.append((a, b, shared / (len(sets[i]) + len(sets[j]) - shared), shared / shorter, words))
    return np.array(found)


def lines(number: int, rows: list[np.ndarray], names: list[str]) -> Iterator[bytes]:
    """Yield a block as JSON lines."""
    for place, row in enumerate(rows):
        text = " ".join([names[word] for word in row.tolist()])
        yield msgspec.json.encode({"id": f"{number:04d}-{place:05d}", "text": text}) + b"\n"


def make(articles: int, folder: Path | None = None) -> Corpus:
    """Return a corpus of at least so many articles, made once and kept in the folder."""
    folder = folder or Path(tempfile.gettempdir()) / "dedupe-benchmarks"
    blocks = -(-articles // BLOCK)
    path = folder / f"corpus-{blocks}.jsonl"
    if not path.with_suffix(".npz").exists():
        folder.mkdir(parents=True, exist_ok=True)
        print(f"making {blocks * BLOCK:,} articles in {folder} ...", flush=True)
        _make(blocks, path)
    kept = np.load(path.with_suffix(".npz"))
    return Corpus(path, *(kept[name] for name in Corpus._fields[1:]))


def _make(blocks: int, path: Path) -> None:
    rng = np.random.default_rng(11)
    names = vocabulary(rng)
    weight = 1 / (np.arange(VOCABULARY) + 2.7) ** 1.05
    cumulative = np.cumsum(weight) / weight.sum()
    frames = _draw(rng, cumulative, OUTLETS * 45).reshape(OUTLETS, 45)
    found = []
    with path.open("wb") as file:
        for number in range(blocks):
            rows, families = block(number, cumulative, frames)
            file.writelines(lines(number, rows, names))
            if number < TRUTH_BLOCKS:
                found.append(truth(rows, families) + np.array([number * BLOCK, number * BLOCK, 0, 0, 0]))
    a, b, jaccard, containment, shorter = np.concatenate(found).T
    everywhere = (np.arange(blocks)[:, None] * BLOCK + np.arange(EVERYWHERE)).ravel()
    columns = {"jaccard": jaccard, "containment": containment, "shorter": shorter, "everywhere": everywhere}
    np.savez(path.with_suffix(".npz"), a=a.astype(np.int64), b=b.astype(np.int64), **columns)
