"""The reporting of pages; where print was misread as it was digitised, with the words that were meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from .. import misread, tfidf
from ..model import Corpus
from ..rows import lengths
from ..text import language
from ..words import Tokens, slots_of
from .columns import corpus_of
from .labels import Labelled


def reporting(labelled: Labelled, jobs: int = 1) -> tuple[Labelled, Corpus]:
    """Return the pages, their words counted anew, and their reporting as columns, with the words that were meant."""
    corpus = corpus_of(labelled.articles, labelled.blocks, labelled.roles, labelled.tokens, jobs)
    tokens = reread_words(corpus.text, corpus.tokens)
    if tokens is corpus.tokens:
        return labelled, corpus
    words = labelled.group_words.copy()
    words[:, 0] += lengths(tokens.first) - lengths(corpus.tokens.first)  # what was broken in two counts once
    return replace(labelled, group_words=words), replace(corpus, tokens=tokens)


def reread_words(texts: Sequence[str], tokens: Tokens) -> Tokens:
    """Return the words of texts, those of misread ones as they were meant: in English, whose words are known."""
    return misread.as_meant(texts, tokens, _listed(), _meanings, _may_be_english)


def _may_be_english(text: str) -> bool:
    return language(text) in ("en", "")


@cache
def _listed() -> NDArray[np.bool_]:
    return slots_of(tfidf.load_background().key)


@cache
def _meanings() -> misread.Meanings:
    return misread.Meanings(tfidf.written_rates())
