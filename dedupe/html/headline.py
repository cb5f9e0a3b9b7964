"""The headline of a page whose head names none: its heading, or its title without the name of the site."""

from __future__ import annotations

import re

import numpy as np

from ..model import host_of
from .blocks import Walk
from .marks import MARK_BIT, TAG_BIT, WORD

_BAR = re.compile(r"\s+[|•·»:]{1,2}\s+|\s*\|\s*")
_DASH = re.compile(r"\s+[-–—]\s+")
_BETWEEN = re.compile(r"\s*(?:[|_»‹›·•–—]|--)+\s*|\s-\s|(?<=[\u3040-\u9fff])-(?=[\u3040-\u9fff])")
_OPENS, _CLOSES = (re.compile(form) for form in (r"\s*[|_»‹›·•:：–—-]", r"[|_»‹›·•:：–—-]\s*$"))
_LONGEST = 300  # characters of a headline
_HEADINGS, _LINES = 50, 5  # headings of a page, and lines of one, that are read
_SHORTER = 3  # a heading so many times shorter than the title tag is that of a section or of the site
_SITE_WORDS = 5  # words of a site's name
_H1 = np.uint64(TAG_BIT["h1"])
_STORY_TAGS = np.uint64(TAG_BIT["main"] | TAG_BIT["article"])
_STORY_MARKS = np.uint64((MARK_BIT["role_main"] | MARK_BIT["role_article"]) >> WORD)


def headline(seen: Walk, head: dict[str, str], url: str) -> str:
    """Return the heading (h1) that is the page's own, else its title tag without the site's name; "" for neither.

    Headings in `main` or `article` come before all others. Of several it is the longest that the title tag repeats; if
    it repeats none, the first in `main` or `article`, or the only one. The name of the site is no headline.
    """
    page_title = head.get("page_title", "")[:_LONGEST]
    bare = without_site(page_title, head.get("source", ""), url)
    sites = {_fold(head.get("source", "")), _host_name(url), _fold(page_title.removeprefix(bare)), ""}
    headings = [(text, inside) for text, inside in _headings(seen) if _fold(text) not in sites]
    within = [text for text, inside in headings if inside]
    own = within or [text for text, _ in headings if _SHORTER * len(text) >= len(bare)]
    repeated = [text for text in own if _fold(text) in _fold(page_title)]
    if repeated:
        return max(repeated, key=len)
    if within or len(own) == 1:
        return own[0]
    return "" if _fold(bare) in sites else bare


def as_headed(seen: Walk, title: str) -> str:
    """Return the part of a title that the page shows as a heading (h1), where a mark parts it from the rest.

    The title as it is where no heading is such a part of it.
    """
    for text, _ in _headings(seen):
        if _SHORTER * len(text) >= len(title) and title != text:
            before, held, after = title.partition(text)
            if held and (_OPENS.match(after) if after else _CLOSES.search(before)) and not (before and after):
                return text
    return title


def _headings(seen: Walk) -> list[tuple[str, bool]]:
    """Return the text of each h1 that is shown, and whether it stands in `main` or `article`."""
    elements, found = seen.elements, []
    for element in np.flatnonzero(elements.tags & _H1)[:_HEADINGS].tolist():
        text = " ".join(seen.text[elements.first[element] : elements.end[element]][:_LINES])
        if 0 < len(text) <= _LONGEST:
            above = elements.parent[element]
            while above >= 0 and not (elements.tags[above] & _STORY_TAGS or elements.marks[above] & _STORY_MARKS):
                above = elements.parent[above]
            found.append((text, above >= 0))
    return found


def site_of(title: str, headline: str) -> str:
    """Return the site's name that a title tag ends with, behind the headline; "" where it has none.

    >>> site_of("Rates rise again - Money - Daily Star", "Rates rise again"), site_of("Rates rise again", "Rates rise")
    ('Daily Star', '')
    """
    rest = title[len(headline) :] if headline and title.startswith(headline) else ""
    parts = _BETWEEN.split(rest)
    named = len(parts) > 1 and 2 <= len(parts[-1]) <= 40 and len(parts[-1].split()) <= _SITE_WORDS
    return parts[-1].strip() if named and not any(map(str.isdigit, parts[-1])) else ""


def without_site(title: str, source: str = "", url: str = "") -> str:
    """Return a title tag without the name of the site, or of a section, at its end.

    >>> without_site("Fire destroys warehouse | News | Lake Observer"), without_site("Rates rise again - Daily Star")
    ('Fire destroys warehouse', 'Rates rise again')
    >>> without_site("Rates rise again – what it means for you"), without_site("Home | Lakeside Observer")
    ('Rates rise again – what it means for you', 'Home | Lakeside Observer')

    Behind a bar any few words are such a name, if they are no longer than the first part. Behind a dash they are one
    only where they are the outlet's name or host, or all start with capitals and are shorter than what stays.
    """
    bars = _BAR.split(title)
    while len(bars) > 1 and len(bars[-1]) <= len(bars[0]) and len(bars[-1].split()) <= _SITE_WORDS:
        bars.pop()
        title = title[: _place(_BAR, title)]
    at = _place(_DASH, title)
    last = _DASH.split(title)[-1]
    known = _fold(last) in {_fold(source), _host_name(url)}
    words = last.split()
    named = (
        len(words) <= _SITE_WORDS and all(not word[0].islower() for word in words) and not any(map(str.isdigit, last))
    )
    return title[:at] if at > 0 and (known or (named and len(last) < at)) else title


def without_outlet(title: str, source: str, url: str = "") -> str:
    """Return a headline without the outlet's own name at its end; some pages put it into all their tags.

    >>> without_outlet("Fire destroys warehouse | TheObserver", "The Observer")
    'Fire destroys warehouse'
    >>> without_outlet("A day with The Observer", "The Observer"), without_outlet("Fire - Daily Star", "The Observer")
    ('A day with The Observer', 'Fire - Daily Star')
    """
    names = {_fold(source), _host_name(url)} - {""}
    for mark in (_BAR, _DASH):
        parts = mark.split(title)
        if len(parts) > 1 and _fold(parts[-1]) in names:
            return title[: _place(mark, title)].strip()
    return title


def _place(mark: re.Pattern[str], title: str) -> int:
    """Return where the last mark of a title starts; -1 where it has none."""
    return max((match.start() for match in mark.finditer(title)), default=-1)


def _host_name(url: str) -> str:
    """Return the name in a web address: of "https://www.daily-star.co.uk/x" "dailystar"."""
    return _fold(max(host_of(url).split("."), key=len))


def _fold(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
