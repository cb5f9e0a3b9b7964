"""What keeps an index small and quick: pending articles settle into runs, runs merge, the log moves into the file."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

import numpy as np

from . import arrays, counts, file, merging, postings
from .memory import STORIES_A_PART
from .state import FIRST_RUN, STORY
from .store import Store

PENDING = 2048  # articles kept in memory until they are sorted into a run: 25 MB and 30 ms of opening
RUNS = 4  # at most; each costs a look-up of every key that passes its filter
TIER = 8  # runs of a bulk load that merge at a time: each posting is written once more for every eightfold of articles
LOG = 64 << 20  # bytes of log before it is moved into the file
# Seconds that a writer waits for readers to let go of the log, and after which it asks them again: who verifies a large
# file, or hangs, holds it for minutes, in which the log grows.
PATIENCE, AGAIN = 0.2, 5.0
AGE = 1_000_000  # counted articles above which all counts are halved, so that old news weigh less (TinyLFU's ageing)


def before_writing(store: Store, *, settled: bool = False) -> None:
    """Do what is due, each in a transaction of its own, before the next article is taken."""
    if store.memory.state.version < 0:  # forgotten after an error; else a writer knows all, since only it writes
        with store.reading():
            pass
    pending, gone = len(store.memory.pending), len(store.memory.gone)
    if pending if settled else max(pending, gone) >= PENDING:
        settle_pending(store)
        merge_due(store)
    checkpoint(store, LOG)


def checkpoint(store: Store, above: int) -> None:
    """Move the log into the file when it is longer than `above` bytes and no reader holds it."""
    if file.log_size(store.path) > above and time.monotonic() >= store.held_until:
        with file.named_errors(store.path):
            held = file.move_log(store.db, PATIENCE)
        store.held_until = time.monotonic() + AGAIN if held else 0.0


def settle_pending(store: Store) -> None:
    """Sort what is pending into a run, and take the words of what was removed out of the counts."""
    with store.transaction():
        if store.memory.pending or store.memory.gone:
            live = [(aid, value) for aid, value in sorted(store.memory.pending.items()) if value.story]
            keys = np.concatenate([np.zeros(0, np.uint32), *(value.keys for _, value in live)])
            owners = np.array([aid for aid, _ in live], dtype=np.uint32)
            aids = np.repeat(owners, [len(value.keys) for _, value in live])
            settle(store, postings.ordered(keys, aids), counts.added([value.terms for _, value in live]))


def settle(store: Store, keys: postings.Postings, added: counts.Added) -> None:
    """Write all articles that follow the settled ones into a run and the arrays, inside a transaction.

    `keys`: those they are found by, with their numbers, in order.
    """
    memory, state = store.memory, store.memory.state
    lo, hi = state.settled + 1, state.last
    run = postings.write(store.db, state.next_array, lo, hi, len(keys[0]), iter([keys]))
    write_stories(store, [*range(lo, hi + 1), *(int(aid) for pairs in memory.moves for aid in pairs[:, 0])])
    store.change(
        epoch=state.epoch + 1, settled=hi, runs=(*state.runs, run), next_array=run.array + postings.ARRAYS,
        documents=state.documents + added.texts - len(memory.gone), gone=0, moves=0,
    )  # fmt: skip
    count(store, counts.total([added.words, counts.tallied(memory.gone, -1)]))
    store.db.execute("DELETE FROM pending")
    store.db.execute("DELETE FROM gone")
    store.db.execute("DELETE FROM move")
    memory.runs.append(postings.load(store.db, run))
    memory.nothing_pends()


def count(store: Store, change: counts.Counts) -> None:
    """Write a level of changes to the counts of words, merged with those that are not much larger.

    When more than AGE articles are counted, everything is halved.
    """
    memory, state = store.memory, store.memory.state
    levels = [*memory.levels.items()]
    if state.documents > AGE:
        change = counts.halved(counts.total([*(held for _, held in levels), change]))
        levels = []
        store.change(documents=state.documents // 2, faded=state.settled)
    while levels and levels[-1][0].terms <= 2 * len(change[0]):
        change = counts.total([levels.pop()[1], change])
    level = counts.write(store.db, store.memory.state.next_array, change)
    kept = tuple(held for held, _ in levels)
    store.change(counts=(*kept, level), next_array=level.array + counts.ARRAYS)
    memory.hold(dict([*levels, (level, change)]))


def write_stories(store: Store, aids: Sequence[int]) -> None:
    """Write the parts of the story array that hold these articles."""
    last = max(store.memory.state.settled, max(aids, default=0))
    for part in sorted({aid // STORIES_A_PART for aid in aids}):
        values = store.memory.story[part * STORIES_A_PART : min((part + 1) * STORIES_A_PART, last + 1)]
        arrays.write(store.db, STORY, [values.tobytes()], part)


def merge_due(store: Store) -> None:
    """Merge runs until each is more than twice as long as the next, and there are at most RUNS."""
    runs = store.memory.state.runs
    first, entries = len(runs) - 1, runs[-1].entries if runs else 0
    while first > 0 and (runs[first - 1].entries <= 2 * entries or first >= RUNS):
        first -= 1
        entries += runs[first].entries
    if first < len(runs) - 1:
        merge(store, first, len(runs))


def merge_tier(store: Store) -> None:
    """Merge the newest runs of about one length where there are TIER of them; for bulk loads, which ask little."""
    while True:
        runs = store.memory.state.runs
        first = len(runs) - 1
        while first > 0 and runs[first - 1].entries <= 2 * max(runs[-1].entries, 1):
            first -= 1
        if len(runs) - first < TIER:
            return
        merge(store, first, len(runs))


def merge(store: Store, first: int, last: int) -> None:
    """Merge runs first to last - 1 into one, in many small transactions; only the final one makes it part of the index.

    What an interrupted merge wrote is in arrays that the state does not name, and is swept by the next writer.
    """
    with store.transaction():
        old = store.memory.runs[first:last]
        array = store.memory.state.next_array
        store.change(next_array=array + postings.ARRAYS)
    with store.transaction():
        pieces = merging.merged(store.db, old, store.memory.live)
        expected = sum(opened.run.entries for opened in old)
        lo, hi = old[0].run.lo, old[-1].run.hi
        run = postings.write(store.db, array, lo, hi, expected, _committing(store, pieces))
        runs = store.memory.state.runs
        store.change(runs=(*runs[:first], run, *runs[last:]), epoch=store.memory.state.epoch + 1)
        store.memory.runs[first:last] = [postings.load(store.db, run)]
    sweep(store)


def _committing(store: Store, pieces: Iterator[postings.Postings]) -> Iterator[postings.Postings]:
    for piece in pieces:
        yield piece
        store.db.execute("COMMIT")
        checkpoint(store, LOG)
        store.db.execute("BEGIN IMMEDIATE")


def sweep(store: Store) -> None:
    """Delete the arrays that the state does not name: those of merged runs, and of merges that were interrupted."""
    with store.transaction():
        used = {array for run in store.memory.state.runs for array in postings.arrays_of(run)}
        used |= {level.array + place for level in store.memory.state.counts for place in range(counts.ARRAYS)}
        unused = [array for array in arrays.all_numbers(store.db) if array >= FIRST_RUN and array not in used]
    for array in unused:
        with store.transaction():
            arrays.delete(store.db, array)
        checkpoint(store, LOG)


def compact(store: Store) -> None:
    """Settle and merge everything, and give the space of what was removed back to the disk."""
    store.become_writer()
    settle_pending(store)
    if len(store.memory.state.runs) > 1 or store.memory.state.live < store.memory.state.last:
        merge(store, 0, len(store.memory.state.runs))
    with file.named_errors(store.path):
        file.move_log(store.db)
        store.db.execute("VACUUM")
        file.move_log(store.db)
