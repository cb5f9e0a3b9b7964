"""Pairs of articles compared, compiled: the same rows and marks as `plain.compare`, some hundred times as fast."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit

from ..words import threaded
from .columns import ROW
from .rules import RULES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .columns import Columns

_PAIRS = 256  # that a thread takes at a time
_MIX = np.uint64(0x9E3779B97F4A7C15)
_ONE = np.uint64(1)
_QUOTATION = 3


@njit(nogil=True, cache=True)
def _slot(word, place, size, mask):
    mixed = np.uint64(0)
    for k in range(size):
        mixed = (mixed + np.uint64(word[place + k])) * _MIX
        mixed ^= mixed >> np.uint64(29)
    return np.int64(mixed & np.uint64(mask))


@njit(nogil=True, cache=True)
def _index(word, start, end, size, head, following):
    """Chain the places of [start, end) at which `size` words begin, ascending; return the mask of the slots."""
    slots = 16
    while slots < 2 * (end - start):
        slots *= 2
    head[:slots] = -1
    for j in range(end - size, start - 1, -1):
        slot = _slot(word, j, size, slots - 1)
        following[j - start] = head[slot]
        head[slot] = j
    return slots - 1


@njit(nogil=True, cache=True)
def _equal(word, i, j, size):
    for k in range(size):  # noqa: SIM110 (numba compiles no generators)
        if word[i + k] != word[j + k]:
            return False
    return True


@njit(nogil=True, cache=True)
def _runs(rules, word, x0, x1, y0, y1, head, following, out):
    """Write the runs of equal words, reading x from its start, the longest first; return how many."""
    mask = _index(word, y0, y1, rules.gram, head, following)
    n = 0
    i = x0
    while i + rules.gram <= x1:
        longest, there, tried = 0, -1, 0
        j = head[_slot(word, i, rules.gram, mask)]
        while j >= 0 and tried < rules.tried:
            if _equal(word, i, j, rules.gram):
                tried += 1
                size = rules.gram
                while i + size < x1 and j + size < y1 and word[i + size] == word[j + size]:
                    size += 1
                if size > longest:
                    longest, there = size, j
            j = following[j - y0]
        if longest:
            out[n, 0], out[n, 1], out[n, 2] = i, there, longest
            n += 1
        i += max(longest, 1)
    return n


@njit(nogil=True, cache=True)
def _mark_stretch(rules, spoken, runs, first, last, to, speech_to):
    """Write where each word of a stretch stands in y: to `to` if it is reuse, to `speech_to` if shared speech."""
    total, said = 0, 0
    for r in range(first, last):
        total += runs[r, 2]
        for k in range(runs[r, 2]):
            said += spoken[runs[r, 0] + k]
    if total >= rules.stretch and total - said >= rules.unspoken:
        for r in range(first, last):
            for k in range(runs[r, 2]):
                to[runs[r, 0] + k] = runs[r, 1] + k
    elif said >= rules.quoted:
        for r in range(first, last):
            for k in range(runs[r, 2]):
                if spoken[runs[r, 0] + k]:
                    speech_to[runs[r, 0] + k] = runs[r, 1] + k


@njit(nogil=True, cache=True)
def _common_order(a, size_a, b, size_b, order):
    """Return the length of the longest common subsequence, 64 words of a at a time (Hyyrö 2004)."""
    slot, places, row = order
    slots, blocks = 16, (size_a + 63) >> 6
    while slots < 2 * size_a:
        slots *= 2
    slot[:slots] = -1
    for i in range(size_a):  # the places of each word of a, as bits beside the first of them
        at = np.int64((np.uint64(a[i]) * _MIX) >> np.uint64(40)) & (slots - 1)
        while slot[at] >= 0 and a[slot[at]] != a[i]:
            at = (at + 1) & (slots - 1)
        if slot[at] < 0:
            slot[at] = i
            places[i, :blocks] = np.uint64(0)
        places[slot[at], i >> 6] |= _ONE << np.uint64(i & 63)
    row[:blocks] = ~np.uint64(0)
    for j in range(size_b):
        at = np.int64((np.uint64(b[j]) * _MIX) >> np.uint64(40)) & (slots - 1)
        while slot[at] >= 0 and a[slot[at]] != b[j]:
            at = (at + 1) & (slots - 1)
        if slot[at] < 0:
            continue
        carry = np.uint64(0)
        for k in range(blocks):
            here = places[slot[at], k]
            met = row[k] & here
            half = row[k] + met
            whole = half + carry
            carry = _ONE if half < met or whole < half else np.uint64(0)
            row[k] = whole | (row[k] & ~here)
    common = 0
    for i in range(size_a):
        if not (row[i >> 6] >> np.uint64(i & 63)) & _ONE:
            common += 1
    return common


@njit(nogil=True, cache=True, inline="always")
def _square(weight):
    """Return what `rules.square` does."""
    return np.int64(np.rint(64 * (np.float64(weight) * np.float64(weight))))


@njit(nogil=True, cache=True)
def _unspoken(word, spoken, start, end, out):
    n = 0
    for i in range(start, end):
        if not spoken[i]:
            if n < len(out):
                out[n] = word[i]
            n += 1
    return n


@njit(nogil=True, cache=True)
def _likeliest(rules, word, spoken, owner, weight, start, end, y0, q0, mask, head, following, norm, shared, seen):
    """Return the paragraph of y that paragraph [start, end) of x is most similar to, counted from q0, or -1."""
    met = 0
    for i in range(start, end):
        if spoken[i]:
            continue
        count, j = 0, head[_slot(word, i, 1, mask)]
        while j >= 0 and count <= rules.tried:
            if word[j] == word[i] and not spoken[j]:
                count += 1
            j = following[j - y0]
        if count > rules.tried:
            continue
        last, j = -1, head[_slot(word, i, 1, mask)]
        while j >= 0:
            if word[j] == word[i] and not spoken[j]:
                q = owner[j] - q0
                if q != last:
                    if shared[q] < 0:
                        shared[q] = 0
                        seen[met] = q
                        met += 1
                    shared[q] += _square(weight[i])
                    last = q
            j = following[j - y0]
    best, highest = -1, 0.0
    for k in range(met):
        q = seen[k]
        value = float(shared[q]) * float(shared[q]) / float(norm[q]) if norm[q] else 0.0
        if value > highest or (value == highest and q < best):
            best, highest = q, value
        shared[q] = -1
    return best


@njit(nogil=True, cache=True)
def _stretches(rules, spoken, runs, n, to, speech_to):
    """Mark the stretches: runs that follow each other on both sides, not far from one to the next."""
    first = 0
    for r in range(1, n + 1):
        if r < n:
            here = runs[r, 0] - runs[r - 1, 0] - runs[r - 1, 2]
            there = runs[r, 1] - runs[r - 1, 1] - runs[r - 1, 2]
            if here <= rules.gap and 0 <= there <= rules.gap:
                continue
        _mark_stretch(rules, spoken, runs, first, r, to, speech_to)
        first = r


@njit(nogil=True, cache=True)
def _compare(rules, word, spoken, owner, weight, x0, x1, y0, y1, space, covered, quoted, rows, likeness, n):
    """Write the rows of x's paragraphs that stand in y from row n on; return (rows, words of x reused with y)."""
    head, following, runs, to, speech_to, left, right, order, norm, shared, seen, pieces, speech = space
    to[: x1 - x0] = -1
    speech_to[: x1 - x0] = -1
    found = _runs(rules, word, x0, x1, y0, y1, head, following, runs)
    for r in range(found):
        runs[r, 0] -= x0
    _stretches(rules, spoken[x0:x1], runs, found, to, speech_to)
    q0 = owner[y0]
    _norms(spoken, owner, weight, y0, y1, norm)
    mask = _index(word, y0, y1, 1, head, following)
    reused = 0
    start = x0
    while start < x1:
        end = start
        while end < x1 and owner[end] == owner[start]:
            end += 1
        low, high = _met(owner, start, end, x0, y0, y1, to, speech_to, pieces, speech, quoted)
        args = (rules, word, spoken, owner, weight, start, end, y0, q0, mask, head, following, norm, shared, seen)
        likely = _likeliest(*args)
        if likely >= 0:
            low, high = min(low, likely), max(high, likely)
        own, says = _unspoken(word, spoken, start, end, left), 0
        for q in range(low, high + 1):
            if speech[q] >= rules.quoted:
                _put(rows, likeness, n, owner[start], q + q0, speech[q], _QUOTATION, speech[q] / (end - start))
                n += 1
            if pieces[q] or q == likely:
                kind, size, value, told = _judge(
                    rules, word, spoken, owner, q + q0, y0, y1, pieces[q], end - start, own, left, right, order
                )
                if kind >= 0:
                    _put(rows, likeness, n, owner[start], q + q0, size, kind, value)
                    n += 1
                    says = max(says, told)
            pieces[q] = speech[q] = 0
        reused += _cover(rules, spoken, start, end, x0, to, says, covered)
        start = end
    return n, reused


@njit(nogil=True, cache=True)
def _norms(spoken, owner, weight, y0, y1, norm):
    """Add up the weights of the words of each paragraph of y, speech left out."""
    q0 = owner[y0]
    norm[: owner[y1 - 1] - q0 + 1] = 0
    for j in range(y0, y1):
        if not spoken[j]:
            norm[owner[j] - q0] += _square(weight[j])


@njit(nogil=True, cache=True)
def _met(owner, start, end, x0, y0, y1, to, speech_to, pieces, speech, quoted):
    """Count the words that paragraph [start, end) of x has in each paragraph of y; return the first and last of them.

    Where there is none, the last comes before the first.
    """
    q0 = owner[y0]
    low, high = owner[y1 - 1] - q0 + 1, -1
    for i in range(start, end):
        if to[i - x0] >= 0:
            q = owner[to[i - x0]] - q0
            pieces[q] += 1
            low, high = min(low, q), max(high, q)
        if speech_to[i - x0] >= 0:
            q = owner[speech_to[i - x0]] - q0
            speech[q] += 1
            low, high = min(low, q), max(high, q)
            quoted[i] = True
    return low, high


@njit(nogil=True, cache=True, inline="always")
def _put(rows, likeness, n, paragraph, other, words, kind, value):
    rows[n, 0], rows[n, 1], rows[n, 2], rows[n, 3] = paragraph, other, words, kind
    likeness[n] = value


@njit(nogil=True, cache=True)
def _cover(rules, spoken, start, end, x0, to, says, covered):
    """Mark the words of a paragraph that are reused; return how many.

    `says`: what its likeness says of the words outside stretches: 2 that all are reused, 1 those between stretches.
    """
    reused, last = 0, end
    for i in range(start, end):
        if to[i - x0] >= 0 or (says == 2 and not spoken[i]):
            covered[i] = True
            reused += 1
        if to[i - x0] >= 0:
            if says == 1 and i - last - 1 <= rules.bridge:
                for k in range(last + 1, i):
                    if not spoken[k]:
                        covered[k] = True
                        reused += 1
            last = i
    return reused


@njit(nogil=True, cache=True)
def _judge(rules, word, spoken, owner, q, y0, y1, pieces, size, own, left, right, space):
    """Return (kind, words, similarity, what the order says) of a paragraph and paragraph q; kind -1: no reuse."""
    share = pieces / size
    if share >= rules.verbatim:
        return 0, pieces, share, 0
    order = 0.0
    if rules.fewest <= own <= rules.longest:
        first = y0 + np.searchsorted(owner[y0:y1], q)
        last = y0 + np.searchsorted(owner[y0:y1], q, side="right")
        theirs = _unspoken(word, spoken, first, last, right)
        if rules.fewest <= theirs <= rules.longest:
            order = 2 * _common_order(left, own, right, theirs, space) / (own + theirs)
    whole = order >= rules.order_paraphrased
    if not whole:
        return (1 if pieces >= rules.piece else -1), pieces, share, 0
    kind = 1 if order >= rules.order_edited or share >= rules.edited else 2
    if own > rules.paragraph and share >= rules.told:
        return kind, pieces, max(share, order), 1
    return kind, max(pieces, own), max(share, order), 2


@njit(nogil=True, cache=True)
def _compare_chunk(rules, first, word, spoken, owner, weight, a, b, covered, quoted, shared_words):
    longest, most = 16, 16
    for i in range(len(a)):
        for article in (a[i], b[i]):
            start, end = first[article], first[article + 1]
            longest = max(longest, end - start)
            if end > start:
                most = max(most, owner[end - 1] - owner[start] + 1)
    slots = 16
    while slots < 2 * longest:
        slots *= 2
    blocks = rules.longest // 64 + 1
    order = (
        np.empty(4 * rules.longest, np.int64),
        np.empty((rules.longest, blocks), np.uint64),
        np.empty(blocks, np.uint64),
    )
    space = (
        np.empty(slots, np.int64), np.empty(longest, np.int64), np.empty((longest // rules.gram + 2, 3), np.int64),
        np.empty(longest, np.int64), np.empty(longest, np.int64), np.empty(rules.longest, np.uint32),
        np.empty(rules.longest, np.uint32), order, np.zeros(most, np.int64), np.full(most, -1, np.int64),
        np.empty(most, np.int64), np.zeros(most, np.int64), np.zeros(most, np.int64),
    )  # fmt: skip
    rows, likeness, places = np.empty((1024, 4), np.int64), np.empty(1024), np.empty((1024, 2), np.int32)
    n = 0
    for i in range(len(a)):
        for side in range(2):
            x, y = (a[i], b[i]) if side == 0 else (b[i], a[i])
            x0, x1, y0, y1 = first[x], first[x + 1], first[y], first[y + 1]
            if x0 == x1 or y0 == y1:
                continue
            need = n + 2 * (x1 - x0) + most
            if need > len(rows):
                grown, values, pairs = (
                    np.empty((2 * need, 4), np.int64),
                    np.empty(2 * need),
                    np.empty((2 * need, 2), np.int32),
                )
                grown[:n], values[:n], pairs[:n] = rows[:n], likeness[:n], places[:n]
                rows, likeness, places = grown, values, pairs
            before = n
            n, reused = _compare(
                rules, word, spoken, owner, weight, x0, x1, y0, y1, space, covered, quoted, rows, likeness, n
            )
            places[before:n, 0] = x
            places[before:n, 1] = y
            shared_words[i, side] = reused
    return rows[:n], likeness[:n], places[:n]


def compare_pairs(
    columns: Columns, a: NDArray[np.int32], b: NDArray[np.int32], jobs: int
) -> tuple[NDArray[np.void], NDArray[np.bool_], NDArray[np.bool_], NDArray[np.int32]]:
    """Return (rows, reused words, shared speech, words shared by each pair from either side).

    The threads write to the same columns of marks: they only ever set one, so their order changes nothing.
    """
    words = len(columns.hash)
    covered, quoted = np.zeros(words, dtype=np.bool_), np.zeros(words, dtype=np.bool_)
    shared = np.zeros((len(a), 2), dtype=np.int32)
    fixed = (RULES, columns.first, columns.hash, columns.spoken, columns.owner, columns.weight)

    def chunk(start: int) -> NDArray[np.void]:
        part = slice(start, start + _PAIRS)
        found, likeness, places = _compare_chunk(*fixed, a[part], b[part], covered, quoted, shared[part])
        rows = np.empty(len(found), dtype=ROW)
        rows["article"], rows["other"] = places.T
        rows["paragraph"], rows["other_paragraph"], rows["words"], rows["kind"] = found.T
        rows["similarity"] = likeness
        return rows

    parts = threaded(chunk, range(0, len(a), _PAIRS), jobs)
    return np.concatenate([np.empty(0, dtype=ROW), *parts]), covered, quoted, shared
