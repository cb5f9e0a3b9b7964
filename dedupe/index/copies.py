"""Which articles of a ring are copies of one text: by what the index knows of them, and by what a new one shares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .. import cluster, similarity
from ..cluster.linkage import Measure
from ..model import Corpus
from ..model.codes import NEAR_DUPLICATE
from ..pipeline.copy_groups import WHOLE, copy_groups
from ..pipeline.pairs import Pairs, joined, overlapping, unmeasured
from .kept import Kept

OTHERS = 6  # copies of a page, the first in the index, that are asked whether it holds more than a new one has of it


class Groups(NamedTuple):
    """The copy group of each row, int32: its lowest. Which pages are known to hold another text too, bool. Which rows
    speak for their text, bool: all but such pages, where they have a copy that is none.
    """

    group: NDArray[np.int32]
    several: NDArray[np.bool_]
    speaks: NDArray[np.bool_]


def known_groups(aids: NDArray[np.int64], others: Sequence[Kept]) -> Groups:
    """Return the copy groups of the rows by what the index knows of the others."""
    several, listed = np.zeros(len(aids), dtype=np.bool_), aids.tolist()
    if known := {aid for other in others for aid in other.row.several}:
        several[:] = [aid in known for aid in listed]
    return _groups(linked(listed, {other.row.aid: other.row.copies for other in others}), several)


def linked(aids: Sequence[int], copies: Mapping[int, Sequence[int]]) -> NDArray[np.int32]:
    """Return the copy group of each article, int32: the place of its first. `copies`: what each was found a copy of.

    Copies of one that was removed stay copies of each other.

    >>> linked([3, 5, 8, 9], {3: [], 5: [2], 8: [3], 9: [2]}).tolist()
    [0, 1, 0, 1]
    """
    if not any(copies.values()):  # as of most that one is compared with
        return np.arange(len(aids), dtype=np.int32)
    count = [len(some) for some in copies.values()]
    row = {aid: place for place, aid in enumerate(aids)}
    b = [row.setdefault(of, len(row)) for some in copies.values() for of in some]
    a = np.repeat(np.array([row[aid] for aid in copies], dtype=np.int32), count)
    return cluster.connected(len(row), a, np.array(b, dtype=np.int32))[: len(aids)]


def groups_with(
    corpus: Corpus, aids: NDArray[np.int64], known: Groups, shared: Pairs, row: int, size: int, alike: Measure
) -> Groups:
    """Return the known groups once the article in `row` has joined those of its copies.

    `shared`: its pairs with all that share its text; `size`: words of a shingle. A page that holds another text too, of
    which it is known to be a copy, stays with that, and so the two texts stay apart; another such page goes with it.
    """
    close = shared.relation <= NEAR_DUPLICATE
    if not close.any():
        return known
    group, several, _ = known
    between = _between(corpus, aids, group, shared, row, size)
    round_ups = partial(similarity.round_ups, corpus)
    here = np.arange(len(group), dtype=np.int32)
    # known copies count as one text, but a page that holds another text too must not make two groups one
    first = np.full(len(group), len(group), dtype=np.int32)
    np.minimum.at(first, group[~several], here[~several])
    found = copy_groups(
        np.where(several, here, first[group]), joined(shared, between) if len(between.a) else shared, alike, round_ups
    )
    several = several | found.several
    placed = several & (np.bincount(group, minlength=len(group))[group] > 1)
    mates = found.group == found.group[row]
    whole = np.minimum(shared.containment_a, shared.containment_b) >= WHOLE
    twins = np.zeros(len(group), dtype=np.bool_)
    twins[shared.other_than(row)[whole]] = several[row]
    twins &= mates & placed
    rows = np.flatnonzero(twins if twins.any() else mates & ~placed)
    a, b = np.concatenate((here, np.full(len(rows), row))), np.concatenate((group, rows))
    return _groups(cluster.connected(len(group), a, b.astype(np.int32)), several)


def _groups(group: NDArray[np.int32], several: NDArray[np.bool_]) -> Groups:
    if not several.any():
        return Groups(group, several, ~several)
    others = np.bincount(group, ~several, minlength=len(group))[group] > 0
    return Groups(group, several, ~several | ~others)


def _between(
    corpus: Corpus, aids: NDArray[np.int64], known: NDArray[np.int32], shared: Pairs, row: int, size: int
) -> Pairs:
    """Return pairs of copies of the article with known copies of them that share none of it.

    Most have none such: who prints a part of a report shares it with all its copies.
    """
    close = shared.relation <= NEAR_DUPLICATE
    other = shared.other_than(row)
    strange = np.ones(len(known), dtype=np.bool_)
    strange[other] = strange[row] = False
    copied = np.zeros(len(known), dtype=np.bool_)
    copied[known[other[close]]] = True
    rest: dict[int, list[int]] = {}
    for copy in sorted(np.flatnonzero(strange & copied[known]).tolist(), key=aids.__getitem__):
        rest.setdefault(int(known[copy]), []).append(copy)
    pairs = [(page, copy) for page in other[close].tolist() for copy in rest.get(int(known[page]), ())[:OTHERS]]
    a, b = np.sort(np.array(pairs, dtype=np.int32).reshape(-1, 2), axis=1).T
    found = overlapping(corpus, unmeasured(a, b), size)
    copied = np.maximum(found.containment_a, found.containment_b) >= WHOLE
    found.relation[copied] = NEAR_DUPLICATE
    return found
