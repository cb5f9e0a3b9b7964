"""The articles on disk: opened, looked up, added to in one transaction each. Knows nothing of what the values mean."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from ..errors import IndexFileError
from . import arrays, counts, file, lookup, postings, stored, upkeep
from .lock import WriterLock, acknowledged
from .memory import Memory
from .state import State

# Articles a key leads to, the newest: what three parts hold at least. A page that a thousand sites carry is still found
# by each of them.
LIMIT = 2 * postings.ENTRIES + 1


class Store:
    """An open index file. Many may read it at a time, in any process, while one writes."""

    def __init__(self, path: Path, settings: dict[str, Any], *, readonly: bool, timeout: float) -> None:
        path = Path(os.path.realpath(path))  # one lock whatever link it is opened by, and wherever the process goes
        self.path, self.readonly, self.timeout = path, readonly, timeout
        self.memory = Memory()
        self._lock: WriterLock | None = None
        self._process = os.getpid()
        self._closed = False
        self.held_until = 0.0  # by a reader the log is, on the monotonic clock, as far as is known
        if not file.recognise(path):
            self._make(settings)
        noted = acknowledged(path)  # read first: a writer may go on meanwhile
        with file.named_errors(path):
            self.db, self._still = file.connect(path, write=False, timeout=timeout)
            self.settings = json.loads(file.get(self.db, "settings"))
            version = State.from_json(file.get(self.db, "state")).version
        if version < noted:
            self.db.close()
            raise IndexFileError(
                f"{path}: {noted - version} of the last changes are missing: its log, {path.name}-wal, is "
                f"damaged or gone, or an older copy took its place; to go on with what is left, delete {path}.lock"
            )

    def _make(self, settings: dict[str, Any]) -> None:
        if self.readonly:
            raise IndexFileError(f"{self.path}: there is no such index; open it without readonly=True to make one")
        lock = WriterLock(self.path, self.timeout)
        try:
            if not file.recognise(self.path):  # nobody else made it while we waited
                file.create(self.path, settings, State().to_json())
                lock.note(0)
        finally:
            lock.release()

    def close(self) -> None:
        """Close the file; a writer moves its log into it first. What a fork was given is its parent's to close."""
        if not self.own:
            self._closed = True
            return
        if self._lock:
            with suppress(sqlite3.Error):  # a full disk, say: the log keeps all of it for the next to open the file
                file.move_log(self.db, upkeep.PATIENCE)
            self._lock.release()
            self._lock = None
        self._closed = True
        self.db.close()

    @property
    def own(self) -> bool:
        """Return whether this process opened it, not the one that this was forked from."""
        return os.getpid() == self._process

    def usable(self) -> None:
        """Raise an error where it is closed, or another process opened it."""
        if self._closed:
            raise IndexFileError(f"{self.path}: this index is closed; open it again")
        if not self.own:
            raise IndexFileError(f"{self.path}: was opened before this process was forked; open it in each process")

    @contextmanager
    def reading(self) -> Iterator[None]:
        """See one state of the index, whatever is written meanwhile."""
        self.usable()
        if self.db.in_transaction:
            yield
            return
        with file.named_errors(self.path):
            if self._still and file.still(self.path) != self._still:  # another user writes to it by now
                self.db.close()
                self.db, self._still = file.connect(self.path, write=False, timeout=self.timeout)
            try:  # an interruption may come as soon as it has begun
                self.db.execute("BEGIN")
                self._refresh()
                yield
            finally:
                if self.db.in_transaction:
                    self.db.execute("ROLLBACK")

    def _refresh(self) -> None:
        text = file.get(self.db, "state", self.memory.read)
        if text != self.memory.read:
            first = not self.memory.read
            try:
                self.memory.refresh(self.db, State.from_json(text))
            except BaseException:
                self.memory = Memory()  # it may have read a part
                raise
            if first:
                file.map_pages(self.db)
            self.memory.read = text

    @contextmanager
    def writing(self, *, settled: bool = False) -> Iterator[None]:
        """Change the index: all of what is done inside or nothing, and on disk when it is left.

        `settled`: nothing is pending inside, as `append_many` needs it.
        """
        self.become_writer()
        upkeep.before_writing(self, settled=settled)
        with self.transaction():
            yield

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Hold the one right to change the file, and commit what was done."""
        with file.named_errors(self.path):
            try:
                self.db.execute("BEGIN IMMEDIATE")
                self._refresh()
                before = self.memory.state
                yield
                if self.memory.state is not before:
                    self.change(version=before.version + 1)
                    self.memory.read = self.memory.state.to_json()
                    file.put(self.db, "state", self.memory.read)
                self.db.execute("COMMIT")
                if self._lock and self.memory.state is not before:
                    self._lock.note(self.memory.state.version)
            except BaseException:
                self.memory = Memory()  # it may be ahead of the file now
                if self.db.in_transaction:
                    self.db.execute("ROLLBACK")
                raise

    def become_writer(self) -> None:
        """Take the right to write, which is kept until the store is closed."""
        self.usable()
        if self._lock:
            return
        if self.readonly:
            raise IndexFileError(f"{self.path}: was opened with readonly=True; open it without to write")
        lock = WriterLock(self.path, self.timeout)
        try:
            with file.named_errors(self.path):
                db, _ = file.connect(self.path, write=True, timeout=self.timeout)
        except BaseException:
            lock.release()
            raise
        before, self.db, self._lock, self._still = self.db, db, lock, None
        before.close()
        upkeep.sweep(self)

    def change(self, **fields: Any) -> None:
        """Note new values of the state; they are written when the transaction ends."""
        self.memory.state = msgspec.structs.replace(self.memory.state, **fields)

    # ---- looking

    def find(
        self, keys: NDArray[np.uint32], limit: int = LIMIT, without: int = 0
    ) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
        """Return (first, articles): those that have key i are articles[first[i] : first[i + 1]]; see `lookup.find`."""
        return lookup.find(self.db, self.memory, keys, limit, without)

    def articles(self, aids: Sequence[int]) -> list[stored.Row]:
        """Return the rows of articles, in the order asked for."""
        found = self._select("aid, page, added, published, crc FROM article", aids)
        return [stored.read_article(found[aid], self.db.where) for aid in aids]

    def entries(self, aids: Sequence[int]) -> Iterator[tuple[stored.Row, bytes]]:
        """Yield the rows and the packed reporting of articles, in the order asked for."""
        found = self._select("aid, page, added, published, crc, sealed FROM article JOIN body USING (aid)", aids)
        for *columns, sealed in map(found.__getitem__, aids):
            yield stored.read_article(columns, self.db.where), arrays.unseal(columns[0], sealed, self.db.where)

    def bodies(self, aids: Sequence[int]) -> list[bytes]:
        """Return the packed reporting of articles, in the order asked for."""
        found = self._select("aid, sealed FROM body", aids)
        return [arrays.unseal(aid, found[aid][1], self.db.where) for aid in aids]

    def _select(self, what: str, aids: Sequence[int]) -> dict[int, Any]:
        found = {row[0]: row for row in arrays.selected(self.db, f"SELECT {what} WHERE aid IN ({{}})", aids)}
        if missing := [aid for aid in aids if aid not in found]:
            raise arrays.damaged(str(self.path), f"article {missing[0]} is missing")
        return found

    def named(self, id: str) -> stored.Row | None:
        """Return the article of an id."""
        _, aids = self.find(np.array([stored.id_key(id)], dtype=np.uint32))
        return next((row for row in self.articles(aids.tolist()) if row.page["id"] == id), None)

    def all_aids(self) -> NDArray[np.int64]:
        """Return the numbers of all articles, oldest first."""
        return np.flatnonzero(self.memory.story[: self.memory.state.last + 1])

    def published_before(self, days: float) -> list[int]:
        """Return the numbers of the articles published, or added if undated, before a day since 1970, oldest first."""
        asked = "SELECT aid FROM article WHERE coalesce(published, added) < ? ORDER BY aid"
        return [aid for (aid,) in self.db.execute(asked, (days,))]

    def stories(self, aids: Sequence[int] | NDArray[Any]) -> list[int]:
        """Return the story of each article, as of now; 0 of number 0, which none has."""
        stories: list[int] = self.memory.story[np.asarray(aids, dtype=np.int64)].tolist()
        return stories

    def members(self, story: int) -> list[int]:
        """Return the articles of a story, oldest first."""
        return self.memory.members(story)

    # ---- changing, inside writing()

    def append(self, entry: stored.Entry, keys: NDArray[np.uint32], terms: NDArray[np.uint32], story: int = 0) -> int:
        """Add an article to a story, 0: to one of its own, named by its number; return its number.

        `keys`: what it is found by; `terms`: distinct, what it adds to the document frequencies.
        """
        aid = self.memory.state.last + 1
        self._insert([(aid, entry)])
        pending = stored.Pending(story or aid, keys, terms)
        self.db.execute("INSERT INTO pending VALUES (?, ?)", (aid, stored.pack(aid, pending)))
        self.memory.arrive(aid, pending)
        self.change(last=aid, live=self.memory.state.live + 1)
        return aid

    def append_many(
        self, entries: Sequence[stored.Entry], stories: Sequence[int], keys: postings.Postings, added: counts.Added
    ) -> None:
        """Add articles as a run of their own; nothing may be pending. A story of 0 is one of its own.

        `keys`: what they are found by, each with the place of its article among them, in order.
        """
        first = self.memory.state.last + 1
        self._insert(enumerate(entries, first))
        for aid, story in enumerate(stories, first):
            self.memory.set_story(aid, story or aid)
        self.change(last=first + len(entries) - 1, live=self.memory.state.live + len(entries))
        upkeep.settle(self, (keys[0], keys[1] + np.uint32(first)), added)

    def _insert(self, entries: Iterable[tuple[int, stored.Entry]]) -> None:
        now, listed = time.time() / 86400, list(entries)
        articles = (stored.article(aid, entry, now) for aid, entry in listed)
        self.db.executemany("INSERT INTO article VALUES (?, ?, ?, ?, ?)", articles)
        bodies = ((aid, arrays.seal(aid, entry.body)) for aid, entry in listed)
        self.db.executemany("INSERT INTO body VALUES (?, ?)", bodies)

    def retire(self, aids: Sequence[int], terms: Sequence[NDArray[np.uint32]]) -> None:
        """Remove articles, given the words that they added to the counts. Their postings go when runs merge.

        What came before counts were last halved stays in what is left of it, and fades with the next halvings.
        """
        memory = self.memory
        for aid, words in zip(aids, terms, strict=True):
            self.db.execute("DELETE FROM article WHERE aid = ?", (aid,))
            self.db.execute("DELETE FROM body WHERE aid = ?", (aid,))
            memory.set_story(aid, 0)
            if value := memory.pending.get(aid):
                self.pend_anew(aid, value._replace(story=0, terms=value.terms[:0]))
            elif len(words) and aid > memory.state.faded:
                self.note("gone", memory.state.gone + 1, words)
                memory.take_back(words)
                self.change(gone=memory.state.gone + 1)
        upkeep.write_stories(self, [aid for aid in aids if aid <= memory.state.settled])
        self.change(live=memory.state.live - len(aids), epoch=memory.state.epoch + 1)

    def note(self, table: str, n: int, numbers: NDArray[Any]) -> None:
        """Write numbers into row `n` of a table that every reader reads to its end."""
        self.db.execute(f"INSERT INTO {table} VALUES (?, ?)", (n, arrays.seal(n, numbers.astype("<u4").tobytes())))

    def pend_anew(self, aid: int, value: stored.Pending) -> None:
        """Put a value in the place of a pending one; its words are counted instead of that one's."""
        self.memory.arrive_anew(aid, value)
        self.db.execute("UPDATE pending SET sealed = ? WHERE aid = ?", (stored.pack(aid, value), aid))
