"""How fast pages are read and labelled on one core: processor time, the best of several runs, kernels warm.

    python -m benchmarks labelling [--repeats N]

Texts: the judged pages of ../shared/data/pages/roles_dev, twenty times over; HTML: the pages of pages/zyte; articles:
the first 4,000 of the Reuters half, and of these some of about 500 words one by one, as an index takes them.
"""

from __future__ import annotations

import argparse
import gzip
import time
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from dedupe import Article
from dedupe.evaluate.corpora import rows_of
from dedupe.pipeline import label_articles, prepare, read
from dedupe.pipeline.articles import prepared
from dedupe.reader.decode import decode

from . import results

if TYPE_CHECKING:
    from collections.abc import Callable

DATA = Path("../shared/data")
COPIES, ARTICLES, ONES = 20, 4000, 50


def best(work: Callable[[], object], repeats: int) -> float:
    """Return the least processor time of several runs after a first one."""
    work()
    seconds = []
    for _ in range(repeats):
        start = time.process_time()
        work()
        seconds.append(time.process_time() - start)
    return min(seconds)


def main(arguments: list[str]) -> None:
    """Run the benchmark and write its section."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks labelling")
    parser.add_argument("--repeats", type=int, default=3)
    repeats = parser.parse_args(arguments).repeats
    texts = ["\n".join(row["blocks"]) for row in rows_of(DATA / "pages/roles_dev.jsonl.gz")]
    judged = [Article(f"{n}-{copy}", text, source=f"{n}") for n, text in enumerate(texts) for copy in range(COPIES)]
    blocks = len(label_articles(judged).roles)
    rows = [("text blocks labelled", f"{blocks:,}", blocks / best(lambda: label_articles(judged), repeats))]
    files = sorted((DATA / "pages/zyte/html").glob("*.gz"))
    pages = [decode(gzip.decompress(path.read_bytes()), markup=True) for path in files]

    def both() -> object:
        articles = (Article(str(number), html=page) for number, page in enumerate(pages))
        return label_articles(list(prepared(articles, skipped=[])))

    rows.append(("HTML pages parsed and labelled", f"{len(pages):,}", len(pages) / best(both, repeats)))
    news = list(islice(read([DATA / "near_duplicates/reuters_first_half.jsonl.gz"]), ARTICLES))
    rows.append(("articles labelled", f"{len(news):,}", len(news) / best(lambda: label_articles(news), repeats)))
    plain = [Article(page.id, page.text, page.title) for page in news]
    again = best(lambda: [prepare(page) for page in plain], repeats)
    rows.append(("articles repaired and completed", f"{len(news):,}", len(news) / again))
    ones = [page for page in news if 450 < page.text.count(" ") < 550][:ONES]
    single = best(lambda: [label_articles([page]) for page in ones], repeats)
    rows.append(("articles of 500 words labelled one by one", f"{len(ones):,}", len(ones) / single))
    body = results.table(("what", "how many", "a second of processor time"), [(a, b, f"{c:,.0f}") for a, b, c in rows])
    results.write("labelling", "Reading and labelling of pages on one core", body)


if __name__ == "__main__":
    import sys

    main(sys.argv[1:])
