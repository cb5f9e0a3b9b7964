"""What a link is, told by its address and its rel attribute alone: where it leads, and what for."""

from __future__ import annotations

import re
from functools import lru_cache

from ..model import domain_of
from ..resources import load_json

TARGETS = (
    "out", "social", "paid", "here", "front", "story",
    "policy", "person", "topic", "member", "letter", "comments", "offer",
)  # fmt: skip
TARGET_BIT = {name: 1 << place for place, name in enumerate(TARGETS)}
_WORDS: dict[str, str] = load_json("link_words.json")
_OUT, _PAID, _STORY, _OFFER = (TARGET_BIT[name] for name in ("out", "paid", "story", "offer"))
HERE = ("javascript:", "mailto:", "tel:", "data:")
SOCIAL = frozenset(_WORDS["social"].split())  # names of hosts
WORD_BITS: dict[str, int] = {}
for _name, _words in _WORDS.items():
    for _word in _words.split() if _name != "social" else ():
        WORD_BITS[_word] = WORD_BITS.get(_word, 0) | TARGET_BIT[_name]

_PART = re.compile(r"[a-z]+")
# An address of a story holds a headline, a part with three hyphens, where sections have one or two; or a number.
_SLUG = re.compile(r"[-_][^/_-]*[-_][^/_-]*[-_]")
_NUMBER = re.compile(r"\d{5}|/\d{4}/\d\d?/")
LONGEST = 300  # characters of an address that are read


@lru_cache(maxsize=65536)  # the pages of a site share most of their links
def targets(address: str, rel: str, own: str) -> int:
    """Return what a link is as an OR of `TARGET_BIT`s. `own`: the site's own domain, "" where that is not known.

    >>> def names(*link):
    ...     return [name for name in TARGETS if targets(*link) & TARGET_BIT[name]]
    >>> names("https://www.facebook.com/sharer?u=x", "", "example.org"), names("#comments", "", "example.org")
    (['out', 'social'], ['here', 'comments'])
    >>> names("/2024/05/ferry-sinks-off-northern-coast", "", "example.org"), names("/privacy-policy", "", "")
    (['story'], ['policy'])
    >>> names("https://example.com/lamp?aff_id=3", "sponsored nofollow", "example.org"), names("/", "", "")
    (['out', 'paid', 'offer'], ['front'])
    """
    address = address[:LONGEST].strip().lower()
    host, path = _parts(address)
    bits = _PAID if "sponsored" in rel else 0
    if host:
        if own and host != own and not host.endswith("." + own):
            bits |= _OUT
            if not SOCIAL.isdisjoint(host.split(".")[-3:-1]):
                return bits | TARGET_BIT["social"]
            path = address
            if "utm_source" in path or "utm_campaign" in path:
                bits |= _PAID
    elif not path or path[0] == "#" or path.startswith(HERE):
        return bits | TARGET_BIT["here"] | _said(path)
    if path in ("", "/"):
        return bits | TARGET_BIT["front"]
    said = _said(path)
    if said & ~_OFFER:
        return bits | said
    if _SLUG.search(path):  # the words of a headline are about anything
        return bits | _STORY
    return bits | said | (_STORY if _NUMBER.search(path) else 0)


def _said(path: str) -> int:
    """Return what the words of an address say."""
    bits = 0
    for word in WORD_BITS.keys() & set(_PART.findall(path)):
        bits |= WORD_BITS[word]
    return bits


def _parts(address: str) -> tuple[str, str]:
    """Return the host of an address without "www.", "" for one on the same site, and what follows it."""
    start = address.find("//")
    if start < 0 or start > 6:
        return "", address
    host, slash, rest = address[start + 2 :].partition("/")
    return host.removeprefix("www."), slash + rest


def own_domain(url: str) -> str:
    """Return the domain of a page's site.

    >>> own_domain("https://m.news.example.com/a"), own_domain("https://www.example.co.uk:8080"), own_domain("")
    ('example.com', 'example.co.uk', '')
    """
    return domain_of(_parts(url.lower())[0].split(":")[0])
