"""What two articles share, in the words of the first: the names in both, and the words of a run."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from ..compiling import compiled
from ..model import Corpus
from ..resources import agency_aliases, calendar_names, load_json
from ..words import CAPITAL, MISREAD, Tokens
from .features import LONGEST_TEXT

Places: TypeAlias = tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int32]]
Span: TypeAlias = tuple[int, int]

NAMES = 5  # shown
LOOKED_AT = 10  # of which these are chosen: names that are no part of another one of them
WORDS = 12  # of a run that are shown
SHORTEST = 3  # letters of a name that is shown
# Where a report is dated: all before an agency in brackets and a dash, or capitals before a dash.
_DATED = re.compile(
    r"\s*(?:[^\n()]{2,60}?\([^\n()]{2,30}\)[^\S\n]?[—–-]|[A-ZÀ-ÞĀ-ŽЀ-Я][^a-zß-öø-ÿа-џ\n]{2,60}?[^\S\n][—–-])"
)
_CREDITS = re.compile(r"(?:report|writ|edit)ing by |(?:repor|edi)(?:te|tado|tagem|ção|tion|té) (?:de|por|par) ", re.I)
_SIGNS = ("ing by ", "(Rep", "(rep", "(Edi", "(edi")  # one of them stands in all credits: they are found at once
_END = 500  # characters at the end of a report in which it tells who wrote and edited it
# What joins the words of a name: "Bank of America", "Standard & Poor's", "Prohibition of the Trade".
_JOINTS = frozenset(("of", "for", "the", "&"))
_AFTER = re.compile(r" (?:(?:(?:of|for)(?: the)?|&) )?([^\W\d_][\w-]*)")
NEW = ("New ", "NEW ")  # is a part of names though it is no name
_MOST = 3  # words on each side of a name that belong to it
# Words that open sentences, and belong to a name before them: "Kim Jong Un", "Marine Le Pen".
_SMALL = frozenset(load_json("facts.json")["not_names"])


def stretch(corpus: Corpus, row: int, first: float, count: float) -> str:
    """Return `count` words of a text from word `first` on, as written, on one line; a long stretch only begins."""
    start = int(corpus.tokens.first[row]) + int(first)
    shown = min(int(count), WORDS)
    text = corpus.text[row][corpus.tokens.start[start] : corpus.tokens.end[start + shown - 1]]
    return " ".join(text.split()) + (" …" if shown < count else "")


def reported(corpus: Corpus, row: int, first: float, count: float, within: Span) -> tuple[int, int]:
    """Return (first, count) of a stretch without its words that date the report or tell who wrote it."""
    tokens, (low, high) = corpus.tokens, within
    start = int(tokens.first[row]) + int(first)
    if tokens.start[start] >= low and tokens.start[start + int(count) - 1] < high:  # nearly all
        return int(first), int(count)
    places = tokens.start[start : start + int(count)]
    here, there = np.searchsorted(places, np.array(within, dtype=places.dtype)).tolist()
    return int(first) + here, there - here


def shared_names(
    corpus: Corpus, a: NDArray[np.int32], b: NDArray[np.int32], within: Mapping[int, Span]
) -> Iterator[list[str]]:
    """Return for each pair the words that both texts have, and only with a capital: the most frequent first.

    At most NAMES of them, each on one line. A script without case has none, and what is seen to be misread is none, nor
    is what stands outside of `within`, which has `told_in` of the texts of `a`. Words next to each other wherever they
    stand in A are one name, with such as belong to it though a text writes them small elsewhere ("New York").
    """
    first, low, high = _frequent(corpus, a, _places(corpus.tokens, a, b))
    bounds, starts, ends = first.tolist(), low.tolist(), high.tolist()
    for row, other, i, j in zip(a.tolist(), b.tolist(), bounds[:-1], bounds[1:], strict=True):
        text, theirs = corpus.text[row], corpus.text[other]
        spans = _told(text, within[row], zip(starts[i:j], ends[i:j], strict=True))
        told: dict[str, Span] = {}
        for start, end in spans:  # one over a line's end is the same
            told.setdefault(" ".join(text[start:end].split()), (start, end))
        chosen = islice(_without_parts(list(told)), NAMES)
        names = [" ".join(_whole(text, theirs, *told[name]).split()) for name in chosen]
        yield list(_without_parts(list(dict.fromkeys(names))))


def told_in(text: str) -> Span:
    """Return from where to where a text reports: after what dates it, and before who wrote and edited it.

    >>> text = "PARIS, Texas (AP) — Ann Lee left. (Reporting by Bo Ek)"
    >>> text[slice(*told_in(text))], told_in("Ann Lee left Paris - or did not.")
    (' Ann Lee left. (', (0, 32))
    >>> told_in("МОСКВА — Дождь")[0], told_in("Москва и Киев - города")[0]
    (8, 0)
    """
    dated = _DATED.match(text)
    end = max(len(text) - _END, 0)
    credits = _CREDITS.search(text, end) if any(text.find(sign, end) >= 0 for sign in _SIGNS) else None
    return dated.end() if dated else 0, credits.start() if credits else len(text)


def _told(text: str, within: Span, spans: Iterable[Span]) -> Iterator[Span]:
    """Yield where the words of these spans first stand in the report itself, if they do."""
    low, high = within
    for start, end in spans:
        at = start if low <= start < high else text.find(text[start:end], low, high)
        if at >= 0:
            yield at, at + end - start


def _whole(text: str, other: str, start: int, end: int) -> str:
    """Return a name with the words beside it that belong to it.

    >>> text, other = "He left the Bank of America on Monday.", "The Bank of America, a bank, fell."
    >>> _whole(text, other, text.index("America"), text.index(" on"))
    'Bank of America'
    >>> _whole("Marine Le Pen won.", "It was Marine Le Pen. Le Pen won.", 0, 6)
    'Marine Le Pen'
    """
    end += text.startswith(".", end) and text[end - 2 : end - 1] == "."  # U.S.
    start -= len(NEW[0]) if text.endswith(NEW, 0, start) else 0
    for _ in range(_MOST):
        begin = _before(text, start)
        if begin == start or (at := other.find(text[begin:end])) < 0:
            break
        if not (_inside(text, begin) or _inside(other, at)):
            break
        start = begin
    for _ in range(_MOST):
        after = _AFTER.match(text, end) if text.startswith(" ", end) else None
        if not after or not (_belongs(after[1]) or after[1] in _SMALL) or text[start : after.end()] not in other:
            break
        end = after.end()
    return text[start:end]


def _before(text: str, start: int) -> int:
    """Return where the word with a capital starts that stands before a name, with or without a joint; `start` if none.

    >>> [_before(text, text.index("Y")) for text in ("a Bank of Yes", "a Bank, Yes", "bank of Yes", "Yes")]
    [2, 8, 8, 0]
    """
    at = start
    for _ in range(3):  # "Prohibition of the"
        if at < 2 or text[at - 1] != " ":
            return start
        at, end = text.rfind(" ", 0, at - 1) + 1, at - 1
        if (word := text[at:end]) not in _JOINTS:
            ends = word[-1:].isalnum() or word.endswith(".")
            return at if ends and _belongs(word) else start
    return start


def _inside(text: str, at: int) -> bool:
    """Return whether a word stands inside a sentence: what opens one has a capital anyway."""
    return at > 1 and text[at - 1].isspace() and (text[at - 2].isalnum() or text[at - 2] in ",;)")


def _belongs(word: str) -> bool:
    return word[:1].isupper() and word not in not_names()


def _places(tokens: Tokens, a: NDArray[np.int32], b: NDArray[np.int32]) -> Places:
    if compiled(len(tokens.hash), __package__):
        from . import kernel

        first, low, high = kernel.places(tokens.first, tokens.hash, tokens.flags, tokens.start, tokens.end, a, b)
        return first, low.astype(np.int32), high.astype(np.int32)
    return places_plain(tokens, a, b)


def places_plain(tokens: Tokens, a: NDArray[np.int32], b: NDArray[np.int32]) -> Places:
    """Return (first, low, high): the shared names of pair i are at characters low[k] to high[k] of a[i]'s text.

    Those of pair i are rows first[i] to first[i + 1]; low and high are int32.
    """
    start, end = tokens.start, tokens.end
    own = {row: _only_capitals(tokens, row) for row in {*a.tolist(), *b.tolist()}}
    first: list[int] = [0]
    spans: list[list[int]] = []
    for one, other in zip(a.tolist(), b.tolist(), strict=True):
        theirs, before = set(own[other].values()), -2
        for word in (word for word, key in own[one].items() if key in theirs):
            if word == before + 1 and start[word] == end[before] + 1:
                spans[-1][1] = int(end[word])
            else:
                spans.append([int(start[word]), int(end[word])])
            before = word
        first.append(len(spans))
    low, high = np.array(spans, dtype=np.int32).reshape(-1, 2).T
    return np.array(first), low, high


def _only_capitals(tokens: Tokens, row: int) -> dict[int, int]:
    """Return where the words stand that a text only writes with a capital, with their hashes, in order."""
    begin = int(tokens.first[row])
    words = slice(begin, min(begin + LONGEST_TEXT, int(tokens.first[row + 1])))
    keys, flags = tokens.hash[words].tolist(), tokens.flags[words].tolist()
    lower = {key for key, flag in zip(keys, flags, strict=True) if not flag & CAPITAL}
    found = enumerate(zip(keys, flags, strict=True), begin)
    return {word: key for word, (key, flag) in found if flag & (CAPITAL | MISREAD) == CAPITAL and key not in lower}


def _frequent(corpus: Corpus, a: NDArray[np.int32], places: Places) -> Places:
    """Return where the most frequent of the names in these places stand first in a[i]'s text, LOOKED_AT at most."""
    runs = np.flatnonzero(np.diff(a, prepend=-1, append=-1))  # most pairs have their first text in common with others
    texts = [corpus.text[row] for row in a[runs[:-1]].tolist()]
    if compiled(len(corpus.tokens.hash), __package__):
        from . import kernel

        return kernel.frequent(texts, runs, places, not_names(), SHORTEST, LOOKED_AT)
    return frequent_plain(texts, runs, places)


def frequent_plain(texts: Sequence[str], runs: NDArray[np.int64], places: Places) -> Places:
    """Return the places of each pair's most frequent names where they first stand; of names as frequent the first ones.

    texts[i] is the first text of the pairs runs[i] to runs[i + 1]; `places`: see `places_plain`. A weekday is no name.
    """
    bounds, low, high = places
    first, found = [0], list[tuple[int, int]]()
    for text, run, end in zip(texts, runs[:-1].tolist(), runs[1:].tolist(), strict=True):
        for pair in range(run, end):
            here = slice(*bounds[pair : pair + 2].tolist())
            spans = zip(low[here].tolist(), high[here].tolist(), strict=True)
            times = Counter(text[start:stop] for start, stop in spans if stop - start >= SHORTEST)
            begin = {name: text.find(name) for name in times if name not in not_names()}
            names = sorted(begin, key=lambda name: (-times[name], begin[name]))[:LOOKED_AT]
            found += [(begin[name], begin[name] + len(name)) for name in names]
            first.append(len(found))
    starts, ends = np.array(found, dtype=np.int32).reshape(-1, 2).T
    return np.array(first), starts, ends


@cache
def not_names() -> frozenset[str]:
    """Return words that are written with a capital and name nobody: days, months, and what sentences open with.

    So are agencies, which sign what they report, what their desks write there, and what is only a part of names.
    """
    # "Mar" and "Set" are names as well
    months = (name.title() for _, name in calendar_names("months.json") if len(name) > SHORTEST)
    words = (word for kind in ("places", "facts") for word in load_json(f"{kind}.json")["not_names"])
    return agency_aliases().union(words, months)


def _without_parts(names: list[str]) -> Iterator[str]:
    """Yield the names that are no part of another one, nor one that comes before in other capitals.

    >>> list(_without_parts(["Kim", "Kim Jong Un", "SEOUL", "Seoul"]))
    ['Kim Jong Un', 'SEOUL']
    """
    every = "\0".join({name.casefold(): name for name in reversed(names)}.values())
    return (name for name in names if every.count(name) == 1)
