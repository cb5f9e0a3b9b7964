"""Who had the news first: the outlet after "first reported by", not the person or the office that stands there."""

from __future__ import annotations

import re
from functools import cache

from .agencies import agency_of
from .names import READ, is_name, looks_like_outlet, names_after
from .phrases import WORDS, any_of

_MARKS = tuple("\"“„«'‘‚「『")
_ARTICLE = re.compile(r"(?:the|le|la|les|el|los|las|il|lo|der|die|das)\b|(?:l|dell|dall|all)['’]", re.I)
_WORD = r"[^\W_a-zà-ÿ][\w.&'’+-]*"
_SMALL = r"(?:of|the|for|and|de|du|des|del|della|dello|di|da|do|von|van|der|den|el|al|la|le)\s"
_NAME = re.compile(rf"(?:(?:{_ARTICLE.pattern})\s?)?{_WORD}(?:\s(?:{_SMALL}){{0,2}}{_WORD}){{0,5}}")
_PERSON = re.compile(rf"{_WORD}(?:\s{_WORD}){{1,2}}")
_OF = re.compile(r"\s(?:of|from)\s(?:the\s)?(?=[A-Z])")  # "Ann Lee of the Gazette"
# Words of outlets' names that are others' names too: they tell only where an outlet is looked for.
_OUTLET = re.compile(rf"\b(?:{any_of('also_outlet_words')})\b", re.I)
_PAPER = re.compile(r"\b(?:times|gazette|herald|tribune|journal|chronicle|news)$", re.I)  # "Army Times"


def had_news(text: str, start: int) -> str:
    """Return the outlet that follows a phrase which ends at `start`, without what follows it; "" for anybody else.

    Two or three words without an article, of which none is one of outlets' names, are taken for a person.

    >>> text = "As reported by Eurostat last week, by Ann Lee, a guest, by Ann Lee of the Gazette on Monday, by Axios."
    >>> [had_news(text, at.end()) for at in re.finditer("by", text)]
    ['', '', 'Gazette', 'Axios']
    >>> had_news("As reported by “Kleine Zeit” on Monday", 14), had_news("As reported by Kleine Zeit on Monday", 14)
    ('Kleine Zeit', '')
    """
    rest, before = text[start : start + READ].lstrip(" :："), text[max(start - READ, 0) : start].split()
    names = names_after(text, start)
    if not names or rest[0] >= "\u3400" or rest.startswith(_MARKS):
        return next((name for name in names if not is_authority(name)), "")
    own = _NAME.match(names[0])
    name = own[0] if own else ""
    article = _ARTICLE.match(name) or _ARTICLE.fullmatch(before[-1] if before else "")
    if not article and (of := _OF.search(name)) and _PERSON.fullmatch(name[: of.start()]):
        name = name[of.end() :]
    person = not article and _PERSON.fullmatch(name) and not (looks_like_outlet(name) or _OUTLET.search(name))
    return name if agency_of(name) or not (person or is_authority(name) or not is_name(name)) else ""


def is_authority(name: str) -> bool:
    """Return whether a name is that of an office, an institution or a person with a title, and not of their paper.

    >>> is_authority("Metropolitan Police"), is_authority("Statistische Bundesamt"), is_authority("Police Gazette")
    (True, True, False)
    """
    return not _PAPER.search(name) and bool(_authorities().search(name))


@cache
def _authorities() -> re.Pattern[str]:
    """Return the pattern of the words that such names hold; "*" stands for any beginning or end of a word."""
    words = sorted({word for own in WORDS["authorities"].values() for word in own})
    parts = "|".join(re.escape(word).replace(r"\*", r"\w*") for word in words)
    return re.compile(rf"(?<!\w)(?:{parts})(?!\w)", re.I)
