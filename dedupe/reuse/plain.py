"""One article compared with another, in plain Python: what small runs use, and the oracle of the kernel."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from .rules import RULES


class Row(NamedTuple):
    """A paragraph of one article, one of the other, and how much of the first stands in the second."""

    paragraph: int
    other: int
    words: int
    similarity: float
    kind: int  # place in PASSAGE_KINDS; 3: a shared quotation, no reuse
    order: int  # what the order of words says: 0 nothing, 1 that what lies between long runs is an edit, 2 all is taken


class Words(NamedTuple):
    """The words of one article: hashes, which are speech, the paragraph of each, and the square of its weight."""

    hash: list[int]
    spoken: list[bool]
    owner: list[int]
    square: list[int]


def compare(x: Words, y: Words) -> tuple[list[Row], list[bool], list[bool]]:
    """Return the rows of x's paragraphs that stand in y, and which words of x are reused and which speech is shared."""
    reused, quoted = [False] * len(x.hash), [False] * len(x.hash)
    pieces: dict[tuple[int, int], int] = {}
    speech: dict[tuple[int, int], int] = {}
    for stretch in _stretches(_runs(x.hash, y.hash)):
        places = [(i + k, j + k) for i, j, size in stretch for k in range(size)]
        said = sum(x.spoken[i] for i, _ in places)
        if len(places) >= RULES.stretch and len(places) - said >= RULES.unspoken:
            mark, counts, counted = reused, pieces, places
        elif said >= RULES.quoted:
            mark, counts, counted = quoted, speech, [(i, j) for i, j in places if x.spoken[i]]
        else:
            continue
        for i, j in counted:
            mark[i] = True
            key = x.owner[i], y.owner[j]
            counts[key] = counts.get(key, 0) + 1
    order: dict[int, int] = {}
    here, there = _bounds(x.owner), _bounds(y.owner)
    rows = [Row(p, q, n, n / len(here[p]), 3, 0) for (p, q), n in speech.items() if n >= RULES.quoted]
    for p, likely in sorted(_likeliest(x, y, pieces).items()):
        for q in likely:
            row = _row(x, y, (p, here[p]), (q, there[q]), pieces.get((p, q), 0))
            if row:
                rows.append(row)
                order[p] = max(order.get(p, 0), row.order)
    _mark_between(x, here, order, reused)
    return rows, reused, quoted


def _bounds(owner: list[int]) -> dict[int, range]:
    """Return the places of each paragraph's words."""
    starts = [i for i, p in enumerate(owner) if not i or p != owner[i - 1]]
    return {owner[start]: range(start, end) for start, end in pairwise([*starts, len(owner)])}


def _mark_between(x: Words, bounds: dict[int, range], order: dict[int, int], reused: list[bool]) -> None:
    """Mark what is taken beside the words of long runs, by what the order of each paragraph's words says."""
    for p, says in order.items():
        taken = [i for i in bounds[p] if reused[i]]
        edits = [i for one, other in pairwise(taken) if other - one - 1 <= RULES.bridge for i in range(one + 1, other)]
        for i in (bounds[p] if says == 2 else edits) if says else ():
            reused[i] |= not x.spoken[i]


def _runs(x: list[int], y: list[int]) -> list[tuple[int, int, int]]:
    """Return runs of equal words, (place in x, in y, words): reading x from its start, the longest."""
    places: dict[tuple[int, ...], list[int]] = {}
    for j in range(len(y) - RULES.gram + 1):
        if len(at := places.setdefault(tuple(y[j : j + RULES.gram]), [])) < RULES.tried:
            at.append(j)
    runs = []
    i = 0
    while i + RULES.gram <= len(x):
        longest, there = 0, -1
        for j in places.get(tuple(x[i : i + RULES.gram]), ()):
            size = RULES.gram
            while i + size < len(x) and j + size < len(y) and x[i + size] == y[j + size]:
                size += 1
            if size > longest:
                longest, there = size, j
        if longest:
            runs.append((i, there, longest))
        i += max(longest, 1)
    return runs


def _stretches(runs: list[tuple[int, int, int]]) -> list[list[tuple[int, int, int]]]:
    """Return the runs in groups that follow each other on both sides, not far from one to the next."""
    stretches: list[list[tuple[int, int, int]]] = []
    for run in runs:
        if stretches:
            i, j, size = stretches[-1][-1]
            if run[0] - i - size <= RULES.gap and 0 <= run[1] - j - size <= RULES.gap:
                stretches[-1].append(run)
                continue
        stretches.append([run])
    return stretches


def _likeliest(x: Words, y: Words, pieces: dict[tuple[int, int], int]) -> dict[int, list[int]]:
    """Return for each paragraph of x those of y to compare: all it has a piece of, and the most similar one."""
    places: dict[int, list[int]] = {}
    norm: dict[int, int] = {}
    for j, word in enumerate(y.hash):
        if not y.spoken[j]:
            places.setdefault(word, []).append(j)
            norm[y.owner[j]] = norm.get(y.owner[j], 0) + y.square[j]
    shared: dict[tuple[int, int], int] = {}
    for i, word in enumerate(x.hash):
        at = places.get(word, ())
        if not x.spoken[i] and len(at) <= RULES.tried:
            for q in sorted({y.owner[j] for j in at}):
                shared[x.owner[i], q] = shared.get((x.owner[i], q), 0) + x.square[i]
    best: dict[int, tuple[float, int]] = {}
    for (p, q), value in shared.items():
        highest = float(value) * float(value) / float(norm[q]) if norm[q] else 0.0
        if highest > 0:
            best[p] = min(best.get(p, (0.0, 0)), (-highest, q))
    likely = {p: {q} for p, (_, q) in best.items()}
    for p, q in pieces:
        likely.setdefault(p, set()).add(q)
    return {p: sorted(qs) for p, qs in likely.items()}


def _row(x: Words, y: Words, one: tuple[int, range], other: tuple[int, range], words: int) -> Row | None:
    """Return how a paragraph (its row, the places of its words), of which `words` words stand in long runs, stands in
    another; None if it does not.
    """
    (p, here), (q, there) = one, other
    share = words / len(here)
    if share >= RULES.verbatim:
        return Row(p, q, words, share, 0, 0)
    own = [x.hash[i] for i in here if not x.spoken[i]]
    theirs = [y.hash[j] for j in there if not y.spoken[j]]
    order = 0.0
    if min(len(own), len(theirs)) >= RULES.fewest and max(len(own), len(theirs)) <= RULES.longest:
        order = 2 * _common_order(own, theirs) / (len(own) + len(theirs))
    whole = order >= RULES.order_paraphrased
    if not whole and words < RULES.piece:
        return None
    kind = 1 if order >= RULES.order_edited or share >= RULES.edited or not whole else 2
    held = 2 * words >= RULES.held * order * (len(own) + len(theirs))
    told = share >= RULES.told and (held or len(own) > RULES.paragraph)
    taken = max(words, len(own)) if whole and not told else words
    return Row(p, q, taken, max(share, order) if whole else share, kind, whole * (1 if told else 2))


def _common_order(a: list[int], b: list[int]) -> int:
    """Return the length of the longest common subsequence (Hyyrö 2004: a bit for each place of b, all at once).

    >>> _common_order([1, 2, 3, 4, 2], [2, 1, 4, 3, 2])
    3
    """
    places: dict[int, int] = {}
    for j, value in enumerate(b):
        places[value] = places.get(value, 0) | 1 << j
    every = (1 << len(b)) - 1
    unmet = every  # a zero for each step that the subsequence has made by this place
    for value in a:
        here = unmet & places.get(value, 0)
        unmet = (unmet + here | unmet - here) & every
    return len(b) - unmet.bit_count()
