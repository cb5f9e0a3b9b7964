"""Lines between an article's paragraphs that lead away from it: "Read also: ...", "Follow us on Instagram", "We use
cookies".

They are sentences like those around them, and the model takes some for report, headings or captions. Of 54 lines of 680
judged pages that open so, 44 are the site's own promotion and the others lists of topics; of 209 that name a network
none is report.
"""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from ...model import ROLES, Role
from ...resources import load_json
from ..features import COLUMN, at_least, at_most
from ..segmented import Segmented
from .furniture import folded, openings, whose_text

_MARKS = " \t[(•*-–—>»►▶→"  # that such a line may open with
_WORDS = load_json("line_words.json")
_FOLLOW = re.compile(rf"({'|'.join(_WORDS['follow'])})\b|{'|'.join(_WORDS['follow_begins'])}")
_LATER = re.compile(  # in a later sentence, and where verbs come last at a comma or the end; nobody is quoted
    r"^[^\"“”„«»]*"
    rf"(?:[.!?] (?:{'|'.join(_WORDS['follow_us'])})\b|(?:{'|'.join(_WORDS['follow_last'])})(?:[.,!]|$))"
)
_SUBSCRIBE = re.compile(  # says enough; the last asks for tips, and says where to
    r"(jetzt abonnieren|оформи(те)? подписку)\b|(立即|点击|點擊)(订阅|訂閱)"
    r"|(기사 ?(문의(나|및| 및) ?)?)?제보는 (카카오톡|카톡|텔레그램|이메일|전화|\S+@|\d)"
)
_NETWORK = re.compile("|".join(_WORDS["network"]))  # or what else may be subscribed to
_OURS = re.compile(  # in any sentence of a line; of 40 judged ones none is report, nor has any report in a million
    r"(?:^|[.!?] )(?:please )?(?:sign up|subscribe|join|donate|support|follow|download)\b[^.!?\"“”]*\b(?:our|us)\b"
    r"|(?:^|[.!?] )(?:add|set|make|choose)\b[^.!?\"“”]* preferred source\b",
    re.I,
)
_INBOX = re.compile(r"(?:^|[.!?] )(?:please )?(?:sign up|subscribe)\b[^.!?]*\b(?:to|in) your inbox\b", re.I)
_CLICK = re.compile(r"^\W*(?:[A-Z ]+: )*click here (?:to|for)\b", re.I)
# Words of notices that ask for consent.
_COOKIES = re.compile("|".join(_WORDS["cookies"]))
_TAKEN = np.isin(ROLES, (Role.TITLE, Role.BODY, Role.CAPTION, Role.BYLINE, Role.ATTRIBUTION))
_ASKS = [COLUMN.covered_subscribe, COLUMN.covered_you]
_PROMPTS = [COLUMN.covered_readmore, COLUMN.covered_subscribe]
_LINE, LONG, _BARE = map(at_most, (30, 60, 6))  # words; LONG: of several sentences
_NOTICE, _TO_YOU = at_most(100), 0.04  # words of such a notice, and how many of them say "we" or "you"
# Words of a prompt to share, at least, and how many of them are in phrases. Of 59 judged ones none is report.
_FEWEST, _SHARE = at_least(2), 0.6


def prompts(pages: Segmented, columns: NDArray[np.float32], roles: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Return which blocks were taken for what an article says, and lead to another or to a network."""
    taken, words = _TAKEN[roles], columns[:, COLUMN.words]
    may = taken & (words <= _LINE) & ((columns[:, COLUMN.colons] > 0) | (columns[:, COLUMN.covered_subscribe] > 0))
    found = whose_text(leads_elsewhere, may, pages)
    clicks = taken & (words <= _LINE) & (columns[:, COLUMN.covered_readmore] > 0)
    found |= whose_text(lambda line: bool(_CLICK.search(line)), clicks, pages)
    asks = taken & (words <= LONG) & (columns[:, _ASKS] > 0).all(axis=1) & (columns[:, COLUMN.opens_quote] == 0)
    found |= whose_text(lambda line: bool(_INBOX.search(line)), asks, pages)
    found |= whose_text(lambda line: bool(_OURS.search(line)), asks & (words <= _LINE), pages)
    # Nothing but such a prompt: none of three judged lines is report, and with markup six of six are promotion.
    bare: NDArray[np.bool_] = taken & (words <= _BARE) & (columns[:, _PROMPTS] >= 1).any(axis=1)
    return found | bare


def sharing(pages: Segmented, columns: NDArray[np.float32], roles: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Return which blocks were taken for what an article says, and ask to pass it on: "Auf Facebook teilen"."""
    words = columns[:, COLUMN.words]
    asks = (columns[:, COLUMN.starts_share] > 0) & (columns[:, COLUMN.covered_share] >= _SHARE)
    return _TAKEN[roles] & asks & (words >= _FEWEST) & (words <= _BARE)


def consents(pages: Segmented, columns: NDArray[np.float32], roles: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Return which blocks were taken for what an article says, and speak of the page's cookies to its reader.

    They "use cookies": the word alone stands in recipes too, which say "you" as often.
    """
    may = _TAKEN[roles] & (columns[:, COLUMN.longest_legal] > 1) & (columns[:, COLUMN.covered_you] >= _TO_YOU)
    may &= (columns[:, COLUMN.opens_quote] == 0) & (columns[:, COLUMN.words] <= _NOTICE)
    return whose_text(lambda line: bool(_COOKIES.search(line.casefold())), may, pages)


def leads_elsewhere(line: str) -> bool:
    """Return whether a line opens with a prompt to read another text, or to subscribe to one or follow somebody.

    >>> [leads_elsewhere(line) for line in ("[Read also: The ferry]", "Follow us on X and Facebook", "More: the sea")]
    [True, True, True]
    >>> [leads_elsewhere(line) for line in ("Подпишитесь на нашу рассылку", "Jetzt abonnieren: vier Wochen gratis")]
    [True, True]
    >>> leads_elsewhere("İlgili haber: Köprü açıldı"), leads_elsewhere("Siamo su WhatsApp. Iscriviti al canale.")
    (True, True)
    >>> leads_elsewhere("Read my lips, she said: no"), leads_elsewhere("Follow the latest updates below:")
    (False, False)
    """
    line = folded(line).lstrip(_MARKS)
    head, colon, _ = line.partition(":")
    if (colon and head.rstrip() in openings("also")) or _SUBSCRIBE.match(line):
        return True
    return bool(_NETWORK.search(line) and (_FOLLOW.match(line) or _LATER.search(line)))
