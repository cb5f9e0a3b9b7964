"""Lines of an article that lead away from it: "Read also: ...", "Follow us on Instagram".

They stand among its paragraphs and are sentences like these, so that the model takes some for report, headings or
captions. On 680 judged pages 44 of 54 lines that open so are the site's own promotion and the others lists of topics;
of those that name a network none of 209 is report.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from ...model import ROLES, Role
from ..features import COLUMN, at_most
from .furniture import whose_text

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..segmented import Segmented

_ALSO = {  # before a colon
    "read", "read more", "read also", "also read", "read next", "read this next", "read more here", "see also",
    "also see", "see more", "see related", "more", "more on this", "more on this story", "more stories", "related",
    "related story", "related stories", "related article", "related articles", "related coverage", "related reading",
    "further reading", "recommended reading", "must read", "don't miss", "don’t miss", "you may also like",
    "you might also like", "up next",
    "mehr", "mehr dazu", "mehr zum thema", "zum thema", "lesen sie auch", "lesen sie mehr", "siehe auch", "lesetipp",
    "auch interessant", "passend dazu", "mehr lesen", "weiterlesen", "das könnte sie auch interessieren",
    "lire", "lire aussi", "à lire", "à lire aussi", "a lire aussi", "lire également", "voir aussi", "à voir aussi",
    "sur le même sujet", "vous aimerez aussi",
    "lee también", "lea también", "leer también", "lee además", "lea además", "lee más", "lea más", "leer más",
    "ver también", "vea también", "mira también", "te puede interesar", "también te puede interesar", "te recomendamos",
    "leia também", "leia mais", "leia ainda", "ler mais", "veja também", "veja mais", "saiba mais",
    "leggi", "leggi anche", "leggi pure", "vedi anche", "guarda anche", "potrebbe interessarti",
    "lees ook", "lees meer", "lees verder", "bekijk ook", "läs också", "läs även", "läs mer", "se också",
    "les også", "les mer", "se også", "læs også", "læs mere", "lue myös", "lue lisää", "katso myös",
    "citește și", "citeşte şi", "vezi și", "czytaj także", "czytaj też", "czytaj więcej", "zobacz także", "zobacz też",
    "zobacz również", "przeczytaj także", "przeczytaj też", "čtěte také", "čtěte více", "přečtěte si", "čítajte aj",
    "prečítajte si aj", "olvasd el", "olvassa el", "kapcsolódó", "pročitajte još", "pročitajte i", "pogledajte još",
    "читайте также", "читайте ещё", "читать также", "также читайте", "смотрите также", "по теме", "материалы по теме",
    "читайте також", "читайте ще", "дивіться також", "прочетете още", "вижте още", "виж още", "skaitykite taip pat",
    "διαβάστε επίσης", "διαβάστε ακόμα", "δείτε επίσης", "ilgili haber", "ilgili haberler",
    "相关阅读", "相關閱讀", "相关新闻", "相關新聞", "延伸阅读", "延伸閱讀", "推荐阅读", "推薦閱讀", "更多新闻",
    "看更多", "関連記事", "関連ニュース", "あわせて読みたい", "관련기사", "관련 기사", "관련뉴스",
    "اقرأ أيضا", "اقرأ أيضاً", "اقرأ ايضا", "إقرأ أيضا", "اقرأ المزيد", "شاهد أيضا", "شاهد أيضاً", "همچنین بخوانید",
    "بیشتر بخوانید", "קראו גם", "קרא גם", "קראו עוד", "यह भी पढ़ें", "ये भी पढ़ें", "इसे भी पढ़ें", "और पढ़ें",
    "baca juga", "lihat juga", "simak juga", "xem thêm", "đọc thêm", "อ่านเพิ่มเติม",
}  # fmt: skip
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
    return (bool(colon) and head.rstrip() in _ALSO) or bool(_FOLLOW.match(line) and _NETWORK.search(line))
