"""Segmenting, repeats and labels of paragraphs: examples by hand, the seeds, other languages, bad input, linear time."""

import gzip
import json
import subprocess
import sys
from pathlib import Path
from time import process_time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedupe.model import ROLES, Article
from dedupe.paragraphs import block_keys, label, segment, site_repeats
from dedupe.text import repair

SEEDS = {
    "000": """
        navigation title attribution title title body body title body body body title body body body title body body
        body title body body body title body body title body body title body body title body body body other
    """,
    "001": "title caption body body body body body body body body body body body",
    "002": """
        ad title ad body title body body|title body body body body body body body title body body body body body body
        body body body body title body body|title body body body body body body body title body legal ad byline|bio bio
        promo ad navigation navigation navigation navigation navigation navigation navigation navigation navigation
        navigation
    """,
    "003": """
        navigation title byline byline byline caption caption body body title body caption caption body body title body
        caption caption body title body body body body title body body body body promo bio bio navigation
    """,
    "004": "title body body body body body",
}


def labelled(*pages: str) -> list[list[tuple[str, str]]]:
    """Return (role, text) of the blocks of each page."""
    articles = [Article(str(number), text) for number, text in enumerate(pages)]
    blocks = segment(articles)
    once = np.ones(len(blocks.start), dtype=np.int32)
    roles, reasons = label(articles, blocks, once, once)
    assert len(roles) == len(reasons) == len(blocks.start) and all(reasons)
    rows = [
        (str(ROLES[role]), articles[page].text[start:end])
        for page, role, start, end in zip(
            np.repeat(np.arange(len(pages)), np.diff(blocks.first)).tolist(),
            roles.tolist(), blocks.start.tolist(), blocks.end.tolist(), strict=True,
        )
    ]  # fmt: skip
    return [rows[a:b] for a, b in zip(blocks.first[:-1].tolist(), blocks.first[1:].tolist(), strict=True)]


@pytest.mark.parametrize("seed", SEEDS)
def test_every_block_of_a_seed_has_its_role(seeds, seed):
    (path,) = seeds.glob(f"{seed}_*.txt")
    (page,) = labelled(repair(path.read_text(encoding="utf-8")))
    expected = SEEDS[seed].split()
    wrong = [
        (role, want, text[:60])
        for (role, text), want in zip(page, expected, strict=True)
        if role not in want.split("|")
    ]
    assert not wrong
