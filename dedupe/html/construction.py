"""What HTML's rules for building a page's tree say of tags, as far as a stack of open elements obeys them.

The rules are those of the HTML Standard, "tree construction". Where they would move what stands in a wrong place, or
open again what was closed too early, a page is not regular: it is left to the parser.
"""

from __future__ import annotations

# What an open element is to the rules, as bits.
(
    SPECIAL, FORMATTING, FENCE, MARKED, P, LI, TERM, HEADING, LIST, BUTTON, FORM, TABLE, SECTION, ROW, CELL, TEMPLATE,
    PASSED, OUTWARD,
) = (1 << bit for bit in range(18))  # fmt: skip
IN_TABLE = TABLE | SECTION | ROW  # between the cells, where no text may stand

# What a start tag does, ANY nothing but to open an element, and IRREGULAR what is left to the parser.
(
    ANY, BLOCK_STARTS, HEADING_STARTS, ITEM_STARTS, TERM_STARTS, FORMAT_STARTS, BUTTON_STARTS, FORM_STARTS, LINE_STARTS,
    LONE, RAW_STARTS, SELECT_STARTS, FOREIGN_STARTS, TABLE_STARTS, SECTION_STARTS, ROW_STARTS, CELL_STARTS, HTML_STARTS,
    HEAD_STARTS, BODY_STARTS, IRREGULAR,
) = range(21)  # fmt: skip
# What an end tag does: ANY closes the innermost element of its name if no special one is open inside of it.
IN_SCOPE, ITEM_ENDS, P_ENDS, HEADING_ENDS, FORMAT_ENDS, FORM_ENDS, TABLE_ENDS, BODY_ENDS, TEMPLATE_ENDS = range(1, 10)

_BLOCKS = (
    "address article aside blockquote center details dir div dl fieldset figcaption figure footer header hgroup "
    "main menu nav ol search section summary ul pre listing"
)
_HEADINGS = "h1 h2 h3 h4 h5 h6"
_FORMATS = "a b big code em font i s small strike strong tt u"
_LONE = "area br embed img input keygen wbr param source track link meta base"
_RAW = "script style iframe noembed noframes textarea title"
_SECTIONS, _CELLS, _TERMS = "tbody thead tfoot", "td th", "dd dt"
_MARKED = "applet caption marquee object td th template"
_KINDS = (
    (SPECIAL, f"{_BLOCKS} {_HEADINGS} {_RAW} {_MARKED} {_SECTIONS} {_TERMS} {_LONE} basefont bgsound body button col "
     "colgroup form frame frameset head hr html li noscript p plaintext select table tr xmp"),
    (FORMATTING, _FORMATS), (FENCE, f"{_MARKED} html table"), (MARKED, _MARKED), (P, "p"), (LI, "li"), (TERM, _TERMS),
    (HEADING, _HEADINGS), (LIST, "ol ul"), (BUTTON, "button"), (FORM, "form"), (TABLE, "table"), (SECTION, _SECTIONS),
    (ROW, "tr"), (CELL, _CELLS), (TEMPLATE, "template"), (PASSED, "address div p"),
    # These end a drawing that they stand in; a script is another there.
    (OUTWARD, f"{_HEADINGS} {_TERMS} b big blockquote body br center code div dl em embed font head hr i img li "
     "listing menu meta nobr ol p pre ruby s script small span strong strike sub sup table tt u ul var"),
)  # fmt: skip
_STARTS = (
    (BLOCK_STARTS, f"{_BLOCKS} dialog p"), (HEADING_STARTS, _HEADINGS), (ITEM_STARTS, "li"), (TERM_STARTS, _TERMS),
    (FORMAT_STARTS, _FORMATS), (BUTTON_STARTS, "button"), (FORM_STARTS, "form"), (LINE_STARTS, "hr"), (LONE, _LONE),
    (RAW_STARTS, _RAW), (SELECT_STARTS, "select"), (FOREIGN_STARTS, "svg"), (TABLE_STARTS, "table"),
    (SECTION_STARTS, _SECTIONS), (ROW_STARTS, "tr"), (CELL_STARTS, _CELLS), (HTML_STARTS, "html"),
    (HEAD_STARTS, "head"), (BODY_STARTS, "body"),
    (IRREGULAR, "basefont bgsound caption col colgroup frame frameset image math nobr optgroup option plaintext rb rp "
     "rt rtc xmp"),
)  # fmt: skip
_ENDS = (
    (IN_SCOPE, f"{_BLOCKS} {_TERMS} dialog button applet marquee object"), (ITEM_ENDS, "li"), (P_ENDS, "p"),
    (HEADING_ENDS, _HEADINGS), (FORMAT_ENDS, _FORMATS), (FORM_ENDS, "form"),
    (TABLE_ENDS, f"{_SECTIONS} {_CELLS} table tr"), (BODY_ENDS, "body html"), (TEMPLATE_ENDS, "template"),
    (IRREGULAR, "br caption col colgroup nobr select"),
)  # fmt: skip
NAMED = sorted({name for table in (_KINDS, _STARTS, _ENDS) for _, names in table for name in names.split()})


def rules_of(name: str) -> tuple[int, int, int]:
    """Return what an open element of a name is, what its start tag does and what its end tag does.

    >>> rules_of("form") == (SPECIAL | FORM, FORM_STARTS, FORM_ENDS), rules_of("time")
    (True, (0, 0, 0))
    """
    kind = sum(bit for bit, names in _KINDS if name in names.split())
    starts, ends = (next((rule for rule, names in table if name in names.split()), ANY) for table in (_STARTS, _ENDS))
    return kind, starts, ends
