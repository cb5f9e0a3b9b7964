"""Signatures, against datasketch's own."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe.minhash import band_keys, permutation_constants, signatures
from dedupe.minhash.kernel import band_keys_of, signatures_of
from dedupe.minhash.plain import band_weights
from dedupe.shingle import shingles
from dedupe.words import tokenize

MinHash = pytest.importorskip("datasketch").MinHash


def datasketch_signature(hashes: list[int], permutations: int, seed: int) -> list[int]:
    minhash = MinHash(permutations, seed=seed, hashfunc=int)
    minhash.update_batch(hashes)
    return minhash.hashvalues.tolist()


def compiled_signatures(first, hashes, permutations, seed):
    signature = np.empty((len(first) - 1, permutations), np.uint32)
    mixed = np.empty(len(hashes), np.uint32)
    signatures_of(first, hashes, *permutation_constants(permutations, seed), mixed, signature)
    return signature


def compiled_keys(signature, bands, rows):
    keys = np.empty((len(signature), bands), np.uint64)
    band_keys_of(signature, band_weights(bands, rows), keys)
    return keys


@given(st.lists(st.lists(st.integers(0, 2**32 - 1), max_size=20), max_size=5), st.integers(1, 200), st.integers(0, 9))
def test_signatures_are_those_of_datasketch(sets, permutations, seed):
    first = np.concatenate(([0], np.cumsum([len(values) for values in sets]))).astype(np.int64)
    hashes = np.array([value for values in sets for value in values], dtype=np.uint32)
    expected = [datasketch_signature(values, permutations, seed) for values in sets]
    assert signatures(first, hashes, permutations, seed).tolist() == expected
    assert compiled_signatures(first, hashes, permutations, seed).tolist() == expected


def test_the_seeds_have_the_signatures_datasketch_gives_them(seeds):
    first, hashes = shingles(tokenize([path.read_text("utf-8") for path in sorted(seeds.glob("*.txt"))]), 5)
    ours = signatures(first, hashes)
    for row in range(len(first) - 1):
        assert ours[row].tolist() == datasketch_signature(hashes[first[row] : first[row + 1]].tolist(), 128, 1)


@given(st.lists(st.lists(st.integers(0, 2), min_size=8, max_size=8), min_size=1, max_size=6))
def test_keys_are_equal_exactly_where_the_slots_of_a_band_are(rows):
    signature = np.array(rows, dtype=np.uint32)
    keys = band_keys(signature, bands=4, rows=2)
    assert np.array_equal(keys, compiled_keys(signature, 4, 2))
    meaning = {}
    for i in range(len(rows)):
        for band in range(4):
            meaning.setdefault(int(keys[i, band]), set()).add((band, *rows[i][2 * band : 2 * band + 2]))
    assert all(len(values) == 1 for values in meaning.values())
    assert len({value for values in meaning.values() for value in values}) == len(meaning)


def test_an_empty_text_has_no_keys():
    first, hashes = shingles(tokenize(["", "one two three four five six"]), 5)
    keys = band_keys(signatures(first, hashes))
    assert not keys[0].any() and keys[1].all()
    assert np.array_equal(keys, compiled_keys(signatures(first, hashes), 32, 4))
