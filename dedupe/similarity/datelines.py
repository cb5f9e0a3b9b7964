"""Where articles say they were written: the place that agencies and papers put before the first sentence."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from ..rows import places_in
from ..words import stems, tokenize

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..model import Corpus, Weights

# Reporters sit in some sixty cities and write from there of what happens anywhere. These stand in more than one of 200
# articles: of what is dated New York and Washington, one matter is often told with no name in both.
LOCAL = 5.295  # rarity of a place's rarest word in news at large; in most languages of one that is not listed
OPENING = 300  # characters in which a line may open with a dateline: a headline or a byline may stand above it
_KEPT = 1 << 15  # openings
# A place, what lies around it or the day, the agency, a dash: "LA GRANGE, Texas (AP) —", "BERLIN, 3 May (dpa) -".
_DATELINE = re.compile(
    r"^[^\S\n]*(?P<place>[^\W\d_](?:[^\W\d_]|\.?[ .'’/-](?=[^\W_])){1,38}[^\W\d_]\.?)(?:,[^\n(—–]{1,30}?)?"
    r"[^\S\n]*(?P<agency>\([^)\n]{2,30}\))?[^\S\n]*\.?(?:[—–]|--?[^\w\n-])",
    re.MULTILINE,
)


def datelines(corpus: Corpus, weights: Weights, rows: NDArray[np.int32]) -> NDArray[np.int64]:
    """Return a number for the place of each article's dateline, int64 of shape (n,), 0 for none and outside of `rows`.

    The number of a place that news at large seldom names is above zero, that of a city full of reporters below.
    """
    found = np.zeros(len(corpus.articles), dtype=np.int64)
    places = [place_of(corpus.text[row][:OPENING]) for row in rows.tolist()]
    named = sorted({*places} - {""})
    tokens = tokenize(named)
    term = places_in(weights.key, tokens.hash)
    if (term < 0).any():  # the term of a word is the word or its stem
        term = np.where(term < 0, places_in(weights.key, stems(named, tokens)), term)
    rarity = np.append(weights.background_idf, LOCAL)[term]
    number = {"": 0}
    for place, first, end in zip(named, tokens.first, tokens.first[1:], strict=False):
        number[place] = len(number) if rarity[first:end].max(initial=0) >= LOCAL else -len(number)
    found[rows] = [number[place] for place in places]
    return found


@lru_cache(_KEPT)
def place_of(opening: str) -> str:
    """Return the place of the dateline in a text's opening, folded, "" for none.

    It is in capitals, or an agency in brackets follows.

    >>> place_of("LA GRANGE, Texas (AP) — A deputy"), place_of("Rain\\nBerlin (dpa) - Ein Mann"), place_of("ROMA – Il")
    ('la grange', 'berlin', 'roma')
    >>> place_of("ST. LOUIS/NEW YORK, May 3 (Reuters) -- Rain"), place_of("PITTSBURGH (KDKA) – Two people")
    ('st. louis/new york', 'pittsburgh')
    >>> place_of("The man - a clerk - fled"), place_of("NATO-led troops"), place_of("(AP) — A deputy"), place_of("")
    ('', '', '', '')
    """
    last = max(map(opening.rfind, "-–—"))  # behind it no place is followed by a dash; most openings have none
    for match in _DATELINE.finditer(opening, 0, last + 2):
        if match["agency"] or match["place"].isupper():
            return match["place"].casefold()
    return ""
