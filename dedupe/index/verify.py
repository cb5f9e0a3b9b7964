"""Everything in a file read once and held against everything else."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from itertools import pairwise

import numpy as np

from ..errors import IndexFileError
from . import arrays, postings, stored
from .store import Store

_AT_ONCE = 1000


def verify(store: Store) -> tuple[str, ...]:
    """Return what is wrong with the file, a line for each thing; nothing when it is sound."""
    store.usable()
    wrong: list[str] = []
    for check in (_sqlite, _arrays, _articles, _postings):
        try:
            with store.reading():
                check(store, wrong.append)
        except IndexFileError as error:
            wrong.append(str(error))
        except sqlite3.Error as error:
            wrong.append(f"{store.path}: {error}")
    return tuple(dict.fromkeys(wrong))


def _sqlite(store: Store, tell: Callable[[str], None]) -> None:
    for (line,) in store.db.execute("PRAGMA integrity_check(20)"):
        if line != "ok":
            tell(f"{store.path}: SQLite finds: {line}")


def _arrays(store: Store, tell: Callable[[str], None]) -> None:
    for n, content in store.db.execute("SELECT n, content FROM part ORDER BY n"):
        try:
            arrays.unseal(n, content, str(store.path))
        except IndexFileError as error:
            tell(str(error))


def _articles(store: Store, tell: Callable[[str], None]) -> None:
    """Every article that was not removed has a row and a body, and is found by its id; no other has."""
    expected = store.all_aids()
    if len(expected) != store.memory.state.live:
        tell(f"{store.path}: {store.memory.state.live} articles expected, {len(expected)} have a story")
    for table in ("article", "body"):
        there = [aid for (aid,) in store.db.execute(f"SELECT aid FROM {table} ORDER BY aid")]
        if there != expected.tolist():
            tell(f"{store.path}: table {table} lacks articles, or has some that were removed")
            return
    for at in range(0, len(expected), _AT_ONCE):
        some = expected[at : at + _AT_ONCE].tolist()
        store.bodies(some)
        keys = np.array([stored.id_key(row.page["id"]) for row in store.articles(some)], dtype=np.uint32)
        first, found = store.find(keys)
        for aid, (low, high) in zip(some, pairwise(first.tolist()), strict=True):
            if aid not in found[low:high]:
                tell(f"{store.path}: article {aid} is not found by its id")


def _postings(store: Store, tell: Callable[[str], None]) -> None:
    """Runs follow each other and are sorted, and their first keys are those kept apart."""
    hi = 0
    for opened in store.memory.runs:
        run = opened.run
        if run.lo <= hi or run.hi > store.memory.state.settled or len(opened.fences) != run.parts:
            tell(f"{store.path}: run {run.array} covers the wrong articles")
        hi = run.hi
        before = 0
        for at in range(0, run.parts, _AT_ONCE):
            numbers = range(at, min(at + _AT_ONCE, run.parts))
            for number, (keys, aids) in zip(numbers, postings.read(store.db, run, numbers), strict=True):
                count = min(run.entries - number * postings.ENTRIES, postings.ENTRIES)
                ascending = int(keys[0]) >= before and bool(np.all(keys[1:] >= keys[:-1]))
                inside = run.lo <= int(aids[:count].min()) and int(aids[:count].max()) <= run.hi
                if not (ascending and inside and keys[0] == opened.fences[number]):
                    tell(f"{store.path}: part {number} of run {run.array} is out of order")
                before = int(keys[-1])
