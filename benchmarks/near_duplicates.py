"""Near-duplicate clusters from JSON lines: this project and its neighbours on one generated corpus, in one run.

    python -m benchmarks near_duplicates [--articles N] [--repeats N] [--growth N,N,...] [--tools A,B] [--folder DIR]

Every run is a process of its own. Tools that are not installed are left out with a message: pip install -e '.[bench]'.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks import corpus, results
from benchmarks.peers import TEXT_DEDUP_HELP, TOOLS, clusters, texts

THREADS = 2
SLOW = ("datasketch", "datasketch 16x8", "text-dedup")  # a minute for each 100,000 articles: run once


class Run(NamedTuple):
    """What one run of a tool took, and what it found."""

    seconds: float  # from when the tool is imported and has done its first articles
    whole: float  # from the start of the process
    processor: float  # seconds of processor time, of all threads and child processes, from the start
    peak_mb: float
    a: np.ndarray
    b: np.ndarray
    every: np.ndarray  # packed pairs of any overlap, of this project only


def run(tool: str, path: Path, articles: int, threads: int) -> Run:
    """Run a tool in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "pairs.npz"
        command = [sys.executable, "-m", "benchmarks.peers", tool, str(path), str(articles), str(threads), str(out)]
        begun = time.time()
        printed = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout
        took, found = json.loads(printed), np.load(out)
        more = Path(f"{out}.all.npz")
        every = packed(*(np.load(more)[side].astype(np.int64) for side in "ab")) if more.exists() else np.zeros(0)
        return Run(
            took["seconds"], took["ended"] - begun, took["processor"], took["peak_mb"], found["a"], found["b"], every
        )


def packed(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return pairs as single numbers."""
    return np.minimum(a, b) << 32 | np.maximum(a, b)


def quality(made: corpus.Corpus, articles: int, done: Run) -> list[str]:
    """Return recall of pairs and of clusters at 0.7, recall at 0.5 and of containment where known, and precision."""
    inside = made.pairs(articles)
    a, b, jaccard = made.a[inside], made.b[inside], made.jaccard[inside]
    true, found = packed(a, b), packed(done.a, done.b)
    page = np.zeros(max(articles, int(made.everywhere.max()) + 1), dtype=bool)
    page[made.everywhere] = True
    counted = found[~(page[done.a] & page[done.b])]
    right = np.isin(counted, true[jaccard >= 0.7])
    label = clusters(articles, done.a, done.b)
    if not len(done.a):  # it tells no pairs
        return [""] * 5
    share = [np.isin(true[jaccard >= 0.7], found).mean(), (label[a] == label[b])[jaccard >= 0.7].mean()]
    within = (made.containment[inside] >= 0.7) & (made.shorter[inside] >= 100)
    known = [np.isin(true[part], done.every).mean() for part in (jaccard >= 0.5, within)] if len(done.every) else []
    texts = [f"{value:.4f}" for value in [*share, *known]] + [""] * (2 - len(known))
    return [*texts, f"{right.mean():.4f}" if len(counted) else ""]


def side_by_side(made: corpus.Corpus, articles: int, repeats: int, tools: list[str]) -> str:
    """Return a table of all the tools on the same articles, which take turns; only quick runs are repeated."""
    done: dict[tuple[str, int], list[Run]] = {}
    for turn in range(repeats):
        for tool, threads in [(tool, threads) for tool in tools for threads in (1, THREADS)]:
            if turn and (threads == 1 or tool in SLOW):
                continue
            done.setdefault((tool, threads), []).append(run(tool, made.path, articles, threads))
            print(f"{tool}, {threads} threads: {done[tool, threads][-1].seconds:.1f} s", flush=True)
    ours = statistics.median(each.seconds for each in done["dedupe", THREADS])
    rows = []
    for (tool, threads), took in done.items():
        speed = results.spread([articles / each.seconds for each in took])
        whole = results.spread([articles / each.whole for each in took])
        peak = f"{statistics.median(each.peak_mb for each in took):,.0f}"
        ratio = results.spread([each.seconds / ours for each in took], ",.1f")
        rows.append([tool, threads, speed, ratio, whole, peak, *quality(made, articles, took[-1])])
    header = ["tool", "threads", "articles/s", f"seconds, ours with {THREADS} = 1", "articles/s from process start"]
    header += [
        "peak MB",
        "recall J >= 0.7",
        "in one cluster",
        "recall J >= 0.5",
        "recall containment >= 0.7, 100 words",
        "precision",
    ]
    return results.table(header, rows)


def growth(made: corpus.Corpus, sizes: list[int], repeats: int) -> Iterator[str]:
    """Yield, after each size, a table of this project's time and memory so far, and the exponent of its growth."""
    rows, seconds = [], []
    for number, articles in enumerate(sizes):
        took = [run("dedupe", made.path, articles, THREADS) for _ in range(repeats)]
        text = sum(map(len, islice(texts(made.path, articles), articles))) / 2**20
        seconds.append(statistics.median(each.seconds for each in took))
        peak = statistics.median(each.peak_mb for each in took)
        speed = results.spread([articles / each.seconds for each in took])
        spent = results.spread([each.seconds for each in took], ".1f")
        steady = f"{(articles - sizes[0]) / (seconds[-1] - seconds[0]):,.0f}" if number else ""
        processor = f"{statistics.median(each.processor for each in took):.1f}"
        rows.append(
            [f"{articles:,}", spent, processor, speed, steady, f"{peak:,.0f}", f"{text:,.0f}", f"{peak - text:,.0f}"]
        )
        print(f"{articles:,}: {seconds[-1]:.1f} s", flush=True)
        header = ["articles", "seconds", "processor seconds", "articles/s", "of those beyond the first size"]
        header += ["peak MB", "of which text", "beyond the text"]
        grown = ""
        if number:
            slope = np.polyfit(np.log(sizes[: number + 1]), np.log(seconds), 1)[0]
            grown = f"\nSeconds grow with articles to the power of {slope:.2f}.\n"
        yield results.table(header, rows) + grown


def signatures(made: corpus.Corpus, articles: int) -> str:
    """Return a sentence: whether our signatures are those of datasketch, given the same shingle hashes."""
    from datasketch import MinHash

    from dedupe.minhash import signatures
    from dedupe.shingle import shingles
    from dedupe.words import tokenize

    first, hashes = shingles(tokenize(list(texts(made.path, articles))), 5)
    ours, same = signatures(first, hashes), 0
    for row, signature in enumerate(ours):
        minhash = MinHash(128, hashfunc=int)
        minhash.update_batch(hashes[first[row] : first[row + 1]].tolist())
        same += np.array_equal(minhash.hashvalues, signature)
    return f"Signatures that equal datasketch's, bit for bit: {same:,} of {len(ours):,}.\n"


def available(names: list[str]) -> list[str]:
    """Return the tools that are installed, ours first; say which are not."""
    missing = [name for name in names if not TOOLS[name].version()]
    if missing:
        print(f"left out, not installed: {', '.join(missing)} (pip install -e '.[bench]'; {TEXT_DEDUP_HELP})")
    return ["dedupe", *(name for name in names if name not in [*missing, "dedupe"])]


def main(arguments: list[str]) -> None:
    """Run the benchmark and write its section of RESULTS.md."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks near_duplicates")
    parser.add_argument("--articles", type=int, default=100_000, help="of the comparison with the neighbours")
    parser.add_argument(
        "--repeats", type=int, default=3, help="of quick runs; the table shows medians and the range; 0: growth only"
    )
    parser.add_argument("--growth", default="100000,200000,500000,1000000", help="sizes, comma separated")
    parser.add_argument("--tools", default=",".join(TOOLS), help="comma separated")
    parser.add_argument("--folder", type=Path, help="where generated corpora are kept (default: the temporary folder)")
    options, _ = parser.parse_known_args(arguments)
    sizes = [int(size) for size in options.growth.split(",") if size]
    made = corpus.make(max([options.articles, *sizes]), options.folder)
    run("dedupe", made.path, 1000, THREADS)  # compiles the kernels where no cache has them yet
    tools = available(options.tools.split(","))
    versions = ", ".join(sorted({f"{TOOLS[tool].distribution} {TOOLS[tool].version()}" for tool in tools[1:]}))
    body = f"{options.articles:,} generated articles of 500 words, a fifth of them copies; {versions}.\n\n"
    for part in _parts(made, options, tools, sizes):  # each is kept, should a later one be stopped
        results.write("near_duplicates", "Near-duplicate clusters from JSON lines", body + "\n".join(part))


def _parts(made: corpus.Corpus, options: argparse.Namespace, tools: list[str], sizes: list[int]) -> Iterator[list[str]]:
    """Yield the tables that are done, after each of them."""
    done = [side_by_side(made, options.articles, options.repeats, tools)] if options.repeats else []
    yield done
    if results.installed("datasketch"):
        done.append(signatures(made, min(10_000, options.articles)))
        yield done
    for table in growth(made, sizes, min(max(options.repeats, 1), 2)):
        yield [*done, table]


if __name__ == "__main__":
    main(sys.argv[1:])
