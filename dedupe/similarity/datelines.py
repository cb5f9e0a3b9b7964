"""Where and on what day articles say they were written: what agencies and papers put before the first sentence.

Those of Japan name the place in it.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache, lru_cache
from math import isnan, nan

import numpy as np
from numpy.typing import NDArray

from ..model import Corpus, Weights
from ..resources import agency_aliases, calendar_names, load_json
from ..rows import places_in
from ..words import ROOT, fold, stems, tokenize

# Reporters sit in some sixty cities and write from there of what happens anywhere. These stand in more than one of 200
# articles: of what is dated New York and Washington, one matter is often told with no name in both.
LOCAL = 5.298  # ln 200: rarity of a place's rarest word in news at large
# In other languages a place is one of them that is listed ("seats" of places.json): 5,000 stems of a language have most
# towns among them ("Kassel" as the till, "Essen" as food), and the characters of Chinese tell nothing.
OPENING = 300  # characters in which a line may open with a dateline: a headline or a byline may stand above it
_KEPT = 1 << 15  # openings
_LABEL = 24  # characters from the dash to the colon after an agency
# A place, what lies around it or the day, the agency, a dash: "LA GRANGE, Texas (AP) —", "BERLIN, 3 May (dpa) -",
# "Xanten (Alemania), 3 may (EFE).-", "لندن 3 مايو (رويترز) -". Or a dash, the agency and a colon: "لندن - رويترز:". Or
# the agency between strokes: "КАЗАНЬ, 4 ноября. /ТАСС/.".
_DATELINE = re.compile(
    r"^[^\S\n]*(?P<place>[^\W\d_](?:[^\W\d_]|\.?[ .'’/-](?=[^\W_])){1,38}[^\W\d_]\.?)(?:[^\S\n]*\([^)\n]{2,30}\)(?=,))?"
    r"(?:,[^\n(—–]{1,30}?|[^\S\n]\d{1,2}\.?[^\S\n][^\W\d_][^\n(—–]{1,25}?(?=[^\S\n]*\())?"
    r"[^\S\n]*(?:(?P<agency>\((?!\d)[^)\n]{2,30}\))?[^\S\n]*\.?(?:[—–]|--?[^\w\n-])(?P<label>[^\S\n]*[^\n:]{2,20}:)?"
    r"|\.?[^\S\n]*/(?P<wire>[^/\n]{2,20})/)",
    re.MULTILINE,
)
_CHINESE = re.compile(  # "新华社慕尼黑5月3日电", "中新网杭州3日电"
    r"^[（(]?[\u4e00-\u9fff]{0,6}?[社网網报報](?![记記]者)(?P<place>[\u4e00-\u9fff]{2,8}?)(?:(?P<month>\d{1,2})月)?"
    r"(?P<day>\d{1,2})日[电電讯訊]",
    re.MULTILINE,
)
# "(대구=연합뉴스) 김선영 기자 =", "[부산=뉴시스]이영희 기자 = ". After a picture's source, "(사진=뉴스1)", no second
# sign follows.
_KOREAN = re.compile(r"^[(\[【](?P<place>[\uac00-\ud7a3]{2,8})=[^)\]】=\n]{2,20}[)\]】][^=\n]{2,30}=", re.MULTILINE)
# Outlets of Japan put no place before the first sentence: it names the prefecture or city that it tells of
# ("5日午前、富山県立山町で"). No such place are a party's branch ("県連"), an assembly ("県議"), a market ("市場"), nor
# all prefectures ("都道府県"), all towns ("市町村") or large cities ("大都市"; Kyoto and Saito are "京都市", "西都市").
_JAPANESE = re.compile(
    r"(?<![\u4e00-\u9fff])(?P<place>[\u4e00-\u9fff々ヶ]{2,3})(?:(?<!道府)県(?![連議])|(?<![^京西]都)市(?!場|町村))"
    r"(?=[^\n]*[\u3041-\u3096])"
)
# A day before an agency in brackets: "Feb 5 (Reuters) -", "LONDON, Feb. 5 (Xinhua) --", "Berlin, 5. Mai (dpa) -",
# "Lille, 5 nov 2025 (AFP) -"; or between strokes, or after a dash: "5 ноября. /ТАСС/.", "5 ноя - РИА Новости.". Of 155
# in 40,000 Reuters articles 152 are within a day of the article's date. Lists of games and of lives have others.
_DAY = re.compile(
    r"^(?:[^\n(]{0,60}?[\s,])??(?:(?P<before>\d{1,2})\.? )?(?P<month>[^\W\d_]{3,12})\.?(?: (?P<after>\d{1,2}))?"
    r"(?:,? \d{4})?[^\S\n]*(?:\((?P<agency>[^)\n]{2,30})\)[^\S\n]*\.?[-—–]|/(?P<wire>[^/\n]{2,20})/"
    r"|[-—–] (?P<label>[^\n.,:]{2,20})[.,:])",
    re.MULTILINE,
)
YEAR = 366  # days; the year of a dateline is not known, and any may have a 29 February


def datelines(corpus: Corpus, weights: Weights, rows: NDArray[np.int32]) -> NDArray[np.int64]:
    """Return a number for the place of each article's dateline, int64 of shape (n,), 0 for none and outside of `rows`.

    The number of a place that news at large seldom names is above zero, that of a city full of reporters below: one of
    these is told by how often it is named in English, in other languages by a list.
    """
    found = np.zeros(len(corpus.articles), dtype=np.int64)
    places = [place_of(corpus.text[row][:OPENING]) for row in rows.tolist()]
    named = sorted({*places} - {""})
    if not named:  # often, of an article and the few beside it
        return found
    tokens = tokenize(named)
    term = places_in(weights.key, tokens.hash)
    if (term < 0).any():  # the term of a word is the word or its stem
        term = np.where(term < 0, places_in(weights.key, stems(named, tokens, ROOT)), term)
    rarity = np.append(weights.background_idf, LOCAL)[term]
    seldom = {"": False}
    for place, first, end in zip(named, tokens.first, tokens.first[1:], strict=False):
        seldom[place] = rarity[first:end].max(initial=0) >= LOCAL
    number = {place: at for at, place in enumerate(seldom)}
    for row, place in zip(rows.tolist(), places, strict=True):
        language = corpus.articles[row].language[:2]
        local = seldom[place] if language == "en" else fold(place) not in _seats() and (seldom[place] or language != "")
        found[row] = number[place] if local else -number[place]
    return found


@lru_cache(_KEPT)
def place_of(opening: str) -> str:
    """Return the place of the dateline in a text's opening, folded, "" for none.

    It is in capitals, or an agency follows in brackets, between strokes, or before a colon; in Japanese it is the first
    prefecture or city.

    >>> place_of("LA GRANGE, Texas (AP) — A deputy"), place_of("Rain\\nBerlin (dpa) - Ein Mann"), place_of("ROMA – Il")
    ('la grange', 'berlin', 'roma')
    >>> place_of("ST. LOUIS/NEW YORK, May 3 (Reuters) -- Rain"), place_of("PITTSBURGH (KDKA) – Two people")
    ('st. louis/new york', 'pittsburgh')
    >>> place_of("Xanten (Alemania), 3 may (EFE).- Dos"), place_of("لندن - رويترز: قال"), place_of("لندن - صور: قال")
    ('xanten', 'لندن', '')
    >>> place_of("Казань, 4 ноября. /ТАСС/. Суд"), place_of("(대구=연합뉴스) 김선영 기자 ="), place_of("(사진=뉴시스)")
    ('казань', '대구', '')
    >>> place_of("新华社慕尼黑5月3日电 两人死亡"), place_of("【中央社】華盛頓"), place_of("本報華盛頓3日電")
    ('慕尼黑', '', '华盛顿')
    >>> place_of("5日午前、富山県立山町で"), place_of("自民党県連は"), place_of("株式市場の"), place_of("在太原市")
    ('富山', '', '', '')
    >>> place_of("全国の都道府県の"), place_of("主要都市の"), place_of("関係市町村は"), place_of("京都市で")
    ('', '', '', '京都')
    >>> place_of("Feb 5 (Reuters) - A court"), place_of("TOP 10 - The songs"), place_of("Chelsea (2-1) - A draw")
    ('', '', '')
    >>> place_of("The man - a clerk - fled"), place_of("NATO-led troops"), place_of("(AP) — A deputy"), place_of("")
    ('', '', '', '')
    """
    if "日" in opening and (match := _CHINESE.search(opening)):
        return fold(match["place"])
    if "=" in opening and (match := _KOREAN.search(opening)):
        return match["place"]
    last = max(map(opening.rfind, "-–—/"))  # behind it no place is followed by one of these; most openings have none
    for match in _DATELINE.finditer(opening, 0, last + _LABEL):
        wire = match["wire"] or (match["label"] or "").strip(" :")
        if match["agency"] or wire in agency_aliases() or (match["place"].isupper() and not match["wire"]):
            return match["place"].casefold()
    if ("県" in opening or "市" in opening) and (match := _JAPANESE.search(opening)):
        return fold(match["place"])
    return ""


@cache
def _seats() -> frozenset[str]:
    return frozenset(map(fold, load_json("places.json")["seats"]))


def days_of_year(corpus: Corpus, rows: NDArray[np.int32]) -> NDArray[np.float64]:
    """Return the day of the year each article is of, float64 of shape (n,), nan where that is not known.

    By its date, or if it has none by its dateline, which is looked for in the given rows.
    """
    known = np.isfinite(corpus.published)
    found = np.full(len(known), nan)
    day = np.floor(corpus.published[known]).astype("datetime64[D]")
    month = day.astype("datetime64[M]")
    found[known] = _firsts()[month.astype(np.int64) % 12] + (day - month).astype(np.int64)
    for row in rows[~known[rows]].tolist():
        found[row] = day_of(corpus.text[row][:OPENING])
    return found


def day_of(opening: str) -> float:
    """Return the day of the year that the dateline in a text's opening gives, nan for none.

    >>> day_of("PRAGUE, Feb 5 (Reuters) - A court"), day_of("Berlin, 5. Februar (dpa) - Ein"), day_of("Feb 5 - It")
    (35.0, 35.0, nan)
    >>> day_of("КАЗАНЬ, 5 февраля. /ТАСС/. Суд"), day_of("КАЗАНЬ, 5 фев - РИА Новости."), day_of("新华社昆明2月5日电")
    (35.0, 35.0, 35.0)
    >>> day_of("Ana Roe, born Feb 5 (1950) - a painter"), day_of("Chelsea won on 5 February (away) - the third time")
    (nan, nan)
    """
    if "日" in opening and (match := _CHINESE.search(opening)):
        return _numbered(int(match["month"] or 0), int(match["day"]))
    for match in _DAY.finditer(opening):
        month, day = _months().get(match["month"].casefold(), 0), match["before"] or match["after"]
        agency = match["wire"] or match["label"] or match["agency"]
        names = agency, (match["agency"] or "").partition(" ")[0]  # the first word of "Reuters Health"
        if not isnan(found := _numbered(month, int(day or 0))) and not agency_aliases().isdisjoint(names):
            return found
    return nan


def _numbered(month: int, day: int) -> float:
    """Return the number of a day in a leap year, from 0 on, nan for none."""
    return float(_firsts()[month - 1]) + day - 1 if 0 < month <= 12 and 0 < day <= 31 else nan


@cache
def _months() -> dict[str, int]:
    """Return the number of each month by its folded names, in all languages; of two the first language's."""
    return {name.casefold(): month for month, name in reversed([*calendar_names("months.json")])}


@cache
def _firsts() -> NDArray[np.int64]:
    """Return the days of a leap year before each month, int64 of shape (12,)."""
    return np.array([(date(2000, month, 1) - date(2000, 1, 1)).days for month in range(1, 13)], dtype=np.int64)


def named_apart(corpus: Corpus, a: NDArray[np.int32], b: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Return of pairs with datelines in whose neither text the other's place is named; by its letters alone."""
    text = {row: fold(corpus.text[row]) for row in {*a.tolist(), *b.tolist()}}
    place = {row: fold(place_of(corpus.text[row][:OPENING])) for row in text}
    rows = zip(a.tolist(), b.tolist(), strict=True)
    return np.array([place[one] not in text[two] and place[two] not in text[one] for one, two in rows], dtype=np.bool_)
