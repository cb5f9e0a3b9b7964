"""Words of any script, against a slow version that goes character by character."""

import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe.words import (
    ALL_CAPITALS,
    ALONE,
    CAPITAL,
    DIVIDER,
    IDEOGRAPH,
    MARK,
    NOTHING,
    NUMERIC,
    SINGLE,
    character_table,
    stems,
    tokenize,
    words,
)


def slow_words(text: str) -> list[str]:
    classes, folded = character_table()
    found: list[str] = []
    before = DIVIDER
    for character in text:
        kind = int(classes[ord(character)]) & 7
        plain = chr(int(folded[ord(character)])).replace(chr(NOTHING), "")
        if kind == MARK:
            if before != DIVIDER:
                found[-1] += plain
            continue
        if kind != DIVIDER:
            if before == DIVIDER or ALONE in (kind, before):
                found.append(plain)
            else:
                found[-1] += plain
        before = kind
    return found


text = st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.text(
    "aB1 '\u0301東-\nЁا\u064eـ३", max_size=30
)


@given(text)
def test_words_are_those_of_the_slow_version(value):
    assert words(value) == slow_words(value)


@given(st.lists(text, max_size=5))
def test_texts_of_a_batch_do_not_touch_each_other(texts):
    tokens = tokenize(texts)
    for row, value in enumerate(texts):
        part = slice(tokens.first[row], tokens.first[row + 1])
        alone = tokenize([value])
        for column in ("hash", "start", "end", "flags"):
            assert np.array_equal(getattr(tokens, column)[part], getattr(alone, column))


@given(text, text)
def test_words_hash_alike_exactly_when_they_are_alike(a, b):
    one, other = words(a), words(b)
    hashes = dict(zip(one + other, np.concatenate((tokenize([a]).hash, tokenize([b]).hash)).tolist(), strict=True))
    assert len(set(hashes.values())) == len(hashes)


def test_no_text_and_no_texts_have_no_words():
    assert words("") == [] and tokenize([]).first.tolist() == [0] and tokenize(["", " "]).first.tolist() == [0, 0, 0]


def test_scripts_without_spaces_are_cut_by_characters():
    assert words("ประเทศไทย") == list(filter(None, ["ป", "ร", "ะ", "เ", "ท", "ศ", "ไ", "ท", "ย"]))
    assert words("北京2024年") == ["北", "京", "2024", "年"]
    assert words("हिन्दी") == ["हिन्दी"]  # marks stay with their letters
    assert words(unicodedata.normalize("NFD", "Café")) == [unicodedata.normalize("NFD", "café")]


def test_flags_say_how_a_word_was_written():
    flags = tokenize(["NATO Kim said 3 I 京"]).flags.tolist()
    assert flags == [CAPITAL | ALL_CAPITALS, CAPITAL, 0, NUMERIC, CAPITAL, SINGLE | IDEOGRAPH]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أعلنت الحكومة إلى المدينة", "اعلنت الحكومه الي المدينه"),
        ("أُعلِنَ في العـــربية", "أعلن في العربية"),  # signs of vowels, a letter drawn out
        ("روز دوشنبه کشور می‌گوید", "روز دوشنبه كشور مي‌گويد"),  # Persian on an Arabic keyboard
        ("בָּרוּךְ שָׁלוֹם", "ברוך שלום"),
        ("در ۱۴ روستا، 14 قرية", "در 14 روستا، ١٤ قرية"),
        ("ज़रूर १५ मई को, हँसी", "जरूर 15 मई को, हंसी"),
        ("２０２４年にＮＨＫが", "2024年にNHKが"),
        ("國務院總理與記者對話", "国务院总理与记者对话"),
        ("Ещё подъём", "еще подъем"),
        ("Președinte și județ", "Preşedinte şi judeţ"),
    ],
)
def test_spellings_of_one_word_are_one(one, other):
    assert words(one) == words(other) and tokenize([one]).hash.tolist() == tokenize([other]).hash.tolist()


def test_letters_that_tell_words_apart_are_kept():
    assert words("più piu ñ n ü u ş s й и 日 曰") == ["più", "piu", "ñ", "n", "ü", "u", "ş", "s", "й", "и", "日", "曰"]
    assert tokenize(["ЁЛКА ёлка Ａ ａ ३"]).flags.tolist() == [CAPITAL | ALL_CAPITALS, 0, CAPITAL, 0, NUMERIC]


def test_a_letter_that_may_be_a_word_by_itself_is_its_own_stem_with_all_its_signs():
    text = "בירושלים ל\u05bc\u05b0\u0591"
    tokens = tokenize([text])
    assert stems([text], tokens)[1] == tokens.hash[1] == tokenize(["ל"]).hash[0]
