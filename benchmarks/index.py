"""How quick and how large an index is: look-ups, durable adds, bulk loading, opening, and the file.

`python -m benchmarks index [ARTICLES]` (100,000 unless told). The file is filled with generated articles, whose keys
are made by the stages but whose paragraphs are all taken as reporting, since labelling takes longer than the rest; bulk
loading and whole checks are timed on their own, on fewer articles, with everything.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import numpy as np

from dedupe import candidates, tfidf
from dedupe.config import Config
from dedupe.index import Index, upkeep
from dedupe.index.near import near
from dedupe.index.pages import BAND, EXACT, HEAVY, SKETCH, TERM, Wanted
from dedupe.index.rows import Entry, id_key
from dedupe.index.sites import spread
from dedupe.model import Article
from dedupe.words import tokenize

from . import corpus as generated
from . import results

CHUNK = 10_000
WHOLE = 1_000  # articles that go through everything
SAMPLE = 300  # look-ups, checks and adds that are timed

Rows = Iterable[tuple[str, str]]


def main(arguments: list[str]) -> None:
    """Time an index of generated articles and write the section of RESULTS.md."""
    warnings.simplefilter("ignore")
    articles = int(arguments[0].replace(",", "")) if arguments else 100_000
    with tempfile.TemporaryDirectory(prefix="dedupe-index-") as folder:
        path = Path(folder) / "news.db"
        rows = []
        for part in (lambda path: _filled(path, articles), _opened, _looked_up, _added, _whole):
            for row in part(path):
                print(": ".join(row), flush=True)
                rows.append(row)
    results.write("index", f"Index of {articles:,} articles", results.table(("what", "measured"), rows))


def _texts(articles: int) -> Iterator[list[str]]:
    rng = np.random.default_rng(11)
    names = generated.vocabulary(rng)
    weight = 1 / (np.arange(generated.VOCABULARY) + 2.7) ** 1.05
    cumulative = np.cumsum(weight) / weight.sum()
    frames = np.searchsorted(cumulative, rng.random(generated.OUTLETS * 45)).reshape(generated.OUTLETS, 45)
    for number in range(-(-articles // CHUNK)):
        rows, _ = generated.block(number, cumulative, frames)
        yield [" ".join([names[word] for word in row.tolist()]) for row in rows]


def _made(texts: list[str], config: Config) -> tuple[Wanted, list[np.ndarray]]:
    """Return what texts are found by, and the terms of each."""
    tokens = tokenize(texts)
    keys, weights = candidates.keys(tokens, config), tfidf.weigh(tokens)
    rows = np.arange(len(texts))
    term_row = np.repeat(rows, np.diff(weights.first))
    order = np.lexsort((-weights.weight, term_row))
    heavy = order[np.arange(len(order)) - weights.first[term_row] < HEAVY]
    columns = (
        (rows, keys.exact, EXACT),
        (np.repeat(rows, keys.bands.shape[1]), keys.bands.ravel(), BAND),
        (np.repeat(rows, np.diff(keys.sketch_first)), keys.sketch, SKETCH),
        (term_row[heavy], weights.key[weights.term[heavy]], TERM),
    )
    owner = np.concatenate([column[0] for column in columns])
    by_owner = np.argsort(owner, kind="stable")
    weight = np.concatenate((np.zeros(len(owner) - len(heavy)), weights.weight[heavy]))[by_owner]
    kind = np.concatenate([np.full(len(values), kind, dtype=np.uint8) for _, values, kind in columns])[by_owner]
    key = np.concatenate([spread(values, kind) for _, values, kind in columns])[by_owner]
    first = np.searchsorted(owner[by_owner], np.arange(len(rows) + 1))
    terms = weights.key[weights.term]
    return Wanted(first, key, kind, weight), [terms[weights.first[i] : weights.first[i + 1]] for i in rows]


def _filled(path: Path, articles: int) -> Rows:
    made = stored = 0.0
    marks: list[tuple[int, float]] = []
    with Index(path) as index:
        store = index._store
        for number, texts in enumerate(_texts(articles)):
            start = time.perf_counter()
            find, terms = _made(texts, index.config)
            between = time.perf_counter()
            with store.writing(settled=True):
                store.append_many(
                    [_entry(number, row, text, find, terms) for row, text in enumerate(texts)], [0] * CHUNK
                )
            upkeep.merge_due(store)
            made, stored = made + between - start, stored + time.perf_counter() - between
            marks.append(((number + 1) * CHUNK, stored))
            if (number + 1) % 10 == 0:
                print(f"{marks[-1][0]:,} articles, {stored:.0f} s stored, {made:.0f} s made", flush=True)
        before = index.stats()["size"]
        start = time.perf_counter()
        index.compact()
        compacted = time.perf_counter() - start
        body = store.db.execute("SELECT sum(length(sealed)) FROM body").fetchone()[0]
        count = len(index)
    tenth = marks[max(len(marks) // 10 - 1, 0)]
    growth = np.log(marks[-1][1] / tenth[1]) / np.log(marks[-1][0] / tenth[0]) if len(marks) > 1 else 1.0
    size = path.stat().st_size
    yield "stored, articles/s, their keys being made", f"{count / stored:,.0f}"
    yield f"time grows from {tenth[0]:,} articles on as N to the", f"{growth:.2f}"
    yield "compacted in", f"{compacted:.0f} s"
    yield "file before that, an article", f"{before / count:,.0f} bytes"
    yield "file, an article", f"{size / count:,.0f} bytes, of which {body / count:,.0f} compressed text"


def _entry(number: int, row: int, text: str, find: Wanted, terms: list[np.ndarray]) -> Entry:
    name = f"{number:04d}-{row:05d}"
    site = f"https://www.outlet{row % 50}.example/news/2026/03/04/{name}-a-headline-as-long-as-they-are.html"
    page = {
        "id": name,
        "url": site,
        "source": f"outlet{row % 50}.example",
        "title": text[:60],
        "published": "2026-03-04",
    }
    own = find.key[find.first[row] : find.first[row + 1]]
    return Entry(
        page={**page, "language": "en", "text": "0123456789abcdef", "words": [500, 0, 0, 0]},
        published=20000.0,
        body=zlib.compress(json.dumps([text.split("\n\n"), [0]]).encode(), 3),
        keys=np.unique(np.append(own, np.uint32(id_key(name)))),
        terms=terms[row],
    )


OPEN = """
import sys, time, warnings
warnings.simplefilter("ignore")
from dedupe.index import Index
def memory():
    return int(open("/proc/self/statm").read().split()[1]) * 4
before = memory()
start = time.perf_counter()
index = Index(sys.argv[1], readonly=True)
count = len(index)
took = time.perf_counter() - start
print(took, memory(), before)
"""


def _opened(path: Path) -> Rows:
    said = [
        subprocess.run([sys.executable, "-c", OPEN, path], capture_output=True, text=True, check=True) for _ in "123"
    ]
    took, memory, before = zip(*(map(float, run.stdout.split()) for run in said), strict=True)
    return [
        ("opened by a reader in", f"{statistics.median(took) * 1e3:.0f} ms"),
        (
            "memory of that reader",
            f"{max(memory) / 1024:.0f} MB, of which Python and its modules {max(before) / 1024:.0f}",
        ),
    ]


def _looked_up(path: Path) -> Rows:
    """Time the look-up of candidates: of articles that are in the index, and of ones that are not."""
    config = Config()
    texts = next(_texts(CHUNK))[:SAMPLE]
    rng = np.random.default_rng(1)
    fresh = [" ".join(rng.permutation(text.split()).tolist()) for text in texts]
    rows = []
    with Index(path, readonly=True) as index:
        for name, some in (("articles that are in it", texts), ("articles that are not", fresh)):
            find, _ = _made(some, config)

            def look(row: int, find: Wanted = find) -> None:
                inside = slice(int(find.first[row]), int(find.first[row + 1]))
                columns = (find.key[inside], find.kind[inside], find.weight[inside])
                one = Wanted(np.array([0, inside.stop - inside.start]), *columns)
                with index._reading() as store:
                    near(store, one, config, 0)

            rows.append((f"candidates of {name}, p50 / p99", _timed(look, SAMPLE)))
    return rows


def _timed(work: Callable[[int], object], count: int) -> str:
    for i in range(min(count, 20)):
        work(i)
    took, worked = [], []
    for i in range(count):
        start, begun = time.perf_counter(), time.thread_time()
        work(i)
        took.append(time.perf_counter() - start)
        worked.append(time.thread_time() - begun)
    low, high = np.percentile(took, (50, 99)) * 1e3
    return f"{low:.2f} / {high:.2f} ms ({np.median(worked) * 1e3:.2f} ms of it computing)"


def _added(path: Path) -> Rows:
    """Time durable adds to the store, and the bare syncs of as many bytes beside them."""
    texts = next(_texts(CHUNK))[:SAMPLE]
    find, terms = _made(texts, Config())
    with Index(path) as index, open(path.with_name("bare"), "wb", buffering=0) as bare:
        store = index._store

        def add(row: int) -> None:
            with store.writing():
                store.append(_entry(9999, row, texts[row], find, terms))

        def sync(row: int) -> None:
            bare.write(bytes(40_000))
            os.fdatasync(bare.fileno())

        rows = [("durable add of an article with its keys, p50 / p99", _timed(add, SAMPLE))]
        return [*rows, ("a bare fdatasync of 40 kB, p50 / p99", _timed(sync, SAMPLE))]


def _whole(path: Path) -> Rows:
    """Time bulk loading and whole checks: prepared, labelled, compared, with verdict and passages."""
    texts = next(_texts(CHUNK))
    articles = [Article(id=f"{row:05d}", text=text, source=f"outlet{row % 50}") for row, text in enumerate(texts)]
    with Index(path.with_name("whole.db")) as index:
        index.add_many(articles[: WHOLE // 4])  # the kernels are loaded
        start = time.perf_counter()
        index.add_many(articles[WHOLE // 4 : WHOLE + WHOLE // 4])
        rate = WHOLE / (time.perf_counter() - start)
        for article in articles[:10]:
            index.check(article)
        known = _timed(lambda row: index.check(articles[row], passages=False), SAMPLE)
        new = _timed(lambda row: index.check(articles[WHOLE * 2 + row], passages=False), SAMPLE)
        add = _timed(lambda row: index.add(articles[WHOLE * 3 + row], passages=False), SAMPLE)
    return [
        (f"bulk loading with everything, articles/s ({WHOLE:,})", f"{rate:,.0f}"),
        ("whole check of a known article, p50 / p99", known),
        ("whole check of a new article, p50 / p99", new),
        ("whole check and durable add, p50 / p99", add),
        ("largest memory of this run", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB"),
    ]
