"""What an index keeps of the text: packed and unpacked again."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dedupe.index.bodies import packed, unpacked
from dedupe.model import ROLE_CODE, Article, Role
from dedupe.paragraphs import segment
from dedupe.pipeline.columns import corpus_of
from dedupe.words import tokenize

LINES = ("", "One.", "Zwei Sätze. Ja.", "東京都は火曜日に発表", "half a pair \ud83d", "x" * 300)


def kept(texts, roles):
    """Return the blocks of pages, and what of each is reporting: the paragraphs and where they stand."""
    pages = [Article(str(row), text) for row, text in enumerate(texts)]
    blocks = segment(pages)
    role = np.array([ROLE_CODE[roles[row % len(roles)]] for row in range(len(blocks.start))], dtype=np.uint8)
    return blocks, corpus_of(pages, blocks, role, tokenize(texts))


@given(
    texts=st.lists(st.lists(st.sampled_from(LINES)).map("\n".join), max_size=5),
    roles=st.lists(st.sampled_from((Role.BODY, Role.AD)), min_size=1, max_size=3),
)
def test_the_text_and_the_places_of_its_paragraphs_come_back(texts, roles):
    blocks, own = kept(texts, roles)
    for row, (text, (since, size)) in enumerate(unpacked(packed(blocks, own))):
        assert text == own.text[row]
        start = np.cumsum(since + size) - size
        paragraphs = [texts[row][at : at + length] for at, length in zip(start, size.tolist(), strict=True)]
        assert "\n".join(paragraphs) == text
