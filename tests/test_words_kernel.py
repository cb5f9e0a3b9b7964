"""The compiled words, against the plain ones, over all of Unicode."""

import subprocess
import sys
from importlib import import_module

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe.compiling import LARGE
from dedupe.words import ROOT, STEM, blocks, character_table, plain, tokenize

pytest.importorskip("numba")
from dedupe.words import chunks

stems_module = import_module("dedupe.words.stems")  # the package has a function of that name
some = st.characters() | st.sampled_from("aZ09_ '\u0301\u0345\u200d東กำ\u00df\u1e9e\u2168\u24b6\U00010400\ud800\n")
texts = st.lists(st.text(some, max_size=60) | st.text("abC1 ", max_size=60), max_size=6)


def assert_same(one, other):
    for column in ("first", "hash", "start", "end", "flags"):
        left, right = getattr(one, column), getattr(other, column)
        assert left.dtype == right.dtype and np.array_equal(left, right), column


@given(texts)
def test_the_kernel_finds_the_words_of_the_plain_version(values):
    expected = plain.tokenize(values)
    assert_same(chunks.tokenize(values, 1) if values else expected, expected)
    if values:
        data, bounds = chunks.encode(values)
        space, first = chunks.room(len(data), len(data), len(values)), np.empty(len(bounds), np.int64)
        count = chunks.kernel.hash_chunk(data, bounds, *chunks._tables(), *space[:3], first, space.hash)
        assert np.array_equal(first, expected.first) and np.array_equal(space.hash[:count], expected.hash)


@given(texts, texts, st.randoms(use_true_random=False))
def test_texts_of_two_columns_are_woven_alike(one, other, random):
    rows = np.array(random.choices(range(len(one) + len(other)), k=4) if one or other else [], dtype=np.int64)
    expected = plain.tokenize([[*one, *other][row] for row in rows])
    sides = plain.tokenize(one), plain.tokenize(other)
    assert_same(blocks.woven(*sides, rows), expected)
    assert_same(blocks.woven_compiled(*sides, rows), expected)


def test_every_character_is_treated_alike_alone_and_inside_words():
    classes, _ = character_table()
    characters = [chr(point) for point in range(len(classes))]
    for pattern in ("{}", "ab{}Cd ", "A{0}{0} "):
        values = ["".join(map(pattern.format, characters[i : i + 5000])) for i in range(0, len(characters), 5000)]
        assert_same(chunks.tokenize(values, 2), plain.tokenize(values))


def test_chunks_of_nothing_but_words_of_one_letter_have_room(monkeypatch):
    monkeypatch.setattr(chunks, "_CHUNK", 16)
    values = ["a b a", "東京", "a"] * 20
    assert_same(chunks.tokenize(values, 2), plain.tokenize(values))


@given(st.sampled_from("aAé東1"), st.integers(0, 70), st.sampled_from("bBß0"), st.integers(0, 70))
def test_words_of_any_length_are_hashed_and_flagged_alike(one, times, other, more):
    values = [one * times + other * more]
    assert_same(chunks.tokenize(values, 1), plain.tokenize(values))


def test_a_word_longer_than_the_powers_that_are_kept():
    values = ["x" * 100_000 + " y", "é" * 50_000]
    assert_same(chunks.tokenize(values, 1), plain.tokenize(values))


def test_a_large_batch_is_cut_into_chunks_that_do_not_show():
    rng = np.random.default_rng(1)
    pieces = ["Kim Jong-un", "déjà vu", "東京で", "1,000 km", "", "NATO said.\n", "ß" * 40]
    values = [" ".join(rng.choice(pieces, size)) for size in rng.integers(0, 400, 3000)] + ["x " * 1_500_000, ""]
    assert sum(map(len, values)) > 5 * LARGE
    expected = plain.tokenize(values)
    for jobs in (1, 2, 5):
        assert_same(tokenize(values, jobs), expected)


@given(st.lists(st.tuples(st.text("abC ", max_size=30), st.text("abC ", max_size=60)), max_size=5))
def test_words_told_in_a_text_are_found_alike(pairs):
    titles, bodies = (plain.tokenize([pair[side] for pair in pairs]) for side in (0, 1))
    assert np.array_equal(blocks.told(titles, bodies), blocks.told_plain(titles, bodies))


@given(texts, st.sets(st.integers(0, 1 << 12)))
def test_words_that_are_not_listed_are_counted_alike(values, known):
    words, listed = plain.tokenize(values), plain.slots_of(np.array([*known, 0], dtype=np.uint32) << np.uint32(20))
    listed[: 1 << 18] = True
    assert np.array_equal(blocks.unlisted(words, listed), blocks.unlisted_plain(words, listed))


letters = "والبكفم היבלש 가나 abeé1\u05bc\u05b0\u0651"  # of words that are written as part of the next, and others


@given(st.lists(st.text(letters, max_size=30), max_size=3) | texts, st.sampled_from((ROOT, STEM)))
def test_stems_are_cut_alike(values, root):
    tokens = plain.tokenize(values)
    found = stems_module.stems(values, tokens, root)  # the kernel is loaded
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stems_module, "compiled", lambda *size: False)
        expected = stems_module.stems(values, tokens, root)
    assert found.dtype == expected.dtype and found.tolist() == expected.tolist()


@given(st.lists(st.booleans(), min_size=4, max_size=4))
def test_words_of_some_lines_move_with_them(chosen):
    lines = ["The ferry", "sank", "off the coast", "東京"]
    first, kept = np.array([0, 2, 3, 6, 8]), np.flatnonzero(chosen)
    text, start = "\n".join(lines), np.array([0, 10, 15, 29])
    found = blocks.words_of(plain.tokenize([text]), first, kept, -start[kept])  # as if each stood alone
    expected = plain.tokenize([lines[row] for row in kept])
    assert_same(found, expected)


def test_the_kernels_load_no_linear_algebra():
    code = (
        "import sys; from dedupe.words import chunks; chunks.tokenize(['a b'], 1); print('scipy.linalg' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
