"""The language of many texts by the kernel: what is said of each alone."""

import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe.text import identify, spoken_all

pytest.importorskip("numba")

from dedupe.text import kernel

WORDS = sorted(word for word in identify.frequent_words()[0] if word.isascii())
NO_WORDS = ["Qwx", "--", "...", "a-b", "U.S.", "(", "don't", "AND,", "/The/", "'s", "12", "", "\x1d", "_and_"]


@given(st.lists(st.lists(st.sampled_from([*WORDS[::9], *NO_WORDS, "the", "(And", "of,"]), max_size=60), max_size=4))
def test_samples_have_the_language_that_each_has_alone(drawn):
    for space in (" ", "\t", " \x1f"):
        samples = [space.join(words) for words in drawn]
        assert kernel.languages_of(samples) == [identify._by_words(sample, "Latin") for sample in samples]


def test_texts_have_the_language_that_each_has_alone(shared_data):
    with gzip.open(shared_data / "pages" / "roles_dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = ["\n".join(page["blocks"]) for page in map(json.loads, lines)]
    tags = [("", "en-US", "de_AT", "utf-8")[place % 4] for place in range(len(texts))]
    assert spoken_all(texts, tags) == list(map(identify.spoken, texts, tags))
    starts = [text[len(text) // 4 :][:400] for text in texts]
    plain = [start for start in starts if start.isascii()]
    told = [language for language in kernel.languages_of(starts) if language]
    assert len(plain) > 20 and len(told) > len(plain) / 2 and set(told) > {"en"}
    assert spoken_all([], []) == []
