"""The promises of the file an index lives in. `DEDUPE_SOAK=1 pytest tests/test_index_store.py` keeps them at length."""

import errno
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from itertools import pairwise, product
from pathlib import Path
from zlib import crc32

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from dedupe import candidates
from dedupe.config import Config
from dedupe.errors import DedupeError, IndexFileError
from dedupe.index import arrays, counts, file, lookup, merging, postings, stored, upkeep
from dedupe.index.lock import WriterLock
from dedupe.index.moves import move
from dedupe.index.store import Store
from dedupe.index.verify import verify
from dedupe.tfidf import count_terms
from dedupe.tfidf.stems import stems_of
from dedupe.words import tokenize

pytestmark = pytest.mark.filterwarnings("ignore:SQLite")
SOAK = bool(os.environ.get("DEDUPE_SOAK"))
KILLS, RACES, CORRUPTIONS, MACHINES = (200, 50, 200, 200) if SOAK else (6, 10, 30, 8)


def entry(name, text="", keys=()):
    """Return an entry, its keys and its terms: all follow from its id and text, so that a mixture is noticed."""
    rng = np.random.default_rng(sum(map(ord, name + text)))
    found_by = np.array([stored.id_key(name), *keys, *rng.integers(1 << 16, 1 << 32, 6).tolist()], dtype=np.uint32)
    made = stored.Entry(
        page={"id": name, "title": f"title of {name}", "text": text},
        published=float("nan") if len(name) % 2 else 20000.5,
        body=f"body of {name}{text}".encode("utf-8", "surrogatepass"),
    )
    return made, found_by, np.unique(rng.integers(0, 500, 20)).astype(np.uint32)


def store_at(path, *, readonly=False, timeout=10.0):
    return Store(Path(path), {"shingle_size": 5}, readonly=readonly, timeout=timeout)


def add(store, name, text="", keys=()):
    with store.writing():
        return store.append(*entry(name, text, keys))


def retire(store, aids):
    rows = store.articles(aids)
    store.retire(aids, [entry(row.page["id"], row.page["text"])[2] for row in rows])


def names(store):
    with store.reading():
        return [row.page["id"] for row in store.articles(store.all_aids().tolist())]


def whole(store, name):
    """Return whether the article of this id is there with all that belongs to it."""
    with store.reading():
        row = store.named(name)
        if row is None:
            return False
        made, keys, _ = entry(name, row.page["text"])
        assert row.page == made.page
        assert store.bodies([row.aid]) == [made.body]
        first, aids = store.find(keys)
        assert all(row.aid in aids[low:high] for low, high in pairwise(first.tolist()))
        assert row.aid not in store.find(keys, without=row.aid)[1]
        return True


@pytest.fixture(autouse=True)
def few_pending(monkeypatch):
    monkeypatch.setattr(upkeep, "PENDING", 7)  # so that a short test settles, merges and sweeps


def test_what_was_added_is_there_when_the_file_is_opened_again(tmp_path):
    store = store_at(tmp_path / "news.db")
    for i in range(30):
        add(store, f"a{i}")
    store.close()
    again = store_at(tmp_path / "news.db", readonly=True)
    assert names(again) == [f"a{i}" for i in range(30)]
    assert all(whole(again, f"a{i}") for i in range(30)) and not whole(again, "a30")
    assert verify(again) == ()


def test_the_newest_articles_of_a_key_come_back_in_order(tmp_path):
    store = store_at(tmp_path / "news.db")
    for i in range(50):
        add(store, f"a{i}", keys=[77])
    with store.reading():
        first, aids = store.find(np.array([5, 77], dtype=np.uint32), limit=200)
        assert first.tolist() == [0, 0, 50] and aids.tolist() == list(range(1, 51))
        _, newest = store.find(np.array([77], dtype=np.uint32), limit=3)
        assert newest.tolist()[-3:] == [48, 49, 50]


@pytest.fixture(params=[False, True], ids=["plain", "compiled"])
def either_way(request, monkeypatch):
    """Look up without the kernels, then with them."""
    monkeypatch.setattr(lookup, "compiled", lambda *size: request.param)
    return request.param


def with_runs(store, *runs, last):
    """Write runs of (keys, articles), in pieces, as those of the store."""
    for n, pieces in enumerate(runs):
        written = postings.write(store.db, 16 + 3 * n, 1, last, sum(len(keys) for keys, _ in pieces), pieces)
        store.memory.runs.append(postings.load(store.db, written))
    store.memory.set_story(last, last)
    store.memory.story[1:] = 1
    store.change(last=last)


def test_a_key_of_many_parts_is_found_from_its_end(tmp_path, either_way):
    store = store_at(tmp_path / "news.db")
    keys = np.repeat(np.arange(1, 8, dtype=np.uint32) << np.uint32(20), 1200)
    aids = np.tile(np.arange(1, 1201, dtype=np.uint32), 7)
    with store.writing():
        with_runs(store, [(keys[:1000], aids[:1000]), (keys[1000:], aids[1000:])], last=1200)
        first, found = store.find(np.array([0, 3 << 20, 7 << 20, 9 << 20], dtype=np.uint32), 256)
    assert first.tolist() == [0, 0, 256, 512, 512] and found.tolist() == list(range(945, 1201)) * 2


def test_older_runs_are_asked_until_a_key_has_led_to_enough(tmp_path, either_way):
    store = store_at(tmp_path / "news.db")
    key, other = (np.full(40, key, dtype=np.uint32) for key in (7, 9))
    with store.writing():
        runs = [[(key, np.arange(low, low + 40, dtype=np.uint32))] for low in (1, 41, 81)]
        with_runs(store, *runs[:2], [(key[:30], runs[2][0][1][:30]), (other[:10], runs[2][0][1][30:])], last=120)
        store.memory.set_story(105, 0)
        first, found = store.find(np.array([9, 7, 7, 8], dtype=np.uint32), 32, without=79)
    assert first.tolist() == [0, 10, 70, 130, 130]
    assert found[:10].tolist() == list(range(111, 121))
    alive = [*range(49, 79), 80, *range(81, 105), *range(106, 111)]
    assert found[10:70].tolist() == found[70:].tolist() == alive


def test_removed_articles_hide_no_older_ones_of_their_key(tmp_path, either_way):
    store = store_at(tmp_path / "news.db")
    key, other = (np.full(700, key, dtype=np.uint32) for key in (7, 9))
    aids = np.arange(1, 701, dtype=np.uint32)
    with store.writing():
        with_runs(store, [(key, aids), (other, aids)], [(key[:300], aids[:300] + 700)], last=1000)
        store.memory.story[[*range(200, 790), *range(800, 1000)]] = 0
        first, found = store.find(np.array([9, 7, 8, 7], dtype=np.uint32), 32, without=790)
    assert first.tolist() == [0, 32, 64, 64, 96]
    assert found[:32].tolist() == list(range(168, 200))
    assert found[32:64].tolist() == found[64:].tolist() == [*range(178, 200), *range(791, 800), 1000]


def test_the_kernel_looks_up_what_the_plain_way_does(tmp_path):
    rng = np.random.default_rng(5)
    store = store_at(tmp_path / "news.db")
    wanted = np.concatenate((np.arange(450, dtype=np.uint32) << np.uint32(20), [0, 2**32 - 1])).astype(np.uint32)
    runs = []
    for size in (20_000, 300, 7_000):
        keys = np.sort(rng.integers(0, 400, size).astype(np.uint32) << np.uint32(20))
        runs.append([(keys, rng.integers(1, 5000, size).astype(np.uint32))])
    most = 0
    with store.writing():
        with_runs(store, *runs, last=5000)
        store.memory.story[rng.integers(1, 5000, 900)] = 0
        for limit in (1, 30, 300):
            for some in (wanted, rng.permutation(wanted), wanted[:0], np.repeat(wanted[40:50], 3)):
                found = []
                for compiled, at_once in product((False, True), (1 << 14, 100)):
                    with pytest.MonkeyPatch.context() as patch:
                        for module in (lookup, postings):
                            patch.setattr(module, "compiled", lambda *size, answer=compiled: answer)
                        patch.setattr(lookup, "_AT_ONCE", at_once)
                        found.append(store.find(some, limit, without=17))
                for other in found[1:]:
                    assert all(map(np.array_equal, found[0], other))
                most = max(most, len(found[0][1]))
    assert most > 20_000


def test_the_kernels_write_and_merge_the_runs_that_the_plain_way_does(tmp_path):
    rng = np.random.default_rng(6)
    keys = rng.integers(0, 2**32, (2, 9_000), dtype=np.uint32)
    aids = np.repeat(np.arange(1, 181, dtype=np.uint32), 100).reshape(2, 9_000)
    written = {}
    for compiled in (False, True):
        store = store_at(tmp_path / f"{compiled}.db")
        with store.writing(), pytest.MonkeyPatch.context() as patch:
            patch.setattr(postings, "compiled", lambda *size, answer=compiled: answer)
            pieces = [[postings.ordered(*arrived)] for arrived in zip(keys, aids, strict=True)]
            runs = [postings.write(store.db, 16 + 3 * i, 1, 180, 9_000, piece) for i, piece in enumerate(pieces)]
            opened = [postings.load(store.db, run) for run in runs]
            both = merging.merged(store.db, opened, lambda aids: aids % 7 > 0)
            postings.write(store.db, 22, 1, 180, 18_000, both)
        written[compiled] = store.db.execute("SELECT n, content FROM part ORDER BY n").fetchall()
    assert written[False] == written[True]
    assert len(written[True]) > 200


def test_document_frequencies_are_counted_alike_pending_and_settled(tmp_path, monkeypatch):
    one, other = store_at(tmp_path / "one.db"), store_at(tmp_path / "other.db")
    for i in range(20):
        add(one, f"a{i}")
    monkeypatch.setattr(upkeep, "PENDING", 1000)
    for i in range(20):
        add(other, f"a{i}")
    terms = np.arange(500, dtype=np.uint32)
    slow = sum(np.isin(terms, entry(f"a{i}")[2]).astype(float) for i in range(20))
    with one.reading(), other.reading():
        assert np.array_equal(one.memory.frequencies(terms), slow)
        assert np.array_equal(other.memory.frequencies(terms), slow)
        assert one.memory.documents == other.memory.documents == 20


def test_the_words_of_removed_articles_are_counted_no_more_pending_and_settled(tmp_path):
    store, terms = store_at(tmp_path / "news.db"), np.arange(500, dtype=np.uint32)
    for i in range(20):
        add(store, f"a{i}")
    with store.writing():
        retire(store, [1, 9])
    slow = sum(np.isin(terms, entry(f"a{i}")[2]).astype(float) for i in range(20) if i not in (0, 8))
    for settled in (lambda: None, lambda: upkeep.compact(store)):
        settled()
        with store.reading():
            assert np.array_equal(store.memory.frequencies(terms), slow) and store.memory.documents == 18


def test_old_counts_are_halved(tmp_path, monkeypatch):
    monkeypatch.setattr(upkeep, "AGE", 10)
    store = store_at(tmp_path / "news.db")
    for i in range(40):
        add(store, f"a{i}")
    with store.reading():
        assert store.memory.documents < 20
        assert verify(store) == ()


def test_many_articles_added_at_once_are_found_like_those_added_one_by_one(tmp_path):
    store = store_at(tmp_path / "news.db")
    add(store, "first")
    made, keys, terms = zip(*(entry(f"a{i}") for i in range(40)), strict=True)
    places = np.repeat(np.arange(40), [len(some) for some in keys]).astype(np.uint32)
    with store.writing(settled=True):
        store.append_many(made, [0, 2] * 20, postings.ordered(np.concatenate(keys), places), counts.added(terms))
    add(store, "last")
    assert names(store) == ["first", *(f"a{i}" for i in range(40)), "last"] and all(
        whole(store, f"a{i}") for i in range(40)
    )
    with store.reading():
        assert store.members(2) == [2, *range(3, 42, 2)] and store.members(4) == [4]
    assert verify(store) == ()


def test_joined_stories_resolve_to_one_in_every_reader(tmp_path):
    store, reader = store_at(tmp_path / "news.db"), None
    for i in range(10):
        add(store, f"a{i}")
    reader = store_at(tmp_path / "news.db", readonly=True)
    with store.writing():
        move(store, [(9, 2)])
        move(store, [(2, 1), (9, 1)])
    with reader.reading():
        assert reader.members(1) == [1, 2, 9] and reader.stories([9, 3]) == [1, 3]
        assert [reader.memory.resolve(story) for story in (9, 2, 1, 3)] == [1, 1, 1, 3]
        assert reader.memory.state.divided == 0


def test_a_divided_story_is_so_in_every_reader_and_when_settled(tmp_path):
    store = store_at(tmp_path / "news.db")
    for i in range(10):
        add(store, f"a{i}")
    reader = store_at(tmp_path / "news.db", readonly=True)
    for moves in ([(2, 1), (9, 1), (10, 1)], [(2, 2), (9, 2)], [(10, 3)]):
        with store.writing():
            move(store, moves)
        with reader.reading():
            assert reader.stories([aid for aid, _ in moves]) == [story for _, story in moves]
    with store.writing():
        retire(store, [9])
    upkeep.compact(store)
    for one in (store, reader, store_at(tmp_path / "news.db", readonly=True)):
        with one.reading():
            assert [one.members(story) for story in (1, 2, 3, 9, 10)] == [[1], [2], [3, 10], [], []]
            assert [one.memory.resolve(story) for story in (2, 9, 10)] == [2, 1, 1]
            assert one.memory.state.divided == 2 and one.memory.state.moves == 0
    assert verify(store) == ()


def test_a_removed_article_is_gone_for_good(tmp_path):
    store = store_at(tmp_path / "news.db")
    for i in range(30):
        add(store, f"a{i}")
    with store.writing():
        retire(store, [1, 9, 30])
    assert names(store) == [f"a{i}" for i in range(1, 29) if i != 8] and verify(store) == ()
    upkeep.compact(store)
    assert names(store) == [f"a{i}" for i in range(1, 29) if i != 8] and verify(store) == ()
    assert len(store.memory.runs) == 1 and store.memory.runs[0].run.entries == 27 * 7


def compacted_without(path, count, gone):
    store = store_at(path)
    for i in range(count):
        add(store, f"a{i}")
    upkeep.compact(store)
    with store.writing():
        retire(store, gone)
    return store


def test_an_index_of_one_run_gives_the_space_of_what_was_removed_back_too(tmp_path):
    store = compacted_without(tmp_path / "news.db", 5, [2])
    upkeep.compact(store)
    assert [opened.run.entries for opened in store.memory.runs] == [4 * 7]


def test_a_compacted_file_is_as_small_as_what_is_left_in_it(tmp_path):
    store = store_at(tmp_path / "news.db")
    for i in range(20):
        add(store, f"a{i}", "x" * 100_000)
    with store.writing():
        retire(store, [*range(2, 21)])
    upkeep.compact(store)
    assert names(store) == ["a0"] and (tmp_path / "news.db").stat().st_size < 500_000


def test_many_that_are_removed_are_taken_out_of_the_counts_with_the_next_article(tmp_path):
    store = compacted_without(tmp_path / "news.db", 9, [*range(1, 8)])
    assert len(store.memory.gone) == 7
    add(store, "new")
    assert not len(store.memory.gone)


def test_there_are_never_more_runs_to_ask_than_may_be(tmp_path, monkeypatch):
    monkeypatch.setattr(upkeep, "RUNS", 2)
    store, runs = store_at(tmp_path / "news.db"), set()
    for i in range(90):
        add(store, f"a{i}")
        runs.add(len(store.memory.runs))
    assert max(runs) == 2


class AgainstADictionary(RuleBasedStateMachine):
    """Any sequence of changes leaves what the same changes leave in a dictionary."""

    def __init__(self):
        super().__init__()
        self.folder = Path(os.environ.get("PYTEST_TMP", "/tmp"), f"dedupe-{os.getpid()}-{random.random()}")
        self.folder.mkdir(parents=True)
        self.store, self.known, self.story = store_at(self.folder / "news.db"), {}, {}

    @rule(name=st.sampled_from("abcdefghij"), text=st.sampled_from(["", "x", "\0", "\ud800", "é" * 300]))
    def put(self, name, text):
        with self.store.writing():
            if row := self.store.named(name):
                retire(self.store, [row.aid])
            self.story[name] = self.store.append(*entry(name, text))
        self.known[name] = text

    @rule(moved=st.dictionaries(st.sampled_from("abcdefghij"), st.sampled_from("abcdefghij"), min_size=1))
    def regroup(self, moved):
        with self.store.writing():
            aids = {name: row.aid for name in "abcdefghij" if (row := self.store.named(name))}
            moves = {aids[one]: aids[other] for one, other in moved.items() if one in aids and other in aids}
            move(self.store, [*moves.items()])
        self.story |= {name: moves[aid] for name, aid in aids.items() if aid in moves}

    @rule(name=st.sampled_from("abcdefghij"))
    def remove(self, name):
        with self.store.writing():
            if row := self.store.named(name):
                retire(self.store, [row.aid])
        self.known.pop(name, None)

    @rule(name=st.sampled_from("abcdefghij"))
    def fail(self, name):
        with pytest.raises(ZeroDivisionError), self.store.writing():
            aid = self.store.append(*entry(name, "lost"))
            move(self.store, [(aid - 1, aid)] if aid > 1 else [])
            raise ZeroDivisionError

    @rule()
    def reopen(self):
        self.store.close()
        self.store = store_at(self.folder / "news.db")

    @rule()
    def compact(self):
        upkeep.compact(self.store)

    @invariant()
    def agrees(self):
        with self.store.reading():
            held = {row.page["id"]: row.page["text"] for row in self.store.articles(self.store.all_aids().tolist())}
            assert held == self.known and self.store.memory.state.live == len(self.known)
            aids = {name: row.aid for name in "abcdefghij" if (row := self.store.named(name))}
            assert set(aids) == set(self.known)
            story = {aid: self.story[name] for name, aid in aids.items()}
            assert dict(zip(story, self.store.stories([*story]), strict=True)) == story
            for one in {*story.values()}:
                assert self.store.members(one) == sorted(aid for aid in story if story[aid] == one)
                assert self.store.memory.resolve(one) == one

    def teardown(self):
        assert verify(self.store) == ()
        self.store.close()
        shutil.rmtree(self.folder)


TestAgainstADictionary = AgainstADictionary.TestCase
TestAgainstADictionary.settings = settings(max_examples=MACHINES, stateful_step_count=50, deadline=None)


WORKER = """
import sys; sys.path[:0] = [{tests!r}]
import warnings; warnings.simplefilter("ignore")
from test_index_store import *
upkeep.PENDING = 7
"""


def worker(code, *arguments):
    """Start another process that knows this module's helpers."""
    head = WORKER.format(tests=str(Path(__file__).parent))
    return subprocess.Popen(
        [sys.executable, "-c", head + code, *map(str, arguments)], stdout=subprocess.PIPE, text=True
    )


def forked(work, *arguments):
    """Start another process that does this work, in milliseconds; return its number and what it writes."""
    read, write = os.pipe()
    if number := os.fork():
        os.close(write)
        return number, os.fdopen(read)
    os.close(read)
    with os.fdopen(write, "w") as said:
        work(lambda line: print(line, file=said, flush=True), *arguments)
    os._exit(0)


def add_forever(tell, path, first):
    store = store_at(path)
    for i in range(first, 10**9):
        with store.writing():
            aid = store.append(*entry(f"a{i}", keys=[77]))
            move(store, [(aid - 1, aid - 2)] if aid > 2 else [])
        tell(i)


def test_no_acknowledged_article_is_lost_when_the_writer_is_killed(tmp_path):
    path, rng, acknowledged = tmp_path / "news.db", random.Random(1), -1
    for _ in range(KILLS):
        number, said = forked(add_forever, path, acknowledged + 1)
        for line in said:
            acknowledged = int(line)
            if rng.random() < 0.05:
                break
        time.sleep(rng.random() * 0.01)
        os.kill(number, signal.SIGKILL)
        acknowledged = max([acknowledged, *(int(line) for line in said)])
        said.close()
        os.waitpid(number, 0)
        reader = store_at(path, readonly=True)
        found = names(reader)
        assert (
            found[: acknowledged + 1] == [f"a{i}" for i in range(acknowledged + 1)] and len(found) <= acknowledged + 2
        )
        acknowledged = len(found) - 1  # one may have been committed and not acknowledged
        assert all(whole(reader, name) for name in found[-10:])
        with reader.reading():  # each article but the newest left for the story before it when the next one came
            stories = reader.stories(reader.all_aids())
            assert stories == [1, *range(1, len(found) - 1), len(found)][: len(found)]
        assert verify(reader) == ()
        reader.close()


READ_FOREVER = """
reader = store_at(sys.argv[1], readonly=True)
seen = 0
while seen < int(sys.argv[2]):
    with reader.reading():
        found = names(reader)
        _, aids = reader.find(np.array([77], dtype=np.uint32))
        assert len(found) >= seen and found == [f"a{i}" for i in range(len(found))]
        newest = aids.tolist()[-200:]  # a key leads to the newest of each run
        assert newest == list(range(1, len(found) + 1))[-len(newest):]
        assert not found or whole(reader, found[-1])
    seen = len(found)
"""


def test_readers_in_other_processes_never_see_part_of_an_article(tmp_path):
    path = tmp_path / "news.db"
    store = store_at(path)
    count = 1000 if SOAK else 120
    readers = [worker(READ_FOREVER, path, count) for _ in range(2)]
    for i in range(count):
        add(store, f"a{i}", keys=[77])
    assert [reader.wait(120) for reader in readers] == [0, 0]


READ_UNTIL_TOLD = """
store = store_at(sys.argv[1], readonly=True)
print("reading", flush=True)
while not Path(sys.argv[1] + ".stop").exists():
    assert all(whole(store, name) for name in ("a0", "a1"))
"""


def test_readers_go_on_while_the_file_they_have_mapped_shrinks(tmp_path):
    path = tmp_path / "news.db"
    store = store_at(path)
    rounds, large = 20 if SOAK else 3, "é" * 4000
    for name in ("a0", "a1"):
        add(store, name)
    upkeep.compact(store)
    reader = worker(READ_UNTIL_TOLD, path)
    assert reader.stdout.readline() == "reading\n"
    for _ in range(rounds):
        with store.writing():
            added = [store.append(*entry(f"b{i}", large)) for i in range(100)]
        upkeep.compact(store)
        before = path.stat().st_size
        with store.writing():
            retire(store, added)
        while path.stat().st_size > before // 2:  # not while a reader looks at what was removed
            upkeep.compact(store)
        assert whole(store, "a0") and reader.poll() is None
    path.with_name("news.db.stop").touch()
    assert reader.wait(60) == 0


RACE = """
for line in sys.stdin:
    store = store_at(line.strip(), timeout=60)
    with store.writing():
        new = store.named("same") is None
        if new:
            store.append(*entry("same"))
    store.close()
    print("new" if new else "known", flush=True)
"""


def test_of_many_who_race_to_add_an_article_exactly_one_is_first(tmp_path):
    head = WORKER.format(tests=str(Path(__file__).parent))
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    racers = [subprocess.Popen([sys.executable, "-c", head + RACE], **pipes) for _ in range(3)]
    for race in range(RACES):
        for racer in racers:
            racer.stdin.write(f"{tmp_path / str(race)}.db\n")
            racer.stdin.flush()
        assert sorted(racer.stdout.readline().strip() for racer in racers) == ["known", "known", "new"]
    for racer in racers:
        racer.communicate()


def test_of_many_threads_that_race_exactly_one_is_first(tmp_path):
    for race in range(RACES):
        said = []

        def run(path=tmp_path / f"{race}.db", said=said):
            store = store_at(path, timeout=60)
            with store.writing():
                new = store.named("same") is None
                if new:
                    store.append(*entry("same"))
            store.close()
            said.append(new)

        threads = [threading.Thread(target=run) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(said) == [False] * 5 + [True]


def test_a_second_writer_waits_and_is_then_told_who_writes(tmp_path):
    store, other = store_at(tmp_path / "news.db"), store_at(tmp_path / "news.db", timeout=0.05)
    add(store, "a")
    with pytest.raises(IndexFileError, match=rf"news\.db: process {os.getpid()} is writing"):
        add(other, "b")
    assert whole(other, "a")
    store.close()
    add(other, "b")
    assert names(other) == ["a", "b"]


LOCKED = """
import fcntl, sys
with open(sys.argv[1], "rb+") as file:
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 510, 0x40000002)  # what readers of SQLite files lock
    except OSError:
        print("locked")
"""


def test_opening_an_index_again_leaves_the_locks_of_the_first(tmp_path):
    first = store_at(tmp_path / "news.db")
    add(first, "a")

    def locked():
        asked = [sys.executable, "-c", LOCKED, tmp_path / "news.db"]
        return subprocess.run(asked, capture_output=True, text=True, check=True).stdout

    assert locked() == "locked\n"
    second = store_at(tmp_path / "news.db", readonly=True)
    assert whole(second, "a")
    second.close()
    assert locked() == "locked\n"
    first.close()
    assert locked() == ""


def test_each_add_is_synced_and_only_the_writer_checkpoints(tmp_path):
    store, reader = store_at(tmp_path / "news.db"), None
    add(store, "a")
    reader = store_at(tmp_path / "news.db", readonly=True)
    assert store.db.execute("PRAGMA synchronous").fetchone() == (2,)
    assert store.db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert store.db.execute("PRAGMA wal_autocheckpoint").fetchone() == (0,)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        reader.db.execute("DELETE FROM article")


@pytest.mark.skipif(not shutil.which("strace"), reason="counts system calls with strace, which is not installed")
def test_one_sync_for_each_add(tmp_path):
    code = "store = store_at(sys.argv[1])\nupkeep.PENDING = 1000\nadd(store, 'first')\n" + (
        "os.write(2, b'begin')\nfor i in range(20): add(store, f'a{i}')\nos.write(2, b'end')\n"
    )
    head = WORKER.format(tests=str(Path(__file__).parent))
    trace = tmp_path / "trace"
    command = ["strace", "-f", "-e", "trace=fsync,fdatasync,write", "-o", trace, sys.executable, "-c", head + code]
    subprocess.run([*command, str(tmp_path / "news.db")], check=True, capture_output=True)
    text = trace.read_text()
    inside = text[text.index('"begin"') : text.index('"end"')]
    assert inside.count("fdatasync(") + inside.count("fsync(") == 20


def test_a_disk_too_full_for_the_lock_is_told_by_the_name_of_the_index(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "pwrite", full)
    with pytest.raises(IndexFileError, match=r"news\.db: cannot be written.*no space left") as told:
        WriterLock(tmp_path / "news.db", 0)
    monkeypatch.undo()
    WriterLock(tmp_path / "news.db", 0).release()  # it was let go of, though the error still knows of it
    assert told.value


def test_a_full_disk_loses_nothing_acknowledged_and_stops_nothing_later(tmp_path):
    store = store_at(tmp_path / "news.db")
    acknowledged, refused, limit = [], 0, 10
    while len(acknowledged) < 200:
        add_to = f"a{len(acknowledged)}"
        store.become_writer()
        store.db.execute(f"PRAGMA max_page_count = {limit}")
        try:
            add(store, add_to)
            acknowledged.append(add_to)
        except DedupeError as error:
            assert "disk is full" in str(error) and "news.db" in str(error)
            assert names(store) == acknowledged
            refused, limit = refused + 1, limit + 1  # a little room is made
    assert refused >= 3 and names(store) == acknowledged and verify(store) == ()


LIMITED = """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
store = store_at(sys.argv[1])
store.become_writer()
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    for i in range(10**6):
        add(store, f"a{i}")
        print(i, flush=True)
except DedupeError as error:
    assert "news.db" in str(error), error
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    add(store, f"a{i}")
    print(i, flush=True)
"""


def test_a_write_that_fails_anywhere_loses_nothing_acknowledged(tmp_path):
    for limit in range(100_000, 1_000_000, 40_000 if SOAK else 400_000):
        path = tmp_path / f"{limit}.news.db"
        process = worker(LIMITED, path, limit)
        said = [int(line) for line in process.stdout]
        assert process.wait() == 0
        reader = store_at(path, readonly=True)
        assert names(reader) == [f"a{i}" for i in said] and verify(reader) == ()


def test_damage_ends_in_an_error_or_in_the_right_answer(tmp_path):
    path, rng = tmp_path / "news.db", random.Random(5)
    store = store_at(path)
    for i in range(150):
        add(store, f"a{i}", keys=[77])
    with store.writing():
        retire(store, [5, 70])
    store.close()
    sound = path.read_bytes()
    noticed = 0
    for round in range(CORRUPTIONS):
        content = bytearray(sound)
        at = rng.randrange(len(content) - 64)
        content[at : at + 64] = rng.randbytes(64)
        hurt = tmp_path / f"{round}.db"
        hurt.write_bytes(content)
        try:
            reader = store_at(hurt, readonly=True)
            for i in range(150):
                assert whole(reader, f"a{i}") == (i not in (4, 69))
            with reader.reading():
                _, aids = reader.find(np.array([77], dtype=np.uint32))
                assert aids.tolist() == [i for i in range(1, 151) if i not in (5, 70)]
            reader.close()
        except DedupeError as error:
            noticed += 1
            assert f"{round}.db" in str(error)
        hurt.unlink()
    assert noticed  # the rest hit pages that are free


def test_a_damaged_or_missing_log_is_noticed(tmp_path):
    store = store_at(tmp_path / "news.db")
    for i in range(20):
        add(store, f"a{i}")
    names_of = ("news.db", "news.db-wal", "news.db.lock")
    whole_log = (tmp_path / "news.db-wal").read_bytes()
    for case, log in {
        "same": whole_log, "none": None, "flipped": whole_log[:9000] + b"\xff" * 64 + whole_log[9064:],
        "cut": whole_log[: len(whole_log) // 2],
    }.items():  # fmt: skip
        (tmp_path / case).mkdir()
        for name in names_of:
            shutil.copy(tmp_path / name, tmp_path / case / name)  # as a crash leaves them
        log_file = tmp_path / case / "news.db-wal"
        log_file.unlink() if log is None else log_file.write_bytes(log)
        if case == "same":
            assert len(names(store_at(tmp_path / case / "news.db"))) == 20
            continue
        with pytest.raises(IndexFileError, match="of the last changes are missing: its log"):
            store_at(tmp_path / case / "news.db")
        (tmp_path / case / "news.db.lock").unlink()
        assert len(names(store_at(tmp_path / case / "news.db"))) < 20
    store.close()


def test_verify_notices_what_sqlite_does_not(tmp_path):
    path = tmp_path / "news.db"
    store = store_at(path)
    for i in range(20):
        add(store, f"a{i}")
    store.close()
    db = sqlite3.connect(path)
    db.execute("UPDATE article SET page = replace(page, 'title of a3', 'title of a4') WHERE aid = 4")
    db.execute("DELETE FROM pending WHERE aid = 20")
    db.commit()
    assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    db.close()
    assert any("damaged" in line for line in verify(store_at(path, readonly=True)))


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "is empty"),
        (b"some text, and no index", "is not an index"),
        (b"\x80\x04\x95\x1f" + bytes(200), "is not an index"),
        (b"SQLite format 3\0" + b"\x10\0\x01\x01\0\x40\x20\x20" + bytes(76), "is an SQLite file of another program"),
    ],
)
def test_what_is_no_index_is_refused_by_name_and_left_alone(tmp_path, content, what):
    path = tmp_path / "news.idx"
    path.write_bytes(content)
    with pytest.raises(IndexFileError, match=rf"news\.idx: {what}"):
        store_at(path)
    assert path.read_bytes() == content and os.listdir(tmp_path) == ["news.idx"]


def test_another_programs_database_and_a_newer_format_are_refused(tmp_path):
    db = sqlite3.connect(tmp_path / "other.db")
    db.execute("CREATE TABLE t(x)")
    db.close()
    with pytest.raises(IndexFileError, match=r"other\.db: is an SQLite file of another program"):
        store_at(tmp_path / "other.db")
    store_at(tmp_path / "new.db").close()
    db = sqlite3.connect(tmp_path / "new.db")
    db.execute(f"PRAGMA user_version = {file.FORMAT + 1}")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    with pytest.raises(
        IndexFileError, match=rf"new\.db: has format {file.FORMAT + 1}, this dedupe reads up to {file.FORMAT}; update"
    ):
        store_at(tmp_path / "new.db")


def test_what_articles_are_found_by_is_what_their_format_says():
    """Where this fails, what a file holds of its articles has another meaning: raise FORMAT, and mend both numbers."""
    texts = [
        "The mayors of Bath announced 3 measures",
        "Die Bürgermeister der Städte kündigten an, dass Brände und Banken",
        "Мэра Томска задержали в пятницу, сообщили в мэрии и на шахте",
        "وقال وزير الخارجية إن المحادثات في القاهرة",
        "ראש הממשלה אמר כי במרוקו הכלא",
        "서울시는 5일 화재가 발생했다고 밝혔다",
        "新华社昆明2月5日电 警方說",
        "5日午前、富山県立山町で雪崩",
        "ตำรวจกล่าวว่า",
    ]
    words, none = tokenize(texts), tokenize([""] * len(texts))
    terms = count_terms(stems_of(texts, words, [""] * len(texts), none)[0]).key
    found_by = candidates.keys(words, Config())
    held = terms, found_by.exact, found_by.bands, found_by.sketch
    assert (file.FORMAT, crc32(b"".join(column.tobytes() for column in held))) == (7, 782378442)


def test_a_path_that_cannot_be_an_index_is_named(tmp_path):
    with pytest.raises(IndexFileError, match="is a folder"):
        store_at(tmp_path)
    with pytest.raises(IndexFileError, match=r"nowhere.*cannot be"):
        store_at(tmp_path / "nowhere" / "news.db")
    with pytest.raises(IndexFileError, match=r"no such index"):
        store_at(tmp_path / "none.db", readonly=True)


def test_a_read_only_folder_can_be_read_and_not_written():
    nobody = 65534
    with tempfile.TemporaryDirectory() as name:  # not tmp_path, whose parents are closed to others
        folder = Path(name)
        store = store_at(folder / "news.db")
        add(store, "a")
        store.close()
        (folder / "news.db.lock").unlink()
        folder.chmod(0o555)
        if os.geteuid() == 0:
            os.seteuid(nobody)  # the superuser may write anywhere
        try:
            reader = store_at(folder / "news.db")
            assert whole(reader, "a")
            with pytest.raises(IndexFileError, match="cannot be written"):
                add(reader, "b")
            with pytest.raises(IndexFileError, match="cannot be written"):
                store_at(folder / "other.db")
            reader.close()
        finally:
            if os.getuid() == 0:
                os.seteuid(0)
            folder.chmod(0o700)


def test_a_forked_process_is_told_to_open_its_own(tmp_path, monkeypatch):
    store = store_at(tmp_path / "news.db")
    monkeypatch.setattr(os, "getpid", lambda: -1)
    with pytest.raises(IndexFileError, match="forked"), store.reading():
        pass


def test_a_writer_that_is_dropped_without_being_closed_lets_the_next_one_in(tmp_path):
    path = tmp_path / "news.db"
    store = store_at(path)
    add(store, "a")
    store = store_at(path, timeout=0)  # as where a cell of a notebook is run again
    add(store, "b")
    assert names(store) == ["a", "b"]


def test_a_forked_process_that_closes_what_it_was_given_leaves_its_own_files_open_and_the_writer_at_work(tmp_path):
    store = store_at(tmp_path / "news.db")
    add(store, "a")

    def close_it(tell):
        own = [os.open(os.devnull, os.O_RDONLY) for _ in range(3)]  # one gets the number that the lock had
        store.close()
        tell([os.fstat(file).st_rdev for file in own])

    number, said = forked(close_it)
    with said:
        assert said.read().strip()
    os.waitpid(number, 0)
    add(store, "b")
    with pytest.raises(IndexFileError, match="is writing to it"):
        add(store_at(tmp_path / "news.db", timeout=0), "c")
    assert names(store) == ["a", "b"] and verify(store) == ()


def test_what_an_interrupted_merge_wrote_is_swept(tmp_path):
    store = store_at(tmp_path / "news.db")
    add(store, "a")
    with store.transaction():
        arrays.write_bytes(store.db, 400, b"left over" * 1000)
    store.close()
    again = store_at(tmp_path / "news.db")
    add(again, "b")
    assert arrays.all_numbers(again.db) == []
