"""Stories: average linkage over measured pairs, in rounds of clusters that are each other's nearest.

Average linkage is reducible: merging all pairs of clusters that are each other's nearest, in any order, ends where
merging the nearest pair of all, one at a time, does (Bruynooghe 1978; Murtagh 1983). So a round merges many at once,
its work is a few passes over the measured pairs, and the order of the input plays no part.
"""

from __future__ import annotations

from collections.abc import Callable
from math import log10

import numpy as np
from numpy.typing import NDArray

from .fill import Measured
from .links import Links
from .mates import Mates

Measure = Callable[[NDArray[np.int32], NDArray[np.int32]], NDArray[np.float32]]

THRESHOLD = 0.5  # story similarity is made so that one story is likelier than two from here on
# Two clusters of some size are one story only if they are nearly as similar to each other as each is within: two
# events of one kind are alike, but the halves of one event are as alike as their own parts. The share was chosen on the
# held-out halves of training/similarity.py; there 0.75 to 0.85 do about as well.
CONTRAST = 0.79
# A single pair is one value, the link of larger clusters a mean of several: two articles alone have to be surer, by a
# share of the way from the threshold to 1: 0.65 instead of 0.5. On the held-out halves 0.6 and 0.7 do about as well as
# 0.5 where events have company and 0.01 better where most articles stand alone. Pages of nothing but one headline that
# all have, no liker than any other two, come to 0.62.
ALONE = 0.3
# In a small pile little tells how crowded a subject is, and two reports of one subject look like one event: 0.75 is
# asked for. Of pairs alone (each article of the event sets with its nearest eight, and those of Telegram) 82 in 100 are
# right so, with 0.65 it was 80. Among ten articles B-cubed F1 is 0.002 better so, among seventy 0.002 worse.
ALONE_OF_FEW = 0.5
FEW = 30  # texts; of ten times as many ALONE holds
SEVERAL = 3  # articles: of fewer, the mean within says little


def alone_among(texts: int) -> float:
    """Return how far on the way from the threshold to 1 two single articles have to be alike, among so many texts.

    >>> [round(alone_among(n), 2) for n in (2, 30, 95, 300, 100_000)]
    [0.5, 0.5, 0.4, 0.3, 0.3]
    """
    return ALONE_OF_FEW - (ALONE_OF_FEW - ALONE) * min(max(log10(max(texts, 1) / FEW), 0.0), 1.0)


def stories(
    n: int,
    a: NDArray[np.int32],
    b: NDArray[np.int32],
    similarity: NDArray[np.float32],
    *,
    threshold: float = THRESHOLD,
    alone: float | None = None,
    copies: NDArray[np.int32] | None = None,
    joined: NDArray[np.int32] | None = None,
    measure: Measure | None = None,
) -> NDArray[np.int32]:
    """Return the story of each of n articles, int32: the lowest row of its story.

    (a, b) are the measured pairs, each once. `copies`: the copy group of each article (`copy_groups`); a group stays
    together and counts as one article, its lowest. `joined`: the story that each article is known to be in, the lowest
    of its own, which holds whole copy groups; stories only grow from there on. `alone`: as `alone_among` gives it, by
    default for these articles. `measure`: gives the similarity of further pairs, which is asked for where two clusters
    are about to merge; without it a pair that is not measured counts as 0.

    >>> pairs = np.array([0, 1]), np.array([1, 2])
    >>> stories(4, *pairs, np.array([0.9, 0.6], dtype=np.float32)).tolist()
    [0, 0, 2, 3]
    >>> stories(4, *pairs, np.array([0.9, 0.8], dtype=np.float32), copies=np.array([0, 0, 2, 3])).tolist()
    [0, 0, 0, 3]
    >>> stories(3, *pairs, np.array([0.1, 0.9], dtype=np.float32), joined=np.array([0, 0, 2])).tolist()
    [0, 0, 2]
    """
    label = np.arange(n, dtype=np.int32) if copies is None else copies.astype(np.int32)
    units = np.unique(label)
    bar = alone_among(len(units)) if alone is None else alone
    links = Links.between(n, label[a], label[b], similarity)
    company = Mates.of(n, links.a, links.b, links.total)
    links.total = company.heard(links.a, links.b, links.total)
    partial = measure is not None
    if joined is None:
        links = links.within_reach(threshold, partial=partial)
        known = Measured.of(n, links)  # of articles that no longer meet no pair is asked for
    else:
        known, root = Measured.of(n, links), np.arange(n, dtype=np.int32)
        root[units] = joined[units]
        links, label = links.joined(root).within_reach(threshold, partial=partial), root[label]
    while True:
        near, whole = links.nearest(threshold, bar, partial=partial)
        if not len(near):
            return label
        ready, open_ended = near[whole], near[~whole]
        if len(open_ended) and measure is not None:
            known.complete(links, open_ended, units, label, lambda x, y: company.heard(x, y, measure(x, y)))
        good = links.in_one_piece(ready, CONTRAST, SEVERAL)
        links.barred[ready[~good]] = True
        if good.any():
            root = np.arange(n, dtype=np.int32)
            root[links.b[ready[good]]] = links.a[ready[good]]
            links = links.joined(root).within_reach(threshold, partial=partial)
            label = root[label]
