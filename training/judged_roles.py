"""Roles judged block by block on pages of zyte and fundus that are not in roles_dev.

`judged_roles.json` holds for each page, by its id in `role_pages.body_pages`, the runs of blocks of one role, each as
the role and a checksum of four digits for each block. None of the pages' text is in it, and a page of which a few
blocks come out otherwise than on the day of judging keeps the roles of all others.
"""

from __future__ import annotations

import json
from difflib import SequenceMatcher
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

from dedupe.model import ROLE_CODE, ROLES, Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedupe.model import Article

PATH = Path(__file__).with_suffix(".json")
UNKNOWN = "unknown"
DIGITS = 4


def judged_roles(articles: Sequence[Article]) -> dict[str, list[int]]:
    """Return the role codes of the blocks of each article, by its id; -1 where a block was not judged."""
    runs = json.loads(PATH.read_bytes())["pages"]
    return {article.id: unpacked(article.text.split("\n"), runs.get(article.id, [])) for article in articles}


def packed(blocks: Sequence[str], roles: Sequence[int]) -> list[str]:
    """Return the runs of a page.

    >>> packed(["Home", "News", "A ferry sank", "?"], [7, 7, 0, -1])
    ['navigation a3ee366e', 'title edf3', 'unknown c2b0']
    """
    return [
        f"{ROLES[code] if code >= 0 else UNKNOWN} {''.join(checksum(block) for block, _ in run)}"
        for code, run in groupby(zip(blocks, roles, strict=True), key=lambda pair: pair[1])
    ]


def unpacked(blocks: Sequence[str], runs: Sequence[str]) -> list[int]:
    """Return the role code of each block of a page, -1 where the runs tell none.

    >>> runs = packed(["Home", "News", "A ferry sank", "?"], [7, 7, 0, -1])
    >>> unpacked(["News", "A new block", "A  ferry sank", "?"], runs)
    [7, -1, 0, -1]
    """
    sums, codes = [], []
    for run in runs:
        role, _, digits = run.partition(" ")
        own = [digits[place : place + DIGITS] for place in range(0, len(digits), DIGITS)]
        sums += own
        codes += [-1 if role == UNKNOWN else ROLE_CODE[Role(role)]] * len(own)
    roles, ours = [-1] * len(blocks), [checksum(block) for block in blocks]
    for kind, a, a_end, b, b_end in SequenceMatcher(None, ours, sums, autojunk=False).get_opcodes():
        if kind == "equal" or (kind == "replace" and a_end - a == b_end - b):
            roles[a:a_end] = codes[b:b_end]
    return roles


def checksum(block: str) -> str:
    """Return four hexadecimal digits for a block's text, white space left out."""
    return f"{crc32(''.join(block.split()).encode()) & 0xFFFF:0{DIGITS}x}"
