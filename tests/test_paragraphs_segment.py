"""Where paragraphs start and end, and which of them an outlet repeats."""

import gzip
import json
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedupe.model import Article
from dedupe.paragraphs import block_keys, segment, site_repeats


def test_a_hard_wrapped_text_has_its_paragraphs_joined():
    text = (
        "The company said on Monday it would close two of its plants in the\nnorth of the country by the end of next "
        "year, cutting about 900\njobs as demand for its engines falls.\n\nUnions called the decision a shock and "
        "asked the government to step\nin before talks begin next week in the capital.\n"
    )
    blocks = segment([Article("a", text)])
    assert [text[a:b].count("\n") for a, b in zip(blocks.start, blocks.end, strict=True)] == [2, 1]


COLUMN = (
    "The town council voted on Tues-\nday to close the old iron bridge\nto all trucks, after two of the\n"
    "engineers found that three of\nits beams had rusted through.\nThe repair will cost 400,000 dol-\nlars.\n\n"
    "Mayor Helen Marsh said work\ncould not begin before summer.\nUntil then drivers must take the\nlong way through "
    "the market,\npast the school and the hospi-\ntal. Nobody was hurt. The state\nhas promised to pay half of it.\n"
)


VERSE = (
    "the fog comes in on quiet feet\nand sits above the harbour wall\nit looks at every boat we own\nand does not care "
    "for them at all\n\nthen someone starts an engine up\nand coughs into the morning air\nthe gulls go over, "
    "one by one,\nas if there were no water there"
)


MENU = (
    "about our paper\ncontact the editors\nletters to the editor\nsports results\nweather and tides\n"
    "classified notices\ntravel and leisure\nbooks and music\narchive of past issues\n"
    "subscribe to our newsletter\nterms of use\nprivacy and cookies policy"
)


TEAM = (
    "van der Berg, Jan, defender\nde Vries, Piet, goalkeeper\nvan Dijk, Kees, midfielder\nden Haag, Willem, forward\n"
    "ten Cate, Henk, the trainer\nvan Gaal, Louis, his deputy\nde Jong, Frenkie, midfield\nvan Persie, Robin, forward\n"
    "de Boer, Ronald, the captain"
)


def test_the_lines_of_a_printed_column_are_joined_to_its_paragraphs():
    blocks = segment([Article("a", COLUMN)])
    assert [COLUMN[a:b].count("\n") for a, b in zip(blocks.start, blocks.end, strict=True)] == [6, 6]


@pytest.mark.parametrize("text", [VERSE, MENU, TEAM])
def test_verse_menus_and_lists_in_small_letters_stay_lines(text):
    assert len(segment([Article("a", text)]).start) == len(text.replace("\n\n", "\n").split("\n"))


def test_lists_and_rows_stay_lines_of_their_own():
    text = "Key points:\n• One thing happened\n• Another thing did not\nName Goals\nSmith 3\nJones 2"
    blocks = segment([Article("a", text)])
    assert len(blocks.start) == 6


def test_judged_blocks_come_back_one_a_line(shared_data):
    with gzip.open(shared_data / "pages" / "roles_dev.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    articles = [Article(row["id"], "\n".join(row["blocks"])) for row in rows]
    blocks = segment(articles)
    assert np.diff(blocks.first).tolist() == [len(row["blocks"]) for row in rows]


@given(st.lists(st.text(alphabet="ab .\n\t•—\u2028\r漢", max_size=60), max_size=6))
@settings(max_examples=60, deadline=None)
def test_blocks_hold_all_ink_of_a_page_in_order(texts):
    articles = [Article(str(number), text) for number, text in enumerate(texts)]
    blocks = segment(articles)
    for row, text in enumerate(texts):
        spans = list(zip(blocks.start, blocks.end, strict=True))[blocks.first[row] : blocks.first[row + 1]]
        assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())
        assert all(a < b for a, b in spans) and all(b <= c for (_, b), (c, _) in pairwise(spans))


def test_repeats_count_stories_of_an_outlet_not_copies():
    boilerplate = "Subscribe to our newsletter\nAll rights reserved by the Evening Post"
    stories = [
        f"Story number {word} is about {word} and nothing else at all.\n{boilerplate}"
        for word in ("tea", "cars", "rain")
    ]
    articles = [Article(str(n), text, source="post") for n, text in enumerate([*stories, stories[0]])]
    blocks = segment(articles)
    keys = block_keys(articles, blocks)
    on, of = site_repeats(keys, blocks.first, np.zeros(4, dtype=np.int32), blocks.end - blocks.start)
    assert on.tolist() == [1, 3, 3] * 4 and set(of.tolist()) == {3}
