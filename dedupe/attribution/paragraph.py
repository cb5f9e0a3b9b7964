"""Who one paragraph says the page's text comes from: tags of agencies, credits, "originally published by"."""

from __future__ import annotations

import re

from ..model import Role
from ..resources import load_json
from .agencies import agency_of, mentions
from .names import is_name, looks_like_outlet, names_after, split_names
from .news import had_news
from .phrases import COPYRIGHT, SELF, labels, names_follow, says_contributed, says_self
from .pictures import without_pictures
from .sift import ALL, CONTRIBUTES, CREDIT, GATHERS, LABEL, PHRASE, PHRASES, PICTURE, SHORT, TAIL
from .tags import line_sign, opening, signed

_LINE, _CREDIT_WORDS = 60, 7  # characters and words of a line that is nothing but a credit
_NOTICE_WORDS = 12  # of a notice of copyright that says more than that all rights are reserved
_IS = re.compile(
    r"\W*(?:The )?((?:[A-Z][\w.&’'-]*\s){1,5})is (?:an?|the|part of)\b[^.!?]{0,100}?"
    rf"\b(?:{'|'.join(load_json('line_words.json')['outlets'])})\b"
)
_LAST_NAME = re.compile(r".*?\b((?:[A-Z]\S*\s)*[A-Z]\S*)(?:\s[^A-Z]\S*)*$")  # "edited by Desh Today staff and is"
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,6}", re.I)


def named_in(text: str, role: Role, beside: bool, may: int = ALL) -> list[tuple[str, str]]:
    """Return (name, kind) of the sources that a paragraph names, but those that only the credit of a picture names.

    `beside`: whether it stands right above or below the body, where a name alone is a credit. `may`: what the paragraph
    may hold, see `sift`.

    >>> named_in("AFP, MANILA", Role.TITLE, beside=True), named_in("Photo: AFP", Role.TITLE, beside=True)
    ([('AFP', 'agency')], [])
    >>> named_in("AFP wins a prize for its photos of war", Role.TITLE, beside=True)
    []
    """
    said = _with_pictures(text, role, beside, may)
    if not said or not may & PICTURE or (bare := without_pictures(text)) == text:
        return said
    left = _with_pictures(bare, role, beside, ALL)
    return [source for source in said if source in left]


def _with_pictures(text: str, role: Role, beside: bool, may: int) -> list[tuple[str, str]]:
    """Return what `named_in` does, and those that only the credit of a picture names."""
    body = role is Role.BODY
    names = signed(text, whole=body) if body or role is Role.TITLE else []
    if len(text) <= (CREDIT if body else SHORT):
        part = text
    else:
        part = text[-TAIL:] if body else text[:SHORT] + " … " + text[-SHORT:]
    lower = part.lower()
    names += _of_phrases(part, lower, Role.ATTRIBUTION if beside else role, may)
    if beside and not names and len(text) <= _LINE:
        said = _mentioned(text) or line_sign(text)
        names += said if 5 * sum(map(len, said)) >= len(text) and len(text.split()) <= _CREDIT_WORDS else []
    if role in (Role.ATTRIBUTION, Role.BYLINE) and not names and len(text) <= SHORT:
        names += _described(text, role) or _mentioned(text) or opening(text)
        if role is Role.ATTRIBUTION and beside and not names and len(text) <= 60 and (text.isupper() or " / " in text):
            names += [name for name in split_names(text) if len(name.split()) <= 4]  # nothing but names
    if may & GATHERS and says_self(lower) and (own := SELF.search(part)):
        who = _who(part, own.start())
        if not body or "." in who:  # in a report on aggregators the word alone says nothing of the page
            return [(who, "self")]
    kinds = dict.fromkeys(_of_news(part, lower, may), "news")
    kinds |= {name: "agency" if agency_of(name) else "outlet" for name in names}
    return [(name, kinds[name]) for name in dict.fromkeys([*names, *kinds])]


def _described(text: str, role: Role) -> list[str]:
    """Return the outlet that a credit says the nature of, as those ask who let others print their reports.

    >>> _described("Kansas Reflector is part of States Newsroom, a news network.", Role.ATTRIBUTION)
    ['Kansas Reflector']
    >>> _described("Ann Lee is a reporter for the Associated Press.", Role.ATTRIBUTION)
    []
    """
    found = _IS.match(text) if role is Role.ATTRIBUTION else None
    return [name] if found and is_name(name := found[1].strip()) else []


def _of_news(text: str, lower: str, may: int) -> list[str]:
    """Return who a paragraph says had the news first.

    >>> _of_news(text := "Comme l’a révélé Le Courrier du Morvan, des camions venaient.", text.lower(), ALL)
    ['Le Courrier du Morvan']
    """
    if not may & PHRASE:
        return []
    found = (had_news(text, end) for end, _ in names_follow(text, lower, news=True, bits=may >> PHRASES))
    return list(dict.fromkeys(filter(None, found)))


def _of_phrases(text: str, lower: str, role: Role, may: int) -> list[str]:
    """Return the names after the phrases and labels of a paragraph that say where it comes from."""
    names: list[str] = []
    if may & PHRASE and role is not Role.BIO:  # which says where else its author was published
        for end, weak in names_follow(text, lower, bits=may >> PHRASES):
            names += [name for name in names_after(text, end) if not weak or _sure(name)]
    if may & CONTRIBUTES and says_contributed(text, lower):
        names += mentions(text)
    if may & LABEL and role not in (Role.NAVIGATION, Role.PROMO, Role.BIO) and len(text) <= SHORT:
        for end in labels(text):
            after = names_after(text, end)
            names += after if role is not Role.BODY else filter(_sure, after)  # in the body it may be a figure's
    if role in (Role.LEGAL, Role.ATTRIBUTION):
        names += _owners(text, role is Role.LEGAL)
    return names


def _owners(text: str, apart: bool) -> list[str]:
    """Return the agencies that own the text, by a notice of copyright.

    A notice on some texts of a site ("Photos: © AFP") says nothing of the page's text. One that stands `apart` from the
    body says who owns the site, unless it goes on to say what must not be done with the material.

    >>> _owners("© 2016 The Associated Press. All rights reserved.", apart=False)
    ['The Associated Press']
    >>> _owners("AP articles: © 2016 The Associated Press.", False), _owners("© 2011 Bloomberg L.P.", apart=True)
    ([], [])
    >>> _owners("© 2024 Pacific Business Wire Review", apart=False)  # which is no agency
    []
    """
    mark = COPYRIGHT.search(text)
    if not mark or text[: mark.start()].rstrip().endswith(":") or (apart and len(text.split()) < _NOTICE_WORDS):
        return []
    owner = text[mark.end() : mark.end() + 60]
    return [name for name in mentions(owner) if not _within_a_name(name, owner)]


def _mentioned(line: str) -> list[str]:
    """Return the agencies that a line of credits names; if it is a notice of copyright, those that own the text."""
    return _owners(line, apart=False) if COPYRIGHT.match(line) else mentions(line)


def _within_a_name(agency: str, text: str) -> bool:
    """Return whether an agency's name is the middle of a longer one, with a capitalised word on either side of it."""
    before, _, after = text.partition(agency)
    word = before.split()[-1:] if before[-1:].isspace() else []
    follows = after.split()[:1] if after[:1].isspace() else []
    longer = bool(word and follows) and word[0][0].isupper() and follows[0][0].isupper()
    return longer and not COPYRIGHT.match(word[0]) and follows[0].casefold() != "all"  # "all rights reserved"


def _sure(name: str) -> bool:
    """Return whether a name is an agency's or a domain, and so no person's and no authority's."""
    return bool(agency_of(name)) or bool(_DOMAIN.fullmatch(name))


def _who(text: str, at: int) -> str:
    """Return the domain or name that stands before "is an automatic aggregator", or "this page"."""
    before = text[max(at - 80, 0) : at].split()
    for word in reversed(before):
        word = word.strip(" .,:;!?()'\"")
        if "." in word and is_name(word):
            return word
    name = _LAST_NAME.search(" ".join(before))
    return name[1].rstrip(",.:;") if name and looks_like_outlet(name[1]) else "this page"
