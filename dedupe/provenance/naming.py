"""Where a text names an outlet: as one that reported what it tells, or by mistake, as in "told the Gazette"."""

from __future__ import annotations

import re
from functools import lru_cache

from .credits import BESIDE, around
from .origin import Origin
from .phrases import reports

_SPOKEN_TO = re.compile(r"\b(?:told|tells|speaking to|spoke to|interview with|according to) (?:[Tt]he )?$")
# Around a name that signs a quotation.
_SIGNS, _ENDS = re.compile(r"[—–] ?$|[.!?”\"] ?[(\[]$"), re.compile(r"\W*(?:\n|$)")
_GOES_ON = re.compile(r" [A-Z]")  # "Reuters Estimates", "Times Square"
# "the New York Post"; not "Selon Mediapart", which opens a sentence, nor a German noun that says what it is.
_GOES_BEFORE = re.compile(r"[^.!?:\n«»„“”\"] (?!The|Der|Die|Das)[A-Z]\w+(?<!zeitung|magazin|agentur)(?<!blatt) $")
# A German noun has its capital in any sentence ("Die Welt ist rund"): such a name needs a verb of reporting, too.
_NOUN = re.compile(r"(?:Der|Die|Das) \w+")
# Papers are called so, and yet "Today reports came in" and "Heute berichtet die Polizei" name none.
_ADVERBS = re.compile(
    "today|now|tomorrow|tonight|heute|jetzt|morgen|hoy|ahora|hoje|agora|oggi|ora|domani|vandaag|nu|demain|dziś|dnes|"
    "сегодня|сейчас|завтра|сьогодні|bugün",
    re.I,
)
_ARTICLE = re.compile(r"^(?:(?:Le|La|Les|El|Los|Las|Il|Lo|I|O|A|Os|As|Der|Die|Das|De|Het) |L['’])")


def naming(source: Origin, copy: Origin, *, reported: bool = False) -> str:
    """Return the words in which a copy speaks of the source's outlet by name, as in "told the Gazette"; "" for none.

    `reported`: only with a verb of reporting beside it, as a name of one word needs always: "Time" and "Metro" are
    words too, but for one in quotation marks. A name in small letters is a folder's; in a text it has a capital.
    """
    if not source.outlet or source.outlet == copy.outlet:
        return ""
    text, folded = copy.text, source.name.islower()
    for name in spoken_names(source.name):
        if name.casefold() not in text.casefold() if folded else name not in text:
            continue
        for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.I if folded else 0):
            start, end = found.span()
            plain = name.isalpha() or _NOUN.fullmatch(name) is not None
            is_word = plain and not _in_marks(text, start, end)
            if is_word and (text[start].islower() or _is_part(text, start, end)):
                continue
            adverb = is_word and _ADVERBS.fullmatch(name) is not None
            said = reports(text, start, end, next_to=is_word, before=adverb) or _spoken_to(text, start, end)
            if said or (not reported and not is_word and (" " in name or _in_marks(text, start, end))):
                return around(text, start, end)
    return ""


def signed(source: Origin, copy: Origin) -> str:
    """Return the line, or two, in which a copy gives the source's outlet behind the author's name; "" for none."""
    page = copy.traces.page
    if source.outlet and source.outlet != copy.outlet:
        for name in spoken_names(source.name):
            longer = [own.casefold() for own in spoken_names(copy.name) if name.casefold() in own.casefold()]
            if name in page or name.upper() in page:
                for author in (*copy.authors, *source.authors):
                    found = _signature(author, name).search(page)
                    if found and not any(own in found[0].casefold() for own in longer):
                        return " ".join(found[0].split())
    return ""


def _signature(author: str, name: str) -> re.Pattern[str]:
    """Return the pattern of a short line that has an author's name and behind it, or below, an outlet's.

    >>> line = _signature("Ann Lee", "Lake Observer").match
    >>> [line(text) is not None for text in ("By Ann Lee of the Lake Observer (TNS)", "ANN LEE\\nLAKE OBSERVER")]
    [True, True]
    >>> [line(text) is not None for text in ("Ann Lee, a former Lake Observer editor", "Ann Lee, Lake Observer fan")]
    [False, False]
    >>> bool(_signature("Ann Lee", "Times").match("Ann Lee, New York Times"))
    False
    """
    who, whose = (f"{re.escape(form)}|{re.escape(form.upper())}" for form in (author, name))
    beside = r"[^\w\n]{1,4}(?:(?i:special )?(?i:to|for|of|with|at) )?(?i:the )?(?:[A-Z]\w*(?: [A-Z]\w*)? ?[,|–—-] )?"
    below = r"\s{1,4}(?:[Tt]he )?"
    # What else stands there has a capital or is a number; a name that is a word ends the line ("Metro Reporter").
    more = "" if name.isalpha() else r"(?:[^\w\n]{1,3}[A-Z0-9][^\n]{0,40})?"
    return re.compile(rf"^[^\n]{{0,20}}\b(?:{who})(?:{beside}|{below})(?:{whose})\b{more}[^\w\n]*$", re.M)


@lru_cache(maxsize=1 << 12)
def spoken_names(name: str) -> tuple[str, ...]:
    """Return the ways in which an outlet's name is spoken, without "The" and the ending of a domain.

    >>> spoken_names("The Lake Observer"), spoken_names("Le Courrier du Lac"), spoken_names("Le Monde")
    (('Lake Observer',), ('Le Courrier du Lac', 'Courrier du Lac'), ('Le Monde',))
    """
    whole = re.sub(r"^[Tt]he |\.(?:com|org|net|[a-z]{2})$", "", name)
    bare = _ARTICLE.sub("", whole)
    names = (whole, bare) if " " in bare and bare != whole else (whole,)
    return tuple(name for name in names if len(name) >= 4)


def _is_part(text: str, start: int, end: int) -> bool:
    """Return whether a word is part of a longer name."""
    before = _GOES_BEFORE.search(text, max(start - BESIDE, 0), start)
    return before is not None or _GOES_ON.match(text, end) is not None


def _spoken_to(text: str, start: int, end: int) -> bool:
    """Return whether a name is of whom somebody told, or signs: behind a dash or in brackets, at the end of a line.

    >>> lines = "It sank. — Tide", "It sank. (Tide)", "It sank. (Tide) rose"
    >>> [_spoken_to(line, line.index("Tide"), line.index("Tide") + 4) for line in lines]
    [True, True, False]
    """
    if _SPOKEN_TO.search(text, max(start - BESIDE, 0), start):
        return True
    return bool(_SIGNS.search(text, max(start - 3, 0), start) and _ENDS.match(text, end))


def _in_marks(text: str, start: int, end: int) -> bool:
    return text[max(start - 1, 0) : start] in tuple("«„“”\"‚‘'") and text[end : end + 1] in tuple("»“”\"’'")
