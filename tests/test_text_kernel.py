"""The language of many texts by the kernel: what is said of each alone."""

import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe.text import identify, spoken_all

pytest.importorskip("numba")

from dedupe.text import kernel

WORDS = sorted(identify.frequent_words()[0])
NO_WORDS = ["Qwx", "--", "...", "a-b", "U.S.", "(", "don't", "AND,", "/The/", "'s", "12", "", "\x1d", "_and_"]
NO_WORDS += ["don’t", "«la»", "Straße", "İki", "東京", "は", "서울", "Київ", "ﬁ", "\u3000", "—", "\U00020001"]


@given(st.lists(st.lists(st.sampled_from([*WORDS[::9], *NO_WORDS, "the", "(And", "of,"]), max_size=60), max_size=4))
def test_samples_have_the_language_that_each_has_alone(drawn):
    for space in (" ", "\t", " \x1f", "\xa0"):
        samples = [space.join(words) for words in drawn]
        assert kernel.of_samples(samples) == list(map(identify._language, samples))


@given(st.integers(0, 40), st.integers(0, 40), st.sampled_from(["the", "и", "東", "あ", "ة", "а", "ב", "서", "z"]))
def test_samples_have_the_script_that_each_has_alone(here, there, other):
    words = [word for script in ("и в не на", "the of and to", "les des une") for word in script.split()]
    for word in words:
        sample = f"{word} " * here + f"{other} " * there
        assert kernel.of_samples([sample]) == [identify._language(sample)]


def test_texts_have_the_language_that_each_has_alone(shared_data):
    with gzip.open(shared_data / "pages" / "roles_dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = ["\n".join(page["blocks"]) for page in map(json.loads, lines)]
    tags = [("", "en-US", "de_AT", "utf-8")[place % 4] for place in range(len(texts))]
    assert spoken_all(texts, tags) == list(map(identify.spoken, texts, tags))
    assert len(set(spoken_all(texts, [""] * len(texts)))) > 5
    assert spoken_all([], []) == []
