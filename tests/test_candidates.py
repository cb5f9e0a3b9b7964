"""Candidate pairs, against a slow version that compares all with all."""

import gzip
import json
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedupe.candidates import find, find_keyed, keys, search
from dedupe.candidates.buckets import bucket_pairs, order_of
from dedupe.candidates.chunk import Keying
from dedupe.candidates.identical import collapse, expand
from dedupe.candidates.keys import keys_of_words, keys_of_words_plain
from dedupe.candidates.verify import shared_shingles
from dedupe.compiling import LARGE
from dedupe.config import Config
from dedupe.shingle import shingles
from dedupe.words import tokenize, words

MANY = 60  # times that a pair is asked for, so that the kernel does not merge, as it does where there are few


def sets(texts: list[str], size: int = 5) -> list[set[tuple[str, ...]]]:
    found = []
    for text in texts:
        run = words(text)
        found.append({tuple(run[i : i + size]) for i in range(max(len(run) - size, 0) + 1)} if run else set())
    return found


def story(rng: np.random.Generator, length: int) -> list[str]:
    return [f"w{number}" for number in rng.zipf(1.3, length) % 5000]


def versions(seed: int, count: int) -> list[str]:
    """Return stories, each with an edited copy, an excerpt, and the excerpt inside another story."""
    rng, texts = np.random.default_rng(seed), []
    for _ in range(count):
        original, other = story(rng, 300), story(rng, 600)
        edited = list(original)
        for place in rng.choice(300, 6, replace=False):
            edited[place] = "edit"
        texts += [original, edited, original[100:150], other[:300] + original[20:80] + other[300:]]
    return [" ".join(text) for text in texts]


def test_every_pair_that_shares_a_passage_is_found_with_its_exact_numbers():
    texts = versions(seed=1, count=12)
    found = find(tokenize(texts), Config())
    numbers = dict(zip(zip(found.a.tolist(), found.b.tolist(), strict=True), found.shared.tolist(), strict=True))
    all_sets = sets(texts)
    for a, b in combinations(range(len(texts)), 2):
        shared = len(all_sets[a] & all_sets[b])
        assert numbers.get((a, b), 0) == (shared if shared >= 20 else 0)
    for a, b, jaccard, in_a, in_b in zip(
        found.a, found.b, found.jaccard, found.containment_a, found.containment_b, strict=True
    ):
        shared = len(all_sets[a] & all_sets[b])
        assert jaccard == pytest.approx(shared / len(all_sets[a] | all_sets[b]))
        assert (in_a, in_b) == pytest.approx((shared / len(all_sets[a]), shared / len(all_sets[b])))


def test_the_order_of_the_texts_changes_nothing_but_their_rows():
    texts = [*versions(seed=2, count=8), "", "a flash", "a flash"]
    order = np.random.default_rng(3).permutation(len(texts))

    def pairs(found, rows):
        columns = zip(rows[found.a], rows[found.b], found.shared, found.exact, strict=True)
        return sorted((min(a, b), max(a, b), shared, exact) for a, b, shared, exact in columns)

    plain = find(tokenize(texts), Config())
    shuffled = find(tokenize([texts[i] for i in order]), Config())
    assert pairs(plain, np.arange(len(texts))) == pairs(shuffled, order)


@pytest.mark.parametrize("count", [3, 60])  # the plain way, the kernels
def test_of_texts_whose_keys_are_known_the_pairs_are_those_of_the_texts_in_that_order(count):
    texts = versions(seed=2, count=count)
    order = np.random.default_rng(0).permutation(len(texts))
    tokens, expected = tokenize(texts), find(tokenize([texts[i] for i in order]), Config())
    found = find_keyed(keys(tokens, Config()), tokens, order, Config(), 2)
    for column in ("a", "b", "shared", "jaccard", "containment_a", "containment_b", "exact"):
        assert np.array_equal(getattr(found, column), getattr(expected, column))


def test_empty_texts_meet_nobody_and_a_flash_meets_its_copy():
    found = find(tokenize(["", " ", "two words", "Two words!", ""]), Config())
    assert (found.a.tolist(), found.b.tolist(), found.exact.tolist()) == ([2], [3], [True])
    assert find(tokenize([]), Config()).a.shape == (0,)


def test_many_identical_texts_are_paired_with_their_first_and_that_is_said():
    texts = ["the same page for everyone who asks for it"] * 1000
    found = find(tokenize(texts), Config(copies=10))
    assert found.a.tolist() == [0] * 999 and found.b.tolist() == list(range(1, 1000)) and found.exact.all()
    assert "groups of more than 10 identical texts (copies): 1, at most 1,000" in found.capped[0]


@given(st.lists(st.integers(0, 3), max_size=30), st.integers(1, 6))
def test_buckets_pair_all_with_all_or_first_and_next(values, limit):
    packed = np.array(sorted(key << 32 | row for row, key in enumerate(values)), dtype=np.uint64)
    pairs, large = bucket_pairs(packed, limit)
    expected, sizes = set(), []
    for key in set(values):
        rows = [row for row, value in enumerate(values) if value == key]
        if len(rows) > max(limit, 1):
            sizes.append(len(rows))
            expected |= {(rows[0], row) for row in rows[1:]} | set(pairwise(rows))
        else:
            expected |= set(combinations(rows, 2))
    assert {(int(pair) >> 32, int(pair) & 0xFFFFFFFF) for pair in pairs} == expected
    assert sorted(large.tolist()) == sorted(sizes)


@given(st.lists(st.integers(0, 2**64 - 1) | st.integers(0, 3), max_size=60), st.integers(0, 63), st.integers(1, 64))
def test_the_radix_sort_is_a_stable_sort_by_some_bits(values, low, bits):
    kernel = pytest.importorskip("dedupe.candidates.kernel")
    bits = min(bits, 64 - low)
    expected = sorted(values, key=lambda value: value >> low & (1 << bits) - 1)
    assert kernel.by_bits(np.array(values, dtype=np.uint64), low, bits).tolist() == expected
    few = np.array([value & (1 << bits) - 1 for value in values], dtype=np.uint64)
    assert order_of(few, bits, large=True).tolist() == np.argsort(few, kind="stable").tolist()


@given(st.lists(st.integers(0, 3), max_size=30), st.integers(1, 6), st.randoms(use_true_random=False))
def test_the_compiled_buckets_pair_rows_in_any_order_as_the_plain_ones_do_in_order(values, limit, random):
    kernel = pytest.importorskip("dedupe.candidates.kernel")
    packed = np.array(sorted(key << 32 | row for row, key in enumerate(values)), dtype=np.uint64)
    mixed = sorted(random.sample(packed.tolist(), len(values)), key=lambda value: value >> 32)
    plain, compiled = bucket_pairs(packed, limit), kernel.bucket_pairs(np.array(mixed, dtype=np.uint64), limit)
    assert sorted(set(plain[0].tolist())) == sorted(set(compiled[0].tolist()))
    assert sorted(plain[1].tolist()) == sorted(compiled[1].tolist())


@given(st.lists(st.integers(0, 2**64 - 1) | st.integers(0, 3) | st.integers(0, 3).map(lambda n: n | 1 << 60)))
def test_equal_keys_are_collapsed_the_same_by_either_sort(values):
    pytest.importorskip("numba")
    keys = np.array(values, dtype=np.uint64)
    plain, compiled = collapse(keys), collapse(keys, large=True)
    for name in ("head", "group", "first", "member"):
        assert getattr(plain, name).tolist() == getattr(compiled, name).tolist()


@given(st.lists(st.integers(0, 3), max_size=12), st.integers(1, 20), st.randoms(use_true_random=False))
def test_copies_get_the_pairs_of_the_one_that_stood_for_them(values, limit, random):
    copies = collapse(np.array(values, dtype=np.uint64))
    heads = sorted({values.index(value) for value in values if value})
    assert copies.head.tolist() == heads
    met = [pair for pair in combinations(heads, 2) if random.random() < 0.5]
    selves = [(head, head) for head in heads if values.count(values[head]) > 1]
    a, b = (np.array([pair[side] for pair in met + selves], dtype=np.int64) for side in (0, 1))
    found = expand(copies, a, b, limit)
    expected = {}
    for left, right in combinations(range(len(values)), 2):
        one, other = sorted((values.index(values[left]), values.index(values[right])))
        big = [values.count(values[row]) > limit and row != values.index(values[row]) for row in (left, right)]
        alike = values[left] == values[right] and (not big[1] or left == one)
        if values[left] and (alike or ((one, other) in met and not any(big))):
            expected[left, right] = (one, other)
    assert {
        (min(x, y), max(x, y)): (int(a[pair]), int(b[pair]))
        for x, y, pair in zip(*map(np.ndarray.tolist, found), strict=True)
    } == expected
    assert len(found[0]) == len(expected)


@settings(max_examples=50)
@given(
    values=st.lists(
        st.sets(st.integers(0, 60) | st.integers(2**32 - 60, 2**32 - 1), max_size=60), min_size=2, max_size=6
    ),
    times=st.sampled_from((1, MANY)),
)
def test_shared_shingles_are_counted_as_sets_count_them(values, times):
    first = np.concatenate(([0], np.cumsum([len(value) for value in values])))
    hashes = np.array([number for value in values for number in sorted(value)], dtype=np.uint32)
    a, b = np.array([*combinations(range(len(values)), 2)] * times).T
    expected = [len(values[i] & values[j]) for i, j in zip(a, b, strict=True)]
    assert shared_shingles(first[:-1], first[1:], hashes, a, b, large=False).tolist() == expected
    assert shared_shingles(first[:-1], first[1:], hashes, a, b, large=True).tolist() == expected


def test_texts_of_very_different_lengths_are_compared_alike():
    rng = np.random.default_rng(6)
    pool = np.unique(rng.integers(0, 2**32, 120_000, dtype=np.uint32))
    values = [np.sort(rng.choice(pool, size, replace=False)) for size in (0, 1, 30, 500, 8000, 40_000, 50_000, 100_000)]
    first = np.concatenate(([0], np.cumsum([len(value) for value in values])))
    a, b = np.array(list(combinations(range(len(values)), 2))).T
    expected = [len(np.intersect1d(values[i], values[j])) for i, j in zip(a, b, strict=True)]
    for large, times in ((False, 1), (True, 1), (True, MANY)):
        pairs = np.repeat(a, times), np.repeat(b, times)
        shared = shared_shingles(first[:-1], first[1:], np.concatenate(values), *pairs, large)
        assert shared.tolist() == np.repeat(expected, times).tolist()


def test_the_kernel_makes_the_keys_of_words_that_the_plain_version_makes():
    pytest.importorskip("dedupe.candidates.kernel", reason="needs numba")
    rng, config = np.random.default_rng(5), Config(sketch_scale=3)
    lengths = [0, 1, 4, 5, 6, 9_000, *rng.integers(0, 300, 30).tolist()]
    first = np.cumsum([0, *lengths])
    hashes = rng.integers(0, 1 << 32, first[-1], dtype=np.uint32)[rng.integers(0, first[-1], first[-1])]  # some repeat
    made, expected = keys_of_words(first, hashes, config, large=True), keys_of_words_plain(first, hashes, config)
    for name in ("exact", "bands", "sketch_first", "sketch"):
        column, plain = getattr(made, name), getattr(expected, name)
        assert column.dtype == plain.dtype and column.tolist() == plain.tolist()


def test_the_kernels_find_the_same_pairs(without_kernels):
    pytest.importorskip("numba")
    rng = np.random.default_rng(4)
    texts = [*versions(seed=5, count=250), "", "a flash"]
    texts += [texts[i] for i in rng.integers(0, 1000, 300)] + ["a flash"] * 100  # copies, and more than may meet
    wire = story(rng, 200)
    texts += [" ".join([*wire, f"end{number}"]) for number in range(200)]  # a bucket over its limit
    tokens = tokenize([texts[i] for i in rng.permutation(len(texts))])
    assert len(tokens.hash) > LARGE
    compiled = [find(tokens, Config(), jobs) for jobs in (1, 3)]
    key = keys(tokens, Config())
    with without_kernels():
        plain, plain_key = find(tokens, Config()), keys(tokens, Config())
    for found in compiled:
        for column in ("a", "b", "shared", "jaccard", "containment_a", "containment_b", "exact", "capped"):
            assert np.array_equal(getattr(found, column), getattr(plain, column)), column
    for column in ("exact", "bands", "sketch_first", "sketch"):
        one, other = getattr(key, column), getattr(plain_key, column)
        assert one.dtype == other.dtype and np.array_equal(one, other)
    assert len(plain.capped) == 3


def test_texts_that_are_keyed_as_they_come_make_the_same_pairs():
    encode = pytest.importorskip("dedupe.words.chunks", reason="needs numba").encode
    texts = [*versions(seed=7, count=900), "", "Ein Blitz: déjà vu", "ein blitz, DÉJÀ VU"]
    keyed = Keying(Config())
    parts = [part for low in range(0, len(texts), 700) for part in keyed(*encode(texts[low : low + 700]))]
    run, each = (list(column) for column in zip(*parts, strict=True))
    expected, found = find(tokenize(texts), Config()), search(each, run, Config(), 3, large=True)
    for column in ("a", "b", "shared", "jaccard", "containment_a", "containment_b", "exact", "capped"):
        assert np.array_equal(getattr(found, column), getattr(expected, column)), column


def test_wire_families_of_reuters_are_found(shared_data):
    """Of the pairs of one story number with Jaccard >= 0.3 among 8,000 articles, nearly all are candidates."""
    folder = shared_data / "near_duplicates"
    with gzip.open(folder / "reuters_first_half.jsonl.gz", "rt", encoding="utf-8") as file:
        records = [json.loads(line) for _, line in zip(range(8000), file, strict=False)]
    row = {record["id"]: place for place, record in enumerate(records)}
    tokens = tokenize([record["text"] for record in records])
    with gzip.open(folder / "reuters_families.jsonl.gz", "rt", encoding="utf-8") as file:
        families = [[row[name] for name in json.loads(line)["ids"] if name in row] for line in file]
    pairs = np.array([pair for family in families for pair in combinations(sorted(family), 2)])
    first, hashes = shingles(tokens, 5)
    shared = shared_shingles(first[:-1], first[1:], hashes, pairs[:, 0], pairs[:, 1])
    size = np.diff(first)
    true = pairs[shared >= 0.3 * (size[pairs[:, 0]] + size[pairs[:, 1]] - shared)]
    found = find(tokens, Config())
    met = set(zip(found.a.tolist(), found.b.tolist(), strict=True))
    recall = np.mean([tuple(pair) in met for pair in true.tolist()])
    assert len(true) > 300 and recall >= 0.998


def test_a_text_longer_than_a_block_is_shingled_once_for_all_its_pairs():
    kernel = pytest.importorskip("dedupe.candidates.kernel", reason="needs numba")
    book, others = np.zeros(40, dtype=np.int64), np.arange(1, 41)
    length = np.array([1000, *[10] * 40])
    cuts, rows, row_cuts, left, right = kernel.blocks(book, others, length, 100)
    assert cuts.tolist() == [0, 40] and row_cuts.tolist() == [0, 41] and rows.tolist() == list(range(41))
    assert left.tolist() == [0] * 40 and right.tolist() == list(range(1, 41))
    cuts, rows, row_cuts, *_ = kernel.blocks(book, others, np.array([1000, *[300] * 40]), 100)
    assert cuts.tolist()[:3] == [0, 3, 6] and rows[: row_cuts[2]].tolist() == [0, 1, 2, 3, 0, 4, 5, 6]
    assert kernel.blocks(others[:-1], others[1:], length, 100)[0].tolist()[:3] == [0, 9, 18]


def test_a_copy_that_comes_after_a_longer_text_is_what_is_contained_in_it():
    wire = "The minister said on Monday that the talks would go on until both sides agree to end the dispute"
    found = find(tokenize([wire, wire + ", he added.", wire]), Config())
    assert list(zip(found.a.tolist(), found.b.tolist(), strict=True)) == [(0, 1), (0, 2), (1, 2)]
    part = pytest.approx(15 / 17)  # of the runs of five words of the longer text
    assert found.containment_a.tolist() == [1, 1, part] and found.containment_b.tolist() == [part, 1, 1]
