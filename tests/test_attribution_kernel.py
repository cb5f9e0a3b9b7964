"""Sifting paragraphs before they are read for sources loses none: against reading all of them."""

import gzip
import importlib
import json
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe.attribution import sift
from dedupe.attribution.agencies import names, signs
from dedupe.attribution.phrases import LABELS, PIECES
from dedupe.attribution.pictures import CREDIT_PIECES, without_pictures
from dedupe.model import ROLE_CODE, ROLES, Article, Blocks, Role
from dedupe.model.codes import ATTRIBUTION
from dedupe.words import plain

pytest.importorskip("dedupe.attribution.kernel")
module = importlib.import_module("dedupe.attribution.find")
find = module.find

SAID = (
    "aggregated automatically", "Originally published by", "contributed to this report", "additional reporting",
    "Futurism", "said the", "ANKARA, Oct 3", "By Ann Lee", "© 2019", "Photo: ", "REUTERS/Jane Doe", "via ", "h/t ",
    "VIA", "quelle(n) ", "aẞb", "PREß TRUST OF INDIA", "Getty Images", "Source\u202f",
    "Агентство «Интерфакс»", "Интерфакса", "15 мая. ", "ＡＦＰ", "【札幌共同】", "。", "। ", " ـ ", "/", "=",
    "İstanbul", "ısTock", "(", ")", ": ", "：",
    " - ", " — ", ". ", ", ", "/", "The bridge fell at dawn, and nobody saw it fall for the fog. ",
)  # fmt: skip
some = st.sampled_from([*sorted(names()), *sorted(signs()), *sorted(LABELS), *PIECES, *CREDIT_PIECES, *SAID])
lines = st.lists(some | some.map(str.upper) | st.text(max_size=5), min_size=1, max_size=14).map(
    lambda parts: "".join(" ".join(parts).splitlines()).strip() or "x"
)
pages = st.lists(st.tuples(lines, st.sampled_from(["body", *ROLES])), min_size=1, max_size=7)


@given(st.lists(st.lists(st.sampled_from(sorted(ROLE_CODE.values())), max_size=12), max_size=5))
def test_the_paragraphs_to_read_are_chosen_alike(pages):
    roles = np.array([role for page in pages for role in page], dtype=np.uint8)
    blocks = Blocks(np.cumsum([0, *map(len, pages)]), *np.zeros((2, len(roles)), dtype=np.int32))
    for one, other in zip(module.rows_to_read(blocks, roles), module.rows_to_read_plain(blocks, roles), strict=True):
        assert one.dtype == other.dtype and np.array_equal(one, other)


def columns_of(texts):
    """Return the blocks of texts, one for each line."""
    rows = [text.split("\n") for text in texts]
    end = np.concatenate([np.cumsum([len(line) + 1 for line in lines]) - 1 for lines in rows]).astype(np.int32)
    size = np.array([len(line) for lines in rows for line in lines], dtype=np.int32)
    return Blocks(np.cumsum([0, *map(len, rows)]).astype(np.int64), end - size, end)


@given(st.lists(pages, min_size=1, max_size=3))
def test_no_source_is_lost(drawn):
    texts = ["\n".join(line for line, _ in page) for page in drawn]
    roles = np.array([ROLE_CODE[Role(role)] for page in drawn for _, role in page], dtype=np.uint8)
    articles, blocks = [Article(str(number), text) for number, text in enumerate(texts)], columns_of(texts)
    assert find(articles, blocks, roles, plain.tokenize(texts)) == find(articles, blocks, roles)


def test_no_label_is_lost_in_any_script():
    texts = [f"{label}{colon}Lake Herald" for label in sorted(LABELS) for colon in (":", "：", " : ")]
    articles, blocks = [Article(text, text) for text in texts], columns_of(texts)
    roles = np.full(len(articles), ATTRIBUTION, dtype=np.uint8)
    expected = find(articles, blocks, roles)
    assert find(articles, blocks, roles, plain.tokenize(texts)) == expected and all(expected)


def test_no_source_of_judged_pages_is_lost(shared_data):
    with gzip.open(shared_data / "pages/roles_dev.jsonl.gz") as file:
        rows = [json.loads(line) for line in file]
    texts = ["\n".join(" ".join(block.split()) or "x" for block in row["blocks"]) for row in rows]
    roles = np.array([ROLE_CODE[Role(role)] for row in rows for role in row["roles"]], dtype=np.uint8)
    articles, blocks = [Article(str(number), text) for number, text in enumerate(texts)], columns_of(texts)
    expected = find(articles, blocks, roles)
    assert find(articles, blocks, roles, plain.tokenize(texts)) == expected and sum(map(len, expected)) > 20


@given(st.lists(lines, min_size=1, max_size=3).map(" ".join))
def test_a_text_without_a_piece_of_credits_has_none(text):
    low = text.lower()
    assert (
        any(piece in low for piece in CREDIT_PIECES) or any(map(sift.expands, text)) or without_pictures(text) == text
    )


def test_no_agency_is_called_by_a_number():  # phrases know a word that starts with a digit by that alone
    for name in (*names(), *signs()):
        words = plain.tokenize([name])
        assert len(words.hash) > 1 or not words.flags[0] & plain.NUMERIC, name


def test_the_automaton_reads_each_character_as_python_folds_it():
    letter = sift.pieces().letter
    alphabet = {place: chr(point) for point, place in enumerate(letter.tolist()) if place > 1}
    alphabet = {place: sign.lower() for place, sign in alphabet.items()}
    for point in range(sys.maxunicode + 1):
        sign = chr(point)
        if sift.expands(sign):
            assert letter[point] == 1, sign
        elif letter[point] > 1 and letter[point] in alphabet:
            assert sign.lower() == alphabet[letter[point]], sign
        elif sign.lower() in alphabet.values():
            raise AssertionError(f"{sign} is {sign.lower()} in lower case")
