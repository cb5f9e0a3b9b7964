"""Credits for a whole text: the source that a page says all its text comes from, also for copies that do not say so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..model.codes import NEAR_DUPLICATE
from ..resources import place_of_source
from .phrases import contributed, helped, published, signed_with

BESIDE = 60  # characters before and after a name that are quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..model import Attribution
    from .derive import Close
    from .origin import Origin


def foreign(origin: Origin) -> list[tuple[str, Attribution]]:
    """Return the sources that a page names beside itself and its own outlet, each under the key of its outlet."""
    return [(key, said) for key, said in origin.named if key and key != origin.outlet and said.kind != "self"]


def whole_from_outside(origin: Origin) -> tuple[str, Attribution] | None:
    """Return the source that a page says all of its text comes from: an agency's dateline, "originally published by".

    One that only helped ("additional reporting by") does not make the text its own, nor one of a part of a digest, nor
    one beside an author of the page ("By Ann Lee and Reuters"). Where its line names an agency as well, it is that:
    "©2025 Los Angeles Times. Distributed by Tribune Content Agency".
    """
    whole = [(key, said) for key, said in foreign(origin) if _is_whole(said) and not _beside_author(said, origin)]
    line = [credit for credit in whole if credit[1].paragraph == whole[0][1].paragraph]
    return next((credit for credit in line if credit[1].kind == "agency"), line[0]) if line else None


def all_from_outside(origin: Origin) -> tuple[str, Attribution] | None:
    """Return the source that a page says all of its text is from, an agency or where it was published first."""
    credit = whole_from_outside(origin)
    return credit if credit and (credit[1].kind == "agency" or published(credit[1].evidence)) else None


def _is_whole(said: Attribution) -> bool:
    return said.kind not in ("part", "news") and not helped(said.evidence)


def _beside_author(said: Attribution, origin: Origin) -> bool:
    """Return whether a byline names a source beside somebody else, who is no source: "By AFP and Reuters" is of two."""
    author = signed_with(said.evidence, said.name)
    return bool(author) and not any(other.name in author for _, other in origin.named)


def _is_settled(said: Attribution) -> bool:
    """Return whether a page says itself how much of its text a source wrote, or that it wrote with it."""
    return _is_whole(said) or contributed(said.evidence)


def parts(origin: Origin) -> list[str]:
    """Return the names of the sources that parts of a page name for themselves, each once."""
    return list(dict.fromkeys(said.name for _, said in origin.named if said.kind == "part"))


def second_hand(origin: Origin) -> bool:
    """Return whether a page says that its text is another's: an agency's, put together from others, an aggregator's."""
    says_so = any(said.kind == "self" for _, said in origin.named)
    return says_so or whole_from_outside(origin) is not None or len(parts(origin)) > 1


def with_carried_credits(origins: Sequence[Origin], close: Close) -> list[Origin]:
    """Return the origins, where a page credits an agency for its text, with that credit on its copies at other outlets.

    An outlet that drops the credit of wire copy does not become its source, however early it dates the page. One that
    credits the agency in words that may be meant of a part only ("Source: AFP") has all of its text from there, too.
    Not so an agency: where one runs another's text it says so, and others run its text under names of their own.
    """
    carried = list(origins)
    for i in np.flatnonzero(close.relation <= NEAR_DUPLICATE).tolist():
        a, b = int(close.a[i]), int(close.b[i])
        for silent, saying in ((a, b), (b, a)):
            credit = whole_from_outside(origins[saying])
            if not credit or credit[1].kind != "agency" or origins[silent].agency:
                continue
            page = carried[silent]
            if not any(key == credit[0] and _is_settled(said) for key, said in page.named):
                by = {**page.carried, credit[0]: origins[saying].id}
                kept = tuple(named for named in page.named if named[0] != credit[0])
                said = credit[1]._replace(paragraph=-1)
                carried[silent] = page._replace(named=(*kept, (credit[0], said)), carried=by)
    return carried


def in_words(said: Attribution) -> str:
    """Return the words around a name in which a page gives it as a source, in quotation marks.

    >>> from dedupe.model import Attribution
    >>> opening = "BERLIN (dpa) - The harbour authority said on Tuesday that the new container terminal would open"
    >>> in_words(Attribution("dpa", "agency", f"{opening} in spring, two years late, and twice as dear.", 0))
    '“BERLIN (dpa) - The harbour authority said on Tuesday that the new…”'
    """
    return f"“{around(said.evidence, *place_of_source(said.evidence, said.name))}”"


def around(text: str, start: int, end: int) -> str:
    """Return the words around a place in a text, of its line."""
    low = max(text.rfind("\n", 0, start) + 1, start - BESIDE)
    high = min(text.find("\n", end) if "\n" in text[end:] else len(text), end + BESIDE)
    before = text[low:start].partition(" ")[2] if low and text[low - 1] != "\n" else text[low:start]
    after = text[end:high] if high == len(text) or text[high] == "\n" else text[end:high].rpartition(" ")[0]
    opening, closing = ("…" if len(before) < start - low else ""), ("…" if len(after) < high - end else "")
    return " ".join(f"{opening}{before}{text[start:end]}{after}{closing}".split())


def who_names(origin: Origin, key: str, itself: str = "it") -> str:
    """Return who names a source of a page's text: the page itself, or another one that has its text."""
    by = origin.carried.get(key)
    return f"{by}, which has the text of {origin.id}," if by else itself
