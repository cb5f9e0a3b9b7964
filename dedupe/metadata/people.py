"""Names of authors, cut out of the lines and tags that hold them."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ..model import fold_name
from ..resources import agency_aliases, load_json
from .lines import BY

_JOIN = re.compile(  # in capitals the short ones are initials
    r"\s*(?:,|;|\||•|·|&|、|，|/|实习生|實習生|通讯员|通訊員|"
    r"\b(?:and|AND|und|UND|et|y|e|og|och|en|и|та|i|ve|dan|και|és|și|a|mit|with|WITH)\b)\s*"
)
_TOKEN = re.compile(r"[^\W\d_][\w\u0900-\u0dff.'’‘`´-]*\.?$")  # signs of vowels in India are no word's end
_RUN_TOGETHER = re.compile(r"[a-zß-ÿ]{4}[A-ZÀ-Þ]|\w\.[a-z]{2,4}$")  # "SettingsAccept All", "Money.pl"; not "MacDonald"
_WORDS = load_json("bylines.json")
_PARTICLES, _NO_NAME = frozenset(_WORDS["particles"]), frozenset(_WORDS["no_name"])
_BY = re.compile(rf"^\W*(?:{BY})\b\s*[:：]?\s*", re.I)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S*|[\w.+-]+@[\w-]+\.\S*|@\S*")
_TITLE_WORDS = re.compile(rf"\b(?:{'|'.join(_WORDS['titles'])})\b.*$", re.I)
_MOST = 12  # people of a byline
_READ = 1000  # characters of a tag: so many people have fewer, and blanks or titles without end take no longer
_UNFILLED = ("name", "author", "your name", "author name", "undefined", "null", "none", "unknown")
_REPORTER = re.compile(r"[\u4e00-\u9fff]*(?:记者|記者)\s*[:：]?\s*")
_PLACE = re.compile(r"[／/]\s?[\u4e00-\u9fff]{2,6}(?:報導|報道|报道|电|電)$")  # "記者王小明／台北報導"


@cache
def _signing() -> re.Pattern[str]:
    """Return a pattern of agencies behind a person, a few at most: a line may be long."""
    aliases = (name for name in agency_aliases() if " " in name and name.isascii())
    names = "|".join(["reuters", *sorted(map(re.escape, aliases))])
    return re.compile(rf"(?:(?:\sThe)?\s(?i:{names})){{1,3}}$")


@cache
def _agencies() -> frozenset[str]:
    """Return the names of news agencies, case folded, with Dow Jones, which is one in a byline and else an index."""
    return frozenset((*map(str.casefold, agency_aliases()), "dow jones"))


def is_agency(author: str) -> bool:
    """Return whether an author is a news agency and no person.

    >>> is_agency("Reuters"), is_agency("The Associated Press"), is_agency("Ann Lee")
    (True, True, False)
    """
    return author.casefold().removeprefix("by ") in _agencies()


def not_a_name(word: str) -> bool:
    """Return whether a word in small letters is none of a name, as the table of bylines has them.

    >>> not_a_name("编辑"), not_a_name("ann")
    (True, False)
    """
    return word in _NO_NAME


def people(text: str, strict: bool = True) -> list[str]:
    """Return the people named in a byline, in order; `strict` wants each to look like a person's name.

    An agency beside them is none, alone it is kept.

    >>> people("LISA MASCARO, MARY CLARE JALONICK AND ERIC TUCKER"), people("Andrew Hurst ZURICH Oct 30")
    (['LISA MASCARO', 'MARY CLARE JALONICK', 'ERIC TUCKER'], ['Andrew Hurst'])
    >>> people("Ann Lee, Associated Press"), people("Associated Press"), people("Ann Lee and Dow Jones")
    (['Ann Lee'], ['Associated Press'], ['Ann Lee'])
    >>> people("Share this story"), people("admin", strict=False)
    ([], ['admin'])
    """
    if not text:
        return []
    if "@" in text or "/" in text or "www." in text:  # few have: the pattern takes its time
        text = _ADDRESS.sub(" | ", text)
    if "记者" in text or "記者" in text:  # "扬子晚报记者 张楠": of which paper, and who
        text = _REPORTER.sub("", _PLACE.sub("", text)).replace(" ", "、")
    found: list[str] = []
    for part in _JOIN.split(text):
        part = part.strip(" .:;()[]*\"“”'—–-")
        name = _name(part, whole=bool(found)) or ("" if strict else _phrase(part))
        if name and name not in found:
            found.append(name)
    return ([name for name in found if not is_agency(name)] or found)[:_MOST]


@lru_cache(maxsize=1 << 13)  # few reporters and editors sign most of an outlet's pages
def _name(part: str, whole: bool = False) -> str:
    """Return the words at the start of a part (or all of it, if `whole`) that make a person's name, "" for none."""
    if " " in part and is_agency(part):  # "Press Trust of India" is no Press Trust
        return part
    part = _TITLE_WORDS.sub("", part).strip()
    if _is_han(part):
        return part if 2 <= len(part) <= 4 and part not in _NO_NAME else ""
    if _is_han(part.replace(" ", "")) and len(part) > 7:
        return ""
    part = _signing().sub("", part)
    words: list[str] = []
    for word in part.split():
        plain = word.strip(".,:'’").casefold()
        if not _TOKEN.match(word) or plain in _NO_NAME or _RUN_TOGETHER.search(word):
            break
        if not word[0].isupper() and not (words and plain in _PARTICLES) and word[0].islower():
            break
        if words and word.isupper() and len(word) > 3 and not words[0].isupper():
            break  # a dateline's city after a name
        words.append(word)
        if word.endswith(".") and len(word) > (4 if len(words) < 2 else 3):  # no "St.", "Jr." or initials
            words[-1] = word[:-1]
            break  # the end of a sentence
    while words and words[-1].casefold() in _PARTICLES:
        words.pop()
    capitals = sum(not word[0].islower() for word in words)
    fits = len(words) == len(part.split()) or (len(words) >= 2 and not whole)
    return " ".join(words) if capitals >= 2 and len(words) <= 5 and fits and sum(map(len, words)) <= 45 else ""


def _phrase(part: str) -> str:
    words = part.split()
    return part if 1 <= len(words) <= 4 and len(part) <= 40 and not any(sign.isdigit() for sign in part) else ""


def _is_han(part: str) -> bool:
    signs = part.replace("々", "")  # of "佐々木": the letter before it again
    return not signs.isascii() and all("\u3400" <= sign <= "\u9fff" or "\uac00" <= sign <= "\ud7af" for sign in signs)


@lru_cache(maxsize=4096)  # an outlet has few authors
def clean_author(author: str, source: str = "") -> str:
    """Return the author that a tag names, people joined by ", "; "" for addresses, numbers and the outlet itself.

    >>> clean_author("By Ann Lee, The Daily Planet", "Daily Planet"), clean_author("RT", "rt.com")
    ('Ann Lee', '')
    >>> clean_author("MND Staff"), clean_author("105092")
    ('MND Staff', '')
    """
    author = _BY.sub("", author.strip()[:_READ])
    if not author:
        return ""
    own = {fold_name(part) for part in (source, *source.split("."))} - {""}
    persons = [name for name in people(author) if fold_name(name) not in own]
    if persons:
        return ", ".join(persons)
    rest = _ADDRESS.sub("", author).strip(" ,;|-")
    if rest.casefold() in _UNFILLED or not any(sign.isalpha() for sign in rest) or len(rest) > 80:
        return ""
    folded = fold_name(rest)
    prefix = " " not in rest and any(mine.startswith(folded) for mine in own)  # NTV of ntvtr
    return "" if folded in own or prefix else rest
