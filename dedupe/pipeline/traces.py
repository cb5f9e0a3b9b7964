"""What pages that share text may carry of each other by mistake: repeated lines, furniture, misspelt words."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from ..attribution import mentions
from ..metadata import find_date
from ..model import Corpus, Weights
from ..paragraphs import block_keys, site_repeats
from ..provenance import LONGEST, Traces, furniture, furniture_phrases, misspelt
from ..rows import owners_of, ranges
from ..tfidf import unlisted
from ..words import block_tokens, tokenize
from .labels import Labelled

STORIES = 3  # of an outlet on which a paragraph stands that is the outlet's own and none of a story
LINE = (20, 300)  # characters of such a paragraph: shorter ones stand everywhere, longer ones are a text of their own


def traces_of(
    labelled: Labelled, corpus: Corpus, weights: Weights, close: NDArray[np.int64], story: NDArray[np.int32]
) -> dict[int, Traces]:
    """Return the traces of the articles in the rows `close`; `story`: the story of each article of the corpus."""
    if not len(close):
        return {}
    repeated, phrases = _repeated(labelled, corpus, close, story), _furniture(labelled, close)
    slips = misspelt(corpus, weights, unlisted(weights), close, story)
    return {
        row: Traces(labelled.articles[row].text, phrases.get(row, ()), repeated.get(row, ()), slips.get(row, {}))
        for row in close.tolist()
    }


def _repeated(
    labelled: Labelled, corpus: Corpus, close: NDArray[np.int64], story: NDArray[np.int32]
) -> dict[int, tuple[str, ...]]:
    """Return the paragraphs of each row that its outlet, and no other, shows beside other stories too."""
    if len(np.unique(corpus.outlet[close])) < 2:
        return {}  # of one outlet nothing can be carried to another
    blocks = labelled.blocks
    keys = block_keys(labelled.articles, blocks, labelled.tokens)
    on, _ = site_repeats(keys, blocks.first, corpus.outlet, blocks.end - blocks.start)
    size = blocks.end - blocks.start
    wanted = (on >= STORIES) & (size >= LINE[0]) & (size <= LINE[1])
    rows = np.flatnonzero(np.isin(keys, keys[wanted]))
    page = owners_of(blocks.first, rows)
    wanted[rows] &= _of_one_outlet(keys[rows], corpus.outlet[page], story[page])
    lines = _texts(labelled, close, wanted)
    articles = labelled.articles
    return {row: tuple(line for line in own if _betrays(line, articles[row].source)) for row, own in lines.items()}


def _betrays(line: str, outlet: str) -> bool:
    """Return whether a line that an outlet repeats is its own: it names the outlet, or neither an agency nor a day.

    >>> _betrays("The Gazette, Scranton, PA 18503", "Gazette"), _betrays("Our letter, in your inbox", "Gazette")
    (True, True)
    >>> _betrays("Copyright 2026 The Associated Press", "Gazette"), _betrays("Tuesday, March 17, 2026", "")
    (False, False)
    """
    named = outlet != "" and outlet.casefold() in line.casefold()
    return named or not (mentions(line) or find_date(line)[0])


def _of_one_outlet(keys: NDArray[np.uint64], outlet: NDArray[np.int32], story: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Return for each line whether it stands beside no story but those beside which its outlet shows it.

    What others have beside stories of their own ("Sign up for our newsletter") is carried over from nobody.

    >>> keys, outlet, story = np.uint64([7, 7, 7]), np.int32([0, 0, 1]), np.int32([0, 1, 1])
    >>> _of_one_outlet(keys, outlet, story), _of_one_outlet(keys, outlet, np.int32([0, 1, 2]))
    (array([ True,  True, False]), array([False, False, False]))
    """
    _, key = np.unique(keys, return_inverse=True)
    everywhere = _stories(key.ravel(), story)
    _, shown = np.unique(np.stack([key.ravel(), outlet]), axis=1, return_inverse=True)
    return np.equal(_stories(shown.ravel(), story), everywhere)


def _stories(line: NDArray[np.int64], story: NDArray[np.int32]) -> NDArray[np.int64]:
    """Return for each row how many stories the rows of its line are of."""
    once = np.unique(np.stack([line, story]), axis=1)[0]
    return np.bincount(once)[line]


def _furniture(labelled: Labelled, close: NDArray[np.int64]) -> dict[int, tuple[str, ...]]:
    """Return the phrases of each row that belong to a page and open a line of their own."""
    blocks, tokens = labelled.blocks, labelled.tokens
    first = block_tokens(blocks, tokens)[:-1]
    opening = np.zeros(len(first), dtype=np.uint32)
    filled = first < len(tokens.hash)  # not so of what stands below the last word
    opening[filled] = tokens.hash[first[filled]]
    wanted = np.isin(opening, _openings()) & (blocks.end - blocks.start <= LONGEST)
    lines = _texts(labelled, close, wanted)
    return {row: tuple(dict.fromkeys(filter(None, map(furniture, own)))) for row, own in lines.items()}


@cache
def _openings() -> NDArray[np.uint32]:
    """Return the first words of the phrases that belong to a page."""
    listed = tokenize(furniture_phrases())
    return np.unique(listed.hash[listed.first[:-1]])


def _texts(labelled: Labelled, close: NDArray[np.int64], wanted: NDArray[np.bool_]) -> dict[int, tuple[str, ...]]:
    """Return the texts of the wanted blocks of each row."""
    blocks = labelled.blocks
    low, high = blocks.first[close], blocks.first[close + 1]
    owner, block = ranges(low, high - low)
    kept = wanted[block]
    found: dict[int, list[str]] = {}
    columns = (close[owner[kept]].tolist(), blocks.start[block[kept]].tolist(), blocks.end[block[kept]].tolist())
    for row, start, end in zip(*columns, strict=True):
        found.setdefault(row, []).append(labelled.articles[row].text[start:end])
    return {row: tuple(texts) for row, texts in found.items()}
