"""How the paragraphs of one article stand in those of another."""

import numpy as np

from ...compiling.load import step
from .order import likeness, unspoken

QUOTATION = 3


@step
def _square(weight):
    """Return what `rules.square` does."""
    return np.int64(np.rint(64 * (np.float64(weight) * np.float64(weight))))


@step
def add_norms(spoken, owner, weight, norm):
    """Add up the squares of the words of each paragraph, speech left out."""
    norm[: owner[-1] - owner[0] + 1] = 0
    for j in range(len(owner)):
        if not spoken[j]:
            norm[owner[j] - owner[0]] += _square(weight[j])


@step
def compare_paragraph(rules, here, there, start, end, places, lists, follows, space, marks, rows, similarity, n):
    """Write the rows of paragraph [start, end) of an article from row n on; return (rows, reused words).

    `follows`: whether it may have the order of a paragraph's words; if not, only runs of words count.
    """
    numbers, spoken, owner, weight = here
    (to, speech_to), (covered, quoted) = places, marks
    pieces, speech, left, right, order, counts = space
    low, high = _met(there[2], start, end, to, speech_to, pieces, speech, quoted)
    likely, own, says = -1, 0, 0
    if follows:
        likely = _likeliest(rules, numbers, spoken, weight, start, end, lists, counts)
        own = unspoken(numbers, spoken, start, end, left)
    if likely >= 0:
        low, high = min(low, likely), max(high, likely)
    for q in range(low, high + 1):
        if speech[q] >= rules.quoted:
            _put(rows, similarity, n, owner[start], q + there[2][0], speech[q], QUOTATION, speech[q] / (end - start))
            n += 1
        if pieces[q] or q == likely:
            kind, size, value, told = _judge(
                rules, there[0], there[1], lists[4], q, pieces[q], end - start, own, left, right, order
            )
            if kind >= 0:
                _put(rows, similarity, n, owner[start], q + there[2][0], size, kind, value)
                n += 1
                says = max(says, told)
        pieces[q] = speech[q] = 0
    return n, _cover(rules, spoken, start, end, to, says, covered)


@step
def _met(owner, start, end, to, speech_to, pieces, speech, quoted):
    """Count the words that a paragraph has in each paragraph of the other; return the first and last of these.

    Where there is none, the last comes before the first.
    """
    low, high = owner[-1] - owner[0] + 1, -1
    for i in range(start, end):
        if to[i] >= 0:
            q = owner[to[i]] - owner[0]
            pieces[q] += 1
            low, high = min(low, q), max(high, q)
        if speech_to[i] >= 0:
            q = owner[speech_to[i]] - owner[0]
            speech[q] += 1
            low, high = min(low, q), max(high, q)
            quoted[i] = True
    return low, high


@step
def _likeliest(rules, numbers, spoken, weight, start, end, lists, space):
    """Return the paragraph of the other article that paragraph [start, end) is most similar to, or -1."""
    times, first, filled, listed, _ = lists
    norm, shared, seen = space
    met = 0
    for i in range(start, end):
        word = numbers[i]
        if spoken[i] or word < 0 or times[word] > rules.tried:
            continue
        for k in range(first[word], first[word] + filled[word]):
            q = listed[k]
            if shared[q] < 0:
                shared[q] = 0
                seen[met] = q
                met += 1
            shared[q] += _square(weight[i])
    best, highest = -1, 0.0
    for k in range(met):
        q = seen[k]
        value = float(shared[q]) * float(shared[q]) / float(norm[q]) if norm[q] else 0.0
        if value > highest or (value == highest and q < best):
            best, highest = q, value
        shared[q] = -1
    return best


@step
def _judge(rules, numbers, spoken, bounds, q, pieces, size, own, left, right, space):
    """Return (kind, words, similarity, what the order says) of a paragraph and paragraph q; kind -1: no reuse."""
    share = pieces / size
    if share >= rules.verbatim:
        return 0, pieces, share, 0
    order, theirs = 0.0, 0
    if rules.fewest <= own <= rules.longest:
        theirs = unspoken(numbers, spoken, bounds[q], bounds[q + 1], right)
        if rules.fewest <= theirs <= rules.longest:
            order = likeness(rules.order_paraphrased, left[:own], right[:theirs], space)
    if order < rules.order_paraphrased:
        return (1 if pieces >= rules.piece else -1), pieces, share, 0
    kind = 1 if order >= rules.order_edited or share >= rules.edited else 2
    held = 2 * pieces >= rules.held * order * (own + theirs)
    if share >= rules.told and (held or own > rules.paragraph):
        return kind, pieces, max(share, order), 1
    return kind, max(pieces, own), max(share, order), 2


@step
def _put(rows, similarity, n, paragraph, other, words, kind, value):
    rows[n, 2], rows[n, 3], rows[n, 4], rows[n, 5] = paragraph, other, words, kind
    similarity[n] = value


@step
def _cover(rules, spoken, start, end, to, says, covered):
    """Mark the words of a paragraph that are reused; return how many.

    `says`: what its likeness says of the words outside stretches: 2 that all are reused, 1 those between stretches.
    """
    reused, last = 0, end
    for i in range(start, end):
        if to[i] >= 0 or (says == 2 and not spoken[i]):
            covered[i] = True
            reused += 1
        if to[i] >= 0:
            if says == 1 and i - last - 1 <= rules.bridge:
                for k in range(last + 1, i):
                    if not spoken[k]:
                        covered[k] = True
                        reused += 1
            last = i
    return reused
