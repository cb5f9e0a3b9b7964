"""Lines that consist of an agency's name and words of credits and bylines: "Por Reuters", "뉴시스".

The judged pages have few of them in other languages than English and German, and none of their blocks changes. Of 40
credits in 16 languages that were taken for report, headings or captions, 12 are found. Captions that do not open as
bylines do are left alone: the name below a picture is that of who took it.
"""

from __future__ import annotations

import re
from functools import cache

import numpy as np
from numpy.typing import NDArray

from ...model import ROLES, Role
from ...model.codes import ATTRIBUTION, BODY, BYLINE, CAPTION
from ...resources import agency_aliases, load_json
from ...rows import above_and_below
from ..features import COLUMN, at_least, at_most
from ..segmented import Segmented
from .furniture import whose_text

LONGEST, _MADE = map(at_most, (8, 100))  # words; of who made a report
_ALL = 0.99  # share of the words that are known
_SHORT = 5  # letters from which on a name is no common word in another case
_TAKEN = np.isin(ROLES, (Role.TITLE, Role.BODY, Role.CAPTION))
_MAY_CREDIT = ~np.isin(ROLES, (Role.ATTRIBUTION, Role.AD, Role.COMMENT))
_SIGNATURE = re.compile(
    r"\W{0,2}[^\W\d_][^\s:]+(?: [^\s:]+){1,3}, (?:The )?[A-Z][\w-]+(?: [A-Z][\w-]+){0,2}\W{0,2}"
    r"|[^\W\d_][^\s:]*(?: [^\s:]+){1,4} \(([A-Z][\w-]{1,12})\)"
    r"|© ?(?:19|20)\d\d [A-Z][\w -]{1,40}\.?"
)
# What an agency does for its report, which names it again to say so. Of its texts most such sentences are the last.
_DID = re.compile(
    r"(?:The )?[A-Z][\w.-]*(?: [A-Z][\w.-]*){0,3} "
    r"(?:(?:has|had|have|also|previously|generally|typically|usually|normally) )*"
    r"(?:left|sent|e-?mailed|called|asked|reached|contacted|requested|sought|tried|attempted|reviewed|obtained|examined"
    r"|verified|documented|interviewed|reported (?:in|on|that|last|earlier)"
    r"|(?:could|does|did|is|was)(?:n['’]t| not)(?! (?:responsible|liable|involved|edit|contribute)\b)|was unable) "
    r"(?!this\b)"
)
_SENTENCE = at_least(6)  # words
# Who reported, edited or helped, and from where: names, places and these words are all that such sentences have.
_JOB = r"(?:writer|reporter|journalist|correspondent|editor|producer|photographer|videographer|researcher)s?"
_SOMEBODY = rf"[A-Z][\w.'’-]*[,;]?|and|in|from|of|the|an?|staff|video|data|resident|{_JOB},?"
_SOME = rf"(?: (?:{_SOMEBODY}))"
# Else it may be to whatever: "Players from PA contributed."
_TO_REPORT = re.compile(rf"\b{_JOB}\b|\bto this\b|(?i:\breporting\b)")
_TO_THIS = "(?:to|for) this (?:report|story|article)"
_BY = "(?i:(?:additional )?(?:reporting|writing|editing)(?: and (?:writing|editing))? by)"
_REPORTED = re.compile(
    rf"(?:(?:{_SOMEBODY}) )+(?:also )?(?:reported|contributed(?: reporting)?(?: {_TO_THIS})?){_SOME}*\.?"
    rf"|Contributing {_TO_THIS} (?:were|was){_SOME}+|{_BY}{_SOME}+(?: {_BY}{_SOME}+)*"
)
# Whose material an outlet used, as its reports open: "Le Figaro avec AFP". No credit of a picture has such a word.
_WITH = re.compile(
    rf"(?:\S+\s){{0,3}}\(?(?i:{'|'.join(load_json('line_words.json')['with'])})\s(?:[a-zà-ÿ]+\s)*(?:[ld]['’])?([^\s(].*?)[).]*"
)
_AND = re.compile(r", | (?:et|y|e|en|and) |/")
_DESK = re.compile(r"[A-Z]{2,5}(?: [A-Z]{2,4}){1,4}")


def credits(pages: Segmented, columns: NDArray[np.float32], roles: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Return which blocks that were taken for something else say whose the text is.

    A byline of common words and an agency's name, and none for who wrote it ("Redazione ANSA"), is such a credit, too:
    whether "By Reuters" is taken for the one or the other hangs on its capitals and on what stands beside it.
    """
    common = columns[:, COLUMN.covered_agency] + columns[:, COLUMN.covered_function]
    byline = (roles == BYLINE) & (common >= _ALL)
    named = (_taken(columns, roles) | byline) & _name_agencies(columns) & ~_by(columns)
    found = whose_text(in_their_case, named, pages) | _signatures(pages, columns, roles)
    may = (roles == CAPTION) & (columns[:, COLUMN.covered_agency] > 0) & (columns[:, COLUMN.words] <= LONGEST)
    return found | whose_text(used, may & (columns[:, COLUMN.ends_stop] == 0), pages)


def used(line: str) -> bool:
    """Return whether a line ends with whose material was used, and all those are agencies.

    >>> [used(line) for line in ("L'Express avec AFP", "Redacción (con información de EFE)", "met ANP en Belga")]
    [True, True, True]
    >>> [used(line) for line in ("Le ministre avec Anne Roux", "Photo AFP", "Le maire s'est entretenu avec AFP")]
    [False, False, False]
    """
    match = _WITH.fullmatch(line)
    return match is not None and all(name in agency_aliases() for name in _AND.split(match[1]))


def _signatures(pages: Segmented, columns: NDArray[np.float32], roles: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Return which blocks right below the last of the body are a name and an agency's: "Ann Lee, The Canadian Press".

    Or that an agency has had the copyright since a year: "© 2025 AFP". Right above it or below a picture they are whose
    that is. One that was taken for the last of the body is a signature unless it ends a list of such names.
    """
    short = (columns[:, COLUMN.words] <= LONGEST) & (columns[:, COLUMN.ends_stop] == 0)
    may: NDArray[np.bool_] = _TAKEN[roles] & short & (columns[:, COLUMN.covered_agency] > 0)
    if not may.any():
        return may
    body = roles == BODY
    ends = above_and_below(body, pages.blocks.first)[1] == 0
    signed = ends & (body | (roles == ATTRIBUTION))  # the last of the body, and credits below it
    found = whose_text(signs, may, pages)
    found[0], found[1:] = False, found[1:] & ends[1:] & np.where(body[1:], ~found[:-1], signed[:-1])
    return found


def signs(line: str) -> bool:
    """Return whether a line is a name and what may be an agency's; what stands in brackets is one's.

    >>> signs("Ann Lee, The Canadian Press"), signs("Z Brukseli Anna Widera (PAP)"), signs("Anna Widera (PiS)")
    (True, True, False)
    """
    match = _SIGNATURE.fullmatch(line)
    return match is not None and (not match[1] or match[1] in agency_aliases())


def bylines(pages: Segmented, columns: NDArray[np.float32], roles: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Return which blocks that were taken for something else say that an agency is the author."""
    return whose_text(in_their_case, _taken(columns, roles) & _name_agencies(columns) & _by(columns), pages)


def inquiries(pages: Segmented, columns: NDArray[np.float32], roles: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Return which blocks were taken for a credit, and tell what an agency did for its report."""
    may: NDArray[np.bool_] = (roles == ATTRIBUTION) & (columns[:, COLUMN.words] >= _SENTENCE)
    may &= (columns[:, COLUMN.covered_agency] > 0) & (columns[:, COLUMN.ends_stop] > 0)
    return whose_text(inquires, may, pages)


def reporters(pages: Segmented, columns: NDArray[np.float32], roles: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Return which blocks are the last of the body or below it, and only say who made the report.

    Or were taken for the last of the body, and are an agency's sign and those of its desk: "PTI SKR MNG".
    """
    named = columns[:, COLUMN.covered_agency] > 0
    may: NDArray[np.bool_] = _MAY_CREDIT[roles] & (columns[:, COLUMN.words] <= _MADE)
    may &= named | (columns[:, COLUMN.covered_source] > 0)
    if may.any():
        may &= above_and_below(roles == BODY, pages.blocks.first)[1] == 0
    desk = whose_text(signs_of_desk, may & named & (roles == BODY), pages)
    return whose_text(tells_reporters, may, pages) | desk


def signs_of_desk(text: str) -> bool:
    """Return whether a text is an agency's sign and those of its desk, or its tag and a full stop.

    >>> [signs_of_desk(line) for line in ("PTI SKR MNG", "PTI", "(ITALPRESS).", "(Oslo).")]
    [True, False, True, False]
    """
    return _DESK.fullmatch(text) is not None or (text[-2:] == ")." and text[1:-2] in agency_aliases())


def tells_reporters(text: str) -> bool:
    """Return whether a text tells nothing but who contributed to a report, who reported from where, and who edited it.

    >>> tells_reporters("Lee reported from Oslo. Associated Press writer Bo Ek in Lund, Sweden, contributed.")
    True
    >>> tells_reporters("Reporting by Ann Lee in Oslo and Bo Ek; Editing by Cy Orr.")
    True
    >>> tells_reporters("Lee reported from Kyiv for AP."), tells_reporters("AP contributed 100 dollars to the fund.")
    (False, False)
    >>> tells_reporters("Players from Ohio and PA also contributed."), tells_reporters("Reporting by AP found it.")
    (False, False)
    """
    if "contribut" not in text.lower() and "eporting by" not in text:
        return False
    sentences = re.split(r"(?<=[a-z]\.) (?=[A-Z])", text)
    return _TO_REPORT.search(text) is not None and all(map(_REPORTED.fullmatch, sentences))


def inquires(line: str) -> bool:
    """Return whether a sentence opens with a name and what an agency of that name does for its report.

    >>> inquires("The Associated Press left a message seeking comment."), inquires("AP could not verify the video.")
    (True, True)
    >>> inquires("The Associated Press contributed to this report."), inquires("Reuters sent this text.")
    (False, False)
    >>> inquires("The Associated Press is not responsible for the content of other pages.")
    False
    """
    return _DID.match(line) is not None


def in_their_case(line: str) -> bool:
    """Return whether no word of a line is an agency's short name but for its case: "spa", "map" and "uni" are words.

    >>> in_their_case("Von dpa und AFP"), in_their_case("On the map"), in_their_case("Spa"), in_their_case("SPA")
    (True, False, False, True)
    """
    names, folded = _short_names()
    return not any(word not in names and word.casefold() in folded for word in re.findall(r"\w+", line))


@cache
def _short_names() -> tuple[frozenset[str], frozenset[str]]:
    """Return the agencies' names of a few letters, as they are written and case folded."""
    names = {name for name in agency_aliases() if len(name) < _SHORT}
    return frozenset(names), frozenset(map(str.casefold, names))


def _by(columns: NDArray[np.float32]) -> NDArray[np.bool_]:
    return columns[:, COLUMN.covered_byline] > columns[:, COLUMN.covered_source]


def _taken(columns: NDArray[np.float32], roles: NDArray[np.uint8]) -> NDArray[np.bool_]:
    return _TAKEN[roles] & ((roles != CAPTION) | (columns[:, COLUMN.starts_byline] > 0))


def _name_agencies(columns: NDArray[np.float32]) -> NDArray[np.bool_]:
    agency, function = columns[:, COLUMN.covered_agency], columns[:, COLUMN.covered_function]
    credited = np.maximum(columns[:, COLUMN.covered_byline], columns[:, COLUMN.covered_source])
    named: NDArray[np.bool_] = (agency > 0) & (agency + credited + function >= _ALL)
    named &= (columns[:, COLUMN.words] <= LONGEST) & (columns[:, COLUMN.ends_stop] == 0)
    return named
