"""Where articles say they were written: the place that agencies and papers put before the first sentence."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from ..resources import agency_aliases, load_json
from ..rows import places_in
from ..words import stems, tokenize, words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..model import Corpus, Weights

# Reporters sit in some sixty cities and write from there of what happens anywhere. These stand in more than one of 200
# articles: of what is dated New York and Washington, one matter is often told with no name in both.
LOCAL = 5.295  # rarity of a place's rarest word in news at large; in most languages of one that is not listed
# How rare a place is, the characters of Chinese do not tell: there these cities are listed ("seats" of places.json).
OPENING = 300  # characters in which a line may open with a dateline: a headline or a byline may stand above it
_KEPT = 1 << 15  # openings
_LABEL = 24  # characters from the dash to the colon after an agency
# A place, what lies around it or the day, the agency, a dash: "LA GRANGE, Texas (AP) —", "BERLIN, 3 May (dpa) -",
# "Xanten (Alemania), 3 may (EFE).-", "لندن 3 مايو (رويترز) -". Or a dash, the agency and a colon: "لندن - رويترز:".
_DATELINE = re.compile(
    r"^[^\S\n]*(?P<place>[^\W\d_](?:[^\W\d_]|\.?[ .'’/-](?=[^\W_])){1,38}[^\W\d_]\.?)(?:[^\S\n]*\([^)\n]{2,30}\)(?=,))?"
    r"(?:(?:,|[^\S\n](?=\d))[^\n(—–]{1,30}?)?"
    r"[^\S\n]*(?P<agency>\([^)\n]{2,30}\))?[^\S\n]*\.?(?:[—–]|--?[^\w\n-])(?P<label>[^\S\n]*[^\n:]{2,20}:)?",
    re.MULTILINE,
)
_CHINESE = re.compile(  # "新华社慕尼黑5月3日电", "中新网杭州3日电"
    r"^[（(]?[\u4e00-\u9fff]{0,6}?[社网網报報](?![记記]者)(?P<place>[\u4e00-\u9fff]{2,8}?)(?:\d{1,2}月)?\d{1,2}日[电電讯訊]",
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
        local = rarity[first:end].max(initial=0) >= LOCAL and place not in _seats()
        number[place] = len(number) if local else -len(number)
    found[rows] = [number[place] for place in places]
    return found


@lru_cache(_KEPT)
def place_of(opening: str) -> str:
    """Return the place of the dateline in a text's opening, folded, "" for none.

    It is in capitals, or an agency follows in brackets, or before a colon.

    >>> place_of("LA GRANGE, Texas (AP) — A deputy"), place_of("Rain\\nBerlin (dpa) - Ein Mann"), place_of("ROMA – Il")
    ('la grange', 'berlin', 'roma')
    >>> place_of("ST. LOUIS/NEW YORK, May 3 (Reuters) -- Rain"), place_of("PITTSBURGH (KDKA) – Two people")
    ('st. louis/new york', 'pittsburgh')
    >>> place_of("Xanten (Alemania), 3 may (EFE).- Dos"), place_of("لندن - رويترز: قال"), place_of("لندن - صور: قال")
    ('xanten', 'لندن', '')
    >>> place_of("新华社慕尼黑5月3日电 两人死亡"), place_of("【中央社】華盛頓"), place_of("本報華盛頓3日電")
    ('慕尼黑', '', '华盛顿')
    >>> place_of("The man - a clerk - fled"), place_of("NATO-led troops"), place_of("(AP) — A deputy"), place_of("")
    ('', '', '', '')
    """
    if "日" in opening and (match := _CHINESE.search(opening)):
        return "".join(words(match["place"]))
    last = max(map(opening.rfind, "-–—"))  # behind it no place is followed by a dash; most openings have none
    for match in _DATELINE.finditer(opening, 0, last + _LABEL):
        if match["agency"] or match["place"].isupper() or (match["label"] or "").strip(" :") in agency_aliases():
            return match["place"].casefold()
    return ""


@cache
def _seats() -> frozenset[str]:
    return frozenset(load_json("places.json")["seats"])


def named_apart(corpus: Corpus, a: NDArray[np.int32], b: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Return of pairs with datelines in whose neither text the other's place is named; by its letters alone."""
    sides = [[corpus.text[row] for row in side.tolist()] for side in (a, b)]
    places = [[place_of(text[:OPENING]) for text in texts] for texts in sides]
    rows = zip(*sides, *places, strict=True)
    return np.array([here not in second and there not in first for first, second, here, there in rows], dtype=np.bool_)
