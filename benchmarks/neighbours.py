"""The search for story neighbours: recall against the exact ten nearest, time beside peers, growth.

    python -m benchmarks neighbours [--sizes N,N,...] [--repeats N]

Corpus: the Reuters articles of ../shared/data, shuffled. The exact product of a sample of rows is the truth for recall
(cosine of at least 0.3) and, scaled to all rows, the time of a full product; sparse_dot_topn runs on as many rows
where it is installed. The section is written after each size.
"""

from __future__ import annotations

import argparse
import math
import random
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import csr_matrix

from dedupe.evaluate.corpora import rows_of
from dedupe.tfidf import kernel, weigh
from dedupe.words import tokenize

from . import results

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedupe.model import Weights

REUTERS = Path("../shared/data/near_duplicates/reuters_first_half.jsonl.gz")
SAMPLE = 500  # rows of the exact product; of sparse_dot_topn too
MOST, LEAST, WANTED = 30, 0.03, 0.3


def matrix_of(weights: Weights) -> Any:
    shape = (len(weights.first) - 1, len(weights.key))
    return csr_matrix((weights.weight, weights.term, weights.first), shape=shape)


def exact(matrix: Any, sample: Any) -> tuple[list[list[int]], float]:
    """Return the ten nearest of each sampled row with a cosine of at least WANTED, and the seconds it took."""
    turned = matrix.T.tocsr()  # once for all rows, so not part of the time of a sample
    start = time.perf_counter()
    product = matrix[sample] @ turned
    seconds = time.perf_counter() - start
    cosine = np.asarray(product.todense())
    cosine[np.arange(len(sample)), sample] = 0
    order = np.argsort(-cosine, axis=1, kind="stable")[:, :10]
    return [[j for j in row.tolist() if cosine[i, j] >= WANTED] for i, row in enumerate(order)], seconds


def peer(matrix: Any, sample: Any) -> float:
    """Return the seconds sparse_dot_topn takes for the sampled rows, two threads; nan where it is not installed."""
    try:
        from sparse_dot_topn import sp_matmul_topn
    except ImportError:
        return math.nan
    turned = matrix.T.tocsr()
    start = time.perf_counter()
    sp_matmul_topn(matrix[sample], turned, top_n=MOST, threshold=LEAST, n_threads=2)
    return time.perf_counter() - start


def weights_of(records: Sequence[dict[str, str]]) -> Weights:
    """Return the terms of whole texts and titles."""
    texts, titles = ([record.get(name) or "" for record in records] for name in ("text", "title"))
    return weigh(tokenize(texts), tokenize(titles), jobs=2)


def measured(weights: Weights, repeats: int) -> tuple[float, float, float, float]:
    """Return our seconds, those of the full product and of sparse_dot_topn by the sampled rows, and our recall."""
    size = len(weights.first) - 1
    seconds = []
    for _ in range(repeats):
        start = time.perf_counter()
        near, _ = kernel.nearest(weights, MOST, LEAST, 2)
        seconds.append(time.perf_counter() - start)
    sample = np.sort(np.random.default_rng(1).choice(size, min(SAMPLE, size), replace=False))
    matrix = matrix_of(weights)
    wanted, product = exact(matrix, sample)
    hits = sum(len(set(want) & set(near[row].tolist())) for row, want in zip(sample.tolist(), wanted, strict=True))
    scale, recall = size / len(sample), hits / max(sum(map(len, wanted)), 1)
    return statistics.median(seconds), product * scale, peer(matrix, sample) * scale, recall


def main(arguments: list[str]) -> None:
    """Run the benchmark and write its section."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks neighbours")
    parser.add_argument("--sizes", default="6653,13306,26612,53224", help="articles, comma separated")
    parser.add_argument("--repeats", type=int, default=2, help="of our runs; the table shows medians")
    options = parser.parse_args(arguments)
    if not REUTERS.exists():
        sys.exit(f"{REUTERS}: there is no such file; the benchmark runs on the Reuters articles")
    records = rows_of(REUTERS)
    random.Random(1).shuffle(records)
    kernel.nearest(weights_of(records[:1000]), 2, LEAST, 2)  # compile or load
    rows: list[list[str]] = []
    sizes: list[int] = []
    seconds: list[float] = []
    for size in map(int, options.sizes.split(",")):
        ours, product, topn, recall = measured(weights_of(records[:size]), options.repeats)
        sizes, seconds = [*sizes, min(size, len(records))], [*seconds, ours]
        growth = math.log(ours / seconds[-2]) / math.log(sizes[-1] / sizes[-2]) if len(sizes) > 1 else math.nan
        ratio = "" if math.isnan(topn) else f"{topn:.1f}", "" if math.isnan(topn) else f"{ours / topn:.2f}"
        rows.append(
            [
                f"{sizes[-1]:,}",
                f"{ours:.2f}",
                "" if math.isnan(growth) else f"{growth:.2f}",
                f"{product:.0f}",
                *ratio,
                f"{recall:.4f}",
            ]
        )
        print(rows[-1], flush=True)
        header = ["articles", "our seconds", "growth", "product", "sparse_dot_topn", "ours of it", "recall"]
        body = "Recall of the exact ten nearest with a cosine of at least 0.3; the growth is the power of the articles "
        body += (
            "since the size before; two threads but for the product of scipy, which has one. The peers' seconds are "
        )
        body += f"those of {SAMPLE} rows against all, times the rows.\n\n{results.table(header, rows)}"
        results.write("neighbours", "Story neighbours", body)


if __name__ == "__main__":
    main(sys.argv[1:])
