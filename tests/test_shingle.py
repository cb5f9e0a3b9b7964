"""Shingles, against a slow version over the words themselves."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dedupe.shingle import shingles, windows
from dedupe.words import tokenize, words

text = st.text("ab c\u0301東", max_size=60)


def slow_windows(text: str, size: int) -> list[tuple[str, ...]]:
    found = words(text)
    return [tuple(found[i : i + size]) for i in range(max(len(found) - size, 0) + 1)] if found else []


@given(st.lists(text, max_size=6), st.integers(1, 6))
def test_equal_hashes_are_equal_runs_of_words(texts, size):
    slow = [shingle for value in texts for shingle in slow_windows(value, size)]
    first, hashes = windows(tokenize(texts), size)
    assert np.diff(first).tolist() == [len(slow_windows(value, size)) for value in texts]
    assert len(set(zip(slow, hashes.tolist(), strict=True))) == len(set(slow)) == len(set(hashes.tolist()))


@given(st.lists(text, max_size=6), st.integers(1, 6))
def test_shingles_are_the_distinct_windows_in_order(texts, size):
    tokens = tokenize(texts)
    first, hashes = windows(tokens, size)
    distinct_first, distinct = shingles(tokens, size)
    for row in range(len(texts)):
        expected = np.unique(hashes[first[row] : first[row + 1]])
        assert np.array_equal(distinct[distinct_first[row] : distinct_first[row + 1]], expected)


def test_a_short_text_is_one_shingle_and_not_the_start_of_a_longer_one():
    _, hashes = windows(tokenize(["two words", "two words more", "two words"]), 5)
    assert hashes[0] == hashes[2] != hashes[1]
