"""Names of sources cut out of the words after "originally published by" and the like."""

from __future__ import annotations

import re
from functools import lru_cache

from ..model import fold_name
from .agencies import agency_of, bare_name, domains, names
from .phrases import any_of

READ = 120  # characters after a phrase that are read: a name or a short list of names
_END = re.compile(
    r"[;|\n!?•·。，»》]|(?<=\w)[\"“”](?=\s)|\.(?=\s|$)|\s[–—-]+\s|\s\(|,\s(?=(?:on|in|am|at|vom|(?-i:le|el|the)|a|as|and\s+is|which|where|who|\d)\b)|"
    r"\b(?:on\s+(?=[A-Z\d])|is|has|was|were|and\s+(?:is|was|has|can|licensed)|here|at\s+(?=\d)|read|under|with|through|where|which|that|"
    r"subscribe|to\s+this|for\s+(?:this|more|the)|erschienen|veröffentlicht|ist|wurde|dated|copyright|all\s+rights|by\s+permission|"
    r"original|via|and\s+edited|edited|written|als|übernommen|bereitgestellt|dengan|از|به|in\s+(?:zusammenarbeit|partnership|collaboration)|"
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)\s+\d)\b",
    re.I,
)
_SPLIT = re.compile(rf"\s*(?:[,/&、+،]|\b(?:{any_of('and')})\b)\s*")
_OUTLET_WORD = re.compile(rf"\b(?:{any_of('outlet_words')})\b|\w\.(?:{any_of('outlet_endings')})\b", re.I)
_LEAD = re.compile(r"^(?:\W+|(?:the|der|die|das|den|dem)\s+(?=\S))+", re.I)  # "El", "Le" and "La" are part of names
_NO_NAME = re.compile(rf"^(?:{any_of('no_name')}|(?:{any_of('no_name_begins')}).*)$", re.I)
_NO_SIGN = re.compile(r"[@:：”」』]")  # of addresses, of what another label stands before, of a quotation's end


def names_after(text: str, start: int) -> list[str]:
    """Return the names that follow a phrase which ends at `start`, as written.

    >>> text = "This article was originally published by Futurism. Read the original article."
    >>> names_after(text, text.index("Futurism"))
    ['Futurism']
    >>> names_after("With files from The Associated Press and Mohamed El Saife", 16)
    ['Associated Press']
    """
    rest = text[start : start + READ].lstrip(" :：\"“„«'")
    if rest[:1] >= "\u3400":
        rest = rest.split(None, 1)[0]  # names of these scripts are one word, and what follows is the page's
    end = _END.search(rest)
    return split_names(rest[: end.start()] if end else rest)


def split_names(text: str) -> list[str]:
    """Return the names in a list of them, five at most; beside an agency, people's names are left out.

    >>> split_names("Ann Lee, AP and the Gazette"), len(split_names("Reuters, AP, AFP, dpa, EFE, ANSA"))
    (['AP', 'Gazette'], 5)
    """
    whole = _clean(text)
    if agency_of(whole):
        return [whole]
    parts = [name for part in _SPLIT.split(text) if is_name(name := _clean(part))]
    if any(map(agency_of, parts)):
        parts = [name for name in parts if agency_of(name) or _OUTLET_WORD.search(name)]
    return parts[:5]


def looks_like_outlet(name: str) -> bool:
    """Return whether a name holds a word or a domain ending that outlets' names have."""
    return bool(_OUTLET_WORD.search(name))


def _clean(part: str) -> str:
    part = _LEAD.sub("", part.strip()).strip(" .,:;-–—'\"“”„»«’*()[]（）")
    part = part.removesuffix("'s").removesuffix("’s")
    return bare if part not in names() and agency_of(bare := bare_name(part)) else part  # "Интерфакс" of "Интерфакса"


def is_name(name: str) -> bool:
    """Return whether a text can be the name of a source: one to six words, the first with a capital (or a domain)."""
    words = name.split()
    if not 1 <= len(words) <= 6 or not 2 <= len(name) <= 60 or _NO_NAME.match(name) or _NO_SIGN.search(name):
        return False
    first = name[0]
    return not (first.islower() and first.isascii()) or "." in name or bool(agency_of(name))


@lru_cache(maxsize=1 << 12)
def _own_names(source: str, host: str) -> frozenset[str]:
    """Return what an outlet may call itself: its name, its host, its host's labels, folded; an agency by its name."""
    host = host or (source.removeprefix("www.").lower() if "." in source and " " not in source else "")
    labels = host.split(".")
    names = {source, host, *labels[-2:-1], *(labels[-3:-2] if len(labels) > 2 else ()), source.rsplit(".", 1)[0]}
    agency = domains().get(host) or agency_of(source)
    return frozenset(filter(None, [*map(fold_name, names), fold_name(agency)]))


@lru_cache(maxsize=1 << 14)  # a page is asked of one name several times, and an outlet names few
def is_own(name: str, source: str, host: str) -> bool:
    """Return whether a name is one of an outlet's own; `source`: what the outlet is called, `host`: of its pages.

    >>> is_own("Al Bawaba", "albawaba.com", ""), is_own("Reuters", "cnn.com", "")
    (True, False)
    """
    own, agency = _own_names(source, host), agency_of(name)
    if agency:
        return fold_name(agency) in own
    folded = fold_name(name)
    if folded[:1] >= "\u3400" and any(len(mine) >= 3 and folded.startswith(mine) for mine in own):
        return True  # of "人民网" the "人民网-文化频道"
    if folded in own or fold_name(name.split(".")[0]) in own:
        return True
    return any(len(mine) >= 6 and len(folded) >= 6 and (mine in folded or folded in mine) for mine in own)
