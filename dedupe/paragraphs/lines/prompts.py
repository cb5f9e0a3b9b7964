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
from .furniture import SAID, folded, openings, whose_text

_MARKS = re.compile(r"^[^\w\"“”„«»‘'@#]+")  # that such a line may open with: "(", "►", "✅"
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
_CLICK = re.compile(r"^\W*(?:[A-Z ]+: )*click here (?:to|for)\b|^[^\"“”]*\bclick here\W*$", re.I)
# What outlets say to their readers, in whole sentences. A shelter asks for help, the police for tips, a county for eyes
# on its web site: here it is a newsroom, it says "us", or it is followed.
_PLUG = re.compile(
    r"for (?:all )?(?:the latest|more|breaking|local) [^.!?\"“”]*\b(?:news|stories|headlines|coverage)\b[^.!?\"“”]*"
    r", (?:be sure to |please )?(?:follow|like|subscribe|sign up|join|download|stay tuned|stick with)\b"
    r"|[^\"“”]*\b(?:our|independent|local) (?:newsroom|journalism|reporters|reporting)\b[^\"“”]*"
    r"\b(?:needs? your (?:support|help)|consider (?:supporting|subscribing|donating))\b"
    r"|[^\"“”]*\b(?:readers like you|consider becoming a (?:[\w-]+ )?(?:subscriber|supporter|patron))\b"
    r"|(?:have|got) (?=.*\b(?:us|our|newsroom)\b)an? [^?\"“”]{0,40}\b(?:tip|story|correction|photo)s?\b[^?\"“”]{0,40}"
    r"\?[^\"“”]* (?:email|contact|send|call|text|let|tell|write|submit)\b"
)
# Who earns by what its readers buy says so in the first person.
_COMMISSION = re.compile(
    r"\bwe (?:may |might |can |could |will |sometimes )?(?:earn|receive|get|make)\b[^.!?]*\bcommissions?\b"
    r"|\b(?:earn|receive|compensated)\b[^.!?]*\bthrough (?:our|links on our)\b"
    r"|\b(?:(?:erhalten|bekommen) wir|wir (?:erhalten|bekommen))\b[^.!?]*\bprovision\b"
    r"|\bnous (?:pouvons |pourrions )?(?:perc|touch|recev)\w+[^.!?]*\bcommission"
    r"|\bpodemos (?:recibir|ganar|obtener|receber)\b[^.!?]*\bcomis"
    r"|\bpotremmo (?:ricevere|guadagnare)\b[^.!?]*\bcommission"
    r"|\b(?:ontvangen wij|wij (?:ontvangen|krijgen))\b[^.!?]*\bcommissie",
    re.I,
)
_EARNED = ("ommis", "comis", "provision", "through ")  # one of which each of them has
_BOUGHT = re.compile(r"link|\byou\b.*\b(?:buy|purchas|shop)|klick|kauf|achet|achat|compr|acquist|koop|kopen", re.I)
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
    tells = taken & (words <= LONG) & (columns[:, _PROMPTS] > 0).any(axis=1) & (columns[:, COLUMN.opens_quote] == 0)
    found |= whose_text(is_plug, tells, pages)
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


def commissions(pages: Segmented, columns: NDArray[np.float32], roles: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Return which blocks were taken for what an article says, and say that their outlet earns by what readers buy."""
    may = _TAKEN[roles] & (columns[:, COLUMN.words] <= LONG) & (columns[:, COLUMN.covered_you] > 0)
    return whose_text(earns, may & (columns[:, COLUMN.opens_quote] == 0), pages)


def earns(line: str) -> bool:
    """Return whether a line says that who publishes it is paid for what its readers buy.

    >>> earns("We may earn a commission from links on this page."), earns("Wenn du kaufst, erhalten wir Provision.")
    (True, True)
    >>> earns("Sites may earn a commission when readers buy by their links."), earns("We get a commission on cars.")
    (False, False)
    """
    small = line.lower()
    if not any(word in small for word in _EARNED):
        return False  # nearly all: patterns take their time
    return bool(_COMMISSION.search(line)) and _BOUGHT.search(line) is not None and not SAID.search(line)


def is_plug(line: str) -> bool:
    """Return whether a line tells its readers what its outlet has for them, or what that needs; nobody else says so.

    >>> is_plug("For the latest news on everything in Chester County, be sure to follow us on Google News.")
    True
    >>> is_plug("Have a tip for us? Email tips@paper.com."), is_plug("Our newsroom needs your help. Please donate.")
    (True, True)
    >>> is_plug("For the latest news of her son, she turned to the radio."), is_plug("Have a tip? Call the police.")
    (False, False)
    >>> is_plug("For the latest news on closures, check the site."), is_plug("Got a photo of it? Email plan@town.gov.")
    (False, False)
    >>> is_plug("The shelter needs your help. Please donate."), is_plug("Please consider donating to the hospice.")
    (False, False)
    """
    return bool(_PLUG.match(line.lower())) and not SAID.search(line)


def leads_elsewhere(line: str) -> bool:
    """Return whether a line opens with a prompt to read another text, or to subscribe to one or follow somebody.

    >>> [leads_elsewhere(line) for line in ("[Read also: The ferry]", "Follow us on X and Facebook", "More: the sea")]
    [True, True, True]
    >>> [leads_elsewhere(line) for line in ("Подпишитесь на нашу рассылку", "Jetzt abonnieren: vier Wochen gratis")]
    [True, True]
    >>> leads_elsewhere("İlgili haber: Köprü açıldı"), leads_elsewhere("Siamo su WhatsApp. Iscriviti al canale.")
    (True, True)
    >>> leads_elsewhere("✅ Follow the Gazette on WhatsApp")
    True
    >>> leads_elsewhere("Read my lips, she said: no"), leads_elsewhere("Follow the latest updates below:")
    (False, False)
    """
    line = _MARKS.sub("", folded(line))
    head, colon, _ = line.partition(":")
    if (colon and head.rstrip() in openings("also")) or _SUBSCRIBE.match(line):
        return True
    return bool(_NETWORK.search(line) and (_FOLLOW.match(line) or _LATER.search(line)))
