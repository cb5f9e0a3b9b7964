"""Agencies' tags at the ends of a paragraph: "WASHINGTON (AP) —", "am Montag. (dpa/afp)"."""

from __future__ import annotations

import re
import unicodedata
from itertools import islice

from .agencies import agency_of, is_word, last_words, mentions, signs, spaceless

HEAD, _END = 110, 60  # characters at a paragraph's ends in which an agency signs
_ITEM = 5  # words before a tag that make it the source of a line in a digest
_TAG = re.compile(r"[(\[（【［〔/]\s*([^()\[\]（）【】［］〔〕/]{2,40}(?:/[^()\[\]/]{2,20})?)\s*[)\]）】］〕/]")
_TAGS = 3  # tags of a first line that are tried: "Santiago (Chile), 12 may (EFE).- "
_AFTER_TAG = re.compile(r"\s*[-–—:：.=‐‑―।ـ]|\s*$")
# Of a dateline before a tag: "भागलपुर, 15 मई (भाषा) ", "New Delhi, Oct 15 (PTI) ". The place ends with a comma, or is
# in a script without capitals.
_DATE = re.compile(
    r"(?:,\s?|(?<=[\u0590-\u0dff])\s)(?:[0-3]?\d[.,]?\s[^\s\d]{1,12}"
    r"|(?i:jan|feb|mar|apr|may|ju[nl]|aug|sep|oct|nov|dec)[A-Za-z]{0,6}\.?\s[0-3]?\d)(?:,?\s20\d\d)?,?\s?$"
)
_MARK = re.compile(r" ?[-–—―ـ]{1,2} |[:：] |[.।] |--")
_MARKS = 4  # marks of a first line before which its agency is looked for: "Якутск. 15 мая. ИНТЕРФАКС - "
_WORDS = 4  # words, at most, of a part that begins with its agency: "РИА Новости, Иван Петров"
_WIRED = re.compile(
    r"^[^。\s]{0,30}[电電讯訊]|^.{0,6}(?:记者|記者)|^路透[^。\s]{1,12}日 "
    r"|^[^。\s\u3040-\u309f]{2,10}月\d{1,2}日[（(](?!(?:周|星期|礼拜|禮拜)?.[）)])"  # names in brackets, no day
)
# Place and agency as they open reports in Arabic: "دمشق-سانا", "الدوحة - قنا: "; not "Iranian-Omani".
_PLACED = re.compile(
    r"(?![\u0621-\u064a ]*ية\s?[-–—/]\s?[\u0621-\u064a]*ية\b)"
    r"[\u0621-\u064a]{2,12}(?: [\u0621-\u064a]{2,12})?\s?[-–—/]\s?([\u0621-\u064a]{2,9})(?=[\s:،/-]|$)"
)
_CORRESPONDENT = re.compile(r"^[Кк]орр\.\s(\S+)\s[А-ЯЁ].*")  # "/Корр. ТАСС Иван Петров/"
_SENTENCE_END = re.compile(r"[.!?…。！？।۔”\"»'’)）]\s*[-–—]*\s*$")
_INITIALS = re.compile(r" [a-z]{2,4}(?:/[a-z]{2,4})+$")  # of who wrote and who edited: "EFE abc/xyz"
_DESK = re.compile(r"[(\[]([^()\[\]/\s]{2,20})/([^()\[\]/\s]{2,20})[)\]]\s*$")
_DESK_SIGNS = re.compile(r"[A-Z]{2,5}(?: [A-Z]{2,4}){1,4}")  # an agency, who wrote and who edited: "PTI SKR MNG"
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
    if not text.rstrip().endswith((")", "]")) or _WITHIN.search(text):
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


def line_sign(text: str) -> list[str]:
    """Return the sign of an agency that a short line is or begins with, before who wrote it.

    >>> line_sign("（共同）"), line_sign("भाषा नोमान मनीषा"), line_sign("भाषा और साहित्य पर उनकी नई किताब आई है")
    (['共同'], ['भाषा'], [])
    >>> line_sign("CNN"), line_sign("CNN fires its chief")  # nobody's name is behind one in Latin letters
    (['CNN'], [])
    >>> line_sign("PTI SKR MNG")  # but the signs of a desk
    ['PTI']
    """
    words = text.strip(" ()[]（）【】〔〕").split()
    if _DESK_SIGNS.fullmatch(text) and agency_of(words[0]):
        return words[:1]
    most = 1 if text.isascii() else _WORDS
    return words[:1] if words and words[0] in signs() and len(words) <= most else []


def opening(head: str) -> list[str]:
    """Return the agencies that a paragraph opens with.

    >>> opening("WASHINGTON (AP) — Ambassador"), opening("МОСКВА, 29 окт — РИА Новости. Глава")
    (['AP'], ['РИА Новости'])
    >>> opening("Eberlingen (dpa/lsw) - Die Stadtwerke")
    ['dpa']
    >>> opening("دمشق-سانا أعلنت وزارة"), opening("الدوحة - قنا: أعلنت وزارة")
    (['سانا'], ['قنا'])
    >>> opening("المباحثات الإيرانية-العمانية تنطلق"), opening("共同通信は5月3日（金）、社長交代を発表した")
    ([], [])
    >>> opening("The Associated Press (AP) reported on Monday that it"), opening("Ant: I am back")
    ([], [])
    """
    for tag in islice(_TAG.finditer(head, 0, HEAD), _TAGS):
        before = head[: tag.start()]
        if tag.start() <= 70 and (not before.strip() or _AFTER_TAG.match(head, tag.end()) or _DATE.search(before)):
            names = _tagged(tag[1].strip(), first=tag.start() == 0)
            if names:
                return names
    place = 0
    for mark in islice(_MARK.finditer(head, 0, 70), _MARKS):
        segment = head[place : mark.start()].strip()
        parts = [segment] if mark[0] == ". " else [segment.rsplit(",", 1)[-1].strip()]  # "BERLIN, dpa - "
        first, _, rest = segment.partition(",")
        if len(segment.split()) <= _WORDS and (place or " " not in rest.strip()):
            parts.append(first)
        if name := next((part for part in parts if agency_of(part) and not is_word(part)), ""):
            return [name.strip('«»„“”"')]
        place = mark.end()
    if head.isascii():
        return []
    if (placed := _PLACED.match(head)) and agency_of(placed[1]):
        return [placed[1]]
    return mentions(head[:12]) if _WIRED.match(head) else []


def _tagged(tag: str, first: bool) -> list[str]:
    """Return the agencies in the brackets of a first line, or at its very beginning.

    >>> _tagged("AP", True), _tagged("dpa/lsw", False), _tagged("awp/afp", False), _tagged("워싱턴 AP=연합뉴스", True)
    (['AP'], ['dpa'], ['awp', 'AFP'], ['AP', '연합뉴스'])
    >>> _tagged("札幌共同", True), _tagged("カイロ＝ＡＦＰ時事", True)
    (['共同'], ['AFP', '時事'])
    """
    tag = _CORRESPONDENT.sub(r"\1", tag)
    if agency_of(tag):
        return [tag]
    if "/" in tag and (names := _agencies(tag.split("/"))):
        return names
    names = mentions(tag)
    if len(names) == 1 and agency_of(tag.split("/")[0]):  # and the sign of its desk: "dpa/lsw"
        return names
    if names and (first or sum(map(len, names)) * 2 >= len(tag.split("=")[-1].strip())):
        return names
    sign = next((sign for sign in signs() if spaceless(sign) and tag.endswith(sign)), "")
    if sign:
        beside = re.search("[A-Z]{2,}$", unicodedata.normalize("NFKC", tag.removesuffix(sign).rstrip("=＝・ ")))
        return [*mentions(beside[0] if beside else ""), sign]
    return []


def _agencies(parts: list[str]) -> list[str]:
    """Return parts of a tag, one in small letters ("afp") in capitals, if all are agencies; else none."""
    names = [name if agency_of(name) else name.upper() for name in map(str.strip, parts)]
    return names if all(map(agency_of, names)) else []


def closing(tail: str) -> list[str]:
    """Return the agencies that sign the end of a paragraph.

    >>> closing("to sneak into the US. PTI"), closing("am Montag. (dpa/afp)"), closing("said the AP.")
    (['PTI'], ['dpa', 'AFP'], [])
    >>> closing("am Montag. (dpa/lsw)"), closing("am Montag (hin/her)")
    (['dpa'], [])
    """
    if "/" in tail:  # of both
        tail = _INITIALS.sub("", tail)
    desk = _DESK.search(tail) if "/" in tail else None
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
        if names := _agencies(re.split(r"[/,&]|\band\b", bare)):
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
