"""Whether a text is HTML: what exports of editorial systems and feeds hold under the name of a text often is."""

from __future__ import annotations

import re

_BLOCK = re.compile(
    r"</?(?:p|div|li|h[1-6]|section|article|blockquote|figure|table|tr|body)(?:\s[^<>]{0,1000})?>|<br\s?/?>", re.I
)
_LINES = 4  # of a paragraph that is wrapped in its source: there is a tag for as many at least


def is_html(text: str) -> bool:
    r"""Return whether a text is markup, and not only about it or left with a tag or two of it.

    >>> is_html("<p>Rates rose.</p><p>Banks fell.</p>"), is_html("Rates rose.<br>Banks fell.<br/>The end.")
    (True, True)

    Lines are kept where they, and not tags, part the paragraphs.

    >>> is_html("Close it with </p>, or with <br>.\nOr leave it.\nBrowsers do."), is_html("a <b>bold</b> move")
    (False, False)
    """
    if "<" not in text:
        return False
    tags, lines = len(_BLOCK.findall(text)), sum(map(bool, map(str.strip, text.split("\n"))))
    return tags > 1 and tags * (_LINES if _BLOCK.match(text.lstrip()) else 1) >= lines
