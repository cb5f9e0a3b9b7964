"""The compiled loops over the characters and words of blocks, against the plain ones."""

import sys
from textwrap import fill

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dedupe.model import Article, Blocks
from dedupe.paragraphs import Segmented, decide, features, lexicon, repeats, segment, settle, wording
from dedupe.paragraphs.asked import ADDRESSES, FURNITURE, TAGS
from dedupe.paragraphs.lines import furniture
from dedupe.words import block_tokens, plain
from dedupe.words.blocks import block_tokens_plain

kernel = pytest.importorskip("dedupe.paragraphs.kernel")
words_kernel = pytest.importorskip("dedupe.words.kernel")

some = st.characters() | st.sampled_from("  \n\n\u0085\u2028\u3000aZé東1.:-/©•«")
words = st.sampled_from(
    ["By Ann Lee", "Reporter", "ADVERTISEMENT", "Read more", "read", "Ann", "Lee said", "3 comments", "said.", "The  ",
     "  The", "AFP", "東京", "Источник:", "12:30", "1/2/2020", "Kommentare (7)", "\n", "\n\n", " * ", "a", "longer"]
)  # fmt: skip
lines = st.lists(words | st.text(some, max_size=12), max_size=40).map(" ".join)
wrapped = st.tuples(st.lists(words, min_size=20, max_size=80).map(" ".join), st.integers(40, 80)).map(
    lambda drawn: "\n".join(drawn[0][i : i + drawn[1]] for i in range(0, len(drawn[0]), drawn[1]))
)
prose_words = st.sampled_from(
    ["the", "council", "voted. The", "to", "close", "a", "bridge, said", "eng-", "Marsh", "."]
)
column = st.tuples(st.lists(prose_words, min_size=40, max_size=120).map(" ".join), st.integers(15, 45)).map(
    lambda drawn: fill(*drawn)
)
pages = st.lists(lines | wrapped | column | st.text(some, max_size=80), max_size=5)


def assert_same(one, other):
    one, other = np.asarray(one), np.asarray(other)
    assert one.dtype == other.dtype and one.shape == other.shape and np.array_equal(one, other)


cut = sys.modules["dedupe.paragraphs.segment"]  # the package's name for it is the function's
label = sys.modules["dedupe.paragraphs.label"]


@given(pages)
@example(["said.  The end.  So be it.  A rest. One", "a.  B", "\n \n", ""])
@example(["東" * 50 + "\n" + "京" * 50 + "\n" + "東" * 50 + "\n" + "東", "x" * 200])
def test_the_kernel_finds_the_paragraphs_of_the_plain_version(texts):
    if texts:
        one, other = cut._compiled_lines(texts), cut.lines_plain(texts)
        for column in ("first", "start", "end"):
            assert_same(getattr(one, column), getattr(other, column))


def block_columns(texts):
    articles = [Article(str(number), text) for number, text in enumerate(texts)]
    blocks, tokens = segment(articles), plain.tokenize(texts)
    return blocks, tokens, block_tokens_plain(blocks, tokens)


@given(pages)
def test_words_of_blocks_are_counted_alike(texts):
    blocks, tokens, first = block_columns(texts)
    assert_same(words_kernel.rows_of_blocks(tokens.first, tokens.start, blocks.first, blocks.start), first)
    articles = [Article(str(number), text) for number, text in enumerate(texts)]
    words, expected = repeats.block_words(articles, blocks, tokens), repeats.block_words_plain(blocks, tokens)
    assert_same(words.first, first)
    assert_same(words.keys, expected.keys)
    weights = np.random.default_rng(1).integers(-999, 999, (2 * wording.CELLS, 3)).astype(np.int32)
    said = wording.Wording(weights, np.linspace(-2, 1, 3))
    assert_same(wording.likely(said, tokens, first), wording.likely_plain(said, tokens, first))


def test_every_phrase_has_its_slot():
    _, slots, row = lexicon.known()[0]
    keys = lexicon.phrases().key
    assert sorted(row[row >= 0].tolist()) == list(range(len(keys)))
    assert np.array_equal(slots[row >= 0], keys[row[row >= 0]])


prose = st.sampled_from(
    ["The ferry sank off the northern coast late on Monday, and the coast guard said that nobody was hurt at all.",
     "Ann Lee has covered the harbour for ten years and writes about ships, ports and the people who work in them now.",
     "Harbour fire kills no one, officials say", "Related articles", "Ferry sank", "By Ann Lee", "Quay reopens",
     "(The quay was closed.)", "He said: “It was.”"]
)  # fmt: skip


WHOLE = ("Harbour", "Related articles", "The ferry sank off the northern coast late on Monday, and the coast guard "
         "said that nobody was hurt at all.", "Quay reopens", "By Ann Lee", "Ann Lee")  # fmt: skip


@given(st.lists(st.lists(prose | lines, max_size=14).map("\n".join) | wrapped | st.text(some), min_size=1, max_size=4))
@example(["\n".join(WHOLE * 9), "\n".join(WHOLE[2:3] * 30 + WHOLE * 8)])
def test_columns_of_blocks_and_their_roles_are_found_alike(texts):
    blocks, tokens, _ = block_columns(texts)
    rng = np.random.default_rng(len(blocks.start))
    on, of = rng.integers(1, 4, (2, len(blocks.start))).astype(np.int32)
    articles = [Article(str(number), text) for number, text in enumerate(texts)]
    cut = Segmented(articles, blocks, repeats.block_words_plain(blocks, tokens), on, of)
    columns, expected = np.zeros((2, len(blocks.start), len(features.FEATURES)), dtype=np.float32)
    language, _ = features._describe(cut, columns)
    assert_same(language, features.describe_plain(cut, expected).language)
    assert_same(columns, expected)
    likely = rng.dirichlet(np.full(12, 0.3), len(columns))
    columns[:, features.BASE.index("repeated")] = rng.choice([0, 0, 0.75, 1], len(columns))
    for plain_text in (True, False):
        one, other = likely.copy(), likely.copy()
        own = np.empty(len(columns), dtype=np.uint8)
        settled = kernel.decide(one, columns, blocks.first, plain_text, own)
        assert_same(own, decide.decide_plain(other, columns, blocks.first, plain_text))
        assert_same(one, other)
        if settled:
            assert_same(own, settle.settle(own.copy(), other, columns, blocks.first, plain_text))


telling = st.sampled_from(
    ["Topics: sea, ships", "1 2 3 4", "https://ferries.example/a/b/c", "Subscribe to our newsletter", "© Ann Lee",
     "Read also: The ferry", "Ann Lee", "About Ann Lee", "The quay © Ann Lee", "Read more",
     "The quay. Photo: Ann Lee", "Follow us on Instagram", "Ann Lee covers ships for this town's paper. " * 3]
)  # fmt: skip


@given(
    st.lists(st.lists(prose | lines | telling, max_size=9).map("\n".join), min_size=1, max_size=3), st.integers(0, 9)
)
def test_a_rule_that_is_not_asked_has_nothing_to_say(texts, seed):
    blocks, tokens, _ = block_columns(texts)
    articles = [Article(str(number), text) for number, text in enumerate(texts)]
    once = np.ones(len(blocks.start), dtype=np.int32)
    pages = Segmented(articles, blocks, repeats.block_words_plain(blocks, tokens), once, once)
    columns, _, asked = features.measure(pages)
    for which, rule in ((TAGS, furniture.lists_of_tags), (ADDRESSES, furniture.addresses)):
        assert asked & which or not rule(pages, columns).any()
    assert asked & FURNITURE or not furniture.furniture(columns).any()
    roles = np.random.default_rng(seed).integers(0, 12, len(columns)).astype(np.uint8) % (3 + seed)
    for which, rule, _ in label._LINES:
        assert asked & which or not rule(pages, columns, roles).any()


def test_a_page_without_blocks_or_words():
    blocks = Blocks(np.zeros(2, dtype=np.int64), *np.zeros((2, 0), dtype=np.int32))
    tokens = plain.tokenize([""])
    first = words_kernel.rows_of_blocks(tokens.first, tokens.start, blocks.first, blocks.start)
    assert first.tolist() == [0] == block_tokens(blocks, tokens).tolist()
