"""Shingles, against a slow version over the words themselves."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe.shingle import kernel, shingles
from dedupe.shingle.plain import distinct, windows
from dedupe.words import tokenize, words

text = st.text("ab c\u0301東", max_size=60)


def columns(texts):
    tokens = tokenize(texts)
    return tokens.first, tokens.hash


def slow_windows(text: str, size: int) -> list[tuple[str, ...]]:
    found = words(text)
    return [tuple(found[i : i + size]) for i in range(max(len(found) - size, 0) + 1)] if found else []


@given(st.lists(text, max_size=6), st.integers(1, 6))
def test_equal_hashes_are_equal_runs_of_words(texts, size):
    slow = [shingle for value in texts for shingle in slow_windows(value, size)]
    first, hashes = windows(*columns(texts), size)
    assert np.diff(first).tolist() == [len(slow_windows(value, size)) for value in texts]
    assert len(set(zip(slow, hashes.tolist(), strict=True))) == len(set(slow)) == len(set(hashes.tolist()))


@given(st.lists(text, max_size=6), st.integers(1, 6))
def test_shingles_are_the_distinct_windows_in_order(texts, size):
    tokens = tokenize(texts)
    first, hashes = windows(tokens.first, tokens.hash, size)
    distinct_first, distinct = shingles(tokens, size)
    for row in range(len(texts)):
        expected = np.unique(hashes[first[row] : first[row + 1]])
        assert np.array_equal(distinct[distinct_first[row] : distinct_first[row + 1]], expected)


def test_a_short_text_is_one_shingle_and_not_the_start_of_a_longer_one():
    _, hashes = windows(*columns(["two words", "two words more", "two words"]), 5)
    assert hashes[0] == hashes[2] != hashes[1]


@given(st.lists(text, min_size=1, max_size=6), st.integers(1, 7), st.integers(1, 9))
def test_the_kernel_makes_the_same_shingles(texts, size, scale):
    first, hashes = windows(*columns(texts), size)
    for one, other in zip((first, hashes), kernel.windows(*columns(texts), size), strict=True):
        assert one.dtype == other.dtype and np.array_equal(one, other)
    pair = (distinct(first, hashes, scale), kernel.distinct(first, hashes, scale))
    for one, other in zip(*pair, strict=True):
        assert one.dtype == other.dtype and np.array_equal(one, other)


@pytest.mark.parametrize("scale", [1, 4, 16])
def test_the_kernel_sorts_long_texts_and_much_repeated_ones(scale):
    rng = np.random.default_rng(1)
    texts = [np.zeros(3000), rng.integers(0, 2**32, 5000), rng.integers(0, 2**20, 2000), [2**32 - 1] * 3, []]
    first = np.concatenate(([0], np.cumsum([len(values) for values in texts]))).astype(np.int64)
    hashes = np.concatenate([np.asarray(values, dtype=np.uint32) for values in texts])
    for one, other in zip(distinct(first, hashes, scale), kernel.distinct(first, hashes, scale), strict=True):
        assert one.dtype == other.dtype and np.array_equal(one, other)
