"""`Index`: a file of articles that is asked of each new one what it repeats."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from threading import RLock
from typing import Any, Self

import numpy as np

from ..config import Config, at_least_one, settled
from ..errors import IndexFileError, InputError
from ..model import Article, Paragraph, Skipped, timestamp
from ..pipeline.articles import Articles, as_article, rows_of
from . import bulk, leaving, ready, upkeep
from . import pages as kept_pages
from .judge import judge
from .moves import follow, move
from .near import near
from .standing import Standing
from .stats import stats
from .store import Store
from .stories import Placement
from .taking import id_of, taken
from .verify import verify

WARM = 50  # articles asked of one by one after which the compiled loops are loaded: what they save by then
WAIT = 30.0  # seconds a writer waits for another


class Index:
    """Articles on disk, one file, found again by what they say. Looking never writes; `add` is on disk when it returns.

    >>> import tempfile
    >>> folder = tempfile.TemporaryDirectory()
    >>> wire = "The volcano erupted at dawn, and four villages on its slopes were cleared before noon on Monday."
    >>> with Index(f"{folder.name}/news.db") as index:
    ...     first = index.add({"id": "wire", "text": wire})
    ...     again = index.check({"id": "local", "text": wire})
    ...     (first.state, again.relation.value, again.repeats, again.story, len(index))
    ('new', 'identical', 'wire', 's-1', 1)
    >>> folder.cleanup()

    Any number of processes may read while one writes; a second writer waits `timeout` seconds and is then refused.
    One object may be used by many threads, which take turns. Settings are those the file was made with; giving others
    is an error. What is wrong with the file is told by an `IndexFileError` that says what to do, what is wrong with an
    article (no id, more than 5 million characters) by an `InputError`.
    """

    def __init__(
        self, path: str | Path, config: Config | None = None, *, readonly: bool = False, timeout: float = WAIT
    ) -> None:
        self.path = Path(path)
        self._threads = RLock()
        self._times = 0
        self._warm = False
        self._compiling: Callable[[], None] | None = None  # what waits for its end
        self._store = Store(self.path, {"config": settled(config).to_dict()}, readonly=readonly, timeout=timeout)
        made_with = self._store.settings
        self.config = Config.from_dict(made_with["config"], str(path))
        if config is not None and config != self.config:
            self._store.close()
            raise IndexFileError(f"{path}: {_differing(made_with['config'], config.to_dict())}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Index: {self.path}>"

    def __getstate__(self) -> object:
        raise IndexFileError(f"{self.path}: an open index cannot be pickled or copied; open it in each process")

    def close(self) -> None:
        """Close the file; it may not be used afterwards."""
        with self._turn:
            self._store.close()

    @property
    def _turn(self) -> RLock:
        """Return what threads take turns by; in a fork another, since who held this one may not be there to let go."""
        return self._threads if self._store.own else RLock()

    @contextmanager
    def _reading(self) -> Iterator[Store]:
        with self._turn, self._store.reading():
            yield self._store

    def warm(self) -> None:
        """Load the compiled loops now, half a second's work; else the 50th article that is asked of does.

        They say the same, a few milliseconds earlier. A machine that never ran them compiles them first, in a minute:
        this waits for it. Where it is not called that is done by a process apart from the 50th article on, and
        the loops are taken when they are there; where none is to be had (a pool's worker, not Linux) they are not.
        """
        ready.load()
        self._warm = True

    def _asked(self) -> None:
        self._times += 1
        if self._warm or self._times % WARM:
            return
        if ready.kept():
            self.warm()
        elif self._compiling is None and ready.keepable():
            self._compiling = ready.compile_apart(behind=10)

    # ---- asking

    def check(self, article: Article | Mapping[str, Any], *, passages: bool = True) -> Standing:
        """Return what an article repeats; writes nothing. Without `passages` none are told."""
        self._asked()
        page, unread = taken(article)
        with self._turn, self._store.reading():
            return self._judged(page, unread, passages)[0]

    def _judged(
        self, page: Article, unread: tuple[str, ...], passages: bool
    ) -> tuple[Standing, Placement, kept_pages.Pages, kept_pages.Wanted, int]:
        store = self._store
        row = store.named(page.id)
        changed = row is not None and row.page["text"] != kept_pages.fingerprint(page)
        state = "new" if row is None else "changed" if changed else "known"
        own = row.aid if row else 0
        read = kept_pages.read(store, [page], self.config, [own] if own else [], counted=state == "known")
        find = kept_pages.wanted(read)
        found = near(store, find, self.config, own)
        standing, placement = judge(
            store, read, found, self.config, state=state, own=own, unread=unread, passages=passages
        )
        return standing, placement, read, find, own

    def label(self, article: Article | Mapping[str, Any] | str) -> tuple[Paragraph, ...]:
        """Return the paragraphs of a page or text with their roles, by what the index has seen its outlet repeat."""
        page, _ = taken(as_article(article, "page"))  # its id is needed only where the index has it
        with self._reading() as store:
            row = store.named(page.id)
            return kept_pages.read(store, [page], self.config, [row.aid] if row else []).labelled.paragraphs(0)

    def __contains__(self, id: object) -> bool:
        with self._reading() as store:
            return store.named(id_of(id)) is not None

    def __len__(self) -> int:
        with self._reading() as store:
            return store.memory.state.live

    def __iter__(self) -> Iterator[str]:
        """Return the ids of the articles, in the order they came; not those that come meanwhile."""
        with self._reading() as store:
            aids = store.all_aids().tolist()
        for at in range(0, len(aids), 1000):
            with self._reading() as store:
                some = [aid for aid in aids[at : at + 1000] if store.memory.story[aid]]
                ids = [row.page["id"] for row in store.articles(some)]
            yield from ids

    def story(self, story: str) -> tuple[str, ...]:
        """Return the ids of the articles of a story ("s-17"), in the order they came; none for one that there is not.

        The id of a story that became part of another leads to that.
        """
        number = str(story).removeprefix("s-")
        with self._reading() as store:
            aids = store.members(store.memory.resolve(int(number))) if number.isdecimal() else []
            return tuple(row.page["id"] for row in store.articles(aids))

    # ---- changing

    def lock(self) -> None:
        """Take the right to write now, not with the first change: it is kept until this is closed."""
        with self._turn:
            self._store.become_writer()

    def add(self, article: Article | Mapping[str, Any], *, passages: bool = True) -> Standing:
        """Return what an article repeats, and keep it: checked and added in one transaction, on disk when this returns.

        An article whose id, title and text are known changes nothing (also where its date or outlet is another now);
        another title or text under a known id takes its place.
        """
        self._asked()
        page, unread = taken(article)
        with self._turn, self._store.writing():
            standing, placement, read, find, own = self._judged(page, unread, passages)
            if standing.state == "known":
                return standing
            told = [placement.copies], [placement.alike], [placement.several]
            (entry,) = kept_pages.entries(kept_pages.drafts(read), *told)
            keys, _ = kept_pages.found_by(read, find)
            (terms, _), _ = kept_pages.added(read.weights, [placement.copies])
            (was,) = self._store.stories([own])
            if own:
                leaving.retire(self._store, [own])
            aid = self._store.append(entry, keys, terms, placement.story)
            move(self._store, placement.moves)
            if was:
                follow(self._store, was, aid)
            return standing if standing.story else replace(standing, story=f"s-{aid}")

    def add_many(
        self,
        articles: Articles,
        *,
        jobs: int = 2,
        skipped: list[Skipped] | None = None,
        progress: Callable[[int], None] = lambda done: None,
    ) -> dict[str, int]:
        """Return how many articles were "new", "known" and "changed", having added all of them.

        Also takes a pandas, polars or Arrow table. Each some thousand are one transaction. When interrupted, start
        again: what is known is only looked up. An article that cannot be kept (no id, no text, too long) is appended to
        `skipped`; without that list it ends the load with an error. `progress` is told how many are done.
        """
        at_least_one("jobs", jobs)
        with self._turn:
            return bulk.add_many(self._store, rows_of(articles), self.config, jobs, skipped, progress)

    def remove(self, id: object) -> bool:
        """Return whether there was an article of this id, or of the id of this one, having removed it.

        Others may be in another story then: whoever notes their stories asks `check` or `story` for them again.
        """
        with self._turn, self._store.writing():
            row = self._store.named(id_of(id))
            if row:
                leaving.remove(self._store, [row.aid], self.config)
            return row is not None

    def expire(self, *, before: date | str) -> int:
        """Return how many articles were removed: those published before a date, or added before it if undated.

        `before`: a date, or one in ISO 8601 ("2025-01-01"); anything else is an `InputError`. Each some thousand are
        one transaction. When interrupted, start again.
        """
        days = timestamp(str(before))
        if np.isnan(days):
            raise InputError(f"{before!r} is not a date; give one like {datetime.now(UTC).date().isoformat()}")
        with self._turn:
            self._store.become_writer()  # before it is asked: nobody changes what was found
            with self._reading() as store:
                found = store.published_before(days)
            for at in range(0, len(found), bulk.CHUNK):
                with self._store.writing():  # which takes the words of those before out of memory
                    leaving.retire(self._store, found[at : at + bulk.CHUNK])
            upkeep.before_writing(self._store)  # now: else each who opens the file reads the words of what was removed
        return len(found)

    def compact(self) -> None:
        """Sort everything into one run and give unused space back to the disk; takes the file's size of free disk."""
        with self._turn:
            upkeep.compact(self._store)

    # ---- looking after

    def verify(self) -> tuple[str, ...]:
        """Return what is wrong with the file, a line for each thing; nothing when it is sound."""
        with self._turn:
            return verify(self._store)

    def stats(self) -> dict[str, Any]:
        """Return the numbers of the index by name: articles, stories, words counted, sizes in bytes, settings."""
        with self._reading() as store:
            return stats(store)


def _differing(made: dict[str, Any], asked: dict[str, Any]) -> str:
    names = [name for name in asked if made.get(name) != asked[name]]
    told = ", ".join(f"{name} = {made.get(name)!r}, not {asked[name]!r}" for name in names)
    return f"was made with {told}; open it without settings, or make another index"
