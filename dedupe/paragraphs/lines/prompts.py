"""Lines between an article's paragraphs that lead away from it: "Read also: ...", "Follow us on Instagram".

They are sentences like those around them, and the model takes some for report, headings or captions. Of 54 lines of 680
judged pages that open so, 44 are the site's own promotion and the others lists of topics; of 209 that name a network
none is report.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from ...model import ROLES, Role
from ..features import COLUMN, at_most
from .furniture import openings, whose_text

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..segmented import Segmented

_MARKS = " \t[(•*-–—>»►▶→"  # that such a line may open with
_FOLLOW = re.compile(  # some end in other ways
    r"((please |you can (also )?)?(follow|subscribe|sign up|like us|join us|find us)"
    r"|folge|folgt|folgen sie|suivez|abonnez|rejoignez|síguenos|sigue|suscríbete|únete|siga|inscreva-se|assine|seguici"
    r"|segui|iscriviti|volg|följ|følg|seuraa|obserwuj|polub|sledujte|следите|takip et|ikuti|theo dõi)\b"
    r"|abonnier|abonneer|подпи(шись|шитесь|сывайся|сывайтесь)|підпи(шись|шіться|суйся|суйтесь)|关注|關注|تابع|اشترك"
)
_NETWORK = re.compile(
    r"facebook|instagram|twitter|youtube|telegram|whatsapp|tiktok|linkedin|newsletter|podcast|spotify|google news"
    r"|фейсбук|твиттер|телеграм|ютуб|微信|公众号|微博|فيسبوك|تويتر|واتساب"
)
_TAKEN = np.isin(ROLES, (Role.TITLE, Role.BODY, Role.CAPTION, Role.BYLINE, Role.ATTRIBUTION))
_PROMPTS = [COLUMN.covered_readmore, COLUMN.covered_subscribe]
LONG, _BARE = map(at_most, (30, 6))  # words


def prompts(pages: Segmented, columns: NDArray[np.float32], roles: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Return which blocks were taken for what an article says, and lead to another or to a network."""
    taken, words = _TAKEN[roles], columns[:, COLUMN.words]
    may = taken & (words <= LONG) & ((columns[:, COLUMN.colons] > 0) | (columns[:, COLUMN.starts_subscribe] > 0))
    found = whose_text(leads_elsewhere, may, pages)
    # Nothing but such a prompt: none of three judged lines is report, and with markup six of six are promotion.
    bare: NDArray[np.bool_] = taken & (words <= _BARE) & (columns[:, _PROMPTS] >= 1).any(axis=1)
    return found | bare


def leads_elsewhere(line: str) -> bool:
    """Return whether a line opens with a prompt to read another text, or to follow somebody on a network.

    >>> [leads_elsewhere(line) for line in ("[Read also: The ferry]", "Follow us on X and Facebook", "More: the sea")]
    [True, True, True]
    >>> leads_elsewhere("Read my lips, she said: no"), leads_elsewhere("Follow the latest updates below:")
    (False, False)
    """
    line = line.casefold().replace("：", ":").lstrip(_MARKS)
    head, colon, _ = line.partition(":")
    return (bool(colon) and head.rstrip() in openings("also")) or bool(_FOLLOW.match(line) and _NETWORK.search(line))
