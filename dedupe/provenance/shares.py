"""An article's words shared out by where they come from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from itertools import accumulate, pairwise
from operator import itemgetter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..model import Blocks, Corpus, Reuse, Shares, Taken
from ..model.codes import EXCERPT
from ..rows import lengths, marked, owners, places_in, runs
from ..words import block_tokens
from .credits import all_from_outside
from .derive import Close
from .origin import Origin

NEARLY_ALL = 0.85  # of a page's words


def first_to_last(corpus: Corpus, copies: Set[int]) -> NDArray[np.int64]:
    """Return the place of each row in the order in which versions count as sources, or are to be read, int64.

    Those not known to be taken from another (`copies`: the rows that are) come first, then the earliest, the longest,
    the first by id.
    """
    derived = np.isin(np.arange(len(corpus.articles)), sorted(copies))
    place = np.empty(len(derived), dtype=np.int64)
    order = np.lexsort((-lengths(corpus.tokens.first), corpus.published, derived))  # nan, an unknown day, is the last
    place[order] = np.arange(len(order))
    return place


class Inside(NamedTuple):
    """How many words of each paragraph stand elsewhere: `words`, int64.

    `paragraph`: int64, ascending; 2**32 times the row of its article, and its index among the blocks of the page.
    """

    paragraph: NDArray[np.int64]
    words: NDArray[np.int64]


class _Source(NamedTuple):
    """A row that an article took words from; sorted as they count: the known source first, then by `place`."""

    unknown: bool
    place: int
    row: int
    words: int


def inside_paragraphs(corpus: Corpus, covered: NDArray[np.bool_]) -> Inside:
    """Return how many words of each paragraph are `covered`, as bool of shape (tokens,) tells."""
    paragraphs = Blocks(corpus.paragraph_first, corpus.paragraph_start, corpus.paragraph_end)
    words = marked(covered, block_tokens(paragraphs, corpus.tokens))
    return Inside(owners(paragraphs.first) << 32 | corpus.paragraph_index, words)


def reused_words(
    close: Close,
    shared: tuple[NDArray[np.int32], NDArray[np.int32]],
    covered: NDArray[np.int64],
    taken: Set[tuple[int, int]],
    order: NDArray[np.int64],
    reuse: Reuse,
    inside: Inside,
) -> dict[int, list[tuple[int, int]]]:
    """Return for each row that took from others the (source row, words) that it took, in the order in which they count.

    `shared`: of each pair, how many words of a stand in b, and of b in a. `covered`: how many of an article's words
    stand in any other. `taken`: (source, copy) of the derivations. If nothing tells the direction of a copy, the
    article that comes first in `order` counts as the source, so that a text on two pages is original on one of them.

    Words that several sources have count once: for the known source, else for the first one, and so on until all that
    stands in a source has one. What others took from the article itself does not: of the second report on an event, all
    stands in its copies, and half in the first report. `reuse`: the paragraphs that stand elsewhere; `inside`: how
    many of their words do.
    """
    found: dict[int, list[_Source]] = {}
    copied = close.relation <= EXCERPT
    columns = (close.a.tolist(), close.b.tolist(), copied.tolist(), *(words.tolist() for words in shared))
    place = order.tolist()
    for a, b, copy, shared_a, shared_b in zip(*columns, strict=True):
        known = (a, b) in taken or (b, a) in taken
        if (b, a) in taken or (copy and not known and place[b] < place[a]):
            found.setdefault(a, []).append(_Source(not known, place[b], b, shared_a))
        elif known or copy:
            found.setdefault(b, []).append(_Source(not known, place[a], a, shared_b))
    held = np.minimum(_in_sources(found, reuse, inside, len(covered)), covered).tolist()
    return {row: _told_once(sorted(sources), held[row]) for row, sources in sorted(found.items())}


def _in_sources(found: Mapping[int, Sequence[_Source]], reuse: Reuse, inside: Inside, count: int) -> NDArray[np.int64]:
    """Return how many words of each of `count` rows stand in its sources, int64; no fewer than in any one source.

    Of each paragraph as many as its sources have together, but no more than stand elsewhere: two may have the same.
    """
    held = np.zeros(count, dtype=np.int64)
    taken = [(row << 32 | source.row, source.words) for row, sources in found.items() for source in sources]
    if not taken:
        return held
    pairs, words = np.array(sorted(taken), dtype=np.int64).T
    article = reuse.article.astype(np.int64) << 32
    together = np.where(places_in(pairs, article | reuse.other) >= 0, reuse.words, 0)
    each = runs(reuse.article, reuse.paragraph)[:-1]
    most = inside.words[places_in(inside.paragraph, (article | reuse.paragraph)[each])]
    np.add.at(held, reuse.article[each], np.minimum(np.add.reduceat(together, each), most))
    np.maximum.at(held, pairs >> 32, words)
    return held


def _told_once(sources: Sequence[_Source], covered: int) -> list[tuple[int, int]]:
    told = []
    for source in sources:
        if words := min(source.words, covered):
            told.append((source.row, words))
            covered -= words
    return told


def by_source(
    origins: Sequence[Origin], words: Mapping[int, Sequence[tuple[int, int]]], covered: NDArray[np.int64],
    reporting: NDArray[np.int64], taken: Set[tuple[int, int]],
) -> dict[int, list[tuple[str, str, int]]]:  # fmt: skip
    """Return for each row that took from others the (id, name, words) of its sources; the id is "" outside the corpus.

    `words`: what `reused_words` returned; `covered`, `taken`: what it was given. `reporting`: how many words of
    reporting each article has. If a page says that all its text is from a source, all of it counts so, also what is not
    on the source's own pages here.
    """
    reused = {row: _named(origins, sources) for row, sources in words.items()}
    for row, origin in enumerate(origins):
        if credit := all_from_outside(origin):
            sources = words.get(row, ())
            own = [item for item in sources if origins[item[0]].outlet == credit[0] or (item[0], row) in taken]
            here, name = _named(origins, own), credit[1].name
            if credit[0] in origin.carried:  # the other page gives the credit, of the words that both have
                reused[row] = [*here, ("", name, max(int(covered[row]) - sum(count for *_, count in here), 0))]
            else:
                reused[row] = _with_rest(here, name, int(reporting[row]))
    return reused


def _named(origins: Sequence[Origin], sources: Sequence[tuple[int, int]]) -> list[tuple[str, str, int]]:
    return [(origins[row].id, origins[row].name or origins[row].id, words) for row, words in sources]


def _with_rest(here: list[tuple[str, str, int]], name: str, words: int) -> list[tuple[str, str, int]]:
    """Return all the words of a page by source: what it has of its source's pages here, and the rest is from that too.

    Where one page here holds nearly all of them, the rest is a headline or a changed word, and from that page.
    """
    id, known, most = max(here, key=itemgetter(2), default=("", name, 0))
    return [(id, known, words)] if most >= NEARLY_ALL * words else [*here, ("", name, words)]


def shares(groups: NDArray[np.int64], taken: Mapping[int, Sequence[tuple[str, str, int]]]) -> list[Shares]:
    """Return each article's shares of its words.

    `groups`: int64 of shape (n, 4), the words of reporting, credit, ad and boilerplate; `taken`: for each row that took
    from others the (id or "", name, words) of its sources. An article without words is all boilerplate.
    """
    own = zip(groups.tolist(), _own_shares(groups), strict=True)
    return [
        _shares(words, taken[row]) if row in taken else Shares(original, 0.0, credit, ad, boilerplate)
        for row, (words, (credit, ad, boilerplate, original)) in enumerate(own)
    ]


def _own_shares(groups: NDArray[np.int64]) -> list[list[float]]:
    """Return the shares of credit, ad, boilerplate and reporting of articles that take nothing, as `_shares` does.

    >>> _own_shares(np.array([[2, 1, 0, 0], [0, 0, 0, 0]]))
    [[0.3333, 0.0, 0.0, 0.6667], [0.0, 0.0, 1.0, 0.0]]
    """
    groups = np.roll(groups, -1, axis=1)
    groups[groups.sum(axis=1) == 0, 2] = 1
    reached = np.cumsum(groups, axis=1)
    whole = reached[:, -1:]
    here = (20_000 * reached + whole) // (2 * whole)
    return (np.diff(here, axis=1, prepend=0) / 10_000).tolist()


def _shares(groups: Sequence[int], taken: Sequence[tuple[str, str, int]]) -> Shares:
    """Return the shares of one article, each rounded so that they sum to 1 and those of its sources to the reused."""
    if not sum(groups):
        return Shares(0.0, 0.0, 0.0, 0.0, 1.0)
    reporting, *others = groups
    left = reporting
    sources = []
    for source, name, words in taken:
        sources.append((source, name, min(words, left)))
        left -= sources[-1][2]
    rounded = _rounded([*(words for *_, words in sources), *others, left])
    by_source = [
        Taken(source, name, share) for (source, name, _), share in zip(sources, rounded, strict=False) if share
    ]
    credit, ad, boilerplate, original = rounded[len(sources) :]
    reused = round(sum((item.share for item in by_source), 0.0), 4)
    return Shares(original, reused, credit, ad, boilerplate, tuple(sorted(by_source, key=_largest)))


def _largest(taken: Taken) -> tuple[float, str, str]:
    return -taken.share, taken.source, taken.source_name


def _rounded(parts: Sequence[int]) -> list[float]:
    """Return the parts of their sum, in whole ten-thousandths that sum to 1.

    >>> _rounded([1, 1, 1])
    [0.3333, 0.3334, 0.3333]
    """
    whole = sum(parts)
    reached = [(20_000 * here + whole) // (2 * whole) for here in accumulate(parts, initial=0)]
    return [(end - start) / 10_000 for start, end in pairwise(reached)]
