"""What pages that share text may carry of each other by mistake: repeated lines, furniture, misspelt words."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from ..model import NAME, NUMBER
from ..paragraphs import block_keys, site_repeats
from ..provenance import LONGEST, Traces, furniture, furniture_phrases, slips
from ..tfidf import load_background
from ..words import block_tokens, ranges, tokenize

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from ..model import Corpus, Weights
    from .labels import Labelled

STORIES = 3  # of an outlet on which a paragraph stands that is the outlet's own and none of a story
LINE = (20, 300)  # characters of such a paragraph: shorter ones stand everywhere, longer ones are a text of their own
RARE = 50  # articles that have a slip: what more have is a word
COMMON = 0.001  # share of articles from which a word is one that a slip can be meant for


def traces_of(
    labelled: Labelled, corpus: Corpus, weights: Weights | None, close: NDArray[np.int64], story: NDArray[np.int32]
) -> dict[int, Traces]:
    """Return the traces of the articles in the rows `close`; `story`: the story of each article of the corpus."""
    repeated, phrases = _repeated(labelled, corpus, close, story), _furniture(labelled, close)
    misspelt = _slips(corpus, weights, close, story) if weights is not None else {}
    return {
        row: Traces(labelled.articles[row].text, phrases.get(row, ()), repeated.get(row, ()), misspelt.get(row, {}))
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
    page = np.searchsorted(blocks.first, rows, side="right") - 1
    wanted[rows] &= _of_one_outlet(keys[rows], corpus.outlet[page], story[page])
    return _texts(labelled, close, wanted)


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
    opening = np.append(tokens.hash, np.uint32(0))[first]
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


def _slips(
    corpus: Corpus, weights: Weights, close: NDArray[np.int64], story: NDArray[np.int32]
) -> dict[int, dict[str, str]]:
    """Return for each row the misspelt words that it shares with another of its story, with what they are meant to be.

    What they are meant to be stands in the story too: a rare word alone is mostly no slip ("flailing").
    """
    low, high = weights.first[close], weights.first[close + 1]
    owner, entry = ranges(low, high - low)
    term, told = weights.term[entry], story[close][owner].astype(np.int64)
    unlisted = weights.background_idf > -np.log(2 * load_background().unseen)  # half the rate of the rarest listed word
    unlisted &= (weights.articles > 1) & (weights.articles <= RARE)
    odd = unlisted[term] & (weights.flags[entry] & (NAME | NUMBER) == 0)
    width = np.int64(max(len(weights.key), 1))
    pair, times = np.unique(told[odd] * width + term[odd], return_counts=True)
    rare = pair[times > 1]
    if not len(rare):
        return {}
    usual = ~unlisted & (_rates(corpus, weights) >= COMMON)
    found: dict[int, dict[str, str]] = {}
    for own in np.unique(rare // width).tolist():
        rows = close[story[close] == own].tolist()
        odd_keys = weights.key[rare[rare // width == own] % width]
        words = _written(corpus, rows, odd_keys)
        if any(map(str.islower, words)):
            terms = np.unique(np.concatenate([weights.term[weights.first[r] : weights.first[r + 1]] for r in rows]))
            meant = slips(filter(str.islower, words), _written(corpus, rows, weights.key[terms[usual[terms]]]))
            for row in rows if meant else ():
                found[row] = {word: meant[word] for word in _written(corpus, [row], odd_keys) if word in meant}
    return found


def _rates(corpus: Corpus, weights: Weights) -> NDArray[np.float64]:
    """Return in how large a share of articles each term stands: of news at large, or of the corpus if that is more."""
    at_large = np.exp(-weights.background_idf.astype(np.float64))
    return np.maximum(at_large, weights.articles / max(len(corpus.articles), 1000))


def _written(corpus: Corpus, rows: Iterable[int], keys: NDArray[np.uint32]) -> list[str]:
    """Return the words of some rows that have these hashes, as they are written first."""
    found: dict[int, str] = {}
    for row in rows:
        part = slice(int(corpus.tokens.first[row]), int(corpus.tokens.first[row + 1]))
        hashes = corpus.tokens.hash[part]
        place = np.flatnonzero(np.isin(hashes, keys))
        starts, ends = corpus.tokens.start[part][place].tolist(), corpus.tokens.end[part][place].tolist()
        for key, start, end in zip(hashes[place].tolist(), starts, ends, strict=True):
            if key not in found:
                found[key] = corpus.text[row][start:end]
    return list(found.values())
