"""The quotations of articles, and which of them only one article has."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from ..model import COPIED_QUOTE, OWN_QUOTE, SHARED_QUOTE, Corpus, Quotes
from ..rows import bounds_of, owners_of
from .columns import paragraph_words
from .find import Found
from .rules import RULES

_SIDE_BY_SIDE = re.compile('["”»“」』]\\s*["“„«»「『]')  # one quotation ends and the next begins
_CLOSEST = 3  # characters, at least, between the last word of one and the first of the next


def quotes(corpus: Corpus, found: Found) -> Quotes:
    """Return the quotations of at least `RULES.quoted` words in the articles that were compared with others.

    Offsets are characters of the paragraph. A quotation that was copied with the text around it is a copied one; of the
    rest, one of which another article has `RULES.quoted` words in a row or more is shared, and any other is its own.
    """
    tokens, bounds = corpus.tokens, paragraph_words(corpus)
    opens = np.zeros(len(tokens.hash) + 1, dtype=np.bool_)
    opens[bounds] = True  # no quotation goes on in the next paragraph
    said = np.flatnonzero(found.spoken)
    begin = (np.diff(said, prepend=-2) > 1) | opens[said]
    begin[_side_by_side(corpus, said, ~begin)] = True
    first = np.flatnonzero(begin)
    size = np.diff(first, append=len(said))
    first, size = first[size >= RULES.quoted], size[size >= RULES.quoted]
    begins, ends = said[first], said[first + size - 1] + 1
    shared, copied = (_sums(marked[said], first, size) for marked in (found.spoken == 2, found.covered))
    owner = owners_of(bounds, begins)
    kind = np.where(shared >= RULES.quoted, SHARED_QUOTE, OWN_QUOTE)
    kind = np.where(2 * copied >= size, COPIED_QUOTE, kind)
    return Quotes(
        article=owners_of(tokens.first, begins).astype(np.int32),
        paragraph=corpus.paragraph_index[owner],
        start=tokens.start[begins] - corpus.paragraph_start[owner],
        end=tokens.end[ends - 1] - corpus.paragraph_start[owner],
        kind=kind.astype(np.uint8),
    )


def _side_by_side(corpus: Corpus, said: NDArray[np.int64], goes_on: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return where in `said` words that go on in a run of such open a quotation right behind another one, int64."""
    tokens = corpus.tokens
    starts, ends = tokens.start[said], tokens.end[said - 1]
    places = np.flatnonzero((starts - ends >= _CLOSEST) & goes_on)
    rows = owners_of(tokens.first, said[places]).tolist()
    between = zip(rows, ends[places].tolist(), starts[places].tolist(), strict=True)
    return places[[bool(_SIDE_BY_SIDE.search(corpus.text[row], end, start)) for row, end, start in between]]


def _sums(marks: NDArray[np.bool_], first: NDArray[np.int64], size: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return how many of `size` marks from `first` on are set."""
    total = bounds_of(marks)
    return total[first + size] - total[first]
