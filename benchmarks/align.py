"""Alignment of pairs of some 5,000 words on one core, and reuse over pairs of real articles.

    python -m benchmarks align [--pairs N] [--articles N]

The texts are Reuters articles of `../shared/data`, put together in order. Half of each second text is the first's.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from itertools import islice, pairwise
from pathlib import Path

import numpy as np

from benchmarks import results
from dedupe import tfidf
from dedupe.alignment import align
from dedupe.model import Article, Corpus
from dedupe.reuse import find
from dedupe.words import tokenize

ARTICLES = Path(__file__).parent.parent.parent / "shared" / "data" / "near_duplicates" / "reuters_first_half.jsonl.gz"
WORDS = 5_000


def texts(count: int) -> list[str]:
    """Return the first articles, a paragraph a line."""
    with gzip.open(ARTICLES) as file:
        found = [json.loads(line)["text"] for line in islice(file, count)]
    return ["\n".join(filter(str.strip, text.split("\n"))) for text in found]


def pairs(articles: list[str], count: int) -> list[tuple[str, str]]:
    """Return pairs of texts of WORDS words, half of the second taken from the first."""
    words = " \n".join(articles).split(" ")
    made = [words[i : i + WORDS] for i in range(0, len(words) - WORDS, WORDS)][: count + 1]
    half = WORDS // 2
    return [
        (" ".join(one), " ".join(other[: half // 2] + one[half:] + other[half // 2 : half]))
        for one, other in pairwise(made)
    ]


def corpus(articles: list[str]) -> Corpus:
    """Return articles as the columns that the pipeline makes of them."""
    lines = [[len(line) for line in text.split("\n")] for text in articles]
    size = np.array([length for page in lines for length in page])
    first = np.cumsum([0, *map(len, lines)])
    ends = np.cumsum(size + 1)
    start = ends - size - 1
    start -= np.repeat(start[first[:-1]], np.diff(first))
    none = np.zeros(len(articles))
    return Corpus(
        articles=tuple(Article(id=f"{i:07d}", text=text) for i, text in enumerate(articles)),
        text=tuple(articles),
        tokens=tokenize(articles),
        titles=tokenize([""] * len(articles)),
        published=none + np.nan,
        outlet=none.astype(np.int32) - 1,
        paragraph_first=first,
        paragraph_start=start.astype(np.int32),
        paragraph_end=(start + size).astype(np.int32),
        paragraph_index=(np.arange(len(size)) - np.repeat(first[:-1], np.diff(first))).astype(np.int32),
    )


def main(arguments: list[str]) -> None:
    """Measure both and write them to the results."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks align")
    parser.add_argument("--pairs", type=int, default=200)
    parser.add_argument("--articles", type=int, default=10_000)
    options = parser.parse_args(arguments)
    articles = texts(options.articles)
    rows = [("align", *timed_align(pairs(articles, options.pairs)))]
    rows += [(f"reuse, {jobs} threads", *timed_reuse(corpus(articles), jobs)) for jobs in (1, 2)]
    body = results.table(("stage", "pairs", "seconds", "pairs/s"), rows)
    results.write("align", f"Alignment of pairs of {WORDS:,} words on one core; reuse of neighbouring articles", body)
    print(body)


def timed_align(work: list[tuple[str, str]]) -> tuple[int, str, str]:
    """Return how many pairs, the seconds they took, and pairs a second; the kernels are loaded before."""
    align(*work[0])
    start = time.perf_counter()
    for a, b in work:
        align(a, b)
    seconds = time.perf_counter() - start
    return len(work), f"{seconds:.2f}", f"{len(work) / seconds:,.0f}"


def timed_reuse(columns: Corpus, jobs: int) -> tuple[int, str, str]:
    """Return the same for each article beside the five that follow it."""
    count = len(columns.text)
    a = np.repeat(np.arange(count - 5), 5).astype(np.int32)
    b = a + np.tile(np.arange(1, 6), count - 5).astype(np.int32)
    weight = tfidf.idf_of(tfidf.weigh(columns.tokens), columns.tokens.hash)
    find(columns, a[:5_000], b[:5_000], weight=weight, jobs=jobs)
    start = time.perf_counter()
    find(columns, a, b, weight=weight, jobs=jobs)
    seconds = time.perf_counter() - start
    return len(a), f"{seconds:.2f}", f"{len(a) / seconds:,.0f}"
