"""The quotations of articles, and which of them only one article has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..model import COPIED_QUOTE, OWN_QUOTE, SHARED_QUOTE, Quotes
from .columns import owners
from .rules import RULES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..model import Corpus
    from .find import Found


def quotes(corpus: Corpus, found: Found) -> Quotes:
    """Return the quotations of at least `RULES.quoted` words in the articles that were compared with others.

    Offsets are characters of the paragraph. What was copied with the text around
    it counts as copied; of the rest, that of which another article has as many words in a row as make a shared
    quotation is shared, and what is left is the article's own.
    """
    tokens = corpus.tokens
    spoken = np.concatenate(([0], found.spoken > 0, [0])).astype(np.int8)
    owner = owners(corpus)
    edge = np.concatenate(([True], owner[1:] != owner[:-1], [True]))  # no quotation goes on in the next paragraph
    here = spoken[1:-1]
    begins = np.flatnonzero((here == 1) & ((spoken[:-2] == 0) | edge[:-1]))
    ends = np.flatnonzero((here == 1) & ((spoken[2:] == 0) | edge[1:])) + 1
    long = ends - begins >= RULES.quoted
    begins, ends = begins[long], ends[long]
    shared, copied = (_within(column, begins, ends) for column in (found.spoken == 2, found.covered))
    kind = np.where(shared >= RULES.quoted, SHARED_QUOTE, OWN_QUOTE)
    kind = np.where(2 * copied >= ends - begins, COPIED_QUOTE, kind)
    return Quotes(
        article=(np.searchsorted(tokens.first, begins, side="right") - 1).astype(np.int32),
        paragraph=corpus.paragraph_index[owner[begins]],
        start=tokens.start[begins] - corpus.paragraph_start[owner[begins]],
        end=tokens.end[ends - 1] - corpus.paragraph_start[owner[begins]],
        kind=kind.astype(np.uint8),
    )


def _within(column: NDArray[np.bool_], begins: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return how many words of each stretch are marked."""
    total: NDArray[np.int64] = np.append(np.int64(0), np.cumsum(column, dtype=np.int64))
    return np.asarray(total[ends] - total[begins], dtype=np.int64)
