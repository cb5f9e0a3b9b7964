"""What an open index keeps in memory: all of it is read from the file, and none of it is an answer of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from . import arrays, counts, postings, stored
from .arrays import Connection
from .counts import Counts, Level
from .joined import Joined
from .recent import Recent
from .state import STORY, State
from .tail import Tail, newest

if TYPE_CHECKING:
    from .hashed import Hashed
    from .kept import Held

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
        self.pending: dict[int, stored.Pending] = {}
        self.checks: dict[int, bytes] = {}  # the checksums of those that were read
        self.tail: Tail | Hashed = Tail()  # pending articles by key, and their words, less those that are gone
        self.merged: dict[int, int] = {}  # story -> the story it became part of
        self.merges = 0  # entries that tell so
        self.moves: list[NDArray[np.uint32]] = []  # rows of (article, the story it went to), not yet in the array
        self.waiting = 0  # pending articles whose words are counted
        self.levels: dict[Level, Counts] = {}  # counts of words as they are on disk
        self.counted = counts.Table(counts.NONE)  # the sum of all levels
        self.recent: Recent[Held] = Recent(RECENT)  # articles as they were kept; a number is given to one only
        self.gone: list[NDArray[np.uint32]] = []  # the words of articles that were removed, not yet taken back

    def refresh(self, db: Connection, state: State) -> None:
        """Read what changed since the state that is in memory."""
        if state.version < self.state.version:
            raise arrays.damaged(db.where, "it is older than a moment ago")
        if state.version == self.state.version:
            return
        if state.runs != self.state.runs:  # whatever settles or merges is a run of a number that there never was
            self._read_settled(db, state)
        elif state.epoch != self.state.epoch:
            self._read_removed(db, state)
        seen = max(state.settled, max(self.pending, default=0))
        pending = db.execute("SELECT aid, sealed FROM pending WHERE aid > ? ORDER BY aid", (seen,)).fetchall()
        if [aid for aid, _ in pending] != list(range(seen + 1, state.last + 1)):
            raise arrays.damaged(db.where, "pending articles are missing")
        for aid, sealed in pending:
            self.arrive(aid, stored.unpack(aid, sealed, db.where))
            self.checks[aid] = sealed[:4]
        for words in _numbered(db, "gone", len(self.gone), state.gone):
            self.take_back(words)
        for pairs in _numbered(db, "move", len(self.moves), state.moves):
            self.move(pairs.reshape(-1, 2))
        for pair in _numbered(db, "merge", self.merges, state.merges):
            self.join(*pair.tolist())
        self.state = state

    def _read_settled(self, db: Connection, state: State) -> None:
        known = {opened.run: opened for opened in self.runs}
        self.runs = [known.get(run) or postings.load(db, run) for run in state.runs]
        story = _stories(db, state)
        self.story, self.joined = story if len(story) else np.zeros(1, dtype=np.uint32), None
        self._read_counts(db, state)
        self.nothing_pends()

    def _read_removed(self, db: Connection, state: State) -> None:
        """Read what was removed, and which pending articles are counted since: of the others nothing changed."""
        story = _stories(db, state)
        self.story[: len(story)][story == 0] = 0
        self._read_counts(db, state)
        for aid, sealed in db.execute(
            "SELECT aid, sealed FROM pending WHERE aid <= ?", (max(self.pending, default=0),)
        ):
            if sealed[:4] != self.checks.get(aid):  # 2,000 are compared in 2 ms, taken in anew in 30
                self.arrive_anew(aid, stored.unpack(aid, sealed, db.where))
                self.checks[aid] = sealed[:4]

    def _read_counts(self, db: Connection, state: State) -> None:
        if list(self.levels) != list(state.counts):
            held = self.levels
            self.hold({level: held.get(level) or counts.read(db, level) for level in state.counts})

    def nothing_pends(self) -> None:
        """Forget what was pending: it has settled."""
        self.pending, self.checks, self.gone, self.moves, self.waiting, self.tail = {}, {}, [], [], 0, Tail()

    def newest(self) -> Tail | Hashed:
        """Return what is pending by key and by word."""
        self.tail = newest(self.tail, self.pending, self.gone)
        return self.tail

    def hold(self, levels: dict[Level, Counts]) -> None:
        """Take these levels for the counts of words."""
        every = list(levels.values())
        self.levels, self.counted = levels, counts.Table(every[0] if len(every) == 1 else counts.total(every))

    def take_back(self, terms: NDArray[np.uint32]) -> None:
        """Note the words of an article that was removed."""
        self.newest().count(terms, -1)
        self.gone.append(terms)

    def arrive(self, aid: int, value: stored.Pending) -> None:
        """Take in a pending article."""
        tail = self.newest()
        tail.count(value.terms, 1)
        if value.story:
            tail.post(aid, value.keys)
        self.pending[aid] = value
        self.set_story(aid, value.story)
        self.waiting += bool(len(value.terms))

    def arrive_anew(self, aid: int, value: stored.Pending) -> None:
        """Take another value for a pending article; its words are counted instead of that one's."""
        gone, tail = self.pending[aid].terms, self.newest()
        tail.count(gone, -1)
        tail.count(value.terms, 1)
        self.waiting += bool(len(value.terms)) - bool(len(gone))
        self.pending[aid] = value
        if not value.story:
            self.set_story(aid, 0)

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


def _stories(db: Connection, state: State) -> NDArray[np.uint32]:
    """Return the story of each settled article as it is on disk."""
    return arrays.read_bytes(db, STORY, 4 * (state.settled + 1) if state.settled else 0).view("<u4")


def _numbered(db: Connection, table: str, known: int, count: int) -> list[NDArray[np.uint32]]:
    """Return what `Store.note` wrote into the rows of a table after the last one that is known, up to row `count`."""
    found = db.execute(f"SELECT n, sealed FROM {table} WHERE n > ? ORDER BY n", (known,)).fetchall()
    if [n for n, _ in found] != list(range(known + 1, count + 1)):
        raise arrays.damaged(db.where, f"rows of table {table} are missing")
    return [np.frombuffer(arrays.unseal(n, sealed, db.where), "<u4") for n, sealed in found]
