"""What months of use bring an index: links, other folders, forks, interruptions."""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from itertools import count
from pathlib import Path

import numpy as np
import pytest

from dedupe import Index
from dedupe.errors import IndexFileError
from dedupe.index import bulk, leaving, upkeep
from dedupe.index.verify import verify

pytestmark = pytest.mark.filterwarnings("ignore:SQLite")
PLACES = ("harbour", "quarry", "orchard", "reservoir", "brewery", "lighthouse", "tannery", "observatory")


def report(number, place=None):
    """Return an article of about 40 words that shares none of its sentences with others."""
    place = place or PLACES[number % len(PLACES)]
    said = f"The {place} of district {number} was closed on day {number}, and its {number + 40} workers left. "
    return {"id": f"a{number}", "text": said + f"The owner told councillor {number * 7} that the {place} opens again."}


def test_an_index_has_one_lock_and_one_log_by_whatever_link_it_is_opened(tmp_path):
    (tmp_path / "news.db").symlink_to(tmp_path / "data" / "7.db")
    (tmp_path / "data").mkdir()
    with Index(tmp_path / "news.db") as one, Index(tmp_path / "data" / "7.db", timeout=0) as other:
        one.add(report(1))
        with pytest.raises(IndexFileError, match="is writing to it"):
            other.add(report(2))
        assert (tmp_path / "news.db").is_symlink() and len(other) == 1
    assert {path.name for path in tmp_path.iterdir()} == {"news.db", "data"}


def test_an_index_stays_where_it_was_when_the_process_changes_its_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "other").mkdir()
    with Index("news.db") as index:
        index.add(report(1))
    with Index("news.db") as index:
        monkeypatch.chdir(tmp_path / "other")
        index.add(report(2))
        index.compact()
        assert list(index) == ["a1", "a2"] and index.verify() == ()
    assert list((tmp_path / "other").iterdir()) == []


def test_a_fork_is_told_to_open_its_own_though_a_thread_that_it_has_not_was_at_work(tmp_path):
    index, inside, done = Index(tmp_path / "news.db"), threading.Event(), threading.Event()

    def at_work():
        with index._reading():
            inside.set()
            done.wait()

    thread = threading.Thread(target=at_work)
    thread.start()
    inside.wait()
    number = os.fork()
    if not number:
        signal.alarm(20)
        try:
            len(index)
        except IndexFileError:
            index.close()
            os._exit(0)
        os._exit(1)
    done.set()
    thread.join()
    assert os.waitpid(number, 0)[1] == 0
    index.close()


def read_of(index):
    """Return what an index has in memory once it has read what changed, as far as answers follow from it."""
    with index._reading() as store:
        memory, aids = store.memory, store.all_aids()
        keys = np.unique(np.concatenate([np.zeros(0, np.uint32), *(some.keys for some in memory.pending.values())]))
        members = [store.members(story) for story in sorted({*store.stories(aids)})]
        found = [column.tolist() for column in store.find(keys)]
        terms = [some.terms for some in memory.pending.values()]
        counted = memory.frequencies(np.unique(np.concatenate([memory.counts[0], *terms]))).tolist()
        return aids.tolist(), members, found, counted, memory.documents, memory.merged, memory.state


@pytest.mark.parametrize("seed", range(3))
def test_a_reader_that_looks_after_each_change_knows_what_one_that_is_opened_then_knows(tmp_path, monkeypatch, seed):
    monkeypatch.setattr(upkeep, "PENDING", 12)  # so that they settle and merge now and then
    rng = random.Random(seed)
    with Index(tmp_path / "news.db") as index, Index(tmp_path / "news.db", readonly=True) as reader:
        for number in range(60):
            one = report(rng.randrange(30), PLACES[0] if rng.random() < 0.3 else None)
            one["text"] = report(rng.randrange(12))["text"] if rng.random() < 0.3 else one["text"]
            one["published"] = f"2026-01-{number // 3 + 1:02}"
            if rng.random() < 0.3 and len(index):
                index.remove(rng.choice([*index]))
            elif rng.random() < 0.05:
                index.expire(before=f"2026-01-{number // 5 + 1:02}")
            else:
                index.add(one)
            if rng.random() < 0.7:
                with Index(tmp_path / "news.db", readonly=True) as fresh:
                    assert read_of(reader) == read_of(fresh) == read_of(index)


def test_who_may_only_read_a_folder_sees_what_another_user_writes_there_later():
    with tempfile.TemporaryDirectory() as name:  # not tmp_path, whose parents are closed to others
        folder, nobody = Path(name), 65534
        with Index(folder / "news.db") as index:
            index.add(report(0))
        folder.chmod(0o555)
        if os.geteuid() == 0:
            os.seteuid(nobody)  # the superuser may write anywhere
        try:
            reader = Index(folder / "news.db", readonly=True)
            assert len(reader) == 1
        finally:
            if os.getuid() == 0:
                os.seteuid(0)
            folder.chmod(0o755)
        with Index(folder / "news.db") as index:
            for number in range(1, 9):
                index.add(report(number))
                assert len(reader) == number + 1
            index.compact()
            assert list(reader) == list(index)
        assert len(reader) == 9 and reader.verify() == ()
        (folder / "news.db").unlink()
        reader.close()


def test_a_reader_that_holds_the_log_for_long_holds_up_no_add_and_the_log_is_moved_when_it_lets_go(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(upkeep, "LOG", 1 << 16)
    monkeypatch.setattr(upkeep, "PATIENCE", 0.05)
    log = tmp_path / "news.db-wal"
    with Index(tmp_path / "news.db", timeout=60) as index, Index(tmp_path / "news.db", readonly=True) as reader:
        index.add(report(0))
        began = time.monotonic()
        with reader._reading():  # as `verify` of a large file does for minutes
            for number in range(1, 20):
                index.add(report(number))
            held = log.stat().st_size
        assert held > upkeep.LOG and time.monotonic() - began < 30
        monkeypatch.setattr(index._store, "held_until", 0.0)  # as after some seconds
        index.add(report(20))
        assert log.stat().st_size < upkeep.LOG
        assert len(reader) == 21 and index.verify() == ()


class Interrupted(Exception):
    """What a signal's handler raises."""


def interrupted_at(line, work):
    """Return whether work came to an end before so many lines of reading what changed; there it is interrupted."""
    lines, before = count(), sys.gettrace()

    def trace(frame, event, _):
        if not frame.f_code.co_filename.endswith("index/memory.py"):
            return None
        if event == "line" and next(lines) == line:
            raise Interrupted
        return trace

    sys.settrace(trace)
    try:
        work()
    except Interrupted:
        return False
    finally:
        sys.settrace(before)
    return True


@pytest.mark.parametrize("removed", ["", "a1"])
def test_a_reader_that_was_interrupted_anywhere_reads_what_others_read(tmp_path, removed):
    with Index(tmp_path / "news.db") as index:
        for number in range(2):
            index.add(report(number))
        readers = [Index(tmp_path / "news.db", readonly=True) for _ in range(120)]
        for reader in readers:
            assert len(reader) == 2
        index.add(report(6, "quarry"))
        index.add({**report(7), "text": report(6, "quarry")["text"]})
        if removed:
            index.remove(removed)
        words = np.concatenate([value.terms for value in index._store.memory.pending.values()])
        ended = False
        for line, reader in enumerate(readers):
            ended = ended or interrupted_at(line, reader.__len__)
            with reader._reading() as one, index._reading() as other:
                assert one.memory.frequencies(words).tolist() == other.memory.frequencies(words).tolist()
                assert one.stories(one.all_aids()) == other.stories(other.all_aids())
            assert list(reader) == list(index)
            reader.close()
        assert ended and verify(index._store) == ()


@pytest.mark.parametrize("jobs", [1, 2])
def test_of_an_id_that_comes_again_in_a_bulk_load_the_last_text_is_kept_and_the_load_is_not_cut_there(tmp_path, jobs):
    earlier = [{**report(number), "text": f"{report(number)['text']} It was raining."} for number in (1, 2)]
    batch = [report(0), report(0), *earlier, report(3), report(1), report(2), {**report(2), "published": "2026-01-01"}]
    done = []
    with Index(tmp_path / "news.db") as index, Index(tmp_path / "each.db") as each:
        assert index.add_many(batch, jobs=jobs, progress=done.append) == {"new": 4, "known": 2, "changed": 2}
        assert done == [8] and len(index.stats()["runs"]) == 1
        states = [each.add(article).state for article in batch]
        assert [states.count(state) for state in ("new", "known", "changed")] == [4, 2, 2]
        for article in (*batch[:2], *earlier, *map(report, range(4))):
            assert index.check(article).state == each.check(article).state
        assert len(index) == len(each) == 4 and index.verify() == ()


def test_an_update_on_a_pipe_takes_its_place_and_each_record_of_one_is_checked(tmp_path):
    feed = [report(0), report(1), {**report(0), "text": report(2)["text"]}, report(1)]
    lines = "".join(json.dumps(record) + "\n" for record in feed)

    def run(name, *options):
        call = [sys.executable, "-m", "dedupe", "index", name, tmp_path / "news.db", "-", *options]
        return subprocess.run(call, input=lines, capture_output=True, text=True, check=True).stdout

    assert "2 new, 1 changed, 1 known already; 2 articles" in run("add", "--each")
    states = [json.loads(line)["state"] for line in run("check", "-f", "jsonl").splitlines()]
    assert states == ["changed", "known", "known", "known"]


def test_the_log_is_told_beside_the_file_since_a_disk_holds_both(tmp_path):
    with Index(tmp_path / "news.db") as index:
        index.add(report(0))
        assert index.stats()["log"] == (tmp_path / "news.db-wal").stat().st_size > 0
        index.compact()
        assert index.stats()["log"] == 0 and index.stats()["size"] == (tmp_path / "news.db").stat().st_size


def test_what_expires_goes_a_part_at_a_time_and_after_an_interruption_the_rest(tmp_path, monkeypatch):
    monkeypatch.setattr(bulk, "CHUNK", 20)
    monkeypatch.setattr(upkeep, "PENDING", 20)
    batch = [
        {**report(number % 40), "id": f"a{number}", "published": f"2026-01-{number // 6 + 1:02}"}
        for number in range(90)
    ]
    with Index(tmp_path / "news.db") as index, Index(tmp_path / "left.db") as left:
        index.add_many(batch)
        left.add_many(batch[66:])
        parts = count()

        def interrupted(store, aids):
            if next(parts) == 2:
                raise Interrupted
            retire(store, aids)

        retire = leaving.retire
        monkeypatch.setattr(leaving, "retire", interrupted)
        with pytest.raises(Interrupted):
            index.expire(before="2026-01-12")
        assert list(index) == [article["id"] for article in batch[40:]] and index.verify() == ()
        assert len(index._store.memory.gone) <= 20
        assert index.expire(before="2026-01-12") == 26 and list(index) == list(left) and index.verify() == ()
        words = np.unique(np.concatenate([left._store.memory.counts[0], index._store.memory.counts[0]]))
        counted = [one._store.memory.frequencies(words).tolist() for one in (index, left)]
        assert counted[0] == counted[1] and index._store.memory.documents == left._store.memory.documents
