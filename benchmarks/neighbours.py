"""Measure the search for story neighbours: recall against the exact ten nearest, time beside peers, growth.

    python -m benchmarks.neighbours [ARTICLES]

Corpus: the Reuters articles of ../shared/data, shuffled. The exact product of a sample of rows is the truth for recall
(cosine of at least 0.3) and, scaled to all rows, the time of a full product; sparse_dot_topn runs on the same rows
where it is installed. Prints one line a size; the last column is the exponent of growth since the size before.
"""

from __future__ import annotations

import gzip
import json
import math
import random
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import csr_matrix

from dedupe.evaluate.stories import corpus_of
from dedupe.tfidf import kernel, weigh

if TYPE_CHECKING:
    from dedupe.model import Weights

SHARED = Path(__file__).parent.parent.parent / "shared" / "data"
SAMPLE = 500  # rows of the exact product
MOST, LEAST, WANTED = 30, 0.03, 0.3


def rows_of(weights: Weights) -> Any:
    shape = (len(weights.first) - 1, len(weights.key))
    return csr_matrix((weights.weight, weights.term, weights.first), shape=shape)


def exact(matrix: Any, sample: Any) -> tuple[list[list[int]], float]:
    """Return the ten nearest of each sampled row with a cosine of at least WANTED, and the seconds it took."""
    start = time.perf_counter()
    cosine = np.asarray((matrix[sample] @ matrix.T.tocsr()).todense())
    seconds = time.perf_counter() - start
    cosine[np.arange(len(sample)), sample] = 0
    order = np.argsort(-cosine, axis=1, kind="stable")[:, :10]
    return [[j for j in row.tolist() if cosine[i, j] >= WANTED] for i, row in enumerate(order)], seconds


def peer(matrix: Any, sample: Any) -> float:
    """Return the seconds sparse_dot_topn takes for the sampled rows, two threads; nan where it is not installed."""
    try:
        from sparse_dot_topn import sp_matmul_topn
    except ImportError:
        return math.nan
    start = time.perf_counter()
    sp_matmul_topn(matrix[sample], matrix.T.tocsr(), top_n=MOST, threshold=LEAST, n_threads=2)
    return time.perf_counter() - start


def main() -> None:
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 53_224
    with gzip.open(SHARED / "near_duplicates/reuters_first_half.jsonl.gz", "rt", encoding="utf-8") as file:
        records = [json.loads(line) for line in file]
    random.Random(1).shuffle(records)
    before = None
    print(f"{'articles':>9}{'ours':>8}{'product':>9}{'topn':>8}{'recall':>8}{'growth':>8}   (seconds, two threads)")
    for size in (most // 8, most // 4, most // 2, most):
        corpus, _ = corpus_of(records[:size])
        weights = weigh(corpus.tokens, corpus.titles)
        kernel.nearest(weights, 2, LEAST, 2, heavy=2)  # compile or load
        start = time.perf_counter()
        near, _ = kernel.nearest(weights, MOST, LEAST, 2)
        ours = time.perf_counter() - start
        sample = np.sort(np.random.default_rng(1).choice(size, min(SAMPLE, size), replace=False))
        matrix = rows_of(weights)
        wanted, product = exact(matrix, sample)
        scale = size / len(sample)
        hits = sum(len(set(want) & set(near[row].tolist())) for row, want in zip(sample.tolist(), wanted, strict=True))
        recall = hits / max(sum(map(len, wanted)), 1)
        growth = math.log2(ours / before) if before else math.nan
        topn = peer(matrix, sample) * scale
        print(f"{size:>9}{ours:8.1f}{product * scale:9.0f}{topn:8.0f}{recall:8.4f}{growth:8.2f}", flush=True)
        before = ours


if __name__ == "__main__":
    main()
