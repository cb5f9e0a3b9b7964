"""Copy groups: pages of one text, without the page that puts several texts together chaining them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from .. import cluster
from ..model import RELATION_CODE, Relation
from ..similarity import is_round_up

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..model import Corpus
    from .pairs import Pairs

WHOLE = 0.55  # of both texts: two texts of equal length pasted together hold half of a page each


def copy_groups(n: int, pairs: Pairs) -> NDArray[np.int32]:
    """Return the copy group of each of n articles, int32: the lowest row of its own.

    Copies that hold most of each other are of one group. A text that stands in a longer page joins it, unless the page
    holds another text too that has nothing to do with it: such a page goes with the text that makes up most of it.
    """
    close = np.flatnonzero(pairs.relation <= RELATION_CODE[Relation.NEAR_DUPLICATE])
    if not len(close):
        return np.arange(n, dtype=np.int32)
    both = np.minimum(pairs.containment_a[close], pairs.containment_b[close]) >= WHOLE
    both |= pairs.relation[close] == RELATION_CODE[Relation.IDENTICAL]
    same = close[both]
    group = cluster.copy_groups(n, pairs.a[same], pairs.b[same])
    held = _held(pairs, close[~both], group)
    kept = np.concatenate((same, held))
    return cluster.copy_groups(n, pairs.a[kept], pairs.b[kept])


def _held(pairs: Pairs, rows: NDArray[np.int64], group: NDArray[np.int32]) -> NDArray[np.int64]:
    """Return the pairs of a text in a longer page that go with the text that makes up most of that page."""
    a_longer = pairs.containment_a[rows] < pairs.containment_b[rows]
    longer = np.where(a_longer, pairs.a[rows], pairs.b[rows])
    part = group[np.where(a_longer, pairs.b[rows], pairs.a[rows])]
    share = np.where(a_longer, pairs.containment_a[rows], pairs.containment_b[rows])
    close = pairs.relation <= RELATION_CODE[Relation.NEAR_DUPLICATE]  # two reviews of one morning share excerpts
    linked = {(int(x), int(y)) for x, y in zip(group[pairs.a[close]], group[pairs.b[close]], strict=True)}
    order = np.lexsort((part, -share, longer))
    best: dict[int, int] = {}
    kept = []
    for i in order.tolist():
        first = best.setdefault(int(longer[i]), int(part[i]))
        if part[i] == first or (first, int(part[i])) in linked or (int(part[i]), first) in linked:
            kept.append(int(rows[i]))
    return np.array(kept, dtype=np.int64)


def known_by_text(corpus: Corpus, group: NDArray[np.int32]) -> Corpus:
    """Return the corpus with what a text is known by from all its copies: their earliest date, and no round-up's title
    where a copy has another.

    Which of the copies stands for the text is chance, and so is whether its page says when it appeared, or has run a
    report under "News in brief".
    """
    first = np.full(len(group), np.nan)
    np.fmin.at(first, group, corpus.published)  # of a number and none the number
    articles = list(corpus.articles)
    copied = np.flatnonzero(np.bincount(group, minlength=1)[group] > 1).tolist()
    titles = [(row, int(group[row]), articles[row].title) for row in copied]
    own: dict[int, str] = {}
    for _, text, title in titles:
        if title and text not in own and not is_round_up(title):
            own[text] = title
    for row, text, title in titles:
        if text in own and is_round_up(title):
            articles[row] = replace(articles[row], title=own[text])
    return replace(corpus, articles=tuple(articles), published=first[group])
