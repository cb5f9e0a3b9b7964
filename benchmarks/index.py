"""How quick and how large an index is: checks, durable adds, bulk loading, opening, and the file.

`python -m benchmarks index --articles 1000000` (100,000 unless told; `--keep FILE` keeps the index, or uses it again).
Bulk loading is timed from JSON lines with everything; `--bulk 81920` shows over five chunks how its time grows. The
large file is filled by the same functions, chunk by chunk, but all paragraphs are taken as reporting and families as
known stories, copies of their first: labelling a million pages takes longer than all that is measured here. RESULTS.md
is written after each part.

`python -m benchmarks index --from news/` measures the same on articles of your own: all but the last 600 are loaded
with everything, and these are checked and added. Real news shares stories and phrases, so its checks take longer.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice, pairwise
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np

from dedupe import paragraphs
from dedupe.config import Config
from dedupe.index import Index, Standing, upkeep
from dedupe.index import pages as kept_pages
from dedupe.index.bulk import CHUNK
from dedupe.index.near import near
from dedupe.index.pages import Pages
from dedupe.index.store import Store
from dedupe.model import Article
from dedupe.model.codes import BODY
from dedupe.pipeline import read
from dedupe.pipeline.columns import corpus_of
from dedupe.pipeline.labels import Labelled
from dedupe.words import tokenize

from . import corpus as generated
from . import results

BULK = 2 * CHUNK  # articles that are loaded with everything; what grows shows with more
SAMPLE = 500  # checks and adds that are timed
WARM = 100  # checks before them
JOBS = 2
DAYS = 28  # over which a block's articles are published

Rows = Iterable[tuple[str, str]]


class Asked(NamedTuple):
    """What the command was asked for; `rest`: the articles of `sources` that are left for checks and adds."""

    articles: int
    bulk: int
    path: Path
    sources: list[str]
    rest: deque[Article]


def main(arguments: list[str]) -> None:
    """Time an index of generated articles and write the section of RESULTS.md."""
    warnings.simplefilter("ignore")
    parser = argparse.ArgumentParser(prog="python -m benchmarks index", description=__doc__)
    parser.add_argument("--articles", type=lambda text: int(text.replace(",", "")), default=100_000)
    parser.add_argument("--bulk", type=int, default=BULK, help="articles loaded with everything")
    parser.add_argument("--keep", type=Path, help="the index, kept and used again")
    parser.add_argument("--from", dest="sources", nargs="+", default=[], help="files and folders of articles")
    told = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="dedupe-index-") as folder:
        path = told.keep or Path(folder) / "news.db"
        asked = Asked(told.articles, min(told.bulk, told.articles), path, told.sources, deque())
        name, title = f"index --articles {asked.articles}", f"Index of {asked.articles:,} articles"
        parts = [_loaded, _filled, _opened, _looked_up, _checked, _added]
        if asked.sources:
            name, title, parts = (
                "index --from news/",
                "Index of articles of one's own",
                [_read, _opened, _checked, _added],
            )
        rows: list[tuple[str, str]] = []
        for part in parts:
            for row in part(asked):
                print(": ".join(row), flush=True)
                rows.append(row)
            results.write(name, title, results.table(("what", "measured"), rows))


def _articles(first: int, count: int) -> Iterator[tuple[list[Article], list[int]]]:
    """Yield blocks of articles, and of each article the row of the first of its family."""
    rng = np.random.default_rng(11)
    names = generated.vocabulary(rng)
    weight = 1 / (np.arange(generated.VOCABULARY) + 2.7) ** 1.05
    cumulative = np.cumsum(weight) / weight.sum()
    frames = np.searchsorted(cumulative, rng.random(generated.OUTLETS * 45)).reshape(generated.OUTLETS, 45)
    for number in range(first, first + -(-count // generated.BLOCK)):
        rows, families = generated.block(number, cumulative, frames)
        story = list(range(len(rows)))
        for family in [list(range(generated.EVERYWHERE)), *families]:
            for row in family:
                story[row] = family[0]
        yield [_article(number, row, [names[word] for word in words.tolist()]) for row, words in enumerate(rows)], story


def _article(number: int, row: int, words: list[str]) -> Article:
    outlet = f"outlet{row % generated.OUTLETS}"
    return Article(
        id=f"{number:04d}-{row:05d}",
        text=" ".join(words),
        source=outlet,
        url=f"https://www.{outlet}.example/news/2026/03/{number:04d}-{row:05d}-a-headline-as-long-as-they-are.html",
        published=f"2026-{1 + number % 12:02d}-{1 + row % DAYS:02d}",
        language="en",
    )


def _loaded(asked: Asked) -> Rows:
    """Time bulk loading from JSON lines with everything: read, prepared, labelled, compared, placed in stories."""
    articles = list(islice(chain.from_iterable(some for some, _ in _articles(0, asked.bulk)), asked.bulk))
    with tempfile.TemporaryDirectory(prefix="dedupe-index-") as folder:
        source = Path(folder) / "news.jsonl"
        with source.open("wb") as file:
            for article in articles:
                record = {name: getattr(article, name) for name in ("id", "text", "source", "url", "published")}
                file.write(msgspec.json.encode(record) + b"\n")
        with Index(Path(folder) / "warm.db") as index:  # the kernels are loaded
            index.add_many(articles[:2000], jobs=JOBS)
        with Index(Path(folder) / "news.db") as index:
            marks: list[tuple[int, float]] = [(0, 0.0)]
            start = time.perf_counter()
            index.add_many(
                read([source], jobs=JOBS),
                jobs=JOBS,
                progress=lambda done: marks.append((done, time.perf_counter() - start)),
            )
            took, worked = time.perf_counter() - start, len(index)
    yield f"bulk loading of {worked:,} articles from JSON lines with everything, articles/s", f"{worked / took:,.0f}"
    whole = [mark for mark in marks[1:] if mark[0] % CHUNK == 0]  # a last chunk of few is like no other
    if len(whole) > 1:
        (few, first), (many, last) = whole[0], whole[-1]
        rates = [CHUNK / (later - before) for (_, before), (_, later) in pairwise([marks[0], *whole])]
        yield f"  of each {CHUNK:,} of these", ", ".join(f"{rate:,.0f}" for rate in rates)
        growth = np.log(last / first) / np.log(many / few)
        yield f"  its time grows from {few:,} to {many:,} articles as N to the", f"{growth:.2f}"


def _read(asked: Asked) -> Rows:
    """Time bulk loading of articles of one's own; the last are left for checks and adds."""

    articles = read(asked.sources, jobs=JOBS)

    def but_the_last() -> Iterator[Article]:
        for article in articles:
            asked.rest.append(article)
            if len(asked.rest) > SAMPLE + WARM:
                yield asked.rest.popleft()

    with Index(asked.path) as index:
        index.warm()
        start = time.perf_counter()
        new = index.add_many(but_the_last(), jobs=JOBS, skipped=[])["new"]
        took, count = time.perf_counter() - start, len(index)
        if not count:
            unread = "".join(f"; {one.path}: {one.reason}" for one in articles.skipped[:1])
            raise SystemExit(f"{len(asked.rest)} articles are too few; give more than {SAMPLE + WARM}{unread}")
        yield f"bulk loading of {new:,} articles with everything, articles/s", f"{new / took:,.0f}"
        index.compact()
        yield _size(index)


def _size(index: Index) -> tuple[str, str]:
    body, count = index._store.db.execute("SELECT sum(length(sealed)), count(*) FROM body").fetchone()
    size = index.path.stat().st_size
    return "file, an article", f"{size / count:,.0f} bytes, of which {body / count:,.0f} compressed text"


def _pages(store: Store, articles: list[Article]) -> Pages:
    """Return articles as `pages.read` does, all paragraphs taken as reporting."""
    tokens, blocks = tokenize([article.text for article in articles]), paragraphs.segment(articles)
    words = np.zeros((len(articles), 4), dtype=np.int64)
    words[:, 0] = np.diff(tokens.first)
    body = np.full(len(blocks.start), BODY, dtype=np.uint8)
    none: list[tuple[()]] = [()] * len(articles)
    labelled = Labelled(tuple(articles), tokens, blocks, body, [""] * len(body), none, words)
    corpus = corpus_of(articles, blocks, body, tokens)
    roles = kept_pages.Roles(articles, labelled, corpus, paragraphs.block_keys(articles, blocks, tokens))
    return kept_pages.measured(store, roles, Config(), jobs=JOBS)


def _filled(asked: Asked) -> Rows:
    if asked.path.exists():
        return
    marks: list[tuple[int, float]] = []
    took = 0.0
    with Index(asked.path) as index:
        store = index._store
        for articles, story in _articles(0, asked.articles):
            start = time.perf_counter()
            with store.writing(settled=True):
                first = store.memory.state.last + 1
                pages = _pages(store, articles)
                alone: list[tuple[()]] = [()] * len(articles)
                copies = [[first + of] if of < row else [] for row, of in enumerate(story)]
                keys = kept_pages.found_by(pages, kept_pages.wanted(pages))
                entries = kept_pages.entries(kept_pages.drafts(pages), copies, alone, alone)
                added = kept_pages.added(pages.weights, copies)
                store.append_many(entries, [first + row for row in story], keys, added)
            upkeep.merge_tier(store)
            took += time.perf_counter() - start
            marks.append((len(index), took))
            if len(marks) % 10 == 0:
                print(f"{marks[-1][0]:,} articles, {took:.0f} s", flush=True)
        upkeep.merge_due(store)
        before = index.stats()["size"]
        start = time.perf_counter()
        index.compact()
        compacted = time.perf_counter() - start
        count, size = len(index), _size(index)
    tenth = marks[max(len(marks) // 10 - 1, 0)]
    growth = np.log(took / tenth[1]) / np.log(marks[-1][0] / tenth[0]) if len(marks) > 1 else 1.0
    yield "filled, articles/s, without labelling and comparing", f"{count / took:,.0f}"
    yield f"its time grows from {tenth[0]:,} articles on as N to the", f"{growth:.2f}"
    yield "compacted in", f"{compacted:.0f} s"
    yield "file before that, an article", f"{before / count:,.0f} bytes"
    yield size


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


def _opened(asked: Asked) -> Rows:
    said = [
        subprocess.run([sys.executable, "-c", OPEN, asked.path], capture_output=True, text=True, check=True)
        for _ in "123"
    ]
    took, memory, before = zip(*(map(float, run.stdout.split()) for run in said), strict=True)
    yield "opened by a reader in", f"{statistics.median(took) * 1e3:.0f} ms"
    yield (
        "memory of that reader",
        f"{max(memory) / 1024:.0f} MB, of which Python and its modules {max(before) / 1024:.0f}",
    )


def _sample(*, known: bool) -> list[Article]:
    """Return articles that are in the index, or ones that are not; of those a fifth are copies of each other."""
    articles, _ = next(_articles(0 if known else 9000, 1))
    return articles[:: len(articles) // (4 * SAMPLE)]


def _samples(asked: Asked) -> dict[str, list[Article]]:
    """Return what is checked, by name; the last of it is added too."""
    if asked.sources:
        return {"an article that comes after them": [*asked.rest]}
    return {"an article that is in it": _sample(known=True), "an article that is not": _sample(known=False)}


def _looked_up(asked: Asked) -> Rows:
    """Time the look-up of candidates alone."""
    with Index(asked.path, readonly=True) as index:
        index.warm()
        for name, known in (("articles that are in it", True), ("articles that are not", False)):
            articles = _sample(known=known)[:SAMPLE]
            with index._reading() as store:
                made = [kept_pages.wanted(_pages(store, [article])) for article in articles]

            def look(row: int, made: list[kept_pages.Wanted] = made) -> None:
                with index._reading() as store:
                    near(store, made[row], index.config, 0)

            yield f"candidates of {name}, p50 / p99", _timed(look, SAMPLE)


def _timed(work: Callable[[int], object], count: int) -> str:
    took, worked = [], []
    for i in range(count):
        start, begun = time.perf_counter(), time.thread_time()
        work(i)
        took.append(time.perf_counter() - start)
        worked.append(time.thread_time() - begun)
    low, high = np.percentile(took, (50, 99)) * 1e3
    busy, most = np.percentile(worked, (50, 99)) * 1e3
    return f"{low:.2f} / {high:.2f} ms ({busy:.2f} / {most:.2f} ms of processor time)"


def _checked(asked: Asked) -> Rows:
    """Time whole checks: prepared, labelled, looked up, the relation to each candidate verified; then all told."""
    with Index(asked.path, readonly=True) as index:
        index.warm()
        for name, articles in _samples(asked).items():
            for article in articles[-WARM:]:
                index.check(article).to_dict()
            told: list[Standing] = []

            def ask(i: int, articles: list[Article] = articles, told: list[Standing] = told) -> None:
                told.append(index.check(articles[i]))

            def tell(i: int, told: list[Standing] = told) -> None:
                told[i].to_dict()

            yield f"check of {name}, p50 / p99", _timed(ask, SAMPLE)
            yield f"  of {SAMPLE}, repeat another", f"{sum(bool(standing.repeats) for standing in told):,}"
            yield "  verdict, evidence and passages, when asked for", _timed(tell, SAMPLE)


def _added(asked: Asked) -> Rows:
    """Time checks with durable adds, and the bare syncs of as many bytes beside them."""
    articles = [*_samples(asked).values()][-1]
    with Index(asked.path) as index, open(asked.path.with_name("bare"), "wb", buffering=0) as bare:
        index.warm()
        for article in articles[-20:]:
            index.add(article)
        yield "check and durable add of an article, p50 / p99", _timed(lambda i: index.add(articles[i]), SAMPLE)

        def sync(_: int) -> None:
            bare.write(bytes(40_000))
            os.fdatasync(bare.fileno())

        yield "a bare fdatasync of 40 kB, p50 / p99", _timed(sync, SAMPLE)
        for article in articles:
            index.remove(article.id)
    asked.path.with_name("bare").unlink()
    yield "largest memory of this run", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB"
