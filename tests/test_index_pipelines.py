"""The index inside other people's pipelines: Scrapy, tables, Hugging Face data sets, datasketch on Redis."""

import json
import shutil
import subprocess
import sys
import time
import warnings
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from types import SimpleNamespace

import numpy as np
import pytest

import dedupe
from dedupe.candidates import keys
from dedupe.config import Config
from dedupe.errors import ConfigError, IndexFileError
from dedupe.index import Index
from dedupe.minhash import signatures
from dedupe.model import Relation
from dedupe.pipeline import articles
from dedupe.scrapy import DedupePipeline
from dedupe.shingle import shingles
from dedupe.words import tokenize

WIRE = (
    "The harbour authority said on Tuesday that the new container terminal would open in the spring, two years later "
    "than planned, after contractors found unstable ground beneath the eastern quay. Engineers drove another four "
    "hundred piles to carry the cranes, which adds about sixty million euros to the bill."
)
OTHER = (
    "Volunteers counting swifts in the old town have recorded the largest colony since the survey began, a rare piece "
    "of good news for a bird in decline. The nest boxes fitted under the eaves were nearly all taken by May."
)

SPIDER = """
import sys, warnings
warnings.simplefilter("ignore")
from dataclasses import dataclass
import scrapy
from scrapy.crawler import CrawlerProcess

WIRE, OTHER = {wire!r}, {other!r}

@dataclass
class Page:
    url: str
    body: str

class News(scrapy.Spider):
    name = "news"
    start_urls = ["data:text/html,page"]

    def parse(self, response):
        yield dict(url="https://a.example/1", body=WIRE)
        yield dict(url="https://b.example/2", body=WIRE + " It rained.")
        yield dict(url="https://c.example/3", body=OTHER)
        yield dict(url="https://d.example/4")
        yield dict(url="https://e.example/5", body=[WIRE, "It snowed."])
        yield dict(url="https://f.example/6", body=7)
        yield Page("https://g.example/7", WIRE)

process = CrawlerProcess(settings=dict(
    ITEM_PIPELINES={{"dedupe.scrapy.DedupePipeline": 300}}, DEDUPE_INDEX=sys.argv[1], DEDUPE_ACTION=sys.argv[2],
    DEDUPE_FIELDS=dict(text="body"), CONCURRENT_ITEMS=1, LOG_LEVEL="WARNING", TELNETCONSOLE_ENABLED=False,
    FEEDS={{sys.argv[3]: dict(format="jsonlines")}},
))
process.crawl(News)
process.start()
"""


@pytest.mark.parametrize(("action", "left"), [("drop", 4), ("tag", 7), ("keep", 7)])
def test_scrapy_drops_tags_or_keeps_what_repeats(tmp_path, action, left):
    pytest.importorskip("scrapy", reason="Scrapy is not installed")
    database, feed = tmp_path / "news.db", tmp_path / "items.jsonl"
    command = [sys.executable, "-c", SPIDER.format(wire=WIRE, other=OTHER), str(database), action, str(feed)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    items = {item["url"][-1]: item for item in map(json.loads, feed.read_text().splitlines())}
    assert len(items) == left, done.stderr
    with Index(database, readonly=True) as index:
        assert len(index) == (2 if action == "drop" else 5)
    if action == "tag":
        assert items["2"]["dedupe"]["of"] == "https://a.example/1" and items["2"]["dedupe"]["state"] == "new"
        assert items["1"]["dedupe"]["relation"] == "unrelated" and "dedupe" not in items["4"]
        assert items["5"]["dedupe"]["relation"] == "near_duplicate" and "dedupe" not in items["6"]
        assert "dedupe" not in items["7"]  # whose class has no such field
    else:
        assert not any("dedupe" in item for item in items.values())
    assert "no id or no text, by DEDUPE_FIELDS, among 'url'" in done.stderr


def test_fields_of_items_that_are_none_of_ours_are_refused(tmp_path):
    with pytest.raises(ConfigError, match="unknown field txt"):
        DedupePipeline(str(tmp_path / "news.db"), "tag", Relation.NEAR_DUPLICATE, {"txt": "body"}, None)


def test_settings_of_fields_that_are_no_dict_are_refused_by_name(tmp_path):
    settings = pytest.importorskip("scrapy.settings", reason="Scrapy is not installed").Settings
    told = settings({"DEDUPE_INDEX": str(tmp_path / "news.db"), "DEDUPE_FIELDS": "text=body"})
    with pytest.raises(ConfigError, match="DEDUPE_FIELDS is 'text=body'; it must be a dict"):
        DedupePipeline.from_crawler(SimpleNamespace(settings=told))


def test_a_spider_whose_index_cannot_be_opened_is_told_that_and_no_error_of_ours(tmp_path):
    pipeline = DedupePipeline(str(tmp_path / "none" / "news.db"), "tag", Relation.NEAR_DUPLICATE, {}, None)
    with pytest.raises(IndexFileError, match="cannot be written"):
        pipeline.open_spider()
    pipeline.close_spider()  # as Scrapy does


def test_a_spider_whose_index_another_writes_to_is_told_so_before_any_item(tmp_path, monkeypatch):
    monkeypatch.setitem(Index.__init__.__kwdefaults__, "timeout", 0)
    pipeline = DedupePipeline(str(tmp_path / "news.db"), "tag", Relation.NEAR_DUPLICATE, {}, None)
    with Index(tmp_path / "news.db") as other:
        other.lock()
        with pytest.raises(IndexFileError, match="is writing to it"):
            pipeline.open_spider()
        pipeline.close_spider()
    pipeline.open_spider()
    with Index(tmp_path / "news.db") as other, pytest.raises(IndexFileError, match="is writing to it"):
        other.add({"id": "a", "text": WIRE})
    assert pipeline._ask({"id": "a", "text": WIRE}).state == "new"
    pipeline.close_spider()


def test_of_copies_that_scrapy_hands_over_at_once_the_index_holds_one(tmp_path):
    """Items of one page are worked on by several threads of its reactor."""
    pipeline = DedupePipeline(str(tmp_path / "news.db"), "drop", Relation.NEAR_DUPLICATE, {}, None)
    pipeline.open_spider()
    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(lambda number: pipeline._ask({"id": str(number), "text": WIRE}), range(24)))
    assert len(pipeline.index) == 1 and sum(pipeline._repeats(standing) for standing in told) == 23
    pipeline.close_spider()


def test_spiders_of_one_process_write_to_one_index_until_the_last_is_closed(tmp_path):
    (tmp_path / "link.db").symlink_to(tmp_path / "news.db")
    first, second = (
        DedupePipeline(str(tmp_path / name), "drop", Relation.NEAR_DUPLICATE, {}, None)
        for name in ("news.db", "link.db")
    )
    first.open_spider()
    second.open_spider()
    began = time.monotonic()
    assert first._ask({"id": "a", "text": WIRE}).state == second._ask({"id": "b", "text": OTHER}).state == "new"
    first.close_spider()
    assert second._repeats(second._ask({"id": "c", "text": WIRE})) and time.monotonic() - began < 25
    second.close_spider()
    with Index(tmp_path / "news.db", timeout=0) as index:
        assert index.add({"id": "b", "text": OTHER}).state == "known" and len(index) == 2
        index.add({"id": "d", "text": "Nobody writes to it now."})


ROWS = [{"id": "a", "text": WIRE}, {"id": "b", "text": f"{WIRE} It rained."}, {"id": "c", "text": OTHER}]


def test_tables_of_pandas_polars_and_arrow_go_in(tmp_path):
    pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
    arrow = pytest.importorskip("pyarrow")
    columns = {name: [row[name] for row in ROWS] for name in ("id", "text")}
    for name, table in {
        "pandas": pandas.DataFrame(columns), "polars": polars.DataFrame(columns), "arrow": arrow.table(columns),
    }.items():  # fmt: skip
        with Index(tmp_path / f"{name}.db") as index:
            assert index.add_many(table) == {"new": 3, "known": 0, "changed": 0}
            assert index.check({"id": "d", "text": WIRE}).repeats == "a"


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("kind", ["pandas.DataFrame", "polars.DataFrame", "pyarrow.table"])
def test_what_a_row_lacks_is_told_by_its_id_or_number_and_ends_no_bulk_load(tmp_path, monkeypatch, kind, jobs):
    monkeypatch.setattr(articles, "PREPARED", 2 * len(WIRE))
    module, made = kind.split(".")
    columns = {"id": ["a", "b", "c", None], "text": [WIRE, None, "", WIRE]}
    table = getattr(pytest.importorskip(module), made)(columns)
    with Index(tmp_path / "news.db") as index:
        skipped = []
        assert index.add_many(table, jobs=jobs, skipped=skipped)["new"] == 2 and list(index) == ["a", "c"]
        assert [item.path for item in skipped] == ["b", "row 4"] and "neither text nor html" in skipped[0].reason
        with pytest.raises(dedupe.DedupeError, match="b: neither text nor html"):
            index.add_many(table)
        with pytest.raises(dedupe.DedupeError, match="row 2: a record without an id"):
            index.add_many([ROWS[0], {"id": float("nan"), "text": WIRE}])


@pytest.mark.parametrize("call", [dedupe.analyze, dedupe.Index.add_many])
def test_a_text_where_articles_are_wanted_is_not_told_in_full(tmp_path, call):
    with Index(tmp_path / "news.db") as index, pytest.raises(dedupe.DedupeError, match="The harbour") as told:
        call(*[index][: call is Index.add_many], f"{WIRE} its end")
    assert "its end" not in str(told.value)


def test_what_an_index_says_becomes_a_table(tmp_path):
    polars = pytest.importorskip("polars")
    with Index(tmp_path / "news.db") as index:
        index.add_many(ROWS)
        told = [index.check(row, passages=False) for row in ROWS]
    table = polars.DataFrame(
        {"id": s.id, "story": s.story, "relation": s.relation.value, "of": s.repeats} for s in told
    )
    assert table["of"].to_list() == ["b", "a", ""] and table["story"].n_unique() == 2
    pairs = polars.DataFrame(told[0].pairs)
    assert pairs.row(0, named=True)["relation"] == "near_duplicate" and pairs["jaccard"].dtype == polars.Float64


def test_a_map_over_batches_as_hugging_face_calls_it(tmp_path):
    """`datasets.Dataset.map(function, batched=True)` gives a dict of columns and takes one back."""

    def repeated(batch):
        told = [index.add({"id": id, "text": text}, passages=False) for id, text in zip(*batch.values(), strict=True)]
        return {"repeats": [standing.repeats for standing in told], "story": [standing.story for standing in told]}

    with Index(tmp_path / "news.db") as index:
        columns = {name: [row[name] for row in ROWS] for name in ("id", "text")}
        try:
            from datasets import Dataset
        except ImportError:
            mapped = repeated(columns)
        else:
            mapped = Dataset.from_dict(columns).map(repeated, batched=True, new_fingerprint="with-index").to_dict()
        assert mapped["repeats"] == ["", "a", ""] and mapped["story"] == ["s-1", "s-1", "s-3"]


def test_an_index_is_written_where_warnings_are_errors(tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with Index(tmp_path / "news.db") as index:
            assert index.add(ROWS[0]).state == "new"


def test_an_index_in_memory_is_refused_and_no_file_made_of_that_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(IndexFileError, match="an index is a file"):
        Index(":memory:")
    assert not list(tmp_path.iterdir())


@pytest.fixture
def redis_port(tmp_path):
    """Return the port of a Redis of our own, or skip the test."""
    server = shutil.which("redis-server")
    if not server:
        pytest.skip("redis-server is not installed")
    redis = pytest.importorskip("redis")
    port = 20000 + np.random.default_rng().integers(30000).item()
    command = [server, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        for _ in range(100):
            try:
                redis.Redis(port=port).ping()
                break
            except redis.ConnectionError:
                time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        process.wait()


def test_hosts_share_signatures_in_redis_without_pickles(redis_port):
    """Our signatures are datasketch's own: its LSH finds in Redis, from any host, the copies that the index finds."""
    datasketch = pytest.importorskip("datasketch")
    redis = pytest.importorskip("redis")
    config = Config()

    def minhash(text):
        first, hashes = shingles(tokenize([text]), config.shingle_size)
        slots = signatures(first, hashes, config.permutations, config.seed)[0]
        return datasketch.MinHash(num_perm=config.permutations, seed=config.seed, scheme="affine32", hashvalues=slots)

    def shared():
        return datasketch.MinHashLSH(
            num_perm=config.permutations,
            params=(config.bands, config.rows),
            prepickle=False,  # keys are stored as the bytes they are; its default would pickle them
            storage_config={"type": "redis", "basename": b"news", "redis": {"host": "127.0.0.1", "port": redis_port}},
        )

    one_host = shared()
    for row in ROWS:
        one_host.insert(row["id"].encode(), minhash(row["text"]))
    other_host = shared()
    assert set(other_host.query(minhash(WIRE))) == {b"a", b"b"} and other_host.query(minhash(OTHER)) == [b"c"]
    stored = redis.Redis(port=redis_port)
    values = [value for key in stored.scan_iter() if stored.type(key) == b"set" for value in stored.smembers(key)]
    assert values and not any(value.startswith(b"\x80") for value in values)  # how every pickle begins
    found = keys(tokenize([row["text"] for row in ROWS]), config).bands
    assert (found[0] == found[1]).any() and not (found[0] == found[2]).any()


def test_what_comes_slowly_on_a_pipe_is_on_disk_before_the_next_comes(tmp_path):
    path = tmp_path / "news.db"
    command = [sys.executable, "-m", "dedupe", "index", "add", path, "-", "--each"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as adding:
        for number in (1, 2):
            adding.stdin.write(json.dumps({"id": str(number), "text": f"Rates rose by {number}."}) + "\n{oops\n")
            adding.stdin.flush()
            there, ends = False, time.monotonic() + 60
            while not there and time.monotonic() < ends:
                time.sleep(0.05)
                with suppress(IndexFileError), Index(path, readonly=True) as index:
                    there = str(number) in index
            assert there, "it was not added while the pipe was open"
        assert "2 new" in adding.communicate()[0]
