"""What an open index keeps in memory: all of it is read from the file, and none of it is an answer of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..words import compiled
from . import arrays, counts, postings, rows
from .joined import Joined
from .recent import Recent
from .state import STORY, State
from .tail import Tail, newest

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from .counts import Counts, Level
    from .hashed import Hashed
    from .kept import Kept

_AT_ONCE = 1 << 14  # keys looked up at a time: 64 MB of parts at most
# Characters of the articles that are held decoded: some 2,900 of them, 30 MB. Of those that 700 reports of Reuters, one
# after the other, are near, half are held, and with a quarter of it three in ten.
RECENT = 1 << 23
STORIES_A_PART = arrays.PART // 4


class Memory:
    """The pending articles as maps, the first keys and filters of the runs, each article's story, the counted words."""

    def __init__(self) -> None:
        self.state = State(version=-1)
        self.read = ""  # the text of the state that was read last
        self.runs: list[postings.Open] = []
        self.story: NDArray[np.uint32] = np.zeros(1, dtype=np.uint32)  # of each article by number; 0: removed
        self.joined: Joined | None = None  # the same the other way round, from when it is first asked for
        self.pending: dict[int, rows.Pending] = {}
        self.tail: Tail | Hashed = Tail()  # pending articles by key, and their words, less those that are gone
        self.merged: dict[int, int] = {}  # story -> the story it became part of
        self.merges = 0  # entries that tell so
        self.moves: list[NDArray[np.uint32]] = []  # rows of (article, the story it went to), not yet in the array
        self.waiting = 0  # pending articles whose words are counted
        self.levels: dict[Level, Counts] = {}  # counts of words as they are on disk
        self.counted = counts.Table(counts.NONE)  # the sum of all levels
        self.recent: Recent[Kept] = Recent(RECENT)  # articles as they were kept; a number is given to one only
        self.gone: list[NDArray[np.uint32]] = []  # the words of articles that were removed, not yet taken back

    def refresh(self, db: sqlite3.Connection, where: str, state: State) -> None:
        """Read what changed since the state that is in memory."""
        if state.version < self.state.version:
            raise arrays.damaged(where, "it is older than a moment ago")
        if state.version == self.state.version:
            return
        if (state.epoch, state.settled) != (self.state.epoch, self.state.settled):
            self._read_settled(db, where, state)
        seen = max(state.settled, max(self.pending, default=0))
        pending = db.execute("SELECT aid, sealed FROM pending WHERE aid > ? ORDER BY aid", (seen,)).fetchall()
        if [aid for aid, _ in pending] != list(range(seen + 1, state.last + 1)):
            raise arrays.damaged(where, "pending articles are missing")
        for aid, sealed in pending:
            self.arrive(aid, rows.unpack(aid, sealed, where))
        self._read_gone(db, where, state)
        self._read_moves(db, where, state)
        self._read_merges(db, where, state)
        self.state = state

    def _read_settled(self, db: sqlite3.Connection, where: str, state: State) -> None:
        known = {opened.run: opened for opened in self.runs}
        self.runs = [known.get(run) or postings.load(db, where, run) for run in state.runs]
        story = arrays.read_bytes(db, where, STORY, 4 * (state.settled + 1) if state.settled else 0)
        self.story, self.joined = story.view("<u4") if len(story) else np.zeros(1, dtype=np.uint32), None
        if list(self.levels) != list(state.counts):
            held = self.levels
            self.hold({level: held.get(level) or counts.read(db, where, level) for level in state.counts})
        self.nothing_pends()

    def nothing_pends(self) -> None:
        """Forget what was pending: it has settled."""
        self.pending, self.gone, self.moves, self.waiting, self.tail = {}, [], [], 0, Tail()

    def newest(self) -> Tail | Hashed:
        """Return what is pending by key and by word."""
        self.tail = newest(self.tail, self.pending, self.gone)
        return self.tail

    def hold(self, levels: dict[Level, Counts]) -> None:
        """Take these levels for the counts of words."""
        every = list(levels.values())
        self.levels, self.counted = levels, counts.Table(every[0] if len(every) == 1 else counts.total(every))

    def _read_gone(self, db: sqlite3.Connection, where: str, state: State) -> None:
        fresh = db.execute("SELECT n, sealed FROM gone WHERE n > ? ORDER BY n", (len(self.gone),))
        for terms in _numbered(fresh, where, len(self.gone), state.gone, "words of removed articles"):
            self.take_back(terms)

    def take_back(self, terms: NDArray[np.uint32]) -> None:
        """Note the words of an article that was removed."""
        self.newest().count(terms, -1)
        self.gone.append(terms)

    def _read_merges(self, db: sqlite3.Connection, where: str, state: State) -> None:
        fresh = db.execute("SELECT n, sealed FROM merge WHERE n > ? ORDER BY n", (self.merges,))
        for pair in _numbered(fresh, where, self.merges, state.merges, "merges of stories"):
            self.join(*pair.tolist())

    def _read_moves(self, db: sqlite3.Connection, where: str, state: State) -> None:
        fresh = db.execute("SELECT n, sealed FROM move WHERE n > ? ORDER BY n", (len(self.moves),))
        for pairs in _numbered(fresh, where, len(self.moves), state.moves, "moves between stories"):
            self.move(pairs.reshape(-1, 2))

    def arrive(self, aid: int, value: rows.Pending) -> None:
        """Take in a pending article."""
        tail = self.newest()
        tail.count(value.terms, 1)
        if value.story:
            tail.post(aid, value.keys)
        self.pending[aid] = value
        self.set_story(aid, value.story)
        self.waiting += bool(len(value.terms))

    def set_story(self, aid: int, story: int) -> None:
        """Note the story of an article, or 0 when it was removed."""
        if aid >= len(self.story):
            self.story = np.concatenate((self.story, np.zeros(max(aid, 1024), dtype=np.uint32)))
        self.story[aid] = story
        if self.joined and story:
            self.joined.note(aid, story)

    def members(self, story: int) -> list[int]:
        """Return the articles of a story, oldest first."""
        if self.joined is None or self.joined.full:
            self.joined = Joined(self.story)
        if not 0 < story < len(self.story):
            return []
        return sorted(aid for aid in {*self.joined.of(story)} if self.story[aid] == story)

    def move(self, pairs: NDArray[np.uint32]) -> None:
        """Note that articles went to other stories; one that was removed since stays so."""
        for aid, story in pairs.tolist():
            if self.story[aid]:
                self.set_story(aid, story)
        self.moves.append(pairs)

    def join(self, story: int, into: int) -> None:
        """Note that a story became part of another; of itself: that it is a story of its own again."""
        self.merged[story] = into
        if story == into:
            del self.merged[story]
        self.merges += 1

    def resolve(self, story: int) -> int:
        """Return the story that the id of a story leads to by now."""
        while story in self.merged:
            story = self.merged[story]
        return story

    def live(self, aids: NDArray[np.uint32]) -> NDArray[np.bool_]:
        """Return which articles were not removed."""
        alive: NDArray[np.bool_] = self.story[aids] != 0
        return alive

    def find(
        self, db: sqlite3.Connection, where: str, keys: NDArray[np.uint32], limit: int
    ) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
        """Return (positions in `keys`, live articles that have that key), by position, then article."""
        found = [new for new in ([self.newest().find(keys, limit)] if self.pending else []) if len(new[0])]
        many = np.zeros(len(keys), dtype=np.int64)
        for places, _ in found:
            many += np.bincount(places, minlength=len(keys))
        order = _ascending(keys) if len(keys) > _AT_ONCE else None
        for opened in reversed(self.runs):  # the newest first, until a key has led to enough
            few = np.flatnonzero(many < limit) if order is None else order[many[order] < limit]
            for at in range(0, len(few), _AT_ONCE):  # neighbouring keys, so that no look-up reads all of a run
                here = few[at : at + _AT_ONCE]
                places, aids = postings.find(db, where, opened, keys[here], limit)
                if len(aids):
                    found.append((here[places], aids))
                if opened is not self.runs[0]:  # after the oldest nobody asks
                    many[here] += np.bincount(places, minlength=len(here))
        if not found:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.uint32)
        places, aids = found[0] if len(found) == 1 else map(np.concatenate, zip(*reversed(found), strict=True))
        if aids.max() > self.state.last:
            raise arrays.damaged(where, "a posting names an article that never came")
        if compiled(len(aids), __package__):
            from . import kernel

            whose: tuple[NDArray[np.int64], NDArray[np.uint32]] = kernel.by_place(places, aids, self.story, len(keys))
            return whose
        kept = self.live(aids)
        places, aids = places[kept], aids[kept]
        order = np.argsort(places, kind="stable")  # the runs come oldest first, the pending last
        return places[order], aids[order]

    @property
    def counts(self) -> Counts:
        """Return in how many settled articles each word stands."""
        return self.counted.counts

    def frequencies(self, terms: NDArray[np.uint32]) -> NDArray[np.int64]:
        """Return in how many articles each word was counted, int64."""
        found = self.counted.look_up(terms)
        if self.pending or self.gone:
            found += self.newest().changes(terms)
        return found

    @property
    def documents(self) -> int:
        """Return the number of articles whose words are counted."""
        return self.state.documents + self.waiting - len(self.gone)


def _ascending(keys: NDArray[np.uint32]) -> NDArray[np.int64]:
    """Return the places of keys in their order, equal ones as they stand: numpy sorts numbers faster than places."""
    if (keys[1:] >= keys[:-1]).all():
        return np.arange(len(keys))
    packed = np.sort(keys.astype(np.uint64) << np.uint64(32) | np.arange(len(keys), dtype=np.uint64))
    return (packed & np.uint64(0xFFFFFFFF)).astype(np.int64)


def _numbered(
    fresh: Iterable[tuple[int, bytes]], where: str, known: int, count: int, what: str
) -> list[NDArray[np.uint32]]:
    """Return the numbers in sealed rows; they have to be all of those from the last one known to `count`."""
    found = list(fresh)
    if [n for n, _ in found] != list(range(known + 1, count + 1)):
        raise arrays.damaged(where, f"{what} are missing")
    return [np.frombuffer(arrays.unseal(n, sealed, where), "<u4") for n, sealed in found]
