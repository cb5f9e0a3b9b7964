"""Credits of pictures, which say nothing of where a text comes from: "Photo: Reuters", "© AFP", "REUTERS/Jane Doe"."""

from __future__ import annotations

import re

from .agencies import agency_of
from .names import looks_like_outlet
from .phrases import WORDS

_WORDS = WORDS["pictures"]
_CREDIT = 80  # characters of a paragraph that is nothing but a credit
_CAPTION = 400  # characters of a caption: a longer paragraph that opens with "File photo" is none
_PICTURE = rf"(?:(?:file|stock|handout|archive|aerial|crédits?|crédito)\s+)?(?:{'|'.join(_WORDS['words'])})"
_AFTER = rf"(?:\s+(?:{'|'.join(_WORDS['after'])})\b)"
# After a label of a picture its credit, to the end of the sentence, of the bracket or of the part between bars.
_LABELLED = re.compile(
    rf"(?:^\W{{0,3}}|(?<=[.!?)\]|;–—]\s)|(?<=[(\[|]))\b{_PICTURE}(?:{_AFTER}{{1,3}}\s*[:：©=]?|\s*[:：©=.])"
    r"(?:(?<!\b\w)[.!?](?!\s)|(?<=\b\w)[.!?]|[^|·•;\n)\].!?]){0,120}",
    re.I,
)
_BARE = re.compile(r"^\W{0,3}(?:photos?|fotos?)\s+\S+(?:\s+\S+){0,3}$", re.I)  # "Foto EFE"
_FILE = re.compile(r"^\W{0,3}(?:file|archive|stock|handout)\s+(?:photo|picture|image)\b", re.I)
# "© 2019 AP" and "© dpa-infocom, dpa:190401-99" are the text's: a picture's has neither year nor number.
_SIGNED = re.compile(r"^\W{0,3}(?:©|\(c\))[^\d]*$", re.I)
_RIGHTS = re.compile(r"\b(?:rights|rechte|droits|derechos|direitos|diritti|reserved|text|material|content)\b", re.I)
_LIBRARY = re.compile(rf"\b(?:{'|'.join(_WORDS['libraries'])})\b", re.I)
_PERSON = r"[^\W\d_a-z][\w.'’-]*(?:\s+[^\W\d_a-z][\w.'’-]*){1,3}"
_SLASHED = re.compile(rf"(?:^|(?<=[\s(\[]))([A-Z]{{2,12}})(?:\s+(?:photo|PHOTO|Photo|Foto|FOTO))?\s?/\s?({_PERSON})")
_ARTICLE = {"the", "le", "la", "les", "el", "il", "der", "die", "das", "al", "new"}  # "AFP/Le Monde" are two sources
# Of any text that has a credit some piece is in it; "ı" and "ſ" are to a search what "i" and "s" are.
CREDIT_PIECES = tuple(_WORDS["pieces"])


def without_pictures(text: str) -> str:
    """Return a paragraph without the credits of its pictures.

    >>> without_pictures("Photo: Reuters"), without_pictures("© AFP"), without_pictures("File photo. REUTERS/Jane Doe")
    ('', '', '')
    >>> without_pictures("The bridge. (Foto: dpa) Quelle: AFP"), without_pictures("AP/Jane Doe | Source: Reuters")
    ('The bridge. () Quelle: AFP', ' | Source: Reuters')
    >>> without_pictures("© 2019 Associated Press. All Rights Reserved.")
    '© 2019 Associated Press. All Rights Reserved.'
    """
    if len(text) <= _CAPTION and _FILE.match(text):
        return ""
    if len(text) <= _CREDIT and not _RIGHTS.search(text):
        if _SIGNED.match(text) or _BARE.match(text):
            return ""
        if _LIBRARY.search(text) and ":" not in text:
            return ""
    return _LABELLED.sub("", _SLASHED.sub(_without_photographer, text))


def _without_photographer(match: re.Match[str]) -> str:
    agency, person = match[1], match[2]
    is_person = not (looks_like_outlet(person) or agency_of(person) or person.split()[0].casefold() in _ARTICLE)
    return "" if agency_of(agency) and is_person else match[0]
