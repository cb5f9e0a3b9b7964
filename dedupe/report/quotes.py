"""The quotations of a story's versions: which several of them have, and which only one outlet has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from itertools import islice
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..model import OWN_QUOTE, SHARED_QUOTE, Findings, Reuse

Place = tuple[int, int]  # row of an article, index of a paragraph


_WORD = re.compile(r"[\w’']+")
_BEFORE, _AFTER = ("[", "(", "¿", "¡"), (".", "!", "?", "…", ")", "]", "。", "！", "？", "؟")
_FEWEST = 4  # words in common that say what several heard
_COMPARED = 1000  # words of a text: of one that repeats itself, each word is held against each


class Quoted(NamedTuple):
    """Words that are quoted, and where: (id of the article, index of the paragraph), in order of id."""

    text: str
    places: tuple[tuple[str, int], ...]


def quotes_of(findings: Findings, rows: Sequence[int]) -> tuple[list[Quoted], list[Quoted]]:
    """Return (what several outlets quote, what only one does) of the articles in these rows, the longest first.

    What was only copied together with the text around it is neither, nor are words that stand elsewhere outside
    quotation marks. Of what several quote the words that they have in common are told, and all who have them.
    """
    own: list[Quoted] = []
    copied: dict[Place, list[str]] = {}
    parts: dict[Place, list[str]] = {}  # “Two quotations,” he said, “of one paragraph.”
    for row in rows:
        for paragraph, start, end, kind in quotes_in(findings, row):
            words = with_its_marks(findings.articles[row].text, start, end)
            if kind == OWN_QUOTE:
                own.append(Quoted(words, ((findings.articles[row].id, paragraph),)))
            elif kind == SHARED_QUOTE:
                parts.setdefault((row, paragraph), []).append(words)
            else:
                copied.setdefault((row, paragraph), []).append(words)
    text = {place: " … ".join(quoted) for place, quoted in parts.items()}
    text_too = {place: " … ".join(quoted) for place, quoted in copied.items()} | text
    shared: list[Quoted] = []
    for places in _together(text, findings.quote_reuse):
        said = [place for place in places if place in text_too]
        quoted = tuple((findings.articles[row].id, paragraph) for row, paragraph in said)
        outlets = {findings.articles[row].source or findings.articles[row].id for row, _ in said}
        if len(outlets) > 1:
            shared.append(Quoted(in_common([text_too[place] for place in said]), quoted))
        elif len(said) == len(places):
            own.append(Quoted(max((text_too[place] for place in said), key=len), quoted))
    return sorted(shared, key=_longest), sorted(own, key=_longest)


def with_its_marks(text: str, start: int, end: int) -> str:
    """Return words of a text with the bracket that opens before the first, and what ends the sentence after the last.

    >>> text = "He said: “[The bill] would hurt us, no?” Then he left."
    >>> with_its_marks(text, text.index("The"), text.index("?"))
    '[The bill] would hurt us, no?'
    """
    start -= start > 0 and text.startswith(_BEFORE, start - 1)
    while text.startswith(_AFTER, end):
        end += 1
    return text[start:end]


def in_common(texts: Sequence[str]) -> str:
    """Return the shortest of some texts, or, where less than half of it stands in the others, the words that do.

    Where these are two or three, they say nothing, and it is the shortest again.

    >>> in_common(["I’m open to it, he knows it.", "We will see. I’m open to it, as always.", "I’m open to it"])
    'I’m open to it'
    >>> in_common(["Thank you to my team, what a night it is for us!", "So he said: thank you to my team, all of us."])
    'thank you to my team'
    >>> in_common(["We will see, I am open to it.", "I am open to it, he said, as I have always been."])
    'We will see, I am open to it.'
    >>> in_common(["He was in New Delhi then.", "They met in New York to talk about the rates."])
    'He was in New Delhi then.'
    """
    shortest, *others = sorted(set(texts), key=lambda text: (len(text), text))
    words = [(found[0].casefold(), found.span()) for found in _WORD.finditer(shortest)]
    alike = SequenceMatcher(None, [word for word, _ in words[:_COMPARED]], autojunk=False)
    first, size = 0, 0
    for other in others:
        alike.set_seq2([found[0].casefold() for found in islice(_WORD.finditer(other), _COMPARED)])
        run = alike.find_longest_match()
        first, size = (run.a, run.size) if run.size > size else (first, size)
    if size < _FEWEST or 2 * size > len(words):
        return shortest
    return shortest[words[first][1][0] : words[first + size - 1][1][1]]


def _longest(quoted: Quoted) -> tuple[int, tuple[tuple[str, int], ...]]:
    return -len(quoted.text), quoted.places


def quotes_in(findings: Findings, row: int) -> list[tuple[int, int, int, int]]:
    """Return (paragraph, start, end, kind) of the quotations of an article, in reading order."""
    quotes = findings.quotes
    low, high = _rows_of(quotes.article, row)
    columns = (quotes.paragraph, quotes.start, quotes.end, quotes.kind)
    return list(zip(*(column[low:high].tolist() for column in columns), strict=True))


def _rows_of(article: NDArray[np.int32], row: int) -> tuple[int, int]:
    """Return where the rows of an article start and stop; given numbers of another type, all would be converted."""
    low, high = np.searchsorted(article, np.array((row, row + 1), dtype=article.dtype)).tolist()
    return low, high


def quoted_too(quote_reuse: Reuse, row: int) -> dict[int, list[Place]]:
    """Return for each paragraph of an article that quotes what others quote the places where these do."""
    low, high = _rows_of(quote_reuse.article, row)
    found: dict[int, list[Place]] = {}
    columns = (quote_reuse.paragraph, quote_reuse.other, quote_reuse.other_paragraph)
    for paragraph, other, there in zip(*(column[low:high].tolist() for column in columns), strict=True):
        found.setdefault(paragraph, []).append((other, there))
    return found


def _together(places: Iterable[Place], quote_reuse: Reuse) -> list[list[Place]]:
    """Return the places in groups that quote the same, with those that quote a few words of it, each group sorted."""
    group = {place: place for place in places}

    def first(place: Place) -> Place:
        while group.setdefault(place, place) != place:
            group[place] = group[group[place]]
            place = group[place]
        return place

    for row, paragraph in sorted(group):
        for other in quoted_too(quote_reuse, row).get(paragraph, ()):
            low, high = sorted((first((row, paragraph)), first(other)))
            group[high] = low
    found: dict[Place, list[Place]] = {}
    for place in sorted(group):
        found.setdefault(first(place), []).append(place)
    return list(found.values())
