"""Last sentences of short reports that were taken for teasers, since they stand below a prompt to read something else.

A whole page has dozens of teasers, some of them sentences. On a page of few lines, though, a sentence below the first
of the report continues it, unless it asks the reader or opens with an invitation: of fifteen such lines of judged pages
and of parts cut from them, as text and five-fold by site, thirteen were report. All 16 last paragraphs of reports that
were written for this in eight languages are found; before, none was. On pages of more than 40 lines only every second
such line of cleaned pages is report, and every seventh of whole ones. Right above the report the rule holds on pages of
up to 80 lines: 14 of 16.

Where markup tells of few blocks the weights for plain text count most, and the rule holds as well for what has the look
of the body: of 90 such sentences below a link to another story, in five languages, 23 were told as report, now 87.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ...model.codes import BODY, PROMO
from ...rows import above_and_below, lengths
from ..decide_markup import FEWEST
from ..features import BASE, COLUMN, at_least
from ..segmented import Segmented
from .furniture import whose_text

SHORT, MIDDLE = 40, 80  # lines of a page, at most
ABOVE = 3  # sentences above the report
_INVITING = ("promo", "readmore", "share", "deal", "ad")
_INVITES, _OPENS = ([BASE.index(f"{kind}:{name}") for name in _INVITING] for kind in ("covered", "starts"))
_FEW, _LINE = at_least(3), at_least(8)  # words of a sentence, and of one above the report
_ASKED = 0.15  # share of its words that ask the reader: in another language each of them means something else
_OFTEN = 0.5  # of its outlet's stories; what stands on more is furniture
_HEADS = 0.8  # share of the words of a heading; "Related: Banks in the south close" is a link with a title
_BY_CHANCE = 0.17  # share of a sentence's words in phrases that invite, none of which opens it


def sentences(pages: Segmented, columns: NDArray[np.float32], roles: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Return which blocks were taken for teasers and go on with the report of a short page, of plain text or nearly."""
    found: NDArray[np.bool_] = roles == PROMO
    if not found.any():
        return found
    first = pages.blocks.first
    count = lengths(first)
    size, plain = np.repeat(count, count), np.repeat([article.markup is None for article in pages.articles], count)
    found &= plain | ((size < FEWEST) & _looks_like_body(pages, roles))
    found &= (size <= MIDDLE) & (columns[:, COLUMN.repeated] <= _OFTEN)
    found &= (columns[:, COLUMN.ends_stop] > 0) & (columns[:, COLUMN.exclaims] == 0)
    found &= (columns[:, COLUMN.words] >= _FEW) & (columns[:, COLUMN.covered_you] <= _ASKED)
    found &= (columns[:, COLUMN.covered_subscribe] == 0) & (columns[:, _OPENS] == 0).all(axis=1)
    found = whose_text(is_no_question, found & (columns[:, _INVITES] <= _BY_CHANCE).all(axis=1), pages)
    found &= plain | ~_below_a_heading(found, columns, roles, np.repeat(first[:-1], count))
    report = roles == BODY
    below = found & (size <= SHORT) & (above_and_below(report, first)[0] > 0)
    last = first[1:][count > 0] - 1
    for _ in range(ABOVE):
        follows = np.append(report[1:], False)
        follows[last] = False
        report |= found & follows & (columns[:, COLUMN.words] >= _LINE)
    above: NDArray[np.bool_] = report & found
    return below | above


def _looks_like_body(pages: Segmented, roles: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Return which blocks of small pages with markup have the look of one that was taken for body."""
    alike = np.zeros(len(roles), dtype=np.bool_)
    for article, low, high in zip(pages.articles, pages.blocks.first, pages.blocks.first[1:], strict=False):
        if article.markup is not None and high - low < FEWEST:
            look = article.markup.evidence[:, -1]
            alike[low:high] = np.isin(look, look[roles[low:high] == BODY])
    return alike


def _below_a_heading(
    found: NDArray[np.bool_], columns: NDArray[np.float32], roles: NDArray[np.uint8], start: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Return which of some sentences stand below "Related stories", with none but others of them between."""
    number = np.arange(len(found))
    heading = (roles == PROMO) & (columns[:, COLUMN.covered_promo] >= _HEADS)
    above: NDArray[np.int64] = np.maximum.accumulate(np.where(found, 0, number))
    return heading[above] & (above >= start)


def is_no_question(line: str) -> bool:
    """Return whether a line does not end as a question does in Arabic, whose mark counts as a full stop."""
    return not line.endswith("؟")
