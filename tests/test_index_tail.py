"""What is pending, by key and by word: with the kernels and without."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe.index import kernel  # noqa: F401  (loaded, it is used)
from dedupe.index.stored import Pending
from dedupe.index.tail import Tail, newest

hashed = pytest.importorskip("dedupe.index.hashed")

FEW = st.lists(st.one_of(st.integers(0, 12), st.integers(0, 2**32 - 1)), max_size=9, unique=True)


def column(numbers):
    return np.array(numbers, dtype=np.uint32)


def told(tail, keys, limit):
    return [one.tolist() for one in (*tail.find(column(keys), limit), tail.changes(column(keys)))]


@given(
    articles=st.lists(st.tuples(FEW, FEW, st.sampled_from((1, -1))), max_size=12), asked=FEW, limit=st.integers(1, 4)
)
def test_the_kernels_keep_what_dictionaries_do(articles, asked, limit):
    one, other = Tail(), hashed.Hashed()
    for aid, (keys, words, by) in enumerate(articles):
        for tail in (one, other):
            tail.post(aid, column(keys))
            tail.count(column(words), by)
    assert told(one, asked, limit) == told(other, asked, limit)


def test_thousands_of_keys_find_room():
    rng = np.random.default_rng(3)
    one, other = Tail(), hashed.Hashed()
    for aid in range(60):
        keys = np.unique(rng.integers(0, 9000, 300).astype(np.uint32))
        for tail in (one, other):
            tail.post(aid, keys)
            tail.count(keys[::2].copy(), 1)
    every = list(range(9001))
    assert told(one, every, 5) == told(other, every, 5)


def test_what_was_noted_before_the_kernels_came_is_still_there():
    pending = {3: Pending(3, column([1, 2]), column([7])), 4: Pending(0, column([2]), column([]))}
    moved = newest(Tail(), pending, [column([7, 8])])
    assert isinstance(moved, hashed.Hashed)
    assert told(moved, [2, 7, 8], 9) == [[0], [3], [0, 0, -1]]
    assert newest(moved, {}, []) is moved
