"""Characters that an export of a database left written as in HTML."""

from __future__ import annotations

import re
from html import unescape
from html.entities import html5

_ENTITY = re.compile(r"&(?:(?:amp|#0?38|#x26);)*(?=[#a-z])((?:#\d{2,7}|#x[\da-f]{2,6}|[a-z]{2,8}\d{0,2});)", re.I)


def unescaped(text: str) -> str:
    """Return a text with the entities of HTML in it as characters, also those that were written so twice.

    >>> unescaped("AT&#038;T&#8217;s profit &amp;amp; loss, R&D; Q&amp;As; Co &ltd;")
    'AT&T’s profit & loss, R&D; Q&As; Co &ltd;'
    """
    if "&" not in text or ";" not in text:
        return text
    return _ENTITY.sub(_character, text)


def _character(found: re.Match[str]) -> str:
    name = found[1]
    return unescape(f"&{name}") if name[0] == "#" or name in html5 else f"&{name}"
