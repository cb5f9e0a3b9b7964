"""Agencies' tags at the ends of a paragraph: "WASHINGTON (AP) —", "am Montag. (dpa/afp)"."""

from __future__ import annotations

import re
from itertools import islice

from .agencies import agency_of, last_words, mentions

HEAD, _END = 110, 60  # characters at a paragraph's ends in which an agency signs
_ITEM = 5  # words before a tag that make it the source of a line in a digest
_TAG = re.compile(r"[(\[（【［〔/]\s*([^()\[\]（）【】［］〔〕/]{2,40}(?:/[^()\[\]/]{2,20})?)\s*[)\]）】］〕/]")
_AFTER_TAG = re.compile(r"\s*[-–—:：.=‐‑―]|\s*$")
_MARK = re.compile(r" ?[-–—―]{1,2} |[:：] |\. |--")
_WIRED = re.compile(r"^[^。\s]{0,30}[电電讯訊]|^.{0,6}(?:记者|記者)")
_SENTENCE_END = re.compile(r"[.!?…。！？”\"»'’)）]\s*[-–—]*\s*$")
_CLOSED = re.compile(r"[)\]]\s*$")
_DESK = re.compile(r"[(\[]([^()\[\]/\s]{2,20})/([^()\[\]/\s]{2,20})[)\]]\s*$")
_WITHIN = re.compile(r"[.…。]\s")
_LINE_TAG = re.compile(r"\s*[\[【]([^\[\]【】]{2,40})[\]】]\s*")


def signed(text: str, whole: bool) -> list[str]:
    """Return the agencies that sign a paragraph where it opens and, of a `whole` one, where it ends."""
    return opening(text[:HEAD]) + (closing(text[-_END:]) if whole else [])


def is_item(text: str) -> bool:
    """Return whether a paragraph is a line of a digest: a headline with its own source, which is not the page's.

    >>> is_item("Oil rises on fears of supply [Bloomberg]"), is_item("Oil rose on Monday. (Reuters)")
    (True, False)
    >>> is_item("Why is oil so cheap? It is complicated [Bloomberg]")
    True
    """
    if not _CLOSED.search(text) or _WITHIN.search(text):
        return False
    before = re.split(r"[(\[]", text)[0]
    return len(before.split()) >= _ITEM and not _SENTENCE_END.search(before)


def line_tag(text: str) -> str:
    """Return the name in brackets that is all of a line: the source of the part above it.

    >>> line_tag("[Tom's Guide]"), line_tag("[Oil] rose")
    ("Tom's Guide", '')
    """
    tag = _LINE_TAG.fullmatch(text)
    return tag[1].strip() if tag else ""


def opening(head: str) -> list[str]:
    """Return the agencies that a paragraph opens with.

    >>> opening("WASHINGTON (AP) — Ambassador"), opening("МОСКВА, 29 окт — РИА Новости. Глава")
    (['AP'], ['РИА Новости'])
    >>> opening("Eberlingen (dpa/lsw) - Die Stadtwerke")
    ['dpa']
    >>> opening("The Associated Press (AP) reported on Monday that it")
    []
    """
    tag = _TAG.search(head)
    if tag and tag.start() <= 70 and (not head[: tag.start()].strip() or _AFTER_TAG.match(head, tag.end())):
        if agency_of(tag[1]):
            return [tag[1]]
        names = mentions(tag[1])
        if len(names) == 1 and agency_of(tag[1].split("/")[0]):  # and the sign of its desk: "dpa/lsw"
            return names
        if names and (tag.start() == 0 or sum(map(len, names)) * 2 >= len(tag[1].split("=")[-1].strip())):
            return names
    place = 0
    for mark in islice(_MARK.finditer(head, 0, 70), 2):
        segment = head[place : mark.start()].strip()
        if mark[0] != ". ":
            segment = segment.rsplit(",", 1)[-1].strip()  # "BERLIN, dpa - "
        if agency_of(segment):
            return [segment]
        place = mark.end()
    if not head.isascii() and _WIRED.match(head):
        return mentions(head[:12])
    return []


def closing(tail: str) -> list[str]:
    """Return the agencies that sign the end of a paragraph.

    >>> closing("to sneak into the US. PTI"), closing("am Montag. (dpa/afp)"), closing("said the AP.")
    (['PTI'], ['dpa', 'AFP'], [])
    >>> closing("am Montag. (dpa/lsw)"), closing("am Montag (hin/her)")
    (['dpa'], [])
    """
    desk = _DESK.search(tail)
    if desk and agency_of(desk[1]) and not agency_of(desk[2].upper()):
        return [desk[1]]
    end = tail.rstrip(" ()[]（）【】/.-–—")
    if _last_word(end) not in last_words():
        return []
    for count in range(1, 5):
        cut = tail.rsplit(None, count)
        if len(cut) <= count:
            break
        signed = tail[len(cut[0]) :].strip()
        bare = signed.strip(" ()[]（）【】/.-–—")
        names = [part.strip() for part in re.split(r"[/,&]|\band\b", bare)]
        names = [name if agency_of(name) else name.upper() for name in names]  # "afp", "ap"
        if names and all(map(agency_of, names)):
            bracketed = signed[:1] in "([（【/" and signed.rstrip(".")[-1:] in ")]）】/"
            if bracketed or _SENTENCE_END.search(cut[0]):
                return names
    return []


def _last_word(text: str) -> str:
    """Return the letters and digits that a text ends with, case folded."""
    after = text[text.rfind(" ") + 1 :]
    if after.isalnum():
        return after.casefold()
    place = len(text)
    while place > 0 and text[place - 1].isalnum():
        place -= 1
    return text[place:].casefold()
