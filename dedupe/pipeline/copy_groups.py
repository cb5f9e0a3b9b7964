"""Copy groups: the pages that run one text. A page that holds several texts does not join their groups."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .. import cluster
from ..cluster.linkage import Measure
from ..model import Corpus
from ..model.codes import IDENTICAL, NEAR_DUPLICATE
from ..similarity import is_round_up
from .pairs import Pairs

WHOLE = 0.55  # of both texts; a page of two texts of equal length, pasted together, shares half of itself with each
# Story similarity below which two texts have nothing to do with each other: of the openings of two reports of one day
# nine in ten are so unlike, of the halves of one report 4 to 25 in 100.
UNLIKE = 0.4
TEXTS = 6  # that a page holds, the largest ones, which are compared with each other


class Groups(NamedTuple):
    """The copy group of each article, int32: the lowest row of its own; which pages hold another text too, bool."""

    group: NDArray[np.int32]
    several: NDArray[np.bool_]


def copy_groups(
    known: NDArray[np.int32], pairs: Pairs, alike: Measure, round_ups: Callable[[NDArray[np.int32]], NDArray[np.bool_]]
) -> Groups:
    """Return the copy groups of articles, given the groups `known` of them, each row with the lowest of its own.

    Copies that hold most of each other are in one group. So is a text with a longer page that holds it, unless one of
    the two holds an unrelated text as well: such a page goes with the text that makes up most of it. A text does not
    join a round-up: else the opening of a report, all there is above a paywall, would make the round-up its copy.
    `alike` gives the story similarity of pairs of rows, `round_ups` says which of some rows are round-ups.
    """
    close = pairs.relation <= NEAR_DUPLICATE
    whole = np.minimum(pairs.containment_a, pairs.containment_b) >= WHOLE
    whole |= pairs.relation == IDENTICAL
    group = cluster.joined(known, pairs.a[close & whole], pairs.b[close & whole])
    inside = whole & (group[pairs.a] == group[pairs.b])  # not all of these need be measured
    held, touched, several = close & ~inside, *np.zeros((2, len(known)), dtype=np.bool_)
    if not held.any():
        return Groups(group, several)
    items, pages = _items(pairs, np.flatnonzero(held), round_ups)
    held[items], several[pages] = False, True
    touched[pairs.a[held]] = touched[pairs.b[held]] = True
    rows = np.flatnonzero(held | (inside & (touched[pairs.a] | touched[pairs.b])))
    apart_a, apart_b = _apart(pairs, rows, inside[rows], group, alike)
    several[pairs.a[rows[apart_a]]] = several[pairs.b[rows[apart_b]]] = True
    held[rows[apart_a | apart_b]] = False
    kept = held | (close & inside)
    return Groups(cluster.joined(known, pairs.a[kept], pairs.b[kept]), several)


def _items(
    pairs: Pairs, rows: NDArray[np.int64], round_ups: Callable[[NDArray[np.int32]], NDArray[np.bool_]]
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Return the pairs of a round-up with one of its items, and these round-ups.

    An item has more of its words in the round-up than the reverse. So a shorter version of a report is none, even if
    the longer one has the title of a round-up.
    """
    a, b, of_a, of_b = (column[rows] for column in (pairs.a, pairs.b, pairs.containment_a, pairs.containment_b))
    many = round_ups(np.union1d(a, b))
    left, right = (many[a] & ~many[b] & (of_a <= of_b)), (many[b] & ~many[a] & (of_b <= of_a))
    return rows[left | right], np.concatenate((a[left], b[right]))


def _apart(
    pairs: Pairs, rows: NDArray[np.int64], inside: NDArray[np.bool_], group: NDArray[np.int32], alike: Measure
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return for which of some pairs a is a page of several texts that goes with another text than b, then for which b.

    `inside`: which pairs hold most of each other. `group`: the groups that these make; a page stays in its group
    whatever else it holds.
    """
    page, other = np.concatenate((pairs.a[rows], pairs.b[rows])), np.concatenate((pairs.b[rows], pairs.a[rows]))
    share, own = np.concatenate((pairs.containment_a[rows], pairs.containment_b[rows])), np.tile(inside, 2)
    part = group[other]
    of = np.unique(group[page].astype(np.int64) << 32 | part, return_inverse=True)[1].ravel()
    most = np.zeros(len(page), dtype=np.float32)  # of copies of one page all go with the same text
    np.maximum.at(most, of, share)
    # of a page's own group the one that is least of it: that may be one of its texts
    order = np.lexsort((other, np.where(own, share, -share), part, -most[of], ~own, page))
    texts: dict[int, dict[int, int]] = {}
    for i in order.tolist():
        texts.setdefault(int(page[i]), {}).setdefault(int(part[i]), i)
    unlike = _unlike(texts, other, share, alike)
    close = pairs.relation <= NEAR_DUPLICATE  # two reviews of one morning share excerpts
    linked = {(int(x), int(y)) for x, y in zip(group[pairs.a[close]], group[pairs.b[close]], strict=True)}
    apart = np.zeros(len(page), dtype=np.bool_)
    for i in np.flatnonzero(np.isin(page, page[[*unlike]]) & ~own).tolist():
        held = texts[int(page[i])]
        first = next(text for text, row in held.items() if not own[row] or row in unlike)
        this = int(part[i])
        copied = first != group[page[i]] and {(first, this), (this, first)} & linked
        apart[i] = first != this and not copied
    return apart[: len(rows)], apart[len(rows) :]


def _unlike(
    texts: dict[int, dict[int, int]], other: NDArray[np.int32], share: NDArray[np.float32], alike: Measure
) -> set[int]:
    """Return which pairs of a page are with texts that have nothing to do with another text of the page.

    `texts`: of each page, a pair with each text it holds. Two that together hold more than the whole page share text
    with each other, and are not asked about. Two that do not may still tell one story: a page that keeps half of this
    morning's report below a new opening.
    """
    pairs = [
        two
        for held in texts.values()
        for two in combinations(list(held.values())[:TEXTS], 2)
        if share[two[0]] + share[two[1]] <= 2 * WHOLE
    ]
    if not pairs:
        return set()
    sides = np.array(pairs).T
    unlike = alike(*np.sort(other[sides], axis=0)) < UNLIKE
    return set(sides[:, unlike].ravel().tolist())


def known_by_text(corpus: Corpus, group: NDArray[np.int32]) -> Corpus:
    """Return the corpus in which all copies of a text have the earliest date of any of them, and a title of their own.

    A round-up's title ("News in brief") gives way to that of another copy. Which copy stands for the text is chance,
    and so are the date and the title on its page.
    """
    copied = np.flatnonzero(np.bincount(group, minlength=1)[group] > 1).tolist()
    if not copied:
        return corpus
    first = np.full(len(group), np.nan)
    np.fmin.at(first, group, corpus.published)  # of a number and none the number
    articles = list(corpus.articles)
    titles = [(row, int(group[row]), articles[row].title) for row in copied]
    own: dict[int, str] = {}
    for _, text, title in titles:
        if title and text not in own and not is_round_up(title):
            own[text] = title
    for row, text, title in titles:
        if text in own and is_round_up(title):
            articles[row] = replace(articles[row], title=own[text])
    return replace(corpus, articles=tuple(articles), published=first[group])
