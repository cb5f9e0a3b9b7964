"""Whether a text is HTML, as what feeds and exports of editorial systems call a text often is."""

from __future__ import annotations

import re

# A tag that is no word of a sentence and not quoted: a text about HTML, read as HTML, would end where it says <script>.
_BLOCK = re.compile(
    r"<(?<!\w <)(?:/?(?:p|div|li|h[1-6]|section|article|blockquote|figure|table|tr|body)(?:\s[^<>]{0,1000})?|br\s?/?)>"
    r"(?!\s*(?:(?-i:[a-z,.;:!?)`])|[\"'”’»][\s,.;:!?)]))",
    re.I,
)
_LINES = 4  # a paragraph may be wrapped in its source: there is at least one tag for so many lines


def is_html(text: str) -> bool:
    r"""Return whether a text is markup, and not only about it or left with a tag or two of it.

    >>> is_html("<p>Rates rose.</p><p>Banks fell.</p>"), is_html("Rates rose.<br>Banks fell.<br/>The end.")
    (True, True)

    A text whose paragraphs are parted by lines rather than by tags is no markup.

    >>> is_html("Write one </p>\n\nOr leave it.\n<br>\nBrowsers do.\nSo far."), is_html("a <b>bold</b> move")
    (False, False)
    >>> is_html("A line ends with <br>, and a paragraph with </p>: the <div> HTML has is for other things.")
    False
    """
    if "<" not in text:
        return False
    tags, lines = len(_BLOCK.findall(text)), sum(map(bool, map(str.strip, text.split("\n"))))
    return tags > 1 and tags * (_LINES if _BLOCK.match(text.lstrip()) else 1) >= lines
