"""Groups of copies and nothing else: texts compared whole, as they were given, with all that surrounds reporting."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from functools import cached_property
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, NamedTuple, overload

import numpy as np

from .. import cluster
from ..candidates import search
from ..config import Config, above_zero, at_least_one
from ..jobs import collector_paused
from ..model import Skipped
from ..reader import taken
from .names import again, keys_of, path_of, value_at, values_of
from .prepare import Reading
from .texts import Texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from numpy.typing import NDArray

    from ..candidates import Candidates
    from .names import Names
    from .tables import Articles

THRESHOLD = 0.7  # of Jaccard: where the tools of the field draw the line


class Copy(NamedTuple):
    """Two texts of which most is the same, a < b by id.

    `jaccard`: the part of all their shingles that both have; `containment`: the part of the shorter one's that the
    longer one has; counted, not estimated. `identical`: the same words in the same order.
    """

    a: str
    b: str
    jaccard: float
    containment: float
    identical: bool


class CopyGroup(NamedTuple):
    """The ids of texts that are copies of each other, sorted, and what each goes by: its title, or how it starts."""

    members: tuple[str, ...]
    titles: tuple[str, ...]


class CopyPairs(Sequence[Copy]):
    """Pairs as columns, which become `Copy` values one by one; `ids` ascend, `a` and `b` are their places in it."""

    def __init__(
        self,
        ids: list[str],
        a: NDArray[np.int64],
        b: NDArray[np.int64],
        shares: NDArray[np.float64],
        exact: NDArray[np.bool_],
    ) -> None:
        self._ids, self._a, self._b, self._shares, self._exact = ids, a, b, shares, exact

    def __repr__(self) -> str:
        return f"<CopyPairs: {len(self):,}>"

    def __len__(self) -> int:
        return len(self._a)

    @overload
    def __getitem__(self, at: int) -> Copy: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Copy]: ...
    def __getitem__(self, at: int | slice) -> Copy | Sequence[Copy]:
        if isinstance(at, slice):
            return CopyPairs(self._ids, self._a[at], self._b[at], self._shares[at], self._exact[at])
        jaccard, containment = self._shares[at].tolist()
        return Copy(self._ids[self._a[at]], self._ids[self._b[at]], jaccard, containment, bool(self._exact[at]))


class _Found(NamedTuple):
    """The pairs as columns; `a` and `b` are rows of the texts."""

    a: NDArray[np.int64]
    b: NDArray[np.int64]
    jaccard: NDArray[np.float32]
    containment: NDArray[np.float32]
    exact: NDArray[np.bool_]


class NearDuplicates:
    """What was found: how many `texts` were compared, `groups` of copies, `pairs`, and what was `skipped` and why.

    Groups and pairs are made when they are first asked for.
    """

    def __init__(
        self, texts: int, found: _Found, names: Sequence[Names], threshold: float, skipped: tuple[Skipped, ...]
    ) -> None:
        self.texts = texts
        self.skipped = skipped
        self._found, self._names, self._threshold = found, names, threshold

    def __repr__(self) -> str:
        counts = f"{self.texts:,} texts, {len(self.groups):,} groups, {len(self.pairs):,} pairs"
        return f"<NearDuplicates: {counts}, {len(self.skipped):,} skipped>"

    @cached_property
    def pairs(self) -> CopyPairs:
        """Texts that are copies, or of which one stands in the other, in order of their ids."""
        rows, ids, a, b = self._ids
        order = np.argsort(a * max(len(rows), 1) + b)
        shares = np.stack((self._found.jaccard, self._found.containment), axis=1).astype(np.float64)
        return CopyPairs(ids, a[order], b[order], np.round(shares[order], 4), self._found.exact[order])

    @cached_property
    @collector_paused(kept=True)
    def groups(self) -> tuple[CopyGroup, ...]:
        """Texts that hang together by pairs alike enough, the largest group first, then by the first id."""
        rows, ids, a, b = self._ids
        alike = self._found.jaccard >= self._threshold
        label = cluster.copy_groups(len(rows), a[alike].astype(np.int32), b[alike].astype(np.int32))
        grouped = np.bincount(label, minlength=len(rows))[label] > 1
        members = np.flatnonzero(grouped)
        members = members[np.argsort(label[members], kind="stable")]
        starts = np.flatnonzero(np.diff(label[members], prepend=-1))
        stops = np.append(starts[1:], len(members))
        listed = [ids[member] for member in members.tolist()]
        titles = values_of([part.titles for part in self._names], rows[members])
        order = np.argsort(starts - stops, kind="stable")
        return tuple(
            CopyGroup(tuple(listed[low:high]), tuple(titles[low:high]))
            for low, high in zip(starts[order].tolist(), stops[order].tolist(), strict=True)
        )

    @cached_property
    def _ids(self) -> tuple[NDArray[np.int64], list[str], NDArray[np.int64], NDArray[np.int64]]:
        """Return (rows, ids, a, b): the texts that have pairs by id, and the pairs by their places among these."""
        rank = np.full(sum(len(part.place) for part in self._names), -1, dtype=np.int64)
        rank[self._found.a] = rank[self._found.b] = 0
        rows = np.flatnonzero(rank == 0)
        ids = values_of([part.ids for part in self._names], rows)
        order = sorted(range(len(ids)), key=ids.__getitem__)
        rank[rows[order]] = np.arange(len(rows))
        a, b = rank[self._found.a], rank[self._found.b]
        return rows[order], [ids[i] for i in order], np.minimum(a, b), np.maximum(a, b)


def near_duplicates(
    inputs: str | os.PathLike[str] | Iterable[str | os.PathLike[str]] | Articles,
    *,
    threshold: float = THRESHOLD,
    config: Config | None = None,
    names: Mapping[str, str] | None = None,
    jobs: int = 2,
    skipped: list[Skipped] | None = None,
    progress: Callable[[str, int, int], None] = lambda stage, done, total: None,
) -> NearDuplicates:
    """Return the texts that are copies of each other, of files and folders, or of articles, mappings or a table.

    Texts are compared whole, as they were given (a page of HTML: all that it shows). Whoever scrapes pages and wants to
    know what of the reporting was copied asks `analyze`, which tells the reporting from what surrounds it. Here a
    hundred thousand articles of JSON lines take a second or two, and none becomes a Python object. What is kept of a
    text are its words as numbers, its keys, its id and the start of its title: 3 kB for 500 words.

    `threshold`: pairs with that Jaccard are joined to groups. Pairs of which one holds that part of the other are told
    too but join no group, for a page that holds several texts would chain them together. What is told is counted, but
    only pairs that meet are: of texts of 15 words all from 0.5 on did, at 0.3 six in seven and at 0.2 three in five, of
    60 words all at 0.3; of passages of 30 words in a longer text 99 in 100 do, of 15 words four in five.

    `names` maps our field names to the records' own. `jobs`: threads and processes at most. What could not be read is
    in `skipped` of the result, and appended to the list that is given. The order of the inputs does not count. A
    threshold or a number of jobs out of range is a `ConfigError`, a value that is no article an `InputError`.

    >>> text = "The ferry was late again on Monday, and nobody on the quay could say why it had not sailed."
    >>> found = near_duplicates([{"id": "a", "text": text}, {"id": "b", "text": text + " Not even its captain."},
    ...                          {"id": "c", "text": "Rates rose."}])
    >>> found.groups[0].members, found.pairs[0].jaccard, found.texts
    (('a', 'b'), 0.7895, 3)
    """
    config = config or Config()
    at_least_one("jobs", jobs)
    above_zero("threshold", threshold)
    threshold = float(threshold)  # numpy's would be compared with more or fewer digits
    left_out = skipped if skipped is not None else inputs.skipped if isinstance(inputs, Reading) else []
    texts = Texts(config, jobs, progress)
    paths, articles = _paths(inputs)
    if paths:
        texts.take_files(paths, names or {})
    else:
        texts.take_articles(articles, names or {})
    texts.finish()
    key = np.concatenate([keys_of(part.ids) for part in texts.names])
    order = np.argsort(key, kind="stable")  # whatever the order of the texts
    nameless = np.concatenate([np.diff(part.ids.bounds) == 0 for part in texts.names])
    without = [*np.flatnonzero(nameless).tolist(), *_again(texts, key[order], order)]
    count = len(order) - len(without)
    left_out += [item for _, item in sorted(texts.skipped, key=lambda item: (item[0], item[1].path, item[1].reason))]
    progress("copies", 0, count)
    worth = replace(config, excerpt_containment=min(config.excerpt_containment, threshold))
    found = search(texts.keys, texts.words, worth, jobs, texts.large, order, without)
    progress("copies", count, count)
    left_out += [Skipped("", reason, failed=False) for reason in found.capped]
    return NearDuplicates(count, _close(found, order, threshold), texts.names, threshold, tuple(left_out))


def _paths(inputs: Any) -> tuple[list[str], Any]:
    """Return the paths that inputs are, none where they are articles, and all of the inputs."""
    if isinstance(inputs, (str, os.PathLike)):
        return [os.fspath(inputs)], inputs
    if isinstance(inputs, Iterator):  # of files, as a folder's `glob` gives, or of articles, too many to be held
        first = list(islice(inputs, 1))
        inputs = chain(first, inputs)
        inputs = list(inputs) if first and isinstance(first[0], (str, os.PathLike)) else inputs
    several = isinstance(inputs, (list, tuple, Set)) and all(isinstance(item, (str, os.PathLike)) for item in inputs)
    return [os.fspath(item) for item in inputs] if several else [], inputs


def _again(texts: Texts, key: NDArray[np.uint64], order: NDArray[np.int64]) -> Iterator[int]:
    """Yield the rows whose id is taken by another text, and list them. `key`: those of the ids, sorted.

    Of a file the first record has it; of articles, which may come in any order, the first by path, words and title.
    """
    path_at = path_of(texts.names)
    place = np.concatenate([part.place for part in texts.names])
    exact = np.concatenate([part.exact for part in texts.keys])
    title_at = value_at([part.titles for part in texts.names])

    def rank(row: int) -> tuple[int, str, int, bytes]:
        return int(place[row]), path_at(row), int(exact[row]), title_at(row)

    for row, kept, id in again([part.ids for part in texts.names], key, order, rank):
        path, by = path_at(row), path_at(kept)
        texts.skipped.append((int(place[row]), taken(id, path or id, by or "another article")))
        yield row


def _close(found: Candidates, order: NDArray[np.int64], threshold: float) -> _Found:
    """Return the pairs that are alike, or of which one stands in the other, by their rows."""
    containment = np.maximum(found.containment_a, found.containment_b)
    close = (found.jaccard >= threshold) | (containment >= threshold)
    columns = (order[found.a[close]], order[found.b[close]], found.jaccard[close], containment[close])
    return _Found(*columns, found.exact[close])
